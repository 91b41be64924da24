import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readTable, type TableRow } from './read-table.ts';
import { arriving, type Cells, encode, fileOf, type Shape, textOfTable, zipOf } from './table-files.fixture.ts';
import { TABLE_LIMITS } from './table-refusal.ts';

const TABLE: Cells = [
  ['Müşteri', 'Şehir', 'Fiyat'],
  ['Çağrı Ltd', 'İzmir', '4,50'],
  ['Iğdır "Işık" A.Ş.', 'Iğdır; merkez', '12'],
  ['two\nlines', 'ok', '1.5'],
];

async function read(bytes: Buffer | AsyncIterable<Uint8Array>) {
  const opened = await readTable(Buffer.isBuffer(bytes) ? arriving(bytes) : bytes);
  if (!opened.ok) return opened.refused;
  const rows: TableRow[] = [];
  for await (const row of opened.value.rows()) rows.push(row);
  await opened.value.close();
  const { separator, encoding, zippedAs, headings, rowCount } = opened.value;
  return { separator, encoding, zippedAs, headings, rowCount, lines: rows };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-table-'));
  vi.stubEnv('TMPDIR', folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  // Whatever became of a file, none stays on the disk.
  expect(await readdir(folder)).toEqual([]);
});

const SHAPES: readonly (readonly [string, Shape])[] = [
  ['commas in UTF-8', {}],
  ['commas in UTF-8 with its mark', { mark: true }],
  ['semicolons in UTF-8 with its mark', { separator: ';', mark: true }],
  ['tabs in UTF-16, as "Unicode text"', { separator: '\t', encoding: 'utf-16le', mark: true }],
  ['semicolons in UTF-16 of the other order', { separator: ';', encoding: 'utf-16be', mark: true }],
  ['UTF-16 without its mark', { encoding: 'utf-16le' }],
  ['semicolons in the Turkish code page', { separator: ';', encoding: 'windows-1254' }],
  ['lines that end as on Linux', { newline: '\n' }],
  ['a ZIP', { separator: ';', zipped: true }],
];

describe('a table of any spreadsheet', () => {
  it.each(SHAPES)('is read from %s, and told how', async (_name, shape) => {
    expect(await read(fileOf(TABLE, shape))).toEqual({
      separator: shape.separator ?? ',',
      encoding: shape.encoding ?? 'utf-8',
      zippedAs: shape.zipped ? 'list.csv' : null,
      headings: TABLE[0],
      rowCount: 3,
      lines: [
        { line: 2, cells: TABLE[1], isWhole: true },
        { line: 3, cells: TABLE[2], isWhole: true },
        { line: 5, cells: TABLE[3], isWhole: true },
      ],
    });
  });

  it('is western where no letter is Turkish, and has its heading below the note of a spreadsheet', async () => {
    const western = encode('sep=;\r\nOffer;Preis\r\nBüro, groß;1,50\r\n', { encoding: 'windows-1252' });
    expect(await read(western)).toMatchObject({
      separator: ';',
      encoding: 'windows-1252',
      headings: ['Offer', 'Preis'],
      lines: [{ line: 3, cells: ['Büro, groß', '1,50'] }],
    });
  });

  it('passes over emptied lines, and marks those with more or fewer cells', async () => {
    const text = 'a,b,c\n1,2,3\n\n,,\n4,5\n6,7,8,9\n1,2,3\n';
    expect(await read(encode(text))).toMatchObject({
      rowCount: 4,
      lines: [
        { line: 2, isWhole: true },
        { line: 5, isWhole: false },
        { line: 6, isWhole: false },
        { line: 7, isWhole: true },
      ],
    });
  });

  it('is the same again after it was printed, in whatever shape', async () => {
    const cell = fc.stringMatching(/^[A-Za-z0-9ğüşıöçĞÜŞİÖÇ.,;"'€ \n-]{1,12}$/).filter((text) => text.trim() === text);
    const tables = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 8 }),
      );
    const shapes = fc.record({
      separator: fc.constantFrom(',', ';', '\t'),
      encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
      mark: fc.constant(true),
      zipped: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(tables, shapes, async (table, shape) => {
        // The first line tells the separator; one cell of it could hold more of another.
        const named = [table[0]?.map((_, at) => `column ${at}`) ?? [], ...table];
        const once = await read(fileOf(named, shape));
        expect(once).toMatchObject({ headings: named[0], lines: table.map((cells) => ({ cells })) });
      }),
      { numRuns: 40 },
    );
  });
});

describe('what is no table', () => {
  const named = (name: string) => expect.objectContaining({ name });
  const zip = (...files: [string, Buffer][]) => zipOf(files);
  const CSV = encode(textOfTable(TABLE));

  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['blank lines', Buffer.from('\n \r\n'), 'empty'],
    ['a heading alone', Buffer.from('a,b\r\n'), 'empty'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), 'not-text'],
    ['an old spreadsheet', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'spreadsheet'],
    ['a new spreadsheet', zip(['[Content_Types].xml', CSV], ['xl/workbook.xml', CSV]), 'spreadsheet'],
    ['a ZIP of several files', zip(['a.csv', CSV], ['b.csv', CSV]), 'zip-files'],
    ['a ZIP of none', zip(['folder/', Buffer.alloc(0)]), 'zip-files'],
    ['a ZIP in a ZIP', zip(['inner.zip', zip(['a.csv', CSV])]), 'zip-nested'],
    ['half a ZIP', zip(['a.csv', CSV]).subarray(0, 60), 'zip-broken'],
    ['a ZIP that lies about its size', zipOf([['a.csv', CSV]], 7), 'zip-broken'],
    ['a ZIP made to fill a disk', zip(['a.csv', Buffer.alloc(30_000_000, 'a,')]), 'zip-bomb'],
    ['a quote that is never closed', Buffer.from('a,b\n1,2\n3,"4\n5,6\n'), 'cut-off'],
    ['a last line that is cut off', Buffer.from('a,b,c\n1,2,3\n4,5'), 'cut-off'],
    ['more columns than any list', Buffer.from(`${'a,'.repeat(201)}a\n1,2\n`), 'too-many-columns'],
  ])('%s is refused whole', async (_what, bytes, name) => {
    expect(await read(bytes)).toEqual(named(name));
  });

  it('is refused as soon as it is too large, however much more would come', async () => {
    let sent = 0;
    async function* endless() {
      const piece = Buffer.alloc(1_000_000, 'a,b\n');
      for (; sent < 10_000_000_000; sent += piece.length) yield piece;
    }
    expect(await read(endless())).toEqual({ name: 'too-large', limit: TABLE_LIMITS.bytes });
    expect(sent).toBeLessThan(TABLE_LIMITS.bytes + 5_000_000);
  });

  it('tells the line up to which it could be read', async () => {
    expect(await read(Buffer.from('a,b\n1,2\n3,4\n5,"6\n'))).toEqual({ name: 'cut-off', line: 3 });
  });
});
