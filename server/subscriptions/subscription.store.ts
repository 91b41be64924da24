import type { Catalog, Platform } from '../../core/catalog/offer.ts';
import type { ScheduledChange } from '../../core/subscriptions/scheduled-change.ts';
import type { SeatBatch } from '../../core/subscriptions/seat-batch.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import type { CustomerFacts } from '../../core/upgrades/upgrade-facts.ts';
import type { AddOn } from '../../core/upgrades/refusal.ts';
import { parseUnitPrice } from '../../core/values/money.ts';
import type { BillingCycle, TermDuration } from '../../core/values/period.ts';
import type { Actor } from '../context.ts';
import { assignedCount } from '../licenses/license.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { type BatchJson, toBatch } from './batch.store.ts';
import { type CustomerFactsRow, customerFacts, toCustomerFacts } from './customer-facts.store.ts';

/** The columns of a subscription by their names in a `SubscriptionRow`; decimals are text. */
const COLUMNS = {
  customerId: 'customer_id',
  subscriptionId: 'subscription_id',
  partnerId: 'partner_id',
  offerId: 'offer_id',
  platform: 'platform',
  orderId: 'order_id',
  friendlyName: 'friendly_name',
  quantity: 'quantity',
  termDuration: 'term_duration',
  billingCycle: 'billing_cycle',
  autoRenew: 'auto_renew',
  unitPrice: 'unit_price::text',
  currency: 'currency',
  purchasedOn: 'purchased_on',
  termStartsOn: 'term_starts_on',
  termEndsOn: 'term_ends_on',
  billedThrough: 'billed_through',
  provisioning: 'provisioning',
  addOnOf: 'add_on_of',
  statusUntil: 'status_until',
  cancellableUntil: 'cancellable_until',
  scheduledChange: 'scheduled_change',
  promotionId: 'promotion_id',
  updates: 'updates',
  version: 'version',
  status: 'status',
  endedReason: 'ended_reason',
  endedAt: 'ended_at',
  successorId: 'successor_id',
} as const satisfies Record<Exclude<keyof SubscriptionRow, 'assigned'>, string>;

/** Subscription `s` at the moment `now`, in the form of `SubscriptionJson`. */
export const subscriptionJson = (s: string, now: string) =>
  `json_build_array(${Object.values(COLUMNS)
    .map((column) => `${s}.${column}`)
    .join(', ')}, ${assignedCount(s, now)})`;

/** Everything that the partner $2 sold to customer `c`. */
export const subscriptionsJson = (now: string) => `(
  select coalesce(json_agg(${subscriptionJson('s', now)} order by s.purchased_on, s.subscription_id), '[]')
  from subscriptions s where s.customer_id = c.customer_id and s.partner_id = $2)`;

export type SubscriptionRow = {
  customerId: string;
  subscriptionId: string;
  partnerId: string;
  offerId: string;
  platform: Platform;
  orderId: string;
  friendlyName: string | null;
  quantity: number;
  termDuration: TermDuration;
  billingCycle: BillingCycle;
  autoRenew: boolean;
  unitPrice: string;
  currency: string;
  purchasedOn: string;
  termStartsOn: string;
  termEndsOn: string;
  billedThrough: string;
  provisioning: 'success' | 'pending' | 'failed';
  addOnOf: string | null;
  statusUntil: string | null;
  cancellableUntil: string | null;
  scheduledChange: ScheduledChangeJson | null;
  promotionId: string | null;
  updates: number;
  version: number;
  status: Subscription['status'];
  endedReason: 'cancelled' | 'upgraded' | 'expired' | null;
  endedAt: string | null;
  successorId: string | null;
  assigned: number;
};

/** A subscription inside of JSON: its values in the order of `COLUMNS`, without their names, which would be most of the text. */
export type SubscriptionJson = readonly unknown[];

export function toSubscriptionRow(json: SubscriptionJson): SubscriptionRow {
  const row: Record<string, unknown> = { assigned: json[NAMES.length] };
  for (const [index, name] of NAMES.entries()) row[name] = json[index];
  return row as SubscriptionRow;
}

