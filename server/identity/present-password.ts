import { refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Failure, Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { attemptOfAgent, beginAttempt, succeed } from './attempts.ts';
import { verifyPassword } from './password.ts';
import { findCredentials, holdCredentials } from './second-factor.store.ts';

type Act<Value> = (tx: Transaction) => Promise<Outcome<Value>>;

const WRONG = { code: 'invalid-field', field: 'password', expected: 'presentPassword' } as const satisfies Failure;

/**
 * Does what the password is asked for again. Wrong ones are counted and leave a row in the audit log: a session in the wrong hands must not be
 * a way to guess it. `prepare` is for what takes long, and is done before the transaction begins. Refused: wrong, tried too often, there is none.
 */
export async function withPresentPassword<Value>(
  call: Call,
  password: string,
  prepare: () => Promise<Act<Value>>,
): Promise<Outcome<Value>> {
  const { actor, database } = call;
  const passwordHash = await findHash(call);
  if (passwordHash === null) return refused({ code: 'no-password' });
  const attempt = attemptOfAgent(actor);
  const until = await beginAttempt(call, attempt);
  if (until) return refused({ code: 'sign-in-locked', until });
  if (!(await verifyPassword(password, passwordHash))) {
    await recordWrong(call);
    return refused(WRONG);
  }
  const act = await prepare();
  const done = await database.write(actor.partner.partnerId, async (tx): Promise<Outcome<Value>> => {
    const held = await holdCredentials(tx, actor);
    return held.passwordHash === passwordHash ? act(tx) : refused(WRONG);
  });
  if (done.ok) await database.asSystem((tx) => succeed(tx, attempt));
  return done;
}

/** The same for what agents without a password do as well; of those it is not asked. Refused: missing, wrong, tried too often. */
export async function withPasswordIfAny<Value>(
  call: Call,
  password: string | undefined,
  act: Act<Value>,
): Promise<Outcome<Value>> {
  if ((await findHash(call)) === null) return call.database.write(call.actor.partner.partnerId, act);
  if (password === undefined)
    return refused({ code: 'invalid-field', field: 'password', expected: 'presentPasswordToo' });
  return withPresentPassword(call, password, async () => act);
}

async function findHash({ actor, database }: Call): Promise<string | null> {
  return (await database.read(actor.partner.partnerId, (tx) => findCredentials(tx, actor))).passwordHash;
}

async function recordWrong(call: Call): Promise<void> {
  const { agentId, partner } = call.actor;
  await call.database.write(partner.partnerId, async (tx) => {
    const entry = { customerId: partner.partnerId, action: 'agent.password-refused', subjectId: agentId } as const;
    const row = toAuditRow(call, { ...entry, details: {} });
    await saveAudit(tx, [{ ...row, outcome: 'refused', reason: 'sign-in-failed' }]);
  });
}
