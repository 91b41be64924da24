/**
 * Seats that were added together. They can be removed until their window closes, which is counted for each batch alone; those of a renewal are
 * one batch (N26).
 */
export type SeatBatch = {
  readonly quantity: number;
  readonly addedAt: Temporal.Instant;
  readonly removableUntil: Temporal.Instant;
};

/** Seven days, counted in hours from the moment of a purchase, a renewal or an addition (N26, N33). */
export const WINDOW_HOURS = 168;

export function batchOf(quantity: number, addedAt: Temporal.Instant): SeatBatch {
  return { quantity, addedAt, removableUntil: addedAt.add({ hours: WINDOW_HOURS }) };
}

/** Those of which seats can still be removed, the newest first. */
export function openBatches(batches: readonly SeatBatch[], now: Temporal.Instant): SeatBatch[] {
  return batches
    .filter(({ removableUntil }) => Temporal.Instant.compare(now, removableUntil) < 0)
    .toSorted((one, other) => Temporal.Instant.compare(other.addedAt, one.addedAt));
}

export function seatsIn(batches: readonly SeatBatch[]): number {
  return batches.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** What is left when so many seats go, out of the newest open batches first. There must be as many in them. */
export function withoutSeats(batches: readonly SeatBatch[], seats: number, now: Temporal.Instant): SeatBatch[] {
  let left = seats;
  const reduced = new Map<SeatBatch, number>();
  for (const batch of openBatches(batches, now)) {
    const taken = Math.min(left, batch.quantity);
    reduced.set(batch, batch.quantity - taken);
    left -= taken;
  }
  return batches
    .map((batch) => ({ ...batch, quantity: reduced.get(batch) ?? batch.quantity }))
    .filter(({ quantity }) => quantity > 0);
}
