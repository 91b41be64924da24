import type { BillingLine } from '../../core/ledger/charge.ts';
import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { SeatBatch } from '../../core/subscriptions/seat-batch.ts';
import type { SeatLimits } from '../../core/subscriptions/seat-limits.ts';
import type { SeatFacts } from '../../core/subscriptions/seat-rules.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import type { UserLosing } from '../../core/upgrades/refusal.ts';
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
import { sellRatesJson } from '../ledger/sell-rates.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { roundingJson } from '../settings/billing-settings.store.ts';
import { type BatchJson, batchesJson, replaceBatches, toBatch, toBatchRows } from './batch.store.ts';
import {
  dayOf,
  subscriptionJson,
  type SubscriptionJson,
  toSubscription,
  toSubscriptionRow,
} from './subscription.store.ts';

/** A change of seats as it is shown and written. */
export type SeatsChanged = {
  /** As it was before the change. */
  readonly subscription: Subscription;
  readonly before: number;
  readonly after: number;
  /** As they were before the change. */
  readonly limits: SeatLimits;
  readonly effectiveOn: Temporal.PlainDate;
  readonly dueLines: readonly BillingLine[];
  readonly lines: readonly BillingLine[];
  readonly net: Money;
  /** By which it is sold on to the customer. */
  readonly rates: SellRates;
  /** What becomes of the batches; null: they stay. */
  readonly batches: readonly SeatBatch[] | null;
  readonly version: number;
};

/** How many of the users that would lose a license are named. */
const NAMED_USERS = 50;

/** Everything that decides about `quantity` seats of a subscription (without it: nobody loses one), in one query. Undefined: no such subscription of the partner. */
export async function findSeatFacts(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  subscriptionId: string,
  now: Temporal.Instant,
  quantity: number | null = null,
): Promise<(Omit<SeatFacts, 'offer'> & { readonly rates: SellRates }) | undefined> {
  const [row] = await tx.query<SeatFactsRow>(
    `select ${subscriptionJson('s', '$4::timestamptz')} as subscription, ${billedJson('$5::date')} as billed,
       ${chargedMinor('$5::date')} as charged, ${batchesJson('s')} as batches,
       ${roundingJson('s.partner_id')} as rounding, ${sellRatesJson('s.partner_id')} as rates,
       case when s.platform = 'newCommerce' then (select t.seats from tenant_seats(s.customer_id) t
         join offers o on o.sku_id = t.sku_id where o.offer_id = s.offer_id) end as tenant_seats,
       (select coalesce(json_agg(json_build_object('userId', u.user_id, 'displayName', u.display_name,
           'userPrincipalName', u.user_principal_name) order by u.user_principal_name), '[]')
         from (select u.user_id, u.display_name, u.user_principal_name
           from licenses l join users u on u.customer_id = l.customer_id and u.user_id = l.user_id
           where l.customer_id = s.customer_id and l.subscription_id = s.subscription_id
             and keeps_licenses(s.ended_at, $4::timestamptz) and $6::integer < s.quantity
           order by u.user_principal_name offset $6::integer limit ${NAMED_USERS}) u) as losing
     from subscriptions s join customers c on c.customer_id = s.customer_id
     where s.customer_id = $1 and s.subscription_id = $2 and s.partner_id = $3`,
    [customerId, subscriptionId, partnerId, now.toString(), dayOf(now), quantity],
  );
  if (!row) return undefined;
  const stored = toSubscriptionRow(row.subscription);
  const subscription = toSubscription(stored);
  return {
    subscription,
    assigned: stored.assigned,
    losing: quantity === null ? [] : row.losing,
    billed: toBilledLines(row.billed),
    charged: { minor: BigInt(row.charged), currency: stored.currency },
    rounding: row.rounding,
    rates: row.rates,
    batches: row.batches.map(toBatch),
    tenantSeats: Number(row.tenant_seats ?? subscription.quantity),
  };
}

type SeatFactsRow = {
  subscription: SubscriptionJson;
  billed: BilledJson;
  charged: string;
  batches: BatchJson[];
  rounding: SeatFacts['rounding'];
  rates: SellRates;
  tenant_seats: bigint | null;
  losing: UserLosing[];
};

/** Writes the new number, its batches, its charges and its audit row in one statement. A change that was scheduled for the renewal is given up (N40). */
export async function saveSeats(
  tx: Transaction,
  act: { customerId: string; partnerId: string; referenceId: string; at: string; audit: AuditRow },
  { subscription, after, dueLines, lines, batches }: SeatsChanged,
  newId: () => string,
): Promise<void> {
  const charges = toChargeRows(lines, subscription, newId, { dueLines });
  // A term that is over and not renewed bills nothing more.
  const billedThrough = [...dueLines, ...lines].at(-1)?.period.end.toString() ?? null;
  await tx.query(
    `with changed as (
       update subscriptions set quantity = $4, billed_through = coalesce($5::date, billed_through), version = version + 1,
         updates = updates + 1, scheduled_change = null
       where customer_id = $1 and subscription_id = $3),
     ${replaceBatches({ rows: '$10::jsonb', customerId: '$1::uuid', partnerId: '$2::uuid', subscriptionId: '$3::uuid' })},
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
      subscription.subscriptionId,
      after,
      billedThrough,
      act.referenceId,
      act.at,
      JSON.stringify(charges),
      JSON.stringify([act.audit]),
      batches && JSON.stringify(toBatchRows(batches, newId)),
    ],
  );
}

/** Writes what a subscription is called. */
export async function saveName(
  tx: Transaction,
  { customerId, subscriptionId }: { customerId: string; subscriptionId: string },
  friendlyName: string | null,
): Promise<void> {
  await tx.query(
    'update subscriptions set friendly_name = $3, version = version + 1 where customer_id = $1 and subscription_id = $2',
    [customerId, subscriptionId, friendlyName],
  );
}
