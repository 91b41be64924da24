import fc from 'fast-check';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { localPath } from '../server/identity/work-account.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type IdentityProvider,
  startIdentityProvider,
  VOUCHED_FOR,
} from './identity-provider.ts';
import { Visitor } from './visitor.ts';

let deployment: TestDeployment;
let provider: IdentityProvider;
let gulay: Client;
let providerId: string;

const SALES = { value: 'Sales', role: 'salesAgent' } as const;
const ADMINS = { value: 'Admins', role: 'adminAgent' } as const;
const settings = () => ({
  name: 'Kuzey',
  issuer: provider.issuer,
  clientId: CLIENT_ID,
  scopes: ['profile', 'email', 'roles'],
  domains: ['kuzey.example'],
  roleClaim: 'groups',
  roleMap: [SALES, ADMINS],
  createsAgents: false,
});
const verified = (name: string, more: object = {}) => ({
  email: `${name}@kuzey.example`,
  email_verified: true,
  name,
  ...more,
});

beforeAll(async () => {
  deployment = await startDeployment('demo', { provedDomains: VOUCHED_FOR });
  provider = await startIdentityProvider(deployment.url);
  gulay = await deployment.signIn('gulay@kuzey.example');
});
afterAll(async () => {
  await provider.close();
  await deployment.stop();
});
beforeEach(async () => {
  const created = await gulay('createIdentityProvider', { body: { ...settings(), clientSecret: CLIENT_SECRET } });
  ({ providerId } = valueOf(created));
  provider.people.set('selim', verified('selim', { groups: ['Sales'] }));
});
afterEach(async () => {
  provider.instead.clear();
  valueOf(await gulay('removeIdentityProvider', { params: { providerId } }));
});

const change = async (wanted: object) =>
  valueOf(await gulay('changeIdentityProvider', { params: { providerId }, body: { ...settings(), ...wanted } }));

/** Begins at the server and goes through the provider; the address that the browser is sent back to. */
async function goThrough(visitor: Visitor, who: string, query = ''): Promise<string> {
  return visitor.follow(`${deployment.url}/api/sign-in/work-account${query}`, deployment.url, (url) =>
    url.includes('/interaction/') ? `${url}?who=${who}` : url,
  );
}

/** Where a callback leads: the page that the browser lands on, as path and parameters. */
async function land(visitor: Visitor, callback: string) {
  const response = await visitor.get(callback);
  const location = response.headers.get('location') ?? '';
  expect([response.status, location]).toEqual([303, expect.stringMatching(/^\/[^/\\]/)]);
  const page = new URL(location, deployment.url);
  return { page: page.pathname + page.search, problem: page.searchParams.get('problem') };
}

async function signInAs(who: string, visitor = new Visitor(), query = '') {
  return land(visitor, await goThrough(visitor, who, query));
}

/** The session that the visitor’s cookie is of. */
async function sessionOf(visitor: Visitor) {
  const response = await visitor.get(`${deployment.url}/api/sessions/current`);
  return response.status === 200
    ? ((await response.json()) as { agent: { email: string; roles: string[]; displayName: string } }).agent
    : undefined;
}

async function audited(action: string) {
  return deployment.context.database.asSystem((tx) =>
    tx.query<{ subject_id: string; details: object }>(
      'select subject_id, details from audit_records where action = $1 order by at',
      [action],
    ),
  );
}

describe('an agent with a work account', () => {
  it('is found by a verified address, gets a session, and comes to the page that was asked for', async () => {
    const visitor = new Visitor();
    const landed = await signInAs('selim', visitor, '?next=%2Fcustomers%3Fq%3Dege');
    expect(landed).toEqual({ page: '/customers?q=ege', problem: null });
    expect(await sessionOf(visitor)).toMatchObject({ email: 'selim@kuzey.example', roles: ['salesAgent'] });
    expect(await audited('agent.linked')).toContainEqual(expect.objectContaining({ details: { providerId } }));
  });

  it('is found again by the provider’s own name for it, whatever the address has become', async () => {
    await signInAs('selim');
    provider.people.set('selim', { email: 'aylin@kuzey.example', email_verified: true, groups: ['Sales'] });
    const visitor = new Visitor();
    expect((await signInAs('selim', visitor)).problem).toBeNull();
    expect((await sessionOf(visitor))?.email).toBe('selim@kuzey.example');
  });

  it('is not found by an address that nobody verified, nor one that another person is linked to', async () => {
    provider.people.set('selim-2', { ...verified('selim', { groups: ['Sales'] }), email_verified: false });
    expect((await signInAs('selim-2')).problem).toBe('unknown-agent');
    await signInAs('selim');
    provider.people.set('selim-2', verified('selim', { groups: ['Sales'] }));
    expect((await signInAs('selim-2')).problem).toBe('unknown-agent');
  });

  it('of another partner is never reached, though the provider verifies its address', async () => {
    await change({ createsAgents: true, domains: ['kuzey.example', 'westwind.example'] });
    provider.people.set('wendy', { email: 'wendy@westwind.example', email_verified: true, groups: ['Admins'] });
    const visitor = new Visitor();
    expect((await signInAs('wendy', visitor)).problem).toBe('unknown-agent');
    expect(await sessionOf(visitor)).toBeUndefined();
  });

  it('that is an application is not reached', async () => {
    await deployment.context.database.asSystem((tx) =>
      tx.query(`update agents set email = 'robot@kuzey.example' where application and email like '%kuzey%'
        and agent_id = (select agent_id from agents where application limit 1)`),
    );
    provider.people.set('robot', verified('robot'));
    expect((await signInAs('robot')).problem).toBe('unknown-agent');
  });
});

