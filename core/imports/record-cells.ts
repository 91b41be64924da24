import { accepted, refused, type Result } from '../values/result.ts';
import { readDay } from './day-text.ts';
import { readDecimal } from './decimal-text.ts';
import { cellOf, doubt, type Doubt, type Reading, type RowReading } from './row-reading.ts';

/** Why a cell cannot be relied on; `found`: what of it, where not all. */
export type CellDoubt = { readonly reason: Doubt; readonly column: string; readonly found?: string };

export function isCell(cell: string | CellDoubt): cell is string {
  return typeof cell === 'string';
}

export function doubtOf(reading: Reading, { reason, column, found }: CellDoubt): RowReading {
  const made = doubt(reading, reason, column);
  return found === undefined || made.state !== 'in-doubt' ? made : { ...made, found: found.slice(0, 100) };
}

type Asked = {
  readonly needed?: boolean;
  readonly longest?: number;
  readonly form?: RegExp;
  readonly as?: Doubt;
  readonly fold?: 'lower' | 'upper';
};

/**
 * The text of a cell; what a spreadsheet was told by `="0001"`, or by an apostrophe before a sign, is the text meant. A formula is none.
 */
export function cellText(
  { row, facts }: Reading,
  column: string,
  { needed = false, longest = 320, form, as = 'not-an-id', fold }: Asked = {},
): string | CellDoubt {
  const cell = cellOf(row, facts, column).replace(/^="(.*)"$/, '$1');
  const isEscaped = /^'[=+\-@＝＋－＠]/.test(cell);
  if (/^[=＝]/.test(cell)) return { reason: 'formula', column };
  const text = foldTo(isEscaped ? cell.slice(1) : cell, fold).trim();
  if (text === '') return needed ? { reason: 'empty', column } : '';
  if (text.length > longest) return { reason: 'too-long', column };
  return form && !form.test(text) ? { reason: as, column } : text;
}

function foldTo(text: string, fold: Asked['fold']): string {
  if (fold === undefined) return text;
  return fold === 'lower' ? text.toLowerCase() : text.toUpperCase();
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readId(reading: Reading, column: string, asked: { needed?: boolean } = {}): string | CellDoubt {
  const id = cellText(reading, column, { ...asked, fold: 'lower' });
  if (!isCell(id) || id === '') return id;
  // Some exports write them in braces.
  const bare = id.replace(/^\{(.*)\}$/, '$1');
  return ID.test(bare) ? bare : { reason: 'not-an-id', column };
}

export function readDayCell(reading: Reading, column: string, asked: { needed?: boolean } = {}): string | CellDoubt {
  const text = cellText(reading, column, asked);
  if (!isCell(text) || text === '') return text;
  const day = readDay(text, reading.facts.orders);
  return typeof day === 'string' ? day : { reason: day.doubt, column };
}

/** A number as a plain decimal; a minus stands before it. */
export function readDecimalCell(reading: Reading, column: string): string | CellDoubt {
  const text = cellText(reading, column);
  if (!isCell(text)) return text;
  if (text === '') return { reason: 'empty', column };
  const [, sign = '', digits = ''] = /^([-−]?)(.*)$/.exec(text) ?? [];
  const decimal = readDecimal(digits, reading.facts.signs);
  if (typeof decimal !== 'string') return { reason: decimal.doubt, column };
  return sign && /[1-9]/.test(decimal) ? `-${decimal}` : decimal;
}

const MOST = 10_000_000;

/** A whole number; thousands and decimals are none. Undefined: it is no such number. */
export function countOf(text: string): number | undefined {
  // An export writes 25 seats as 25.0 where another tool made a decimal of them.
  const count = /^-?\d{1,8}([.,]0{1,2})?$/.test(text) ? Number.parseInt(text, 10) : undefined;
  return count !== undefined && Math.abs(count) <= MOST ? count : undefined;
}

/** Every cell, or the first doubt. */
export function allCells<Name extends string>(
  cells: Readonly<Record<Name, string | CellDoubt>>,
): Result<Readonly<Record<Name, string>>, CellDoubt> {
  const doubtful = Object.values<string | CellDoubt>(cells).find((cell) => typeof cell !== 'string');
  return doubtful === undefined ? accepted(cells as Readonly<Record<Name, string>>) : refused(doubtful);
}

/** Without the fields that are empty. */
export function optional<Name extends string>(fields: Readonly<Record<Name, string>>): Partial<Record<Name, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<
    Record<Name, string>
  >;
}
