import { chargeCycleAt } from '../ledger/charge-cycle.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { servicePeriodAt } from '../values/period.ts';
import type { UpgradeDecision } from './upgrade-decision.ts';

export type Billed = Pick<
  Subscription,
  'platform' | 'purchasedOn' | 'termStartsOn' | 'termEndsOn' | 'termDuration' | 'billingCycle'
>;

/** The last day that is billed together with a day: of its service period on the legacy platform, of its charge cycle on new commerce. */
export function billedTogetherUntil(subscription: Billed, day: Temporal.PlainDate): Temporal.PlainDate {
  const { platform, purchasedOn, billingCycle } = subscription;
  return platform === 'legacy'
    ? servicePeriodAt(purchasedOn, billingCycle, day).end
    : chargeCycleAt(subscription, day).period.end;
}

/**
 * Whether a period after that of the day is billed already, for the source or for what takes the seats. An upgrade of that day settles the
 * rest of its own period alone, so that what was billed ahead would not be credited, or be billed again.
 */
export function isBilledAhead({
  source,
  into,
  effectiveOn,
}: Pick<UpgradeDecision, 'source' | 'into' | 'effectiveOn'>): boolean {
  const isAhead = (one: Subscription) =>
    Temporal.PlainDate.compare(one.billedThrough, billedTogetherUntil(one, effectiveOn)) > 0;
  return isAhead(source) || (into !== null && isAhead(into));
}
