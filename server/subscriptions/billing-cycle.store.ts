import type { CycleFacts, NewCycle } from '../../core/subscriptions/change-billing-cycle.ts';
import { formatUnitPrice } from '../../core/values/money.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import { billedJson, type BilledJson, insertCharges, toBilledLines, toChargeRows } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  dayOf,
  subscriptionJson,
  type SubscriptionJson,
  toSubscription,
  toSubscriptionRow,
} from './subscription.store.ts';

/** The subscriptions of an order of the partner with what was billed for them; empty: there is no such order. */
export async function findBilledOrder(
  tx: Transaction,
  { customerId, partnerId, orderId }: { customerId: string; partnerId: string; orderId: string },
  now: Temporal.Instant,
): Promise<CycleFacts['lines']> {
  const rows = await tx.query<{ subscription: SubscriptionJson; billed: BilledJson }>(
    `select ${subscriptionJson('s', '$4::timestamptz')} as subscription, ${billedJson('$5::date')} as billed
     from subscriptions s where s.customer_id = $1 and s.partner_id = $2 and s.order_id = $3
     order by s.purchased_on, s.subscription_id`,
    [customerId, partnerId, orderId, now.toString(), dayOf(now)],
  );
  return rows.map(({ subscription, billed }) => ({
    subscription: toSubscription(toSubscriptionRow(subscription)),
    billed: toBilledLines(billed),
  }));
}

/** Writes the new terms of all subscriptions, their charges and the audit row in one statement. */
export async function saveBillingCycle(
  tx: Transaction,
  act: { customerId: string; partnerId: string; referenceId: string; at: Temporal.Instant; audit: AuditRow },
  changed: readonly NewCycle[],
  newId: () => string,
): Promise<void> {
  const charges = changed.flatMap(({ before, dueLines, credits, charge, startsOn, ...terms }) => [
    ...toChargeRows(credits, before, newId, { dueLines }),
    ...toChargeRows([charge], { ...before, ...terms, purchasedOn: startsOn }, newId),
  ]);
  await tx.query(
    `with w as (select * from jsonb_to_recordset($5::jsonb) as w (subscription_id uuid, billing_cycle text, unit_price numeric,
       starts_on date, term_ends_on date, billed_through date)),
     changed as (
       update subscriptions s set billing_cycle = w.billing_cycle, unit_price = w.unit_price, promotion_id = null,
         purchased_on = w.starts_on, term_starts_on = w.starts_on, term_ends_on = w.term_ends_on,
         status_until = w.term_ends_on + 1, billed_through = w.billed_through, updates = updates + 1, version = version + 1
       from w where s.customer_id = $1 and s.subscription_id = w.subscription_id),
     lines as (${insertCharges({
       rows: '$6::jsonb',
       customerId: '$1::uuid',
       partnerId: '$2::uuid',
       upgradeId: 'null::uuid',
       referenceId: '$3::uuid',
       at: '$4::timestamptz',
     })}),
     ${auditParts('$7::jsonb')}
     select 1`,
    [
      act.customerId,
      act.partnerId,
      act.referenceId,
      act.at.toString(),
      JSON.stringify(changed.map(toRow)),
      JSON.stringify(charges),
      JSON.stringify([act.audit]),
    ],
  );
}

function toRow({ before, billingCycle, unitPrice, startsOn, termEndsOn, billedThrough }: NewCycle) {
  return {
    subscription_id: before.subscriptionId,
    billing_cycle: billingCycle,
    unit_price: formatUnitPrice(unitPrice),
    starts_on: startsOn.toString(),
    term_ends_on: termEndsOn.toString(),
    billed_through: billedThrough.toString(),
  };
}
