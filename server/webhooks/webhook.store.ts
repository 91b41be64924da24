import type { EventName } from '../../contract/webhook-events.ts';
import type { Transaction } from '../postgres/database.ts';
import type { DeliveryAttempt } from './event-delivery.store.ts';

/** A webhook of a partner's own. */
export type Webhook = {
  readonly partnerId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly events: readonly EventName[];
  readonly description: string;
  readonly enabled: boolean;
  readonly secret: string;
  /** Signs too until its time is over. */
  readonly previous: { readonly secret: string; readonly until: Temporal.Instant } | undefined;
  readonly createdAt: string;
  readonly failingSince: string | null;
  /** When it was switched off by itself. */
  readonly disabledAt: string | null;
  readonly lastAttempt: DeliveryAttempt | null;
};

/** A webhook, and when the next event is tried there. */
export type WebhookState = Webhook & { readonly nextTryAt: string | null };

type Row = {
  partner_id: string;
  webhook_id: string;
  url: string;
  events: EventName[];
  description: string;
  enabled: boolean;
  secret: string;
  previous_secret: string | null;
  previous_until: string | null;
  created_at: string;
  failing_since: string | null;
  disabled_at: string | null;
  last_attempt: DeliveryAttempt | null;
};
type StateRow = Row & { next_try_at: string | null };

const STATES = `
  select w.*, (
    select min(d.due_at) from event_deliveries d
    where d.partner_id = w.partner_id and d.webhook_id = w.webhook_id and d.state = 'pending') as next_try_at
  from webhooks w where w.partner_id = $1`;

/** The webhooks of a partner, the oldest first. */
export async function findWebhooks(tx: Transaction, partnerId: string): Promise<WebhookState[]> {
  const rows = await tx.query<StateRow>(`${STATES} order by w.created_at, w.webhook_id`, [partnerId]);
  return rows.map(toState);
}

export async function findWebhookState(
  tx: Transaction,
  partnerId: string,
  webhookId: string,
): Promise<WebhookState | undefined> {
  const [row] = await tx.query<StateRow>(`${STATES} and w.webhook_id = $2`, [partnerId, webhookId]);
  return row && toState(row);
}

export async function findWebhook(tx: Transaction, partnerId: string, webhookId: string): Promise<Webhook | undefined> {
  const [row] = await tx.query<Row>('select * from webhooks where partner_id = $1 and webhook_id = $2', [
    partnerId,
    webhookId,
  ]);
  return row && toWebhook(row);
}

/** As finding it, and nobody else does so until the transaction ends. */
export async function lockWebhook(tx: Transaction, partnerId: string, webhookId: string): Promise<Webhook | undefined> {
  const [row] = await tx.query<Row>('select * from webhooks where partner_id = $1 and webhook_id = $2 for update', [
    partnerId,
    webhookId,
  ]);
  return row && toWebhook(row);
}

/** How many webhooks a partner has; until the transaction ends, nobody else counts them so. */
export async function countWebhooks(tx: Transaction, partnerId: string): Promise<number> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 17))', [partnerId]);
  return (await tx.query('select 1 from webhooks where partner_id = $1', [partnerId])).length;
}

/** Saves a webhook as it is given. False: another of the partner has its address. */
export async function saveWebhook(tx: Transaction, webhook: Webhook): Promise<boolean> {
  const { partnerId, webhookId, url, events, description, enabled, secret, previous } = webhook;
  const other = 'select 1 from webhooks where partner_id = $1 and url = $2 and webhook_id <> $3';
  if ((await tx.query(other, [partnerId, url, webhookId])).length > 0) return false;
  const { createdAt, failingSince, disabledAt } = webhook;
  const rows = await tx.query(
    `insert into webhooks (partner_id, webhook_id, url, events, description, enabled, secret, previous_secret, previous_until, created_at,
       failing_since, disabled_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (partner_id, webhook_id) do update set url = excluded.url, events = excluded.events, description = excluded.description,
       enabled = excluded.enabled, secret = excluded.secret, previous_secret = excluded.previous_secret,
       previous_until = excluded.previous_until, failing_since = excluded.failing_since, disabled_at = excluded.disabled_at
     returning webhook_id`,
    [
      partnerId,
      webhookId,
      url,
      events,
      description,
      enabled,
      secret,
      previous?.secret ?? null,
      previous?.until.toString() ?? null,
      createdAt,
      failingSince,
      disabledAt,
    ],
  );
  return rows.length > 0;
}

/** Removes a webhook with its deliveries. */
export async function deleteWebhook(tx: Transaction, { partnerId, webhookId }: Webhook): Promise<void> {
  await tx.query('delete from webhooks where partner_id = $1 and webhook_id = $2', [partnerId, webhookId]);
  await tx.query('delete from event_deliveries where partner_id = $1 and webhook_id = $2', [partnerId, webhookId]);
}

/** Remembers what came of an attempt, and with it since when a webhook fails. */
export async function saveLastAttempt(
  tx: Transaction,
  { partnerId, webhookId }: Pick<Webhook, 'partnerId' | 'webhookId'>,
  { attempt, failed }: { readonly attempt: DeliveryAttempt; readonly failed: boolean },
): Promise<void> {
  await tx.query(
    `update webhooks set last_attempt = $3, failing_since = case when $4 then coalesce(failing_since, $5) end
     where partner_id = $1 and webhook_id = $2`,
    [partnerId, webhookId, JSON.stringify(attempt), failed, attempt.at],
  );
}

/** Switches off webhooks that have failed since that moment or before, past those that another server is at. */
export async function takeFailing(
  tx: Transaction,
  { until, now, most }: { until: string; now: string; most: number },
): Promise<Webhook[]> {
  const rows = await tx.query<Row>(
    `update webhooks set enabled = false, disabled_at = $2 where (partner_id, webhook_id) in (
       select partner_id, webhook_id from webhooks where enabled and failing_since <= $1
       order by failing_since limit $3 for update skip locked)
     returning *`,
    [until, now, most],
  );
  return rows.map(toWebhook);
}

function toState(row: StateRow): WebhookState {
  return { ...toWebhook(row), nextTryAt: row.next_try_at };
}

function toWebhook(row: Row): Webhook {
  const { previous_secret: secret, previous_until: until } = row;
  return {
    partnerId: row.partner_id,
    webhookId: row.webhook_id,
    url: row.url,
    events: row.events,
    description: row.description,
    enabled: row.enabled,
    secret: row.secret,
    previous: secret !== null && until !== null ? { secret, until: Temporal.Instant.from(until) } : undefined,
    createdAt: row.created_at,
    failingSince: row.failing_since,
    disabledAt: row.disabled_at,
    lastAttempt: row.last_attempt,
  };
}
