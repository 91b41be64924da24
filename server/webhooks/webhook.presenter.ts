import type { Cell } from '../../contract/csv.ts';
import type { Language } from '../../contract/values.ts';
import { EVENT_TEXTS } from '../../contract/webhook-events.ts';
import { DELIVERY_TEXTS, type DeliveryOnWire, type WebhookOnWire } from '../../contract/webhooks.ts';
import type { DeliveryAttempt, EventDelivery } from './event-delivery.store.ts';
import { causeOfNoAnswer } from '../../core/webhooks/no-answer.ts';
import { messageOf } from './event-message.ts';
import type { WebhookState } from './webhook.store.ts';

/** A webhook as the API shows it: never with its secrets. */
export function presentWebhook(webhook: WebhookState, now: Temporal.Instant): WebhookOnWire {
  const { webhookId, url, events, description, enabled, createdAt, previous, lastAttempt, nextTryAt } = webhook;
  const isStillValid = previous !== undefined && Temporal.Instant.compare(now, previous.until) < 0;
  return {
    webhookId,
    url,
    events: [...events],
    description,
    enabled,
    createdAt: momentOf(createdAt),
    failingSince: webhook.failingSince && momentOf(webhook.failingSince),
    disabledAt: webhook.disabledAt && momentOf(webhook.disabledAt),
    previousSecretUntil: isStillValid ? previous.until.toString() : null,
    lastAttempt: lastAttempt && presentAttempt(lastAttempt),
    nextTryAt: nextTryAt && momentOf(nextTryAt),
  };
}

export function presentDelivery(delivery: EventDelivery, language: Language): DeliveryOnWire {
  const { eventId, event, happenedAt, state, dueAt, attempts } = delivery;
  return {
    eventId,
    event,
    // A row may be older than the server, and of an event that there no longer is.
    text: EVENT_TEXTS[language][event] ?? event,
    happenedAt: momentOf(happenedAt),
    state,
    nextTryAt: state === 'pending' ? momentOf(dueAt) : null,
    attempts: attempts.map(presentAttempt),
    body: messageOf(delivery),
  };
}

/** Its row of the file; an answer is its status, or what the system said of none. */
export function toDeliveryCells(delivery: EventDelivery, language: Language): Cell[] {
  const { event, text, eventId, happenedAt, state, attempts } = presentDelivery(delivery, language);
  const last = attempts.at(-1);
  const answer = last && (last.code === null ? (last.error ?? '') : String(last.code));
  const number = { decimal: String(attempts.length) };
  return [
    text,
    event,
    eventId,
    happenedAt,
    DELIVERY_TEXTS[language].states[state],
    number,
    last?.at ?? '',
    answer ?? '',
  ];
}

function presentAttempt(attempt: DeliveryAttempt): DeliveryOnWire['attempts'][number] {
  return { ...attempt, cause: attempt.error === null ? null : causeOfNoAnswer(attempt.error) };
}

function momentOf(text: string): string {
  return Temporal.Instant.from(text).toString();
}
