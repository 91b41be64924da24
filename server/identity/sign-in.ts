import { randomBytes } from 'node:crypto';
import { accepted, refused } from '../../core/values/result.ts';
import type { Actor, Call, Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { findAgentByEmail } from './agent.store.ts';
import { type Attempt, beginAttempt, findAttempt, remember, succeed, takeBack } from './attempts.ts';
import { useCode } from './one-time-code.ts';
import { type Entrance, hashOfToken, type NewSession, openSession } from './open-session.ts';
import { hashPassword, isOutdated, verifyPassword } from './password.ts';
import { type Credentials, holdCredentials, savePassword } from './second-factor.store.ts';
import { findSession, removeSession } from './session.store.ts';

/** Where a request comes from; `device` is the token of a browser that has signed in before. */
export type Origin = Omit<Entrance, 'by'> & { readonly device?: string | undefined };
/** A session, and what its browser will be known by. */
export type SignedIn = NewSession & { readonly device?: string };

type Given = { readonly email: string; readonly password: string; readonly code?: string | undefined };

/** Signs an agent of the demo in by name alone. Refused outside the demo. */
export async function signInDemo(
  context: Context,
  isDemo: boolean,
  email: string,
  origin: Origin,
): Promise<Outcome<SignedIn>> {
  if (!isDemo) return refused({ code: 'demo-only' });
  return context.database.asSystem(async (tx): Promise<Outcome<SignedIn>> => {
    const found = await findAgentByEmail(tx, email);
    if (!found) return refused({ code: 'sign-in-failed' });
    return accepted(await openSession(context, tx, found.actor, { by: 'demo', ...origin }));
  });
}

/**
 * Signs an agent in with a password, and with a code where the agent has a second factor. Refused: unknown or wrong, without saying which;
 * too many attempts, whether there is such an agent or not; a code that is needed, wrong, or was used before.
 */
export async function signInWithPassword(context: Context, given: Given, origin: Origin): Promise<Outcome<SignedIn>> {
  const { database, passwordCost } = context;
  const { found, attempt } = await database.asSystem(async (tx) => ({
    found: await findAgentByEmail(tx, given.email),
    attempt: await findAttempt(tx, given.email, origin),
  }));
  const until = await beginAttempt(context, attempt);
  if (until) return refuse(context, given, origin, { code: 'sign-in-locked', until });
  const { passwordHash = null } = found ?? {};
  const right = await verifyPassword(given.password, passwordHash, passwordCost);
  if (!found || passwordHash === null || !right) return refuse(context, given, origin, { code: 'sign-in-failed' });
  const rehashed = isOutdated(passwordHash, passwordCost)
    ? await hashPassword(given.password, passwordCost)
    : undefined;
  const done = await database.asSystem(async (tx): Promise<Outcome<SignedIn>> => {
    const held = await holdCredentials(tx, found.actor);
    // Changed since: what was right a moment ago is so no more.
    if (held.passwordHash !== passwordHash) return refused({ code: 'sign-in-failed' });
    const passed = await passSecondFactor(context, tx, { actor: found.actor, held, attempt, code: given.code });
    if (!passed.ok) return passed;
    if (rehashed !== undefined) await savePassword(tx, found.actor, rehashed);
    return accepted(await enter(context, tx, found.actor, attempt, origin));
  });
  return done.ok || done.refused.code === 'second-factor-needed'
    ? done
    : refuse(context, given, origin, done.refused as Refused);
}

async function passSecondFactor(
  { clock }: Context,
  tx: Transaction,
  { actor, held, attempt, code }: { actor: Actor; held: Credentials; attempt: Attempt; code: string | undefined },
): Promise<Outcome<undefined>> {
  if (held.totpSecret === null || held.totpConfirmedAt === null) return accepted(undefined);
  if (code === undefined) {
    // Not forgotten: whoever has the password alone must not get new tries at the code by it.
    await takeBack(tx, attempt);
    return refused({ code: 'second-factor-needed' });
  }
  const used = await useCode(tx, actor, { secret: held.totpSecret, code, now: clock.now() });
  return used ? accepted(undefined) : refused({ code: 'second-factor-wrong' });
}

async function enter(
  context: Context,
  tx: Transaction,
  actor: Actor,
  attempt: Attempt,
  origin: Origin,
): Promise<SignedIn> {
  // Only a token that this very agent was given counts on: one from elsewhere might be known to another.
  const device = attempt.isKnownDevice && origin.device ? origin.device : randomBytes(32).toString('base64url');
  await succeed(tx, attempt);
  await remember(tx, actor, { device, address: origin.address }, context.clock.now().toString());
  return { ...(await openSession(context, tx, actor, { by: 'password', ...origin })), device };
}

type Refused =
  | { readonly code: 'sign-in-failed' | 'second-factor-wrong' }
  | { readonly code: 'sign-in-locked'; readonly until: Temporal.Instant };

function refuse({ log }: Context, { email }: Given, { address, correlationId }: Origin, failure: Refused) {
  log.warn(
    { email: onOneLine(email), address: onOneLine(address), reason: failure.code, correlationId },
    'sign-in refused',
  );
  return refused(failure);
}

/** No control character: a log is read line by line, and in terminals. */
function onOneLine(text: string): string {
  return text.replace(/\p{C}|\u2028|\u2029/gu, ' ').slice(0, 254);
}

export async function findActor(
  { database, clock, sessionLimits }: Context,
  token: string,
): Promise<Actor | undefined> {
  return findSession(database, hashOfToken(token), clock.now().toString(), sessionLimits.idleMinutes);
}

/** Ends the session that asks. */
export async function signOut(call: Call): Promise<void> {
  const { actor, database } = call;
  const { partnerId } = actor.partner;
  await database.write(partnerId, async (tx) => {
    await removeSession(tx, actor, actor.sessionId);
    const details = { sessionId: actor.sessionId };
    await saveAudit(tx, [
      toAuditRow(call, { customerId: partnerId, action: 'agent.signed-out', subjectId: actor.agentId, details }),
    ]);
  });
}
