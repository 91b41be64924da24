import { cycleFeesDue, linesForSeatChange } from '../ledger/legacy-billing.ts';
import type { Refusal } from '../upgrades/refusal.ts';
import { utcDay } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { changeNewCommerceSeats } from './change-new-commerce-seats.ts';
import { findSeatRefusals, type SeatChange, type SeatFacts } from './seat-rules.ts';

/**
 * A change of the number of seats, effective that day, by the rules of the subscription's platform (R16).
 * Refused with every reason that holds: not active, not provisioned, outside the limits of the offer, fewer than are assigned; on new commerce
 * see there.
 */
export function decideSeatChange(
  facts: SeatFacts,
  quantity: number,
  now: Temporal.Instant,
): Result<SeatChange, Refusal[]> {
  return facts.subscription.platform === 'newCommerce'
    ? changeNewCommerceSeats(facts, quantity, now)
    : changeLegacySeats(facts, quantity, utcDay(now));
}

/** B3, B4, N27, N29: any number at any time within the limits of one subscription. */
function changeLegacySeats(facts: SeatFacts, quantity: number, on: Temporal.PlainDate): Result<SeatChange, Refusal[]> {
  const refusals = findSeatRefusals(facts, quantity);
  if (refusals.length > 0) return refused(refusals);
  const { subscription } = facts;
  const { legacy } = facts.rounding;
  const dueLines = cycleFeesDue(subscription, on, legacy);
  const lines = linesForSeatChange(subscription, [...facts.billed, ...dueLines], quantity, on, legacy);
  return accepted({ quantity, dueLines, lines, batches: null });
}
