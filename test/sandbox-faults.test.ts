import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Call, type Client, createClient } from '../contract/client.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { demoWorld, emptyWorld } from '../demo/world.ts';
import { createApp } from '../server/app.ts';
import { createFaults } from '../server/sandbox/faults.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { createDirectory, endServers, launchServer, startServer } from './server-process.ts';

const CUSTOMERS = '/v1/customers';
const SUBSCRIPTION = `${CUSTOMERS}/${customerId(1)}/subscriptions/${subscriptionId(1)}`;

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  // A 500 on demand is logged like any other.
  deployment = await startDeployment('demo', { expectErrors: true });
  aylin = await deployment.signIn('aylin@kuzey.example');
});
beforeEach(async () => {
  valueOf(await aylin('resetSandbox', { body: { scenario: 'demo' } }));
});
afterAll(() => deployment.stop());

type Faults = Call<Endpoints['setFaults']>['body'];
type Rule = Faults['rules'][number];

const setFaults = async (rules: readonly Rule[], seed = 0) =>
  valueOf(await aylin('setFaults', { body: { seed, rules: [...rules] } }));
const counts = async () => {
  const { rules } = valueOf(await aylin('showSandbox', {})).faults;
  return rules.map(({ asked, struck }) => ({ asked, struck }));
};

