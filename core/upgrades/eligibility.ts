import { addedFamilies, type Catalog, getOffer, isSoldIn, type Offer, principalFamilies } from '../catalog/offer.ts';
import { isPathOpen, type PathSwitch } from '../catalog/upgrade-path.ts';
import {
  type DelegatedPrivileges,
  type DirectoryAct,
  findPrivilegeGaps,
  type PrivilegeGap,
  roleToRequest,
  UPGRADE_TYPES,
  type UpgradeType,
} from '../customers/relationship.ts';
import { mayUpgrade, type Subscription, type TenantHolding } from '../subscriptions/subscription.ts';
import type { UnitPrice } from '../values/money.ts';
import { type BillingCycle, utcDay } from '../values/period.ts';
import { type AddOn, notActive, type Refusal, type ServiceOverlap } from './refusal.ts';

/** Everything that decides about upgrades of one customer's subscriptions, for one partner. */
export type CustomerFacts = {
  readonly catalog: Catalog;
  readonly now: Temporal.Instant;
  readonly partnerMarket: string;
  readonly customerMarket: string;
  readonly privileges: readonly DelegatedPrivileges[];
  /** Every living subscription of the tenant, through whatever partner or channel. */
  readonly holdings: readonly TenantHolding[];
  readonly pathSwitches: ReadonlyMap<string, PathSwitch>;
  /** List prices of the day, per offer and billing cycle. */
  readonly prices: ReadonlyMap<string, Partial<Record<BillingCycle, UnitPrice>>>;
  /** False for an application without a signed-in user (E5). */
  readonly userContext: boolean;
};

export type SubscriptionFacts = CustomerFacts & {
  readonly subscription: Subscription;
  /** Living add-ons that depend on the subscription. */
  readonly addOns: readonly AddOn[];
};

export type TypeEligibility = { readonly upgradeType: UpgradeType; readonly refusals: readonly Refusal[] };
export type TargetEligibility = { readonly target: Offer; readonly types: readonly TypeEligibility[] };

export type Eligibility = {
  /** At least one target can be had in at least one way: the icon is shown (E32). */
  readonly upgradable: boolean;
  readonly targets: readonly TargetEligibility[];
  /** What stands in the way of any upgrade when no target is listed at all. */
  readonly refusals: readonly Refusal[];
};

/** The answer for every listed target and both upgrade types, with every refusal that holds (R8, E31). */
export function assessEligibility(facts: SubscriptionFacts): Eligibility {
  const listed = listedTargets(facts);
  if (listed.length === 0) {
    const none: Refusal = { name: 'no-upgrade-path', offerId: facts.subscription.offerId };
    return { upgradable: false, targets: [], refusals: [...refusalsOfSource(facts, 'upgrade_only'), none] };
  }
  const ofSource = UPGRADE_TYPES.map((upgradeType) => refusalsOfSource(facts, upgradeType));
  const targets = listed.map((target) => {
    const ofTarget = refusalsOfTarget(facts, target, facts.subscription.quantity);
    const types = UPGRADE_TYPES.map((upgradeType, index) => ({
      upgradeType,
      refusals: [...(ofSource[index] ?? []), ...ofTarget],
    }));
    return { target, types };
  });
  const upgradable = targets.some(({ types }) => types.some(({ refusals }) => refusals.length === 0));
  return { upgradable, targets, refusals: [] };
}

/**
 * The answers for many subscriptions of one customer, in their order. Those that differ in nothing that a rule looks at share one answer,
 * the same object: a list of hundreds has few different cases.
 */
export function assessAll<Held extends Pick<SubscriptionFacts, 'subscription' | 'addOns'>>(
  facts: CustomerFacts,
  held: readonly Held[],
): (Held & { readonly eligibility: Eligibility })[] {
  const answers = new Map<string, Eligibility>();
  return held.map((one) => {
    const { offerId, quantity, billingCycle, provisioning } = one.subscription;
    const seen = [offerId, quantity, billingCycle, provisioning, notActive(one.subscription), one.addOns];
    const key = JSON.stringify(seen);
    const eligibility = answers.get(key) ?? assessEligibility({ ...facts, ...one });
    answers.set(key, eligibility);
    return { ...one, eligibility };
  });
}

/** Every reason against one upgrade of so many seats, all unless said otherwise; empty when it is eligible (E1 to E11, E15). */
export function findRefusals(
  facts: SubscriptionFacts,
  target: Offer,
  upgradeType: UpgradeType,
  quantity = facts.subscription.quantity,
): Refusal[] {
  return [...refusalsOfSource(facts, upgradeType), ...refusalsOfTarget(facts, target, quantity)];
}

/** The targets that the partner's upgrade table names for the subscription today, in the table's order (S7, N55). */
export function listedTargets(facts: SubscriptionFacts): Offer[] {
  const { catalog, subscription, customerMarket, pathSwitches } = facts;
  const day = utcDay(facts.now);
  return catalog.paths
    .filter((path) => path.fromOfferId === subscription.offerId)
    .filter((path) => isPathOpen(path, pathSwitches.get(path.pathId), customerMarket, day))
    .map((path) => getOffer(catalog, path.toOfferId))
    .filter((offer) => isSoldIn(offer, customerMarket) && isSoldIn(offer, facts.partnerMarket));
}

