import type { Transaction } from '../postgres/database.ts';

/** A table of the archive: whose rows are the partner's, by what they are found in order, and the columns that stay here. */
export type Table = {
  readonly name: string;
  readonly key: readonly string[];
  /** Absent: those with the partner's id; else an SQL condition on `t`, with the partner as $1. */
  readonly where?: string;
  readonly without?: readonly string[];
};

const ROWS_AT_ONCE = 1000;

/** The next rows of a table, each as JSON; whose they are, row-level security says too. */
export async function findRows(
  tx: Transaction,
  partnerId: string,
  { name, key, where = 't.partner_id = $1', without = [] }: Table,
  after: object | undefined,
): Promise<{ row: object; key: object }[]> {
  const keys = key.map((column) => `t.${column}`).join(', ');
  const found = await tx.query<{ row: object; key: object }>(
    `select to_jsonb(t) - $3::text[] as row, jsonb_build_object(${key.map((column) => `'${column}', t.${column}`).join(', ')}) as key
     from ${name} t where ${where} and ($2::jsonb is null or (${keys}) > (
       select ${key.map((column) => `r.${column}`).join(', ')} from jsonb_populate_record(null::${name}, $2::jsonb) r))
     order by ${keys} limit ${ROWS_AT_ONCE}`,
    [partnerId, after ? JSON.stringify(after) : null, without],
  );
  return found;
}
