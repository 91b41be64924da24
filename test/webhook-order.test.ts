import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../contract/client.ts';
import type { EventName } from '../contract/webhook-events.ts';
import { eventMessage } from '../contract/webhooks.ts';
import { customerId, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect } from './partner-center-client.ts';
import { answerWith, type Received, type Receiver, startReceiver } from './webhook-receiver.ts';
import { startWorker } from './webhook-worker.ts';

const SOON = { timeout: 20_000, interval: 20 };
const PROCESS = fileURLToPath(new URL('webhook-worker-process.ts', import.meta.url));

let deployment: TestDeployment;
let aylin: Client;
let receiver: Receiver;
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
  receiver = await startReceiver();
  stops.push(() => receiver.close());
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const work = async (options: Parameters<typeof startWorker>[1] = {}) => {
  stops.push(await startWorker(deployment, options));
};

async function add(events: EventName[], url = receiver.url): Promise<string> {
  const body = { url, events, description: '', enabled: true };
  return valueOf(await aylin('registerWebhook', { body })).webhookId;
}

async function seats(customer: number, quantity: number) {
  const params = { customerId: customerId(customer), subscriptionId: subscriptionId(customer) };
  valueOf(await aylin('changeSeats', { params, body: { quantity } }));
}

const messageIn = ({ bytes }: Received) => eventMessage.parse(JSON.parse(bytes.toString()));
const idsOf = (customer: number) =>
  receiver.received
    .map(messageIn)
    .filter(({ data }) => data.customerId === customerId(customer))
    .map(({ id }) => id);
/** The events of the customer in the order of its acts. */
const actsOf = async (customer: number) => {
  const rows = await deployment.context.database.asSystem((tx) =>
    tx.query<{ audit_id: string }>(
      `select audit_id from audit_records where customer_id = $1 and action = 'seats.changed' order by at, audit_id`,
      [customerId(customer)],
    ),
  );
  return rows.map((row) => row.audit_id);
};
const statesOf = async (webhookId: string) =>
  valueOf(await aylin('listDeliveries', { params: { webhookId }, query: {} })).items.map(({ state }) => state);
const onDatabase = (statement: string) => deployment.context.database.asSystem((tx) => tx.query(statement));

