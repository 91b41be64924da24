import { type Catalog, getOffer, type Offer } from '../catalog/offer.ts';
import { compareServices, findExclusions, type ServiceComparison, type ServicePlan } from '../catalog/service-plan.ts';
import type { UpgradeType } from '../customers/relationship.ts';
import type { License, LicensedUser, LicenseFault } from './license.ts';

/** What a move changes for the users that share one pattern of switched-off services; `staysOff` are plans of the target. */
export type ServiceChange = ServiceComparison & { readonly staysOff: readonly string[] };

export type UserMove = {
  readonly user: LicensedUser;
  /** Index into `changes`. */
  readonly change: number;
  /** Empty: the license is exchanged. Otherwise the user keeps the old one and becomes a license issue. */
  readonly faults: readonly LicenseFault[];
};

export type TransferPlan = { readonly changes: readonly ServiceChange[]; readonly moves: readonly UserMove[] };

/**
 * Who moves to the target, who cannot and why, and what each gains, keeps and loses. A license is exchanged in one step (W13), and services
 * that were switched off stay off where the target has their family (product decision 5). Users come in order; those past `freeSeats` find no license.
 */
export function planTransfer(
  catalog: Catalog,
  users: readonly LicensedUser[],
  target: Offer,
  upgradeType: UpgradeType,
  freeSeats: number,
): TransferPlan {
  const changes: ServiceChange[] = [];
  const indexOf = new Map<string, number>();
  let free = freeSeats;
  const moves = users.map((user) => {
    const pattern = [user.license.offerId, ...user.license.switchedOff].join(' ');
    let change = indexOf.get(pattern);
    if (change === undefined) {
      change = changes.push(changeOf(getOffer(catalog, user.license.offerId), target, user.license)) - 1;
      indexOf.set(pattern, change);
    }
    const faults: LicenseFault[] =
      upgradeType === 'upgrade_only'
        ? [{ name: 'license-not-transferred' }]
        : findLicenseFaults(catalog, user, target, changes[change]?.staysOff ?? []);
    if (faults.length > 0) return { user, change, faults };
    if (free <= 0) return { user, change, faults: [{ name: 'no-free-license', seats: freeSeats } as const] };
    free -= 1;
    return { user, change, faults };
  });
  return { changes, moves };
}

/** Every fault that keeps this user's license from being exchanged for one of the target (W12). */
export function findLicenseFaults(
  catalog: Catalog,
  user: LicensedUser,
  target: Offer,
  staysOff: readonly string[],
): LicenseFault[] {
  const added = enabledPlans(target, staysOff);
  return [
    ...locationFaults(user, target),
    ...user.otherLicenses.flatMap((license) => [
      ...exclusionFaults(catalog, license, added),
      ...dependencyFaults(catalog, user, license, added),
    ]),
    ...addressFaults(user, added),
  ];
}

/** Products of the user that stop working when the license goes and nothing comes instead (W12). */
export function findDependents(catalog: Catalog, user: LicensedUser): LicenseFault[] {
  return user.otherLicenses.flatMap((license) => dependencyFaults(catalog, user, license, []));
}

/** Target plans that stay off: those of a family of which the user had every source plan switched off (product decision 5). */
export function plansThatStayOff(source: Offer, target: Offer, switchedOff: readonly string[]): string[] {
  const off = new Set(switchedOff);
  const familiesOff = new Set(source.servicePlans.filter((plan) => off.has(plan.planName)).map((plan) => plan.family));
  for (const plan of source.servicePlans) if (!off.has(plan.planName)) familiesOff.delete(plan.family);
  const sourcePlans = new Set(source.servicePlans.map((plan) => plan.planName));
  return target.servicePlans
    .filter(({ planName, family }) => (sourcePlans.has(planName) ? off.has(planName) : familiesOff.has(family)))
    .map((plan) => plan.planName);
}

function changeOf(source: Offer, target: Offer, license: License): ServiceChange {
  const staysOff = plansThatStayOff(source, target, license.switchedOff);
  return { ...compareServices(enabledPlans(source, license.switchedOff), enabledPlans(target, staysOff)), staysOff };
}

function locationFaults({ usageLocation }: LicensedUser, target: Offer): LicenseFault[] {
  if (usageLocation === null) return [{ name: 'usage-location-missing' }];
  return target.prohibitedUsageLocations.includes(usageLocation)
    ? [{ name: 'usage-location-not-allowed', usageLocation }]
    : [];
}

function exclusionFaults(catalog: Catalog, license: License, added: readonly ServicePlan[]): LicenseFault[] {
  const held = enabledPlans(getOffer(catalog, license.offerId), license.switchedOff);
  const { subscriptionId, offerId } = license;
  return findExclusions(catalog.exclusions, namesOf(held), namesOf(added)).map((pair) => ({
    name: 'plans-exclude-each-other',
    heldPlan: pair.held,
    addedPlan: pair.added,
    subscriptionId,
    offerId,
  }));
}

function dependencyFaults(
  catalog: Catalog,
  user: LicensedUser,
  license: License,
  added: readonly ServicePlan[],
): LicenseFault[] {
  const { subscriptionId, offerId } = license;
  const kept = user.otherLicenses.flatMap((one) => enabledPlans(getOffer(catalog, one.offerId), one.switchedOff));
  const remaining = new Set(namesOf([...kept, ...added]));
  const before = new Set(namesOf(enabledPlans(getOffer(catalog, user.license.offerId), user.license.switchedOff)));
  return enabledPlans(getOffer(catalog, offerId), license.switchedOff).flatMap(({ planName, dependsOn }) =>
    dependsOn !== null && before.has(dependsOn) && !remaining.has(dependsOn)
      ? [{ name: 'dependent-product' as const, plan: planName, dependsOn, subscriptionId, offerId }]
      : [],
  );
}

function addressFaults({ sharedAddresses }: LicensedUser, added: readonly ServicePlan[]): LicenseFault[] {
  const hasMailbox = added.some((plan) => plan.family === 'exchange');
  return hasMailbox ? sharedAddresses.map((shared) => ({ name: 'duplicate-address' as const, ...shared })) : [];
}

function enabledPlans(offer: Offer, switchedOff: readonly string[]): ServicePlan[] {
  return offer.servicePlans.filter((plan) => !switchedOff.includes(plan.planName));
}

function namesOf(plans: readonly ServicePlan[]): string[] {
  return plans.map((plan) => plan.planName);
}
