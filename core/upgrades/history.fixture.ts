import { type Catalog, getOffer } from '../catalog/offer.ts';
import type { BillingLine } from '../ledger/charge.ts';
import { lineFromDay, type NewCommerceRounding } from '../ledger/new-commerce-billing.ts';
import type { LicenseFault, LicensedUser } from '../licenses/license.ts';
import { lifecycleSteps } from '../subscriptions/lifecycle.ts';
import { boughtOn, price, renewalFacts } from '../subscriptions/lifecycle.fixture.ts';
import { batchOf, type SeatBatch } from '../subscriptions/seat-batch.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { parseUnitPrice } from '../values/money.ts';
import { type BillingCycle, type TermDuration, utcDay } from '../values/period.ts';
import { offerOf, soundFacts, userOf } from './upgrade-facts.fixture.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';

/** A chain of products, each of which can be upgraded to the next, with their monthly list prices in thousandths, which a percentage may leave; a trial of the first goes before it. */
export const TRIAL = 'nce-business-basic-trial';
export const CHAIN = ['nce-business-basic', 'nce-business-standard', 'nce-o365-e1', 'nce-o365-e3'] as const;
const MONTHLY: Readonly<Record<string, number>> = {
  [TRIAL]: 0,
  [CHAIN[0]]: 5_994,
  [CHAIN[1]]: 12_505,
  [CHAIN[2]]: 7_777,
  [CHAIN[3]]: 23_333,
};

/** What one customer has of one partner, as stores keep it between acts. */
export type World = {
  readonly catalog: Catalog;
  now: Temporal.Instant;
  /** How the partner has lines rounded at the moment; it may decide otherwise between two acts. */
  rounding: NewCommerceRounding;
  readonly subscriptions: Map<string, Subscription>;
  readonly batches: Map<string, readonly SeatBatch[]>;
  readonly ledger: Written[];
  /** Of which subscription, an ended one too, each user has a license. */
  readonly licenses: Map<string, string>;
  /** Users whose license did not move, with where it was to go. */
  readonly issues: Map<string, { readonly targetId: string; readonly faults: readonly LicenseFault[] }>;
  /** Seats that came and went, counted by what was asked for. */
  readonly seats: { bought: number; added: number; removed: number; ended: number };
  /** Everything that an act gave back, beside what had been charged until then for the same days. */
  readonly credits: { readonly given: bigint; readonly charged: bigint }[];
};

export type Written = { readonly subscriptionId: string; readonly line: BillingLine };

export function emptyWorld(catalog: Catalog): World {
  return {
    catalog,
    now: Temporal.Instant.from('2026-01-28T10:00:00Z'),
    rounding: 'cut-unit',
    subscriptions: new Map(),
    batches: new Map(),
    ledger: [],
    licenses: new Map(),
    issues: new Map(),
    seats: { bought: 0, added: 0, removed: 0, ended: 0 },
    credits: [],
  };
}

export function living({ subscriptions }: World): Subscription[] {
  return [...subscriptions.values()].filter(({ status }) => status !== 'deleted');
}

export function holdersOf({ licenses }: World, subscriptionId: string): string[] {
  return [...licenses].filter(([, held]) => held === subscriptionId).map(([userId]) => userId);
}

/** Writes lines into the ledger. Credits come after what is due and before what is charged instead. */
export function book(world: World, subscriptionId: string, lines: readonly BillingLine[]): void {
  for (const line of lines) {
    const charged = chargedFor(world, { subscriptionId, billedThrough: line.period.end });
    if (line.amount.minor < 0n) world.credits.push({ given: -line.amount.minor, charged });
    world.ledger.push({ subscriptionId, line });
  }
}

/** What stands in the ledger for the charge cycle that ends with the last billed day, credits taken off. */
export function chargedFor(
  { ledger }: Pick<World, 'ledger'>,
  { subscriptionId, billedThrough }: Pick<Subscription, 'subscriptionId' | 'billedThrough'>,
): bigint {
  return ledger
    .filter((one) => one.subscriptionId === subscriptionId && one.line.period.end.equals(billedThrough))
    .reduce((sum, { line }) => sum + line.amount.minor, 0n);
}

/** Buys seats of a product at its list price. */
export function buy(
  world: World,
  { key, quantity, ...term }: { key: string; quantity: number; termDuration: TermDuration; billingCycle: BillingCycle },
): void {
  const [on, subscriptionId] = [utcDay(world.now), `bought ${world.subscriptions.size + 1}`];
  const isTrial = key === TRIAL;
  const billingCycle = isTrial ? 'none' : term.billingCycle;
  const termDuration = isTrial ? 'P1M' : term.termDuration;
  const seats = isTrial ? 25 : quantity;
  const unitPrice = listPrice(key, billingCycle);
  const { offerId } = offerOf(world.catalog, key);
  const bent = { subscriptionId, offerId, quantity: seats, unitPrice, billingCycle };
  const ends = isTrial ? { termEndsOn: on.add({ days: 29 }) } : {};
  const bought = boughtOn(world.catalog, on.toString(), { ...bent, ...ends }, { termDuration });
  const batch = batchOf(seats, world.now);
  world.subscriptions.set(subscriptionId, { ...bought, cancellableUntil: batch.removableUntil });
  world.batches.set(subscriptionId, [batch]);
  book(world, subscriptionId, [lineFromDay(bought, 'new', seats, on, world.rounding)]);
  world.seats.bought += seats;
}

