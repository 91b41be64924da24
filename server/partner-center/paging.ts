import type { Given } from './dialect.ts';
import { Fault } from './fault.ts';
import { foldEnum, Input } from './input.ts';

/** The Node client sees only the first page, so it is a long one. */
const PAGE = 500;
const LONGEST_PAGE = 1000;

/** What may stand in the query of every list that has pages. */
export const PAGE_QUERY = {
  size: `How many to a page, up to ${LONGEST_PAGE}; absent or 0: ${PAGE}`,
  seekOperation: 'Next, with a token; read from the links of the page before',
  'MS-ContinuationToken': 'The token of the page before; also read from the header of this name',
} as const;

/** Which page is asked for: clients send the token of the page before as a header or in the query. */
export function pageOf({ query, header }: Given): { limit: number; token: string | undefined } {
  return {
    limit: sizeOf(query.text('size')),
    token: header('ms-continuationtoken') ?? query.text('ms-continuationtoken'),
  };
}

/** Absent and 0: the default (the Java SDK’s simple queries send 0). */
function sizeOf(text: string | undefined): number {
  const size = text === undefined || text === '' ? 0 : Number(text);
  if (!Number.isInteger(size) || size < 0 || size > LONGEST_PAGE) {
    throw new Fault(400, 3000, `size must be a whole number from 1 to ${LONGEST_PAGE}.`);
  }
  return size === 0 ? PAGE : size;
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
