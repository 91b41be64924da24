import { getOffer, type Offer } from '../catalog/offer.ts';
import type { ProductPrice, ProductTerm } from '../catalog/product.ts';
import { saleRefusals } from '../catalog/sale.ts';
import type { UpgradeType } from '../customers/relationship.ts';
import { MONTHS_OF_TERM } from '../ledger/charge-cycle.ts';
import { mayUpgrade, MOST_UPDATES, type Subscription } from '../subscriptions/subscription.ts';
import { type BillingCycle, type TermDuration, utcDay } from '../values/period.ts';
import type { SubscriptionFacts } from './upgrade-facts.ts';
import { notActive, type Refusal } from './refusal.ts';

/** Every reason against moving anything out of the subscription, whatever the target is (N2, N32, N43). */
export function refusalsOfTransition(
  { subscription, now, userContext }: SubscriptionFacts,
  upgradeType: UpgradeType,
): Refusal[] {
  const refusals: Refusal[] = [];
  if (!mayUpgrade(subscription)) refusals.push(notActive(subscription));
  if (subscription.provisioning !== 'success') {
    refusals.push({ name: 'subscription-not-provisioned', provisioning: subscription.provisioning });
  }
  // It renews, or ends, in the night after its last day; until that is done nothing else is.
  const over = Temporal.PlainDate.compare(subscription.termEndsOn, utcDay(now)) < 0;
  if (mayUpgrade(subscription) && over) refusals.push({ name: 'renewal-running', termEndsOn: subscription.termEndsOn });
  if (hasMostUpdates(subscription)) refusals.push({ name: 'too-many-updates', most: MOST_UPDATES });
  // An app alone may not touch the customer's users (5.2).
  if (upgradeType === 'upgrade_with_license_transfer' && !userContext) refusals.push({ name: 'user-context-required' });
  return refusals;
}

/** Every reason against a target with a term: what is sold to the customer, for how long, how billed, and the seats that the whole tenant may have (N20, N21, N28, N31, N51 to N59). */
export function refusalsOfNewTarget(
  facts: SubscriptionFacts,
  target: Offer,
  term: ProductTerm,
  quantity: number,
): Refusal[] {
  return [
    ...saleRefusals(target, facts),
    ...formRefusals(facts, target),
    ...termRefusals(facts, target, term),
    ...seatRefusals(facts, target, quantity),
  ];
}

/** Why an existing subscription cannot take the seats (N16, N17, N19, N32; target codes 1 to 4). */
export function refusalsOfDestination(
  facts: SubscriptionFacts,
  target: Offer,
  destination: Subscription,
  quantity: number,
): Refusal[] {
  const { subscription: source, catalog, now } = facts;
  const { subscriptionId, offerId } = destination;
  if (subscriptionId === source.subscriptionId) return [{ name: 'destination-is-source', subscriptionId }];
  if (offerId !== target.offerId) return [{ name: 'destination-of-other-offer', subscriptionId, offerId }];
  const refusals = [...saleRefusals(target, facts), ...formRefusals(facts, target)];
  if (destination.status !== 'active') refusals.push({ name: 'destination-not-active', subscriptionId });
  if (destination.provisioning !== 'success') refusals.push({ name: 'destination-not-ready', subscriptionId });
  const { cancellableUntil } = destination;
  if (cancellableUntil && Temporal.Instant.compare(now, cancellableUntil) < 0) {
    refusals.push({ name: 'destination-in-window', subscriptionId, until: cancellableUntil });
  }
  const trial = isTrial(getOffer(catalog, source.offerId));
  if (!trial && MONTHS_OF_TERM[destination.termDuration] < MONTHS_OF_TERM[source.termDuration]) {
    refusals.push({ name: 'destination-term-shorter', subscriptionId, termDuration: destination.termDuration });
  }
  if (Temporal.PlainDate.compare(destination.termEndsOn, source.termEndsOn) < 0) {
    const { termEndsOn } = destination;
    refusals.push({ name: 'destination-ends-earlier', subscriptionId, termEndsOn, sourceEndsOn: source.termEndsOn });
  }
  // Where it holds for the source, too, it is told there.
  if (hasMostUpdates(destination) && !hasMostUpdates(source)) {
    refusals.push({ name: 'too-many-updates', most: MOST_UPDATES });
  }
  return [...refusals, ...seatRefusals(facts, target, quantity, destination.quantity)];
}

