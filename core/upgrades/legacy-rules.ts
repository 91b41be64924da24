import { addedFamilies, getOffer, type Offer, principalFamilies } from '../catalog/offer.ts';
import {
  type DirectoryAct,
  findPrivilegeGaps,
  type PrivilegeGap,
  roleToRequest,
  type UpgradeType,
} from '../customers/relationship.ts';
import { mayUpgrade, type TenantHolding } from '../subscriptions/subscription.ts';
import { notActive, type Refusal, type ServiceOverlap } from './refusal.ts';
import type { CustomerFacts, SubscriptionFacts } from './upgrade-facts.ts';

/** Reasons on the legacy platform that hold whatever the target is. */
export function refusalsOfSource(facts: SubscriptionFacts, upgradeType: UpgradeType): Refusal[] {
  const refusals = [...stateRefusals(facts), ...privilegeRefusals(facts, facts.subscription.offerId, upgradeType)];
  // An app alone may not touch the customer's users (5.2).
  const needsUser = upgradeType === 'upgrade_with_license_transfer' && !facts.userContext;
  return needsUser ? [...refusals, { name: 'user-context-required' }] : refusals;
}

/** Reasons on the legacy platform against a target of so many seats. */
export function refusalsOfTarget(facts: SubscriptionFacts, target: Offer, quantity: number): Refusal[] {
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
