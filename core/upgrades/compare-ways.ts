import { chargeCycleAt } from '../ledger/charge-cycle.ts';
import {
  chargesUntil,
  cycleChargesDue,
  type NewCommerceRounding,
  type NewCommerceTerms,
} from '../ledger/new-commerce-billing.ts';
import { planTransfer, type TransferPlan } from '../licenses/plan-transfer.ts';
import { getOffer } from '../catalog/offer.ts';
import type { ProductTerm } from '../catalog/product.ts';
import { priceAfter } from '../catalog/promotion.ts';
import { promotionOn } from '../subscriptions/renewal.ts';
import { decideScheduledChange } from '../subscriptions/schedule-change.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Money, sumMoney, type UnitPrice } from '../values/money.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import type { Refusal } from './refusal.ts';
import { isTrial, priceFor } from './transition-rules.ts';
import type { UpgradeDecision, UpgradeRequest } from './upgrade-decision.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';

/** What is compared: one target. A number below all seats adds the ways that move so many. */
export type WaysRequest = Omit<UpgradeRequest, 'targetSubscriptionId'>;

/** What one way comes to. Amounts cover every seat that the source has today, moved or not, and never seats that another one had already. */
export type WayOutcome = {
  /** The first day of the new offer. */
  readonly startsOn: Temporal.PlainDate;
  /** The last day of the term that the seats have then. */
  readonly endsOn: Temporal.PlainDate | null;
  readonly term: ProductTerm;
  /** Per seat and charge cycle. */
  readonly unitPrice: UnitPrice;
  /** Booked on the day itself: the charge less the credit. */
  readonly today: Money;
  /** The lines of which that is made. */
  readonly lines: readonly Money[];
  /** That, and the charge cycles that begin until the calendar month is over, within the present term. */
  readonly nextInvoice: Money;
  /** For all days from then until the present term ends, beyond what is paid already. */
  readonly restOfTerm: Money;
  /** The same, less what it would be if nothing changed. */
  readonly difference: Money;
  readonly moving: number;
  /** Users for whom a person has something to do. */
  readonly staying: number;
};

export type ComparedWay = {
  readonly way: UpgradeDecision['way'] | 'renewal';
  /** The existing subscription that takes the seats. */
  readonly into: Subscription | null;
  readonly quantity: number;
} & (
  | { readonly outcome: WayOutcome; readonly refusals: readonly [] }
  | { readonly outcome: null; readonly refusals: readonly Refusal[] }
);

/**
 * In what sense one way is the cheapest until the present term ends: of those that move all seats at once, or of all, those that leave seats
 * as they are until then among them.
 */
export type CheapestSense = 'allSeatsNow' | 'untilTermEnd';

export type Comparison = {
  readonly ways: readonly ComparedWay[];
  /** The last day of the calendar month, which the next invoice is for. */
  readonly invoiceUntil: Temporal.PlainDate;
  /** By place among the ways; absent where no way is open. */
  readonly cheapest: readonly { readonly sense: CheapestSense; readonly way: number }[];
};

/**
 * The ways to one target side by side: in place; some of the seats, where a number is asked for; into each of the partner's subscriptions of the
 * target; and when the term ends (N8, N9, N39). Each is decided as the act would be. `later` are the list prices and promotions of the day after
 * the term. A legacy subscription has one way alone, so that there is nothing to compare.
 */
export function compareWays(
  facts: UpgradeFacts,
  request: WaysRequest,
  on: Temporal.PlainDate,
  later: Pick<UpgradeFacts, 'productPrices' | 'promotions'>,
): Comparison {
  const invoiceUntil = on.with({ day: on.daysInMonth });
  const { subscription: source, sold } = facts;
  if (source.platform === 'legacy') return { ways: [], invoiceUntil, cheapest: [] };
  const { quantity: some = source.quantity } = request;
  // A trial alone can become paid with more seats than it has (N49).
  const all = isTrial(getOffer(facts.catalog, source.offerId)) ? Math.max(some, source.quantity) : source.quantity;
  const inPart = some < all ? [some] : [];
  const takers = sold.filter(
    ({ offerId, status, subscriptionId }) =>
      offerId === request.targetOfferId && status !== 'deleted' && subscriptionId !== source.subscriptionId,
  );
  const now = (quantity: number, into: Subscription | null) =>
    decided(facts, { ...request, quantity, targetSubscriptionId: into?.subscriptionId }, into, { on, invoiceUntil });
  const ways = [
    now(all, null),
    ...inPart.map((quantity) => now(quantity, null)),
    ...takers.flatMap((into) => [all, ...inPart].map((quantity) => now(quantity, into))),
    atRenewal({ ...facts, productPrices: later.productPrices, promotions: later.promotions }, request, {
      on,
      invoiceUntil,
    }),
  ];
  return { ways, invoiceUntil, cheapest: cheapestOf(ways, all) };
}

type Days = { readonly on: Temporal.PlainDate; readonly invoiceUntil: Temporal.PlainDate };

function decided(
  facts: UpgradeFacts,
  request: UpgradeRequest & { readonly quantity: number },
  into: Subscription | null,
  days: Days,
): ComparedWay {
  const { subscription: source } = facts;
  const { quantity } = request;
  const decision = decideUpgrade(facts, request, days.on);
  if (decision.ok) {
    const { value } = decision;
    return {
      way: value.way,
      into,
      quantity,
      outcome: outcomeOf(value, days, facts.rounding.newCommerce),
      refusals: [],
    };
  }
  const way = into ? 'existing' : quantity < source.quantity ? 'partial' : 'inPlace';
  return { way, into, quantity, outcome: null, refusals: decision.refused };
}

