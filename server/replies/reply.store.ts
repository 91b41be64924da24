import type { Transaction } from '../postgres/database.ts';

export type ReplyKey = { readonly partnerId: string; readonly route: string; readonly requestId: string };
/** `status` null: the first request with this key is still being worked out. */
export type StoredReply = { readonly status: number | null; readonly body: string | null; readonly sameBody: boolean };

const KEPT = `interval '24 hours'`;
/** A server that was killed leaves its claim behind; after this long another may take it over. */
const ABANDONED = `interval '2 minutes'`;

/** Claims a key for this request, or finds what is there under it. Undefined: it is ours. */
export async function claimReply(
  tx: Transaction,
  key: ReplyKey,
  { bodyHash, now }: { bodyHash: Buffer; now: string },
): Promise<StoredReply | undefined> {
  const claimed = await tx.query(
    `insert into replies (partner_id, route, request_id, body_hash, created_at) values ($1, $2, $3, $4, $5)
     on conflict (partner_id, route, request_id) do update set body_hash = excluded.body_hash, status = null, body = null,
       created_at = excluded.created_at
     where replies.created_at < excluded.created_at - case when replies.status is null then ${ABANDONED} else ${KEPT} end
     returning 1 as claimed`,
    [key.partnerId, key.route, key.requestId, bodyHash, now],
  );
  if (claimed.length > 0) return undefined;
  const [row] = await tx.query<{ status: number | null; body: string | null; same: boolean }>(
    `select status, body, body_hash = $4 as same from replies where partner_id = $1 and route = $2 and request_id = $3`,
    [key.partnerId, key.route, key.requestId, bodyHash],
  );
  return row && { status: row.status, body: row.body, sameBody: row.same };
}

/** Keeps the final answer for repeats, and forgets the partner's that nobody may repeat any more: some hold what is shown once. */
export async function saveReply(
  tx: Transaction,
  key: ReplyKey,
  { status, body, now }: { status: number; body: string; now: string },
): Promise<void> {
  await tx.query(
    `with old as (delete from replies where partner_id = $1 and created_at < $6::timestamptz - ${KEPT})
     update replies set status = $4, body = $5 where partner_id = $1 and route = $2 and request_id = $3`,
    [key.partnerId, key.route, key.requestId, status, body, now],
  );
}

/** Gives a key up whose request came to nothing that may be repeated as an answer. */
export async function dropReply(tx: Transaction, key: ReplyKey): Promise<void> {
  await tx.query('delete from replies where partner_id = $1 and route = $2 and request_id = $3', [
    key.partnerId,
    key.route,
    key.requestId,
  ]);
}
