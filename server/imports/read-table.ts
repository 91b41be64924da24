import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import { keepUpload } from './keep-upload.ts';
import { TABLE_LIMITS, type TableRefusal, UnreadableTable } from './table-refusal.ts';
import { type Encoding, findEncoding, textOf } from './text-encoding.ts';

export type Separator = ',' | ';' | '\t';

/** A line below the heading; `line` counts as a text editor does, from 1. */
export type TableRow = {
  readonly line: number;
  readonly cells: readonly string[];
  /** False: it has more or fewer cells than the heading. */
  readonly isWhole: boolean;
};

/** A table whose form is known: it was read to its end once. */
export type Table = {
  readonly separator: Separator;
  readonly encoding: Encoding;
  /** The file's name in the ZIP that it came in; null: it came as it is. */
  readonly zippedAs: string | null;
  readonly bytes: number;
  readonly headings: readonly string[];
  readonly rowCount: number;
  /** From the first row again each time; no more than a few are in memory at once. */
  rows(): AsyncIterable<TableRow>;
  /** Takes the file off the disk. */
  close(): Promise<void>;
};

/**
 * Reads a CSV file of any spreadsheet: comma, semicolon or tab, any of the encodings, plain or alone in a ZIP. The cells come as texts; what they mean,
 * decimal signs and days too, is for the caller. Whoever gets a table closes it.
 * Refused: what is too large, no text, no table, or cut off.
 */
export async function readTable(
  upload: AsyncIterable<Uint8Array>,
  seen: (row: TableRow, headings: readonly string[]) => void = () => undefined,
): Promise<Result<Table, TableRefusal>> {
  let close = () => Promise.resolve();
  try {
    const file = await keepUpload(upload);
    close = () => file.remove();
    const encoding = await findEncoding(file.path);
    const { separator, skip } = await findSeparator(textOf(file.path, encoding));
    const recordsOf = () => parseRecords(textOf(file.path, encoding), separator, skip);
    const { headings, rowCount } = await survey(recordsOf(), seen);
    const rows = () => rowsBelow(recordsOf(), headings);
    const { bytes, zippedAs } = file;
    return accepted({ separator, encoding, zippedAs, bytes, headings, rowCount, rows, close });
  } catch (error) {
    await close();
    if (error instanceof UnreadableTable) return refused(error.refusal);
    throw error;
  }
}

/** The separator that the first line uses, and how many lines stand above the heading: `sep=;` is a spreadsheet's own note. */
async function findSeparator(text: AsyncIterable<string>): Promise<{ separator: Separator; skip: number }> {
  let head = '';
  for await (const piece of text) {
    head += piece;
    if (/\n/.test(head.slice(1)) || head.length > TABLE_LIMITS.recordCharacters) break;
  }
  const [first = ''] = head.split(/\r?\n|\r/, 1);
  if (first.trim() === '' && head.trim() === '') throw new UnreadableTable({ name: 'empty' });
  const noted = /^sep=([,;\t])$/i.exec(first)?.[1] as Separator | undefined;
  if (noted) return { separator: noted, skip: 1 };
  const unquoted = first.replaceAll(/"[^"]*"/g, '');
  const timesOf = (one: Separator) => unquoted.split(one).length;
  const separators: Separator[] = [',', ';', '\t'];
  return { separator: separators.toSorted((one, other) => timesOf(other) - timesOf(one))[0] ?? ',', skip: 0 };
}

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

async function* parseRecords(text: AsyncIterable<string>, delimiter: string, skip: number): AsyncGenerator<Parsed> {
  const parser = parse({
    delimiter,
    from_line: skip + 1,
    info: true,
    // A spreadsheet saves lines that were emptied as separators alone.
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    relax_column_count: true,
    max_record_size: TABLE_LIMITS.recordCharacters,
  });
  // What goes wrong in the source ends the parser too, and is thrown where its records are read.
  pipeline(Readable.from(text), parser, () => undefined);
  let line = skip;
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) {
      line = parsed.info.lines;
      yield parsed;
    }
  } catch (error) {
    // A quote that is never closed takes all that follows into one cell.
    if (error instanceof CsvError) throw new UnreadableTable({ name: 'cut-off', line });
    throw error;
  } finally {
    parser.destroy();
  }
}

async function survey(
  records: AsyncIterable<Parsed>,
  seen: (row: TableRow, headings: readonly string[]) => void,
): Promise<{ headings: readonly string[]; rowCount: number }> {
  let headings: readonly string[] | undefined;
  let rowCount = 0;
  let last: TableRow | undefined;
  for await (const { record, info } of records) {
    if (!headings) {
      headings = record.map((name) => name.replace(/^\uFEFF/, '').trim());
      if (headings.length > TABLE_LIMITS.columns)
        throw new UnreadableTable({ name: 'too-many-columns', limit: TABLE_LIMITS.columns });
      continue;
    }
    rowCount += 1;
    if (rowCount > TABLE_LIMITS.rows) throw new UnreadableTable({ name: 'too-many-rows', limit: TABLE_LIMITS.rows });
    last = rowOf({ record, info }, headings);
    seen(last, headings);
  }
  if (!headings || !last) throw new UnreadableTable({ name: 'empty' });
  // A download that broke off ends in the middle of its last line.
  if (last.cells.length < headings.length) throw new UnreadableTable({ name: 'cut-off', line: last.line });
  return { headings, rowCount };
}

async function* rowsBelow(records: AsyncIterable<Parsed>, headings: readonly string[]): AsyncGenerator<TableRow> {
  let isHeading = true;
  for await (const parsed of records) {
    if (!isHeading) yield rowOf(parsed, headings);
    isHeading = false;
  }
}

function rowOf({ record, info }: Parsed, headings: readonly string[]): TableRow {
  return { line: info.lines, cells: record.map((cell) => cell.trim()), isWhole: record.length === headings.length };
}
