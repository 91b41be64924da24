import { type Catalog, getOffer } from '../catalog/offer.ts';
import type { UpgradeType } from '../customers/relationship.ts';
import type { License, LicensedUser } from '../licenses/license.ts';
import { planTransfer, type TransferPlan } from '../licenses/plan-transfer.ts';
import type { LifecycleStep } from '../subscriptions/lifecycle.ts';
import type { Scheduling } from '../subscriptions/scheduled-change.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Money, sumMoney } from '../values/money.ts';

/** An upgrade that a renewal carried out. */
export type RenewalUpgrade = {
  readonly source: Subscription;
  /** The same subscription in its new term. */
  readonly target: Subscription;
  /** With as many seats as before the users move by themselves, with another number a person moves them (N42). */
  readonly upgradeType: UpgradeType;
  readonly effectiveOn: Temporal.PlainDate;
  readonly charge: Money;
  /** Null: it was scheduled before this was kept. */
  readonly scheduled: Scheduling | null;
};

/**
 * The change of product that was scheduled for a renewal and came about with it (N39), a trial that becomes what was scheduled for it too (N50).
 * Null: the product stays what it was, nobody scheduled what a trial became, or what was scheduled had no price any more and did not happen. Nothing
 * is credited, for the old term is over. The charge is what the renewal writes: the first charge cycle of the new term, so one month where it is
 * billed monthly, all seats at their new price; what later cycles cost is billed like that of any term.
 */
export function upgradeAtRenewal({ before, after, day, lines }: LifecycleStep): RenewalUpgrade | null {
  const change = before.scheduledChange;
  if (!change || after.status !== 'active' || after.offerId === before.offerId) return null;
  const isAsScheduled =
    after.offerId === change.offerId &&
    after.termDuration === change.termDuration &&
    after.billingCycle === change.billingCycle;
  if (!isAsScheduled) return null;
  const amounts = lines.map(({ amount }) => amount);
  return {
    source: before,
    target: after,
    upgradeType: after.quantity === before.quantity ? 'upgrade_with_license_transfer' : 'upgrade_only',
    effectiveOn: day,
    charge: sumMoney(after.unitPrice.currency, amounts),
    scheduled: change.scheduled ?? null,
  };
}

/**
 * Who moves at upgrades that renewals carried out for one customer, in their order: a later one finds the other licenses of its users as those
 * before it left them. `users` are those of each source as it was before all of them, by subscription; `leftIn` is the subscription in which
 * licenses stay that are not exchanged.
 */
export function transfersAtRenewal<Upgrade extends RenewalUpgrade & { readonly leftIn: string }>(
  catalog: Catalog,
  upgrades: readonly Upgrade[],
  users: ReadonlyMap<string, readonly LicensedUser[]>,
): (Upgrade & { readonly transfer: TransferPlan })[] {
  const become = new Map<string, License>();
  return upgrades.map((upgrade) => {
    const { source, target, upgradeType, leftIn } = upgrade;
    const found = (users.get(source.subscriptionId) ?? []).map((user) => ({
      ...user,
      otherLicenses: user.otherLicenses.map((license) => become.get(keyOf(user, license)) ?? license),
    }));
    const offer = getOffer(catalog, target.offerId);
    const transfer = planTransfer(catalog, found, offer, upgradeType, target.quantity);
    for (const { user, change, faults } of transfer.moves) {
      const switchedOff = transfer.changes[change]?.staysOff ?? [];
      const moved = { ...user.license, offerId: target.offerId, switchedOff };
      become.set(keyOf(user, user.license), faults.length === 0 ? moved : { ...user.license, subscriptionId: leftIn });
    }
    return { ...upgrade, transfer };
  });
}

function keyOf({ userId }: LicensedUser, { subscriptionId }: License): string {
  return `${userId} ${subscriptionId}`;
}