const NAMES = Object.keys(COLUMNS);

/** A subscription with its living add-ons and the number of users that hold a license of it. */
export type HeldSubscription = {
  readonly subscription: Subscription;
  readonly addOns: readonly AddOn[];
  /** All of them. */
  readonly sold: readonly Subscription[];
  readonly assigned: number;
};

/** An upgrade that waits for a subscription. */
export type WaitingForIt = { readonly upgradeId: string; readonly state: 'waitingForApproval' | 'held' };
type WaitingForOne = WaitingForIt & { readonly subscriptionId: string };

export type FoundSubscriptions = {
  readonly facts: CustomerFacts;
  readonly held: readonly HeldSubscription[];
  readonly pricesFrom: string | null;
  /** By subscription. */
  readonly waiting: ReadonlyMap<string, WaitingForIt>;
  /** Seats that can still be removed, by subscription, the newest first. */
  readonly batches: ReadonlyMap<string, readonly SeatBatch[]>;
};

/** A customer's own subscriptions and everything that decides about their upgrades, in one query; undefined: no such customer. */
export async function findSubscriptions(
  tx: Transaction,
  catalog: Catalog,
  actor: Pick<Actor, 'partner' | 'userContext'>,
  now: Temporal.Instant,
  customerId: string,
): Promise<FoundSubscriptions | undefined> {
  const { partnerId } = actor.partner;
  const [row] = await tx.query<
    CustomerFactsRow & {
      subscriptions: SubscriptionJson[];
      waiting: WaitingForOne[];
      batches: (BatchJson & { subscriptionId: string })[];
    }
  >(
    `select ${customerFacts('$3::date')},
       ${subscriptionsJson('$4::timestamptz')} as subscriptions,
       (select coalesce(json_agg(json_build_object('subscriptionId', u.source_subscription_id, 'upgradeId', u.upgrade_id,
           'state', u.state)), '[]')
         from upgrades u where u.customer_id = c.customer_id and u.partner_id = $2
           and u.state in ('waitingForApproval', 'held')) as waiting,
       (select coalesce(json_agg(json_build_object('subscriptionId', b.subscription_id, 'quantity', b.quantity,
           'addedAt', b.added_at, 'removableUntil', b.removable_until) order by b.added_at desc, b.batch_id desc), '[]')
         from seat_batches b where b.customer_id = c.customer_id and b.partner_id = $2
           and b.removable_until > $4::timestamptz) as batches
     from customers c, partners o where c.customer_id = $1 and o.partner_id = $2`,
    [customerId, partnerId, dayOf(now), now.toString()],
    'find-subscriptions',
  );
  if (!row) return undefined;
  const pricesFrom =
    row.prices
      .map((price) => price.validFrom)
      .toSorted()
      .at(-1) ?? null;
  return {
    facts: toCustomerFacts(row, catalog, actor, now),
    held: toHeld(row.subscriptions),
    pricesFrom,
    waiting: new Map(row.waiting.map(({ subscriptionId, ...upgrade }) => [subscriptionId, upgrade])),
    batches: toBatches(row.batches),
  };
}

/** Everything that the partner sold to the customer. */
export async function findHeld(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  now: Temporal.Instant,
): Promise<HeldSubscription[]> {
  const [row] = await tx.query<{ subscriptions: SubscriptionJson[] }>(
    `select ${subscriptionsJson('$3::timestamptz')} as subscriptions from customers c where c.customer_id = $1`,
    [customerId, partnerId, now.toString()],
  );
  return toHeld(row?.subscriptions ?? []);
}

function toBatches(rows: readonly (BatchJson & { subscriptionId: string })[]): Map<string, SeatBatch[]> {
  const bySubscription = Map.groupBy(rows, ({ subscriptionId }) => subscriptionId);
  return new Map([...bySubscription].map(([subscriptionId, batches]) => [subscriptionId, batches.map(toBatch)]));
}

