import type { Role } from '../../core/access/may.ts';
import type { Actor } from '../context.ts';
import type { Database, Transaction } from '../postgres/database.ts';
import { type AgentRow, toActor } from './agent.store.ts';

/** How somebody got in. */
export type SignInMethod = 'password' | 'oidc' | 'demo' | 'setup' | 'device';

export type Session = {
  readonly sessionId: string;
  readonly method: SignInMethod;
  readonly address: string;
  readonly userAgent: string;
  readonly createdAt: string;
  /** To the minute. */
  readonly lastSeenAt: string;
  readonly expiresAt: string;
};

/**
 * Saves a session, and that its agent was here; an invited one is in with it, unless another account has its address. Nothing is saved for
 * an agent who was removed meanwhile: the row is held, so that a removal either comes before or ends this session too.
 */
export async function saveSession(
  tx: Transaction,
  { agentId, partner }: Actor,
  session: Omit<Session, 'lastSeenAt'> & { tokenHash: Buffer; providerSession: string | null },
): Promise<void> {
  await tx.query(
    `with used as (
       delete from join_links l using agents a
       where l.partner_id = $2 and l.agent_id = $3 and a.partner_id = $2 and a.agent_id = $3 and a.invited),
     seen as (
       update agents a set last_seen_at = $8, invited = a.invited and exists (
         select 1 from agents o where lower(o.email) = lower(a.email) and not o.invited and o.agent_id <> a.agent_id)
       where a.partner_id = $2 and a.agent_id = $3 and a.removed_at is null returning 1)
     insert into sessions (token_hash, partner_id, agent_id, session_id, method, address, user_agent, created_at, last_seen_at,
       expires_at, provider_session)
     select $1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::timestamptz, $8, $9, $10 from seen`,
    [
      session.tokenHash,
      partner.partnerId,
      agentId,
      session.sessionId,
      session.method,
      session.address,
      session.userAgent,
      session.createdAt,
      session.expiresAt,
      session.providerSession,
    ],
  );
}

/** Who a live session belongs to: one round trip, for every request. */
export async function findSession(
  database: Database,
  tokenHash: Buffer,
  now: string,
  idleMinutes: number,
): Promise<Actor | undefined> {
  const [row] = await database.ask<AgentRow>(
    `select * from session_agent($1, $2, $3 * interval '1 minute')`,
    [tokenHash, now, idleMinutes],
    'session-agent',
  );
  return row && toActor(row);
}

type SessionRow = {
  session_id: string;
  method: SignInMethod;
  address: string;
  user_agent: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
};

/** The live sessions of an agent, the one seen last first. */
export async function findSessions(
  tx: Transaction,
  { agentId, partner }: Actor,
  now: string,
  idleMinutes: number,
): Promise<Session[]> {
  const rows = await tx.query<SessionRow>(
    `select session_id, method, address, user_agent, created_at, last_seen_at, expires_at from sessions
     where partner_id = $1 and agent_id = $2 and expires_at > $3 and last_seen_at > $3::timestamptz - $4 * interval '1 minute'
     order by last_seen_at desc, session_id desc`,
    [partner.partnerId, agentId, now, idleMinutes],
  );
  return rows.map((row) => ({
    sessionId: row.session_id,
    method: row.method,
    address: row.address,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  }));
}

/** Which of some sessions of any partner are live, and what roles their agents have now. To ask is not to use one. */
export async function findLiveSessions(
  tx: Transaction,
  sessionIds: readonly string[],
  now: string,
  idleMinutes: number,
): Promise<Map<string, readonly Role[]>> {
  const rows = await tx.query<{ session_id: string; roles: Role[] }>(
    `select s.session_id, a.roles from sessions s
     join agents a on a.partner_id = s.partner_id and a.agent_id = s.agent_id and a.removed_at is null
     where s.session_id = any ($1::uuid[]) and s.expires_at > $2
       and s.last_seen_at > $2::timestamptz - $3 * interval '1 minute'`,
    [sessionIds, now, idleMinutes],
  );
  return new Map(rows.map((row) => [row.session_id, row.roles]));
}

/** Ends one session of an agent. False: the agent has none of this id. */
export async function removeSession(
  tx: Transaction,
  { agentId, partner }: Actor,
  sessionId: string | undefined,
): Promise<boolean> {
  const rows = await tx.query(
    'delete from sessions where partner_id = $1 and agent_id = $2 and session_id = $3 returning 1',
    [partner.partnerId, agentId, sessionId ?? null],
  );
  return rows.length > 0;
}

/** Ends every session of an agent, but for the one that is kept; tells how many. */
export async function removeSessions(
  tx: Transaction,
  { agentId, partner }: Pick<Actor, 'agentId' | 'partner'>,
  kept?: string,
): Promise<number> {
  const rows = await tx.query(
    'delete from sessions where partner_id = $1 and agent_id = $2 and session_id is distinct from $3 returning 1',
    [partner.partnerId, agentId, kept ?? null],
  );
  return rows.length;
}

/** Moves the end of every session, as a clock that is moved asks. */
export async function extendSessions(tx: Transaction, byMs: number): Promise<void> {
  await tx.query(
    `update sessions set expires_at = expires_at + $1 * interval '1 millisecond',
       last_seen_at = last_seen_at + $1 * interval '1 millisecond'`,
    [byMs],
  );
}
