import { WEBHOOK_EVENTS, type WebhookEvent } from '../../core/webhooks/webhook-event.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Failure } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { type AddressFault, faultOfAddress, type WebhookReach } from '../http/outbound-address.ts';
import {
  findRegistration,
  insertRegistration,
  lockRegistration,
  type Registration,
  replaceRegistration,
} from './registration.store.ts';
import { withoutQuery } from './without-query.ts';

export type WebhookRefusal =
  | Failure
  | { readonly code: 'not-registered' | 'registered-already' }
  | { readonly code: 'wrong-address'; readonly fault: AddressFault }
  | { readonly code: 'unknown-event'; readonly event: string };

export type WantedWebhook = {
  readonly url: string;
  readonly events: readonly string[];
  readonly msSignatureHeader: boolean;
};

/** Where the partner is told, and of what. Refused: role, none registered. */
export async function showRegistration({ actor, database }: Call): Promise<Result<Registration, WebhookRefusal>> {
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findRegistration(tx, partnerId));
  return found ? accepted(found) : refused({ code: 'not-registered' });
}

/** Registers the partner's one webhook. Refused: role, an address that may not be called, an unknown event, one there already. */
export async function registerWebhook(
  call: Call,
  wanted: WantedWebhook,
  reach: WebhookReach,
): Promise<Result<Registration, WebhookRefusal>> {
  const checked = checkWanted(call, wanted, reach);
  if (!checked.ok) return checked;
  const { partnerId } = call.actor.partner;
  const first = { ...checked.value, subscriberId: call.newId() };
  const saved = await record(call, 'webhook.registered', async (tx) => ({
    after: await insertRegistration(tx, partnerId, first),
  }));
  return saved ? accepted(saved) : refused({ code: 'registered-already' });
}

/** Replaces what is registered; an empty list of events ends the telling. Refused: as registering, none there. */
export async function changeWebhook(
  call: Call,
  wanted: WantedWebhook,
  reach: WebhookReach,
): Promise<Result<Registration, WebhookRefusal>> {
  const checked = checkWanted(call, wanted, reach);
  if (!checked.ok) return checked;
  const { partnerId } = call.actor.partner;
  const saved = await record(call, 'webhook.changed', async (tx) => ({
    before: await lockRegistration(tx, partnerId),
    after: await replaceRegistration(tx, partnerId, checked.value),
  }));
  return saved ? accepted(saved) : refused({ code: 'not-registered' });
}

/** Saves a registration with its audit row. */
async function record(
  call: Call,
  action: 'webhook.registered' | 'webhook.changed',
  save: (tx: Transaction) => Promise<{ before?: Registration | undefined; after: Registration | undefined }>,
): Promise<Registration | undefined> {
  const { partnerId: customerId } = call.actor.partner;
  return call.database.write(customerId, async (tx) => {
    const { before, after } = await save(tx);
    if (!after) return undefined;
    const details = { ...(before && { before: describe(before) }), after: describe(after) };
    await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId: after.subscriberId, details })]);
    return after;
  });
}

/** What the audit log keeps of a registration. */
function describe({ url, events, msSignatureHeader }: Registration) {
  return { url: withoutQuery(url), events, msSignatureHeader };
}

function checkWanted(
  { actor }: Call,
  { url, events, msSignatureHeader }: WantedWebhook,
  reach: WebhookReach,
): Result<Omit<Registration, 'subscriberId'>, WebhookRefusal> {
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const fault = faultOfAddress(url, reach);
  if (fault) return refused({ code: 'wrong-address', fault });
  const known = new Set<WebhookEvent>();
  for (const event of events) {
    const name = WEBHOOK_EVENTS.find((one) => one === event.toLowerCase());
    if (!name) return refused({ code: 'unknown-event', event });
    known.add(name);
  }
  return accepted({ url, events: [...known], msSignatureHeader });
}
