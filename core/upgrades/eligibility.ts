import { getOffer, type Offer } from '../catalog/offer.ts';
import type { ProductTerm } from '../catalog/product.ts';
import { closedMarket } from '../catalog/sale.ts';
import { isPathOpen } from '../catalog/upgrade-path.ts';
import { UPGRADE_TYPES, type UpgradeType } from '../customers/relationship.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { utcDay } from '../values/period.ts';
import { refusalsOfSource, refusalsOfTarget } from './legacy-rules.ts';
import { notActive, type Refusal } from './refusal.ts';
import { refusalsOfDestination, refusalsOfNewTarget, refusalsOfTransition, termOf } from './transition-rules.ts';
import type { CustomerFacts, SubscriptionFacts } from './upgrade-facts.ts';

export type TypeEligibility = { readonly upgradeType: UpgradeType; readonly refusals: readonly Refusal[] };

/** An existing subscription of the target that could take the seats, on new commerce alone (N16). */
export type DestinationEligibility = { readonly subscription: Subscription; readonly refusals: readonly Refusal[] };
export type TargetEligibility = {
  readonly target: Offer;
  readonly types: readonly TypeEligibility[];
  readonly destinations: readonly DestinationEligibility[];
};

export type Eligibility = {
  /** At least one target can be had in at least one way: the icon is shown (E32). */
  readonly upgradable: boolean;
  readonly targets: readonly TargetEligibility[];
  /** What stands in the way of any upgrade when no target is listed at all. */
  readonly refusals: readonly Refusal[];
};

/** Whether an upgrade can be begun now: a target can be had, and no upgrade waits for the subscription already. */
export function canBegin({ upgradable }: Eligibility, { waits }: { readonly waits: boolean }): boolean {
  return upgradable && !waits;
}

/** The answer for every listed target and both upgrade types, with every refusal that holds (R8, E31). */
export function assessEligibility(facts: SubscriptionFacts): Eligibility {
  const listed = listedTargets(facts);
  if (listed.length === 0) {
    const none: Refusal = { name: 'no-upgrade-path', offerId: facts.subscription.offerId };
    return { upgradable: false, targets: [], refusals: [...refusalsOf(facts).source('upgrade_only'), none] };
  }
  const ofSource = UPGRADE_TYPES.map((upgradeType) => refusalsOf(facts).source(upgradeType));
  const targets = listed.map((target) => {
    const ofTarget = refusalsOf(facts).target(target, facts.subscription.quantity, termOf(facts, {}));
    const types = UPGRADE_TYPES.map((upgradeType, index) => ({
      upgradeType,
      refusals: [...(ofSource[index] ?? []), ...ofTarget],
    }));
    return { target, types, destinations: destinationsOf(facts, target) };
  });
  return { upgradable: targets.some(isEligible), targets, refusals: [] };
}

/** Whether a target can be had in at least one way. */
export function isEligible({ types, destinations }: TargetEligibility): boolean {
  return [...types, ...destinations].some(({ refusals }) => refusals.length === 0);
}

/**
 * The answers for many subscriptions of one customer, in their order. Those that differ in nothing that a rule looks at share one answer,
 * the same object: a list of hundreds has few different cases.
 */
export function assessAll<Held extends Pick<SubscriptionFacts, 'subscription' | 'addOns' | 'sold'>>(
  facts: CustomerFacts,
  held: readonly Held[],
): (Held & { readonly eligibility: Eligibility })[] {
  const answers = new Map<string, Eligibility>();
  return held.map((one) => {
    const { platform, offerId, quantity, billingCycle, provisioning } = one.subscription;
    // On new commerce, dates of its own decide as well.
    const seen =
      platform === 'legacy'
        ? [offerId, quantity, billingCycle, provisioning, notActive(one.subscription), one.addOns]
        : [one.subscription.subscriptionId];
    const key = JSON.stringify(seen);
    const eligibility = answers.get(key) ?? assessEligibility({ ...facts, ...one });
    answers.set(key, eligibility);
    return { ...one, eligibility };
  });
}

/** Every reason against one upgrade of so many seats to a term; all seats and the source's term unless said otherwise (E1 to E11, E15). */
export function findRefusals(
  facts: SubscriptionFacts,
  target: Offer,
  upgradeType: UpgradeType,
  quantity = facts.subscription.quantity,
  term: ProductTerm = termOf(facts, {}),
): Refusal[] {
  const rules = refusalsOf(facts);
  return [...rules.source(upgradeType), ...rules.target(target, quantity, term)];
}

/** The rules of the subscription's platform: reasons that hold whatever the target is, and those against a target. */
export function refusalsOf(facts: SubscriptionFacts) {
  return facts.subscription.platform === 'legacy'
    ? {
        source: (upgradeType: UpgradeType) => refusalsOfSource(facts, upgradeType),
        target: (target: Offer, quantity: number) => refusalsOfTarget(facts, target, quantity),
      }
    : {
        source: (upgradeType: UpgradeType) => refusalsOfTransition(facts, upgradeType),
        target: (target: Offer, quantity: number, term: ProductTerm) =>
          refusalsOfNewTarget(facts, target, term, quantity),
      };
}

/** The targets that the partner's upgrade table names for the subscription today, in the table's order (S7, N3, N55). */
export function listedTargets(facts: SubscriptionFacts): Offer[] {
  const { catalog, subscription, customerMarket, pathSwitches } = facts;
  const day = utcDay(facts.now);
  const trial = getOffer(catalog, subscription.offerId).product?.trial;
  // A trial becomes what it is a trial of, or anything that this can be upgraded to (N49).
  const from = trial?.becomesOfferId ?? subscription.offerId;
  const reached = catalog.paths
    .filter((path) => path.platform === subscription.platform && path.fromOfferId === from)
    .filter((path) => isPathOpen(path, pathSwitches.get(path.pathId), customerMarket, day))
    .map((path) => path.toOfferId);
  return [...(trial ? [trial.becomesOfferId] : []), ...reached]
    .map((offerId) => getOffer(catalog, offerId))
    .filter((offer) => closedMarket(offer, facts) === undefined);
}

/** The partner's subscriptions of the target, and why each can or cannot take all the seats. */
function destinationsOf(facts: SubscriptionFacts, target: Offer): DestinationEligibility[] {
  const { subscription: source, sold } = facts;
  if (source.platform === 'legacy') return [];
  return sold
    .filter(({ offerId, status }) => offerId === target.offerId && status !== 'deleted')
    .filter(({ subscriptionId }) => subscriptionId !== source.subscriptionId)
    .map((subscription) => ({
      subscription,
      refusals: [
        ...refusalsOf(facts).source('upgrade_only'),
        ...refusalsOfDestination(facts, target, subscription, source.quantity),
      ],
    }));
}
