import { createHash, randomBytes } from 'node:crypto';
import { accepted, refused } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { countAgents, findAgentByEmail } from './agent.store.ts';
import { type NewSession, openSession } from './open-session.ts';
import { checkNewPassword, hashPassword } from './password.ts';
import { clearSetupCode, isSetupCode, saveFirstPartner, saveSetupCode } from './setup.store.ts';
import type { Origin } from './sign-in.ts';

const CODE_HOURS = 24;

export type FirstPartner = {
  readonly partner: {
    readonly tenantId: string;
    readonly name: string;
    readonly domain: string;
    readonly market: string;
    readonly currency: string;
    readonly language: 'tr' | 'en';
  };
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
};

/** A code for the first administrator, good for 24 hours and instead of any before it; undefined when there is an agent already. */
export async function issueSetupCode({ database, clock }: Context): Promise<string | undefined> {
  return database.asSystem(async (tx) => {
    if ((await countAgents(tx)) > 0) return undefined;
    const code = randomBytes(16).toString('base64url');
    await saveSetupCode(tx, hashOf(code), clock.now().add({ hours: CODE_HOURS }).toString());
    return code;
  });
}

/**
 * Creates the first partner and its administrator, once, and signs the latter in. Refused: a wrong or old code, when there is an agent already,
 * a password that is too easy to guess.
 */
export async function setUp(
  context: Context,
  code: string,
  first: FirstPartner,
  origin: Origin,
): Promise<Outcome<NewSession>> {
  const { database, clock } = context;
  const checked = await database.asSystem(async (tx): Promise<Outcome<undefined>> => {
    if ((await countAgents(tx)) > 0) return refused({ code: 'already-set-up' });
    const right = await isSetupCode(tx, hashOf(code), clock.now().toString());
    return right ? accepted(undefined) : refused({ code: 'setup-code-wrong' });
  });
  if (!checked.ok) return checked;
  const { email, displayName, partner } = first;
  const strong = checkNewPassword(first.password, { email, displayName, partnerName: partner.name });
  if (!strong.ok) return strong;
  const passwordHash = await hashPassword(first.password, context.passwordCost);
  return database.asSystem(async (tx): Promise<Outcome<NewSession>> => {
    await tx.query('lock table agents in share row exclusive mode');
    if ((await countAgents(tx)) > 0) return refused({ code: 'already-set-up' });
    if (!(await isSetupCode(tx, hashOf(code), clock.now().toString()))) return refused({ code: 'setup-code-wrong' });
    await saveFirstPartner(tx, { ...first, agentId: context.newId(), passwordHash });
    await clearSetupCode(tx);
    const found = await findAgentByEmail(tx, email);
    if (!found) throw new RangeError('no agent although one was just saved');
    return accepted(await openSession(context, tx, found.actor, { by: 'setup', ...origin }));
  });
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
