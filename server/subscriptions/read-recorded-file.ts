import { CsvError, parse } from 'csv-parse/sync';
import type { FieldRule } from '../../contract/words.ts';
import type { Channel } from '../../core/subscriptions/subscription.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';

const COLUMNS = ['customer', 'offer', 'channel', 'quantity', 'endsOn'] as const;
type ColumnName = (typeof COLUMNS)[number];

/** The headings that are understood, folded for search; docs/other-channels.md lists them. */
const HEADINGS: Readonly<Record<ColumnName, readonly string[]>> = {
  customer: ['customer', 'domain', 'tenant', 'tenant id', 'musteri', 'etki alani', 'kiraci', 'kiraci kimligi'],
  offer: [
    'offer',
    'offer id',
    'product',
    'sku',
    'sku part number',
    'teklif',
    'teklif kimligi',
    'urun',
    'parca numarasi',
  ],
  channel: ['channel', 'bought through', 'kanal', 'satin alma kanali'],
  quantity: ['seats', 'licenses', 'quantity', 'lisans', 'lisans sayisi', 'lisanslar', 'adet'],
  endsOn: ['ends on', 'end date', 'runs until', 'bitis tarihi', 'donem sonu', 'bitis'],
};

/** What a channel may be called, folded for search. */
const CHANNELS: Readonly<Record<Channel, readonly string[]>> = {
  csp: ['csp', 'partner', 'another partner', 'baska is ortagi', 'is ortagi'],
  direct: ['direct', 'microsoft direct', 'dogrudan', 'dogrudan microsoft'],
  open: ['open', 'open license', 'acik lisans'],
  ea: ['ea', 'enterprise agreement', 'kurumsal anlasma'],
  retail: ['retail', 'perakende'],
};

const MOST_ROWS = 5000;
/** More than any export has; each heading is looked up, and is told of when nothing is known of it. */
const MOST_COLUMNS = 200;
const MOST_SEATS = 10_000_000;

/** One line as it was written; what could not be understood is undefined. */
export type FileRow = {
  readonly line: number;
  /** It has as many cells as the heading. */
  readonly isWhole: boolean;
  readonly customer: string;
  readonly offer: string;
  readonly channelText: string;
  readonly channel: Channel | undefined;
  readonly quantity: number | undefined;
  /** Null: left empty. */
  readonly endsOn: string | null | undefined;
};

export type RecordedFile = {
  readonly separator: ',' | ';';
  readonly ignoredColumns: readonly string[];
  readonly rows: readonly FileRow[];
};

/** Reads a CSV file of subscriptions; nothing in it is guessed. Refused with the rule that the file as a whole breaks. */
export function readRecordedFile(text: string): Result<RecordedFile, FieldRule> {
  const heading = (text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const separator = heading.includes(';') ? ';' : ',';
  const parsed = parseCells(text, separator);
  if (!parsed) return refused('csv');
  const [first, ...lines] = parsed;
  const names = (first?.record ?? []).map((name) => name.trim());
  if (names.length > MOST_COLUMNS) return refused('csvColumns');
  const columns = names.map((name) => columnOf(name));
  const places = new Map(COLUMNS.map((name) => [name, columns.indexOf(name)]));
  const isWhole = COLUMNS.every((name) => {
    const times = columns.filter((one) => one === name).length;
    return times === 1 || (times === 0 && name === 'endsOn');
  });
  if (!isWhole) return refused('csvColumns');
  if (lines.length === 0 || lines.length > MOST_ROWS) return refused('csvRows');
  const rows = lines.map(({ record, info }) => {
    const cell = (name: ColumnName) => (record[places.get(name) ?? -1] ?? '').trim();
    return {
      line: info.lines,
      isWhole: record.length === names.length,
      customer: cell('customer'),
      offer: cell('offer'),
      channelText: cell('channel'),
      channel: channelOf(cell('channel')),
      quantity: seatsOf(cell('quantity')),
      endsOn: dayOf(cell('endsOn')),
    };
  });
  return accepted({ separator, ignoredColumns: names.filter((_, index) => columns[index] === undefined), rows });
}

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

function parseCells(text: string, delimiter: string): Parsed[] | undefined {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

function columnOf(name: string): ColumnName | undefined {
  const folded = foldForSearch(name).replaceAll('_', ' ');
  return COLUMNS.find((column) => HEADINGS[column].includes(folded) || foldForSearch(column) === folded);
}

function channelOf(text: string): Channel | undefined {
  const folded = foldForSearch(text);
  return (Object.keys(CHANNELS) as Channel[]).find((channel) => CHANNELS[channel].includes(folded));
}

function seatsOf(text: string): number | undefined {
  const seats = /^\d{1,8}$/.test(text) ? Number(text) : 0;
  return seats >= 1 && seats <= MOST_SEATS ? seats : undefined;
}

/** ISO or the day first with dots; with slashes nobody knows which is the month. */
function dayOf(text: string): string | null | undefined {
  if (text === '') return null;
  const turkish = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = turkish ? `${turkish[3]}-${turkish[2]?.padStart(2, '0')}-${turkish[1]?.padStart(2, '0')}` : text;
  if (!/^\d{4}-\d\d-\d\d$/.test(iso) || iso < '1990' || iso >= '2201') return undefined;
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}
