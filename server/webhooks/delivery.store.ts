import type { WebhookEvent } from '../../core/webhooks/webhook-event.ts';
import type { Transaction } from '../postgres/database.ts';

/** What came of one attempt: the status that was answered, or why there was no answer. */
export type DeliveryResult = ({ readonly code: number } | { readonly error: string }) & { readonly at: string };

/** Something to tell a partner, and how far that has come. */
export type Delivery = {
  readonly partnerId: string;
  readonly deliveryId: string;
  readonly event: WebhookEvent;
  /** Where what has changed is read, below `/webhooks/v1/`. */
  readonly resource: string;
  /** As the Partner Center API numbers audit records. */
  readonly auditRecordId: string | null;
  readonly createdAt: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  /** Null before the first attempt, as the body. */
  readonly url: string | null;
  readonly body: string | null;
  readonly results: readonly DeliveryResult[];
};

/** As Microsoft keeps the outcome of its test events (partner-center-webhooks). */
const KEPT = `interval '7 days'`;
const CHANGED: WebhookEvent = 'subscription-updated';

/** What an audit row brings along to be told: the subscriptions that the act has changed. */
export type Announcement = { readonly subscription_id: string; readonly delivery_id: string };

/** An insert of deliveries out of a JSON list of audit rows, for partners who asked to be told; to stand in a larger statement. */
export function insertDeliveries(rows: string): string {
  return `insert into webhook_deliveries (partner_id, delivery_id, event, resource, audit_record_id, created_at)
    select r.partner_id, a.delivery_id, '${CHANGED}', format('customers/%s/subscriptions/%s', r.customer_id, a.subscription_id),
      concat_ws('_', r.partner_id, r.customer_id, r.audit_id), r.at
    from jsonb_to_recordset(${rows}) as r (customer_id uuid, audit_id uuid, partner_id uuid, at timestamptz, announcements jsonb)
    join webhook_registrations w on w.partner_id = r.partner_id and '${CHANGED}' = any (w.events)
    cross join jsonb_to_recordset(r.announcements) as a (subscription_id uuid, delivery_id uuid)`;
}

/**
 * Saves a test event unless the partner has had as many in the last minute as it may; then the answer is when the oldest of them was.
 * The caller's transaction must be the only one to do so for this partner.
 */
export async function saveTestEvent(
  tx: Transaction,
  { partnerId, deliveryId, at, most }: { partnerId: string; deliveryId: string; at: string; most: number },
): Promise<{ oldestAt: string } | undefined> {
  const event: WebhookEvent = 'test-created';
  const recent = await tx.query<{ created_at: string }>(
    `select created_at from webhook_deliveries where partner_id = $1 and event = $2
       and created_at > $3::timestamptz - interval '1 minute' and created_at <= $3 order by created_at desc limit $4`,
    [partnerId, event, at, most],
  );
  const oldest = recent[most - 1];
  if (oldest) return { oldestAt: oldest.created_at };
  await tx.query(
    'insert into webhook_deliveries (partner_id, delivery_id, event, resource, created_at) values ($1, $2, $3, $4, $5)',
    [partnerId, deliveryId, event, `registration/validationEvents/${deliveryId}`, at],
  );
  return undefined;
}

/** A delivery that was taken, and how many of its partner's the queue had before it and has not done: partners take turns by it. */
export type Taken = Delivery & { readonly before: number };

/**
 * Takes what no queue has yet, past what another server is taking: of each partner the oldest, then of each the next. And lets go of what is
 * too old to be asked for.
 */
export async function takeUnqueued(tx: Transaction, most: number, now: string): Promise<Taken[]> {
  const rows = await tx.query<Row & { before: number }>(
    `with busy as (
       select partner_id, count(*) as n from webhook_deliveries where state = 'pending' and queued group by partner_id),
     next as (
       select d.partner_id, d.delivery_id,
         row_number() over (partition by d.partner_id order by d.delivery_id) - 1 + coalesce(b.n, 0) as before
       from webhook_deliveries d left join busy b on b.partner_id = d.partner_id where not d.queued
       order by before, d.delivery_id limit $1),
     taken as (
       select d.partner_id, d.delivery_id, n.before from webhook_deliveries d
       join next n on n.partner_id = d.partner_id and n.delivery_id = d.delivery_id
       where not d.queued for update of d skip locked)
     update webhook_deliveries d set queued = true from taken t
     where d.partner_id = t.partner_id and d.delivery_id = t.delivery_id
     returning d.*, least(t.before, 1000)::integer as before`,
    [most],
    'take-unqueued',
  );
  if (rows.length > 0) {
    await tx.query(
      `delete from webhook_deliveries where state <> 'pending' and created_at < $1::timestamptz - ${KEPT}`,
      [now],
    );
  }
  return rows.map((row) => ({ ...toDelivery(row), before: row.before }));
}

/** Undefined: it was let go of, or the world it belonged to is gone. */
export async function findDelivery(
  tx: Transaction,
  partnerId: string,
  deliveryId: string,
): Promise<Delivery | undefined> {
  const [row] = await tx.query<Row>('select * from webhook_deliveries where partner_id = $1 and delivery_id = $2', [
    partnerId,
    deliveryId,
  ]);
  return row && toDelivery(row);
}

/** Writes down what came of an attempt. */
export async function saveAttempt(
  tx: Transaction,
  { partnerId, deliveryId }: Pick<Delivery, 'partnerId' | 'deliveryId'>,
  { state, url, body, results }: Pick<Delivery, 'state' | 'url' | 'body' | 'results'>,
): Promise<void> {
  await tx.query(
    `update webhook_deliveries set state = $3, url = $4, body = $5, results = results || $6::jsonb
     where partner_id = $1 and delivery_id = $2`,
    [partnerId, deliveryId, state, url, body, JSON.stringify(results)],
  );
}

/** A delivery that no server has an attempt left for is given up. */
export async function giveUpDelivery(tx: Transaction, partnerId: string, deliveryId: string): Promise<void> {
  await tx.query(
    `update webhook_deliveries set state = 'failed' where partner_id = $1 and delivery_id = $2 and state = 'pending'`,
    [partnerId, deliveryId],
  );
}

type Row = {
  partner_id: string;
  delivery_id: string;
  event: WebhookEvent;
  resource: string;
  audit_record_id: string | null;
  created_at: string;
  state: Delivery['state'];
  url: string | null;
  body: string | null;
  results: DeliveryResult[];
};

function toDelivery(row: Row): Delivery {
  return {
    partnerId: row.partner_id,
    deliveryId: row.delivery_id,
    event: row.event,
    resource: row.resource,
    auditRecordId: row.audit_record_id,
    createdAt: row.created_at,
    state: row.state,
    url: row.url,
    body: row.body,
    results: row.results,
  };
}