describe('somebody unknown', () => {
  it('is refused in one sentence where the partner lets nobody be created', async () => {
    provider.people.set('yeni', verified('yeni', { groups: ['Sales'] }));
    expect((await signInAs('yeni')).problem).toBe('unknown-agent');
  });

  it('becomes an agent with what the claims give, where the partner wants that', async () => {
    await change({ createsAgents: true });
    provider.people.set('ece', verified('ece', { name: 'Ece Kaya', groups: ['Sales', 'Guests'] }));
    const visitor = new Visitor();
    expect((await signInAs('ece', visitor)).problem).toBeNull();
    expect(await sessionOf(visitor)).toMatchObject({ displayName: 'Ece Kaya', roles: ['salesAgent'] });
    expect(await audited('agent.created')).toHaveLength(1);
  });

  it('of a domain that is not the provider’s is not created', async () => {
    await change({ createsAgents: true });
    provider.people.set('guest', { email: 'guest@elsewhere.example', email_verified: true, groups: ['Sales'] });
    expect((await signInAs('guest')).problem).toBe('unknown-agent');
  });

  it('who signs in twice at once is created once', async () => {
    await change({ createsAgents: true });
    provider.people.set('ikiz', verified('ikiz', { groups: ['Sales'] }));
    const visitors = [new Visitor(), new Visitor()] as const;
    const callbacks = await Promise.all(visitors.map((visitor) => goThrough(visitor, 'ikiz')));
    const landed = await Promise.all(visitors.map((visitor, index) => land(visitor, callbacks[index] ?? '')));
    expect(landed.map(({ problem }) => problem)).toEqual([null, null]);
    const rows = await deployment.context.database.asSystem((tx) =>
      tx.query(`select 1 from agents where email = 'ikiz@kuzey.example'`),
    );
    expect(rows).toHaveLength(1);
  });
});

describe('roles', () => {
  it('are what the claims give at each sign-in: given, changed, taken away', async () => {
    const rolesWith = async (claims: object) => {
      provider.people.set('selim', verified('selim', claims));
      const visitor = new Visitor();
      await signInAs('selim', visitor);
      return (await sessionOf(visitor))?.roles;
    };
    expect(await rolesWith({ groups: ['Sales', 'Admins'] })).toEqual(['adminAgent', 'salesAgent']);
    expect(await rolesWith({ groups: ['Admins'] })).toEqual(['adminAgent']);
    expect(await rolesWith({ groups: [] })).toEqual([]);
    expect(await rolesWith({})).toEqual([]);
    expect(await audited('agent.roles-changed')).toContainEqual(
      expect.objectContaining({
        details: { providerId, before: { roles: ['adminAgent', 'salesAgent'] }, after: { roles: ['adminAgent'] } },
      }),
    );
  });

  it('are never given that the map does not name, whatever else the claims say', async () => {
    provider.people.set(
      'selim',
      verified('selim', {
        groups: ['globalAdmin', 'Sales'],
        roles: ['globalAdmin'],
        realm_access: { roles: ['globalAdmin'] },
      }),
    );
    const visitor = new Visitor();
    await signInAs('selim', visitor);
    expect((await sessionOf(visitor))?.roles).toEqual(['salesAgent']);
  });

  it('are those given by hand where the provider has no claim for them', async () => {
    await change({ roleClaim: null });
    provider.people.set('hale', verified('hale', { groups: ['Admins'] }));
    const visitor = new Visitor();
    await signInAs('hale', visitor);
    expect((await sessionOf(visitor))?.roles).toEqual(['helpdeskAgent']);
  });

  it('may stand inside an object', async () => {
    await change({ roleClaim: 'realm_access.roles' });
    provider.people.set('selim', verified('selim', { realm_access: { roles: ['Admins'] } }));
    const visitor = new Visitor();
    await signInAs('selim', visitor);
    expect((await sessionOf(visitor))?.roles).toEqual(['adminAgent']);
  });
});

