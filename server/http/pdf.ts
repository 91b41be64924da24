import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import PdfKit from 'pdfkit';

/** What is printed: a title with facts below it, and tables that go on over as many pages as they need. */
export type PdfSheet = {
  readonly title: string;
  readonly subtitle: string;
  readonly language: string;
  /** Makes the same sheet the same bytes. */
  readonly createdAt: Temporal.Instant;
  /** Two columns of a word and what it is. */
  readonly facts: readonly PdfFact[];
  readonly tables: readonly PdfTable[];
  readonly footer: (page: number, pages: number) => readonly [left: string, right: string];
};

export type PdfFact = { readonly label: string; readonly value: string; readonly strong?: boolean };

export type PdfTable = {
  readonly title: string;
  readonly columns: readonly PdfColumn[];
  /** How many rows there will be: pages are numbered before they are drawn. */
  readonly count: number;
  readonly rows: AsyncIterable<readonly PdfRow[]>;
  /** The last row of all, set off from the others. */
  readonly sum?: PdfRow;
};

/** `width` is a share of that of the page. */
export type PdfColumn = { readonly header: string; readonly width: number; readonly align?: 'right' };

/** A cell for each column: what it says, and a quiet line below. */
export type PdfRow = readonly (string | readonly [text: string, below: string])[];

const require = createRequire(import.meta.url);
/** Not one of the fonts of every reader: those have no ı, İ, ş, and ğ. */
const FONTS = {
  plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
};
type Font = keyof typeof FONTS;

/** A4 in points. */
const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = 45;
const WIDTH = PAGE.width - 2 * MARGIN;
const BOTTOM = PAGE.height - MARGIN - 18;
const TITLE_HEIGHT = 58;
const FACT_HEIGHT = 17;
const TABLE_TITLE_HEIGHT = 36;
const HEAD_HEIGHT = 20;
const ROW_HEIGHT = 27;
const CELL_GAP = 8;
const INK = { plain: '#1b1a19', quiet: '#605e5c', rule: '#d2d0ce', shade: '#f3f2f1' };

/** Draws a sheet as a PDF, page by page as its rows come. */
export function toPdf(sheet: PdfSheet): Readable {
  const doc = new PdfKit({
    size: 'A4',
    margin: 0,
    lang: sheet.language,
    displayTitle: true,
    info: { Title: sheet.title, Creator: 'Yükselt', CreationDate: new Date(sheet.createdAt.epochMilliseconds) },
  });
  for (const [name, path] of Object.entries(FONTS)) doc.registerFont(name, path);
  draw(doc, sheet).then(
    () => doc.end(),
    (error: unknown) => doc.destroy(error as Error),
  );
  return doc;
}

async function draw(doc: PDFKit.PDFDocument, sheet: PdfSheet): Promise<void> {
  const pages = countPages(sheet);
  let page = 0;
  const foot = () => {
    page += 1;
    const [left, right] = sheet.footer(page, pages);
    const at = { y: PAGE.height - MARGIN, size: 7.5, ink: INK.quiet };
    write(doc, left, { x: MARGIN, width: WIDTH * 0.75, ...at });
    write(doc, right, { x: MARGIN, width: WIDTH, align: 'right', ...at });
  };
  foot();
  const place = createPlaces(() => {
    doc.addPage();
    foot();
  });
  drawHead(doc, sheet, place);
  for (const table of sheet.tables) {
    const head = { height: HEAD_HEIGHT, draw: (y: number) => drawColumns(doc, table.columns, y) };
    const y = place(TABLE_TITLE_HEIGHT + HEAD_HEIGHT + ROW_HEIGHT, undefined, TABLE_TITLE_HEIGHT + HEAD_HEIGHT);
    write(doc, table.title, { x: MARGIN, y: y + 14, width: WIDTH, size: 11.5, font: 'bold' });
    head.draw(y + TABLE_TITLE_HEIGHT);
    for await (const rows of table.rows)
      for (const row of rows) drawRow(doc, table.columns, row, place(ROW_HEIGHT, head));
    if (table.sum) drawRow(doc, table.columns, table.sum, place(ROW_HEIGHT, head), 'bold');
  }
}

/** The same steps as drawing takes, without a page. */
function countPages({ facts, tables }: PdfSheet): number {
  let pages = 1;
  const place = createPlaces(() => (pages += 1));
  const head = { height: HEAD_HEIGHT, draw: () => undefined };
  place(headHeight(facts));
  for (const { count, sum } of tables) {
    place(TABLE_TITLE_HEIGHT + HEAD_HEIGHT + ROW_HEIGHT, undefined, TABLE_TITLE_HEIGHT + HEAD_HEIGHT);
    for (let row = 0; row < count + (sum ? 1 : 0); row += 1) place(ROW_HEIGHT, head);
  }
  return pages;
}

