import { createHmac, randomBytes } from 'node:crypto';
import type { EventMessage } from '../../contract/webhooks.ts';
import type { EventDelivery } from './event-delivery.store.ts';
import type { Webhook } from './webhook.store.ts';

const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A secret of 256 random bits in the notation of Standard Webhooks, which its libraries take as it is. */
export function createWebhookSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** What a webhook of a partner's own is sent: the same bytes at each attempt. */
export function messageOf({ eventId, event, happenedAt, data }: EventDelivery): string {
  const message: EventMessage = {
    id: eventId,
    type: event,
    timestamp: Temporal.Instant.from(happenedAt).toString(),
    data: {
      customerId: data.customerId,
      subjectId: data.subjectId,
      subscriptionIds: data.subscriptionIds,
      correlationId: data.correlationId,
    },
  };
  return JSON.stringify(message);
}

/**
 * The headers of an attempt by the scheme of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks, spec 1.0.0): an id
 * that stays, the moment of the attempt, and a signature by each secret that counts then.
 */
export function signedHeaders(
  { secret, previous }: Pick<Webhook, 'secret' | 'previous'>,
  { eventId, body, now }: { readonly eventId: string; readonly body: string; readonly now: Temporal.Instant },
): Record<string, string> {
  const seconds = Math.floor(now.epochMilliseconds / 1000);
  const isStillValid = previous !== undefined && Temporal.Instant.compare(now, previous.until) < 0;
  const secrets = [secret, ...(isStillValid ? [previous.secret] : [])];
  const signatures = secrets.map((key) => `v1,${sign(key, `${eventId}.${seconds}.${body}`)}`);
  return {
    'content-type': 'application/json; charset=utf-8',
    'webhook-id': eventId,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}

function sign(secret: string, content: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  return createHmac('sha256', key).update(content).digest('base64');
}
