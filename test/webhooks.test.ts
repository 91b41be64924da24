import { verify, X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { saveClient } from '../server/identity/api-client.store.ts';
import { openQueue } from '../server/jobs/queue.ts';
import { type Delivering, deliverEvents } from '../server/webhooks/deliver-events.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { connect, type PartnerCenter, subscriptionPath } from './partner-center-client.ts';
import { answerWith, type Received, type Receiver, startReceiver } from './webhook-receiver.ts';

type Body = Readonly<
  Record<
    'SubscriberId' | 'WebhookUrl' | 'correlationId' | 'id' | 'message' | 'description' | 'targetSubscriptionId',
    string
  > & {
    code: number;
    results: readonly object[];
    upgradeErrors: readonly object[];
  }
>;
type Options = Partial<Pick<Delivering, 'reach' | 'strikeDelivery'>>;

const HOOK = '/webhooks/v1/registration';
const ALL = ['subscription-updated', 'test-created'];
const SOON = { timeout: 15_000, interval: 20 };

let deployment: TestDeployment;
let kuzey: PartnerCenter<Body>;
let westwind: PartnerCenter<Body>;
let receiver: Receiver;
/** Of workers that a test started, whatever came of it. */
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

beforeEach(async () => {
  await fetch(`${deployment.url}/api/sandbox/reset`, {
    method: 'POST',
    body: JSON.stringify({ scenario: 'demo' }),
    headers: { 'content-type': 'application/json' },
  });
  kuzey = await connect<Body>(deployment);
  westwind = await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);
  receiver = await startReceiver();
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
  await receiver.close();
});

/** What a server runs beside its routes; without pauses between attempts. */
async function startWorker({ reach = () => 'trial', strikeDelivery }: Options = {}) {
  const { context, connectionString, url } = deployment;
  const queue = await openQueue(connectionString, context.log);
  const publicUrl = () => url;
  const parts = { context, queue, publicUrl, reach, strikeDelivery, pauseSeconds: 0, looksEveryMs: 20 };
  const delivering = await deliverEvents(parts);
  const stop = async () => {
    await delivering.stop();
    await queue.stop();
  };
  stops.push(stop);
  return stop;
}

function register(client = kuzey, wanted: object = {}) {
  return client('POST', HOOK, { body: { WebhookUrl: receiver.url, WebhookEvents: ALL, ...wanted } });
}

async function upgrade(client: PartnerCenter<Body>, customer: number): Promise<string> {
  const body = { targetOffer: { id: OFFERS.o365E1 }, upgradeType: 'upgrade_only' };
  const { status, body: done } = await client('POST', `${subscriptionPath(customer)}/upgrades`, { body });
  expect(status).toBe(200);
  expect(done.upgradeErrors).toEqual([]);
  return done.targetSubscriptionId;
}

const resourceOf = (customer: number, subscription: string) =>
  `${deployment.url}/webhooks/v1/customers/${customerId(customer)}/subscriptions/${subscription}`;
const resources = () => receiver.received.map(({ event }) => event.ResourceUri).toSorted();

function rowsOf(table: string, partner: keyof typeof PARTNERS) {
  return deployment.context.database.read(PARTNERS[partner], (tx) =>
    tx.query<{ partner_id: string; state: string; queued: boolean }>(`select * from ${table}`),
  );
}

async function expectSigned({ headers, bytes }: Received, signatureHeader: 'authorization' | 'x-ms-signature') {
  const [scheme, signature = ''] = String(headers[signatureHeader]).split(' ');
  expect(scheme).toBe('Signature');
  expect(headers['x-ms-signature-algorithm']).toBe('rsa-sha256');
  const response = await fetch(String(headers['x-ms-certificate-url']));
  expect(response.headers.get('content-type')).toBe('application/pkix-cert');
  const certificate = new X509Certificate(Buffer.from(await response.arrayBuffer()));
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toBe('CN=Yükselt webhooks');
  expect([certificate.validFromDate.getUTCFullYear(), certificate.validToDate.getUTCFullYear()]).toEqual([2020, 9999]);
  expect(verify('RSA-SHA256', bytes, certificate.publicKey, Buffer.from(signature, 'base64'))).toBe(true);
}

