import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { addedFamilies, getOffer, type Offer } from '../../core/catalog/offer.ts';
import { compareServices } from '../../core/catalog/service-plan.ts';
import type { Eligibility, TargetEligibility } from '../../core/upgrades/eligibility.ts';
import { formatMoney, formatUnitPrice } from '../../core/values/money.ts';
import { familyName, offerName, presentComparison, presentRefusal, type Wording } from '../http/reason.presenter.ts';
import { toLineRecord } from '../ledger/charge.store.ts';
import { type AssessedSubscription, eligibleTargets, refusalNames } from './list-subscriptions.ts';
import type { SeatsChanged } from './seats.store.ts';

/** An offer as a target of the subscription, at the price of the day. */
function presentOffer(target: Offer, { subscription, prices }: AssessedSubscription, wording: Wording) {
  const unitPrice = prices.get(target.offerId)?.[subscription.billingCycle];
  const source = getOffer(wording.catalog, subscription.offerId);
  return {
    offerId: target.offerId,
    name: offerName(target.offerId, wording),
    unitPrice: unitPrice ? formatUnitPrice(unitPrice) : null,
    adds: addedFamilies(source, target).map((family) => familyName(family, wording)),
  };
}

/** A listed target: its price beside the present one, what changes in services, and every reason against it. */
export function presentTarget({ target, types }: TargetEligibility, assessed: AssessedSubscription, wording: Wording) {
  const { subscription, prices } = assessed;
  const unitPrice = prices.get(target.offerId)?.[subscription.billingCycle];
  const { micros, currency } = subscription.unitPrice;
  const source = getOffer(wording.catalog, subscription.offerId);
  return {
    ...presentOffer(target, assessed, wording),
    difference: unitPrice ? formatUnitPrice({ micros: unitPrice.micros - micros, currency }) : null,
    services: presentComparison(compareServices(source.servicePlans, target.servicePlans), wording),
    types: types.map(({ upgradeType, refusals }) => ({
      upgradeType,
      eligible: refusals.length === 0,
      refusals: refusals.map((refusal) => presentRefusal(refusal, wording)),
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
  const { unitPrice, purchasedOn, termEndsOn, ...rest } = subscription;
  const ended = subscription.status === 'deleted' ? subscription : undefined;
  return {
    subscriptionId: rest.subscriptionId,
    offerId: rest.offerId,
    offerName: offerName(rest.offerId, wording),
    platform: getOffer(wording.catalog, rest.offerId).platform,
    friendlyName: rest.friendlyName,
    status: rest.status,
    endedReason: ended?.endedReason ?? null,
    endedAt: ended?.endedAt.toString() ?? null,
    successorId: ended?.successorId ?? null,
    provisioning: rest.provisioning,
    quantity: rest.quantity,
    assigned: assessed.assigned,
    billingCycle: rest.billingCycle,
    unitPrice: formatUnitPrice(unitPrice),
    currency: unitPrice.currency,
    autoRenew: rest.autoRenew,
    purchasedOn: purchasedOn.toString(),
    termEndsOn: termEndsOn.toString(),
    addOnOf: rest.addOnOf,
    version: rest.version,
    upgradability,
  };
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

/** A change of seats and its lines. */
export function presentSeats({
  subscriptionId,
  before,
  after,
  effectiveOn,
  dueLines,
  lines,
  net,
  version,
}: SeatsChanged) {
  return {
    subscriptionId,
    quantity: { before, after },
    effectiveOn: effectiveOn.toString(),
    dueLines: dueLines.map(toLineRecord),
    lines: lines.map(toLineRecord),
    net: { amount: formatMoney(net), currency: net.currency },
    version,
  };
}
