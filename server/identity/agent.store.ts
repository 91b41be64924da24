import type { Role } from '../../core/access/may.ts';
import type { Language } from '../../contract/values.ts';
import type { Actor } from '../context.ts';
import type { Database, Transaction } from '../postgres/database.ts';

/** An agent with the partner it belongs to. */
export type AgentRow = {
  agent_id: string;
  email: string;
  display_name: string;
  roles: Role[];
  partner_id: string;
  partner_name: string;
  market: string;
  currency: string;
  language: Language;
};

const AGENTS = `select a.agent_id, a.email, a.display_name, a.roles, a.password_hash, p.partner_id, p.name as partner_name,
  p.market, p.currency, p.language from agents a join partners p on p.partner_id = a.partner_id`;

type AgentWithHash = AgentRow & { password_hash: string | null };

export type AgentWithPassword = { readonly actor: Actor; readonly passwordHash: string | null };

/** An agent of any partner by e-mail address, for sign-in. */
export async function findAgentByEmail(tx: Transaction, email: string): Promise<AgentWithPassword | undefined> {
  const [row] = await tx.query<AgentWithHash>(`${AGENTS} where lower(a.email) = lower($1)`, [email]);
  return row && { actor: toActor(row), passwordHash: row.password_hash };
}

/** All persons, in the order of the demo's list. */
export async function findAgents(tx: Transaction): Promise<Actor[]> {
  return (await tx.query<AgentRow>(`${AGENTS} where not a.application order by p.partner_id, a.agent_id`)).map(toActor);
}

export async function countAgents(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ count: bigint }>('select count(*) as count from agents');
  return Number(row?.count ?? 0);
}

/** @throws RangeError for a partner that is not there: whoever asks is signed in for it. */
export async function getPartner(tx: Transaction, partnerId: string): Promise<{ domain: string }> {
  const [row] = await tx.query<{ domain: string }>('select domain from partners where partner_id = $1', [partnerId]);
  if (!row) throw new RangeError(`no partner ${partnerId}`);
  return row;
}

export async function saveSession(
  tx: Transaction,
  { agentId, partner }: Actor,
  session: { tokenHash: Buffer; createdAt: string; expiresAt: string },
): Promise<void> {
  await tx.query(
    'insert into sessions (token_hash, partner_id, agent_id, created_at, expires_at) values ($1, $2, $3, $4, $5)',
    [session.tokenHash, partner.partnerId, agentId, session.createdAt, session.expiresAt],
  );
}

export async function removeSession(tx: Transaction, tokenHash: Buffer): Promise<void> {
  await tx.query('delete from sessions where token_hash = $1', [tokenHash]);
}

/** Moves the end of every session, as a clock that is moved asks. */
export async function extendSessions(tx: Transaction, byMs: number): Promise<void> {
  await tx.query(`update sessions set expires_at = expires_at + $1 * interval '1 millisecond'`, [byMs]);
}

/** Who a live session belongs to: one round trip, for every request. */
export async function findSession(database: Database, tokenHash: Buffer, now: string): Promise<Actor | undefined> {
  const [row] = await database.ask<AgentRow>('select * from session_agent($1, $2)', [tokenHash, now], 'session-agent');
  return row && toActor(row);
}

export function toActor(row: AgentRow): Actor {
  return {
    agentId: row.agent_id,
    email: row.email,
    displayName: row.display_name,
    roles: row.roles,
    partner: {
      partnerId: row.partner_id,
      name: row.partner_name,
      market: row.market,
      currency: row.currency,
      language: row.language,
    },
    userContext: true,
  };
}