async function tokenOf(client = 'demo-kuzey-user'): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client,
    client_secret: 'demo-secret',
    resource: 'https://api.partnercenter.microsoft.com',
  });
  const answer = await fetch(`${deployment.url}/${PARTNERS.kuzey}/oauth2/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** A call of the dialect; without an answer it throws, as the connection was lost. */
async function ask(
  path: string,
  { client, ...init }: Omit<RequestInit, 'headers'> & { client?: string; headers?: Record<string, string> } = {},
) {
  const headers = {
    authorization: `Bearer ${await tokenOf(client)}`,
    'content-type': 'application/json',
    ...init.headers,
  };
  const answer = await fetch(deployment.url + path, { ...init, headers });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

const lost = (answer: Promise<unknown>) => expect(answer).rejects.toThrow('fetch failed');

/** Posts the upgrade of the first demo subscription to Office 365 E3. */
const upgrade = (requestId: string) =>
  ask(`${SUBSCRIPTION}/upgrades`, {
    method: 'POST',
    headers: { 'MS-RequestId': requestId },
    body: JSON.stringify({
      targetOffer: { id: OFFERS.o365E3 },
      upgradeType: 'upgrade_with_license_transfer',
    }),
  });
const upgradesDone = async () =>
  valueOf(await aylin('listUpgrades', { params: { customerId: customerId(1) } })).items.length;

describe('a fault', () => {
  it('of too many requests comes from the gateway of the dialect, and says when to come again', async () => {
    await setFaults([{ fault: { kind: 'too-many-requests', retryAfterSeconds: 7 } }]);
    const { status, headers, body } = await ask(CUSTOMERS);
    expect([status, headers.get('retry-after')]).toEqual([429, '7']);
    expect(body).toEqual({ statusCode: 429, message: 'Rate limit is exceeded. Try again in 7 seconds.' });
  });

  it('of too many requests is a problem document of our own API', async () => {
    await setFaults([{ fault: { kind: 'too-many-requests', retryAfterSeconds: 7 } }]);
    const answer = await fetch(`${deployment.url}/api/customers`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'too-many-requests', remedy: 'Wait 7 seconds.' });
  });

  it.each([
    [500, 'internal-error'],
    [502, 'bad-gateway'],
    [503, 'database-unavailable'],
    [504, 'gateway-timeout'],
  ] as const)('of the server answers %i in the shape of either API', async (status, code) => {
    await setFaults([{ fault: { kind: 'server-error', status } }]);
    const dialect = await ask(CUSTOMERS);
    expect(dialect).toMatchObject({ status, body: { code: 800003, data: [], source: 'PartnerFD' } });
    expect(dialect.headers.get('ms-correlationid')).not.toBeNull();
    expect(problemOf(await aylin('listCustomers', {}))).toMatchObject({ status, code });
  });

  it('of latency lets the request wait, and then it is done', async () => {
    await setFaults([{ fault: { kind: 'latency', ms: 400 } }]);
    const begun = performance.now();
    expect((await ask(CUSTOMERS)).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(395);
  });

  it('of latency does not keep a server from stopping', async () => {
    const world = await startDeployment();
    const api = await world.signIn('aylin@kuzey.example');
    valueOf(await api('setFaults', { body: { rules: [{ fault: { kind: 'latency', ms: 120_000 } }] } }));
    const waiting = api('listCustomers', {});
    await expect.poll(async () => valueOf(await api('showSandbox', {})).faults.rules[0]?.struck).toBe(1);
    await Promise.all([world.stop(), waiting]);
  });

  it('that cuts the connection before the commit leaves nothing behind: the repeat is the act', async () => {
    await setFaults([{ on: { method: 'POST' }, fault: { kind: 'cut-before-commit' }, times: 1 }]);
    const requestId = randomUUID();
    await lost(upgrade(requestId));
    expect(await upgradesDone()).toBe(0);
    expect((await upgrade(requestId)).body['upgradeErrors']).toEqual([]);
    expect(await upgradesDone()).toBe(1);
    expect(await counts()).toEqual([{ asked: 1, struck: 1 }]);
  });

  it('that cuts the connection after the commit loses the answer alone: the repeat gets it, and acts no more', async () => {
    await setFaults([{ on: { method: 'POST' }, fault: { kind: 'cut-after-commit' }, times: 1 }]);
    const requestId = randomUUID();
    await lost(upgrade(requestId));
    expect(await upgradesDone()).toBe(1);
    const stored = await deployment.context.database.asSystem((tx) =>
      tx.query<{ body: string }>('select body from replies where request_id = $1', [requestId]),
    );
    const repeat = await upgrade(requestId);
    expect(repeat.status).toBe(200);
    expect([JSON.stringify(repeat.body)]).toEqual(stored.map(({ body }) => body));
    expect(repeat.body['targetSubscriptionId']).toBeDefined();
    expect(await upgradesDone()).toBe(1);
  });

  it('that cuts after the commit strikes our own API likewise', async () => {
    await setFaults([{ on: { path: '/api/customers/*/subscriptions/*/seats' }, fault: { kind: 'cut-after-commit' } }]);
    const params = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
    const { quantity } = valueOf(await aylin('showSubscription', { params }));
    await lost(aylin('changeSeats', { params, body: { quantity: quantity + 5 } }));
    expect(valueOf(await aylin('showSubscription', { params })).quantity).toBe(quantity + 5);
  });
});

describe('the rules', () => {
  const failing = (more: Partial<Rule> = {}): Rule => ({ fault: { kind: 'server-error', status: 503 }, ...more });
  const statuses = async (count: number) => {
    const found: number[] = [];
    for (let asked = 0; asked < count; asked += 1) found.push((await ask(CUSTOMERS)).status);
    return found.join(' ');
  };

  it('strike the same requests again with the same seed, and others with another', async () => {
    const rules = [failing({ probability: 0.5 })];
    const runs: string[] = [];
    for (const seed of [42, 42, 43]) {
      await setFaults(rules, seed);
      runs.push(await statuses(24));
    }
    expect(runs[1]).toBe(runs[0]);
    expect(runs[2]).not.toBe(runs[0]);
    const [{ asked, struck } = { asked: 0, struck: 0 }] = await counts();
    expect(asked).toBe(24);
    expect(struck).toBe(runs[2]?.split(' ').filter((status) => status === '503').length);
    expect(struck).toBeGreaterThan(0);
    expect(struck).toBeLessThan(24);
  });

  it('draw each for itself: requests of another rule change nothing', async () => {
    const rules = [failing({ on: { path: '/api' } }), failing({ on: { path: '/v1' }, probability: 0.5 })];
    await setFaults(rules, 7);
    const alone = await statuses(12);
    await setFaults(rules, 7);
    for (let asked = 0; asked < 5; asked += 1) await fetch(`${deployment.url}/api/offers`);
    expect(await statuses(12)).toBe(alone);
  });

  it('strike never at 0, and no oftener than they may, though the requests come at once on two servers', async () => {
    const { context } = deployment;
    const other = await createApp({
      config: { sandbox: true, rateLimit: 0 },
      context,
      deployment: { demo: true, clockOffsetMs: 0, faults: NO_FAULTS },
      scenarios: { demo: demoWorld, empty: emptyWorld },
    });
    const url = await other.listen({ host: '127.0.0.1', port: 0 });
    await setFaults([failing({ probability: 0 }), failing({ times: 3 })]);
    const calls = Array.from({ length: 30 }, (_, place) =>
      fetch(`${place % 2 ? url : deployment.url}/api/offers`, { headers: { connection: 'close' } }),
    );
    const answers = await Promise.all(calls);
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(3);
    const [never, thrice] = await counts();
    expect([never?.struck, thrice]).toEqual([0, { asked: 3, struck: 3 }]);
    await other.close();
  });

  it.each<[string, Rule['on'], number[]]>([
    ['a method', { method: 'GET' }, [503, 503, 401]],
    ['the beginning of a path, without case', { path: '/V1/Customers' }, [503, 503, 401]],
    ['a part of a path', { path: '/v1/cust' }, [200, 200, 401]],
    ['one open part', { path: '/v1/customers/*' }, [200, 503, 401]],
    ['all that is left', { path: '/v1/**' }, [503, 503, 401]],
    ['another API', { path: '/api' }, [200, 200, 503]],
    ['a client', { client: 'DEMO-kuzey-user' }, [503, 503, 401]],
    ['another client', { client: 'demo-kuzey' }, [200, 200, 401]],
  ])('go by %s', async (_what, on, expected) => {
    await setFaults([failing({ on })]);
    const posted = await fetch(`${deployment.url}/api/customers/${customerId(1)}/quotes/${randomUUID()}/submit`, {
      method: 'POST',
    });
    const found = [await ask(CUSTOMERS), await ask(`${CUSTOMERS}/${customerId(1)}`), posted];
    expect(found.map(({ status }) => status)).toEqual(expected);
  });

  it('of which several apply strike by the first', async () => {
    await setFaults([failing(), { fault: { kind: 'too-many-requests', retryAfterSeconds: 1 } }]);
    expect((await ask(CUSTOMERS)).status).toBe(503);
    expect(await counts()).toEqual([
      { asked: 1, struck: 1 },
      { asked: 0, struck: 0 },
    ]);
  });

  const SPARED = ['/api/sandbox', '/api/sessions/current', '/api/sign-in', '/health/live'];

  it('spare signing in, tokens, health and the sandbox itself, unless a path names them', async () => {
    const visit = (path: string) => fetch(deployment.url + path).then(({ status }) => status);
    await setFaults([failing(), failing({ on: { path: '/**' } }), failing({ on: { path: '/*/*' } })]);
    for (const path of SPARED) expect([path, await visit(path)]).not.toContain(503);
    expect(await tokenOf()).toBeTruthy();
    for (const path of SPARED) {
      await setFaults([failing({ on: { path } })]);
      expect(await visit(path)).toBe(503);
    }
    await setFaults([failing({ on: { path: '/*/oauth2/token' } })]);
    expect(await tokenOf()).toBeUndefined();
  });

  it('can always be taken away, whatever they name', async () => {
    await setFaults([failing({ on: { path: '/api/sandbox' } })]);
    expect(problemOf(await aylin('showSandbox', {})).status).toBe(503);
    valueOf(await aylin('clearFaults', {}));
    expect(valueOf(await aylin('showSandbox', {})).faults).toEqual({ seed: 0, rules: [] });
  });

  it('go with a reset', async () => {
    await setFaults([failing()], 5);
    valueOf(await aylin('resetSandbox', { body: { scenario: 'empty' } }));
    expect(valueOf(await aylin('showSandbox', {}))).toMatchObject({
      scenarios: ['demo', 'empty'],
      faults: { seed: 0, rules: [] },
    });
  });

  it.each<[string, object, string]>([
    ['a kind that there is not', { fault: { kind: 'fire' } }, 'rules.0.fault.kind'],
    ['a status that no fault has', { fault: { kind: 'server-error', status: 418 } }, 'rules.0.fault.status'],
    ['a latency past two minutes', { fault: { kind: 'latency', ms: 120_001 } }, 'rules.0.fault.ms'],
    ['a probability past 1', failing({ probability: 1.1 }), 'rules.0.probability'],
    ['no strike at all', failing({ times: 0 }), 'rules.0.times'],
    ['a star within a part', failing({ on: { path: '/v1/cust*' } }), 'rules.0.on.path'],
    ['two stars that something follows', failing({ on: { path: '/v1/**/subscriptions' } }), 'rules.0.on.path'],
    ['a path for a webhook', { on: { path: '/v1' }, fault: { kind: 'webhook-doubled' } }, 'rules.0.on'],
    ['an event for a request', failing({ on: { event: 'subscription-updated' } }), 'rules.0.on'],
    ['a member that there is not', failing({ on: { host: 'x' } as never }), 'rules.0.on.host'],
  ])('are refused with %s, the field is named, and the rules before stay', async (_what, rule, field) => {
    await setFaults([failing({ name: 'before', on: { path: '/v1' } })]);
    const { status, fields } = problemOf(await aylin('setFaults', { body: { rules: [rule as Rule] } }));
    expect(status).toBe(400);
    expect(fields?.map((one) => one.field)).toEqual([field]);
    expect(valueOf(await aylin('showSandbox', {})).faults.rules.map(({ name }) => name)).toEqual(['before']);
  });

  it('neither strike nor can be set where there is a real partner’s data', async () => {
    const real = await startDeployment();
    const api = await real.signIn('aylin@kuzey.example');
    valueOf(await api('setFaults', { body: { rules: [failing()] } }));
    expect(problemOf(await api('listCustomers', {})).status).toBe(503);
    await real.context.database.asSystem((tx) => tx.query('update deployment set demo = false'));
    expect(valueOf(await api('listCustomers', {})).items).not.toEqual([]);
    const answers = [
      await api('showSandbox', {}),
      await api('setFaults', { body: { rules: [] } }),
      await api('clearFaults', {}),
    ];
    expect(answers.map((answer) => problemOf(answer).code)).toEqual(Array(3).fill('sandbox-only'));
    await real.stop();
  });
});

describe('the delivery of a webhook', () => {
  /** What a deployment with these rules does to the webhook of an event, again and again. */
  async function deliver(rules: readonly Rule[], events: readonly string[], seed = 0) {
    const faults = await setFaults(rules, seed);
    const state = { demo: true, clockOffsetMs: 0, faults };
    const { strikeDelivery } = createFaults(deployment.context, state);
    const found: { delayMs: number; copies: 1 | 2 }[] = [];
    for (const event of events) found.push(await strikeDelivery({ event }));
    return found;
  }

  it('goes as it should without a rule for it, and rules of requests are not asked', async () => {
    const rule: Rule = { fault: { kind: 'cut-after-commit' } };
    expect(await deliver([rule], ['subscription-updated'])).toEqual([{ delayMs: 0, copies: 1 }]);
    expect(await counts()).toEqual([{ asked: 0, struck: 0 }]);
  });

  it('is late, doubled or both, by its event and as often as the rule may', async () => {
    const rules: Rule[] = [
      { on: { event: 'Subscription-Updated' }, fault: { kind: 'webhook-late', ms: 90_000 } },
      { fault: { kind: 'webhook-doubled' }, times: 2 },
    ];
    const events = ['subscription-updated', 'test-created', 'subscription-updated'];
    expect(await deliver(rules, events)).toEqual([
      { delayMs: 90_000, copies: 2 },
      { delayMs: 0, copies: 2 },
      { delayMs: 90_000, copies: 1 },
    ]);
    expect(await counts()).toEqual([
      { asked: 2, struck: 2 },
      { asked: 2, struck: 2 },
    ]);
  });

  it('meets the same faults again with the same seed', async () => {
    const rules: Rule[] = [{ fault: { kind: 'webhook-doubled' }, probability: 0.5 }];
    const events = Array.from({ length: 16 }, () => 'subscription-updated');
    const first = await deliver(rules, events, 3);
    expect(new Set(first.map(({ copies }) => copies))).toEqual(new Set([1, 2]));
    expect(await deliver(rules, events, 3)).toEqual(first);
  });
});

describe('the start', () => {
  afterEach(endServers);

  it('with --sandbox is one of a sandbox and says so; without, nothing of it is left', async () => {
    const dataDirectory = join(createDirectory(), 'data');
    const sandbox = await startServer(dataDirectory, {}, ['--sandbox']);
    expect(sandbox.output()).toContain(`This is a sandbox: `);
    const body = { rules: [{ fault: { kind: 'server-error', status: 503 } } as const] };
    valueOf(await createClient({ baseUrl: sandbox.address })('setFaults', { body }));
    expect((await fetch(new URL('/api/offers', sandbox.address))).status).toBe(503);
    await sandbox.stop();

    const plain = await startServer(dataDirectory);
    expect(plain.output()).not.toContain('sandbox');
    const answers = await Promise.all(
      [
        ['GET', '/api/sandbox'],
        ['POST', '/api/sandbox/clock'],
        ['POST', '/api/sandbox/reset'],
        ['PUT', '/api/sandbox/faults'],
        ['DELETE', '/api/sandbox/faults'],
        ['POST', '/api/sandbox/subscriptions'],
        ['GET', '/api/offers'],
      ].map(([method = '', path = '']) => fetch(new URL(path, plain.address), { method })),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 401]);
    const reference = await (await fetch(new URL('/api/openapi.json', plain.address))).text();
    expect(reference).not.toContain('/api/sandbox');
  });

  it.each([['--sandbx'], ['sandbox'], ['--sandbox=no']])('with %s is refused in one sentence', async (argument) => {
    const server = launchServer(join(createDirectory(), 'data'), {}, [argument]);
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.output()).toBe(`There is no argument ${argument}; there is --sandbox.\n`);
  });
});
