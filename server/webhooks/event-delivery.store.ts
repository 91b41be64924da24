import type { SentEvent } from '../../contract/webhook-events.ts';
import type { EventMessage } from '../../contract/webhooks.ts';
import type { Transaction } from '../postgres/database.ts';

/** What came of one attempt: the status that was answered, or why there was no answer; and how long that took. */
export type DeliveryAttempt = {
  readonly at: string;
  readonly ms: number;
  readonly code: number | null;
  readonly error: string | null;
};

/** Which event is told to which webhook. */
export type DeliveryKey = { readonly partnerId: string; readonly webhookId: string; readonly eventId: string };

/** An event for one of a partner's own webhooks, and how far that has come. */
export type EventDelivery = DeliveryKey & {
  readonly event: SentEvent;
  readonly data: EventMessage['data'];
  readonly happenedAt: string;
  /** Its place in the order of events. */
  readonly placedAt: string;
  /** The subscriptions in whose order it is sent. */
  readonly subscriptions: readonly string[];
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly askedAt: string;
  readonly dueAt: string;
  readonly attempts: readonly DeliveryAttempt[];
};

/** What an audit row brings along to be told to partners' own webhooks. */
export type EventToPlace = {
  readonly event_id: string;
  readonly event: SentEvent;
  readonly subject_id: string;
  readonly subscriptions: readonly string[];
};

/** An insert of deliveries out of a JSON list of audit rows, for webhooks that ask for them; to stand in a larger statement. */
export function insertEventDeliveries(rows: string): string {
  return `insert into event_deliveries (partner_id, webhook_id, event_id, event, data, happened_at, subscriptions, asked_at, due_at)
    select r.partner_id, w.webhook_id, e.event_id, e.event, jsonb_build_object(
        'customerId', nullif(r.customer_id, r.partner_id), 'subjectId', e.subject_id, 'subscriptionIds', to_jsonb(e.subscriptions),
        'correlationId', r.correlation_id), r.at, e.subscriptions, r.at, r.at
    from jsonb_to_recordset(${rows}) as r (customer_id uuid, partner_id uuid, correlation_id text, at timestamptz, events jsonb)
    cross join jsonb_to_recordset(r.events) as e (event_id uuid, event text, subject_id text, subscriptions uuid[])
    join webhooks w on w.partner_id = r.partner_id and w.enabled and e.event = any (w.events)`;
}

/** Saves an event for one webhook alone. */
export async function saveEventDelivery(
  tx: Transaction,
  { partnerId, webhookId, eventId }: DeliveryKey,
  { event, data, at }: Pick<EventDelivery, 'event' | 'data'> & { readonly at: string },
): Promise<void> {
  await tx.query(
    `insert into event_deliveries (partner_id, webhook_id, event_id, event, data, happened_at, subscriptions, asked_at, due_at)
     values ($1, $2, $3, $4, $5, $6, '{}', $6, $6)`,
    [partnerId, webhookId, eventId, event, JSON.stringify(data), at],
  );
}

/** How many deliveries the queue has at a time: of a partner, of its webhooks that fail, of one webhook, of one that fails. */
const SHARES = { partner: 3, failing: 2, webhook: 2, failingWebhook: 1 };

/** The webhooks that something waits for, found one after the other by the index, however much waits. */
const WEBHOOKS_WAITED_FOR = `asked as (
    (select partner_id, webhook_id from event_deliveries where state = 'pending' order by partner_id, webhook_id limit 1)
    union all
    select n.partner_id, n.webhook_id from asked a cross join lateral (
      select e.partner_id, e.webhook_id from event_deliveries e
      where e.state = 'pending' and (e.partner_id, e.webhook_id) > (a.partner_id, a.webhook_id)
      order by e.partner_id, e.webhook_id limit 1) n),
  hooks as (
    select a.partner_id, a.webhook_id, w.failing_since is not null as failing, (
      select count(*) from event_deliveries q where q.state = 'pending' and q.queued and q.due_at <= $2
        and q.partner_id = a.partner_id and q.webhook_id = a.webhook_id) as busy
    from asked a left join webhooks w on w.partner_id = a.partner_id and w.webhook_id = a.webhook_id)`;

