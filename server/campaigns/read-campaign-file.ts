import { MOST_CAMPAIGN_ROWS } from '../../contract/campaigns.ts';
import type { CampaignFault, CampaignFileRefusal } from '../../contract/campaign-texts.ts';
import type { Catalog } from '../../core/catalog/offer.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import type { Table } from '../imports/read-table.ts';
import type { SoldSubscription } from './choose.store.ts';
import type { BadRow, ChosenRow, FileReading } from './chosen.ts';

const COLUMNS = ['customer', 'subscription', 'target', 'licenses'] as const;
type ColumnName = (typeof COLUMNS)[number];
const NEEDED = ['customer', 'subscription'] as const;

/** The headings that are understood, folded for search. */
const HEADINGS: Readonly<Record<ColumnName, readonly string[]>> = {
  customer: ['customer', 'customer id', 'domain', 'tenant', 'tenant id', 'musteri', 'musteri kimligi', 'etki alani'],
  subscription: ['subscription', 'subscription id', 'abonelik', 'abonelik kimligi'],
  target: ['target', 'to', 'new offer', 'target offer', 'yeni teklif', 'hedef teklif'],
  licenses: ['licenses', 'seats', 'quantity', 'lisans', 'lisans sayisi', 'adet'],
};
const MOST_SEATS = 10_000_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One line as it was written. */
export type WrittenRow = Readonly<Record<ColumnName, string>> & { readonly line: number; readonly isWhole: boolean };

export type WrittenFile = Omit<FileReading, 'rows' | 'restoredIds' | 'badRows'> & {
  readonly headings: Readonly<Partial<Record<ColumnName, string>>>;
  readonly rows: readonly WrittenRow[];
};

/** Takes a table apart; nothing in it is guessed. Refused: columns that are missing or there twice, too many rows. */
export async function readCampaignTable(table: Table): Promise<Result<WrittenFile, CampaignFileRefusal>> {
  const { separator, encoding, zippedAs, headings: names, rowCount } = table;
  const columns = names.map(columnOf);
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length > 0) return refused({ name: 'columns-missing', columns: missing });
  const twice = names.filter((_, at) => columns[at] && columns.indexOf(columns[at]) !== at);
  if (twice.length > 0) return refused({ name: 'columns-twice', columns: twice });
  if (rowCount > MOST_CAMPAIGN_ROWS) return refused({ name: 'too-many-rows', limit: MOST_CAMPAIGN_ROWS });
  const rows: WrittenRow[] = [];
  for await (const { line, cells, isWhole } of table.rows()) {
    // Zero characters have no place in a text that is kept.
    const cell = (name: ColumnName) => (cells[columns.indexOf(name)] ?? '').replaceAll('\0', '');
    const [customer, subscription] = [cell('customer'), cell('subscription')];
    rows.push({ customer, subscription, target: cell('target'), licenses: cell('licenses'), line, isWhole });
  }
  const headings = Object.fromEntries(columns.map((name, index) => [name, names[index]]).filter(([name]) => name));
  const ignoredColumns = names.filter((name, index) => name !== '' && !columns[index]).map(shorten);
  return accepted({ separator, encoding, zippedAs, ignoredColumns, headings, rows });
}

/** As much of a cell or heading as tells which it is. */
function shorten(text: string): string {
  return text.replaceAll('\0', '').slice(0, 100);
}

function columnOf(name: string): ColumnName | undefined {
  const folded = foldForSearch(name).replaceAll('_', ' ');
  return COLUMNS.find((column) => HEADINGS[column].includes(folded));
}

/** The ids that a file names, to look them up. */
export function idsIn(rows: readonly WrittenRow[]): string[] {
  return [...new Set(rows.map(({ subscription }) => subscription.toLowerCase()).filter((id) => ID.test(id)))];
}

type Known = {
  readonly catalog: Catalog;
  readonly customers: readonly { readonly customerId: string; readonly domain: string }[];
  readonly sold: readonly SoldSubscription[];
  /** For rows that name none. */
  readonly targetOfferId: string | undefined;
};

