import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../contract/client.ts';
import { EVENTS, type EventName } from '../contract/webhook-events.ts';
import { eventMessage } from '../contract/webhooks.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import type { WebhookReach } from '../server/http/outbound-address.ts';
import { webhookUpkeep } from '../server/webhooks/switch-off-failing.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect, subscriptionPath } from './partner-center-client.ts';
import { answerWith, type Received, type Receiver, startReceiver } from './webhook-receiver.ts';
import { startWorker } from './webhook-worker.ts';

const SOON = { timeout: 15_000, interval: 20 };
const START = '2026-11-16T09:00:00Z';

let deployment: TestDeployment;
let aylin: Client;
let wendy: Client;
let receiver: Receiver;
let stopWorker: (() => Promise<void>) | undefined;

beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  // Only where nothing was charged yet does the clock go back.
  valueOf(await createClient({ baseUrl: deployment.url })('resetSandbox', { body: { scenario: 'empty' } }));
  await deployment.moveClock(START);
  await deployment.reset();
  aylin = await deployment.signIn('aylin@kuzey.example');
  wendy = await deployment.signIn('wendy@westwind.example');
  receiver = await startReceiver();
});
afterEach(async () => {
  await stopWorker?.();
  stopWorker = undefined;
  await receiver.close();
});

const work = async (options: Parameters<typeof startWorker>[1] = {}) => {
  stopWorker = await startWorker(deployment, options);
};

async function add(events: readonly EventName[] = EVENTS, { url = receiver.url, client = aylin } = {}) {
  return valueOf(
    await client('registerWebhook', { body: { url, events: [...events], description: '', enabled: true } }),
  );
}

async function seats(quantity: number, customer = 2, client = aylin) {
  const params = { customerId: customerId(customer), subscriptionId: subscriptionId(customer) };
  return valueOf(await client('changeSeats', { params, body: { quantity } }));
}

async function upgrade(customer = 1) {
  const params = { customerId: customerId(customer), subscriptionId: subscriptionId(customer) };
  const body = { targetOfferId: OFFERS.o365E1, upgradeType: 'upgrade_only' as const };
  const { quoteId } = valueOf(await aylin('quoteUpgrade', { params, body }));
  return valueOf(await aylin('submitQuote', { params: { customerId: params.customerId, quoteId } }));
}

const messageIn = ({ bytes }: Received) => eventMessage.parse(JSON.parse(bytes.toString()));
const types = () => receiver.received.map((one) => messageIn(one).type);
const deliveriesOf = async (
  webhookId: string,
  query: { state?: 'pending' | 'failed'; limit?: number; cursor?: string } = {},
) => valueOf(await aylin('listDeliveries', { params: { webhookId }, query }));
const stateOf = async (webhookId: string) => (await deliveriesOf(webhookId)).items.map(({ state }) => state);
const auditOf = () =>
  deployment.context.database.read(PARTNERS.kuzey, (tx) =>
    tx.query<{ action: string; details: object; agent_id: string | null }>(
      `select action, details, agent_id from audit_records where action like 'webhook.%' order by at, audit_id`,
    ),
  );