/** An upgrade is one more change of either side. */
function hasMostUpdates({ updates }: Subscription): boolean {
  return updates >= MOST_UPDATES;
}

/** Within its term, a standard offer does not become the specialized form of itself (N59). */
function formRefusals({ subscription: { offerId, termEndsOn } }: SubscriptionFacts, target: Offer): Refusal[] {
  if (target.product?.specializes !== offerId) return [];
  return [{ name: 'specialized-at-renewal', offerId: target.offerId, renewsOn: termEndsOn.add({ days: 1 }) }];
}

/** How an upgrade without a wish of its own goes on: the term and billing plan of the source; a trial becomes a year billed monthly (N50). */
export function termOf(
  { catalog, subscription }: Pick<SubscriptionFacts, 'catalog' | 'subscription'>,
  asked: { readonly termDuration?: TermDuration | undefined; readonly billingCycle?: BillingCycle | undefined },
): ProductTerm {
  const { termDuration, billingCycle } = isTrial(getOffer(catalog, subscription.offerId))
    ? { termDuration: 'P1Y' as const, billingCycle: 'monthly' as const }
    : subscription;
  return { duration: asked.termDuration ?? termDuration, billingCycle: asked.billingCycle ?? billingCycle };
}

export function isTrial({ product }: Offer): boolean {
  return product?.trial != null;
}

/** The list price for a term; undefined: it is not sold so. */
export function priceFor(
  { productPrices }: Pick<SubscriptionFacts, 'productPrices'>,
  { offerId }: Offer,
  { duration, billingCycle }: ProductTerm,
): ProductPrice | undefined {
  return productPrices.get(offerId)?.find((one) => one.duration === duration && one.billingCycle === billingCycle);
}

function termRefusals(facts: SubscriptionFacts, target: Offer, term: ProductTerm): Refusal[] {
  const { subscription: source, catalog } = facts;
  const { duration: termDuration, billingCycle } = term;
  const refusals: Refusal[] = [];
  const { offerId } = target;
  const trial = isTrial(getOffer(catalog, source.offerId));
  if (!trial && MONTHS_OF_TERM[termDuration] < MONTHS_OF_TERM[source.termDuration]) {
    refusals.push({ name: 'term-shorter', termDuration, sourceTermDuration: source.termDuration });
  }
  if (MONTHS_OF_CYCLE[billingCycle] > MONTHS_OF_TERM[termDuration]) {
    refusals.push({ name: 'billing-cycle-longer-than-term', billingCycle, termDuration });
  } else if (!target.product?.terms.some((one) => one.duration === termDuration)) {
    refusals.push({ name: 'term-not-offered', offerId, termDuration });
  } else if (!target.product.terms.some((one) => one.duration === termDuration && one.billingCycle === billingCycle)) {
    refusals.push({ name: 'billing-cycle-not-supported', offerId, billingCycle });
  } else if (!priceFor(facts, target, term)) {
    refusals.push({ name: 'target-not-priced', offerId });
  }
  return refusals;
}

const MONTHS_OF_CYCLE: Readonly<Record<BillingCycle, number>> = { none: 0, monthly: 1, annual: 12, triennial: 36 };

/** Within the target's limits, and those of all its seats in the tenant (N27, N28, N31). `held` are seats that a destination has already. */
function seatRefusals(
  { tenantSeats, catalog, subscription }: SubscriptionFacts,
  { offerId, skuId, seats: { min, max } }: Offer,
  quantity: number,
  held = 0,
): Refusal[] {
  // The seats of a trial are those that become paid ones.
  const leaving = getOffer(catalog, subscription.offerId).skuId === skuId ? subscription.quantity : 0;
  const inTenant = (tenantSeats.get(skuId) ?? 0) - leaving;
  const inDestination = held + quantity;
  if (inDestination < min || inDestination > max) {
    return [{ name: 'quantity-out-of-range', offerId, min, max: Math.max(0, max - held), requested: quantity }];
  }
  return inTenant + quantity > max
    ? [{ name: 'tenant-maximum-exceeded', offerId, max, held: inTenant, requested: quantity }]
    : [];
}
