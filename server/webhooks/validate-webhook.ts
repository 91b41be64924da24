import { accepted, refused, type Result } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole } from '../failure.ts';
import { type Delivery, findDelivery, saveTestEvent } from './delivery.store.ts';
import type { WebhookRefusal } from './register-webhook.ts';
import { findRegistration, lockRegistration } from './registration.store.ts';

export type TestRefusal =
  | WebhookRefusal
  | { readonly code: 'test-not-registered' }
  | { readonly code: 'too-often'; readonly seconds: number }
  | { readonly code: 'no-such-event'; readonly id: string };

/** As the service allows (partner-center-webhooks). */
const MOST_A_MINUTE = 2;

/**
 * Has a test event delivered; the answer is its id. Refused: role, no webhook that asks for it, more than two within a minute (with the
 * seconds until the next is allowed).
 */
export async function sendTestEvent({ actor, clock, database, newId }: Call): Promise<Result<string, TestRefusal>> {
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Result<string, TestRefusal>> => {
    const registration = await lockRegistration(tx, partnerId);
    if (!registration) return refused({ code: 'not-registered' });
    if (!registration.events.includes('test-created')) return refused({ code: 'test-not-registered' });
    const [deliveryId, now] = [newId(), clock.now()];
    const event = { partnerId, deliveryId, at: now.toString(), most: MOST_A_MINUTE };
    const full = await saveTestEvent(tx, event);
    if (!full) return accepted(deliveryId);
    const free = Temporal.Instant.from(full.oldestAt).add({ minutes: 1 });
    return refused({ code: 'too-often', seconds: Math.max(1, Math.ceil(now.until(free).total('seconds'))) });
  });
}

/** How far a test event has come, and where it goes. Refused: role, unknown id. */
export async function showTestEvent(
  { actor, database }: Call,
  id: string,
): Promise<Result<Delivery & { readonly url: string }, TestRefusal>> {
  const allowed = checkRole(actor.roles, 'manageWebhooks');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx): Promise<Result<Delivery & { readonly url: string }, TestRefusal>> => {
    const [delivery, registration] = [await findDelivery(tx, partnerId, id), await findRegistration(tx, partnerId)];
    if (delivery?.event !== 'test-created' || !registration) return refused({ code: 'no-such-event', id });
    return accepted({ ...delivery, url: delivery.url ?? registration.url });
  });
}
