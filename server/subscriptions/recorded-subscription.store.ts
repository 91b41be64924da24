import type { Channel, SubscriptionStatus } from '../../core/subscriptions/subscription.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import type { Transaction } from '../postgres/database.ts';

/** What a partner wrote down of a subscription that was bought elsewhere. Days are ISO text. */
export type RecordedSubscription = {
  readonly recordedSubscriptionId: string;
  readonly offerId: string;
  readonly channel: Channel;
  readonly quantity: number;
  readonly status: SubscriptionStatus;
  readonly endsOn: string | null;
  readonly endedAt: string | null;
  readonly recordedAt: string;
  readonly version: number;
};

/** Whose record it is. */
export type RecordOwner = { readonly customerId: string; readonly partnerId: string };

const COLUMNS = `r.recorded_subscription_id as "recordedSubscriptionId", r.offer_id as "offerId", r.channel, r.quantity, r.status,
  r.ends_on as "endsOn", r.ended_at as "endedAt", r.recorded_at as "recordedAt", r.version`;

/** A customer's records of this partner, in the order in which they were made; undefined: no such customer. */
export async function findRecorded(
  tx: Transaction,
  { customerId, partnerId }: RecordOwner,
): Promise<RecordedSubscription[] | undefined> {
  if (!(await knowsCustomer(tx, customerId))) return undefined;
  return tx.query<RecordedSubscription>(
    `select ${COLUMNS} from recorded_subscriptions r where r.customer_id = $1 and r.partner_id = $2
     order by r.recorded_subscription_id`,
    [customerId, partnerId],
  );
}

/** Whether the partner is related to the customer: it sees no others. */
export async function knowsCustomer(tx: Transaction, customerId: string): Promise<boolean> {
  return (await tx.query('select 1 from customers where customer_id = $1', [customerId])).length > 0;
}

/** A subscription of the tenant that counts: sold by this partner, recorded by it, or seen without being recorded. */
export type Counting = {
  readonly customerId: string;
  readonly offerId: string;
  readonly channel: Channel;
  /** What is recorded; null: it is seen without. */
  readonly recorded: RecordedSubscription | null;
};

/** What counts already in the tenants of these customers, as this partner may know it. */
export async function findCounting(
  tx: Transaction,
  partnerId: string,
  customerIds: readonly string[],
): Promise<Counting[]> {
  const rows = await tx.query<RecordedSubscription & { customerId: string; seenOffer: string; seenChannel: Channel }>(
    `select c.customer_id as "customerId", h.offer_id as "seenOffer", h.channel as "seenChannel", ${COLUMNS}
     from unnest($2::uuid[]) c (customer_id)
     cross join lateral tenant_holdings(c.customer_id) h
     left join recorded_subscriptions r on r.customer_id = c.customer_id and r.partner_id = $1
       and r.recorded_subscription_id = h.subscription_id and not h.ours`,
    [partnerId, customerIds],
  );
  return rows.map(({ customerId, seenOffer, seenChannel, ...recorded }) => ({
    customerId,
    offerId: seenOffer,
    channel: seenChannel,
    // A left join that found nothing leaves every column null.
    recorded: (recorded.recordedSubscriptionId as string | null) === null ? null : recorded,
  }));
}

/** Which of the partner's customers a file means by domains or tenant ids, both in lower case. */
export async function findNamedCustomers(
  tx: Transaction,
  partnerId: string,
  names: readonly string[],
): Promise<{ customerId: string; name: string; domain: string }[]> {
  return tx.query(
    `select c.customer_id as "customerId", c.name, c.domain
     from relationships r join customers c on c.customer_id = r.customer_id
     where r.partner_id = $1 and (lower(c.domain) = any ($2) or c.customer_id::text = any ($2))`,
    [partnerId, names],
  );
}

/** Writes records as they are to be, the new ones and the changed, with what the audit log says of it. */
export async function saveRecorded(
  tx: Transaction,
  { customerId, partnerId }: RecordOwner,
  records: readonly RecordedSubscription[],
  audit: readonly AuditRow[],
): Promise<void> {
  await tx.query(
    `with ${auditParts('$4::jsonb')}
     insert into recorded_subscriptions (customer_id, partner_id, recorded_subscription_id, offer_id, channel, quantity, status, ends_on,
       ended_at, recorded_at, version)
     select $1, $2, n."recordedSubscriptionId", n."offerId", n.channel, n.quantity, n.status, n."endsOn", n."endedAt", n."recordedAt", n.version
     from jsonb_to_recordset($3::jsonb) as n ("recordedSubscriptionId" uuid, "offerId" text, channel text, quantity integer, status text,
       "endsOn" date, "endedAt" timestamptz, "recordedAt" timestamptz, version integer)
     on conflict (customer_id, recorded_subscription_id) do update set offer_id = excluded.offer_id, channel = excluded.channel,
       quantity = excluded.quantity, status = excluded.status, ends_on = excluded.ends_on, ended_at = excluded.ended_at,
       version = excluded.version`,
    [customerId, partnerId, JSON.stringify(records), JSON.stringify(audit)],
  );
}

export async function deleteRecorded(
  tx: Transaction,
  { customerId, partnerId }: RecordOwner,
  recordedSubscriptionId: string,
  audit: AuditRow,
): Promise<void> {
  await tx.query(
    `with ${auditParts('$4::jsonb')}
     delete from recorded_subscriptions where customer_id = $1 and partner_id = $2 and recorded_subscription_id = $3`,
    [customerId, partnerId, recordedSubscriptionId, JSON.stringify([audit])],
  );
}