/** Draws the same numbers for the same seed. */
function drawn(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('events of one subscription', () => {
  it('wait behind one that fails, and those of other subscriptions do not', async () => {
    let broken = true;
    const fail = (response: ServerResponse) => answerWith(broken ? 500 : 200)(response);
    await add(['seats.changed']);
    await seats(2, 13);
    await seats(2, 14);
    const [first] = await actsOf(2);
    receiver.answers.push(...Array<typeof fail>(1000).fill(fail));
    await work({ pauseSeconds: 0 });
    await expect.poll(() => idsOf(2).length, SOON).toBeGreaterThan(3);
    broken = false;
    await expect.poll(async () => idsOf(2).at(-1) === (await actsOf(2))[1], SOON).toBe(true);
    const tries = idsOf(2);
    expect(tries.slice(0, -1)).toEqual(Array(tries.length - 1).fill(first));
  });

  it('let others pass while they wait', async () => {
    const webhookId = await add(['seats.changed']);
    receiver.answers.push(answerWith(500));
    await work({ pauseSeconds: 60 });
    await seats(2, 13);
    await expect.poll(() => idsOf(2).length, SOON).toBe(1);
    await seats(2, 14);
    await seats(1, 26);
    await expect.poll(() => idsOf(1), SOON).toEqual(await actsOf(1));
    await expect.poll(() => statesOf(webhookId), SOON).toEqual(['delivered', 'pending', 'pending']);
    expect(idsOf(2)).toHaveLength(1);
    await deployment.moveClock('2026-11-16T09:05:00Z');
    const [first, second] = await actsOf(2);
    await expect.poll(() => idsOf(2), SOON).toEqual([first, first, second]);
  });

  it('go on with the next once one is given up', async () => {
    const webhookId = await add(['seats.changed']);
    receiver.answers.push(answerWith(500), answerWith(500));
    await work({ pauseSeconds: 60 });
    await seats(2, 13);
    await seats(2, 14);
    await expect.poll(() => idsOf(2).length, SOON).toBe(1);
    await deployment.moveClock('2026-11-17T09:05:00Z');
    await expect.poll(() => statesOf(webhookId), SOON).toEqual(['delivered', 'failed']);
    const [first, second] = await actsOf(2);
    expect(idsOf(2)).toEqual([first, first, second]);
  });

  it('hold the order for each address by itself', async () => {
    const hanging = await startReceiver();
    stops.push(() => hanging.close());
    hanging.answers.push(...Array<() => undefined>(5).fill(() => undefined));
    await add(['seats.changed'], hanging.url);
    await add(['seats.changed']);
    await work();
    for (const quantity of [13, 14, 15]) await seats(2, quantity);
    await expect.poll(() => idsOf(2), SOON).toEqual(await actsOf(2));
    expect(hanging.received).toHaveLength(1);
  });

  it.each([1, 2, 3])('come in order with two servers and a receiver that fails and is slow (seed %i)', async (seed) => {
    const draw = drawn(seed);
    const taken: string[] = [];
    const answer = async (response: ServerResponse) => {
      const mine = messageIn(receiver.received.at(-1) as Received);
      const [fails, ms] = [draw(3) === 0, draw(60)];
      await pause(ms);
      if (!fails) taken.push(mine.id);
      answerWith(fails ? 503 : 200)(response);
    };
    receiver.answers.push(...Array<(response: ServerResponse) => void>(2000).fill((response) => void answer(response)));
    const webhookId = await add(['seats.changed']);
    await Promise.all([work(), work()]);
    const customers = [1, 2, 6];
    for (let act = 0; act < 5; act++) await Promise.all(customers.map((customer) => seats(customer, 30 + act)));
    await expect.poll(async () => new Set(await statesOf(webhookId)), SOON).toEqual(new Set(['delivered']));
    for (const customer of customers) {
      const acts = await actsOf(customer);
      expect(acts).toHaveLength(5);
      expect(taken.filter((id) => acts.includes(id))).toEqual(acts);
    }
  });
});

describe('a server that is killed', () => {
  async function startProcess(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [PROCESS, deployment.connectionString], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    stops.push(async () => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    return child;
  }

  async function kill(child: ChildProcess) {
    child.kill('SIGKILL');
    await once(child, 'exit');
    // What it was at counts as lost after a minute; the test does not wait that long.
    await onDatabase(`update pgboss.job set expire_seconds = 1 where state = 'active'`);
  }

  it('between sending and writing it down has its event sent again, before those behind it', async () => {
    const webhookId = await add(['seats.changed']);
    receiver.answers.push(() => undefined);
    const child = await startProcess();
    await seats(2, 13);
    await seats(2, 14);
    await expect.poll(() => idsOf(2).length, SOON).toBe(1);
    await kill(child);
    await onDatabase(`update pgboss.job set retry_delay = 0 where state = 'active'`);
    await work({ looksForLostEverySeconds: 1 });
    await expect.poll(() => statesOf(webhookId), { ...SOON, timeout: 40_000 }).toEqual(['delivered', 'delivered']);
    const [first, second] = await actsOf(2);
    expect(idsOf(2)).toEqual([first, first, second]);
  });

  it('at the last attempt of the queue leaves nothing pending for ever', async () => {
    const send = await connect(deployment);
    const registered = await startReceiver();
    stops.push(() => registered.close());
    for (const one of [receiver, registered]) one.answers.push(() => undefined);
    const registration = { WebhookUrl: registered.url, WebhookEvents: ['subscription-updated'] };
    await send('POST', '/webhooks/v1/registration', { body: registration });
    const webhookId = await add(['seats.changed']);
    const child = await startProcess();
    await seats(2, 13);
    await expect.poll(() => [receiver.received.length, registered.received.length], SOON).toEqual([1, 1]);
    await kill(child);
    await onDatabase(`update pgboss.job set retry_count = retry_limit where state = 'active'`);
    await work({ looksForLostEverySeconds: 1 });
    await deployment.moveClock('2026-11-16T09:05:00Z');
    const registeredStates = () =>
      deployment.context.database.read(PARTNERS.kuzey, (tx) =>
        tx.query<{ state: string }>('select state from webhook_deliveries'),
      );
    await expect.poll(registeredStates, { ...SOON, timeout: 40_000 }).toEqual([{ state: 'failed' }]);
    await expect
      .poll(
        async () => {
          const { nextTryAt } = valueOf(await aylin('showWebhook', { params: { webhookId } }));
          if (nextTryAt && nextTryAt > '2026-11-16T09:05') await deployment.moveClock('2026-11-16T09:10:00Z');
          return statesOf(webhookId);
        },
        { ...SOON, timeout: 40_000 },
      )
      .toEqual(['delivered']);
  });
});
