import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import type { Result } from '../../core/values/result.ts';
import { WEBHOOK_EVENTS } from '../../core/webhooks/webhook-event.ts';
import type { AddressFault, WebhookReach } from '../http/outbound-address.ts';
import { changeWebhook, registerWebhook, showRegistration, type WantedWebhook } from '../webhooks/register-webhook.ts';
import type { Registration } from '../webhooks/registration.store.ts';
import { sendTestEvent, showTestEvent, type TestRefusal } from '../webhooks/validate-webhook.ts';
import type { Dialect, Given, Resources } from './dialect.ts';
import { Fault, faultOf, TooManyRequests } from './fault.ts';
import { guidOf } from './input.ts';
import { guid, moment } from './wire.ts';

const events = z.array(z.enum(WEBHOOK_EVENTS));
/** In Pascal case and without `attributes`, unlike everything below `/v1`. */
const registration = z
  .object({
    SubscriberId: guid,
    WebhookUrl: z.string(),
    WebhookEvents: events,
    SignatureTokenToMsSignatureHeader: z.boolean(),
  })
  .meta({ title: 'WebhookRegistration' });
const wantedRegistration = z.object({
  WebhookUrl: z.url(),
  WebhookEvents: events,
  SignatureTokenToMsSignatureHeader: z.boolean().optional(),
});
const validation = z.object({ correlationId: guid }).meta({ title: 'ValidationEvent' });
const validationStatus = z
  .object({
    correlationId: guid,
    partnerId: guid,
    status: z.enum(['pending', 'completed', 'failed']),
    callbackUrl: z.string(),
    results: z.array(
      z.object({
        responseCode: z.string(),
        responseMessage: z.string(),
        systemError: z.boolean(),
        dateTimeUtc: moment,
      }),
    ),
  })
  .meta({ title: 'ValidationEventStatus' });

/** A partner's webhook, and the test event that shows whether it works. */
export function webhookResources(reach: () => WebhookReach): Resources {
  return (dialect: Dialect) => {
    const path = '/registration';
    dialect.get(
      path,
      { asks: 'manageWebhooks', summary: 'The partner’s webhook', answer: registration },
      async (given) => present(valueOf(await showRegistration(given.call), given)),
    );
    dialect.post(
      path,
      {
        asks: 'manageWebhooks',
        summary: 'Register the partner’s webhook',
        body: wantedRegistration,
        answer: registration,
      },
      async (given) => present(valueOf(await registerWebhook(given.call, wantedOf(given), reach()), given)),
    );
    dialect.put(
      path,
      {
        asks: 'manageWebhooks',
        summary: 'Replace the partner’s webhook',
        body: wantedRegistration,
        answer: registration,
      },
      async (given) => present(valueOf(await changeWebhook(given.call, wantedOf(given), reach()), given)),
    );
    dialect.get(`${path}/events`, { asks: null, summary: 'What webhooks are told of', answer: events }, async () => [
      ...WEBHOOK_EVENTS,
    ]);
    dialect.post(
      `${path}/validationevents`,
      { asks: 'manageWebhooks', summary: 'Have a test event delivered; at most two a minute', answer: validation },
      async (given) => ({ correlationId: valueOf(await sendTestEvent(given.call), given) }),
    );
    dialect.get(
      `${path}/validationevents/:correlationid`,
      { asks: 'manageWebhooks', summary: 'What came of a test event', answer: validationStatus },
      showValidation,
    );
  };
}

function wantedOf({ body }: Given): WantedWebhook {
  const url = body.text('WebhookUrl');
  if (url === undefined) throw new Fault(400, 3000, 'WebhookUrl is missing.');
  if (!body.has('WebhookEvents')) throw new Fault(400, 3000, 'WebhookEvents is missing.');
  return {
    url,
    events: body.texts('WebhookEvents'),
    msSignatureHeader: body.flag('SignatureTokenToMsSignatureHeader') ?? false,
  };
}

