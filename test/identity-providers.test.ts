import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { clearSignIns } from '../server/identity/clear-sign-ins.ts';
import { createOpenId } from '../server/http/open-id.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
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
let wendy: Client;
beforeAll(async () => {
  deployment = await startDeployment('demo', { provedDomains: VOUCHED_FOR });
  provider = await startIdentityProvider(deployment.url);
  gulay = await deployment.signIn('gulay@kuzey.example');
  await deployment.context.database.asSystem((tx) =>
    tx.query(`update agents set roles = '{globalAdmin}' where email = 'wendy@westwind.example'`),
  );
  wendy = await deployment.signIn('wendy@westwind.example');
});
afterAll(async () => {
  await provider.close();
  await deployment.stop();
});
beforeEach(async () => {
  provider.instead.clear();
  await deployment.context.database.asSystem((tx) => tx.query('delete from identity_providers'));
});

const settings = (more: object = {}) => ({
  name: 'Kuzey',
  issuer: provider.issuer,
  clientId: CLIENT_ID,
  domains: ['kuzey.example'],
  ...more,
});
const create = async (client = gulay, more: object = {}) =>
  valueOf(await client('createIdentityProvider', { body: { ...settings(more), clientSecret: CLIENT_SECRET } }));

describe('an identity provider of a partner', () => {
  it('is created, listed, changed and removed; no answer and no audit row holds its secret', async () => {
    const created = await create();
    const params = { providerId: created.providerId };
    const listed = valueOf(await gulay('listIdentityProviders', {}));
    expect(listed).toMatchObject({
      items: [{ name: 'Kuzey', scopes: ['profile', 'email'], roleClaim: null, createsAgents: false }],
      redirectUri: `${deployment.url}/api/sign-in/callback`,
      signedOutUri: `${deployment.url}/signin`,
      backChannelLogoutUri: `${deployment.url}/api/sign-in/backchannel-logout`,
    });
    const body = settings({ name: 'Kuzey Bulut', roleClaim: 'groups' });
    const changed = valueOf(await gulay('changeIdentityProvider', { params, body }));
    valueOf(await gulay('removeIdentityProvider', { params }));
    expect(problemOf(await gulay('removeIdentityProvider', { params })).code).toBe('not-found');
    const rows = await deployment.context.database.asSystem((tx) =>
      tx.query<{ action: string }>(
        `select action, details from audit_records where subject_id = $1 order by at, audit_id`,
        [created.providerId],
      ),
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'identity-provider.created',
      'identity-provider.domain-proved',
      'identity-provider.changed',
      'identity-provider.removed',
    ]);
    expect(JSON.stringify([created, listed, changed, rows])).not.toContain(CLIENT_SECRET);
  });

  it('keeps its secret where a change names none, but never sends it to another issuer', async () => {
    const params = { providerId: (await create()).providerId };
    valueOf(await gulay('changeIdentityProvider', { params, body: settings({ name: 'Another name' }) }));
    const secret = await deployment.context.database.asSystem((tx) =>
      tx.query('select client_secret from identity_providers'),
    );
    expect(secret).toEqual([{ client_secret: CLIENT_SECRET }]);
    for (const other of [{ issuer: 'http://localhost:1' }, { clientId: 'another' }]) {
      const refused = problemOf(await gulay('changeIdentityProvider', { params, body: settings(other) }));
      expect(refused.fields).toEqual([{ field: 'clientSecret', message: expect.stringContaining('secret') }]);
    }
  });

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['no address', { issuer: 'kuzey' }, 'issuer'],
    ['another protocol', { issuer: 'file:///etc/passwd' }, 'issuer'],
    ['plain HTTP to another host', { issuer: 'http://login.kuzey.example' }, 'issuer'],
    ['a password in the address', { issuer: 'https://a:b@login.kuzey.example' }, 'issuer'],
    ['no domain', { domains: [] }, 'domains'],
    ['a domain twice', { domains: ['kuzey.example', 'KUZEY.example'] }, 'domains'],
    ['no domain name', { domains: ['kuzey'] }, 'domains.0'],
    ['an unknown role', { roleMap: [{ value: 'A', role: 'owner' }] }, 'roleMap.0.role'],
    ['a scope with a blank', { scopes: ['openid email'] }, 'scopes.0'],
    ['a NUL', { clientId: 'a\0b' }, 'clientId'],
    ['an unknown field', { roles: ['globalAdmin'] }, 'roles'],
  ])('with %s is refused, naming the field', async (_case, wrong, field) => {
    for (const language of ['en', 'tr'] as const) {
      const client = await deployment.signIn('gulay@kuzey.example', language);
      const body = { ...settings(wrong), clientSecret: 'x' };
      const problem = problemOf(await client('createIdentityProvider', { body }));
      expect(problem.fields?.map((one) => one.field)).toEqual([field]);
    }
  });

  it('may be named by the address of its discovery document', async () => {
    const { issuer } = await create(gulay, { issuer: `${provider.issuer}/.well-known/openid-configuration` });
    expect(issuer).toBe(provider.issuer);
  });

  it('asks for the role that may change settings, and of another partner does not exist', async () => {
    const { providerId } = await create();
    const params = { providerId };
    const aylin = await deployment.signIn('aylin@kuzey.example');
    const body = { ...settings(), clientSecret: 'x' };
    const acts = async (client: Client) =>
      [
        await client('listIdentityProviders', {}),
        await client('createIdentityProvider', { body: { ...body, domains: ['another.example'] } }),
        await client('changeIdentityProvider', { params, body }),
        await client('removeIdentityProvider', { params }),
        await client('testIdentityProvider', { body: { issuer: provider.issuer } }),
      ].map((answer) => (answer.ok ? 'done' : answer.problem.code));
    expect(await acts(aylin)).toEqual(Array(5).fill('role-not-allowed'));
    expect(await acts(wendy)).toEqual(['done', 'done', 'not-found', 'not-found', 'done']);
    expect(valueOf(await gulay('listIdentityProviders', {})).items).toHaveLength(1);
  });

  it('takes no domain of another provider of the partner, and nothing is half done', async () => {
    await create();
    const body = { ...settings({ domains: ['yeni.example', 'kuzey.example'] }), clientSecret: 'x' };
    const refused = problemOf(await gulay('createIdentityProvider', { body }));
    expect(refused.fields?.map((one) => one.field)).toEqual(['domains.1']);
    expect(valueOf(await gulay('listIdentityProviders', {})).items).toHaveLength(1);
  });
});