/** Lets the time go by, with all that the calendar brings. */
export function wait(world: World, hours: number): void {
  world.now = world.now.add({ hours });
  const assigned = new Map(
    living(world).map((one) => [one.subscriptionId, holdersOf(world, one.subscriptionId).length]),
  );
  const rounding = { newCommerce: world.rounding };
  const prices = Object.keys(MONTHLY).flatMap((key) => pricesOf(world.catalog, key));
  const facts = renewalFacts(world.catalog, {
    prices: Map.groupBy(prices, ({ offerId }) => offerId),
    tenantSeats: tenantSeats(world),
    assigned,
    rounding,
  });
  for (const { before, after, lines, batch } of lifecycleSteps(facts, living(world), utcDay(world.now))) {
    const { subscriptionId } = after;
    world.subscriptions.set(subscriptionId, after);
    if (batch) world.batches.set(subscriptionId, [batch]);
    book(world, subscriptionId, lines);
    if (after.status === 'deleted') endOf(world, before);
    else count(world, plannedSeats(before, after, assigned) - before.quantity);
  }
}

/** The seats that a renewal was to have: those scheduled, and never fewer than have a license (N39, W5). */
function plannedSeats(before: Subscription, after: Subscription, assigned: ReadonlyMap<string, number>): number {
  const renews = !after.termStartsOn.equals(before.termStartsOn);
  const planned = renews ? before.scheduledChange?.quantity : undefined;
  return planned === undefined ? before.quantity : Math.max(planned, assigned.get(before.subscriptionId) ?? 0);
}

export function count({ seats }: World, more: number): void {
  if (more > 0) seats.added += more;
  else seats.removed -= more;
}

/** Its seats are gone, and its licenses with them. */
export function endOf(world: World, { subscriptionId, quantity }: Subscription): void {
  world.seats.ended += quantity;
  world.batches.delete(subscriptionId);
  for (const userId of holdersOf(world, subscriptionId)) {
    world.licenses.delete(userId);
    world.issues.delete(userId);
  }
}

/** What an act on one of the subscriptions is decided by. */
export function factsOf(world: World, subscription: Subscription): UpgradeFacts {
  const { catalog, now } = world;
  const users = holdersOf(world, subscription.subscriptionId).map((userId) => licensedUser(world, userId));
  return {
    ...soundFacts(catalog, 'business-basic'),
    now,
    privileges: [],
    rounding: { newCommerce: world.rounding },
    productPrices: new Map(
      catalog.products.map(({ offerId, terms }) => {
        const { key } = getOffer(catalog, offerId);
        return [offerId, terms.map((term) => ({ ...term, unitPrice: listPrice(key, term.billingCycle) }))];
      }),
    ),
    tenantSeats: tenantSeats(world),
    subscription,
    sold: living(world),
    billed: [],
    charged: { minor: chargedFor(world, subscription), currency: 'USD' },
    users,
  };
}

/** Every fifth user has no usage location, so that no license of theirs moves (W12). */
export function licensedUser({ subscriptions, licenses, catalog }: World, userId: string): LicensedUser {
  const subscriptionId = licenses.get(userId) ?? '';
  const offerId = subscriptions.get(subscriptionId)?.offerId ?? offerOf(catalog, CHAIN[0]).offerId;
  const usageLocation = Number(userId.split(' ').at(-1)) % 5 === 0 ? null : 'TR';
  return userOf(userId, { subscriptionId, offerId, switchedOff: [] }, { usageLocation });
}

export function tenantSeats(world: World): Map<string, number> {
  const seats = new Map<string, number>();
  for (const { offerId, quantity } of living(world)) {
    const { skuId } = getOffer(world.catalog, offerId);
    seats.set(skuId, (seats.get(skuId) ?? 0) + quantity);
  }
  return seats;
}

function listPrice(key: string, billingCycle: BillingCycle) {
  const thousandths = (MONTHLY[key] ?? 50_000) * (billingCycle === 'annual' ? 11 : 1);
  return parseUnitPrice((thousandths / 1_000).toFixed(3), 'USD');
}

function pricesOf(catalog: Catalog, key: string) {
  const { offerId, product } = offerOf(catalog, key);
  return (product?.terms ?? []).map(({ duration, billingCycle }) => ({
    ...price(offerId, '0'),
    termDuration: duration,
    billingCycle,
    unitPrice: listPrice(key, billingCycle),
  }));
}
