import type { SeatBatch } from '../../core/subscriptions/seat-batch.ts';

/** The seats of subscription `s` that were added together, oldest first. */
export const batchesJson = (s: string) => `
  (select coalesce(json_agg(json_build_object('quantity', b.quantity, 'addedAt', b.added_at,
      'removableUntil', b.removable_until) order by b.added_at, b.batch_id), '[]')
    from seat_batches b where b.customer_id = ${s}.customer_id and b.subscription_id = ${s}.subscription_id)`;

export type BatchJson = { quantity: number; addedAt: string; removableUntil: string };

export function toBatch({ quantity, addedAt, removableUntil }: BatchJson): SeatBatch {
  return { quantity, addedAt: Temporal.Instant.from(addedAt), removableUntil: Temporal.Instant.from(removableUntil) };
}

/** Rows for `insertBatches` and `replaceBatches`. */
export function toBatchRows(batches: readonly SeatBatch[], newId: () => string) {
  return batches.map(({ quantity, addedAt, removableUntil }) => ({
    batch_id: newId(),
    quantity,
    added_at: addedAt.toString(),
    removable_until: removableUntil.toString(),
  }));
}

/** An insert of batches out of a JSON list of rows with their subscriptions, to stand in a larger statement. All arguments are SQL expressions. */
export function insertBatches(of: { rows: string; customerId: string; partnerId: string }): string {
  return `insert into seat_batches (customer_id, partner_id, subscription_id, batch_id, quantity, added_at, removable_until)
    select ${of.customerId}, ${of.partnerId}, r.* from jsonb_to_recordset(${of.rows}) as r (subscription_id uuid, batch_id uuid,
      quantity integer, added_at timestamptz, removable_until timestamptz)`;
}

/** Parts of a `with` that put other batches in place of all of one subscription; null instead of rows: they stay. */
export function replaceBatches(of: {
  rows: string;
  customerId: string;
  partnerId: string;
  subscriptionId: string;
}): string {
  return `gone_batches as (
      delete from seat_batches where ${of.rows} is not null and customer_id = ${of.customerId}
        and subscription_id = ${of.subscriptionId}),
    new_batches as (
      insert into seat_batches (customer_id, partner_id, subscription_id, batch_id, quantity, added_at, removable_until)
      select ${of.customerId}, ${of.partnerId}, ${of.subscriptionId}, r.*
      from jsonb_to_recordset(coalesce(${of.rows}, '[]')) as r (batch_id uuid, quantity integer, added_at timestamptz,
        removable_until timestamptz))`;
}
