import { utcDay } from '../values/period.ts';
import { openBatches, seatsIn } from './seat-batch.ts';
import type { SeatFacts } from './seat-rules.ts';
import { MOST_UPDATES } from './subscription.ts';

/** Within what the number of seats can be changed. */
export type SeatLimits = {
  readonly min: number;
  readonly max: number;
  /** What holds on new commerce besides; null: the legacy platform knows none of it. */
  readonly newCommerce: {
    /** Seats of the SKU that the tenant has beside this subscription; both together have `max` at most (N28). */
    readonly heldElsewhere: number;
    /** How many can be removed today (N26). */
    readonly removable: number;
    readonly updates: number;
    readonly mostUpdates: number;
  } | null;
};

export function seatLimits(
  { subscription, offer, batches, tenantSeats }: Pick<SeatFacts, 'subscription' | 'offer' | 'batches' | 'tenantSeats'>,
  now: Temporal.Instant,
): SeatLimits {
  const { min, max } = offer.seats;
  const { quantity, updates, platform, termEndsOn } = subscription;
  if (platform === 'legacy') return { min, max, newCommerce: null };
  const runs = Temporal.PlainDate.compare(utcDay(now), termEndsOn) <= 0;
  const removable = runs ? Math.min(seatsIn(openBatches(batches, now)), quantity) : 0;
  const heldElsewhere = Math.max(0, tenantSeats - quantity);
  return { min, max, newCommerce: { heldElsewhere, removable, updates, mostUpdates: MOST_UPDATES } };
}
