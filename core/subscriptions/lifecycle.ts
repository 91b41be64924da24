import type { BillingLine } from '../ledger/charge.ts';
import type { RoundingConventions } from '../ledger/conventions.ts';
import { cycleFeesDue } from '../ledger/legacy-billing.ts';
import { cycleChargesDue } from '../ledger/new-commerce-billing.ts';
import { startOf } from '../values/period.ts';
import { convertTrial, renewLegacy, renewNewCommerce, type RenewalFacts } from './renewal.ts';
import type { SeatBatch } from './seat-batch.ts';
import type { Subscription } from './subscription.ts';

/** What happens to a subscription by the calendar alone. */
export type LifecycleEvent = 'charged' | 'renewed' | 'converted' | 'expired' | 'disabled' | 'deleted';

/** One thing that fell due on a day, with its billing lines and what the subscription is after it. */
export type LifecycleStep = {
  readonly event: LifecycleEvent;
  readonly day: Temporal.PlainDate;
  readonly before: Subscription;
  readonly after: Subscription;
  readonly lines: readonly BillingLine[];
  /** Takes the place of all batches before it; null: those stay. */
  readonly batch: SeatBatch | null;
};

/** Days that the states after a term last (L2, L3); a suspended one goes through both disabled states, which look the same. */
const EXPIRED_DAYS = 30;
const DISABLED_DAYS = 90;
const DISABLED_AFTER_SUSPENDED_DAYS = 120;
/** How long a legacy subscription can stay suspended before it is gone (L2). */
export const SUSPENDED_DAYS = 90;

/** The next day on which something happens by itself; null: never. The database computes the same in `due_on`. */
export function dueOn(subscription: Subscription): Temporal.PlainDate | null {
  const { status, platform, statusUntil, billedThrough } = subscription;
  if (status === 'pending' || status === 'deleted') return null;
  const isBilled = status === 'active' || (status === 'suspended' && platform === 'newCommerce');
  if (!isBilled) return statusUntil;
  const billedOn = billedThrough.add({ days: 1 });
  return statusUntil && Temporal.PlainDate.compare(statusUntil, billedOn) < 0 ? statusUntil : billedOn;
}

/** Whether a term or a state is over, so that what follows it comes first (N43). */
export function isOver({ statusUntil }: Subscription, on: Temporal.PlainDate): boolean {
  return statusUntil !== null && Temporal.PlainDate.compare(statusUntil, on) <= 0;
}

/** Everything that falls due for the subscriptions of one customer with one partner until the end of a day, day by day. */
export function lifecycleSteps(
  facts: RenewalFacts,
  subscriptions: readonly Subscription[],
  through: Temporal.PlainDate,
): LifecycleStep[] {
  const now = new Map(subscriptions.map((one) => [one.subscriptionId, one]));
  const steps: LifecycleStep[] = [];
  let known = facts;
  for (let next = firstDue(now.values(), through); next; next = firstDue(now.values(), through)) {
    const step = stepOf(known, next.subscription, next.day);
    steps.push(step);
    now.set(step.after.subscriptionId, step.after);
    const { offerId, promotionId } = step.after;
    // The next term finds the promotion used once more, as it would day by day.
    if (step.event === 'renewed' && promotionId) {
      known = { ...known, held: [...known.held, { offerId, quantity: 0, status: 'deleted', promotionId }] };
    }
  }
  return steps;
}

function firstDue(subscriptions: Iterable<Subscription>, through: Temporal.PlainDate) {
  let first: { readonly subscription: Subscription; readonly day: Temporal.PlainDate } | undefined;
  for (const subscription of subscriptions) {
    const day = dueOn(subscription);
    if (!day || Temporal.PlainDate.compare(day, through) > 0) continue;
    if (!first || Temporal.PlainDate.compare(day, first.day) < 0) first = { subscription, day };
  }
  return first;
}

function stepOf(facts: RenewalFacts, before: Subscription, day: Temporal.PlainDate): LifecycleStep {
  if (isOver(before, day)) return { day, before, ...endOfStatus(facts, before, day) };
  const lines = linesDue(before, day, facts.rounding);
  const last = lines.at(-1);
  // Past the last day of a term there is nothing to bill, whatever the status says.
  if (!last) return { day, before, ...endOfStatus(facts, before, day) };
  const after = { ...before, billedThrough: last.period.end };
  return { event: 'charged', day, before, after, lines, batch: null };
}

/** The fees of periods that began after the last billed day, up to and with a day, by platform. */
export function linesDue(
  subscription: Subscription,
  on: Temporal.PlainDate,
  { legacy, newCommerce }: RoundingConventions,
): BillingLine[] {
  return subscription.platform === 'legacy'
    ? cycleFeesDue(subscription, on, legacy)
    : cycleChargesDue(subscription, on, newCommerce);
}

type Ending = Pick<LifecycleStep, 'event' | 'after' | 'lines' | 'batch'>;

/** What a status becomes when its time is over, by platform (L2, L3). */
function endOfStatus(facts: RenewalFacts, before: Subscription, day: Temporal.PlainDate): Ending {
  return before.platform === 'legacy' ? endOnLegacy(facts, before, day) : endOnNewCommerce(facts, before, day);
}

/** A legacy trial is not paid by itself (B10.2). One that was suspended counts as given up, any other as run out. */
function endOnLegacy(facts: RenewalFacts, before: Subscription, day: Temporal.PlainDate): Ending {
  const renews = before.status === 'active' && before.autoRenew && before.billingCycle !== 'none';
  if (renews) return { event: 'renewed', ...renewLegacy(facts, before, day) };
  return deleted(before, day, before.status === 'suspended' ? 'cancelled' : 'expired');
}

function endOnNewCommerce(facts: RenewalFacts, before: Subscription, day: Temporal.PlainDate): Ending {
  switch (before.status) {
    case 'active': {
      const converted = before.autoRenew && before.billingCycle === 'none' && convertTrial(facts, before, day);
      if (converted) return { event: 'converted', ...converted };
      const renews = before.autoRenew && before.billingCycle !== 'none';
      if (renews) return { event: 'renewed', ...renewNewCommerce(facts, before, day) };
      return moved(before, 'expired', day.add({ days: EXPIRED_DAYS }));
    }
    case 'suspended':
      return moved(before, 'disabled', day.add({ days: DISABLED_AFTER_SUSPENDED_DAYS }));
    case 'expired':
      return moved(before, 'disabled', day.add({ days: DISABLED_DAYS }));
    default:
      return deleted(before, day, 'expired');
  }
}

function moved(before: Subscription, status: 'expired' | 'disabled', statusUntil: Temporal.PlainDate): Ending {
  const version = before.version + 1;
  const after: Subscription = {
    ...before,
    status,
    statusUntil,
    cancellableUntil: null,
    scheduledChange: null,
    version,
  };
  return { event: status, after, lines: [], batch: null };
}

function deleted(before: Subscription, day: Temporal.PlainDate, endedReason: 'cancelled' | 'expired'): Ending {
  const after: Subscription = {
    ...before,
    status: 'deleted',
    statusUntil: null,
    cancellableUntil: null,
    scheduledChange: null,
    endedReason,
    endedAt: startOf(day),
    successorId: null,
    version: before.version + 1,
  };
  return { event: 'deleted', after, lines: [], batch: null };
}