/** Reasons that hold whatever the target is. */
export function refusalsOfSource(facts: SubscriptionFacts, upgradeType: UpgradeType): Refusal[] {
  const refusals = [...stateRefusals(facts), ...privilegeRefusals(facts, facts.subscription.offerId, upgradeType)];
  // An app alone may not touch the customer's users (5.2).
  const needsUser = upgradeType === 'upgrade_with_license_transfer' && !facts.userContext;
  return needsUser ? [...refusals, { name: 'user-context-required' }] : refusals;
}

function refusalsOfTarget(facts: SubscriptionFacts, target: Offer, quantity: number): Refusal[] {
  return [...ownershipRefusals(facts, target), ...offerRefusals(facts, target, quantity)];
}

function stateRefusals({ subscription, addOns }: SubscriptionFacts): Refusal[] {
  const refusals: Refusal[] = [];
  if (!mayUpgrade(subscription)) refusals.push(notActive(subscription));
  if (subscription.provisioning !== 'success') {
    refusals.push({ name: 'subscription-not-provisioned', provisioning: subscription.provisioning });
  }
  if (addOns.length > 0) refusals.push({ name: 'add-ons-present', addOns });
  return refusals;
}

/** Condition 2, for the service families of one offer (S12). */
export function privilegeRefusals(
  { catalog, privileges, now }: CustomerFacts,
  offerId: string,
  act: DirectoryAct,
): Refusal[] {
  const families = [...principalFamilies(getOffer(catalog, offerId))];
  return findPrivilegeGaps(privileges, families, act, now).map((gap) => refusalOfGap(gap, act));
}

/** The refusal that a gap in the delegated privileges is. */
export function refusalOfGap(gap: PrivilegeGap, act: DirectoryAct): Refusal {
  const role = roleToRequest(act);
  switch (gap.cause) {
    case 'none':
      return { name: 'delegated-privileges-missing' };
    case 'not-covered':
      return { name: 'delegated-privileges-not-covering', families: gap.families };
    case 'role-missing':
      return { name: 'granular-role-missing', role, families: gap.families };
    case 'lapsed':
      return { name: 'granular-privileges-lapsed', role, families: gap.families, endedAt: gap.endedAt };
  }
}

/**
 * Conditions 3 and 4 look at the whole tenant, whoever sold what (S14 to S17); an owned target is reported under both. The subscription itself
 * and others of its offer have nothing that the target adds and are of another SKU, so that they never stand in the way.
 */
function ownershipRefusals({ catalog, subscription, holdings }: SubscriptionFacts, target: Offer): Refusal[] {
  const added = addedFamilies(getOffer(catalog, subscription.offerId), target);
  const overlaps: ServiceOverlap[] = [];
  const owned: TenantHolding[] = [];
  for (const [offerId, ofOffer] of groupByOffer(holdings)) {
    const offer = getOffer(catalog, offerId);
    const shared = added.filter((family) => principalFamilies(offer).has(family));
    if (shared.length === 0 && offer.skuId !== target.skuId) continue;
    overlaps.push(...ofOffer.flatMap((holding) => shared.map((family) => ({ family, holding }))));
    if (offer.skuId === target.skuId) owned.push(...ofOffer);
  }
  const refusals: Refusal[] = [];
  if (overlaps.length > 0) refusals.push({ name: 'services-already-owned', overlaps });
  if (owned.length > 0) refusals.push({ name: 'target-already-owned', holdings: owned });
  return refusals;
}

function offerRefusals({ subscription, prices }: SubscriptionFacts, target: Offer, quantity: number): Refusal[] {
  const { offerId } = target;
  const { billingCycle } = subscription;
  const refusals: Refusal[] = [];
  const priced = prices.get(offerId);
  if (!priced) refusals.push({ name: 'target-not-priced', offerId });
  if ((priced && !priced[billingCycle]) || !target.billingCycles.includes(billingCycle)) {
    refusals.push({ name: 'billing-cycle-not-supported', offerId, billingCycle });
  }
  const { min, max } = target.seats;
  if (quantity < min || quantity > max) {
    refusals.push({ name: 'quantity-out-of-range', offerId, min, max, requested: quantity });
  }
  return refusals;
}

/** A tenant holds few different offers, so a list of many subscriptions asks each offer once. */
function groupByOffer(holdings: readonly TenantHolding[]): ReadonlyMap<string, readonly TenantHolding[]> {
  let groups = grouped.get(holdings);
  if (!groups) {
    groups = Map.groupBy(holdings, (holding) => holding.offerId);
    grouped.set(holdings, groups);
  }
  return groups;
}

const grouped = new WeakMap<readonly TenantHolding[], ReadonlyMap<string, readonly TenantHolding[]>>();
