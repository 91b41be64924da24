import type { BilledLine, BillingLine } from '../ledger/charge.ts';
import { type ChargeCycle, chargeCycleAt } from '../ledger/charge-cycle.ts';
import type { RoundingConventions } from '../ledger/conventions.ts';
import { creditForCancellation, cycleFeesDue } from '../ledger/legacy-billing.ts';
import { creditFromDay, cycleChargesDue, lineOfCycle } from '../ledger/new-commerce-billing.ts';
import { type AddOn, notActive, type Refusal } from '../upgrades/refusal.ts';
import { type Money, sumMoney } from '../values/money.ts';
import { utcDay } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { WINDOW_HOURS } from './seat-batch.ts';
import type { Subscription } from './subscription.ts';

export type CancelFacts = {
  readonly subscription: Subscription;
  /** Living add-ons that hang on it; they are cancelled first. */
  readonly addOns: readonly AddOn[];
  readonly billed: readonly BilledLine[];
  /** What stands in the ledger for the running charge cycle of new commerce, credits taken off. */
  readonly charged: Money;
  /** How the partner has its lines rounded. */
  readonly rounding: RoundingConventions;
};

export type Cancellation = {
  /** All that was charged for the running period, the rest of its days, or nothing. */
  readonly refund: 'full' | 'partial' | 'none';
  /** Fees of periods that began since the last bill; owed with or without the end. */
  readonly dueLines: readonly BillingLine[];
  readonly lines: readonly BillingLine[];
};

/** How long after a purchase or a renewal all comes back (N34, C3). */
const FULL_HOURS = 24;

/** What comes back until when, the larger first; empty: it can no longer be cancelled, or never could (N33, N37, N38). */
export function refundOptions(
  { cancellableUntil }: Pick<Subscription, 'cancellableUntil'>,
  now: Temporal.Instant,
): { readonly type: 'Full' | 'Partial'; readonly until: Temporal.Instant }[] {
  if (!cancellableUntil) return [];
  const options = [
    { type: 'Full' as const, until: cancellableUntil.subtract({ hours: WINDOW_HOURS - FULL_HOURS }) },
    { type: 'Partial' as const, until: cancellableUntil },
  ];
  return options.filter(({ until }) => Temporal.Instant.compare(now, until) < 0);
}

/** On the legacy platform at any time; on new commerce within the window. */
export function isCancellable(subscription: Subscription, now: Temporal.Instant): boolean {
  const { platform, status } = subscription;
  if (status !== 'active' && status !== 'suspended') return false;
  return platform === 'legacy' || refundOptions(subscription, now).length > 0;
}

/**
 * The end of a subscription, for good, on this day, by the rules of its platform. New commerce: within seven days of purchase or renewal; all
 * comes back within 24 hours, then the days from this one on (N33 to N35). Legacy: at any time; within the first month all comes back, then
 * the days from this one on (B1.4); a suspended one is not billed, and gives nothing back.
 * Refused: neither active nor suspended, not provisioned, add-ons on it, the window has closed.
 */
export function decideCancellation(facts: CancelFacts, now: Temporal.Instant): Result<Cancellation, Refusal[]> {
  const refusals = findRefusals(facts, now);
  if (refusals.length > 0) return refused(refusals);
  const cancellation =
    facts.subscription.platform === 'newCommerce' ? cancelNewCommerce(facts, now) : cancelLegacy(facts, utcDay(now));
  return accepted(cancellation);
}

function findRefusals({ subscription, addOns }: CancelFacts, now: Temporal.Instant): Refusal[] {
  const { status, provisioning, platform, cancellableUntil, termEndsOn } = subscription;
  const refusals: Refusal[] = [];
  if (status !== 'active' && status !== 'suspended') refusals.push(notActive(subscription));
  if (provisioning !== 'success') refusals.push({ name: 'subscription-not-provisioned', provisioning });
  if (addOns.length > 0) refusals.push({ name: 'add-ons-present', addOns });
  if (platform === 'newCommerce' && refundOptions(subscription, now).length === 0) {
    const renewsOn = termEndsOn.add({ days: 1 });
    refusals.push({ name: 'cancellation-window-passed', until: cancellableUntil, renewsOn });
  }
  return refusals;
}

function cancelNewCommerce(
  { subscription, charged: booked, rounding: { newCommerce } }: CancelFacts,
  now: Temporal.Instant,
): Cancellation {
  const on = utcDay(now);
  const { quantity, unitPrice } = subscription;
  const dueLines = cycleChargesDue(subscription, on, newCommerce);
  const charged = sumMoney(unitPrice.currency, [booked, ...dueLines.slice(-1).map(({ amount }) => amount)]);
  const isFull = refundOptions(subscription, now).some(({ type }) => type === 'Full');
  const credit = isFull
    ? wholeCycle(subscription, chargeCycleAt(subscription, on), charged)
    : creditFromDay(subscription, 'cancelImmediate', quantity, { on, charged }, newCommerce);
  return { refund: isFull ? 'full' : 'partial', dueLines, lines: [credit] };
}

/** Whatever was charged for the cycle, also where the number of seats changed since. */
function wholeCycle(subscription: Subscription, cycle: ChargeCycle, charged: Money): BillingLine {
  const { period } = cycle;
  const line = lineOfCycle(subscription, 'cancelImmediate', cycle, { period, quantity: -subscription.quantity });
  return { ...line, amount: { ...charged, minor: -charged.minor } };
}

function cancelLegacy(
  { subscription, billed, rounding: { legacy } }: CancelFacts,
  on: Temporal.PlainDate,
): Cancellation {
  if (subscription.status === 'suspended') return { refund: 'none', dueLines: [], lines: [] };
  const dueLines = cycleFeesDue(subscription, on, legacy);
  const lines = creditForCancellation(subscription, [...billed, ...dueLines], on, legacy);
  const isFull = lines.length > 0 && lines.every(({ reverses }) => reverses !== null);
  return { refund: lines.length === 0 ? 'none' : isFull ? 'full' : 'partial', dueLines, lines };
}
