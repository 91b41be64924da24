import type { CancelFacts, Cancellation } from '../../core/subscriptions/cancel.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import type { Money } from '../../core/values/money.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import {
  billedJson,
  type BilledJson,
  chargedMinor,
  insertCharges,
  toBilledLines,
  toChargeRows,
} from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { roundingJson } from '../settings/billing-settings.store.ts';
import {
  dayOf,
  livingAddOns,
  subscriptionJson,
  type SubscriptionJson,
  toSubscription,
  toSubscriptionRow,
} from './subscription.store.ts';

/** An end as it is shown and written. */
export type Cancelled = Cancellation & {
  /** As it was before its end. */
  readonly subscription: Subscription;
  readonly effectiveOn: Temporal.PlainDate;
  readonly net: Money;
  readonly version: number;
};

/** Everything that decides about the end of a subscription, in one query. Undefined: no such subscription of the partner. */
export async function findCancelFacts(
  tx: Transaction,
  partnerId: string,
  { customerId, subscriptionId }: { customerId: string; subscriptionId: string },
  now: Temporal.Instant,
): Promise<CancelFacts | undefined> {
  const [row] = await tx.query<{
    subscription: SubscriptionJson;
    add_ons: SubscriptionJson[];
    billed: BilledJson;
    charged: string;
    rounding: CancelFacts['rounding'];
  }>(
    `select ${subscriptionJson('s', '$4::timestamptz')} as subscription, ${billedJson('$5::date')} as billed,
       ${chargedMinor('$5::date')} as charged, ${roundingJson('s.partner_id')} as rounding,
       (select coalesce(json_agg(${subscriptionJson('a', '$4::timestamptz')} order by a.subscription_id), '[]')
         from subscriptions a where a.customer_id = s.customer_id and a.add_on_of = s.subscription_id) as add_ons
     from subscriptions s where s.customer_id = $1 and s.subscription_id = $2 and s.partner_id = $3`,
    [customerId, subscriptionId, partnerId, now.toString(), dayOf(now)],
  );
  if (!row) return undefined;
  const subscription = toSubscription(toSubscriptionRow(row.subscription));
  return {
    subscription,
    addOns: livingAddOns(row.add_ons.map(toSubscriptionRow)).map(({ addOnOf: _, ...addOn }) => addOn),
    billed: toBilledLines(row.billed),
    charged: { minor: BigInt(row.charged), currency: subscription.unitPrice.currency },
    rounding: row.rounding,
  };
}

/** Ends a subscription and writes its credit and its audit row in one statement. What was scheduled for its renewal goes with it (N40). */
export async function saveCancellation(
  tx: Transaction,
  act: { customerId: string; partnerId: string; referenceId: string; at: Temporal.Instant; audit: AuditRow },
  { subscription, dueLines, lines }: Cancelled,
  newId: () => string,
): Promise<void> {
  const charges = toChargeRows(lines, subscription, newId, { dueLines });
  await tx.query(
    `with ended as (
       update subscriptions set status = 'deleted', ended_reason = 'cancelled', ended_at = $4, status_until = null,
         cancellable_until = null, scheduled_change = null, auto_renew = false, version = version + 1,
         billed_through = coalesce($8::date, billed_through)
       where customer_id = $1 and subscription_id = $3),
     gone as (delete from seat_batches where customer_id = $1 and subscription_id = $3),
     lines as (${insertCharges({
       rows: '$6::jsonb',
       customerId: '$1::uuid',
       partnerId: '$2::uuid',
       upgradeId: 'null::uuid',
       referenceId: '$5::uuid',
       at: '$4::timestamptz',
     })}),
     ${auditParts('$7::jsonb')}
     select 1`,
    [
      act.customerId,
      act.partnerId,
      subscription.subscriptionId,
      act.at.toString(),
      act.referenceId,
      JSON.stringify(charges),
      JSON.stringify([act.audit]),
      dueLines.at(-1)?.period.end.toString() ?? null,
    ],
  );
}
