import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../contract/problems.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
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
const e5Path = '/api/paths/apps-business--o365-e5';
const seeds = '/api/sandbox/subscriptions';
const json = (value: unknown) => JSON.stringify(value);

/** The page of customers after a cursor of this content. */
function customersAfter(...content: readonly string[]): string {
  return `/api/customers?cursor=${Buffer.from(json(content)).toString('base64url')}`;
}

/** A sound seed, with something wrong in it. */
function seedWith(wrong: object): string {
  const sound = { customerName: 'Deneme', offerId: OFFERS.businessBasic, quantity: 10, purchasedOn: '2026-09-13' };
  return json({ partnerId: PARTNERS.kuzey, customerId: customerId(99), ...sound, ...wrong });
}

/** A sound first partner, with something wrong in it. */
function setUpWith(wrong: object): string {
  const partner = { tenantId: customerId(99), name: 'Poyraz', domain: 'poyraz.example', market: 'TR', currency: 'TRY' };
  const administrator = { email: 'deniz@poyraz.example', displayName: 'Deniz Kara', password: 'doğru at pil zımba' };
  return json({ code: 'code', partner: { ...partner, ...wrong }, ...administrator });
}

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
      'color',
    ],
    ['an unknown parameter', 'GET', '/api/customers?serach=izmir', undefined, 'serach'],
    ['a parameter where none is known', 'GET', '/api/offers?page=2', undefined, 'page'],
    ['a body that is no JSON', 'POST', quotes, '{', 'body'],
    ['no body', 'POST', quotes, undefined, 'targetOfferId'],
    ['an empty body', 'POST', quotes, '', 'targetOfferId'],
    ['a page of 0 customers', 'GET', '/api/customers?limit=0', undefined, 'limit'],
    ['a cursor that is not ours', 'GET', '/api/customers?cursor=abc', undefined, 'cursor'],
    ['a cursor with a garbage id', 'GET', customersAfter('name', 'a', '-'.repeat(36)), undefined, 'cursor'],
    ['a cursor with NUL in it', 'GET', customersAfter('name', '\0', customerId(1)), undefined, 'cursor'],
    ['a cursor with half a pair', 'GET', customersAfter('name', '\ud800', customerId(1)), undefined, 'cursor'],
    ['a cursor of another sort', 'GET', customersAfter('domain', 'a', customerId(1)), undefined, 'cursor'],
    [
      'a cursor of upgrades that is no id',
      'GET',
      `/api/customers/${customerId(1)}/upgrades?cursor=1`,
      undefined,
      'cursor',
    ],
    ['a search with NUL in it', 'GET', '/api/customers?search=%00', undefined, 'search'],
    ['an address that cannot be decoded', 'GET', '/api/customers/%zz/subscriptions', undefined, 'url'],
    ['a path id with NUL in it', 'PUT', '/api/paths/a%00b', json({ enabled: true }), 'pathId'],
    ['no way of signing in', 'POST', '/api/sessions', '{}', 'password'],
    ['half a way of signing in', 'POST', '/api/sessions', json({ email: 'a@b.example' }), 'password'],
    ['a list as a way of signing in', 'POST', '/api/sessions', '[]', 'body'],
    ['an unknown sort', 'GET', '/api/customers?sort=color', undefined, 'sort'],
    ['a lower-case country', 'PUT', e5Path, json({ enabled: true, markets: ['tr'] }), 'markets.0'],
    [
      'an end before its start',
      'PUT',
      e5Path,
      json({ enabled: true, validFrom: '2026-02-02', validUntil: '2026-02-01' }),
      'validUntil',
    ],
    ['a country that does not exist', 'PUT', e5Path, json({ enabled: true, markets: ['XX'] }), 'markets.0'],
    ['a union of countries', 'PUT', e5Path, json({ enabled: true, markets: ['TR', 'EU'] }), 'markets.1'],
    ['a country that is no more', 'PUT', e5Path, json({ enabled: true, markets: ['YU'] }), 'markets.0'],
    ['a country twice', 'PUT', e5Path, json({ enabled: true, markets: ['TR', 'DE', 'TR'] }), 'markets'],
    ['a day before 1990', 'PUT', e5Path, json({ enabled: true, validFrom: '1989-12-31' }), 'validFrom'],
    ['a day after 2200', 'PUT', e5Path, json({ enabled: true, validUntil: '2201-01-01' }), 'validUntil'],
    ['no seats', 'PUT', quotes.replace('quotes', 'seats'), json({ quantity: 0 }), 'quantity'],
    ['a day that does not exist', 'POST', '/api/sandbox/clock', json({ now: '2026-02-30T00:00:00Z' }), 'now'],
    ['a clock before 1990', 'POST', '/api/sandbox/clock', json({ now: '1989-12-31T23:59:59Z' }), 'now'],
    ['a clock after 2200', 'POST', '/api/sandbox/clock', json({ now: '2201-01-01T00:00:00Z' }), 'now'],
    ['a clock finer than time', 'POST', '/api/sandbox/clock', json({ now: '2026-12-01T00:00:00.1234567891Z' }), 'now'],
    ['a purchase before 1990', 'POST', seeds, seedWith({ purchasedOn: '1989-12-31' }), 'purchasedOn'],
    ['a negative price', 'POST', seeds, seedWith({ unitPrice: '-1.00' }), 'unitPrice'],
    ['a price that no ledger holds', 'POST', seeds, seedWith({ unitPrice: '999999999999.00' }), 'unitPrice'],
    ['a price with seven decimals', 'POST', seeds, seedWith({ unitPrice: '1.0000001' }), 'unitPrice'],
    ['a name with NUL in it', 'POST', seeds, seedWith({ customerName: 'a\0b' }), 'customerName'],
    ['a name with half a pair', 'POST', seeds, seedWith({ friendlyName: '\ud800' }), 'friendlyName'],
    ['an offer with NUL in it', 'POST', seeds, seedWith({ offerId: 'a\0b' }), 'offerId'],
    ['a partner’s name with NUL in it', 'POST', '/api/setup', setUpWith({ name: 'a\0b' }), 'partner.name'],
    [
      'a partner’s domain with half a pair',
      'POST',
      '/api/setup',
      setUpWith({ domain: 'a\udfff.example' }),
      'partner.domain',
    ],
    ['a currency that does not exist', 'POST', '/api/setup', setUpWith({ currency: 'ABC' }), 'partner.currency'],
    ['a market that does not exist', 'POST', '/api/setup', setUpWith({ market: 'ZZ' }), 'partner.market'],
  ])('%s', async (_what, method, path, body, field) => {
    const { status, type, problem } = await send(method, path, body === undefined ? {} : { body });
    expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(problem.code).toBe('invalid-request');
    expect(problem.fields?.map((one) => one.field)).toContain(field);
    expect(problem.remedy).not.toBe('');
  });

  it('in Turkish when Turkish is asked for first', async () => {
    const { problem } = await send('GET', '/api/customers?limit=0', { language: 'de, tr;q=0.8, en;q=0.5' });
    expect(problem).toMatchObject({
      title: 'İstek geçerli değil',
      fields: [{ field: 'limit', message: 'En az 1 olan bir sayı verin.' }],
    });
  });

  it.each([
    ['POST', quotes, '{', 'body', 'Bu geçerli bir JSON değil.'],
    ['POST', quotes, '{}', 'targetOfferId', 'Bu alan gerekli.'],
    ['POST', quotes, json({ targetOfferId: 5 }), 'targetOfferId', 'Bir metin verin.'],
    ['PUT', e5Path, json({ enabled: 'yes' }), 'enabled', 'true veya false verin.'],
    [
      'PUT',
      e5Path,
      json({ enabled: true, validFrom: '2026-02-02', validUntil: '2026-02-01' }),
      'validUntil',
      'Son gün ilk günden önce olamaz.',
    ],
    ['POST', seeds, seedWith({ unitPrice: '1,50' }), 'unitPrice', expect.stringContaining('örneğin "12.50"')],
    ['POST', '/api/sessions', '{}', 'agent', 'Şunlardan birini verin: agent; email ve password.'],
    ['POST', '/api/sessions', json({ agent: 'aylin' }), 'agent', 'Bir e-posta adresi verin.'],
    ['GET', '/api/customers/%zz/subscriptions', undefined, 'url', expect.stringContaining('%25')],
  ])('says it in a sentence of one’s own language: %s %s %s', async (method, path, body, field, message) => {
    const { problem } = await send(method, path, { language: 'tr', ...(body !== undefined && { body }) });
    expect(problem.fields).toContainEqual({ field, message });
    expect(JSON.stringify(problem)).not.toMatch(/expected|invalid input|beklenen|\^|\\d/i);
  });

  it('names what was looked for in Turkish too', async () => {
    const { problem } = await send('GET', `/api/customers/${customerId(41)}`, { language: 'tr' });
    expect(problem.detail).toContain(`müşteri ${customerId(41)}`);
  });

  it('a value that only the database knows to be wrong', async () => {
    const strict = await startDeployment('demo');
    await strict.context.database.asSystem((tx) => tx.query('alter table path_switches add check (enabled)'));
    const response = await fetch(`${strict.url}${e5Path}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${await strict.tokenOf('aylin@kuzey.example')}`,
        'content-type': 'application/json',
      },
      body: json({ enabled: false }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid-request', fields: [{ field: 'request' }] });
    await strict.stop();
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
    for (const number of [99, 41]) {
      expect((await send('GET', `/api/customers/${customerId(number)}/upgrades`)).status).toBe(404);
    }
  });

  it('404 for an unknown route, an unknown path of the matrix and an unknown quote', async () => {
    expect((await send('GET', '/api/nothing')).problem.code).toBe('not-found');
    expect((await send('GET', `/api/customers/${'a'.repeat(600)}`)).problem).toMatchObject({
      code: 'not-found',
      status: 404,
    });
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

  it.each([
    ['en', 'The subscription has 25 licenses, and an upgrade takes all of them and adds none; 350 were asked for.'],
    ['tr', 'Abonelikteki lisans sayısı 25; yükseltme bunların tamamını alır ve yenisini eklemez. İstenen: 350.'],
  ])(
    '422 for more seats than there are and than the target may have, with both reasons (%s)',
    async (language, message) => {
      const body = json({ targetOfferId: OFFERS.businessStandard, upgradeType: 'upgrade_only', quantity: 350 });
      expect((await send('POST', quotes, { body, language })).problem.refusals).toMatchObject([
        { name: 'quantity-out-of-range', evidence: { max: 300, requested: 350 } },
        { name: 'partial-upgrade-not-supported', message },
      ]);
    },
  );

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

describe('the reference', () => {
  it('can be read over plain HTTP from another host', async () => {
    const page = await fetch(`${deployment.url}/api/docs/static/index.html`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  });
});