/** What the rows of a file mean, in their order, and those that are not understood with the first thing that is wrong. */
export function understandRows(
  file: WrittenFile,
  known: Known,
): { rows: ChosenRow[]; badRows: BadRow[]; restoredIds: number } {
  const rows: ChosenRow[] = [];
  const badRows: BadRow[] = [];
  const seen = new Set<string>();
  const understand = createUnderstanding(known);
  for (const written of file.rows) {
    const meant = understand(written);
    const isTwice = meant.ok && seen.has(meant.value.subscriptionId);
    if (meant.ok && !isTwice) {
      seen.add(meant.value.subscriptionId);
      rows.push(meant.value);
      continue;
    }
    const { column, fault } = meant.ok ? { column: 'subscription' as const, fault: 'twice' as const } : meant.refused;
    badRows.push({
      line: written.line,
      column: shorten(file.headings[column] ?? column),
      text: shorten(written[column]),
      fault,
    });
  }
  const restoredIds = file.rows.filter(({ target }) => /^[a-z0-9]{12}[:/]\d{1,3}$/i.test(target)).length;
  return { rows, badRows, restoredIds };
}

/** An offer of new commerce is named by product and SKU, with either sign between them; SKU numbers have four places, of which spreadsheets take the zeros. */
function wholeId(text: string): string {
  const [, product, sku] = /^([a-z0-9]{12})[:/](\d{1,4})$/i.exec(text) ?? [];
  return (product && sku ? `${product}:${sku.padStart(4, '0')}` : text).toLowerCase();
}

type Wrong = { readonly column: ColumnName; readonly fault: CampaignFault };

function createUnderstanding({ catalog, customers, sold, targetOfferId }: Known) {
  const byName = Map.groupBy(
    customers.flatMap((one) => [one.customerId, one.domain.toLowerCase()].map((name) => ({ name, one }))),
    ({ name }) => name,
  );
  const byId = new Map(sold.map((one) => [one.subscriptionId, one]));
  const byOfferName = Map.groupBy(
    [...catalog.offers.values()].flatMap((one) =>
      [one.name.en, one.name.tr].map((name) => ({ name: foldForSearch(name), one })),
    ),
    ({ name }) => name,
  );
  // Both platforms sell offers of one name; an upgrade stays on its own.
  const targetOf = (text: string, sourceOfferId: string): Result<string, CampaignFault> => {
    if (text === '') return targetOfferId === undefined ? refused('targetMissing') : accepted(targetOfferId);
    const offerId = wholeId(text);
    if (catalog.offers.has(offerId)) return accepted(offerId);
    const platform = catalog.offers.get(sourceOfferId)?.platform;
    const named = (byOfferName.get(foldForSearch(text)) ?? []).filter(({ one }) => one.platform === platform);
    const [only, ...more] = new Set(named.map(({ one }) => one.offerId));
    if (more.length > 0) return refused('targetAmbiguous');
    return only === undefined ? refused('targetUnknown') : accepted(only);
  };
  return (row: WrittenRow): Result<ChosenRow, Wrong> => {
    const wrong = (column: ColumnName, fault: CampaignFault) => refused({ column, fault });
    if (!row.isWhole) return wrong('customer', 'columns');
    if (row.customer === '') return wrong('customer', 'customerMissing');
    const named = [...new Set((byName.get(row.customer.toLowerCase()) ?? []).map(({ one }) => one.customerId))];
    if (named.length > 1) return wrong('customer', 'customerAmbiguous');
    const [customerId] = named;
    if (customerId === undefined) return wrong('customer', 'customerUnknown');
    if (row.subscription === '') return wrong('subscription', 'subscriptionMissing');
    const found = byId.get(row.subscription.toLowerCase());
    if (found?.customerId !== customerId) return wrong('subscription', 'subscriptionUnknown');
    const target = targetOf(row.target, found.offerId);
    if (!target.ok) return wrong('target', target.refused);
    const quantity = row.licenses === '' ? null : seatsOf(row.licenses);
    if (quantity === undefined) return wrong('licenses', 'licenses');
    const { subscriptionId, offerId: sourceOfferId, quantity: licenses } = found;
    const { line } = row;
    return accepted({
      customerId,
      subscriptionId,
      sourceOfferId,
      targetOfferId: target.value,
      licenses,
      line,
      quantity,
    });
  };
}

function seatsOf(text: string): number | undefined {
  const seats = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  return seats >= 1 && seats <= MOST_SEATS ? seats : undefined;
}
