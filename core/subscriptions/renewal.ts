import { type Catalog, getOffer } from '../catalog/offer.ts';
import {
  priceAfter,
  type PromotedHolding,
  type Promotion,
  promotionFor,
  promotionHistory,
} from '../catalog/promotion.ts';
import { termEnd } from '../ledger/charge-cycle.ts';
import { cycleFeesDue } from '../ledger/legacy-billing.ts';
import { lineFromDay } from '../ledger/new-commerce-billing.ts';
import type { BillingLine } from '../ledger/charge.ts';
import type { RoundingConventions } from '../ledger/conventions.ts';
import type { UnitPrice } from '../values/money.ts';
import { type BillingCycle, contains, startOf, termAt, type TermDuration } from '../values/period.ts';
import type { PlannedChange } from './scheduled-change.ts';
import { batchOf, type SeatBatch } from './seat-batch.ts';
import type { Subscription } from './subscription.ts';

/** A list price with the days on which it holds. */
export type DatedPrice = {
  readonly offerId: string;
  readonly termDuration: TermDuration;
  readonly billingCycle: BillingCycle;
  readonly unitPrice: UnitPrice;
  readonly validFrom: Temporal.PlainDate;
  readonly validUntil: Temporal.PlainDate;
};

/** What renewals of a customer's subscriptions with one partner are decided by. */
export type RenewalFacts = {
  readonly catalog: Catalog;
  /** All list prices of the partner, by offer, whatever day they hold on. */
  readonly prices: ReadonlyMap<string, readonly DatedPrice[]>;
  /** Those of the list for the customer's market, which is for new commerce; empty: there is none (N56). */
  readonly marketPrices: ReadonlyMap<string, readonly DatedPrice[]>;
  readonly promotions: readonly Promotion[];
  /** All that the customer has and had of the partner, for the conditions of promotions. */
  readonly held: readonly PromotedHolding[];
  /** New commerce seats in the whole tenant, by SKU. */
  readonly tenantSeats: ReadonlyMap<string, number>;
  /** Users that hold a license, by subscription. */
  readonly assigned: ReadonlyMap<string, number>;
  /** How the partner has its lines rounded. */
  readonly rounding: RoundingConventions;
};

export type RenewalPlan = Pick<PlannedChange, 'offerId' | 'quantity' | 'termDuration' | 'billingCycle'>;

export type Renewal = {
  readonly after: Subscription;
  readonly lines: readonly BillingLine[];
  /** The seats of the new term, which can be taken back together; null on the legacy platform. */
  readonly batch: SeatBatch | null;
};

/**
 * The next year of a legacy subscription, at the list price of its first day (B1.2), and its first fee where that has not been billed yet. Without
 * a list price it keeps the price that it had.
 */
export function renewLegacy(facts: RenewalFacts, before: Subscription, day: Temporal.PlainDate): Renewal {
  const { start, end } = termAt(before.purchasedOn, day);
  const renewed: Subscription = {
    ...before,
    termStartsOn: start,
    termEndsOn: end,
    statusUntil: end.add({ days: 1 }),
    unitPrice: listPriceOn(facts, before, day) ?? before.unitPrice,
    version: before.version + 1,
  };
  const lines = cycleFeesDue(renewed, day, facts.rounding.legacy);
  return { after: { ...renewed, billedThrough: lastDayOf(lines, renewed) }, lines, batch: null };
}

/**
 * The next term of a new commerce subscription, changed as it was scheduled (N39), at the list price of its first day less the promotion that
 * holds then (N44, N48); the window begins anew (L7). What has no list price any more is not changed, and keeps the price that it had. Who got
 * a license since fewer seats were scheduled keeps it.
 */
export function renewNewCommerce(facts: RenewalFacts, before: Subscription, day: Temporal.PlainDate): Renewal {
  const change = before.scheduledChange;
  const price = change && listPriceOn(facts, change, day);
  const plan = price ? withSeats(facts, before, change) : before;
  const listed = price ?? listPriceOn(facts, before, day);
  const promotion = listed ? promotionOn(facts, before, plan, day) : null;
  const unitPrice = listed ? priceAfter(listed, promotion) : before.unitPrice;
  const promotionId = listed ? (promotion?.promotionId ?? null) : before.promotionId;
  const endsOn = price ? change?.customTermEndsOn : null;
  const next = { ...planOf(plan), unitPrice, promotionId, day, endsOn: endsOn ?? null };
  return beginTerm(facts, before, next, 'renew');
}

/**
 * A trial that is over becomes what is paid for: 25 seats for a year, billed monthly, unless something else was scheduled (N50, B10.3); at the list
 * price, for no promotion applies (N47). Null: nothing that has a price follows it (E12).
 */
