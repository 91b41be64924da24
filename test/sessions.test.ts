import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { createApp } from '../server/app.ts';
import { clearSignIns } from '../server/identity/clear-sign-ins.ts';
import { NO_FAULTS } from '../server/sandbox/fault-rules.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';
const CURRENT = '/api/sessions/current';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

type Sent = { readonly headers?: Record<string, string>; readonly body?: object };

async function send(method: string, path: string, { headers = {}, body }: Sent = {}) {
  const answer = await fetch(deployment.url + path, {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, value: (text ? JSON.parse(text) : undefined) as unknown };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const clientOf = (token: string) => createClient({ baseUrl: deployment.url, token });

async function cookieOf(agent = AYLIN): Promise<string> {
  const { headers } = await send('POST', '/api/sessions', { body: { agent } });
  return headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

describe('a session', () => {
  /** Moves the clock under the sessions, as time itself does; the sandbox’s own way takes them along. */
  const passes = (duration: string) =>
    deployment.context.database.asSystem((tx) =>
      tx.query(
        'update sessions set expires_at = expires_at - $1::interval, last_seen_at = last_seen_at - $1::interval',
        [duration],
      ),
    );

  it('ends an hour after it was last used, and lives on while it is used', async () => {
    const api = clientOf(await deployment.tokenOf(AYLIN));
    await passes('PT59M');
    valueOf(await api('showSession', {}));
    await passes('PT59M');
    valueOf(await api('showSession', {}));
    await passes('PT60M');
    expect(problemOf(await api('showSession', {})).code).toBe('not-signed-in');
  });

  it('ends after twelve hours, however much it is used', async () => {
    const api = clientOf(await deployment.tokenOf(AYLIN));
    for (let hour = 1; hour <= 23; hour++) {
      await passes('PT31M');
      valueOf(await api('showSession', {}));
    }
    await passes('PT8M');
    expect(problemOf(await api('showSession', {})).code).toBe('not-signed-in');
  });

  it('notes its use in the one round trip that finds it, and at most once a minute', async () => {
    const token = await deployment.tokenOf(AYLIN);
    const seen = async () => {
      const rows = await deployment.context.database.asSystem((tx) =>
        tx.query<{ last_seen_at: string }>(
          'select last_seen_at from sessions order by created_at desc, session_id desc limit 1',
        ),
      );
      return rows[0]?.last_seen_at;
    };
    const first = await seen();
    await send('GET', CURRENT, { headers: bearer(token) });
    expect(await seen()).toBe(first);
    await passes('PT2M');
    const before = await seen();
    deployment.roundTrips.length = 0;
    await send('GET', CURRENT, { headers: bearer(token) });
    expect(deployment.roundTrips.filter((text) => !text.includes('from deployment'))).toHaveLength(1);
    expect(await seen()).not.toBe(before);
  });

  it('is another one at each sign-in, whatever the browser brought along', async () => {
    const planted = `yukselt_session=${'A'.repeat(43)}`;
    const tokens = new Set<string>();
    for (let time = 0; time < 3; time++) {
      const { value } = await send('POST', '/api/sessions', {
        body: { agent: AYLIN },
        headers: { cookie: planted, origin: deployment.url },
      });
      tokens.add((value as { token: string }).token);
    }
    expect(tokens.size).toBe(3);
    expect((await send('GET', CURRENT, { headers: { cookie: planted } })).status).toBe(401);
  });

  it('is kept as a hash alone', async () => {
    const token = await deployment.tokenOf(AYLIN);
    const rows = await deployment.context.database.asSystem((tx) => tx.query('select s::text as row from sessions s'));
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('that is over is thrown away, by a routine', async () => {
    await deployment.tokenOf(AYLIN);
    await passes('PT61M');
    const fresh = await deployment.tokenOf(AYLIN);
    await clearSignIns(deployment.context).run();
    const [row] = await deployment.context.database.asSystem((tx) =>
      tx.query('select count(*)::integer as left from sessions'),
    );
    expect(row).toEqual({ left: 1 });
    valueOf(await clientOf(fresh)('showSession', {}));
  });
});

describe('one’s own sessions', () => {
  beforeEach(() => deployment.context.database.asSystem((tx) => tx.query('delete from sessions')));

  it('are listed with where they are from, and this one is marked', async () => {
    await send('POST', '/api/sessions', { body: { agent: AYLIN }, headers: { 'user-agent': 'Firefox 145' } });
    await deployment.tokenOf('wendy@westwind.example');
    const api = clientOf(await deployment.tokenOf(AYLIN));
    const { items } = valueOf(await api('listSessions', {}));
    expect(items).toHaveLength(2);
    expect(items.filter(({ current }) => current)).toHaveLength(1);
    expect(items.find(({ current }) => !current)).toMatchObject({
      method: 'demo',
      address: '127.0.0.1',
      userAgent: 'Firefox 145',
    });
    expect(JSON.stringify(items)).not.toMatch(/token|hash/i);
  });

  it('can be ended one by one, and all others at once', async () => {
    const [one, two, three] = [
      await deployment.tokenOf(AYLIN),
      await deployment.tokenOf(AYLIN),
      await deployment.tokenOf(AYLIN),
    ];
    const api = clientOf(one);
    const idOf = async (token: string) =>
      valueOf(await clientOf(token)('listSessions', {})).items.find(({ current }) => current)?.sessionId ?? '';
    valueOf(await api('endSession', { params: { sessionId: await idOf(two) }, body: {} }));
    expect(problemOf(await clientOf(two)('showSession', {})).code).toBe('not-signed-in');
    valueOf(await clientOf(three)('showSession', {}));
    valueOf(await api('endOtherSessions', { body: {} }));
    expect(problemOf(await clientOf(three)('showSession', {})).code).toBe('not-signed-in');
    valueOf(await api('showSession', {}));
    valueOf(await api('endOtherSessions', { body: {} }));
  });

  it('are one’s own alone: another’s does not exist, nor does one that never was', async () => {
    const wendy = clientOf(await deployment.tokenOf('wendy@westwind.example'));
    const aylin = clientOf(await deployment.tokenOf(AYLIN));
    const [hers] = valueOf(await wendy('listSessions', {})).items;
    for (const sessionId of [hers?.sessionId ?? '', randomUUID()]) {
      expect(problemOf(await aylin('endSession', { params: { sessionId }, body: {} })).code).toBe('not-found');
    }
    expect(problemOf(await aylin('endSession', { params: { sessionId: 'current%20' }, body: {} })).code).toBe(
      'invalid-request',
    );
    valueOf(await wendy('showSession', {}));
  });

  it('leave rows in the audit: opened, ended, signed out', async () => {
    const api = clientOf(await deployment.tokenOf(AYLIN));
    await deployment.tokenOf(AYLIN);
    valueOf(await api('endOtherSessions', { body: {} }));
    valueOf(await api('signOut', {}));
    const rows = await deployment.context.database.asSystem((tx) =>
      tx.query<{ action: string; customer_id: string }>(
        `select action, customer_id from audit_records where action like 'agent.%' order by audit_id desc limit 4`,
      ),
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'agent.signed-out',
      'agent.session-ended',
      'agent.signed-in',
      'agent.signed-in',
    ]);
    expect(rows.every(({ customer_id }) => customer_id === PARTNERS.kuzey)).toBe(true);
  });
});

describe('what another site sends through somebody’s browser', () => {
  const hostOf = () => new URL(deployment.url).host;
  const act = (headers: Record<string, string>) => send('POST', '/api/sessions/end-others', { body: {}, headers });

  it.each([
    ['says that it is from another site', { 'sec-fetch-site': 'cross-site' }],
    ['says that it is from another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['says that it is from another site, with our own origin', { 'sec-fetch-site': 'cross-site', origin: 'here' }],
    ['names another origin', { origin: 'https://evil.example' }],
    ['names another port of the same host', { origin: 'http://127.0.0.1:1' }],
    ['names no origin, as a sandboxed frame does', { origin: 'null' }],
    ['names another page', { referer: 'https://evil.example/yukselt' }],
    ['says nothing at all', {}],
  ])('is refused when it %s', async (_case, given) => {
    const cookie = await cookieOf();
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === 'here' ? deployment.url : value]),
    );
    const { status, value } = await act({ cookie, ...headers });
    expect([status, value]).toMatchObject([403, { code: 'other-site' }]);
    expect((await send('GET', CURRENT, { headers: { cookie } })).status).toBe(200);
  });

  it('is refused before anybody is signed in as somebody else', async () => {
    const { status, headers } = await send('POST', '/api/sessions', {
      body: { agent: AYLIN },
      headers: { origin: 'https://evil.example' },
    });
    expect(status).toBe(403);
    expect(headers.getSetCookie()).toEqual([]);
  });

  it.each(['/%61pi/sessions', '/ap%69/%73essions'])('is refused at every spelling of an address: %s', async (path) => {
    const cookie = await cookieOf();
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const signIn = await send('POST', path, { body: { agent: AYLIN }, headers: evil });
    expect([signIn.status, signIn.headers.getSetCookie()]).toEqual([403, []]);
    expect((await send('POST', `${path}/end-others`, { body: {}, headers: { cookie, ...evil } })).status).toBe(403);
    expect((await send('GET', CURRENT, { headers: { cookie } })).status).toBe(200);
  });

  it('is told in the reader’s language', async () => {
    const cookie = await cookieOf();
    const { value } = await act({ cookie, origin: 'https://evil.example', 'accept-language': 'tr' });
    expect((value as { title: string }).title).toBe('Reddedildi: başka bir siteden geldi');
  });

  it.each([
    ['the portal’s own pages, by Sec-Fetch-Site', () => ({ 'sec-fetch-site': 'same-origin' })],
    ['the portal’s own pages over plain HTTP, by Origin', () => ({ origin: `http://${hostOf()}` })],
    ['the portal’s own pages, by Referer', () => ({ referer: `http://${hostOf()}/account` })],
  ])('is not %s', async (_case, headers) => {
    expect((await act({ cookie: await cookieOf(), ...headers() })).status).toBe(204);
  });

  it('is not a program with a token, wherever it says that it is', async () => {
    const headers = { ...bearer(await deployment.tokenOf(AYLIN)), origin: 'https://app.example' };
    expect((await act(headers)).status).toBe(204);
  });

  it('is not the reference of the API, which is read', async () => {
    expect((await fetch(`${deployment.url}/api/docs/`)).status).toBe(200);
  });
});

describe('the cookie', () => {
  const stop: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(stop.splice(0).map((one) => one()));
  });

  async function cookiesAt(publicUrl: string | undefined) {
    const app = await createApp({
      config: { sandbox: false, rateLimit: 0, publicUrl, tls: null },
      context: deployment.context,
      deployment: { demo: true, clockOffsetMs: 0, faults: NO_FAULTS },
      scenarios: {} as never,
    });
    stop.push(() => app.close());
    const answer = await app.inject({ method: 'POST', url: '/api/sessions', payload: { agent: AYLIN } });
    const [made = ''] = [answer.headers['set-cookie']].flat();
    const { token } = answer.json<{ token: string }>();
    const get = (cookie: string) => app.inject({ method: 'GET', url: CURRENT, headers: { cookie } });
    return { made, token, get };
  }

  it('is for this very host over HTTPS, and no script can read it', async () => {
    const { made, token, get } = await cookiesAt('https://desk.example');
    expect(made).toMatch(/^__Host-yukselt_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect((await get(`__Host-yukselt_session=${token}`)).statusCode).toBe(200);
    expect((await get(`yukselt_session=${token}`)).statusCode).toBe(401);
  });

  it('has no such prefix over plain HTTP, where browsers would throw it away', async () => {
    const { made } = await cookiesAt(undefined);
    expect(made).toMatch(/^yukselt_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });
});
