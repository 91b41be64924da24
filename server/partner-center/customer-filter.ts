import { Fault } from './fault.ts';
import { foldEnum, Input } from './input.ts';

/** The Node client sees only the first page, so it is a long one. */
export const PAGE = 500;
export const LONGEST_PAGE = 1000;

/** Absent and 0: the default (the Java SDK’s simple queries send 0). */
export function sizeOf(text: string | undefined): number {
  const size = text === undefined || text === '' ? 0 : Number(text);
  if (!Number.isInteger(size) || size < 0 || size > LONGEST_PAGE) {
    throw new Fault(400, 3000, `size must be a whole number from 1 to ${LONGEST_PAGE}.`);
  }
  return size === 0 ? PAGE : size;
}

/** Only names and domains can be asked for, by how they begin. */
export function prefixOf(filter: string | undefined): { of: 'name' | 'domain'; text: string } | undefined {
  if (filter === undefined || filter === '') return undefined;
  const asked = new Input(parseFilter(filter), 'filter');
  const [field, operator, text] = [asked.text('field'), asked.text('operator'), asked.text('value')];
  if (foldEnum(operator ?? '') !== 'startswith') {
    throw new Fault(400, 3000, 'filter.operator must be starts_with for customers.');
  }
  switch (foldEnum(field ?? '')) {
    case 'companyname':
      return { of: 'name', text: text ?? '' };
    case 'domain':
      return { of: 'domain', text: text ?? '' };
    default:
      throw new Fault(400, 3000, 'filter.field must be CompanyName or Domain.');
  }
}

/** @throws Fault 400/3000 for what is no JSON. */
function parseFilter(filter: string): unknown {
  try {
    return JSON.parse(filter);
  } catch {
    throw new Fault(400, 3000, 'filter must be a JSON object with field, operator and value.');
  }
}
