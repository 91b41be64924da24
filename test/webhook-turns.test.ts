import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../contract/client.ts';
import { eventMessage } from '../contract/webhooks.ts';
import { customerId, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect } from './partner-center-client.ts';
import { type Receiver, startReceiver } from './webhook-receiver.ts';
import { startWorker } from './webhook-worker.ts';

/** Well below the ten seconds that an attempt waits for an answer. */
const BEFORE_ANY_GIVES_UP = { timeout: 6_000, interval: 20 };
/** Of the eight that are sent at a time, as many may be one partner's. */
const SHARE = 3;
const RECEIVERS = 12;

let deployment: TestDeployment;
let silent: Receiver;
let answering: Receiver;
let aylin: Client;
let wendy: Client;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  valueOf(await createClient({ baseUrl: deployment.url })('resetSandbox', { body: { scenario: 'empty' } }));
  await deployment.moveClock('2026-11-16T09:00:00Z');
  await deployment.reset();
  aylin = await deployment.signIn('aylin@kuzey.example');
  wendy = await deployment.signIn('wendy@westwind.example');
  [silent, answering] = [await startReceiver(), await startReceiver()];
  stops.push(
    () => silent.close(),
    () => answering.close(),
  );
  silent.answers.push(...Array<() => undefined>(1000).fill(() => undefined));
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const add = async (client: Client, url: string) =>
  valueOf(await client('registerWebhook', { body: { url, events: ['seats.changed'], description: '', enabled: true } }))
    .webhookId;
const test = async (client: Client, webhookId: string) =>
  void valueOf(await client('testWebhook', { params: { webhookId } }));
const work = async () => void stops.push(await startWorker(deployment, { pauseSeconds: 60 }));
const seats = async (quantity: number) => {
  const params = { customerId: customerId(2), subscriptionId: subscriptionId(2) };
  valueOf(await aylin('changeSeats', { params, body: { quantity } }));
};

/** Kuzey has many webhooks whose receivers never answer, and something for each of them. */
async function fallSilent(receivers = RECEIVERS) {
  for (let number = 0; number < receivers; number++) await add(aylin, `${silent.url}/${number}`);
  await seats(13);
  await seats(14);
}

describe('a partner with many receivers that never answer', () => {
  it('takes its share and does not delay another partner', async () => {
    await fallSilent();
    const webhookId = await add(wendy, answering.url);
    await work();
    await expect.poll(() => silent.received.length, BEFORE_ANY_GIVES_UP).toBeGreaterThan(1);
    for (let turn = 1; turn <= 3; turn++) {
      await test(wendy, webhookId);
      await expect.poll(() => answering.received.length, BEFORE_ANY_GIVES_UP).toBe(turn);
    }
    expect(silent.received.length).toBeLessThanOrEqual(SHARE);
  });

  it('does not keep its own that answers from its turn', async () => {
    await fallSilent(SHARE + 1);
    await work();
    await expect.poll(() => silent.received.length, BEFORE_ANY_GIVES_UP).toBe(SHARE);
    const webhookId = await add(aylin, answering.url);
    // Once the first are known to fail, only the last one is still to be tried.
    await expect.poll(() => silent.received.length, { timeout: 20_000, interval: 20 }).toBeGreaterThan(SHARE);
    const before = silent.received.length;
    await test(aylin, webhookId);
    await expect.poll(() => answering.received.length, { timeout: 15_000, interval: 20 }).toBe(1);
    expect(silent.received.length - before).toBeLessThanOrEqual(SHARE);
  });

  it('does not delay the receiver that another partner registered over the Partner Center API', async () => {
    await fallSilent();
    const send = await connect(deployment, 'demo-westwind-user', PARTNERS.westwind);
    const registration = { WebhookUrl: answering.url, WebhookEvents: ['test-created'] };
    expect((await send('POST', '/webhooks/v1/registration', { body: registration })).status).toBe(200);
    await work();
    await expect.poll(() => silent.received.length, BEFORE_ANY_GIVES_UP).toBe(SHARE);
    await send('POST', '/webhooks/v1/registration/validationEvents');
    await expect.poll(() => answering.received.length, BEFORE_ANY_GIVES_UP).toBe(1);
  });

  it('has what it registered over the Partner Center API wait in its own line', async () => {
    const send = await connect(deployment);
    const registration = { WebhookUrl: silent.url, WebhookEvents: ['subscription-updated'] };
    await send('POST', '/webhooks/v1/registration', { body: registration });
    for (let quantity = 13; quantity < 25; quantity++) await seats(quantity);
    const webhookId = await add(wendy, answering.url);
    await work();
    await expect.poll(() => silent.received.length, BEFORE_ANY_GIVES_UP).toBe(SHARE);
    await test(wendy, webhookId);
    await expect.poll(() => answering.received.length, BEFORE_ANY_GIVES_UP).toBe(1);
    expect(silent.received.length).toBe(SHARE);
  });
});

it('an event that a sandbox sends late takes nobody’s turn, and comes in the order of its subscription', async () => {
  await add(aylin, answering.url);
  let strikes = 3;
  stops.push(
    await startWorker(deployment, {
      strikeDelivery: async () => ({ delayMs: strikes-- > 0 ? 3_000 : 0, copies: 1 }),
    }),
  );
  const acts = [2, 1, 6];
  for (const customer of acts) {
    const params = { customerId: customerId(customer), subscriptionId: subscriptionId(customer) };
    valueOf(await aylin('changeSeats', { params, body: { quantity: 31 } }));
    await expect.poll(() => strikes, BEFORE_ANY_GIVES_UP).toBe(2 - acts.indexOf(customer));
  }
  const params = { customerId: customerId(14), subscriptionId: subscriptionId(14) };
  valueOf(await aylin('changeSeats', { params, body: { quantity: 31 } }));
  await expect.poll(() => answering.received.length, BEFORE_ANY_GIVES_UP).toBe(4);
  const customers = answering.received.map(({ bytes }) => eventMessage.parse(JSON.parse(bytes.toString())).data);
  expect(customers[0]?.customerId).toBe(customerId(14));
});
