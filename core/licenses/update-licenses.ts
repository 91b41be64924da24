import { type Catalog, getOffer, type Offer } from '../catalog/offer.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import type { License, LicensedUser, LicenseFault } from './license.ts';
import { findDependents, findLicenseFaults } from './plan-transfer.ts';

/** A user with every license held, through whatever channel. */
export type LicenseHolder = Omit<LicensedUser, 'license' | 'otherLicenses'> & { readonly licenses: readonly License[] };

/** An active subscription of the partner whose licenses can be given. */
export type Supply = { readonly subscriptionId: string; readonly offerId: string; readonly free: number };

/** What is asked for; SKUs and plans by their ids. */
export type LicenseUpdate = {
  readonly assign: readonly { readonly skuId: string; readonly excludedPlanIds: readonly string[] }[];
  readonly remove: readonly string[];
};

export type LicenseUpdateRefusal =
  | { readonly name: 'sku-not-subscribed' | 'license-not-held'; readonly skuId: string }
  | { readonly name: 'plan-not-in-sku'; readonly skuId: string; readonly planId: string }
  | { readonly name: 'license-fault'; readonly offerId: string; readonly fault: LicenseFault };

export type LicenseChange = { readonly removed: readonly License[]; readonly given: readonly License[] };

/**
 * Which licenses a user gives up and gets, all of it or every reason against it. A SKU that is held already keeps its license and takes
 * over what is switched off; otherwise the first subscription with a free license gives one.
 */
export function decideLicenseUpdate(
  catalog: Catalog,
  holder: LicenseHolder,
  supply: readonly Supply[],
  { assign, remove }: LicenseUpdate,
): Result<LicenseChange, readonly LicenseUpdateRefusal[]> {
  const offerOf = ({ offerId }: Pick<License, 'offerId'>) => getOffer(catalog, offerId);
  const removed = holder.licenses.filter((license) => remove.includes(offerOf(license).skuId));
  const kept = holder.licenses.filter((license) => !removed.includes(license));
  const refusals: LicenseUpdateRefusal[] = remove
    .filter((skuId) => !removed.some((license) => offerOf(license).skuId === skuId))
    .map((skuId) => ({ name: 'license-not-held', skuId }));

  const given: License[] = [];
  // A SKU that is named twice is meant once, as it was named last.
  for (const { skuId, excludedPlanIds } of new Map(assign.map((one) => [one.skuId, one])).values()) {
    const found = findLicense(skuId, kept, supply, offerOf);
    if (!('subscriptionId' in found)) {
      refusals.push(found);
      continue;
    }
    const plans = switchedOffPlans(offerOf(found), excludedPlanIds);
    if (plans.ok)
      given.push({ subscriptionId: found.subscriptionId, offerId: found.offerId, switchedOff: plans.value });
    else refusals.push(...plans.refused.map((planId) => ({ name: 'plan-not-in-sku' as const, skuId, planId })));
  }
  const renewed = new Set(given.map(({ subscriptionId }) => subscriptionId));
  const after = [...kept.filter(({ subscriptionId }) => !renewed.has(subscriptionId)), ...given];
  refusals.push(...faultsOf(catalog, holder, { removed, given, after }));
  return refusals.length > 0 ? refused(refusals) : accepted({ removed, given });
}

function findLicense(
  skuId: string,
  kept: readonly License[],
  supply: readonly Supply[],
  offerOf: (of: Pick<License, 'offerId'>) => Offer,
): Pick<License, 'subscriptionId' | 'offerId'> | LicenseUpdateRefusal {
  const held = kept.find((license) => offerOf(license).skuId === skuId);
  if (held) return held;
  const ofSku = supply.filter((one) => offerOf(one).skuId === skuId);
  const [first] = ofSku;
  if (!first) return { name: 'sku-not-subscribed', skuId };
  const seats = ofSku.reduce((sum, { free }) => sum + Math.max(free, 0), 0);
  const fault = { name: 'no-free-license', seats } as const;
  return ofSku.find(({ free }) => free > 0) ?? { name: 'license-fault', offerId: first.offerId, fault };
}

function switchedOffPlans(offer: Offer, planIds: readonly string[]): Result<string[], string[]> {
  const named = planIds.map((planId) => offer.servicePlans.find((plan) => plan.planId === planId)?.planName);
  const unknown = planIds.filter((_, index) => named[index] === undefined);
  return unknown.length > 0 ? refused(unknown) : accepted(named.filter((name) => name !== undefined));
}

/** What speaks against the licenses that the user would have, each fault once. */
function faultsOf(
  catalog: Catalog,
  { licenses: _, ...user }: LicenseHolder,
  { removed, given, after }: LicenseChange & { readonly after: readonly License[] },
): LicenseUpdateRefusal[] {
  const ofGiven = given.flatMap((license) => {
    const otherLicenses = after.filter((other) => other !== license);
    const holder = { ...user, license, otherLicenses };
    const offer = getOffer(catalog, license.offerId);
    return findLicenseFaults(catalog, holder, offer, license.switchedOff).map((fault) => [license, fault] as const);
  });
  const ofRemoved = removed.flatMap((license) =>
    findDependents(catalog, { ...user, license, otherLicenses: after }).map((fault) => [license, fault] as const),
  );
  return [...ofGiven, ...ofRemoved].map(([{ offerId }, fault]) => ({ name: 'license-fault', offerId, fault }));
}
