import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type Cell, toCsv, toCsvRows } from '../../contract/csv.ts';
import type { PrintedFile } from '../../core/imports/print-file.ts';
import type { Call } from '../context.ts';
import { legacyPrices, marketsOf, newCommercePrices, offerMatrix } from './import-files.ts';
import { LISTS, type ListFile } from './lists.ts';
import { findRows, type Table } from './table.store.ts';
import { TABLES } from './tables.ts';

type Entry = { readonly name: string; readonly says: string; readonly content: () => AsyncIterable<string> };

/** All that a partner has, as a ZIP that is written while it is read: one file after the other, none of them held as a whole. */
export function writeArchive(call: Call): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as unknown as Readable;
  zip.on('error', (error) => output.destroy(error as Error));
  addAll(call, zip).catch((error: Error) => output.destroy(error));
  return output;
}

async function addAll(call: Call, zip: ZipFile): Promise<void> {
  const mtime = new Date(call.clock.now().epochMilliseconds);
  const entries = [
    ...listEntries(call),
    ...(await importEntries(call)),
    ...TABLES.map((table) => tableEntry(call, table)),
  ];
  zip.addBuffer(Buffer.from(readme(call, entries)), 'README.txt', { mtime });
  for (const { name, content } of entries) {
    // Begun only when its turn comes.
    zip.addReadStreamLazy(name, { mtime }, (take) => take(null, Readable.from(content())));
  }
  zip.end();
}

function listEntries(call: Call): Entry[] {
  return [
    { name: 'customers.csv', says: 'Customers', content: () => csvOf(LISTS.customers(call)) },
    { name: 'subscriptions.csv', says: 'Subscriptions', content: () => csvOf(LISTS.subscriptions(call)) },
    { name: 'users.csv', says: 'Users with their licenses', content: () => csvOf(LISTS.users(call)) },
  ];
}

/** What can be imported again as it is. */
async function importEntries(call: Call): Promise<Entry[]> {
  const entries: Entry[] = [];
  const add = (name: string, says: string, file: PrintedFile | undefined) => {
    if (file) entries.push({ name, says, content: () => csvOf(fromPrinted(file)) });
  };
  for (const market of await marketsOf(call)) {
    add(`prices-${market}.csv`, `New commerce price list of ${market}`, await newCommercePrices(call, market));
  }
  add('prices-legacy.csv', 'License-based price list', await legacyPrices(call));
  add('matrix-new-commerce.csv', 'New commerce offer matrix', await offerMatrix(call, 'newCommerce'));
  add('matrix-legacy.csv', 'License-based offer matrix', await offerMatrix(call, 'legacy'));
  return entries;
}

function tableEntry(call: Call, { says, ...table }: (typeof TABLES)[number]): Entry {
  return { name: `tables/${table.name}.jsonl`, says, content: () => rowsOf(call, table) };
}

async function* rowsOf({ actor, database }: Call, table: Table): AsyncIterable<string> {
  const { partnerId } = actor.partner;
  let after: object | undefined;
  for (;;) {
    const from = after;
    const found = await database.read(partnerId, (tx) => findRows(tx, partnerId, table, from));
    if (found.length === 0) return;
    yield found.map(({ row }) => `${JSON.stringify(row)}\n`).join('');
    after = found.at(-1)?.key;
  }
}

export function fromPrinted({ header, rows }: PrintedFile): ListFile {
  return { header, lots: lots() };

  async function* lots(): AsyncIterable<readonly (readonly Cell[])[]> {
    yield rows;
  }
}

async function* csvOf({ header, lots }: ListFile): AsyncIterable<string> {
  yield toCsv('en', header, []);
  for await (const rows of lots) yield toCsvRows('en', rows);
}

function readme({ actor, clock }: Call, entries: readonly Entry[]): string {
  const widest = Math.max(...entries.map(({ name }) => name.length));
  return [
    `All data of ${actor.partner.name} in Yükselt, begun at ${clock.now().toString({ smallestUnit: 'second' })}.`,
    '',
    'Files are read one after the other; what changes meanwhile may be in one and not yet in another.',
    'CSV: UTF-8 with byte order mark, comma, decimal point. A text that a spreadsheet would take for a formula has an apostrophe in front.',
    'JSONL: one row of a table as JSON in each line. Ids are the same in all files. Moments are UTC; amounts that end in _minor are cents.',
    'Not in here: passwords, secrets, sessions, and what belongs to other partners.',
    '',
    ...entries.map(({ name, says }) => `${name.padEnd(widest)}  ${says}`),
    '',
  ].join('\r\n');
}