describe('a registration', () => {
  test('is made, read and replaced, with keys in any case', async () => {
    expect((await kuzey('GET', HOOK)).status).toBe(404);
    expect((await kuzey('PUT', HOOK, { body: { WebhookUrl: receiver.url, WebhookEvents: ALL } })).status).toBe(404);
    const { status, body } = await register();
    expect(status).toBe(200);
    expect(body).toEqual({
      SubscriberId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      WebhookUrl: receiver.url,
      WebhookEvents: ALL,
      SignatureTokenToMsSignatureHeader: false,
    });
    expect((await register()).status).toBe(409);
    const wanted = {
      webhookUrl: 'https://a.example/',
      webhookevents: ['Test-Created'],
      signatureTokenToMsSignatureHeader: true,
    };
    const changed = await kuzey('PUT', '/Webhooks/v1/Registration', { body: wanted });
    expect(changed.body).toEqual({
      SubscriberId: body.SubscriberId,
      WebhookUrl: 'https://a.example/',
      WebhookEvents: ['test-created'],
      SignatureTokenToMsSignatureHeader: true,
    });
    expect((await kuzey('GET', HOOK)).body).toEqual(changed.body);
    expect((await westwind('GET', HOOK)).status).toBe(404);
  });

  test('can ask for exactly what is told', async () => {
    expect((await kuzey('GET', `${HOOK}/events`)).body).toEqual(ALL);
  });

  test.each([
    ['WebhookUrl', { WebhookUrl: undefined }],
    ['WebhookUrl', { WebhookUrl: 7 }],
    ['WebhookUrl', { WebhookUrl: 'hook' }],
    ['WebhookUrl', { WebhookUrl: 'ftp://a.example/' }],
    ['WebhookUrl', { WebhookUrl: 'https://user:word@a.example/' }],
    ['WebhookUrl', { WebhookUrl: `https://a.example/${'a'.repeat(2000)}` }],
    ['WebhookUrl', { WebhookUrl: 'http://a.example/' }],
    ['WebhookUrl', { WebhookUrl: 'http://10.0.0.1/' }],
    ['WebhookEvents', { WebhookEvents: undefined }],
    ['WebhookEvents', { WebhookEvents: 7 }],
    ['WebhookEvents', { WebhookEvents: [1] }],
    ['WebhookEvents', { WebhookEvents: ['test-created', 'invoice-ready'] }],
    ['SignatureTokenToMsSignatureHeader', { SignatureTokenToMsSignatureHeader: 'yes' }],
  ])('is refused for its %s with %o', async (field, wanted) => {
    const { status, body } = await register(kuzey, wanted);
    expect(status).toBe(400);
    expect(body.code).toBe(3000);
    expect(body.description).toContain(field);
    expect((await kuzey('GET', HOOK)).status).toBe(404);
  });

  test('needs a token, and one of the roles that may', async () => {
    expect((await fetch(deployment.url + HOOK)).status).toBe(401);
    const { context } = deployment;
    const [{ secret_hash: secretHash } = { secret_hash: '' }] = await context.database.asSystem((tx) =>
      tx.query<{ secret_hash: string }>('select secret_hash from api_clients limit 1'),
    );
    const agentId = context.newId();
    const client = { partnerId: PARTNERS.kuzey, clientId: 'users-only', name: 'Users', secretHash, agentId };
    await context.database.asSystem((tx) =>
      saveClient(tx, { ...client, ownRoles: ['userManagementAdmin'] }, context.clock.now()),
    );
    const without = await connect<Body>(deployment, 'users-only');
    for (const refused of [register(without), without('GET', HOOK), without('POST', `${HOOK}/validationEvents`)]) {
      expect(await refused).toMatchObject({ status: 403, body: { code: 1002 } });
    }
  });

  test('says in Turkish what is wrong to who asks in Turkish', async () => {
    const body = { WebhookUrl: 'http://a.example/', WebhookEvents: ALL };
    const answer = await kuzey('POST', HOOK, { body, headers: { 'X-Locale': 'tr-TR' } });
    expect(answer.body.description).toBe('WebhookUrl https:// ile başlamalı.');
  });
});