type Head = { readonly height: number; readonly draw: (y: number) => void };

/** Gives each thing its place: below the last one, or on a new page, below what is repeated there. */
function createPlaces(newPage: () => void) {
  let next = MARGIN;
  return (needed: number, repeated?: Head, taken = needed): number => {
    if (next + needed > BOTTOM) {
      newPage();
      repeated?.draw(MARGIN);
      next = MARGIN + (repeated?.height ?? 0);
    }
    const y = next;
    next += taken;
    return y;
  };
}

function headHeight(facts: PdfSheet['facts']): number {
  return TITLE_HEIGHT + Math.ceil(facts.length / 2) * FACT_HEIGHT;
}

function drawHead(
  doc: PDFKit.PDFDocument,
  { title, subtitle, facts }: PdfSheet,
  place: ReturnType<typeof createPlaces>,
): void {
  const top = place(headHeight(facts));
  write(doc, title, { x: MARGIN, y: top, width: WIDTH, size: 18, font: 'bold' });
  write(doc, subtitle, { x: MARGIN, y: top + 27, width: WIDTH, size: 9.5, ink: INK.quiet });
  const inColumn = Math.ceil(facts.length / 2);
  for (const [index, { label, value, strong = false }] of facts.entries()) {
    const right = index >= inColumn;
    const x = MARGIN + (right ? WIDTH * 0.56 : 0);
    const y = top + TITLE_HEIGHT + (index % inColumn) * FACT_HEIGHT;
    const width = WIDTH * (right ? 0.44 : 0.5);
    write(doc, label, { x, y, width: width * 0.4, size: 9, ink: INK.quiet });
    const of = { x: x + width * 0.4, width: width * 0.6, y, size: 9, font: strong ? 'bold' : 'plain' } as const;
    write(doc, value, right ? { ...of, align: 'right' } : of);
  }
}

function drawColumns(doc: PDFKit.PDFDocument, columns: readonly PdfColumn[], y: number): void {
  doc.rect(MARGIN, y, WIDTH, HEAD_HEIGHT).fill(INK.shade);
  for (const { header, ...place } of placesOf(columns))
    write(doc, header, { ...place, y: y + 5.5, size: 8, font: 'bold' });
}

function drawRow(
  doc: PDFKit.PDFDocument,
  columns: readonly PdfColumn[],
  row: PdfRow,
  y: number,
  font: Font = 'plain',
): void {
  for (const [index, place] of placesOf(columns).entries()) {
    const cell = row[index] ?? '';
    const [text, below] = typeof cell === 'string' ? [cell, ''] : cell;
    write(doc, text, { ...place, y: y + (below ? 3.5 : 8), size: 8.5, font });
    if (below) write(doc, below, { ...place, y: y + 14.5, size: 7.5, ink: INK.quiet });
  }
  const end = y + ROW_HEIGHT;
  doc
    .moveTo(MARGIN, end)
    .lineTo(MARGIN + WIDTH, end)
    .lineWidth(0.5)
    .stroke(INK.rule);
}

function placesOf(columns: readonly PdfColumn[]) {
  let x = MARGIN;
  return columns.map(({ width: share, ...column }) => {
    const place = { ...column, x: x + CELL_GAP / 2, width: share * WIDTH - CELL_GAP };
    x += share * WIDTH;
    return place;
  });
}

type Place = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly align?: 'right';
  readonly font?: Font;
  readonly ink?: string;
};

/** One line, cut where it is wider than its place. */
function write(
  doc: PDFKit.PDFDocument,
  text: string,
  { x, y, width, size, align, font = 'plain', ink = INK.plain }: Place,
): void {
  doc.font(font).fontSize(size).fillColor(ink);
  const shown = fit(doc, text, width);
  const left = align === 'right' ? x + width - doc.widthOfString(shown) : x;
  doc.text(shown, left, y, { lineBreak: false });
}

function fit(doc: PDFKit.PDFDocument, text: string, width: number): string {
  if (doc.widthOfString(text) <= width) return text;
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  let [fits, tooMany] = [0, letters.length];
  while (tooMany - fits > 1) {
    const half = Math.floor((fits + tooMany) / 2);
    if (doc.widthOfString(`${letters.slice(0, half).join('')}…`) <= width) fits = half;
    else tooMany = half;
  }
  return `${letters.slice(0, fits).join('').trimEnd()}…`;
}
