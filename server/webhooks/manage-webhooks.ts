import type { EventName } from '../../contract/webhook-events.ts';
import type { FieldRule } from '../../contract/words.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { giveUpWaiting } from './event-delivery.store.ts';
import { createWebhookSecret } from './event-message.ts';
import { type AddressFault, faultOfAddress, type WebhookReach } from '../http/outbound-address.ts';
import { findRegistration, type Registration } from './registration.store.ts';
import {
  countWebhooks,
  deleteWebhook,
  findWebhooks,
  findWebhookState,
  lockWebhook,
  saveWebhook,
  type Webhook,
  type WebhookState,
} from './webhook.store.ts';
import { withoutQuery } from './without-query.ts';

/** Each act is told to each of them, so there is a limit. */
const MOST_WEBHOOKS = 20;
const OLD_SECRET_FOR = { hours: 24 };
const RULES: Readonly<Record<AddressFault, FieldRule>> = {
  address: 'webhookAddress',
  https: 'webhookHttps',
  public: 'webhookPublic',
};

type Wanted = Pick<Webhook, 'url' | 'events' | 'description' | 'enabled'>;
export type WantedChange = {
  readonly url?: string | undefined;
  readonly events?: readonly EventName[] | undefined;
  readonly description?: string | undefined;
  readonly enabled?: boolean | undefined;
};

/** Where the partner is told: by webhooks of its own, and by the one of the Partner Center API. Refused: role. */
export async function listWebhooks({
  actor,
  database,
}: Call): Promise<Outcome<{ webhooks: WebhookState[]; registration: Registration | undefined }>> {
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) =>
    accepted({ webhooks: await findWebhooks(tx, partnerId), registration: await findRegistration(tx, partnerId) }),
  );
}

/** One webhook. Refused: role, unknown. */
export async function showWebhook({ actor, database }: Call, webhookId: string): Promise<Outcome<WebhookState>> {
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findWebhookState(tx, partnerId, webhookId));
  return found ? accepted(found) : notFound('webhook', webhookId);
}

/** Adds a webhook; its secret is in the answer alone. Refused: role, an address that may not be called or has one already, too many. */
export async function addWebhook(call: Call, wanted: Wanted, reach: WebhookReach): Promise<Outcome<WebhookState>> {
  const { actor, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const checked = checkAddress(wanted.url, reach);
  if (!checked.ok) return checked;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<WebhookState>> => {
    if ((await countWebhooks(tx, partnerId)) >= MOST_WEBHOOKS)
      return refused({ code: 'too-many-webhooks', limit: MOST_WEBHOOKS });
    const webhook: Webhook = {
      ...wanted,
      partnerId,
      webhookId: newId(),
      secret: createWebhookSecret(),
      previous: undefined,
      createdAt: clock.now().toString(),
      failingSince: null,
      disabledAt: null,
      lastAttempt: null,
    };
    if (!(await saveWebhook(tx, webhook))) return refused({ code: 'webhook-exists' });
    await record(tx, call, 'webhook.registered', webhook, settingsOf(webhook));
    return shown(tx, webhook);
  });
}

/** Changes what is given. What stays the same leaves no trace. Refused: role, unknown, an address as when adding. */
export async function editWebhook(
  call: Call,
  webhookId: string,
  change: WantedChange,
  reach: WebhookReach,
): Promise<Outcome<WebhookState>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const checked = change.url === undefined ? accepted(undefined) : checkAddress(change.url, reach);
  if (!checked.ok) return checked;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<WebhookState>> => {
    // One after the other, as those that are added: two that take the same address must not both find it free.
    await countWebhooks(tx, partnerId);
    const before = await lockWebhook(tx, partnerId, webhookId);
    if (!before) return notFound('webhook', webhookId);
    const { url = before.url, events = before.events, description = before.description } = change;
    const { enabled = before.enabled } = change;
    const isFresh = (enabled && !before.enabled) || url !== before.url;
    const health = isFresh ? { failingSince: null, disabledAt: null } : {};
    const after: Webhook = { ...before, url, events, description, enabled, ...health };
    const [was, is] = [settingsOf(before), settingsOf(after)];
    const isSame = url === before.url && description === before.description;
    if (isSame && JSON.stringify(was) === JSON.stringify(is)) return shown(tx, before);
    if (!(await saveWebhook(tx, after))) return refused({ code: 'webhook-exists' });
    if (!enabled) await giveUpWaiting(tx, after);
    await record(tx, call, 'webhook.changed', after, { before: was, after: is });
    return shown(tx, after);
  });
}

/** Removes a webhook with its deliveries. Refused: role, unknown. */
export async function removeWebhook(call: Call, webhookId: string): Promise<Outcome<undefined>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<undefined>> => {
    const webhook = await lockWebhook(tx, partnerId, webhookId);
    if (!webhook) return notFound('webhook', webhookId);
    await deleteWebhook(tx, webhook);
    await record(tx, call, 'webhook.removed', webhook, { before: settingsOf(webhook), after: null });
    return accepted(undefined);
  });
}

/** Gives a webhook another secret; the one before it signs too for a day, so that no receiver must be changed at once. Refused: role, unknown. */
export async function rotateWebhookSecret(call: Call, webhookId: string): Promise<Outcome<WebhookState>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<WebhookState>> => {
    const before = await lockWebhook(tx, partnerId, webhookId);
    if (!before) return notFound('webhook', webhookId);
    const previous = { secret: before.secret, until: clock.now().add(OLD_SECRET_FOR) };
    const after: Webhook = { ...before, secret: createWebhookSecret(), previous };
    await saveWebhook(tx, after);
    await record(tx, call, 'webhook.secret-rotated', after, { previousUntil: previous.until.toString() });
    return shown(tx, after);
  });
}

/** What the audit log keeps of a webhook; its description is free text, which may name people, and a query of its address may be a secret. */
export function settingsOf({ url, events, enabled }: Webhook) {
  return { url: withoutQuery(url), events, enabled };
}

type Action = 'webhook.registered' | 'webhook.changed' | 'webhook.removed' | 'webhook.secret-rotated';

async function record(tx: Transaction, call: Call, action: Action, { webhookId: subjectId }: Webhook, details: object) {
  const { partnerId: customerId } = call.actor.partner;
  await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId, details })]);
}

async function shown(tx: Transaction, { partnerId, webhookId }: Webhook): Promise<Outcome<WebhookState>> {
  const found = await findWebhookState(tx, partnerId, webhookId);
  if (!found) throw new RangeError(`no webhook ${webhookId} although it was just saved`);
  return accepted(found);
}

function checkAddress(url: string, reach: WebhookReach): Outcome<undefined> {
  const fault = faultOfAddress(url, reach);
  return fault ? refused({ code: 'invalid-field', field: 'url', expected: RULES[fault] }) : accepted(undefined);
}