describe('a test event', () => {
  test('arrives, and its status tells of the answer', async () => {
    await startWorker();
    await register();
    const { body } = await kuzey('POST', `${HOOK}/validationEvents`);
    const path = `${HOOK}/validationEvents/${body.correlationId}`;
    await expect.poll(async () => (await kuzey('GET', path)).body, SOON).toMatchObject({ status: 'completed' });
    expect((await kuzey('GET', path)).body).toEqual({
      correlationId: body.correlationId,
      partnerId: PARTNERS.kuzey,
      status: 'completed',
      callbackUrl: receiver.url,
      results: [
        { responseCode: 'OK', responseMessage: '', systemError: false, dateTimeUtc: expect.any(String) as string },
      ],
    });
    expect(receiver.received.map(({ event }) => event)).toEqual([
      {
        EventName: 'test-created',
        ResourceUri: deployment.url + path,
        ResourceName: 'test',
        AuditUri: null,
        ResourceChangeUtcDate: expect.stringMatching(/^2026-11-16T09:\d\d:\d\d\.\d{7}\+00:00$/) as string,
      },
    ]);
    expect((await westwind('GET', path)).status).toBe(404);
    expect((await kuzey('GET', `${HOOK}/validationEvents/${PARTNERS.kuzey}`)).status).toBe(404);
    expect((await kuzey('GET', `${HOOK}/validationEvents/one`)).status).toBe(400);
  });

  test('is sent twice a minute at most', async () => {
    expect((await kuzey('POST', `${HOOK}/validationEvents`)).status).toBe(404);
    await register();
    const asked = await Promise.all([1, 2, 3, 4].map(() => kuzey('POST', `${HOOK}/validationEvents`)));
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(asked.filter(({ status }) => status === 429)).toHaveLength(2);
    const refused = asked.find(({ status }) => status === 429);
    const seconds = Number(refused?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
    const message = `Rate limit is exceeded. Try again in ${seconds} seconds.`;
    expect(refused?.body).toEqual({ statusCode: 429, message });
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toHaveLength(2);
  });

  test('is refused where the webhook does not ask for it', async () => {
    await register(kuzey, { WebhookEvents: ['subscription-updated'] });
    expect(await kuzey('POST', `${HOOK}/validationEvents`)).toMatchObject({ status: 400, body: { code: 3000 } });
  });
});

describe('subscription-updated', () => {
  test('that the partner no longer asks for is not told, and not left pending', async () => {
    await register();
    await upgrade(kuzey, 1);
    await kuzey('PUT', HOOK, { body: { WebhookUrl: receiver.url, WebhookEvents: [] } });
    await startWorker();
    const states = async () => (await rowsOf('webhook_deliveries', 'kuzey')).map(({ state }) => state);
    await expect.poll(states, SOON).toEqual(['failed', 'failed']);
    expect(receiver.received).toEqual([]);
  });

  test('tells of both subscriptions of an upgrade, signed, with addresses that can be followed', async () => {
    await startWorker();
    await register();
    const target = await upgrade(kuzey, 1);
    const told = [resourceOf(1, subscriptionId(1)), resourceOf(1, target)].toSorted();
    await expect.poll(resources, SOON).toEqual(told);
    for (const received of receiver.received) {
      const { EventName, ResourceName, ResourceUri, AuditUri } = received.event;
      expect([EventName, ResourceName]).toEqual(['subscription-updated', 'subscription']);
      expect(AuditUri).toMatch(/\/auditactivity\/v1\/auditrecords\/[0-9a-f_-]+$/);
      await expectSigned(received, 'authorization');
      const { status, body } = await kuzey('GET', new URL(ResourceUri).pathname);
      expect([status, body.id]).toEqual([200, ResourceUri.split('/').at(-1)]);
    }
    const addresses = [...new Set(receiver.received.map(({ event }) => new URL(event.AuditUri ?? '').pathname))];
    expect(addresses).toHaveLength(1);
    const { body } = await kuzey('GET', addresses[0] ?? '');
    expect(body).toMatchObject({ operationType: 'upgrade_subscription' });
  });

  test('carries its signature in x-ms-signature where the partner wants it there', async () => {
    await startWorker();
    await register(kuzey, { SignatureTokenToMsSignatureHeader: true });
    await kuzey('PATCH', subscriptionPath(1), { body: { quantity: 26 } });
    await expect.poll(resources, SOON).toEqual([resourceOf(1, subscriptionId(1))]);
    const [received] = receiver.received;
    expect(received?.headers.authorization).toBeUndefined();
    if (received) await expectSigned(received, 'x-ms-signature');
  });

  test('tells once of each act on a subscription', async () => {
    await register();
    await kuzey('PATCH', subscriptionPath(2), { body: { quantity: 13 } });
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toHaveLength(1);
    await kuzey('PATCH', subscriptionPath(2), { body: { friendlyName: 'Mimarlar' } });
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toHaveLength(2);
    await kuzey('PATCH', subscriptionPath(2), { body: { friendlyName: 'Mimarlar' } });
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toHaveLength(2);
  });

  test('is put down for nobody who did not ask for it, and for no other partner', async () => {
    await register(kuzey, { WebhookEvents: ['test-created'] });
    await upgrade(kuzey, 1);
    await upgrade(westwind, 41);
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toEqual([]);
    expect(await rowsOf('webhook_deliveries', 'westwind')).toEqual([]);
    await kuzey('PUT', HOOK, { body: { WebhookUrl: receiver.url, WebhookEvents: ALL } });
    await kuzey('PATCH', subscriptionPath(2), { body: { friendlyName: 'Mimarlar' } });
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toMatchObject([{ partner_id: PARTNERS.kuzey }]);
    expect(await rowsOf('webhook_deliveries', 'westwind')).toEqual([]);
    expect(await rowsOf('webhook_registrations', 'westwind')).toEqual([]);
  });

  test('adds no round trip to the upgrade', async () => {
    await register();
    const api = await deployment.signIn('aylin@kuzey.example');
    const params = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
    const body = { targetOfferId: OFFERS.o365E1, upgradeType: 'upgrade_only' as const };
    const quoted = await api('quoteUpgrade', { params, body });
    if (!quoted.ok) throw new Error(quoted.problem.detail);
    deployment.roundTrips.length = 0;
    await api('submitQuote', { params: { customerId: params.customerId, quoteId: quoted.value.quoteId } });
    expect(deployment.roundTrips.filter((text) => !/session_agent|from deployment/.test(text))).toHaveLength(4);
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toHaveLength(2);
  });

  test('goes with the world that it tells of', async () => {
    await register();
    await upgrade(kuzey, 1);
    await fetch(`${deployment.url}/api/sandbox/reset`, {
      method: 'POST',
      body: JSON.stringify({ scenario: 'demo' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toEqual([]);
    expect(await rowsOf('webhook_registrations', 'kuzey')).toEqual([]);
  });
});

describe('delivery', () => {
  /** Has a test event sent and answers with its status once that is the one waited for. */
  async function testEventUntil(status: string) {
    const { body } = await kuzey('POST', `${HOOK}/validationEvents`);
    const path = `${HOOK}/validationEvents/${body.correlationId}`;
    await expect.poll(async () => (await kuzey('GET', path)).body, SOON).toMatchObject({ status });
    return (await kuzey('GET', path)).body;
  }

  test('is tried again, with the same bytes, until the receiver takes it', async () => {
    await startWorker();
    await register();
    receiver.answers.push(answerWith(500), answerWith(302, { location: '/elsewhere' }));
    const { results } = await testEventUntil('completed');
    expect(results).toMatchObject([
      { responseCode: 'InternalServerError' },
      { responseCode: 'Found' },
      { responseCode: 'OK' },
    ]);
    expect(new Set(receiver.received.map(({ bytes }) => bytes.toString())).size).toBe(1);
  });

  test('is given up after ten attempts', async () => {
    await startWorker();
    await register();
    receiver.answers.push(...Array<Receiver['answers'][number]>(11).fill(answerWith(503)));
    const { results } = await testEventUntil('failed');
    expect(results).toHaveLength(10);
    expect(receiver.received).toHaveLength(10);
  });

  test('writes down that nobody answered', async () => {
    await startWorker();
    await register();
    receiver.answers.push((response) => response.destroy());
    const { results } = await testEventUntil('completed');
    expect(results[0]).toMatchObject({ responseCode: '', responseMessage: 'socket hang up', systemError: true });
  });

  test('comes after a restart between the act and the delivery', async () => {
    await register();
    const stop = await startWorker();
    await stop();
    const target = await upgrade(kuzey, 1);
    expect(await rowsOf('webhook_deliveries', 'kuzey')).toMatchObject([
      { state: 'pending', queued: false },
      { state: 'pending', queued: false },
    ]);
    await startWorker();
    await expect.poll(resources, SOON).toEqual([resourceOf(1, subscriptionId(1)), resourceOf(1, target)].toSorted());
  });

  test('that a stop breaks off is made by the next server', async () => {
    const stop = await startWorker();
    await register();
    receiver.answers.push(() => undefined);
    const { body } = await kuzey('POST', `${HOOK}/validationEvents`);
    await expect.poll(() => receiver.received.length, SOON).toBe(1);
    await stop();
    await startWorker();
    const path = `${HOOK}/validationEvents/${body.correlationId}`;
    await expect.poll(async () => (await kuzey('GET', path)).body, SOON).toMatchObject({ status: 'completed' });
    expect((await kuzey('GET', path)).body.results).toHaveLength(1);
  });

  test('is done once by two servers, and a receiver that hangs holds up nobody else', async () => {
    await Promise.all([startWorker(), startWorker()]);
    const hanging = await startReceiver();
    hanging.answers.push(...Array<Receiver['answers'][number]>(20).fill(() => undefined));
    await register(westwind, { WebhookUrl: hanging.url });
    await register(kuzey);
    for (const friendlyName of ['A', 'B', 'C', 'D', 'E', 'F']) {
      await westwind('PATCH', subscriptionPath(41), { body: { friendlyName } });
    }
    const target = await upgrade(kuzey, 1);
    await expect
      .poll(resources, { ...SOON, timeout: 5_000 })
      .toEqual([resourceOf(1, subscriptionId(1)), resourceOf(1, target)].toSorted());
    // Three at a time of one partner, at each server.
    expect(hanging.received.length).toBeLessThanOrEqual(6);
    await hanging.close();
  });

  test('of a sandbox can come late and twice', async () => {
    const struck: string[] = [];
    await startWorker({
      strikeDelivery: async ({ event }) => {
        struck.push(event);
        return { delayMs: 700, copies: 2 };
      },
    });
    await register();
    const { results } = await testEventUntil('completed');
    expect(results).toHaveLength(2);
    expect(receiver.received).toHaveLength(2);
    expect(struck).toEqual(['test-created']);
  });

  test('outside a sandbox calls no address inside the operator’s network', async () => {
    await register();
    await startWorker({ reach: () => 'public' });
    const { results } = await testEventUntil('failed');
    expect(results[0]).toMatchObject({ responseMessage: 'The address is not https.', systemError: true });
    expect(receiver.received).toEqual([]);
  });
});
