import { CsvError, parse } from 'csv-parse/sync';
import { MOST_CAMPAIGN_ROWS } from '../../contract/campaigns.ts';
import type { CampaignFault } from '../../contract/campaign-texts.ts';
import type { FieldRule } from '../../contract/words.ts';
import type { Catalog } from '../../core/catalog/offer.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import type { SoldSubscription } from './choose.store.ts';
import type { BadRow, ChosenRow, FileReading } from './chosen.ts';

const COLUMNS = ['customer', 'subscription', 'target', 'licenses'] as const;
type ColumnName = (typeof COLUMNS)[number];
const NEEDED: ReadonlySet<ColumnName> = new Set(['customer', 'subscription']);

/** The headings that are understood, folded for search. */
const HEADINGS: Readonly<Record<ColumnName, readonly string[]>> = {
  customer: ['customer', 'customer id', 'domain', 'tenant', 'tenant id', 'musteri', 'musteri kimligi', 'etki alani'],
  subscription: ['subscription', 'subscription id', 'abonelik', 'abonelik kimligi'],
  target: ['target', 'to', 'new offer', 'target offer', 'yeni teklif', 'hedef teklif'],
  licenses: ['licenses', 'seats', 'quantity', 'lisans', 'lisans sayisi', 'adet'],
};
const MOST_COLUMNS = 200;
const MOST_SEATS = 10_000_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One line as it was written. */
export type WrittenRow = Readonly<Record<ColumnName, string>> & { readonly line: number; readonly isWhole: boolean };

export type WrittenFile = Pick<FileReading, 'separator' | 'ignoredColumns'> & {
  readonly headings: Readonly<Partial<Record<ColumnName, string>>>;
  readonly rows: readonly WrittenRow[];
};

/** Takes a CSV file apart; nothing in it is guessed. Refused with the rule that the file as a whole breaks. */
export function readCampaignFile(text: string): Result<WrittenFile, FieldRule> {
  const heading = (text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const separator = heading.includes(';') ? ';' : ',';
  const parsed = parseCells(text, separator);
  if (!parsed) return refused('csv');
  const [first, ...lines] = parsed;
  const names = (first?.record ?? []).map((name) => name.trim());
  const columns = names.map(columnOf);
  const times = (name: ColumnName) => columns.filter((one) => one === name).length;
  const isKnown = COLUMNS.every((name) => times(name) === 1 || (times(name) === 0 && !NEEDED.has(name)));
  if (names.length > MOST_COLUMNS || !isKnown) return refused('campaignColumns');
  if (lines.length === 0 || lines.length > MOST_CAMPAIGN_ROWS) return refused('campaignRows');
  const rows = lines.map(({ record, info }) => {
    const cell = (name: ColumnName) => (record[columns.indexOf(name)] ?? '').trim();
    const cells = { customer: cell('customer'), subscription: cell('subscription'), target: cell('target') };
    return { ...cells, licenses: cell('licenses'), line: info.lines, isWhole: record.length === names.length };
  });
  const headings = Object.fromEntries(columns.map((name, index) => [name, names[index]]).filter(([name]) => name));
  return accepted({ separator, ignoredColumns: names.filter((_, index) => !columns[index]), headings, rows });
}

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

function parseCells(text: string, delimiter: string): Parsed[] | undefined {
  try {
    const options = { bom: true, delimiter, info: true, skip_empty_lines: true, relax_column_count: true };
    return parse(text, options) as unknown as Parsed[];
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
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
export function understandRows(file: WrittenFile, known: Known): { rows: ChosenRow[]; badRows: BadRow[] } {
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
    badRows.push({ line: written.line, column: file.headings[column] ?? column, text: written[column], fault });
  }
  return { rows, badRows };
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
    if (catalog.offers.has(text.toLowerCase())) return accepted(text.toLowerCase());
    const platform = catalog.offers.get(sourceOfferId)?.platform;
    const named = (byOfferName.get(foldForSearch(text)) ?? []).filter(({ one }) => one.platform === platform);
    const [offerId, ...more] = new Set(named.map(({ one }) => one.offerId));
    if (more.length > 0) return refused('targetAmbiguous');
    return offerId === undefined ? refused('targetUnknown') : accepted(offerId);
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
