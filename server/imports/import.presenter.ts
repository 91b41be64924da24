import {
  IMPORT_TEXTS,
  type ImportVersionOnWire,
  type PriceImportOnWire,
  type PriceImportRowOnWire,
} from '../../contract/imports.ts';
import { type FileKind, isRecordKind } from '../../core/imports/file-kind.ts';
import { formatMoney, formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { changesOf, scopeOf } from './compare-import.store.ts';
import type { ImportLineRow, ImportRow } from './import.store.ts';
import { foundText, presentFields } from './record.presenter.ts';
import type { VersionRow } from './version.store.ts';

/** `currency`: the partner's; null: who asks may not see what was billed. */
export function presentImport(row: ImportRow, currency: string | null, { language }: Wording): PriceImportOnWire {
  const { kind, counts, reading } = row;
  const scope = kind && !isRecordKind(kind) ? scopeOf(kind, row.market) : null;
  return {
    importId: row.import_id,
    state: row.state,
    fileName: row.file_name,
    createdAt: momentOf(row.created_at),
    createdBy: row.created_by_name,
    rows: row.rows_read,
    kind,
    kindName: kind && IMPORT_TEXTS[language].kinds[kind],
    read: reading && { ...reading, unknownColumns: [...reading.unknownColumns] },
    subject: scope?.subject ?? null,
    scope: scope?.scope ?? null,
    use: kind && useOf(kind),
    effectiveOn: row.effective_on,
    counts: counts && { ...counts },
    changes: counts && changesOf(counts),
    comparedWith: row.compared_with,
    progress: counts && row.rows_done !== null ? { done: row.rows_done, of: counts.new + counts.changed } : null,
    totals: presentTotals(row, currency),
    version: row.version,
    appliedAt: row.applied_at && momentOf(row.applied_at),
  };
}

function useOf(kind: FileKind): PriceImportOnWire['use'] {
  if (!isRecordKind(kind)) return 'list';
  return kind === 'customers' || kind === 'subscriptions' || kind === 'users' ? 'records' : 'compared';
}

function presentTotals({ totals }: ImportRow, currency: string | null): PriceImportOnWire['totals'] {
  if (totals === null || currency === null) return null;
  const [file, ours] = [BigInt(totals.file), BigInt(totals.ours)];
  const money = (minor: bigint) => ({ amount: formatMoney({ minor, currency }), currency });
  return { file: money(file), ours: money(ours), difference: money(file - ours), lines: totals.lines };
}

export function presentImportRow(row: ImportLineRow, currency: string, wording: Wording): PriceImportRowOnWire {
  const texts = IMPORT_TEXTS[wording.language];
  const nameOf = (offerId: string) => (wording.catalog.offers.has(offerId) ? offerName(offerId, wording) : offerId);
  const priceOf = (text: string | null) =>
    text === null ? null : { amount: formatUnitPrice(parseUnitPrice(text, currency)), currency };
  const fields = presentFields(row, currency, wording);
  const isList = fields.length === 0;
  const reasons: Readonly<Record<string, string>> = { ...texts.doubts, ...texts.leftOut };
  return {
    place: row.place,
    line: row.line,
    state: row.state,
    name: titleOf(row, wording),
    customer: row.customer_ref || null,
    fields,
    offerId: row.offer_id,
    toName: row.to_offer_id && nameOf(row.to_offer_id),
    termDuration: row.term_duration,
    billingCycle: row.billing_cycle,
    validFrom: row.valid_from,
    validUntil: row.valid_until === '9999-12-31' ? null : row.valid_until,
    before: isList ? priceOf(row.price_before) : null,
    after: isList && row.state !== 'gone' ? priceOf(row.unit_price) : null,
    reason: row.reason && (reasons[row.reason] ?? null),
    column: row.column_name,
    found: foundText(row.found, wording),
  };
}

/** An offer is called as the catalog does, a subscription by its nickname if it has one. */
function titleOf({ offer_id: offerId, name, fact }: ImportLineRow, wording: Wording): string {
  const sold = fact && 'offerId' in fact && fact.nickname === undefined ? fact.offerId : offerId;
  if (sold === null) return name;
  return wording.catalog.offers.has(sold) ? offerName(sold, wording) : sold;
}

export function presentVersion(row: VersionRow, inForce: boolean): ImportVersionOnWire {
  return {
    subject: row.subject,
    scope: row.scope,
    version: row.version,
    inForce,
    fileName: row.file_name,
    priceListId: row.price_list_id,
    importId: row.import_id,
    restoredFrom: row.restored_from,
    effectiveOn: row.effective_on,
    appliedAt: momentOf(row.applied_at),
    appliedBy: row.applied_by_name,
  };
}

function momentOf(text: string): string {
  return Temporal.Instant.from(text).toString();
}
