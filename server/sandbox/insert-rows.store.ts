import type { Transaction } from '../postgres/database.ts';

type Table =
  | 'partners'
  | 'agents'
  | 'customers'
  | 'relationships'
  | 'delegated_privileges'
  | 'subscriptions'
  | 'seat_batches'
  | 'users'
  | 'user_addresses'
  | 'licenses';

/** Inserts rows by their column names, all in one statement; what is there already stays. */
export async function insertRows(tx: Transaction, table: Table, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).join(', ');
  await tx.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}
