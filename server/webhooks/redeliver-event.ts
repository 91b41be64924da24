import { TEST_EVENT } from '../../contract/webhook-events.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  askAgain,
  type DeliveryQuery,
  type EventDelivery,
  findEventDeliveries,
  findEventDelivery,
  findRecent,
  type DeliveryKey,
  lockEventDelivery,
  saveEventDelivery,
} from './event-delivery.store.ts';
import { findWebhook, lockWebhook } from './webhook.store.ts';

/** Whoever names an address here must not have us call it without end. */
const MOST_TESTS_A_MINUTE = 5;

const ROWS_AT_ONCE = 500;

export type DeliveryPage = {
  readonly deliveries: readonly EventDelivery[];
  /** Where the next page begins; undefined on the last. */
  readonly next: readonly [placedAt: string, eventId: string] | undefined;
};

/** What a webhook was told and is to be told, the newest first. Refused: role, unknown. */
export async function listDeliveries(
  { actor, database }: Call,
  webhookId: string,
  query: DeliveryQuery,
): Promise<Outcome<DeliveryPage>> {
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx): Promise<Outcome<DeliveryPage>> => {
    if (!(await findWebhook(tx, partnerId, webhookId))) return notFound('webhook', webhookId);
    const found = await findEventDeliveries(tx, { partnerId, webhookId }, query);
    const deliveries = found.slice(0, query.limit);
    const last = found.length > query.limit ? deliveries.at(-1) : undefined;
    return accepted({ deliveries, next: last && [last.placedAt, last.eventId] });
  });
}

/** All deliveries of a state, or of any, lot by lot. Refused: role, unknown. */
export async function exportDeliveries(
  call: Call,
  webhookId: string,
  { state }: Pick<DeliveryQuery, 'state'>,
): Promise<Outcome<AsyncIterable<readonly EventDelivery[]>>> {
  const first = await listDeliveries(call, webhookId, { state, after: undefined, limit: ROWS_AT_ONCE });
  return first.ok ? accepted(lots(first.value)) : first;

  async function* lots({ deliveries, next }: DeliveryPage): AsyncIterable<readonly EventDelivery[]> {
    yield deliveries;
    if (!next) return;
    const rest = await listDeliveries(call, webhookId, { state, after: next, limit: ROWS_AT_ONCE });
    if (rest.ok) yield* lots(rest.value);
  }
}

/** Has an event sent again, with the same id. Refused: role, unknown, a webhook that is off, an event that is still to be sent. */
export async function redeliverEvent(call: Call, webhookId: string, eventId: string): Promise<Outcome<EventDelivery>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const key = { partnerId, webhookId, eventId };
  return database.write(partnerId, async (tx): Promise<Outcome<EventDelivery>> => {
    const webhook = await lockWebhook(tx, partnerId, webhookId);
    if (!webhook) return notFound('webhook', webhookId);
    const delivery = await lockEventDelivery(tx, key);
    if (!delivery) return notFound('eventDelivery', eventId);
    if (!webhook.enabled) return refused({ code: 'webhook-off' });
    if (delivery.state === 'pending') return refused({ code: 'delivery-pending' });
    await askAgain(tx, key, clock.now().toString());
    const entry = { customerId: partnerId, action: 'webhook.redelivered', subjectId: webhookId } as const;
    await saveAudit(tx, [toAuditRow(call, { ...entry, details: { eventId, event: delivery.event } })]);
    return saved(tx, key);
  });
}

/** Sends an event that tells of nothing. Refused: role, unknown, a webhook that is off, more than five within a minute. */
export async function testWebhook(call: Call, webhookId: string): Promise<Outcome<EventDelivery>> {
  const { actor, clock, database, newId, correlationId } = call;
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<EventDelivery>> => {
    const webhook = await lockWebhook(tx, partnerId, webhookId);
    if (!webhook) return notFound('webhook', webhookId);
    if (!webhook.enabled) return refused({ code: 'webhook-off' });
    const now = clock.now();
    const span = { since: now.subtract({ minutes: 1 }).toString(), until: now.toString(), most: MOST_TESTS_A_MINUTE };
    const oldest = (await findRecent(tx, webhook, { event: TEST_EVENT, ...span }))[MOST_TESTS_A_MINUTE - 1];
    if (oldest !== undefined) {
      const free = Temporal.Instant.from(oldest).add({ minutes: 1 });
      const seconds = Math.max(1, Math.ceil(now.until(free).total('seconds')));
      return refused({ code: 'too-many-requests', limit: MOST_TESTS_A_MINUTE, seconds });
    }
    const key = { partnerId, webhookId, eventId: newId() };
    const data = { customerId: null, subjectId: webhookId, subscriptionIds: [], correlationId };
    await saveEventDelivery(tx, key, { event: TEST_EVENT, data, at: now.toString() });
    const entry = { customerId: partnerId, action: 'webhook.tested', subjectId: webhookId } as const;
    await saveAudit(tx, [toAuditRow(call, { ...entry, details: { eventId: key.eventId } })]);
    return saved(tx, key);
  });
}

async function saved(tx: Transaction, key: DeliveryKey): Promise<Outcome<EventDelivery>> {
  const found = await findEventDelivery(tx, key);
  if (!found) throw new RangeError(`no delivery of ${key.eventId} although it was just saved`);
  return accepted(found);
}
