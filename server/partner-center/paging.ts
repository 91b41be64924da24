import type { Given } from './dialect.ts';
import { Fault } from './fault.ts';
import { foldEnum, Input } from './input.ts';
import { collection } from './wire.ts';

/** The Node client sees only the first page, so it is a long one. */
const PAGE = 500;
const LONGEST_PAGE = 1000;

export const SIZE_MEANS = `How many to a page, up to ${LONGEST_PAGE}; absent or 0: ${PAGE}`;

/** What may stand in the query of every list whose pages follow each other by a token. */
export const PAGE_QUERY = {
  size: SIZE_MEANS,
  seekOperation: 'Next, with a token; read from the links of the page before',
  'MS-ContinuationToken': 'The token of the page before; also read from the header of this name',
} as const;

/** Which page is asked for: clients send the token of the page before as a header or in the query. */
export function pageOf({ query, header }: Given): { limit: number; token: string | undefined } {
  return {
    limit: sizeOf(query),
    token: header('ms-continuationtoken') ?? query.text('ms-continuationtoken'),
  };
}

/** One page of a list that is counted by `offset`. */
export function indexedPage<Item>(items: readonly Item[], path: string, query: Input) {
  const [size, offset] = [sizeOf(query), wholeOf(query, 'offset', Number.MAX_SAFE_INTEGER)];
  const end = offset + size;
  const at = path.includes('?') ? `${path}&` : `${path}?`;
  const next = end < items.length ? { path: `${at}offset=${end}&size=${size}` } : undefined;
  return collection(items.slice(offset, end), path, next);
}

/** Absent and 0: the default (the Java SDK’s simple queries send 0). */
function sizeOf(query: Input): number {
  const size = wholeOf(query, 'size', LONGEST_PAGE);
  return size === 0 ? PAGE : size;
}

function wholeOf(query: Input, key: string, most: number): number {
  const number = Number(query.text(key) || 0);
  if (Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new Fault(400, 3000, `${key} must be a whole number from 0 to ${most}.`);
}

/** A filter as any client writes it; field and operator in the form of `foldEnum`. @throws Fault 400/3000 for what is none. */
export function readFilter(text: string): { field: string; operator: string; value: string } {
  const asked = new Input(parse(text), 'filter');
  const [field = '', operator = '', value = ''] = [asked.text('field'), asked.text('operator'), asked.text('value')];
  return { field: foldEnum(field), operator: foldEnum(operator), value };
}

function parse(filter: string): unknown {
  try {
    return JSON.parse(filter);
  } catch {
    throw new Fault(400, 3000, 'filter must be a JSON object with field, operator and value.');
  }
}
