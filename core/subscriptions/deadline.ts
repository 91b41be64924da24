import { cycleFee } from '../ledger/new-commerce-billing.ts';
import { periodFee } from '../ledger/legacy-billing.ts';
import type { Money } from '../values/money.ts';
import { type BillingCycle, isInFirstMonth, termAt, type TermDuration, utcDay } from '../values/period.ts';
import { openBatches, type SeatBatch, seatsIn } from './seat-batch.ts';
import { mayChangeSeats, type Subscription } from './subscription.ts';

/**
 * What a last day is the end of: `window` of taking back what was bought, `renewal`, the conversion of a trial, the end of a term that does not
 * renew, and that of a suspension.
 */
export type DeadlineKind = 'window' | 'renewal' | 'conversion' | 'end' | 'suspension';

/** What can be done until then, and no longer. */
export type DeadlineAct =
  | { readonly act: 'removeSeats'; readonly seats: number }
  | { readonly act: 'cancel'; readonly refund: 'full' | 'partial' }
  | { readonly act: 'scheduleChange' | 'turnAutoRenewOff' | 'turnAutoRenewOn' | 'reactivate' };

/** What becomes of the subscription if nobody does anything. */
export type DeadlineOutcome =
  | { readonly outcome: 'committed'; readonly quantity: number; readonly until: Temporal.PlainDate }
  | {
      readonly outcome: 'renews' | 'converts';
      readonly offerId: string;
      readonly quantity: number;
      readonly termDuration: TermDuration;
      readonly billingCycle: BillingCycle;
      /** True where it was scheduled so. */
      readonly scheduled: boolean;
    }
  | { readonly outcome: 'expires' | 'disabled' | 'ends' };

export type Deadline = {
  readonly kind: DeadlineKind;
  /** The last UTC day on which the change is possible. */
  readonly day: Temporal.PlainDate;
  /** The moment on or after that day from which it no longer is. */
  readonly until: Temporal.Instant;
  readonly acts: readonly DeadlineAct[];
  readonly otherwise: DeadlineOutcome;
};

type Facts = {
  readonly subscription: Subscription;
  /** Of new commerce; none on the legacy platform. */
  readonly batches: readonly SeatBatch[];
  /** Users that hold a license: never fewer seats renew (W5). */
  readonly assigned: number;
  /** The offer that a trial becomes; null: it is none, or nothing paid follows it. */
  readonly becomesOfferId: string | null;
};

/**
 * The next last day on which something about a subscription can still be changed. Null: nothing can be any more, or not yet (L4, a pending one).
 * New commerce: seats and the whole of it within seven days (N26, N33), then what renews, up to the last day of the term (N39, N43, L7). Legacy: a
 * full refund within the first month of a term (B1.4), then its renewal. Suspended: taken back into use before it is gone (L2, L3).
 */
export function nextDeadline(facts: Facts, now: Temporal.Instant): Deadline | null {
  const { status } = facts.subscription;
  if (status !== 'active' && status !== 'suspended') return null;
  const window = windowOf(facts, now);
  const end = endOf(facts);
  return window && Temporal.PlainDate.compare(window.day, end.day) <= 0 ? window : end;
}

/** Whether the term that follows binds for a year or more; month-to-month ones roll over by themselves and are kept apart. Legacy terms are years. */
export function isCommitment({
  termDuration,
  billingCycle,
  scheduledChange,
}: Pick<Subscription, 'termDuration' | 'billingCycle' | 'scheduledChange'>): boolean {
  return billingCycle === 'none' || (scheduledChange?.termDuration ?? termDuration) !== 'P1M';
}

/** What a whole charge cycle or service period costs. */
export function valuePerCycle(subscription: Subscription): Money {
  return subscription.platform === 'legacy' ? periodFee(subscription) : cycleFee(subscription);
}

function windowOf(facts: Facts, now: Temporal.Instant): Deadline | null {
  return facts.subscription.platform === 'legacy' ? firstMonthOf(facts, now) : sevenDaysOf(facts, now);
}

