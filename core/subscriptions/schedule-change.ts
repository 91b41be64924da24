import { getOffer, type Offer } from '../catalog/offer.ts';
import { findProductSku } from '../catalog/product.ts';
import { saleRefusals } from '../catalog/sale.ts';
import { listedTargets } from '../upgrades/eligibility.ts';
import { notActive, type Refusal, type UserLosing } from '../upgrades/refusal.ts';
import type { SubscriptionFacts } from '../upgrades/upgrade-facts.ts';
import { type BillingCycle, type TermDuration } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { MONTHS_OF_TERM } from '../ledger/charge-cycle.ts';
import { refusalsOfEnd } from './coterminous.ts';
import type { RenewalPlan } from './renewal.ts';
import type { PlannedChange } from './scheduled-change.ts';
import type { Subscription } from './subscription.ts';

export type ScheduleFacts = SubscriptionFacts & {
  /** The customer's other subscriptions with this partner. */
  readonly others: readonly Subscription[];
  /** Users that hold a license of the subscription. */
  readonly assigned: number;
  /** Those of them that find no seat in the number asked for. */
  readonly losing: readonly UserLosing[];
};

/** What is to be different from the next term on; absent: as it is, a last day of its own: that of a whole term. */
export type ChangeAsked = {
  /** An offer's id, or a catalog item id. */
  readonly offerId?: string | undefined;
  readonly quantity?: number | undefined;
  readonly termDuration?: TermDuration | undefined;
  readonly billingCycle?: BillingCycle | undefined;
  readonly customTermEndsOn?: Temporal.PlainDate | null | undefined;
};

/**
 * Decides what a new commerce subscription becomes when its term ends (N39): another product of its upgrade paths, seats, term, billing plan, last
 * day. A trial becomes its paid form with any number of seats (N50). It takes the place of what was scheduled before.
 * Refused with every reason that holds: legacy, not active, auto-renew off, no path or no longer sold, term or plan not offered, a shorter term of
 * another product (N21), seats outside the limits of offer and tenant, a last day that matches nothing (N24).
 */
export function decideScheduledChange(facts: ScheduleFacts, asked: ChangeAsked): Result<PlannedChange, Refusal[]> {
  const { subscription } = facts;
  if (subscription.platform === 'legacy') {
    const name = asked.customTermEndsOn ? 'end-date-not-supported' : 'renewal-not-changeable';
    return refused([{ name }]);
  }
  const usual = usualPlan(facts);
  const offerId = idOf(facts, asked.offerId) ?? usual.offerId;
  const offer = facts.catalog.offers.get(offerId);
  const refusals = stateRefusals(subscription);
  if (!offer?.product) return refused([...refusals, { name: 'offer-unknown', offerId }]);
  const plan: PlannedChange = {
    offerId,
    quantity: asked.quantity ?? usual.quantity,
    termDuration: asked.termDuration ?? usual.termDuration,
    billingCycle: asked.billingCycle ?? usual.billingCycle,
    customTermEndsOn: asked.customTermEndsOn ?? null,
  };
  refusals.push(
    ...offerRefusals(facts, offer, usual.offerId),
    ...termRefusals(facts, offer, plan),
    ...quantityRefusals(facts, offer, plan.quantity),
    ...endRefusals(facts, plan),
  );
  return refusals.length > 0 ? refused(refusals) : accepted(plan);
}

/** A product that a renewal could lead to, and every reason against scheduling it. */
export type ScheduledTarget = { readonly target: Offer; readonly refusals: readonly Refusal[] };

/** The answer for every listed target, with seats, term and billing plan as they are (N39, N58, N59). */
export function assessScheduled(facts: ScheduleFacts): ScheduledTarget[] {
  return listedTargets(facts).map((target) => {
    const decided = decideScheduledChange(facts, { offerId: target.offerId });
    return { target, refusals: decided.ok ? [] : decided.refused };
  });
}