/**
 * Takes what is due and no queue has, past what another server is taking. What waits for an earlier event of one of its subscriptions is not
 * due: so the order of a subscription's events holds for each address, with any number of servers. Of each partner the queue has a few at a
 * time, first one of each webhook; with the next put behind those of the others, partners take turns.
 */
export async function takeDue(tx: Transaction, most: number, now: string): Promise<EventDelivery[]> {
  const rows = await tx.query<Row>(
    `with recursive ${WEBHOOKS_WAITED_FOR},
     due as (
       select h.partner_id, h.webhook_id, h.failing, c.event_id, c.due_at,
         h.busy + row_number() over (partition by h.partner_id, h.webhook_id order by c.due_at, c.placed_at) as place
       from hooks h cross join lateral (
         select d.event_id, d.due_at, d.placed_at from event_deliveries d
         where d.partner_id = h.partner_id and d.webhook_id = h.webhook_id
           and d.state = 'pending' and not d.queued and d.due_at <= $2 and not exists (
             select 1 from event_deliveries e
             where e.state = 'pending' and e.subscriptions && d.subscriptions and e.partner_id = d.partner_id and e.webhook_id = d.webhook_id
               and (e.placed_at, e.event_id) < (d.placed_at, d.event_id))
         order by d.due_at, d.placed_at
         limit greatest(0, case when h.failing then ${SHARES.failingWebhook} else ${SHARES.webhook} end - h.busy)) c),
     of_kind as (
       select d.*, row_number() over (partition by d.partner_id, d.failing order by d.place, d.due_at)
         + (select sum(h.busy) from hooks h where h.partner_id = d.partner_id and h.failing = d.failing) as turn_of_kind
       from due d),
     of_partner as (
       select k.*, row_number() over (partition by k.partner_id order by k.place, k.due_at)
         + (select sum(h.busy) from hooks h where h.partner_id = k.partner_id) as turn
       from of_kind k where not k.failing or k.turn_of_kind <= ${SHARES.failing}),
     taken as (
       select d.partner_id, d.webhook_id, d.event_id from event_deliveries d
       join (select * from of_partner where turn <= ${SHARES.partner} order by turn, due_at limit $1) t
         on t.partner_id = d.partner_id and t.webhook_id = d.webhook_id and t.event_id = d.event_id
       where d.state = 'pending' and not d.queued
       for update of d skip locked)
     update event_deliveries d set queued = true from taken t
     where d.partner_id = t.partner_id and d.webhook_id = t.webhook_id and d.event_id = t.event_id
     returning d.*`,
    [most, now],
    'take-due',
  );
  return rows.map(toDelivery);
}

/** What the queue has and sends only then takes nobody's turn meanwhile. */
export async function putOff(tx: Transaction, key: DeliveryKey, dueAt: string): Promise<void> {
  await tx.query(`update event_deliveries set due_at = $4 where ${OF_KEY}`, [...valuesOf(key), dueAt]);
}

export async function findEventDelivery(tx: Transaction, key: DeliveryKey): Promise<EventDelivery | undefined> {
  const [row] = await tx.query<Row>(`select * from event_deliveries where ${OF_KEY}`, valuesOf(key));
  return row && toDelivery(row);
}

/** As finding it, and nobody else does so until the transaction ends. */
export async function lockEventDelivery(tx: Transaction, key: DeliveryKey): Promise<EventDelivery | undefined> {
  const [row] = await tx.query<Row>(`select * from event_deliveries where ${OF_KEY} for update`, valuesOf(key));
  return row && toDelivery(row);
}

/**
 * Writes down what came of attempts; the queue no longer has it. Of an event that was given up meanwhile, or asked for again, the attempts
 * alone.
 */