/** As a receiver checks it by the specification, with nothing of the server’s. */
function isSignedWith(secret: string, { headers, bytes }: Received): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${bytes.toString()}`;
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

describe('a webhook of a partner’s own', () => {
  it('is added, shown, changed and removed, and its secret is seen once', async () => {
    const body = { url: 'https://crm.example/hook', events: ['upgrade.applied' as const], description: 'CRM' };
    const { secret, ...made } = valueOf(await aylin('registerWebhook', { body: { ...body, enabled: true } }));
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made).toMatchObject({ ...body, enabled: true, failingSince: null, lastAttempt: null });
    const params = { webhookId: made.webhookId };
    expect(valueOf(await aylin('showWebhook', { params }))).toEqual(made);
    const listed = valueOf(await aylin('listWebhooks', {}));
    expect(listed.items).toEqual([made]);
    expect(listed.events.map(({ event }) => event)).toEqual(EVENTS);
    const changed = valueOf(
      await aylin('changeWebhook', { params, body: { events: ['seats.changed'], enabled: false } }),
    );
    expect(changed).toEqual({ ...made, events: ['seats.changed'], enabled: false });
    valueOf(await aylin('changeWebhook', { params, body: { enabled: false } }));
    valueOf(await aylin('removeWebhook', { params }));
    expect(problemOf(await aylin('removeWebhook', { params })).code).toBe('not-found');
    expect(valueOf(await aylin('listWebhooks', {})).items).toEqual([]);
    const before = { url: body.url, events: body.events, enabled: true };
    const after = { url: body.url, events: ['seats.changed'], enabled: false };
    expect(await auditOf()).toMatchObject([
      { action: 'webhook.registered', details: before },
      { action: 'webhook.changed', details: { before, after } },
      { action: 'webhook.removed', details: { before: after, after: null } },
    ]);
    expect(JSON.stringify(await auditOf())).not.toContain(secret);
  });

  it('leaves no secret of its address in the audit log', async () => {
    const { webhookId } = await add(['seats.changed'], { url: 'https://crm.example/hook?key=first-secret' });
    const url = 'https://crm.example/hook?key=other-secret';
    const changed = valueOf(await aylin('changeWebhook', { params: { webhookId }, body: { url } }));
    expect(changed.url).toBe(url);
    const rows = await auditOf();
    expect(rows).toMatchObject([
      { action: 'webhook.registered', details: { url: 'https://crm.example/hook?…' } },
      { action: 'webhook.changed' },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/(first|other)-secret/);
  });

  it('stands beside the one of the Partner Center API, which is shown and cannot be changed here', async () => {
    const send = await connect(deployment);
    const registration = { WebhookUrl: receiver.url, WebhookEvents: ['subscription-updated'] };
    await send('POST', '/webhooks/v1/registration', { body: registration });
    await add();
    const { items, registration: shown } = valueOf(await aylin('listWebhooks', {}));
    expect(shown).toEqual({ url: receiver.url, events: ['subscription-updated'] });
    expect(items).toHaveLength(1);
  });

  it('names its events in the reader’s language', async () => {
    const turkish = await deployment.signIn('aylin@kuzey.example', 'tr');
    const { events } = valueOf(await turkish('listWebhooks', {}));
    expect(events).toContainEqual({ event: 'upgrade.applied', text: 'Yükseltme yapıldı' });
  });

  it.each([
    ['url', { url: 'hook' }],
    ['url', { url: 'http://crm.example/' }],
    ['url', { url: 'https://user:word@crm.example/' }],
    ['url', { url: `https://crm.example/${'a'.repeat(2000)}` }],
    ['url', { url: 7 }],
    ['events', { events: [] }],
    ['events.0', { events: ['invoice.ready'] }],
    ['events', { events: ['seats.changed', 'seats.changed'] }],
    ['description', { description: 'x'.repeat(201) }],
    ['description', { description: 'a\0b' }],
    ['enabled', { enabled: 'yes' }],
    ['secret', { secret: 'whsec_mine' }],
  ])('with a wrong %s is refused, and the field named: %o', async (field, wrong) => {
    const body = { url: 'https://crm.example/', events: ['seats.changed'], ...wrong };
    const problem = problemOf(await aylin('registerWebhook', { body: body as never }));
    expect(problem).toMatchObject({ code: 'invalid-request', fields: [{ field }] });
    expect(valueOf(await aylin('listWebhooks', {})).items).toEqual([]);
  });

  it('has an address of its own, and there are twenty at most', async () => {
    const first = await add();
    const body = { url: receiver.url, events: ['seats.changed' as const], description: '', enabled: true };
    expect(problemOf(await aylin('registerWebhook', { body })).code).toBe('webhook-exists');
    const asked = await Promise.all(
      Array.from({ length: 22 }, (_, n) =>
        aylin('registerWebhook', { body: { ...body, url: `https://a${n}.example/` } }),
      ),
    );
    expect(asked.filter(({ ok }) => ok)).toHaveLength(19);
    const full = asked.filter((one) => !one.ok).map(problemOf);
    expect(new Set(full.map(({ code }) => code))).toEqual(new Set(['too-many-webhooks']));
    const taken = { params: { webhookId: first.webhookId }, body: { url: 'https://a0.example/' } };
    expect(problemOf(await aylin('changeWebhook', taken)).code).toBe('webhook-exists');
  });

  it('of another partner does not exist', async () => {
    const { webhookId } = await add();
    await seats(13);
    const params = { webhookId };
    const [item] = (await deliveriesOf(webhookId)).items;
    const ofDelivery = { webhookId, eventId: item?.eventId ?? '' };
    const problems = [
      await wendy('showWebhook', { params }),
      await wendy('changeWebhook', { params, body: { enabled: false } }),
      await wendy('rotateWebhookSecret', { params }),
      await wendy('testWebhook', { params }),
      await wendy('listDeliveries', { params, query: {} }),
      await wendy('redeliverEvent', { params: ofDelivery }),
      await wendy('removeWebhook', { params }),
    ].map(problemOf);
    expect(problems.map(({ code }) => code)).toEqual(Array(7).fill('not-found'));
    expect(valueOf(await wendy('listWebhooks', {})).items).toEqual([]);
  });

  it('is for roles that manage webhooks', async () => {
    const { webhookId } = await add();
    const nil = await deployment.signIn('nil@kuzey.example');
    const params = { webhookId };
    for (const refused of [
      await nil('listWebhooks', {}),
      await nil('showWebhook', { params }),
      await nil('registerWebhook', {
        body: { url: 'https://a.example/', events: ['seats.changed'], description: '', enabled: true },
      }),
      await nil('changeWebhook', { params, body: {} }),
      await nil('rotateWebhookSecret', { params }),
      await nil('testWebhook', { params }),
      await nil('listDeliveries', { params, query: {} }),
      await nil('redeliverEvent', { params: { webhookId, eventId: webhookId } }),
      await nil('removeWebhook', { params }),
    ]) {
      expect(problemOf(refused).code).toBe('role-not-allowed');
    }
  });
});

