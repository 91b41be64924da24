import { cycleChargesDue, linesForQuantity } from '../ledger/new-commerce-billing.ts';
import type { Refusal } from '../upgrades/refusal.ts';
import { sumMoney } from '../values/money.ts';
import { utcDay } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { batchOf, openBatches, seatsIn, withoutSeats } from './seat-batch.ts';
import { findSeatRefusals, type SeatChange, type SeatFacts } from './seat-rules.ts';
import { mayChangeSeats, MOST_UPDATES } from './subscription.ts';

/**
 * A change of the number of seats on new commerce: more at any time, as a batch of its own with a window of seven days; fewer only out of
 * batches whose window is open, the newest first (N26). The old number is credited and the new one charged for the rest of the charge cycle (B7.4).
 * Refused beside what both platforms refuse: a term that is over and not renewed yet, a trial, seats whose window has closed, more than the
 * tenant may have of the SKU, too many changes.
 */
export function changeNewCommerceSeats(
  facts: SeatFacts,
  quantity: number,
  now: Temporal.Instant,
): Result<SeatChange, Refusal[]> {
  const { subscription, batches } = facts;
  const refusals = [...findSeatRefusals(facts, quantity), ...findNewCommerceRefusals(facts, quantity, now)];
  if (refusals.length > 0) return refused(refusals);
  const on = utcDay(now);
  const { newCommerce: rounding } = facts.rounding;
  const dueLines = cycleChargesDue(subscription, on, rounding);
  const due = dueLines.slice(-1).map(({ amount }) => amount);
  const charged = sumMoney(subscription.unitPrice.currency, [facts.charged, ...due]);
  const lines = linesForQuantity(subscription, quantity, { on, charged }, rounding);
  const more = quantity - subscription.quantity;
  const after = more > 0 ? [...batches, batchOf(more, now)] : withoutSeats(batches, -more, now);
  return accepted({ quantity, dueLines, lines, batches: after });
}

function findNewCommerceRefusals(facts: SeatFacts, quantity: number, now: Temporal.Instant): Refusal[] {
  const { subscription, offer, tenantSeats } = facts;
  const refusals: Refusal[] = [];
  const { termEndsOn } = subscription;
  if (mayChangeSeats(subscription) && Temporal.PlainDate.compare(termEndsOn, utcDay(now)) < 0) {
    refusals.push({ name: 'renewal-running', termEndsOn });
  }
  if (offer.product?.trial) refusals.push({ name: 'trial-not-changeable' });
  const removable = Math.min(seatsIn(openBatches(facts.batches, now)), subscription.quantity);
  const fewer = subscription.quantity - quantity;
  if (fewer > removable) {
    refusals.push({ name: 'seats-not-removable', removable, requested: fewer, renewsOn: termEndsOn.add({ days: 1 }) });
  }
  const { max } = offer.seats;
  const held = Math.max(0, tenantSeats - subscription.quantity);
  if (fewer < 0 && quantity <= max && held + quantity > max) {
    refusals.push({ name: 'tenant-maximum-exceeded', offerId: offer.offerId, max, held, requested: quantity });
  }
  if (subscription.updates >= MOST_UPDATES) refusals.push({ name: 'too-many-updates', most: MOST_UPDATES });
  return refusals;
}