describe('the test of a provider', () => {
  const findings = async (issuer = provider.issuer) =>
    valueOf(await gulay('testIdentityProvider', { body: { issuer } })).findings.map(({ name, isFault }) => [
      name,
      isFault,
    ]);
  const document = async (more: object) => {
    provider.instead.delete('/.well-known/openid-configuration');
    const sound = (await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json()) as object;
    provider.instead.set('/.well-known/openid-configuration', (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ...sound, ...more }));
    });
  };

  it('finds nothing with a sound one', async () => {
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['another issuer', { issuer: 'http://localhost:1' }, [['issuer-differs', true]]],
    ['no token endpoint', { token_endpoint: undefined }, [['not-a-provider', true]]],
    ['an endpoint by plain HTTP elsewhere', { jwks_uri: 'http://keys.kuzey.example' }, [['address', true]]],
    ['no code flow', { response_types_supported: ['id_token'] }, [['no-code-flow', true]]],
    ['no word of PKCE', { code_challenge_methods_supported: undefined }, [['pkce-not-announced', false]]],
    [
      'no way to sign out',
      { end_session_endpoint: undefined, backchannel_logout_supported: undefined },
      [
        ['no-sign-out', false],
        ['no-back-channel-logout', false],
      ],
    ],
  ])('says what is wrong with %s', async (_case, wrong, expected) => {
    await document(wrong);
    expect(await findings()).toEqual(expected);
  });

  it.each([
    ['no JSON', (body: (text: string, status?: number) => void) => body('<!doctype html>')],
    ['no page', (body: (text: string, status?: number) => void) => body('', 404)],
    ['an endless document', (body: (text: string, status?: number) => void) => body('x'.repeat(1_500_000))],
  ])('says that %s is no provider, or none that answers', async (_case, answer) => {
    provider.instead.set('/.well-known/openid-configuration', (_request, response) =>
      answer((text, status = 200) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(text);
      }),
    );
    expect((await findings())[0]?.[0]).toMatch(/^(not-a-provider|unreachable)$/);
  });

  it('says that nobody answers, in the caller’s language', async () => {
    const client = await deployment.signIn('gulay@kuzey.example', 'tr');
    const body = { issuer: 'http://localhost:1' };
    expect(valueOf(await client('testIdentityProvider', { body })).findings).toEqual([
      { name: 'unreachable', isFault: true, message: 'Sağlayıcı beş saniye içinde yanıt vermedi.' },
    ]);
  });

  it('outside a sandbox and the demo calls nothing inside the operator’s network', async () => {
    const openId = createOpenId(deployment.context.clock, () => 'public');
    provider.asked.length = 0;
    for (const issuer of [provider.issuer, provider.issuer.replace('http:', 'https:'), 'https://10.0.0.1']) {
      const read = await openId.inspect(issuer);
      expect(read.ok ? undefined : read.refused.fault).toBe('address');
    }
    expect(provider.asked).toEqual([]);
  });

  afterAll(async () => {
    // What was read last is remembered.
    provider.instead.clear();
    expect(await findings()).toEqual([]);
  });
});

