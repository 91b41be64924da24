import type { Language } from '../../contract/values.ts';
import type { Actor } from '../context.ts';
import { type AgentRow, toActor } from '../identity/agent.store.ts';
import type { Transaction } from '../postgres/database.ts';

type Of = { readonly partnerId: string; readonly agentId: string };

/** Puts an address in the place of the one before. */
export async function saveFeed(
  tx: Transaction,
  feed: Of & { tokenHash: Buffer; language: Language; now: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `insert into calendar_feeds (partner_id, agent_id, token_hash, language, created_at) values ($1, $2, $3, $4, $5)
     on conflict (partner_id, agent_id) do update
       set token_hash = excluded.token_hash, language = excluded.language, created_at = excluded.created_at, last_used_at = null`,
    [feed.partnerId, feed.agentId, feed.tokenHash, feed.language, feed.now.toString()],
  );
}

export async function findFeed(
  tx: Transaction,
  { partnerId, agentId }: Of,
): Promise<{ created_at: string; last_used_at: string | null } | undefined> {
  const [row] = await tx.query<{ created_at: string; last_used_at: string | null }>(
    'select created_at, last_used_at from calendar_feeds where partner_id = $1 and agent_id = $2',
    [partnerId, agentId],
  );
  return row;
}

/** Whether there was one. */
export async function removeFeed(tx: Transaction, { partnerId, agentId }: Of): Promise<boolean> {
  const gone = await tx.query('delete from calendar_feeds where partner_id = $1 and agent_id = $2 returning agent_id', [
    partnerId,
    agentId,
  ]);
  return gone.length > 0;
}

/** Whose address has this token, that agent being still at work, noted once an hour; `tx` is the system's. */
export async function openFeed(
  tx: Transaction,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<{ actor: Actor; language: Language } | undefined> {
  await tx.query(
    `update calendar_feeds set last_used_at = $2
     where token_hash = $1 and (last_used_at is null or last_used_at <= $2::timestamptz - interval '1 hour')`,
    [tokenHash, now.toString()],
  );
  const [row] = await tx.query<AgentRow & { feed_language: Language }>(
    `select a.agent_id, a.email, a.display_name, a.roles, p.partner_id, p.name as partner_name, p.market, p.currency,
       p.language, f.language as feed_language
     from calendar_feeds f
     join agents a on a.partner_id = f.partner_id and a.agent_id = f.agent_id
     join partners p on p.partner_id = f.partner_id
     where f.token_hash = $1 and a.removed_at is null and not a.application`,
    [tokenHash],
  );
  return row && { actor: toActor(row), language: row.feed_language };
}
