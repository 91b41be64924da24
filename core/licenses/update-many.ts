import { type Catalog, getOffer } from '../catalog/offer.ts';
import { refused, type Result } from '../values/result.ts';
import type { License } from './license.ts';
import { plansThatStayOff } from './plan-transfer.ts';
import {
  decideLicenseUpdate,
  type LicenseChange,
  type LicenseHolder,
  type LicenseUpdate,
  type LicenseUpdateRefusal,
  type Supply,
} from './update-licenses.ts';

/** What is asked for many users at once; without `excludedPlanIds` a service keeps the state in which each user has it. */
export type LicenseUpdateOfMany = {
  readonly assign: readonly { readonly skuId: string; readonly excludedPlanIds?: readonly string[] | undefined }[];
  readonly remove: readonly string[];
};

/** A license that came through another channel is changed where it was sold. */
export type UserRefusal = LicenseUpdateRefusal | { readonly name: 'license-elsewhere'; readonly skuId: string };

/** `accepted` with nothing given and nothing removed: the user has it already. */
export type DecidedUser = {
  readonly holder: LicenseHolder;
  readonly outcome: Result<LicenseChange, readonly UserRefusal[]>;
};

/**
 * What becomes of each user, in the order given: a license that one takes is not there for the next, one that is given back is. A single
 * license that another replaces hands on which services are off (product decision 5). `own` are the partner's subscriptions.
 */
export function decideForUsers(
  catalog: Catalog,
  holders: readonly LicenseHolder[],
  { supply, own }: { readonly supply: readonly Supply[]; readonly own: ReadonlySet<string> },
  update: LicenseUpdateOfMany,
): DecidedUser[] {
  const free = new Map(supply.map((one) => [one.subscriptionId, one.free]));
  const count = (licenses: readonly License[], by: 1 | -1) => {
    for (const { subscriptionId } of licenses) {
      const before = free.get(subscriptionId);
      if (before !== undefined) free.set(subscriptionId, before + by);
    }
  };
  return holders.map((holder) => {
    const elsewhere = findElsewhere(catalog, holder, own, update);
    if (elsewhere.length > 0) return { holder, outcome: refused(elsewhere) };
    const left = supply.map((one) => ({ ...one, free: free.get(one.subscriptionId) ?? 0 }));
    const outcome = decideLicenseUpdate(catalog, holder, left, updateOf(catalog, holder, supply, update));
    if (outcome.ok) {
      const { removed, given } = outcome.value;
      count(removed, 1);
      const held = holder.licenses.filter((license) => !removed.includes(license));
      count(
        given.filter((license) => !held.some((one) => one.subscriptionId === license.subscriptionId)),
        -1,
      );
    }
    return { holder, outcome };
  });
}

function findElsewhere(
  catalog: Catalog,
  { licenses }: LicenseHolder,
  own: ReadonlySet<string>,
  { assign, remove }: LicenseUpdateOfMany,
): UserRefusal[] {
  const changed = [...remove, ...assign.flatMap((one) => (one.excludedPlanIds ? [one.skuId] : []))];
  return [...new Set(changed)]
    .filter((skuId) =>
      licenses.some(
        (license) => getOffer(catalog, license.offerId).skuId === skuId && !own.has(license.subscriptionId),
      ),
    )
    .map((skuId) => ({ name: 'license-elsewhere', skuId }));
}

/** The same for one user: what is held already and not to be changed is left alone. */
function updateOf(
  catalog: Catalog,
  { licenses }: LicenseHolder,
  supply: readonly Supply[],
  { assign, remove }: LicenseUpdateOfMany,
): LicenseUpdate {
  const holds = (skuId: string) => licenses.find((license) => getOffer(catalog, license.offerId).skuId === skuId);
  const [only] = remove.length === 1 ? remove : [];
  const replaced = only === undefined ? undefined : holds(only);
  return {
    remove,
    assign: assign.flatMap(({ skuId, excludedPlanIds }) => {
      if (excludedPlanIds) return [{ skuId, excludedPlanIds }];
      if (holds(skuId) && !remove.includes(skuId)) return [];
      return [{ skuId, excludedPlanIds: handedOn(catalog, replaced, supply, skuId) }];
    }),
  };
}

function handedOn(
  catalog: Catalog,
  replaced: License | undefined,
  supply: readonly Supply[],
  skuId: string,
): readonly string[] {
  const target = supply.map(({ offerId }) => getOffer(catalog, offerId)).find((offer) => offer.skuId === skuId);
  if (!replaced || !target) return [];
  const off = plansThatStayOff(getOffer(catalog, replaced.offerId), target, replaced.switchedOff);
  return target.servicePlans.filter(({ planName }) => off.includes(planName)).map(({ planId }) => planId);
}