describe('what was not made for this very sign-in is refused, and nobody is signed in', () => {
  /** Lets the token endpoint answer with a token of the test’s making; `nonce` is that of the begun sign-in. */
  async function answerWith(make: (nonce: string) => Promise<string> | string) {
    const visitor = new Visitor();
    let nonce = '';
    const callback = await visitor.follow(`${deployment.url}/api/sign-in/work-account`, deployment.url, (url) => {
      nonce = new URL(url).searchParams.get('nonce') ?? nonce;
      return url.includes('/interaction/') ? `${url}?who=selim` : url;
    });
    const idToken = await make(nonce);
    provider.instead.set('/token', (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: idToken }));
    });
    const { problem } = await land(visitor, callback);
    provider.instead.clear();
    return { problem, session: await sessionOf(visitor) };
  }

  const nowSeconds = () => Math.floor(deployment.context.clock.now().epochMilliseconds / 1000);
  const sound = (nonce: string) => ({
    sub: 'selim',
    ...verified('selim', { groups: ['Sales'] }),
    nonce,
    iat: nowSeconds(),
    exp: nowSeconds() + 600,
  });

  it('but a sound token of the test’s making is taken, so that the others fail for what is wrong in them', async () => {
    const { problem, session } = await answerWith((nonce) => provider.sign(sound(nonce)));
    expect([problem, session?.email]).toEqual([null, 'selim@kuzey.example']);
  });

  it.each([
    ['another nonce', () => ({ nonce: 'another' })],
    ['another issuer', () => ({ iss: 'https://evil.example' })],
    ['another audience', () => ({ aud: 'another-client' })],
    ['several audiences and another authorized party', () => ({ aud: [CLIENT_ID, 'other'], azp: 'other' })],
    ['a time that is over', () => ({ iat: nowSeconds() - 7200, exp: nowSeconds() - 3600 })],
    ['a time to come', () => ({ nbf: nowSeconds() + 3600 })],
    ['no subject', () => ({ sub: undefined })],
  ])('a token with %s', async (_case, wrong) => {
    const { problem, session } = await answerWith((nonce) => provider.sign({ ...sound(nonce), ...wrong() }));
    expect([problem, session]).toEqual(['not-verified', undefined]);
  });

  it('a token that nobody signed', async () => {
    const { problem, session } = await answerWith((nonce) =>
      new UnsecuredJWT({ iss: provider.issuer, aud: CLIENT_ID, ...sound(nonce) }).encode(),
    );
    expect([problem, session]).toEqual(['not-verified', undefined]);
  });

  it('a token signed with another key, also under the name of the right one', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const keys = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { keys: { kid: string }[] };
    for (const kid of [keys.keys[0]?.kid ?? '', 'unknown']) {
      const { problem, session } = await answerWith((nonce) =>
        new SignJWT({ iss: provider.issuer, aud: CLIENT_ID, ...sound(nonce) })
          .setProtectedHeader({ alg: 'RS256', kid })
          .sign(privateKey),
      );
      expect([problem, session]).toEqual(['not-verified', undefined]);
    }
  });

  it('a token signed with the client’s secret', async () => {
    const { problem } = await answerWith((nonce) =>
      new SignJWT({ iss: provider.issuer, aud: CLIENT_ID, ...sound(nonce) })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(CLIENT_SECRET)),
    );
    expect(problem).toBe('not-verified');
  });

  it('a callback a second time', async () => {
    const visitor = new Visitor();
    const callback = await goThrough(visitor, 'selim');
    const cookies = new Map(visitor.cookiesOf(deployment.url));
    expect((await land(visitor, callback)).problem).toBeNull();
    const thief = new Visitor();
    for (const [name, value] of cookies) thief.cookiesOf(deployment.url).set(name, value);
    expect((await land(thief, callback)).problem).toBe('not-begun');
    expect(await sessionOf(thief)).toBeUndefined();
  });

  it('a callback in another browser, which then is still good in its own', async () => {
    const visitor = new Visitor();
    const callback = await goThrough(visitor, 'selim');
    const other = new Visitor();
    expect((await land(other, callback)).problem).toBe('not-begun');
    await goThrough(other, 'selim');
    expect((await land(other, callback)).problem).toBe('not-begun');
    expect((await land(visitor, callback)).problem).toBeNull();
  });

  it('a code of another sign-in', async () => {
    const [one, another] = [new Visitor(), new Visitor()];
    const code = new URL(await goThrough(another, 'selim')).searchParams.get('code') ?? '';
    const callback = new URL(await goThrough(one, 'selim'));
    callback.searchParams.set('code', code);
    expect((await land(one, callback.href)).problem).toBe('not-verified');
  });

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'another'), 'not-begun'],
    ['no state', (url: URL) => url.searchParams.delete('state'), 'not-begun'],
    ['two states', (url: URL) => url.searchParams.append('state', 'another'), 'not-begun'],
    [
      'another issuer, as a mix-up of providers has it',
      (url: URL) => url.searchParams.set('iss', 'https://evil.example'),
      'not-verified',
    ],
    ['no issuer, though the provider announces one', (url: URL) => url.searchParams.delete('iss'), 'not-verified'],
    ['no code', (url: URL) => url.searchParams.delete('code'), 'not-verified'],
    ['a made-up code', (url: URL) => url.searchParams.set('code', 'made-up'), 'not-verified'],
  ])('a callback with %s', async (_case, forge, problem) => {
    const visitor = new Visitor();
    const callback = new URL(await goThrough(visitor, 'selim'));
    forge(callback);
    expect((await land(visitor, callback.href)).problem).toBe(problem);
    expect(await sessionOf(visitor)).toBeUndefined();
  });

  it('a sign-in that took longer than ten minutes', async () => {
    const visitor = new Visitor();
    const callback = await goThrough(visitor, 'selim');
    await deployment.moveClock(deployment.context.clock.now().add({ minutes: 11 }).toString());
    expect((await land(visitor, callback)).problem).toBe('not-begun');
  });

  it('and each refusal is in the log under its correlation id, without a token or secret', async () => {
    const logged: string[] = [];
    const { log } = deployment.context;
    const warn = log.warn.bind(log);
    log.warn = (details, text) => void logged.push(JSON.stringify([details, text]));
    const visitor = new Visitor();
    const callback = await goThrough(visitor, 'selim');
    provider.instead.set('/token', (_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":"invalid_client"}');
    });
    const { page } = await land(visitor, callback);
    log.warn = warn;
    const query = new URL(page, deployment.url).searchParams;
    expect(query.get('problem')).toBe('provider-misconfigured');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(query.get('id'));
    expect(logged[0]).toContain('invalid_client');
    const code = new URL(callback).searchParams.get('code') ?? '-';
    for (const secret of [CLIENT_SECRET, code]) expect(logged[0]).not.toContain(secret);
  });
});