/** Legacy: cancelled or suspended within the first month of its term all comes back, later only the days that are left (B1.4, B3, B4). */
function firstMonthOf({ subscription }: Facts, now: Temporal.Instant): Deadline | null {
  const { purchasedOn, termEndsOn, quantity, status, billingCycle } = subscription;
  const today = utcDay(now);
  if (status !== 'active' || billingCycle === 'none' || !isInFirstMonth(purchasedOn, today)) return null;
  const over = termAt(purchasedOn, today).start.add({ months: 1 });
  return {
    kind: 'window',
    day: over.subtract({ days: 1 }),
    until: startOfDay(over),
    acts: [{ act: 'cancel', refund: 'full' }],
    otherwise: { outcome: 'committed', quantity, until: termEndsOn },
  };
}

/** New commerce: the window that closes first, of seats that were added together or of the whole (N26, N33). */
function sevenDaysOf({ subscription, batches }: Facts, now: Temporal.Instant): Deadline | null {
  const { cancellableUntil, quantity, termEndsOn } = subscription;
  const cancel = cancellableUntil && Temporal.Instant.compare(now, cancellableUntil) < 0 ? cancellableUntil : null;
  const changes = mayChangeSeats(subscription) && subscription.billingCycle !== 'none';
  const open = changes ? openBatches(batches, now) : [];
  const ends = [...(cancel ? [cancel] : []), ...open.map(({ removableUntil }) => removableUntil)];
  const until = ends.toSorted((one, other) => Temporal.Instant.compare(one, other))[0];
  if (!until) return null;
  const closing = open.filter(({ removableUntil }) => removableUntil.equals(until));
  const seats = Math.min(seatsIn(closing), quantity);
  return {
    kind: 'window',
    day: utcDay(until.subtract({ nanoseconds: 1 })),
    until,
    acts: [
      ...(seats > 0 ? [{ act: 'removeSeats', seats } as const] : []),
      ...(cancel?.equals(until) ? [{ act: 'cancel', refund: 'partial' } as const] : []),
    ],
    otherwise: { outcome: 'committed', quantity, until: termEndsOn },
  };
}

/** What comes when the status is over by itself: the day before is the last one. */
function endOf(facts: Facts): Deadline {
  const { subscription } = facts;
  const over = subscription.statusUntil ?? subscription.termEndsOn.add({ days: 1 });
  const at = { day: over.subtract({ days: 1 }), until: startOfDay(over) };
  const isLegacy = subscription.platform === 'legacy';
  if (subscription.status === 'suspended') {
    const outcome = isLegacy ? 'ends' : 'disabled';
    return { kind: 'suspension', ...at, acts: [{ act: 'reactivate' }], otherwise: { outcome } };
  }
  const next = subscription.autoRenew ? nextTerm(facts) : null;
  if (!next) {
    // Who turned auto-renew off can turn it on again; after a trial that nothing follows there is nothing to turn on (E12, B10.2).
    const acts = subscription.autoRenew ? [] : [{ act: 'turnAutoRenewOn' } as const];
    return { kind: 'end', ...at, acts, otherwise: { outcome: isLegacy ? 'ends' : 'expires' } };
  }
  const acts: DeadlineAct[] = [{ act: 'turnAutoRenewOff' }];
  if (!isLegacy) acts.unshift({ act: 'scheduleChange' });
  return { kind: next.outcome === 'converts' ? 'conversion' : 'renewal', ...at, acts, otherwise: next };
}

type NextTerm = Extract<DeadlineOutcome, { readonly outcome: 'renews' | 'converts' }>;

/** The term that begins by itself (N39, N50, B1.2); null: none does. */
function nextTerm({ subscription, assigned, becomesOfferId }: Facts): NextTerm | null {
  const { platform, scheduledChange, offerId, quantity, termDuration, billingCycle } = subscription;
  const outcome = billingCycle === 'none' ? 'converts' : 'renews';
  if (platform === 'newCommerce' && scheduledChange) {
    const { customTermEndsOn: _end, scheduled: _by, ...plan } = scheduledChange;
    return { outcome, ...plan, quantity: Math.max(plan.quantity, assigned), scheduled: true };
  }
  if (outcome === 'renews') return { outcome, offerId, quantity, termDuration, billingCycle, scheduled: false };
  if (platform === 'legacy' || !becomesOfferId) return null;
  const paid = { termDuration: 'P1Y', billingCycle: 'monthly', scheduled: false } as const;
  return { outcome, offerId: becomesOfferId, quantity, ...paid };
}

function startOfDay(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime('UTC').toInstant();
}
