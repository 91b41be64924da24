import type { Transaction } from '../postgres/database.ts';
import { ROWS_PER_MINUTE } from './campaign.store.ts';

/** How many rows a minute the partner's campaigns send at most. */
export async function findPace(tx: Transaction, partnerId: string): Promise<number> {
  const [row] = await tx.query<{ rows_per_minute: number }>(
    'select rows_per_minute from campaign_paces where partner_id = $1',
    [partnerId],
  );
  return row?.rows_per_minute ?? ROWS_PER_MINUTE;
}

/** Whoever waits for its next row by the old pace waits no longer than by the new one. */
export async function savePace(tx: Transaction, partnerId: string, rowsPerMinute: number): Promise<void> {
  await tx.query(
    `insert into campaign_paces (partner_id, rows_per_minute) values ($1, $2)
     on conflict (partner_id) do update set rows_per_minute = excluded.rows_per_minute,
       next_at = least(campaign_paces.next_at, clock_timestamp() + interval '1 minute' / excluded.rows_per_minute)`,
    [partnerId, rowsPerMinute],
  );
}