/** What follows without any schedule. */
function usualPlan({ catalog, subscription }: ScheduleFacts): RenewalPlan {
  const { offerId, quantity, termDuration, billingCycle } = subscription;
  const { trial } = getOffer(catalog, offerId).product ?? { trial: null };
  if (!trial) return { offerId, quantity, termDuration, billingCycle };
  return { offerId: trial.becomesOfferId, quantity, termDuration: 'P1Y', billingCycle: 'monthly' };
}

function idOf({ catalog }: ScheduleFacts, asked: string | undefined): string | undefined {
  return asked === undefined ? undefined : (findProductSku(catalog, asked)?.offerId ?? asked.toLowerCase());
}

function stateRefusals(subscription: Subscription): Refusal[] {
  const refusals: Refusal[] = [];
  const { provisioning } = subscription;
  if (subscription.status !== 'active') refusals.push(notActive(subscription));
  if (provisioning !== 'success') refusals.push({ name: 'subscription-not-provisioned', provisioning });
  if (subscription.status === 'active' && !subscription.autoRenew) refusals.push({ name: 'auto-renew-off' });
  return refusals;
}

/** Another product must be on the upgrade paths of the present one, and still be sold to the customer today (N51 to N58). */
function offerRefusals(facts: ScheduleFacts, offer: Offer, usualOfferId: string): Refusal[] {
  const { offerId } = offer;
  if (offerId === usualOfferId) return [];
  const fromOfferId = facts.subscription.offerId;
  if (!listedTargets(facts).some((target) => target.offerId === offerId))
    return [{ name: 'target-not-listed', fromOfferId, toOfferId: offerId }];
  return saleRefusals(offer, facts);
}

function termRefusals(
  { subscription, productPrices }: ScheduleFacts,
  { offerId, product }: Offer,
  { termDuration, billingCycle }: PlannedChange,
): Refusal[] {
  if (subscription.billingCycle === 'none' && termDuration !== 'P1Y') return [{ name: 'trial-term-fixed' }];
  const ofTerm = product?.terms.filter(({ duration }) => duration === termDuration) ?? [];
  if (ofTerm.length === 0) return [{ name: 'term-not-offered', offerId, termDuration }];
  const isShorter = MONTHS_OF_TERM[termDuration] < MONTHS_OF_TERM[subscription.termDuration];
  // A trial has no term to compare with.
  if (isShorter && offerId !== subscription.offerId && subscription.billingCycle !== 'none')
    return [{ name: 'term-shorter', termDuration, sourceTermDuration: subscription.termDuration }];
  if (!ofTerm.some((term) => term.billingCycle === billingCycle))
    return [{ name: 'billing-cycle-not-supported', offerId, billingCycle }];
  const priced = productPrices.get(offerId) ?? [];
  const isPriced = priced.some((one) => one.duration === termDuration && one.billingCycle === billingCycle);
  return isPriced ? [] : [{ name: 'target-not-priced', offerId }];
}

/** Within the offer's limits, which hold for the whole tenant together (N27, N28), and a seat for everybody who has a license. */
function quantityRefusals(
  { subscription, catalog, tenantSeats, assigned, losing }: ScheduleFacts,
  { offerId, skuId, seats: { min, max } }: Offer,
  requested: number,
): Refusal[] {
  const refusals: Refusal[] = [];
  const inTenant = tenantSeats.get(skuId) ?? 0;
  const own = getOffer(catalog, subscription.offerId).skuId === skuId ? subscription.quantity : 0;
  const held = inTenant - own;
  if (requested < min || requested > max)
    refusals.push({ name: 'quantity-out-of-range', offerId, min, max, requested });
  else if (held + requested > max) refusals.push({ name: 'tenant-maximum-exceeded', offerId, max, held, requested });
  if (requested < assigned) refusals.push({ name: 'licenses-still-assigned', assigned, requested, users: losing });
  return refusals;
}

function endRefusals({ subscription, others }: ScheduleFacts, plan: PlannedChange): Refusal[] {
  if (plan.customTermEndsOn === null) return [];
  const startsOn = subscription.termEndsOn.add({ days: 1 });
  return refusalsOfEnd({ startsOn, termDuration: plan.termDuration, others }, plan.customTermEndsOn);
}
