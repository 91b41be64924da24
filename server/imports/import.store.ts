import type { Doubt, LeftOut, RowReading } from '../../core/imports/row-reading.ts';
import type { FileKind } from '../../core/imports/file-kind.ts';
import type { RecordFact } from '../../core/imports/record.ts';
import type { Transaction } from '../postgres/database.ts';
import type { BilledTotals } from './compare-billed.store.ts';
import type { Separator } from './read-table.ts';
import type { Encoding } from './text-encoding.ts';

/** How a file was read. */
export type Reading = {
  readonly separator: Separator;
  readonly encoding: Encoding;
  readonly zippedAs: string | null;
  readonly bytes: number;
  /** The sign before the decimals of its prices; null: none has any. */
  readonly decimalSign: '.' | ',' | null;
  readonly unknownColumns: readonly string[];
  /** Ids that have their leading zeros again. */
  readonly restoredIds: number;
};

export const ROW_STATES = ['new', 'changed', 'gone', 'same', 'left-out', 'in-doubt'] as const;
export type RowState = (typeof ROW_STATES)[number];
export type RowCounts = Readonly<Record<RowState, number>>;

export type ImportRow = {
  import_id: string;
  state: 'reading' | 'checked' | 'applying' | 'applied';
  file_name: string;
  created_at: string;
  created_by_name: string | null;
  rows_read: number;
  kind: FileKind | null;
  reading: Reading | null;
  market: string | null;
  effective_on: string | null;
  counts: RowCounts | null;
  compared_with: number | null;
  compared_list: string | null;
  version: number | null;
  applied_at: string | null;
  /** While it is being applied, of how many rows that has been. */
  rows_done: number | null;
  totals: BilledTotals | null;
};

const COLUMNS = `i.import_id, i.state, i.file_name, i.created_at, a.display_name as created_by_name, i.rows_read, i.kind, i.reading, i.market,
  i.effective_on, i.counts, i.compared_with, i.compared_list, i.version, i.applied_at, i.totals, case when i.state = 'applying' then
    (select count(*)::integer from import_rows r where r.partner_id = i.partner_id and r.import_id = i.import_id and r.done) end as rows_done`;
const FROM = 'from imports i left join agents a on a.partner_id = i.partner_id and a.agent_id = i.created_by';

export async function findImports(tx: Transaction, partnerId: string, most: number): Promise<ImportRow[]> {
  return tx.query<ImportRow>(
    `select ${COLUMNS} ${FROM} where i.partner_id = $1 order by i.created_at desc, i.import_id desc limit $2`,
    [partnerId, most],
  );
}

export async function findImport(tx: Transaction, partnerId: string, importId: string): Promise<ImportRow | undefined> {
  const [row] = await tx.query<ImportRow>(`select ${COLUMNS} ${FROM} where i.partner_id = $1 and i.import_id = $2`, [
    partnerId,
    importId,
  ]);
  return row;
}

/** How many imports that were not applied a partner keeps. */
const MOST_UNAPPLIED = 20;

/** Begins an import; the oldest of those that were never applied make room. False: there is one with this id. */
export async function startImport(
  tx: Transaction,
  { partnerId, agentId }: { readonly partnerId: string; readonly agentId: string },
  { importId, fileName, at }: { readonly importId: string; readonly fileName: string; readonly at: Temporal.Instant },
): Promise<boolean> {
  const started = await tx.query(
    `insert into imports (partner_id, import_id, state, file_name, created_at, created_by) values ($1, $2, 'reading', $3, $4, $5)
     on conflict do nothing returning import_id`,
    [partnerId, importId, fileName, at.toString(), agentId],
  );
  await tx.query(
    `delete from imports where partner_id = $1 and import_id in (
       select import_id from imports where partner_id = $1 and state in ('reading', 'checked')
       order by created_at desc, import_id desc offset $2)`,
    [partnerId, MOST_UNAPPLIED],
  );
  return started.length > 0;
}

/** A row of a file as it was read, with its place among all that the file says. */
export type ReadRow = { readonly place: number; readonly line: number; readonly reading: RowReading };

