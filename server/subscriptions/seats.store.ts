import type { BillingLine } from '../../core/ledger/charge.ts';
import type { SeatFacts } from '../../core/subscriptions/change-seats.ts';
import type { Money } from '../../core/values/money.ts';
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

/** A change of seats as it is shown and written. */
export type SeatsChanged = {
  readonly subscriptionId: string;
  readonly before: number;
  readonly after: number;
  readonly effectiveOn: Temporal.PlainDate;
  readonly dueLines: readonly BillingLine[];
  readonly lines: readonly BillingLine[];
  readonly net: Money;
  readonly version: number;
};

/** Undefined: no such subscription of the partner. */
export async function findSeatFacts(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  subscriptionId: string,
  now: Temporal.Instant,
): Promise<Omit<SeatFacts, 'offer'> | undefined> {
  const [row] = await tx.query<{ subscription: SubscriptionJson; billed: BilledJson }>(
    `select ${subscriptionJson('s', '$4::timestamptz')} as subscription, ${billedJson('$5::date')} as billed
     from subscriptions s where s.customer_id = $1 and s.subscription_id = $2 and s.partner_id = $3`,
    [customerId, subscriptionId, partnerId, now.toString(), dayOf(now)],
  );
  if (!row) return undefined;
  const subscription = toSubscriptionRow(row.subscription);
  return {
    subscription: toSubscription(subscription),
    assigned: subscription.assigned,
    billed: toBilledLines(row.billed),
  };
}

/** Writes the new number, its charges and its audit row in one statement. */
export async function saveSeats(
  tx: Transaction,
  act: { customerId: string; partnerId: string; referenceId: string; at: string; audit: AuditRow },
  { subscriptionId, after, dueLines, lines }: SeatsChanged,
  newId: () => string,
): Promise<void> {
  const charges = toChargeRows([...dueLines, ...lines], subscriptionId, newId);
  // A term that is over and not renewed bills nothing more.
  const billedThrough = [...dueLines, ...lines].at(-1)?.period.end.toString() ?? null;
  await tx.query(
    `with changed as (
       update subscriptions set quantity = $4, billed_through = coalesce($5::date, billed_through), version = version + 1
       where customer_id = $1 and subscription_id = $3),
     lines as (${insertCharges({
       rows: '$8::jsonb',
       customerId: '$1::uuid',
       partnerId: '$2::uuid',
       upgradeId: 'null::uuid',
       referenceId: '$6::uuid',
       at: '$7::timestamptz',
     })}),
     ${auditParts('$9::jsonb')}
     select 1`,
    [
      act.customerId,
      act.partnerId,
      subscriptionId,
      after,
      billedThrough,
      act.referenceId,
      act.at,
      JSON.stringify(charges),
      JSON.stringify([act.audit]),
    ],
  );
}

/** Writes what a subscription is called and whether it renews by itself. */
export async function saveTerms(
  tx: Transaction,
  { customerId, subscriptionId }: { customerId: string; subscriptionId: string },
  { friendlyName, autoRenew }: { friendlyName: string | null; autoRenew: boolean },
): Promise<void> {
  await tx.query(
    `update subscriptions set friendly_name = $3, auto_renew = $4, version = version + 1
     where customer_id = $1 and subscription_id = $2`,
    [customerId, subscriptionId, friendlyName, autoRenew],
  );
}
