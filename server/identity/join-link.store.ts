import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { type AgentRow, toActor } from './agent.store.ts';

/** Whose an open link is. */
export type JoinLink = {
  readonly actor: Actor;
  readonly expiresAt: string;
  /** False: it gives an agent who has signed in before another password. */
  readonly invited: boolean;
  readonly secondFactor: boolean;
};

/** Puts a link in the place of the one before. */
export async function saveJoinLink(
  tx: Transaction,
  link: { partnerId: string; agentId: string; tokenHash: Buffer; expiresAt: string },
): Promise<void> {
  await tx.query(
    `insert into join_links (partner_id, agent_id, token_hash, expires_at) values ($1, $2, $3, $4)
     on conflict (partner_id, agent_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
    [link.partnerId, link.agentId, link.tokenHash, link.expiresAt],
  );
}

/** Ends a link before its time. That there was one stays known: its agent has no password yet. */
export async function closeJoinLink(
  tx: Transaction,
  partnerId: string,
  agentId: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx.query('update join_links set expires_at = least(expires_at, $3) where partner_id = $1 and agent_id = $2', [
    partnerId,
    agentId,
    now.toString(),
  ]);
}

/** Uses a link up. */
export async function removeJoinLink(tx: Transaction, partnerId: string, agentId: string): Promise<void> {
  await tx.query('delete from join_links where partner_id = $1 and agent_id = $2', [partnerId, agentId]);
}

/** An open link by its token; `tx` is the system's. */
export async function findJoinLink(tx: Transaction, tokenHash: Buffer, now: string): Promise<JoinLink | undefined> {
  const [row] = await tx.query<AgentRow & { expires_at: string; invited: boolean; second_factor: boolean }>(
    `select a.agent_id, a.email, a.display_name, a.roles, p.partner_id, p.name as partner_name, p.market, p.currency,
       p.language, l.expires_at, a.invited, a.totp_confirmed_at is not null as second_factor
     from join_links l
     join agents a on a.partner_id = l.partner_id and a.agent_id = l.agent_id
     join partners p on p.partner_id = a.partner_id
     where l.token_hash = $1 and l.expires_at > $2 and a.removed_at is null`,
    [tokenHash, now],
  );
  if (!row) return undefined;
  return { actor: toActor(row), expiresAt: row.expires_at, invited: row.invited, secondFactor: row.second_factor };
}

/**
 * Holds an address until the end of the transaction: two accounts of it cannot be accepted at once. True: another account has it, or another
 * partner proved its domain, whose people nobody else may take the addresses of.
 */
export async function isAddressTaken(tx: Transaction, { agentId, email, partner }: Actor): Promise<boolean> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended(lower($1), 0))', [email]);
  const rows = await tx.query(
    `select 1 from agents where lower(email) = lower($1) and not invited and agent_id <> $2
     union all
     select 1 from identity_provider_domains
     where domain = lower(split_part($1, '@', -1)) and proof in ('dns', 'operator') and partner_id <> $3`,
    [email, agentId, partner.partnerId],
  );
  return rows.length > 0;
}

/** Gives an agent a password; an invited one is in with it. */
export async function savePassword(tx: Transaction, { agentId, partner }: Actor, passwordHash: string): Promise<void> {
  await tx.query('update agents set password_hash = $3, invited = false where partner_id = $1 and agent_id = $2', [
    partner.partnerId,
    agentId,
    passwordHash,
  ]);
}
