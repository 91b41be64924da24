import {
  IMPORT_TEXTS,
  type ImportVersionOnWire,
  type PriceImportOnWire,
  type PriceImportRowOnWire,
} from '../../contract/imports.ts';
import { formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import { offerName, type Wording } from '../http/reason.presenter.ts';
import { changesOf, scopeOf } from './compare-import.store.ts';
import type { ImportLineRow, ImportRow } from './import.store.ts';
import type { VersionRow } from './version.store.ts';

export function presentImport(row: ImportRow, { language }: Wording): PriceImportOnWire {
  const { kind, counts, reading } = row;
  const scope = kind && scopeOf(kind, row.market);
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
    effectiveOn: row.effective_on,
    counts: counts && { ...counts },
    changes: counts && changesOf(counts),
    comparedWith: row.compared_with,
    version: row.version,
    appliedAt: row.applied_at && momentOf(row.applied_at),
  };
}

export function presentImportRow(row: ImportLineRow, currency: string, wording: Wording): PriceImportRowOnWire {
  const texts = IMPORT_TEXTS[wording.language];
  const nameOf = (offerId: string) => (wording.catalog.offers.has(offerId) ? offerName(offerId, wording) : offerId);
  const priceOf = (text: string | null) =>
    text === null ? null : { amount: formatUnitPrice(parseUnitPrice(text, currency)), currency };
  const reasons: Readonly<Record<string, string>> = { ...texts.doubts, ...texts.leftOut };
  return {
    place: row.place,
    line: row.line,
    state: row.state,
    name: row.offer_id === null ? row.name : nameOf(row.offer_id),
    offerId: row.offer_id,
    toName: row.to_offer_id && nameOf(row.to_offer_id),
    termDuration: row.term_duration,
    billingCycle: row.billing_cycle,
    validFrom: row.valid_from,
    validUntil: row.valid_until === '9999-12-31' ? null : row.valid_until,
    before: priceOf(row.price_before),
    after: row.state === 'gone' ? null : priceOf(row.unit_price),
    reason: row.reason && (reasons[row.reason] ?? null),
    column: row.column_name,
    found: row.found,
  };
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
