import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../contract/problems.ts';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';

let deployment: TestDeployment;
let token: string;
beforeAll(async () => {
  deployment = await startDeployment();
  token = await deployment.tokenOf('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

async function send(
  method: string,
  path: string,
  {
    body,
    language = 'en',
    as = token,
    type = 'application/json',
  }: { body?: string; language?: string; as?: string; type?: string } = {},
): Promise<{ status: number; type: string | null; problem: Problem; correlation: string | null }> {
  const response = await fetch(`${deployment.url}${path}`, {
    method,
    headers: {
      'accept-language': language,
      ...(as && { authorization: `Bearer ${as}` }),
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body }),
  });
  const problem = (await response.json()) as Problem;
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    problem,
    correlation: response.headers.get('x-correlation-id'),
  };
}

const quotes = `/api/customers/${customerId(1)}/subscriptions/${subscriptionId(1)}/quotes`;
const json = (value: unknown) => JSON.stringify(value);

describe('malformed input gets 400, naming the field, in the caller’s language', () => {
  it.each([
    ['a customer id that is no GUID', 'GET', '/api/customers/c1/subscriptions', undefined, 'customerId'],
    [
      'an unknown upgrade type',
      'POST',
      quotes,
      json({ targetOfferId: OFFERS.o365E3, upgradeType: 'sideways' }),
      'upgradeType',
    ],
    ['a missing target', 'POST', quotes, json({ upgradeType: 'upgrade_only' }), 'targetOfferId'],
    [
      'a fractional quantity',
      'POST',
      quotes,
      json({ targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_only', quantity: 1.5 }),
      'quantity',
    ],
    [
      'an unknown field',
      'POST',
      quotes,
      json({ targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_only', color: 'blue' }),
      'body',
    ],
    ['a body that is no JSON', 'POST', quotes, '{', 'body'],
    ['no body', 'POST', quotes, undefined, 'targetOfferId'],
    ['an empty body', 'POST', quotes, '', 'targetOfferId'],
    ['a page of 0 customers', 'GET', '/api/customers?limit=0', undefined, 'limit'],
    ['a cursor that is not ours', 'GET', '/api/customers?cursor=abc', undefined, 'cursor'],
    ['an unknown sort', 'GET', '/api/customers?sort=color', undefined, 'sort'],
    [
      'a lower-case country',
      'PUT',
      '/api/paths/apps-business--o365-e5',
      json({ enabled: true, markets: ['tr'] }),
      'markets.0',
    ],
    [
      'an end before its start',
      'PUT',
      '/api/paths/apps-business--o365-e5',
      json({ enabled: true, validFrom: '2026-02-02', validUntil: '2026-02-01' }),
      'validUntil',
    ],
    ['no seats', 'PUT', quotes.replace('quotes', 'seats'), json({ quantity: 0 }), 'quantity'],
    ['a day that does not exist', 'POST', '/api/sandbox/clock', json({ now: '2026-02-30T00:00:00Z' }), 'now'],
  ])('%s', async (_what, method, path, body, field) => {
    const { status, type, problem } = await send(method, path, body === undefined ? {} : { body });
    expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(problem.code).toBe('invalid-request');
    expect(problem.fields?.map((one) => one.field)).toContain(field);
    expect(problem.remedy).not.toBe('');
  });

  it('in Turkish when Turkish is asked for first', async () => {
    const { problem } = await send('GET', '/api/customers?limit=0', { language: 'de, tr;q=0.8, en;q=0.5' });
    expect(problem).toMatchObject({ title: 'İstek geçerli değil' });
    expect(problem.fields?.[0]?.message).toMatch(/[çğıöşü]/);
  });
});

describe('the other statuses', () => {
  it('401 without a session, with a made-up one and with one signed out', async () => {
    expect((await send('GET', '/api/customers', { as: '' })).problem).toMatchObject({
      code: 'not-signed-in',
      status: 401,
    });
    expect((await send('GET', '/api/customers', { as: 'made-up' })).status).toBe(401);
    const mine = await deployment.tokenOf('aylin@kuzey.example');
    const headers = { authorization: `Bearer ${mine}` };
    expect((await fetch(`${deployment.url}/api/sessions/current`, { method: 'DELETE', headers })).status).toBe(204);
    expect((await send('GET', '/api/customers', { as: mine })).status).toBe(401);
  });

  it('401 for an unknown agent of the demo, without saying more', async () => {
    const { problem } = await send('POST', '/api/sessions', { as: '', body: json({ agent: 'nobody@kuzey.example' }) });
    expect(problem.code).toBe('sign-in-failed');
  });

  it('the same 404 for what is unknown and what is another partner’s', async () => {
    const unknown = await send('GET', '/api/customers/c1000000-0000-4000-8000-000000000099');
    const foreign = await send('GET', `/api/customers/${customerId(41)}`);
    expect([unknown.status, foreign.status]).toEqual([404, 404]);
    const plain = ({ problem }: typeof unknown) => ({ ...problem, detail: '', correlationId: '' });
    expect(plain(unknown)).toEqual(plain(foreign));
  });

  it('404 for an unknown route, an unknown path of the matrix and an unknown quote', async () => {
    expect((await send('GET', '/api/nothing')).problem.code).toBe('not-found');
    expect((await send('PUT', '/api/paths/nowhere', { body: json({ enabled: true }) })).status).toBe(404);
    expect((await send('POST', `/api/customers/${customerId(1)}/quotes/${customerId(1)}/submit`)).status).toBe(404);
  });

  it('413 for a body that is too large, 415 for one that is not JSON', async () => {
    const large = await send('POST', quotes, { body: json({ targetOfferId: 'x'.repeat(1_100_000) }) });
    expect(large.problem).toMatchObject({ code: 'too-large', status: 413 });
    expect((await send('POST', quotes, { body: 'a,b', type: 'text/csv' })).problem).toMatchObject({
      code: 'unsupported-media-type',
      status: 415,
    });
  });

  it('422 for an unlisted target, and for an offer nobody knows', async () => {
    for (const targetOfferId of [OFFERS.businessPremium, 'e9000000-0000-4000-8000-000000000009', 'no-offer']) {
      const { problem } = await send('POST', quotes, { body: json({ targetOfferId, upgradeType: 'upgrade_only' }) });
      expect(problem).toMatchObject({ code: 'refused', status: 422, refusals: [{ name: 'target-not-listed' }] });
    }
  });

  it('422 for part of a legacy subscription', async () => {
    const body = json({ targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_only', quantity: 5 });
    expect((await send('POST', quotes, { body })).problem.refusals).toMatchObject([
      { name: 'partial-upgrade-not-supported' },
    ]);
  });

  it('429 past the limit, saying how long to wait', async () => {
    const limited = await startDeployment('demo', { rateLimit: 5 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => fetch(`${limited.url}/api/sign-in`, { headers: { 'accept-language': 'tr' } })),
    );
    const refused = answers.find((answer) => answer.status === 429);
    expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await refused?.json()).toMatchObject({ code: 'too-many-requests', title: 'Çok fazla istek' });
    await limited.stop();
  });

  it('every answer carries a correlation id: the caller’s, if it is a plain one', async () => {
    const response = await fetch(`${deployment.url}/api/sign-in`, { headers: { 'x-correlation-id': 'abc-123' } });
    expect(response.headers.get('x-correlation-id')).toBe('abc-123');
    const { correlation, problem } = await send('GET', '/api/nothing');
    expect(problem.correlationId).toBe(correlation);
  });

  it('never tells a stack or a statement, even for a bug', async () => {
    const broken = await startDeployment('demo', { expectErrors: true });
    const as = await broken.tokenOf('aylin@kuzey.example');
    await broken.context.database.asSystem((tx) =>
      tx.query('alter table relationships rename column reseller to broken'),
    );
    const response = await fetch(`${broken.url}/api/customers`, { headers: { authorization: `Bearer ${as}` } });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/select|column|at .*\.ts/i);
    await broken.stop();
  });
});

describe('without the sandbox', () => {
  it('its calls do not exist and are not in the reference', async () => {
    const plain = await startDeployment('demo', { sandbox: false });
    for (const path of ['clock', 'reset', 'subscriptions']) {
      const response = await fetch(`${plain.url}/api/sandbox/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      expect(response.status).toBe(404);
    }
    expect(await (await fetch(`${plain.url}/api/openapi.json`)).text()).not.toContain('sandbox/clock');
    await plain.stop();
  });
});
