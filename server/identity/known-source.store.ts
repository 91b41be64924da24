import type { Actor } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';

/** Which of these browsers and addresses somebody with this e-mail address has signed in from. */
export async function findKnownSources(
  tx: Transaction,
  email: string,
  sources: readonly Buffer[],
): Promise<readonly Buffer[]> {
  const rows = await tx.query<{ source_hash: Buffer }>(
    `select k.source_hash from known_sources k join agents a on a.partner_id = k.partner_id and a.agent_id = k.agent_id
     where lower(a.email) = lower($1) and k.source_hash = any ($2)`,
    [email, sources],
  );
  return rows.map(({ source_hash }) => source_hash);
}

export async function saveKnownSources(
  tx: Transaction,
  { agentId, partner }: Actor,
  sources: readonly Buffer[],
  now: string,
): Promise<void> {
  await tx.query(
    `insert into known_sources (partner_id, agent_id, source_hash, last_seen_at)
     select $1, $2, given.source, $4 from (select distinct source from unnest($3::bytea[]) as s (source) order by 1) as given
     on conflict (partner_id, agent_id, source_hash) do update set last_seen_at = excluded.last_seen_at`,
    [partner.partnerId, agentId, sources, now],
  );
}