describe('an event', () => {
  it('is named like the act, tells ids alone, and is signed by the scheme of Standard Webhooks', async () => {
    await work();
    const { secret } = await add(['upgrade.applied']);
    const done = await upgrade();
    await expect.poll(() => receiver.received.length, SOON).toBe(1);
    const [received] = receiver.received;
    if (!received) throw new Error('nothing came');
    const [audit] = await deployment.context.database.asSystem((tx) =>
      tx.query<{ audit_id: string; correlation_id: string }>(
        `select * from audit_records where action = 'upgrade.applied'`,
      ),
    );
    expect(messageIn(received)).toEqual({
      id: audit?.audit_id,
      type: 'upgrade.applied',
      timestamp: expect.stringMatching(/^2026-11-16T09:00:\d\d(\.\d+)?Z$/) as string,
      data: {
        customerId: customerId(1),
        subjectId: done.upgradeId,
        subscriptionIds: [subscriptionId(1), expect.stringMatching(/^[0-9a-f-]{36}$/) as string],
        correlationId: audit?.correlation_id,
      },
    });
    expect(received.headers['webhook-id']).toBe(audit?.audit_id);
    expect(isSignedWith(secret, received)).toBe(true);
    expect(isSignedWith(`${secret.slice(0, -6)}AAAAA=`, received)).toBe(false);
    expect(received.bytes.toString()).not.toMatch(/Akdeniz|Office|[0-9]\.[0-9]{2}"/);
  });

  it('goes to each webhook that asks for it, with the same id, and to no other', async () => {
    const [all, none] = [await startReceiver(), await startReceiver()];
    await work();
    await add(['seats.changed', 'subscription-updated']);
    await add(EVENTS, { url: all.url });
    await add(['customer.created'], { url: none.url });
    await add(EVENTS, { url: none.url, client: wendy });
    await seats(13);
    await expect.poll(() => [receiver.received.length, all.received.length], SOON).toEqual([2, 2]);
    const ids = ({ received }: Receiver) => received.map(({ headers }) => headers['webhook-id']);
    expect(ids(receiver)).toEqual(ids(all));
    expect(types().toSorted()).toEqual(['seats.changed', 'subscription-updated']);
    expect(none.received).toEqual([]);
    await Promise.all([all.close(), none.close()]);
  });

  it('adds no round trip to the upgrade', async () => {
    const { webhookId } = await add();
    const params = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
    const body = { targetOfferId: OFFERS.o365E1, upgradeType: 'upgrade_only' as const };
    const { quoteId } = valueOf(await aylin('quoteUpgrade', { params, body }));
    deployment.roundTrips.length = 0;
    valueOf(await aylin('submitQuote', { params: { customerId: params.customerId, quoteId } }));
    expect(deployment.roundTrips.filter((text) => !/session_agent|from deployment/.test(text))).toHaveLength(4);
    expect((await deliveriesOf(webhookId)).items).toHaveLength(3);
  });

  it('is not put down for a webhook that is off, and what waits for one that is switched off is given up', async () => {
    const { webhookId } = await add(['seats.changed']);
    await seats(13);
    await aylin('changeWebhook', { params: { webhookId }, body: { enabled: false } });
    await seats(14);
    expect(await stateOf(webhookId)).toEqual(['failed']);
    await work();
    await aylin('changeWebhook', { params: { webhookId }, body: { enabled: true } });
    await seats(15);
    await expect.poll(() => stateOf(webhookId), SOON).toEqual(['delivered', 'failed']);
    expect(types()).toEqual(['seats.changed']);
  });

  it('comes late and twice where a sandbox wants that', async () => {
    await work({ strikeDelivery: async () => ({ delayMs: 700, copies: 2 }) });
    await add(['seats.changed']);
    await seats(13);
    await expect.poll(() => receiver.received.length, SOON).toBe(2);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});

describe('a secret', () => {
  it('that is rotated signs beside the new one for a day', async () => {
    await work();
    const { webhookId, secret } = await add(['seats.changed']);
    const params = { webhookId };
    const rotated = valueOf(await aylin('rotateWebhookSecret', { params }));
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.previousSecretUntil).toMatch(/^2026-11-17T09:00/);
    await seats(13);
    await expect.poll(() => receiver.received.length, SOON).toBe(1);
    await deployment.moveClock('2026-11-17T09:30:00Z');
    await seats(14);
    await expect.poll(() => receiver.received.length, SOON).toBe(2);
    const validity = receiver.received.map((one) => [secret, rotated.secret].map((key) => isSignedWith(key, one)));
    expect(validity).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(valueOf(await aylin('showWebhook', { params })).previousSecretUntil).toBeNull();
    expect((await auditOf()).map(({ action }) => action)).toEqual(['webhook.registered', 'webhook.secret-rotated']);
  });
});

describe('the log of deliveries', () => {
  it('tells each attempt, its answer or why there was none, and the body as it was sent', async () => {
    await work();
    receiver.answers.push(
      answerWith(500),
      (response) => response.destroy(),
      answerWith(302, { location: '/elsewhere' }),
    );
    const { webhookId } = await add(['seats.changed']);
    await seats(13);
    await expect.poll(() => stateOf(webhookId), SOON).toEqual(['delivered']);
    const [item] = (await deliveriesOf(webhookId)).items;
    expect(item?.attempts.map(({ code, error }) => [code, error])).toEqual([
      [500, null],
      [null, 'socket hang up'],
      [302, null],
      [200, null],
    ]);
    expect(item?.attempts.every(({ ms }) => ms >= 0 && ms < 5000)).toBe(true);
    expect(item).toMatchObject({ event: 'seats.changed', text: 'The number of licenses changed', nextTryAt: null });
    expect(receiver.received.map(({ bytes }) => bytes.toString())).toEqual(Array(4).fill(item?.body));
  });

  it('is read page by page, and by state', async () => {
    const { webhookId } = await add(['seats.changed']);
    for (const quantity of [13, 14, 15, 16, 17]) await seats(quantity);
    const all = (await deliveriesOf(webhookId)).items.map(({ eventId }) => eventId);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await deliveriesOf(webhookId, { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ eventId }) => eventId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all);
    expect(all).toHaveLength(5);
    expect((await deliveriesOf(webhookId, { state: 'failed' })).items).toEqual([]);
    for (const wrong of ['nonsense', Buffer.from(JSON.stringify(['placed', 'x', webhookId])).toString('base64url')]) {
      const problem = problemOf(await aylin('listDeliveries', { params: { webhookId }, query: { cursor: wrong } }));
      expect(problem).toMatchObject({ code: 'invalid-request', fields: [{ field: 'cursor' }] });
    }
  });

  it('has a test event sent at once, five times a minute at most', async () => {
    await work();
    const { webhookId } = await add(['customer.created']);
    const params = { webhookId };
    const asked = await Promise.all(Array.from({ length: 7 }, () => aylin('testWebhook', { params })));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(5);
    const refused = asked.filter((one) => !one.ok).map(problemOf);
    expect(refused.map(({ status }) => status)).toEqual([429, 429]);
    await expect.poll(types, SOON).toEqual(Array(5).fill('webhook.test'));
    const rows = await deployment.context.database.asSystem((tx) =>
      tx.query(`select 1 from audit_records where action = 'webhook.tested' and subject_id = $1`, [webhookId]),
    );
    expect(rows).toHaveLength(5);
    await aylin('changeWebhook', { params, body: { enabled: false } });
    expect(problemOf(await aylin('testWebhook', { params })).code).toBe('webhook-off');
  });

  it('sends an event again on demand, with the same id and bytes, once it is over', async () => {
    const { webhookId } = await add(['seats.changed']);
    await seats(13);
    const [item] = (await deliveriesOf(webhookId)).items;
    const params = { webhookId, eventId: item?.eventId ?? '' };
    expect(problemOf(await aylin('redeliverEvent', { params })).code).toBe('delivery-pending');
    await work();
    await expect.poll(() => receiver.received.length, SOON).toBe(1);
    await expect.poll(() => stateOf(webhookId), SOON).toEqual(['delivered']);
    expect(valueOf(await aylin('redeliverEvent', { params })).state).toBe('pending');
    await expect.poll(() => receiver.received.length, SOON).toBe(2);
    await expect.poll(() => stateOf(webhookId), SOON).toEqual(['delivered']);
    const [first, second] = receiver.received;
    expect(second?.bytes.toString()).toBe(first?.bytes.toString());
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(await auditOf()).toMatchObject([{}, { action: 'webhook.redelivered', details: { event: 'seats.changed' } }]);
    const unknown = { params: { webhookId, eventId: webhookId } };
    expect(problemOf(await aylin('redeliverEvent', unknown)).code).toBe('not-found');
    await aylin('changeWebhook', { params: { webhookId }, body: { enabled: false } });
    expect(problemOf(await aylin('redeliverEvent', { params })).code).toBe('webhook-off');
  });

  it('is kept for thirty days', async () => {
    await work();
    const { webhookId } = await add(['seats.changed']);
    await seats(13);
    await expect.poll(() => stateOf(webhookId), SOON).toEqual(['delivered']);
    const upkeep = webhookUpkeep(deployment.context);
    await deployment.moveClock('2026-12-16T08:00:00Z');
    await upkeep.run();
    expect(await stateOf(webhookId)).toEqual(['delivered']);
    await deployment.moveClock('2026-12-16T10:00:00Z');
    await upkeep.run();
    expect(await stateOf(webhookId)).toEqual([]);
  });
});

describe('a webhook that fails', () => {
  it('says since when and when the next try is, tries for a day, and forgets it when it works again', async () => {
    await work({ pauseSeconds: 60 });
    receiver.answers.push(answerWith(503), answerWith(503), answerWith(503));
    const { webhookId } = await add(['seats.changed']);
    const show = async () => valueOf(await aylin('showWebhook', { params: { webhookId } }));
    await seats(13);
    await expect.poll(async () => (await show()).failingSince, SOON).toMatch(/^2026-11-16T09:00/);
    expect((await show()).nextTryAt).toMatch(/^2026-11-16T09:01/);
    expect((await show()).lastAttempt).toMatchObject({ code: 503 });
    await deployment.moveClock('2026-11-16T09:02:00Z');
    await expect.poll(() => receiver.received.length, SOON).toBe(2);
    await expect.poll(async () => (await show()).nextTryAt, SOON).toMatch(/^2026-11-16T09:04/);
    await deployment.moveClock('2026-11-17T09:01:00Z');
    await expect.poll(() => stateOf(webhookId), SOON).toEqual(['failed']);
    expect((await show()).failingSince).toMatch(/^2026-11-16T09:00/);
    await seats(14);
    await expect.poll(() => stateOf(webhookId), SOON).toEqual(['delivered', 'failed']);
    expect(await show()).toMatchObject({ failingSince: null, nextTryAt: null });
  });

  it('is switched off by itself after five days, with an audit row, and starts afresh when it is switched on', async () => {
    await work({ pauseSeconds: 60 });
    receiver.answers.push(answerWith(503));
    const { webhookId } = await add(['seats.changed']);
    const show = async () => valueOf(await aylin('showWebhook', { params: { webhookId } }));
    await seats(13);
    await expect.poll(async () => (await show()).failingSince, SOON).not.toBeNull();
    await stopWorker?.();
    stopWorker = undefined;
    const [one, other] = [webhookUpkeep(deployment.context), webhookUpkeep(deployment.context)];
    await deployment.moveClock('2026-11-21T08:59:00Z');
    await one.run();
    expect((await show()).enabled).toBe(true);
    await deployment.moveClock('2026-11-21T09:01:00Z');
    await Promise.all([one.run(), other.run()]);
    expect(await show()).toMatchObject({
      enabled: false,
      disabledAt: expect.stringMatching(/^2026-11-21T09:01/) as string,
    });
    expect(await stateOf(webhookId)).toEqual(['failed']);
    const rows = (await auditOf()).filter(({ action }) => action === 'webhook.disabled');
    expect(rows).toMatchObject([{ agent_id: null, details: { before: { enabled: true }, after: { enabled: false } } }]);
    const on = valueOf(await aylin('changeWebhook', { params: { webhookId }, body: { enabled: true } }));
    expect(on).toMatchObject({ enabled: true, disabledAt: null, failingSince: null });
  });
});

describe('a receiver inside the network', () => {
  it('is not called where that is not allowed, though its address was taken in a sandbox', async () => {
    let reach: WebhookReach = 'public';
    await work({ reach: () => reach });
    const { webhookId } = await add(['seats.changed']);
    await seats(13);
    const errors = async () =>
      (await deliveriesOf(webhookId)).items.flatMap(({ attempts }) => attempts.map((one) => one.error));
    await expect.poll(errors, SOON).toContain('The address is not https.');
    expect(receiver.received).toEqual([]);
    reach = 'trial';
    await expect.poll(() => stateOf(webhookId), SOON).toEqual(['delivered']);
  });
});

describe('the Partner Center API', () => {
  it('tells its registration as before, beside the partner’s own webhooks', async () => {
    await work();
    const send = await connect(deployment);
    const registered = await startReceiver();
    const body = { WebhookUrl: registered.url, WebhookEvents: ['subscription-updated'] };
    await send('POST', '/webhooks/v1/registration', { body });
    await add(['subscription-updated']);
    await send('PATCH', subscriptionPath(2), { body: { friendlyName: 'Mimarlar' } });
    await expect.poll(() => [registered.received.length, receiver.received.length], SOON).toEqual([1, 1]);
    expect(registered.received[0]?.event.EventName).toBe('subscription-updated');
    expect(messageIn(receiver.received[0] as Received).data.subscriptionIds).toEqual([subscriptionId(2)]);
    await registered.close();
  });
});
