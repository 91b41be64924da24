import type { Given } from './dialect.ts';
import { Fault } from './fault.ts';
import { foldEnum, Input } from './input.ts';
import { collection, type Next } from './wire.ts';

/** The Node client sees only the first page, so it is a long one. */
const PAGE = 500;
const LONGEST_PAGE = 1000;

export const SIZE_MEANS = `How many to a page, up to ${LONGEST_PAGE}; absent or 0: ${PAGE}`;

/** What may stand in the query of every list whose pages follow each other by a token. */
export const PAGE_QUERY = {
  size: SIZE_MEANS,
  seekOperation: 'First, or Next with a token; read from the links of the page before',
  'MS-ContinuationToken': 'The token of the page before; also read from the header of this name',
} as const;

export type Page = {
  readonly limit: number;
  /** Where the page before ended; undefined for the first. */
  readonly cursor: string | undefined;
};

/**
 * Which page is asked for: clients send the token of the page before as a header or in the query, and the Java SDK not its size beside it,
 * so that the token holds it. @throws Fault 400/3000 for a way of seeking that there is not: lists are read forwards.
 */
export function pageOf({ query, header }: Given): Page {
  const seek = foldEnum(query.text('seekOperation') ?? '');
  if (!['', 'first', 'next'].includes(seek)) throw new Fault(400, 3000, 'seekOperation must be First or Next.');
  const token = header('ms-continuationtoken') ?? query.text('ms-continuationtoken');
  if (token === undefined || seek === 'first') return { limit: sizeOf(query) ?? PAGE, cursor: undefined };
  const [, cursor, size] = /^([\w-]+)\.(\d{1,4})$/.exec(token) ?? [];
  if (cursor === undefined || !(Number(size) >= 1 && Number(size) <= LONGEST_PAGE)) {
    throw new Fault(400, 3000, 'MS-ContinuationToken is not that of a page.');
  }
  return { limit: sizeOf(query) ?? Number(size), cursor };
}

/** The link to the page that begins where another ended. */
export function nextPage(self: string, { limit }: Page, cursor: string): Next {
  return { path: `${self}&seekOperation=Next`, token: `${cursor}.${limit}` };
}

/** One page of a list that is counted by `offset`. */
export function indexedPage<Item>(items: readonly Item[], path: string, query: Input) {
  const [size, offset] = [sizeOf(query) ?? PAGE, wholeOf(query, 'offset', Number.MAX_SAFE_INTEGER)];
  const end = offset + size;
  const at = path.includes('?') ? `${path}&` : `${path}?`;
  const next = end < items.length ? { path: `${at}offset=${end}&size=${size}` } : undefined;
  return collection(items.slice(offset, end), path, next);
}

/** Undefined where it is absent or 0, as the Java SDK’s simple queries send it. */
function sizeOf(query: Input): number | undefined {
  return wholeOf(query, 'size', LONGEST_PAGE) || undefined;
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