function outcomeOf(
  decision: UpgradeDecision,
  { on, invoiceUntil }: Days,
  rounding: NewCommerceRounding | undefined,
): WayOutcome {
  const { source, term, totals, quantity } = decision;
  const bought = { ...term, unitPrice: decision.targetUnitPrice, quantity };
  const stays = unchanged(source, Math.max(0, source.quantity - quantity), on);
  const { currency } = totals.net;
  const sum = (...amounts: Money[]) => sumMoney(currency, amounts);
  const until = source.termEndsOn;
  const restOfTerm = sum(
    totals.credit,
    chargesUntil(bought, on.subtract({ days: 1 }), until, rounding),
    chargesUntil(stays, stays.billedThrough, until, rounding),
  );
  const whole = unchanged(source, source.quantity, on);
  return {
    startsOn: on,
    endsOn: term.termEndsOn,
    term: { duration: term.termDuration, billingCycle: term.billingCycle },
    unitPrice: decision.targetUnitPrice,
    today: totals.net,
    lines: [...decision.credits, ...decision.charges].map(({ amount }) => amount),
    nextInvoice: sum(totals.net, begunUntil(bought, invoiceUntil, rounding), begunUntil(stays, invoiceUntil, rounding)),
    restOfTerm,
    difference: sum(restOfTerm, negated(chargesUntil(whole, whole.billedThrough, until, rounding))),
    ...usersOf(decision.transfer),
  };
}

/** Everything stays as it is until the term ends, and then becomes the target at the price and with the promotion of that day (N39, N44). */
function atRenewal(facts: UpgradeFacts, request: WaysRequest, { on, invoiceUntil }: Days): ComparedWay {
  const { subscription: source, sold, users, catalog } = facts;
  const { newCommerce } = facts.rounding;
  const { quantity } = source;
  const others = sold.filter(({ subscriptionId }) => subscriptionId !== source.subscriptionId);
  const { targetOfferId: offerId, termDuration, billingCycle } = request;
  const planned = decideScheduledChange(
    // All seats go on, so that nobody loses one.
    { ...facts, others, assigned: users.length, losing: [] },
    { offerId, termDuration, billingCycle },
  );
  const base = { way: 'renewal', into: null, quantity } as const;
  if (!planned.ok) return { ...base, outcome: null, refusals: planned.refused };
  const plan = planned.value;
  const target = catalog.offers.get(plan.offerId);
  const term: ProductTerm = { duration: plan.termDuration, billingCycle: plan.billingCycle };
  const price = target && priceFor(facts, target, term);
  if (!target || !price) return { ...base, outcome: null, refusals: [{ name: 'target-not-priced', offerId }] };
  const startsOn = source.termEndsOn.add({ days: 1 });
  const held = [...sold, ...facts.formerly];
  // None where a trial becomes paid (N47).
  const promotion = source.billingCycle === 'none' ? null : promotionOn({ ...facts, held }, source, plan, startsOn);
  const unitPrice = priceAfter(price.unitPrice, promotion);
  const zero: Money = { minor: 0n, currency: unitPrice.currency };
  const whole = unchanged(source, quantity, on);
  const outcome = {
    startsOn,
    endsOn: null,
    term,
    unitPrice,
    today: zero,
    lines: [],
    nextInvoice: begunUntil(whole, invoiceUntil, newCommerce),
    restOfTerm: chargesUntil(whole, whole.billedThrough, source.termEndsOn, newCommerce),
    difference: zero,
    ...usersOf(planTransfer(catalog, users, target, 'upgrade_with_license_transfer', quantity)),
  };
  return { ...base, outcome, refusals: [] };
}

type Billed = NewCommerceTerms & { readonly quantity: number; readonly billedThrough: Temporal.PlainDate };

/** So many seats of the source as they are, once what has begun is billed: that is owed on every way. */
function unchanged(source: Subscription, quantity: number, on: Temporal.PlainDate): Billed {
  return { ...source, quantity, billedThrough: chargeCycleAt(source, on).period.end };
}

function begunUntil(terms: Billed, day: Temporal.PlainDate, rounding: NewCommerceRounding | undefined): Money {
  const amounts = cycleChargesDue(terms, day, rounding).map(({ amount }) => amount);
  return sumMoney(terms.unitPrice.currency, amounts);
}

function negated({ minor, currency }: Money): Money {
  return { minor: -minor, currency };
}

function usersOf({ moves }: TransferPlan): { readonly moving: number; readonly staying: number } {
  const staying = moves.filter(({ faults }) => faults.length > 0).length;
  return { moving: moves.length - staying, staying };
}

function cheapestOf(ways: readonly ComparedWay[], all: number): Comparison['cheapest'] {
  const open = ways.flatMap(({ way, quantity, outcome }, index) =>
    outcome ? [{ way, quantity, outcome, index }] : [],
  );
  const least = (sense: CheapestSense, among: typeof open) => {
    const [first] = among.toSorted((one, other) =>
      one.outcome.restOfTerm.minor < other.outcome.restOfTerm.minor
        ? -1
        : Number(one.outcome.restOfTerm.minor > other.outcome.restOfTerm.minor),
    );
    return first ? [{ sense, way: first.index }] : [];
  };
  return [
    ...least(
      'allSeatsNow',
      open.filter(({ way, quantity }) => way !== 'renewal' && quantity === all),
    ),
    ...least('untilTermEnd', open),
  ];
}