describe('keys', () => {
  it('that are new are fetched when a token names one, but not twice within a minute', async () => {
    const move = (seconds: number) => deployment.moveClock(deployment.context.clock.now().add({ seconds }).toString());
    await move(120);
    expect((await signInAs('selim')).problem).toBeNull();
    await move(61);
    await provider.rotateKey();
    expect((await signInAs('selim')).problem).toBeNull();
    await provider.rotateKey();
    provider.asked.length = 0;
    expect((await signInAs('selim')).problem).toBe('not-verified');
    expect(provider.asked.filter((path) => path === '/jwks')).toEqual([]);
    await move(61);
    expect((await signInAs('selim')).problem).toBeNull();
    expect(provider.asked.filter((path) => path === '/jwks')).toHaveLength(1);
  });
});

describe('where the sign-in leads', () => {
  it.each([
    ['//evil.example', '/customers'],
    ['https://evil.example', '/customers'],
    ['/\\evil.example', '/customers'],
    ['/\t/evil.example', '/customers'],
    ['/.//evil.example', '/customers'],
    ['/%2e//evil.example', '/customers'],
    ['javascript:alert(1)', '/customers'],
    ['/api/sign-in/work-account', '/customers'],
    ['evil', '/customers'],
    ['/customers?q=a#b', '/customers?q=a#b'],
  ])('%s: %s', (next, page) => {
    expect(localPath(next)).toBe(page);
  });

  it('is a page of this portal, whatever is asked for', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      '%2f',
      '%5c',
      '\t',
      '\n',
      'evil.example',
      '?',
      '#',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => `/${parts.join('')}`),
        ),
        (next) => {
          const page = localPath(next);
          expect(new URL(page, 'https://portal.example').origin).toBe('https://portal.example');
          expect(page).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is the start where the address leads elsewhere', async () => {
    expect((await signInAs('selim', new Visitor(), '?next=//evil.example/')).page).toBe('/customers');
  });
});
