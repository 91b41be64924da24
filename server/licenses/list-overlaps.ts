import { containedOffers } from '../../core/catalog/contained.ts';
import { findOverlaps, type Overlap } from '../../core/licenses/overlap.ts';
import { type Money, sumMoney } from '../../core/values/money.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { type CustomerOfOverlaps, findCustomersWithPairs, findOverlapFacts } from './overlap.store.ts';

/** So many customers are read and let go at a time, and looked at in all. */
const CHUNK = 100;
const MOST_CUSTOMERS = 2000;

export type CustomerOverlap = Overlap & Pick<CustomerOfOverlaps, 'customerId' | 'name' | 'domain'>;

export type OverlapReport = {
  /** What costs most a month first. */
  readonly found: readonly CustomerOverlap[];
  /** In the currency of the partner. */
  readonly perMonth: Money;
  readonly lookedAt: number;
  readonly all: number;
};

/** What a customer pays for twice. Refused: role, unknown customer. */
export async function listOverlaps(
  { actor, catalog, clock, database }: Call,
  customerId: string,
): Promise<Outcome<Overlap[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const [found] = await database.readOf(partnerId, customerId, (tx) =>
    findOverlapFacts(tx, { partnerId, customerIds: [customerId] }, { catalog, now: clock.now() }),
  );
  return found ? accepted(findOverlaps(found.facts)) : notFound('customer', customerId);
}

/** What all customers pay for twice. Each chunk of them is read in a transaction of its own, so that others get their turn. Refused: role. */
export async function reportOverlaps({ actor, catalog, clock, database }: Call): Promise<Outcome<OverlapReport>> {
  const allowed = checkRole(actor.roles, 'viewReports');
  if (!allowed.ok) return allowed;
  const { partnerId, currency } = actor.partner;
  const { ids, all } = await database.read(partnerId, (tx) =>
    findCustomersWithPairs(tx, partnerId, { pairs: containedOffers(catalog), most: MOST_CUSTOMERS }),
  );
  const found: CustomerOverlap[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const customerIds = ids.slice(start, start + CHUNK);
    const customers = await database.read(partnerId, (tx) =>
      findOverlapFacts(tx, { partnerId, customerIds }, { catalog, now: clock.now() }),
    );
    for (const { facts, ...customer } of customers)
      found.push(...findOverlaps(facts).map((one) => ({ ...one, ...customer })));
  }
  const own = found.map(({ perMonth }) => perMonth).filter((one) => one.currency === currency);
  return accepted({
    found: found.toSorted((one, other) => Number(other.perMonth.minor - one.perMonth.minor)),
    perMonth: sumMoney(currency, own),
    lookedAt: ids.length,
    all,
  });
}
