import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { addedFamilies, getOffer, type Offer } from '../../core/catalog/offer.ts';
import type { ScheduledChange } from '../../core/subscriptions/scheduled-change.ts';
import { compareServices } from '../../core/catalog/service-plan.ts';
import { canBegin, type Eligibility, type TargetEligibility } from '../../core/upgrades/eligibility.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { priceFor, termOf } from '../../core/upgrades/transition-rules.ts';
import { formatUnitPrice, type UnitPrice } from '../../core/values/money.ts';
import { familyName, offerName, presentComparison, presentRefusal, type Wording } from '../http/reason.presenter.ts';
import { toLineRecord } from '../ledger/charge.store.ts';
import { moneyOf, presentPricedLines, presentSold } from '../http/sold.presenter.ts';
import { type AssessedSubscription, eligibleTargets, refusalNames } from './list-subscriptions.ts';
import type { SeatsChanged } from './seats.store.ts';

/** An offer as a target of the subscription, at the price of the day. */
function presentOffer(target: Offer, assessed: AssessedSubscription, wording: Wording) {
  const unitPrice = priceOf(target, assessed, wording);
  const source = getOffer(wording.catalog, assessed.subscription.offerId);
  return {
    offerId: target.offerId,
    name: offerName(target.offerId, wording),
    unitPrice: unitPrice ? formatUnitPrice(unitPrice) : null,
    adds: addedFamilies(source, target).map((family) => familyName(family, wording)),
  };
}

/** The price of a target with the subscription's own term and billing. */
function priceOf(
  target: Offer,
  { subscription, prices, productPrices }: AssessedSubscription,
  { catalog }: Wording,
): UnitPrice | undefined {
  return subscription.platform === 'legacy'
    ? prices.get(target.offerId)?.[subscription.billingCycle]
    : priceFor({ productPrices }, target, termOf({ catalog, subscription }, {}))?.unitPrice;
}

/** A listed target: its price beside the present one, what changes in services, and every reason against it. */
export function presentTarget(one: TargetEligibility, assessed: AssessedSubscription, wording: Wording) {
  const { target, types, destinations } = one;
  const unitPrice = priceOf(target, assessed, wording);
  const { micros, currency } = assessed.subscription.unitPrice;
  const source = getOffer(wording.catalog, assessed.subscription.offerId);
  const words = (refusals: readonly Refusal[]) => refusals.map((refusal) => presentRefusal(refusal, wording));
  return {
    ...presentOffer(target, assessed, wording),
    difference: unitPrice ? formatUnitPrice({ micros: unitPrice.micros - micros, currency }) : null,
    seats: target.seats,
    services: presentComparison(compareServices(source.servicePlans, target.servicePlans), wording),
    types: types.map(({ upgradeType, refusals }) => ({
      upgradeType,
      eligible: refusals.length === 0,
      refusals: words(refusals),
    })),
    terms: (assessed.productPrices.get(target.offerId) ?? []).map((term) => ({
      termDuration: term.duration,
      billingCycle: term.billingCycle,
      unitPrice: formatUnitPrice(term.unitPrice),
    })),
    destinations: destinations.map(({ subscription, refusals }) => ({
      subscriptionId: subscription.subscriptionId,
      friendlyName: subscription.friendlyName,
      quantity: subscription.quantity,
      termDuration: subscription.termDuration,
      billingCycle: subscription.billingCycle,
      termEndsOn: subscription.termEndsOn.toString(),
      unitPrice: formatUnitPrice(subscription.unitPrice),
      eligible: refusals.length === 0,
      refusals: words(refusals),
    })),
  };
}

/** Subscriptions in the caller’s language. Those that share one answer of the rules share its words. */
export function presentSubscriptions(all: readonly AssessedSubscription[], wording: Wording): SubscriptionOnWire[] {
  const worded = new Map<Eligibility, Upgradability>();
  return all.map((assessed) => {
    const upgradability = worded.get(assessed.eligibility) ?? presentUpgradability(assessed, wording);
    worded.set(assessed.eligibility, upgradability);
    return presentSubscription(assessed, wording, upgradability);
  });
}

