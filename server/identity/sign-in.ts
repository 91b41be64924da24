import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { accepted, refused } from '../../core/values/result.ts';
import type { Actor, Context } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { countAgents, findAgentByEmail, findSession, removeSession, saveSession } from './agent.store.ts';
import { hashPassword, verifyPassword } from './password.ts';

const SESSION_LIFETIME = Temporal.Duration.from({ hours: 12 });

export type NewSession = { readonly token: string; readonly expiresAt: Temporal.Instant; readonly actor: Actor };

/** Signs an agent of the demo in by name alone. Refused outside the demo. */
export async function signInDemo(context: Context, isDemo: boolean, email: string): Promise<Outcome<NewSession>> {
  if (!isDemo) return refused({ code: 'demo-only' });
  return context.database.asSystem(async (tx): Promise<Outcome<NewSession>> => {
    const found = await findAgentByEmail(tx, email);
    return found ? accepted(await openSession(context, tx, found.actor)) : refused({ code: 'sign-in-failed' });
  });
}

/** Signs an agent in with a password. Refused: unknown or wrong, without saying which. */
export async function signInWithPassword(
  context: Context,
  email: string,
  password: string,
): Promise<Outcome<NewSession>> {
  const found = await context.database.asSystem((tx) => findAgentByEmail(tx, email));
  const right = await verifyPassword(password, found?.passwordHash ?? null);
  if (!found || !right) return refused({ code: 'sign-in-failed' });
  return accepted(await context.database.asSystem((tx) => openSession(context, tx, found.actor)));
}

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

/** Creates the first partner and its administrator, once. Refused: a wrong code, or when there is an agent already. */
export async function setUp(
  context: Context,
  expectedCode: string | undefined,
  code: string,
  { partner, email, displayName, password }: FirstPartner,
): Promise<Outcome<NewSession>> {
  if (expectedCode === undefined) return refused({ code: 'already-set-up' });
  if (!sameText(code, expectedCode)) return refused({ code: 'setup-code-wrong' });
  const passwordHash = await hashPassword(password);
  return context.database.asSystem(async (tx): Promise<Outcome<NewSession>> => {
    await tx.query('lock table agents in share row exclusive mode');
    if ((await countAgents(tx)) > 0) return refused({ code: 'already-set-up' });
    const { tenantId, name, domain, market, currency, language } = partner;
    await tx.query(
      'insert into partners (partner_id, name, domain, market, currency, language) values ($1, $2, $3, $4, $5, $6)',
      [tenantId, name, domain, market, currency, language],
    );
    await tx.query(
      `insert into agents (partner_id, agent_id, email, display_name, roles, password_hash)
       values ($1, $2, $3, $4, '{globalAdmin,adminAgent}', $5)`,
      [tenantId, context.newId(), email, displayName, passwordHash],
    );
    const found = await findAgentByEmail(tx, email);
    return found ? accepted(await openSession(context, tx, found.actor)) : refused({ code: 'sign-in-failed' });
  });
}

export async function findActor({ database, clock }: Context, token: string): Promise<Actor | undefined> {
  return findSession(database, hashOf(token), clock.now().toString());
}

export async function signOut({ database }: Context, token: string): Promise<void> {
  await database.asSystem((tx) => removeSession(tx, hashOf(token)));
}

/** A session's token is shown once; only its hash is kept. */
async function openSession({ clock }: Context, tx: Transaction, actor: Actor): Promise<NewSession> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  const expiresAt = now.add(SESSION_LIFETIME);
  await saveSession(tx, actor, {
    tokenHash: hashOf(token),
    createdAt: now.toString(),
    expiresAt: expiresAt.toString(),
  });
  return { token, expiresAt, actor };
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function sameText(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}
