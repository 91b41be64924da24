import type { Language } from '../../contract/values.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { type CustomerRow, findCustomer, findCustomers } from './customer.store.ts';

type Asked = {
  readonly search?: string | undefined;
  readonly sort: 'name' | '-name' | 'domain' | '-domain';
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** The partner's customers, page by page. Refused: role, a cursor that is not ours. */
export async function listCustomers(
  { actor, clock, database }: Call,
  { search, sort, limit, cursor }: Asked,
  language: Language,
): Promise<Outcome<{ rows: CustomerRow[]; nextCursor: string | null }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (after === null) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  const { partnerId } = actor.partner;
  const by = sort.endsWith('domain') ? 'domain' : 'name';
  const page = {
    search: search && foldForSearch(search),
    by,
    descending: sort.startsWith('-'),
    language,
    limit,
    after,
  } as const;
  const rows = await database.read(partnerId, (tx) => findCustomers(tx, partnerId, clock.now(), page));
  const last = rows[limit - 1];
  const nextCursor = rows.length > limit && last ? writeCursor(last[by], last.customer_id) : null;
  return accepted({ rows: rows.slice(0, limit), nextCursor });
}

export async function showCustomer(
  { actor, clock, database }: Call,
  customerId: string,
): Promise<Outcome<CustomerRow>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const row = await database.read(partnerId, (tx) => findCustomer(tx, partnerId, clock.now(), customerId));
  return row ? accepted(row) : notFound(`customer ${customerId}`);
}

function writeCursor(value: string, customerId: string): string {
  return Buffer.from(JSON.stringify([value, customerId])).toString('base64url');
}

function readCursor(text: string): readonly [string, string] | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const [value, id] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
    return typeof value === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id) ? [value, id] : null;
  } catch {
    return null;
  }
}