/** A subscription in the caller’s language, with what it could go to. */
export function presentSubscription(
  { subscription, ...assessed }: AssessedSubscription,
  wording: Wording,
  upgradability = presentUpgradability({ subscription, ...assessed }, wording),
): SubscriptionOnWire {
  const { unitPrice, purchasedOn, termStartsOn, termEndsOn, scheduledChange, ...rest } = subscription;
  const ended = subscription.status === 'deleted' ? subscription : undefined;
  return {
    subscriptionId: rest.subscriptionId,
    orderId: rest.orderId,
    offerId: rest.offerId,
    offerName: offerName(rest.offerId, wording),
    platform: rest.platform,
    friendlyName: rest.friendlyName,
    status: rest.status,
    endedReason: ended?.endedReason ?? null,
    endedAt: ended?.endedAt.toString() ?? null,
    successorId: ended?.successorId ?? null,
    provisioning: rest.provisioning,
    quantity: rest.quantity,
    assigned: assessed.assigned,
    trial: isTrial(rest.offerId, wording),
    termDuration: rest.termDuration,
    billingCycle: rest.billingCycle,
    unitPrice: formatUnitPrice(unitPrice),
    currency: unitPrice.currency,
    promotionId: rest.promotionId,
    autoRenew: rest.autoRenew,
    purchasedOn: purchasedOn.toString(),
    termStartsOn: termStartsOn.toString(),
    termEndsOn: termEndsOn.toString(),
    statusUntil: rest.statusUntil?.toString() ?? null,
    cancellableUntil: assessed.cancellableUntil?.toString() ?? null,
    removableSeats: assessed.removable.map(({ quantity, removableUntil }) => ({
      quantity,
      until: removableUntil.toString(),
    })),
    scheduledChange: presentScheduledChange(scheduledChange, wording),
    addOnOf: rest.addOnOf,
    version: rest.version,
    waitingUpgrade: assessed.waitingUpgrade,
    upgradability: {
      ...upgradability,
      upgradable: canBegin(assessed.eligibility, { waits: assessed.waitingUpgrade !== null }),
    },
  };
}

function isTrial(offerId: string, { catalog }: Wording): boolean {
  return getOffer(catalog, offerId).product?.trial != null;
}

type Upgradability = SubscriptionOnWire['upgradability'];

function presentUpgradability(assessed: AssessedSubscription, wording: Wording): Upgradability {
  const { eligibility } = assessed;
  const eligible = eligibleTargets(eligibility);
  return {
    upgradable: eligibility.upgradable,
    eligibleTargets: eligible.map((target) => presentOffer(target, assessed, wording)),
    blockedTargets: eligibility.targets.length - eligible.length,
    refusalNames: refusalNames(eligibility),
  };
}

/** What is scheduled for a renewal; null: nothing. */
export function presentScheduledChange(change: ScheduledChange | null, wording: Wording) {
  if (!change) return null;
  const { customTermEndsOn, scheduled: _kept, ...rest } = change;
  return {
    ...rest,
    offerName: offerName(change.offerId, wording),
    customTermEndsOn: customTermEndsOn?.toString() ?? null,
  };
}

/** A change of seats and its lines. */
export function presentSeats({
  subscription: { subscriptionId },
  before,
  after,
  limits,
  effectiveOn,
  dueLines,
  lines,
  net,
  rates,
  version,
}: SeatsChanged) {
  const written = lines.map(toLineRecord);
  return {
    subscriptionId,
    quantity: { before, after },
    limits,
    effectiveOn: effectiveOn.toString(),
    dueLines: presentPricedLines(dueLines.map(toLineRecord), rates),
    lines: presentPricedLines(written, rates),
    net: moneyOf(net),
    sold: presentSold(net.currency, written, rates),
    rates,
    version,
  };
}
