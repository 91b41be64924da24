import type { Offer } from '../catalog/offer.ts';
import type { BilledLine, BillingLine } from '../ledger/charge.ts';
import { cycleFeesDue, linesForSeatChange } from '../ledger/legacy-billing.ts';
import { notActive, type Refusal } from '../upgrades/refusal.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { mayChangeSeats, type Subscription } from './subscription.ts';

export type SeatFacts = {
  readonly subscription: Subscription;
  readonly offer: Offer;
  /** Users that hold a license of the subscription. */
  readonly assigned: number;
  readonly billed: readonly BilledLine[];
};

export type SeatChange = {
  readonly quantity: number;
  /** Fees of periods that began since the last bill; owed with or without the change. */
  readonly dueLines: readonly BillingLine[];
  readonly lines: readonly BillingLine[];
};

/**
 * A change of the number of seats on the legacy platform, effective that day (R16; B3, B4, N27, N29).
 * Refused: not active, not provisioned, outside the offer's limits, fewer than are assigned.
 */
export function decideSeatChange(
  facts: SeatFacts,
  quantity: number,
  on: Temporal.PlainDate,
): Result<SeatChange, Refusal[]> {
  const refusals = findSeatRefusals(facts, quantity);
  if (refusals.length > 0) return refused(refusals);
  const { subscription } = facts;
  const dueLines = cycleFeesDue(subscription, on);
  const lines = linesForSeatChange(subscription, [...facts.billed, ...dueLines], quantity, on);
  return accepted({ quantity, dueLines, lines });
}

function findSeatRefusals({ subscription, offer, assigned }: SeatFacts, quantity: number): Refusal[] {
  const refusals: Refusal[] = [];
  if (!mayChangeSeats(subscription)) {
    refusals.push(notActive(subscription));
  }
  if (subscription.provisioning !== 'success') {
    refusals.push({ name: 'subscription-not-provisioned', provisioning: subscription.provisioning });
  }
  const { min, max } = offer.seats;
  if (quantity < min || quantity > max) {
    refusals.push({ name: 'quantity-out-of-range', offerId: offer.offerId, min, max, requested: quantity });
  }
  if (quantity < assigned) refusals.push({ name: 'licenses-still-assigned', assigned, requested: quantity });
  return refusals;
}
