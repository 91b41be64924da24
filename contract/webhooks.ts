import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/deliveries.en.json' with { type: 'json' };
import tr from './texts/deliveries.tr.json' with { type: 'json' };
import { id, moment, pageLimit, pageOf, storable, text } from './values.ts';
import { EVENTS, TEST_EVENT } from './webhook-events.ts';
import { rule } from './words.ts';

/** The words of the file of deliveries. */
export const DELIVERY_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

const eventName = z.enum(EVENTS);
/** An event that can be asked for, in the reader's language. */
const event = z.object({ event: eventName, text: z.string() });

const attempt = z.object({
  at: moment,
  /** How long the receiver took. */
  ms: z.number().int(),
  /** The status that it answered; null: there was no answer. */
  code: z.number().int().nullable(),
  /** Why there was none, as the system said it. */
  error: z.string().nullable(),
  /** The same as one of a few causes; null: there was an answer. `name`: the host has no address. `address`: webhooks may not call it. */
  cause: z
    .enum(['refused', 'name', 'timeout', 'broken-off', 'unreachable', 'certificate', 'address', 'other'])
    .nullable(),
});

const delivery = z.object({
  eventId: id,
  event: z.enum([...EVENTS, TEST_EVENT]),
  text: z.string(),
  happenedAt: moment,
  state: z.enum(['pending', 'delivered', 'failed']),
  /** When it is tried next; null: it is not. One that waits for an earlier event of its subscription comes after that. */
  nextTryAt: moment.nullable(),
  attempts: z.array(attempt),
  /** As it is sent, to the byte. */
  body: z.string(),
});
export type DeliveryOnWire = z.infer<typeof delivery>;

const webhook = z.object({
  webhookId: id,
  url: z.string(),
  events: z.array(eventName),
  description: z.string(),
  enabled: z.boolean(),
  createdAt: moment,
  /** The first of the attempts that failed since the last that did not; null: the last one did not fail. */
  failingSince: moment.nullable(),
  /** When it was switched off by itself, after failing for five days; null: it was not. */
  disabledAt: moment.nullable(),
  /** Until when the secret before this one signs too; null: there is none. */
  previousSecretUntil: moment.nullable(),
  lastAttempt: attempt.nullable(),
  nextTryAt: moment.nullable(),
});
export type WebhookOnWire = z.infer<typeof webhook>;

const withSecret = webhook.extend({
  /** Shown in this answer alone. */
  secret: z.string(),
});
export type WebhookSecretOnWire = z.infer<typeof withSecret>;

/** What was registered over the Partner Center API, and is changed there alone. */
const registration = z.object({ url: z.string(), events: z.array(z.string()) });

const url = text(2000).meta({ format: 'uri' });
const events = z
  .array(eventName)
  .min(1)
  .refine((given) => new Set(given).size === given.length, rule('eachOnce'))
  .meta({ uniqueItems: true });
const description = storable.trim().max(200);

const params = z.object({ webhookId: id });
const ofDelivery = params.extend({ eventId: id });
const tag = 'Webhooks';
const asks = 'manageWebhooks';

export const webhookEndpoints = {
  listWebhooks: {
    ...routes.listWebhooks,
    asks,
    tag,
    summary:
      'The partner’s own webhooks, oldest first, the one registered over the Partner Center API, and the events that can be asked for',
    status: 200,
    answer: z.object({ items: z.array(webhook), registration: registration.nullable(), events: z.array(event) }),
    problems: ['role-not-allowed'],
  },
  showWebhook: {
    ...routes.showWebhook,
    asks,
    tag,
    summary: 'One webhook',
    params,
    status: 200,
    answer: webhook,
    problems: ['role-not-allowed', 'not-found'],
  },
  registerWebhook: {
    ...routes.registerWebhook,
    asks,
    tag,
    summary: 'Have events sent to an address; the answer shows the secret that signs them, once',
    body: z.strictObject({ url, events, description: description.default(''), enabled: z.boolean().default(true) }),
    status: 201,
    answer: withSecret,
    problems: ['role-not-allowed', 'webhook-exists', 'too-many-webhooks'],
  },
  changeWebhook: {
    ...routes.changeWebhook,
    asks,
    tag,
    summary:
      'Change what is given. Switched off, events that are not sent yet are given up; switched on, it counts as not failing',
    params,
    body: z.strictObject({
      url: url.optional(),
      events: events.optional(),
      description: description.optional(),
      enabled: z.boolean().optional(),
    }),
    status: 200,
    answer: webhook,
    problems: ['role-not-allowed', 'not-found', 'webhook-exists'],
  },
  removeWebhook: {
    ...routes.removeWebhook,
    asks,
    tag,
    summary: 'Remove a webhook with its deliveries, for good',
    params,
    status: 204,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
  rotateWebhookSecret: {
    ...routes.rotateWebhookSecret,
    asks,
    tag,
    summary: 'Give a webhook a new secret; for a day the one before it signs too',
    params,
    status: 200,
    answer: withSecret,
    problems: ['role-not-allowed', 'not-found'],
  },
  testWebhook: {
    ...routes.testWebhook,
    asks,
    tag,
    summary: 'Send a test event, five times a minute at most',
    params,
    status: 201,
    answer: delivery,
    problems: ['role-not-allowed', 'not-found', 'webhook-off', 'too-many-requests'],
  },
  listDeliveries: {
    ...routes.listDeliveries,
    asks,
    tag,
    summary:
      'What was sent or is to be sent to a webhook in the last 30 days, newest first; as CSV with Accept: text/csv',
    csv: true,
    params,
    query: z.object({
      state: z.enum(['pending', 'delivered', 'failed']).optional(),
      cursor: z.string().max(500).optional(),
      limit: pageLimit,
    }),
    status: 200,
    answer: pageOf(delivery),
    problems: ['role-not-allowed', 'not-found'],
  },
  redeliverEvent: {
    ...routes.redeliverEvent,
    asks,
    tag,
    summary: 'Send an event again that was delivered or given up, with the same id',
    params: ofDelivery,
    status: 200,
    answer: delivery,
    problems: ['role-not-allowed', 'not-found', 'webhook-off', 'delivery-pending'],
  },
} as const satisfies Record<string, Endpoint>;

/** What is sent. Ids alone: names and prices are read from the API, by those who may. */
export const eventMessage = z.object({
  id: id.meta({ description: 'The same whenever it is sent, and to whom; of an act, that of its audit record' }),
  type: z.string(),
  timestamp: moment.meta({ description: 'When it happened' }),
  data: z.object({
    customerId: id.nullable(),
    subjectId: z.string().meta({ description: 'What was acted on: the upgrade, subscription, user …' }),
    subscriptionIds: z.array(id).meta({ description: 'The subscriptions that the act changed' }),
    correlationId: z.string(),
  }),
});
export type EventMessage = z.infer<typeof eventMessage>;
