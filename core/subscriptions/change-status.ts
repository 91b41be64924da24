import type { BilledLine, BillingLine } from '../ledger/charge.ts';
import type { RoundingConventions } from '../ledger/conventions.ts';
import { creditForCancellation, type LegacyRounding, linesForSeatChange } from '../ledger/legacy-billing.ts';
import { notActive, type Refusal } from '../upgrades/refusal.ts';
import { isInFirstMonth } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { linesDue, SUSPENDED_DAYS } from './lifecycle.ts';
import type { Subscription } from './subscription.ts';

/** A subscription as an act leaves it. */
export type SubscriptionChange = {
  readonly after: Subscription;
  /** Fees of periods that began since the last bill; owed with or without the act. */
  readonly dueLines: readonly BillingLine[];
  readonly lines: readonly BillingLine[];
};

/**
 * Suspends. On the legacy platform billing stops, and what was paid is credited as a cancellation does: all of the running service period in the
 * first month, later its remaining days (B1.4, B3, B4). On new commerce it goes on being billed, will not renew, and loses what was
 * scheduled (L3, N40).
 * Refused: not active, a trial (N50).
 */
export function decideSuspension(
  subscription: Subscription,
  billed: readonly BilledLine[],
  on: Temporal.PlainDate,
  rounding: RoundingConventions = {},
): Result<SubscriptionChange, Refusal[]> {
  if (subscription.status !== 'active') return refused([notActive(subscription)]);
  if (subscription.billingCycle === 'none') return refused([{ name: 'trial-not-changeable' }]);
  const version = subscription.version + 1;
  const dueLines = linesDue(subscription, on, rounding);
  const billedThrough = dueLines.at(-1)?.period.end ?? subscription.billedThrough;
  if (subscription.platform === 'newCommerce') {
    const after: Subscription = {
      ...subscription,
      status: 'suspended',
      autoRenew: false,
      scheduledChange: null,
      billedThrough,
      version,
    };
    return accepted({ after, dueLines, lines: [] });
  }
  const lines = creditOfSuspension(subscription, [...billed, ...dueLines], on, rounding.legacy);
  const statusUntil = earlier(on.add({ days: SUSPENDED_DAYS }), subscription.termEndsOn.add({ days: 1 }));
  return accepted({
    after: { ...subscription, status: 'suspended', statusUntil, billedThrough, version },
    dueLines,
    lines,
  });
}

/**
 * Takes a suspended subscription back into use. The legacy platform charges the rest of the running service period (B4); new commerce was billed
 * all the time, and does not renew again by itself (L7).
 * Refused: not suspended (L4), an add-on whose base is not active.
 */
export function decideReactivation(
  subscription: Subscription,
  base: Pick<Subscription, 'subscriptionId' | 'status'> | null,
  on: Temporal.PlainDate,
  rounding: RoundingConventions = {},
): Result<SubscriptionChange, Refusal[]> {
  const { status } = subscription;
  const refusals: Refusal[] = [];
  if (status !== 'suspended') refusals.push({ name: 'not-suspended', status });
  if (base && base.status !== 'active')
    refusals.push({ name: 'base-not-active', baseSubscriptionId: base.subscriptionId });
  if (refusals.length > 0) return refused(refusals);
  const statusUntil = subscription.termEndsOn.add({ days: 1 });
  const active: Subscription = { ...subscription, status: 'active', statusUntil, version: subscription.version + 1 };
  if (subscription.platform === 'newCommerce') {
    const dueLines = linesDue(subscription, on, rounding);
    const billedThrough = dueLines.at(-1)?.period.end ?? subscription.billedThrough;
    return accepted({ after: { ...active, billedThrough }, dueLines, lines: [] });
  }
  const lines = linesForSeatChange({ ...subscription, quantity: 0 }, [], subscription.quantity, on, rounding.legacy);
  const billedThrough = lines.at(-1)?.period.end ?? subscription.billedThrough;
  return accepted({ after: { ...active, billedThrough }, dueLines: [], lines });
}

/**
 * Says whether a subscription renews at its end; without, nothing stays scheduled for that (L7, N40).
 * Refused: one whose term is over, and a suspended one of new commerce, which does not renew (L3).
 */
export function decideAutoRenew(subscription: Subscription, autoRenew: boolean): Result<SubscriptionChange, Refusal[]> {
  const { status, platform } = subscription;
  const runs = status === 'active' || (status === 'suspended' && platform === 'legacy');
  if (!runs) return refused([notActive(subscription)]);
  const scheduledChange = autoRenew ? subscription.scheduledChange : null;
  const after = { ...subscription, autoRenew, scheduledChange, version: subscription.version + 1 };
  return accepted({ after, dueLines: [], lines: [] });
}

/** After the first month what was billed is taken back and charged again up to the day before, as every change of a period is (B2). */
function creditOfSuspension(
  terms: Subscription,
  billed: readonly BilledLine[],
  on: Temporal.PlainDate,
  rounding: LegacyRounding | undefined,
): readonly BillingLine[] {
  if (isInFirstMonth(terms.purchasedOn, on)) return creditForCancellation(terms, billed, on, rounding);
  return linesForSeatChange(terms, billed, 0, on, rounding).filter(({ quantity }) => quantity > 0);
}

function earlier(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) <= 0 ? one : other;
}