export function convertTrial(facts: RenewalFacts, before: Subscription, day: Temporal.PlainDate): Renewal | null {
  const { trial } = getOffer(facts.catalog, before.offerId).product ?? { trial: null };
  const change = before.scheduledChange;
  const usual: RenewalPlan | null = trial && {
    offerId: trial.becomesOfferId,
    quantity: before.quantity,
    termDuration: 'P1Y',
    billingCycle: 'monthly',
  };
  for (const plan of [change, usual]) {
    const unitPrice = plan && listPriceOn(facts, plan, day);
    if (!unitPrice) continue;
    const endsOn = plan === change ? change.customTermEndsOn : null;
    const next = { ...planOf(withSeats(facts, before, plan)), unitPrice, promotionId: null, day, endsOn };
    return beginTerm(facts, before, next, 'convert');
  }
  return null;
}

type NewTerm = RenewalPlan & {
  readonly unitPrice: UnitPrice;
  readonly promotionId: string | null;
  readonly day: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate | null;
};

function beginTerm(
  { rounding }: RenewalFacts,
  before: Subscription,
  { day, endsOn, ...plan }: NewTerm,
  chargeType: 'renew' | 'convert',
): Renewal {
  const termEndsOn = endsOn ?? termEnd(day, plan.termDuration);
  const batch = batchOf(plan.quantity, startOf(day));
  const renewed: Subscription = {
    ...before,
    ...plan,
    termStartsOn: day,
    termEndsOn,
    statusUntil: termEndsOn.add({ days: 1 }),
    cancellableUntil: batch.removableUntil,
    scheduledChange: null,
    version: before.version + 1,
  };
  const line = lineFromDay(renewed, chargeType, plan.quantity, day, rounding.newCommerce);
  return {
    after: { ...renewed, billedThrough: line.period.end },
    lines: [line],
    batch,
  };
}

/** Never fewer seats than are assigned, as no change of seats leaves either (W5). */
function withSeats<Plan extends RenewalPlan>(
  { assigned }: RenewalFacts,
  { subscriptionId }: Subscription,
  plan: Plan,
): Plan {
  return { ...plan, quantity: Math.max(plan.quantity, assigned.get(subscriptionId) ?? 0) };
}

function planOf({ offerId, quantity, termDuration, billingCycle }: RenewalPlan): RenewalPlan {
  return { offerId, quantity, termDuration, billingCycle };
}

/** The newest of the list prices that hold on a day, of the list that a purchase on that day goes by. */
function listPriceOn(
  facts: Pick<RenewalFacts, 'catalog' | 'prices' | 'marketPrices'>,
  { offerId, termDuration, billingCycle }: Pick<RenewalPlan, 'offerId' | 'termDuration' | 'billingCycle'>,
  day: Temporal.PlainDate,
): UnitPrice | undefined {
  const holding = (listOn(facts, offerId, day).get(offerId) ?? []).filter(
    (one) => one.termDuration === termDuration && one.billingCycle === billingCycle && holdsOn(one, day),
  );
  return holding.toSorted((one, other) => Temporal.PlainDate.compare(other.validFrom, one.validFrom))[0]?.unitPrice;
}

/** On new commerce the list for the market where that has prices on the day, else the one for all markets; on legacy always the latter (N56). */
function listOn(
  { catalog, prices, marketPrices }: Pick<RenewalFacts, 'catalog' | 'prices' | 'marketPrices'>,
  offerId: string,
  day: Temporal.PlainDate,
): RenewalFacts['prices'] {
  if (catalog.offers.get(offerId)?.platform !== 'newCommerce') return prices;
  const priced = [...marketPrices.values()].some((list) => list.some((one) => holdsOn(one, day)));
  return priced ? marketPrices : prices;
}

function holdsOn({ validFrom, validUntil }: DatedPrice, day: Temporal.PlainDate): boolean {
  return contains({ start: validFrom, end: validUntil }, day);
}

/** The promotion of the new term: its own seats are not counted twice, and what renews is no first purchase (N44, N46). */
export function promotionOn(
  { catalog, promotions, held, tenantSeats }: Pick<RenewalFacts, 'catalog' | 'promotions' | 'held' | 'tenantSeats'>,
  before: Subscription,
  { offerId, termDuration, quantity }: Pick<RenewalPlan, 'offerId' | 'termDuration' | 'quantity'>,
  on: Temporal.PlainDate,
): Promotion | null {
  const { skuId } = getOffer(catalog, offerId);
  const own = getOffer(catalog, before.offerId).skuId === skuId ? before.quantity : 0;
  const history = promotionHistory(held, { offerId, tenantSeats: (tenantSeats.get(skuId) ?? 0) - own });
  const boughtBefore = history.boughtBefore || own > 0;
  return promotionFor(promotions, { offerId, termDuration, quantity, on, ...history, boughtBefore });
}

function lastDayOf(lines: readonly BillingLine[], { billedThrough }: Subscription): Temporal.PlainDate {
  return lines.at(-1)?.period.end ?? billedThrough;
}