describe('which provider somebody is sent to', () => {
  const begin = async (query = '') => {
    const response = await new Visitor().get(`${deployment.url}/api/sign-in/work-account${query}`);
    return new URL(response.headers.get('location') ?? '', deployment.url);
  };
  const way = async () => {
    const answer = await fetch(`${deployment.url}/api/sign-in`);
    return ((await answer.json()) as { workAccount: string }).workAccount;
  };

  it('is none where there is none', async () => {
    expect(await way()).toBe('none');
    expect((await begin()).searchParams.get('problem')).toBe('no-provider');
  });

  it('is the only one, directly: with the code flow, PKCE, state and nonce', async () => {
    await create();
    expect(await way()).toBe('direct');
    const { origin, searchParams } = await begin();
    expect(origin).toBe(provider.issuer);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: `${deployment.url}/api/sign-in/callback`,
      scope: 'openid profile email',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('is the one of the domain where there are several, and an unknown domain is told so', async () => {
    await create();
    await create(wendy, { clientId: 'of-westwind', domains: ['westwind.example'] });
    expect(await way()).toBe('byDomain');
    expect((await begin('?domain=WestWind.example')).searchParams.get('client_id')).toBe('of-westwind');
    expect((await begin('?domain=kuzey.example')).searchParams.get('client_id')).toBe(CLIENT_ID);
    for (const query of [
      '',
      '?domain=unknown.example',
      '?domain=%00',
      '?domain=a&domain=b',
      `?domain=${'x'.repeat(3000)}`,
    ])
      expect((await begin(query)).searchParams.get('problem')).toBe('unknown-domain');
  });

  it('binds the browser by a cookie that scripts cannot read and other sites do not send', async () => {
    await create();
    const response = await fetch(`${deployment.url}/api/sign-in/work-account`, { redirect: 'manual' });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^yukselt_sign_in_[0-9a-f]{16}=[\w-]{43}; Max-Age=600; Path=\/api\/sign-in\/callback; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a provider that is down or slow', () => {
  it('is said to be down, and local accounts still sign in', async () => {
    await create(gulay, { issuer: 'http://localhost:1' });
    const response = await new Visitor().get(`${deployment.url}/api/sign-in/work-account?next=/customers%3Fa`);
    const page = new URL(response.headers.get('location') ?? '', deployment.url);
    expect([page.pathname, page.searchParams.get('problem'), page.searchParams.get('next')]).toEqual([
      '/signin',
      'provider-down',
      '/customers?a',
    ]);
    await deployment.signIn('aylin@kuzey.example');
  });

  it('is not waited for longer than five seconds', async () => {
    const silent = createServer(() => undefined);
    await once(silent.listen(0, 'localhost'), 'listening');
    await create(gulay, { issuer: `http://localhost:${(silent.address() as AddressInfo).port}` });
    const before = performance.now();
    const response = await new Visitor().get(`${deployment.url}/api/sign-in/work-account`);
    expect(response.headers.get('location')).toContain('problem=provider-down');
    expect(performance.now() - before).toBeLessThan(7000);
    silent.closeAllConnections();
    silent.close();
  });
});

describe('a session that a provider opened', () => {
  const signIn = async (who = 'selim') => {
    provider.people.set(who, { email: `${who}@kuzey.example`, email_verified: true });
    const visitor = new Visitor();
    const until = deployment.url;
    const callback = await visitor.follow(`${deployment.url}/api/sign-in/work-account`, until, (url) =>
      url.includes('/interaction/') ? `${url}?who=${who}` : url,
    );
    await visitor.get(callback);
    return visitor;
  };
  const isIn = async (visitor: Visitor) => (await visitor.get(`${deployment.url}/api/sessions/current`)).status === 200;
  const leave = async (visitor: Visitor) => {
    const [name = '', value = ''] =
      [...visitor.cookiesOf(deployment.url)].find(([key]) => key.includes('session')) ?? [];
    const answer = await fetch(`${deployment.url}/api/sign-in/sign-out`, {
      method: 'POST',
      headers: { cookie: `${name}=${value}`, origin: deployment.url, 'sec-fetch-site': 'same-origin' },
    });
    return ((await answer.json()) as { url: string | null }).url;
  };
  const tell = async (token: string) => {
    const body = new URLSearchParams({ logout_token: token });
    return (await fetch(`${deployment.url}/api/sign-in/backchannel-logout`, { method: 'POST', body })).status;
  };
  const nowSeconds = () => Math.floor(deployment.context.clock.now().epochMilliseconds / 1000);
  const logout = (more: object = {}) => ({
    sub: 'selim',
    iat: nowSeconds(),
    exp: nowSeconds() + 120,
    jti: crypto.randomUUID(),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    ...more,
  });
  const sidOf = async () => {
    const [row] = await deployment.context.database.asSystem((tx) =>
      tx.query<{ sid: string }>('select sid from provider_sessions order by session_id desc limit 1'),
    );
    return row?.sid;
  };

  it('ends here, and the browser is sent to sign out there, which the provider takes', async () => {
    await create();
    const visitor = await signIn();
    const url = new URL((await leave(visitor)) ?? '');
    expect(await isIn(visitor)).toBe(false);
    expect(url.origin).toBe(provider.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${deployment.url}/signin`);
    const page = await visitor.get(url.href);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Sign out?')]);
  });

  it('that was not opened by a provider leads nowhere', async () => {
    await create();
    const visitor = new Visitor();
    visitor.cookiesOf(deployment.url).set('yukselt_session', await deployment.tokenOf('hale@kuzey.example'));
    expect(await leave(visitor)).toBeNull();
    expect(await isIn(visitor)).toBe(false);
  });

  it('ends by the provider’s word: the one of a session there, or all of a person', async () => {
    await create();
    const [first, second, other] = [await signIn(), await signIn(), await signIn('hale')];
    await signIn('hale');
    const third = await signIn();
    expect(await tell(await provider.sign(logout({ sid: await sidOf() })))).toBe(200);
    expect(await Promise.all([first, second, third, other].map(isIn))).toEqual([true, true, false, true]);
    expect(await tell(await provider.sign(logout()))).toBe(200);
    expect(await Promise.all([first, second, third, other].map(isIn))).toEqual([false, false, false, true]);
    const rows = await deployment.context.database.asSystem((tx) =>
      tx.query(
        `select 1 from audit_records r join agents a on a.agent_id::text = r.subject_id
         where r.action = 'agent.signed-out' and r.details ? 'providerId' and a.email = 'selim@kuzey.example'`,
      ),
    );
    expect(rows).toHaveLength(3);
  });

  it.each([
    ['an ID token', { events: undefined, nonce: 'n' }],
    ['one with a nonce', { nonce: 'n' }],
    ['another event', { events: { other: {} } }],
    ['nobody named', { sub: undefined }],
    ['another audience', { aud: 'another' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['a time that is over', { exp: 1 }],
    ['no end', { exp: undefined }],
    ['no id', { jti: undefined }],
  ])('does not end by %s', async (_case, wrong) => {
    await create();
    const visitor = await signIn();
    expect(await tell(await provider.sign(logout(wrong)))).toBe(400);
    expect(await isIn(visitor)).toBe(true);
  });

  it.each(['', 'a.b.c', 'x'.repeat(20_000)])('does not end by what is no token (%#)', async (token) => {
    await create();
    expect(await tell(token)).toBe(400);
  });

  it('does not end by a token that was taken before, which is remembered until its time is over', async () => {
    await create();
    const token = await provider.sign(logout());
    await signIn();
    expect(await tell(token)).toBe(200);
    const visitor = await signIn();
    expect(await tell(token)).toBe(400);
    expect(await isIn(visitor)).toBe(true);
    const remembered = () =>
      deployment.context.database.asSystem((tx) => tx.query('select provider_id from used_logout_tokens'));
    await clearSignIns(deployment.context).run();
    expect(await remembered()).toHaveLength(1);
    await deployment.moveClock(deployment.context.clock.now().add({ minutes: 3 }).toString());
    await clearSignIns(deployment.context).run();
    expect(await remembered()).toEqual([]);
    expect(await tell(token)).toBe(400);
  });

  it('does not end by a token that would have to be remembered for days', async () => {
    await create();
    const visitor = await signIn();
    expect(await tell(await provider.sign(logout({ exp: nowSeconds() + 90_000 })))).toBe(400);
    expect(await isIn(visitor)).toBe(true);
  });

  it('ends when the partner trusts the provider no longer, or another client of it', async () => {
    const { providerId } = await create();
    const params = { providerId };
    const first = await signIn();
    const body = { ...settings({ clientId: 'another' }), clientSecret: 'x' };
    valueOf(await gulay('changeIdentityProvider', { params, body }));
    expect(await isIn(first)).toBe(false);
    valueOf(await gulay('changeIdentityProvider', { params, body: { ...settings(), clientSecret: CLIENT_SECRET } }));
    const second = await signIn();
    valueOf(await gulay('removeIdentityProvider', { params }));
    expect(await isIn(second)).toBe(false);
  });
});
