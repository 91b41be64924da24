import type { Language } from '../../contract/values.ts';
import type { Catalog, Offer } from '../../core/catalog/offer.ts';
import { costOfUnused } from '../../core/licenses/unused.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { type Money, parseUnitPrice } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { allPages } from '../http/all-pages.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type CustomerProductRow, findCustomerProducts, findHeldSkus, type LicenseSort } from './license-list.store.ts';

type Asked = {
  readonly search?: string | undefined;
  readonly unused?: 'true' | undefined;
  readonly days?: number | undefined;
  readonly openWork?: 'true' | undefined;
  readonly skuId?: string | undefined;
  readonly sort: LicenseSort;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** A product that a customer has of the partner. */
export type CustomerProduct = {
  readonly row: CustomerProductRow;
  /** What its unused seats cost each month; null: nobody can say. */
  readonly unusedCost: Money | null;
  readonly deadline: { readonly day: Temporal.PlainDate; readonly daysLeft: number } | null;
};

type Found = { readonly products: readonly CustomerProduct[]; readonly nextCursor: string | null };

/** All rows are counted for each lot. */
const ROWS_AT_ONCE = 5000;
const SKU_LENGTH = 36;

/** The products of all customers, page by page. Refused: role, a cursor that is not ours or of another sort. */
export async function listAllLicenses(call: Call, asked: Asked, language: Language): Promise<Outcome<Found>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { cursor, sort, limit, search, days } = asked;
  const after = cursor === undefined ? undefined : readCursor(cursor, sort);
  if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  const { partnerId } = actor.partner;
  const today = utcDay(clock.now());
  const rows = await database.read(partnerId, (tx) =>
    findCustomerProducts(tx, partnerId, clock.now(), {
      search: search && foldForSearch(search),
      unusedOnly: asked.unused === 'true',
      through: days === undefined ? undefined : today.add({ days }).toString(),
      openWorkOnly: asked.openWork === 'true',
      skuId: asked.skuId,
      sort,
      language,
      skuIds: skusByName(catalog, language).map(({ skuId }) => skuId),
      limit: limit + 1,
      // A row is a customer's product, and a cursor has one id: the other stands before the value.
      after: after && [after[0].slice(SKU_LENGTH), after[1], after[0].slice(0, SKU_LENGTH)],
    }),
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return accepted({
    products: rows.slice(0, limit).map((row) => toProduct(row, today)),
    nextCursor: last ? writeCursor(sort, last.sku_id + last.sort_value, last.customer_id) : null,
  });
}

/** All that match, lot by lot. Refused: role. */
export async function exportLicenses(
  call: Call,
  asked: Omit<Asked, 'limit' | 'cursor'>,
  language: Language,
): Promise<Outcome<AsyncIterable<readonly CustomerProduct[]>>> {
  const allowed = checkRole(call.actor.roles, 'view');
  return allowed.ok ? accepted(lots()) : allowed;

  async function* lots(): AsyncIterable<readonly CustomerProduct[]> {
    const read = (cursor: string | undefined) =>
      listAllLicenses(call, { ...asked, limit: ROWS_AT_ONCE, cursor }, language);
    for await (const { products } of allPages(read)) yield products;
  }
}

/** The products that the list can be filtered by, in the order of their names. Refused: role. */
export async function listLicenseFilters(
  { actor, catalog, database }: Call,
  language: Language,
): Promise<Outcome<readonly Offer[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const held = new Set(await database.read(partnerId, (tx) => findHeldSkus(tx, partnerId)));
  return accepted(skusByName(catalog, language).filter(({ skuId }) => held.has(skuId)));
}

/** An offer of each SKU, in the order of their names; of several offers the first one names it. */
function skusByName({ offers }: Catalog, language: Language): Offer[] {
  const first = new Map([...offers.values()].toReversed().map((offer) => [offer.skuId, offer]));
  return [...first.values()].toSorted((one, other) => one.name[language].localeCompare(other.name[language], language));
}

function toProduct(row: CustomerProductRow, today: Temporal.PlainDate): CustomerProduct {
  const seats = row.unused_seats.map(({ unitPrice, currency, ...one }) => ({
    ...one,
    unitPrice: parseUnitPrice(unitPrice, currency),
  }));
  const day = row.deadline === null ? null : Temporal.PlainDate.from(row.deadline);
  return {
    row,
    unusedCost: costOfUnused(seats),
    deadline: day && { day, daysLeft: today.until(day, { largestUnit: 'days' }).days },
  };
}
