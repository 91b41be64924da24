import type { LifecycleStep } from '../subscriptions/lifecycle.ts';
import type { Scheduling } from '../subscriptions/scheduled-change.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Money, sumMoney } from '../values/money.ts';

/** An upgrade that a renewal carried out. */
export type RenewalUpgrade = {
  readonly source: Subscription;
  /** The same subscription in its new term. */
  readonly target: Subscription;
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
  const charge = sumMoney(after.unitPrice.currency, amounts);
  return { source: before, target: after, effectiveOn: day, charge, scheduled: change.scheduled ?? null };
}