/** Keeps what some rows of a file say. False: the import is gone, and what is left of the file need not be read. */
export async function saveReadRows(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  rows: readonly ReadRow[],
  rowsRead: number,
): Promise<boolean> {
  const going = await tx.query(
    `update imports set rows_read = $3 where partner_id = $1 and import_id = $2 and state = 'reading' returning import_id`,
    [partnerId, importId, rowsRead],
  );
  if (going.length === 0) return false;
  await tx.query(
    `insert into import_rows (partner_id, import_id, place, line, state, name, offer_id, to_offer_id, term_duration, billing_cycle,
       valid_from, valid_until, unit_price, reason, column_name, found, customer_ref, row_key, fact)
     select $1, $2, r.* from jsonb_to_recordset($3::jsonb) as r (place integer, line integer, state text, name text, offer_id text,
       to_offer_id text, term_duration text, billing_cycle text, valid_from date, valid_until date, unit_price numeric,
       reason text, column_name text, found text, customer_ref text, row_key text, fact jsonb)`,
    [partnerId, importId, JSON.stringify(rows.map(toStored))],
  );
  return true;
}

export type ImportKey = { readonly partnerId: string; readonly importId: string };

function toStored({ place, line, reading }: ReadRow): object {
  const common = { place, line, state: reading.state, name: reading.name };
  if (reading.state === 'left-out') return { ...common, reason: reading.reason, found: reading.found };
  if (reading.state === 'in-doubt') {
    const { reason, column, found, offerId } = reading;
    return { ...common, reason, column_name: column, found, offer_id: offerId };
  }
  const { price, path, record } = reading;
  return {
    ...common,
    offer_id: price?.offerId ?? path?.offerId,
    to_offer_id: path?.toOfferId ?? null,
    term_duration: price?.termDuration,
    billing_cycle: price?.billingCycle,
    valid_from: price?.validFrom,
    valid_until: price?.validUntil,
    unit_price: price?.unitPrice ?? record?.amount,
    customer_ref: record?.customer,
    row_key: record?.key,
    fact: record?.fact,
  };
}

/** Says how the file was read, before it is compared. */
export async function saveReading(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  { kind, reading, market, rows }: { kind: FileKind; reading: Reading; market: string | null; rows: number },
): Promise<void> {
  await tx.query(
    `update imports set kind = $3, reading = $4, market = $5, rows_read = $6 where partner_id = $1 and import_id = $2`,
    [partnerId, importId, kind, JSON.stringify(reading), market, rows],
  );
}

export async function deleteImport(tx: Transaction, { partnerId, importId }: ImportKey): Promise<void> {
  await tx.query('delete from imports where partner_id = $1 and import_id = $2', [partnerId, importId]);
}

export type ImportLineRow = {
  place: number;
  line: number | null;
  state: RowState;
  name: string;
  offer_id: string | null;
  to_offer_id: string | null;
  term_duration: 'P1M' | 'P1Y' | 'P3Y' | null;
  billing_cycle: 'monthly' | 'annual' | 'triennial' | 'none' | null;
  valid_from: string | null;
  valid_until: string | null;
  unit_price: string | null;
  price_before: string | null;
  reason: Doubt | LeftOut | null;
  column_name: string | null;
  found: string | null;
  fact: RecordFact | null;
  fact_before: Partial<RecordFact> | null;
  customer_ref: string | null;
};

/** Rows of an import in the order of the file, those of one state or all; what has gone stands at the end. */
export async function findImportRows(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  { state, after, limit }: { readonly state: RowState | undefined; readonly after: number; readonly limit: number },
): Promise<ImportLineRow[]> {
  return tx.query<ImportLineRow>(
    `select place, line, state, name, offer_id, to_offer_id, term_duration, billing_cycle, valid_from, valid_until, unit_price::text,
       price_before::text, reason, column_name, found, fact, fact_before, customer_ref
     from import_rows where partner_id = $1 and import_id = $2 and place > $3 and ($4::text is null or state = $4)
     order by place limit $5`,
    [partnerId, importId, after, state ?? null, limit],
  );
}