/** Whether the partner sold this subscription to the customer. */
export async function hasSubscription(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  subscriptionId: string,
): Promise<boolean> {
  const found = await tx.query(
    'select 1 from subscriptions where customer_id = $1 and subscription_id = $2 and partner_id = $3',
    [customerId, subscriptionId, partnerId],
  );
  return found.length > 0;
}

export function toHeld(json: readonly SubscriptionJson[]): HeldSubscription[] {
  const rows = json.map(toSubscriptionRow);
  const addOns = Map.groupBy(livingAddOns(rows), (one) => one.addOnOf);
  const sold = rows.map(toSubscription);
  return sold.map((subscription, index) => ({
    subscription,
    addOns: addOns.get(subscription.subscriptionId) ?? [],
    sold,
    assigned: rows[index]?.assigned ?? 0,
  }));
}

/** Those that hang on another subscription and are not deleted: they stand in the way of its upgrade (E6). */
export function livingAddOns(rows: readonly SubscriptionRow[]): (AddOn & { readonly addOnOf: string | null })[] {
  return rows
    .filter((row) => row.addOnOf !== null && row.status !== 'deleted')
    .map(({ subscriptionId, offerId, addOnOf }) => ({ subscriptionId, offerId, addOnOf }));
}

export function toSubscription(row: SubscriptionRow): Subscription {
  const holding = {
    customerId: row.customerId,
    subscriptionId: row.subscriptionId,
    partnerId: row.partnerId,
    offerId: row.offerId,
    platform: row.platform,
    orderId: row.orderId,
    friendlyName: row.friendlyName,
    quantity: row.quantity,
    termDuration: row.termDuration,
    billingCycle: row.billingCycle,
    autoRenew: row.autoRenew,
    unitPrice: parseUnitPrice(row.unitPrice, row.currency),
    purchasedOn: Temporal.PlainDate.from(row.purchasedOn),
    termStartsOn: Temporal.PlainDate.from(row.termStartsOn),
    termEndsOn: Temporal.PlainDate.from(row.termEndsOn),
    billedThrough: Temporal.PlainDate.from(row.billedThrough),
    provisioning: row.provisioning,
    addOnOf: row.addOnOf,
    statusUntil: row.statusUntil === null ? null : Temporal.PlainDate.from(row.statusUntil),
    cancellableUntil: row.cancellableUntil === null ? null : Temporal.Instant.from(row.cancellableUntil),
    scheduledChange: row.scheduledChange && toScheduledChange(row.scheduledChange),
    promotionId: row.promotionId,
    updates: row.updates,
    version: row.version,
  };
  const { status, endedReason, endedAt, successorId } = row;
  if (status !== 'deleted') return { ...holding, status };
  if (endedReason === null || endedAt === null)
    throw new RangeError(`${row.subscriptionId} ended without reason or moment`);
  return { ...holding, status, endedReason, endedAt: Temporal.Instant.from(endedAt), successorId };
}

/** A scheduled change as it is stored. */
export type ScheduledChangeJson = Omit<ScheduledChange, 'customTermEndsOn' | 'scheduled'> & {
  readonly customTermEndsOn: string | null;
  readonly scheduled?: { readonly by: string; readonly at: string };
};

function toScheduledChange({ customTermEndsOn, scheduled, ...change }: ScheduledChangeJson): ScheduledChange {
  return {
    ...change,
    customTermEndsOn: customTermEndsOn === null ? null : Temporal.PlainDate.from(customTermEndsOn),
    ...(scheduled && { scheduled: { by: scheduled.by, at: Temporal.Instant.from(scheduled.at) } }),
  };
}

/** A scheduled change in the form in which it is stored. */
export function toScheduledChangeJson(change: ScheduledChange): ScheduledChangeJson {
  const { customTermEndsOn, scheduled, ...rest } = change;
  return {
    ...rest,
    customTermEndsOn: customTermEndsOn?.toString() ?? null,
    ...(scheduled && { scheduled: { by: scheduled.by, at: scheduled.at.toString() } }),
  };
}

export function dayOf(moment: Temporal.Instant): string {
  return moment.toString().slice(0, 10);
}