function present({ subscriberId, url, events, msSignatureHeader }: Registration): z.output<typeof registration> {
  return {
    SubscriberId: subscriberId,
    WebhookUrl: url,
    WebhookEvents: [...events],
    SignatureTokenToMsSignatureHeader: msSignatureHeader,
  };
}

async function showValidation(given: Given): Promise<z.output<typeof validationStatus>> {
  const id = guidOf(given.param('correlationid'), 'correlation');
  const { partnerId, deliveryId, state, url, results } = valueOf(await showTestEvent(given.call, id), given);
  return {
    correlationId: deliveryId,
    partnerId,
    status: state === 'delivered' ? 'completed' : state,
    callbackUrl: url,
    results: results.map((result) => ({
      responseCode: 'code' in result ? nameOf(result.code) : '',
      responseMessage: 'error' in result ? result.error : '',
      systemError: 'error' in result,
      dateTimeUtc: result.at,
    })),
  };
}

/** The service names statuses as .NET does: `OK`, `InternalServerError`. */
function nameOf(status: number): string {
  return STATUS_CODES[status]?.replace(/[^A-Za-z]/g, '') ?? String(status);
}

function valueOf<Value>(answer: Result<Value, TestRefusal>, { wording }: Given): Value {
  if (answer.ok) return answer.value;
  const failure = answer.refused;
  const words = WORDS[wording.language];
  switch (failure.code) {
    case 'not-registered':
      throw new Fault(404, 1000, words.notRegistered);
    case 'registered-already':
      throw new Fault(409, 3000, words.registeredAlready);
    case 'wrong-address':
      throw new Fault(400, 3000, words[failure.fault]);
    case 'unknown-event':
      throw new Fault(400, 3000, words.unknownEvent(failure.event.slice(0, 100), WEBHOOK_EVENTS.join(', ')));
    case 'test-not-registered':
      throw new Fault(400, 3000, words.testNotRegistered);
    case 'too-often':
      throw new TooManyRequests(failure.seconds);
    case 'no-such-event':
      throw new Fault(404, 1000, words.noSuchEvent(failure.id));
    default:
      throw faultOf(failure, wording);
  }
}

type Words = Record<AddressFault | 'notRegistered' | 'registeredAlready' | 'testNotRegistered', string> & {
  readonly unknownEvent: (event: string, known: string) => string;
  readonly noSuchEvent: (id: string) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    notRegistered: 'No webhook is registered. Register one with POST.',
    registeredAlready: 'A webhook is registered already. Replace it with PUT.',
    testNotRegistered: 'The webhook does not ask for test-created. Add it to WebhookEvents with PUT.',
    address: 'WebhookUrl must be an https address of at most 2000 characters, without user name and password.',
    https: 'WebhookUrl must begin with https://.',
    public: 'WebhookUrl must lead to a public address. Name a host that can be reached from the internet.',
    unknownEvent: (event, known) => `WebhookEvents: there is no event ${event}. Choose from ${known}.`,
    noSuchEvent: (id) => `There is no such validation event here: ${id}.`,
  },
  tr: {
    notRegistered: 'Kayıtlı bir web kancası yok. POST ile bir tane kaydedin.',
    registeredAlready: 'Zaten kayıtlı bir web kancası var. PUT ile değiştirin.',
    testNotRegistered: 'Web kancası test-created olayını istemiyor. PUT ile WebhookEvents listesine ekleyin.',
    address: 'WebhookUrl, kullanıcı adı ve parola içermeyen, en çok 2000 karakterlik bir https adresi olmalı.',
    https: 'WebhookUrl https:// ile başlamalı.',
    public: 'WebhookUrl genel bir adrese gitmeli. İnternetten ulaşılabilen bir sunucu adı verin.',
    unknownEvent: (event, known) => `WebhookEvents: ${event} adında bir olay yok. Şunlardan seçin: ${known}.`,
    noSuchEvent: (id) => `Burada böyle bir doğrulama olayı yok: ${id}.`,
  },
};
