import type { Offer } from '../catalog/offer.ts';
import type { BilledLine, BillingLine } from '../ledger/charge.ts';
import type { RoundingConventions } from '../ledger/conventions.ts';
import { notActive, type Refusal, type UserLosing } from '../upgrades/refusal.ts';
import type { Money } from '../values/money.ts';
import type { SeatBatch } from './seat-batch.ts';
import { mayChangeSeats, type Subscription } from './subscription.ts';

export type SeatFacts = {
  readonly subscription: Subscription;
  readonly offer: Offer;
  /** Users that hold a license of the subscription. */
  readonly assigned: number;
  /** The users that find no seat in the number asked for, in the order in which licenses go round; the first of them, if there are many. */
  readonly losing: readonly UserLosing[];
  readonly billed: readonly BilledLine[];
  /** What stands in the ledger for the running charge cycle of new commerce, credits taken off. */
  readonly charged: Money;
  /** How the partner has its lines rounded. */
  readonly rounding: RoundingConventions;
  /** Of new commerce; none on the legacy platform. */
  readonly batches: readonly SeatBatch[];
  /** Seats of its SKU in the whole tenant, its own among them. */
  readonly tenantSeats: number;
};

export type SeatChange = {
  readonly quantity: number;
  /** Fees of periods that began since the last bill; owed with or without the change. */
  readonly dueLines: readonly BillingLine[];
  readonly lines: readonly BillingLine[];
  /** The batches that there are afterwards; null: the platform has none. */
  readonly batches: readonly SeatBatch[] | null;
};

/** Every reason against a number of seats that holds on both platforms (N27, W5). */
export function findSeatRefusals({ subscription, offer, assigned, losing }: SeatFacts, quantity: number): Refusal[] {
  const refusals: Refusal[] = [];
  if (!mayChangeSeats(subscription)) refusals.push(notActive(subscription));
  if (subscription.provisioning !== 'success') {
    refusals.push({ name: 'subscription-not-provisioned', provisioning: subscription.provisioning });
  }
  const { min, max } = offer.seats;
  if (quantity < min || quantity > max) {
    refusals.push({ name: 'quantity-out-of-range', offerId: offer.offerId, min, max, requested: quantity });
  }
  if (quantity < assigned) {
    refusals.push({ name: 'licenses-still-assigned', assigned, requested: quantity, users: losing });
  }
  return refusals;
}
