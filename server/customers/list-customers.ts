import type { Language } from '../../contract/values.ts';
import type { UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { withMatrices } from '../../core/imports/offer-matrix.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { findMatrices } from '../catalog/path.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { allPages } from '../http/all-pages.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { findPartnerFacts } from '../subscriptions/customer-facts.store.ts';
import { countCustomers, findCustomer } from './customer.store.ts';
import { type CustomerAtAGlance, type CustomerFilter, findMostUpgradable, findPage, glance } from './find-customers.ts';

/** Nobody needs an exact number above this one, and counting everything is slow. */
const MOST_COUNTED = 1000;
/** So many rows of a file at a time. */
const LOT = 200;

export type CustomerSort = 'name' | '-name' | 'domain' | '-domain' | 'deadline' | '-upgradable';

type Asked = {
  readonly search?: string | undefined;
  readonly prefix?: { readonly of: 'name' | 'domain'; readonly text: string } | undefined;
  readonly filter?: CustomerFilter | undefined;
  /** The id of an upgrade path of the catalog. */
  readonly path?: string | undefined;
  readonly sort: CustomerSort;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

export type CustomerList = {
  readonly customers: readonly CustomerAtAGlance[];
  readonly nextCursor: string | null;
  /** On the first page. */
  readonly total: { readonly count: number; readonly more: boolean } | null;
  readonly lookedAt: number | null;
  /** The path that was asked for. */
  readonly path: UpgradePath | undefined;
};

/** The partner's customers, page by page. Refused: role, a cursor that is not ours or of another sort, unknown path. */
export async function listCustomers(
  call: Call,
  { search, prefix, filter, path: pathId, sort, limit, cursor }: Asked,
  language: Language,
): Promise<Outcome<CustomerList>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  const path = pathId === undefined ? undefined : await findPath(call, actor.partner.partnerId, pathId);
  if (pathId !== undefined && !path) return notFound('path', pathId);
  const { partnerId } = actor.partner;
  const folded = search && foldForSearch(search);
  const asked = {
    search: folded,
    prefix: prefix && { of: prefix.of, text: foldForSearch(prefix.text) },
    descending: sort.startsWith('-'),
    language,
    limit,
    filter,
    path,
    after,
  } as const;
  return database.read(partnerId, async (tx) => {
    const found =
      sort === '-upgradable'
        ? await findMostUpgradable(tx, call, asked)
        : await findPage(tx, call, { ...asked, by: columnOf(sort) });
    const matching = after ? null : await countCustomers(tx, partnerId, { search: folded, most: MOST_COUNTED + 1 });
    return accepted({
      customers: found.customers,
      nextCursor: found.last ? writeCursor(sort, ...found.last) : null,
      total: matching === null ? null : { count: Math.min(matching, MOST_COUNTED), more: matching > MOST_COUNTED },
      lookedAt: found.lookedAt,
      path,
    });
  });
}

/** All that the search and the filters leave, lot by lot, as the list has them. Refused: role, unknown path. */
export async function exportCustomers(
  call: Call,
  asked: Omit<Asked, 'limit' | 'cursor'>,
  language: Language,
): Promise<Outcome<AsyncIterable<readonly CustomerAtAGlance[]>>> {
  const { path } = asked;
  const { actor } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  if (path !== undefined && !(await findPath(call, actor.partner.partnerId, path))) return notFound('path', path);
  return accepted(lotsOf(call, asked, language));
}

/** A path of the partner's own map. */
async function findPath({ catalog, database }: Call, partnerId: string, pathId: string) {
  const matrices = await database.read(partnerId, (tx) => findMatrices(tx, partnerId));
  return withMatrices(catalog, matrices).paths.find((one) => one.pathId === pathId);
}

async function* lotsOf(
  call: Call,
  asked: Omit<Asked, 'limit' | 'cursor'>,
  language: Language,
): AsyncIterable<readonly CustomerAtAGlance[]> {
  const read = (cursor: string | undefined) => listCustomers(call, { ...asked, limit: LOT, cursor }, language);
  for await (const { customers } of allPages(read)) yield customers;
}

function columnOf(sort: Exclude<CustomerSort, '-upgradable'>): 'name' | 'domain' | 'deadline' {
  if (sort === 'deadline') return 'deadline';
  return sort.endsWith('domain') ? 'domain' : 'name';
}

/** One customer. Refused: role, unknown customer. */
export async function showCustomer(call: Call, customerId: string): Promise<Outcome<CustomerAtAGlance>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) => {
    const row = await findCustomer(tx, partnerId, clock.now(), customerId);
    if (!row) return notFound('customer', customerId);
    return accepted(glance(call, row, await findPartnerFacts(tx, partnerId, clock.now())));
  });
}