export async function saveAttempts(
  tx: Transaction,
  delivery: DeliveryKey & Pick<EventDelivery, 'askedAt'>,
  { state, dueAt, attempts }: Pick<EventDelivery, 'state' | 'dueAt' | 'attempts'>,
): Promise<void> {
  const [key, written] = [valuesOf(delivery), JSON.stringify(attempts)];
  const done = await tx.query(
    `update event_deliveries set state = $4, due_at = $5, queued = false, attempts = attempts || $6::jsonb
     where ${OF_KEY} and asked_at = $7 and state = 'pending' returning event_id`,
    [...key, state, dueAt, written, delivery.askedAt],
  );
  if (done.length === 0)
    await tx.query(`update event_deliveries set attempts = attempts || $4::jsonb where ${OF_KEY}`, [...key, written]);
}

/** Has an event sent again. */
export async function askAgain(tx: Transaction, key: DeliveryKey, at: string): Promise<void> {
  await tx.query(
    `update event_deliveries set state = 'pending', asked_at = $4, due_at = $4, queued = false, discarded_at = null where ${OF_KEY}`,
    [...valuesOf(key), at],
  );
}

/** What waits for a webhook that is off is given up. */
export async function giveUpWaiting(tx: Transaction, { partnerId, webhookId }: Omit<DeliveryKey, 'eventId'>) {
  await tx.query(
    `update event_deliveries set state = 'failed' where partner_id = $1 and webhook_id = $2 and state = 'pending'`,
    [partnerId, webhookId],
  );
}

/** The moments of the newest events of one kind since then, the newest first. */
export async function findRecent(
  tx: Transaction,
  { partnerId, webhookId }: Omit<DeliveryKey, 'eventId'>,
  { event, since, until, most }: { event: SentEvent; since: string; until: string; most: number },
): Promise<string[]> {
  const rows = await tx.query<{ happened_at: string }>(
    `select happened_at from event_deliveries where partner_id = $1 and webhook_id = $2 and event = $3
       and happened_at > $4 and happened_at <= $5 order by happened_at desc limit $6`,
    [partnerId, webhookId, event, since, until, most],
  );
  return rows.map((row) => row.happened_at);
}

export type DeliveryQuery = {
  readonly state?: EventDelivery['state'] | undefined;
  /** Place and id of the last row of the page before. */
  readonly after?: readonly [placedAt: string, eventId: string] | undefined;
  readonly limit: number;
};

/** The deliveries of a webhook, the newest first; one more than the limit tells that there is a next page. */
export async function findEventDeliveries(
  tx: Transaction,
  { partnerId, webhookId }: Omit<DeliveryKey, 'eventId'>,
  { state, after, limit }: DeliveryQuery,
): Promise<EventDelivery[]> {
  const rows = await tx.query<Row>(
    `select * from event_deliveries where partner_id = $1 and webhook_id = $2 and ($3::text is null or state = $3)
       and ($4::timestamptz is null or (placed_at, event_id) < ($4, $5::uuid))
     order by placed_at desc, event_id desc limit $6`,
    [partnerId, webhookId, state ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows.map(toDelivery);
}

/** Lets go of what happened before that moment. True: perhaps not of all yet. */
export async function forgetDeliveries(tx: Transaction, before: string, most: number): Promise<boolean> {
  const rows = await tx.query(
    `delete from event_deliveries where (partner_id, webhook_id, event_id) in (
       select partner_id, webhook_id, event_id from event_deliveries where happened_at < $1 and state <> 'pending'
       limit $2 for update skip locked)
     returning event_id`,
    [before, most],
  );
  return rows.length === most;
}

const OF_KEY = 'partner_id = $1 and webhook_id = $2 and event_id = $3';

function valuesOf({ partnerId, webhookId, eventId }: DeliveryKey): [string, string, string] {
  return [partnerId, webhookId, eventId];
}

type Row = {
  partner_id: string;
  webhook_id: string;
  event_id: string;
  event: SentEvent;
  data: EventMessage['data'];
  happened_at: string;
  placed_at: string;
  subscriptions: string[];
  state: EventDelivery['state'];
  asked_at: string;
  due_at: string;
  attempts: DeliveryAttempt[];
};

function toDelivery(row: Row): EventDelivery {
  return {
    partnerId: row.partner_id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    event: row.event,
    data: row.data,
    happenedAt: row.happened_at,
    placedAt: row.placed_at,
    subscriptions: row.subscriptions,
    state: row.state,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    attempts: row.attempts,
  };
}
