import { Fault } from './fault.ts';
import type { Input } from './input.ts';
import { collection } from './wire.ts';

/** The Node client sees only the first page, so it is a long one. */
export const PAGE = 500;
export const LONGEST_PAGE = 1000;
export const SIZE_MEANS = `How many to a page, up to ${LONGEST_PAGE}; absent or 0: ${PAGE}`;

/** Absent and 0: the default (the Java SDK’s simple queries send 0). @throws Fault 400/3000. */
export function sizeOf(query: Input): number {
  const size = wholeOf(query, 'size', LONGEST_PAGE);
  return size === 0 ? PAGE : size;
}

/** One page of a list that is counted by `offset`. */
export function pageOf<Item>(items: readonly Item[], path: string, query: Input) {
  const [size, offset] = [sizeOf(query), wholeOf(query, 'offset', Number.MAX_SAFE_INTEGER)];
  const end = offset + size;
  const at = path.includes('?') ? `${path}&` : `${path}?`;
  const next = end < items.length ? { path: `${at}offset=${end}&size=${size}` } : undefined;
  return collection(items.slice(offset, end), path, next);
}

function wholeOf(query: Input, key: string, most: number): number {
  const number = Number(query.text(key) || 0);
  if (Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new Fault(400, 3000, `${key} must be a whole number from 0 to ${most}.`);
}
