import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId } from '../demo/ids.ts';
import { ConfigError, maskConfig, readConfig } from '../server/config.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { accept, lastMail, request, requestNew, tokenOf } from './relationship-steps.ts';
import { CLIENT_ID } from './identity-provider.ts';
import { startTenantProvider, type TenantProvider } from './tenant-provider.ts';
import { Visitor } from './visitor.ts';

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';

let deployment: TestDeployment;
let tenants: TenantProvider;
let aylin: Client;
const logged: object[] = [];
beforeAll(async () => {
  tenants = await startTenantProvider();
  const log = (details: object) => void logged.push(details);
  deployment = await startDeployment('demo', { customerSignIn: tenants.settings, log });
  tenants.admit(deployment.url);
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterAll(async () => {
  await deployment.stop();
  await tenants.close();
});
afterEach(() => {
  tenants.instead.clear();
  logged.length = 0;
});

const asSystem = <Row extends object>(text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));

/** Lets somebody be an account of a tenant, with a role of its directory. */
function admit(who: string, tid: string, role = GLOBAL_ADMINISTRATOR, more: object = {}) {
  tenants.people.set(who, {
    tid,
    wids: [GLOBAL_READER, role],
    preferred_username: `${who}@elsewhere.example`,
    ...more,
  });
  return who;
}

type Json = Readonly<Record<string, unknown>> & { readonly code?: string; readonly fields?: { field: string }[] };
async function post(visitor: Visitor, path: string, body: object): Promise<Json & { status: number }> {
  const response = await visitor.post(deployment.url + path, body);
  return { ...((await response.json()) as Json), status: response.status };
}
const begin = (visitor: Visitor, link: string, tenantId?: string) =>
  post(visitor, '/api/acceptance/sign-ins', { token: tokenOf(link), ...(tenantId && { tenantId }) });

/** Goes to the provider and through it; where it sends the browser back to. */
async function goThrough(visitor: Visitor, who: string, link: string, tenantId?: string): Promise<string> {
  const { url } = await begin(visitor, link, tenantId);
  return visitor.follow(String(url), deployment.url, (at) => (at.includes('/interaction/') ? `${at}?who=${who}` : at));
}

/** Where a callback leads: always the page, without a link or a secret in its address. */
async function land(visitor: Visitor, callback: string) {
  const response = await visitor.get(callback);
  const location = response.headers.get('location') ?? '';
  expect([response.status, location]).toEqual([303, expect.stringMatching(/^\/accept(\?problem=[a-z-]+&id=[\w-]+)?$/)]);
  return new URL(location, deployment.url).searchParams.get('problem');
}
const signIn = async (visitor: Visitor, who: string, link: string, tenantId?: string) =>
  land(visitor, await goThrough(visitor, who, link, tenantId));

const show = (visitor: Visitor, link: string) => post(visitor, '/api/acceptance', { token: tokenOf(link) });
async function answer(visitor: Visitor, link: string, decision: string, more: object = {}) {
  const { digest, agreementNeeded } = await show(visitor, link);
  const agreement = decision === 'accept' && agreementNeeded ? { firstName: 'Ece', lastName: 'Kaya' } : undefined;
  return post(visitor, '/api/acceptance/answers', { token: tokenOf(link), digest, decision, agreement, ...more });
}
const organization = (tenantId: string) => ({ organization: { tenantId, name: 'Yeni Bir A.Ş.', country: 'TR' } });

describe('an administrator who signs in to the customer’s own tenant', () => {
  it('accepts without a code, once; the audit log tells the way and nobody’s name', async () => {
    const visitor = new Visitor();
    const { link, requestId } = await request(aylin, customerId(1), { kind: 'dap', families: null });
    expect(await show(visitor, link)).toMatchObject({ canSignIn: true, signedIn: null });
    const who = admit('ece', customerId(1), GLOBAL_ADMINISTRATOR, { email: 'ece@posta.example' });
    expect(await signIn(visitor, who, link)).toBeNull();
    expect(await show(visitor, link)).toMatchObject({ signedIn: { tenantId: customerId(1) } });
    expect(await answer(visitor, link, 'accept')).toMatchObject({ status: 200, state: 'accepted' });
    const audit = await asSystem<{ details: object }>('select details from audit_records where subject_id = $1', [
      requestId,
    ]);
    const account = createHash('sha256')
      .update(`${tenants.settings.issuer.replace('{tenant}', customerId(1))} ece`)
      .digest('hex');
    expect(audit.at(-1)?.details).toMatchObject({ by: 'customer', way: 'sign-in', account });
    expect(JSON.stringify(audit)).not.toMatch(/posta\.example|elsewhere\.example/);
    expect(await lastMail(aylin)).toMatchObject({ kind: 'confirmation', to: 'ece@posta.example' });
    expect(await answer(visitor, link, 'accept')).toMatchObject({ code: 'request-not-open' });
  });

  it('takes back what was granted on the page of the other link, after another sign-in', async () => {
    const visitor = new Visitor();
    const { link } = await request(aylin, customerId(2), { kind: 'dap', families: null });
    await signIn(visitor, admit('ali', customerId(2)), link);
    expect(await answer(visitor, link, 'accept')).toMatchObject({ state: 'accepted' });
    const manage = /http\S+#\S+/.exec((await lastMail(aylin))?.text ?? '')?.[0] ?? '';
    expect(await answer(visitor, manage, 'withdrawPrivileges')).toMatchObject({ code: 'proof-refused' });
    expect(await signIn(visitor, 'ali', manage)).toBeNull();
    expect(await answer(visitor, manage, 'withdrawPrivileges')).toMatchObject({ state: 'privilegesWithdrawn' });
    expect(await answer(visitor, manage, 'withdrawPrivileges')).toMatchObject({ code: 'proof-refused' });
  });

  it('of a new tenant says which it is, and accepts for that one alone', async () => {
    const visitor = new Visitor();
    const { link } = await requestNew(aylin, 'gediz.example');
    const tenantId = deployment.context.newId();
    expect(await begin(visitor, link)).toMatchObject({ status: 400, fields: [{ field: 'tenantId' }] });
    const who = admit('gul', tenantId, GLOBAL_ADMINISTRATOR, { preferred_username: 'Gul@Gediz.example' });
    expect(await signIn(visitor, who, link, tenantId.toUpperCase())).toBeNull();
    const other = await answer(visitor, link, 'accept', organization(deployment.context.newId()));
    expect(other).toMatchObject({ status: 400, fields: [{ field: 'organization.tenantId' }] });
    expect(await answer(visitor, link, 'accept', organization(tenantId))).toMatchObject({ state: 'accepted' });
  });
});

describe('a sign-in proves nothing', () => {
  it.each([
    ['of another tenant', 'other-tenant', customerId(4), GLOBAL_ADMINISTRATOR],
    ['without the role', 'not-administrator', customerId(3), GLOBAL_READER],
  ])('%s', async (_, problem, tenant, role) => {
    const visitor = new Visitor();
    const { link } = await request(aylin, customerId(3));
    expect(await signIn(visitor, admit('x', tenant, role), link)).toBe(problem);
    expect(await answer(visitor, link, 'decline')).toMatchObject({ status: 403, code: 'proof-refused' });
    expect(logged).toMatchObject([{ problem, correlationId: expect.any(String) }]);
    expect(JSON.stringify(logged)).not.toMatch(/eyJ|elsewhere/);
  });

  it('of a new tenant by an account whose name is of another domain, whatever its email says', async () => {
    const { link } = await requestNew(aylin, 'baskasinin.example');
    const tenantId = deployment.context.newId();
    const who = admit('mallory', tenantId, GLOBAL_ADMINISTRATOR, { email: 'a@baskasinin.example' });
    expect(await signIn(new Visitor(), who, link, tenantId)).toBe('other-domain');
  });

  it('in another browser, for another link, a second time, or after ten minutes', async () => {
    const [visitor, stranger] = [new Visitor(), new Visitor()];
    const { link } = await request(aylin, customerId(3));
    const other = await request(aylin, customerId(3));
    const callback = await goThrough(visitor, admit('can', customerId(3)), link);
    expect(await land(stranger, callback)).toBe('not-begun');
    expect(await land(visitor, callback)).toBeNull();
    expect(await land(visitor, callback)).toBe('not-begun');
    expect(await answer(stranger, link, 'decline')).toMatchObject({ code: 'proof-refused' });
    expect(await answer(visitor, other.link, 'decline')).toMatchObject({ code: 'proof-refused' });
    // Nor where the cookie is carried over to the name of the other link.
    const jar = visitor.cookiesOf(deployment.url);
    const nameOf = (of: string) =>
      `yukselt_customer_proof_${createHash('sha256').update(tokenOf(of)).digest('hex').slice(0, 16)}`;
    jar.set(nameOf(other.link), jar.get(nameOf(link)) ?? '');
    expect(await answer(visitor, other.link, 'decline')).toMatchObject({ code: 'proof-refused' });
    await asSystem('update relationship_sign_ins set expires_at = $1', [deployment.context.clock.now().toString()]);
    expect(await answer(visitor, link, 'decline')).toMatchObject({ code: 'proof-refused' });
  });

  it('that was canceled, or that nobody began', async () => {
    const { link } = await request(aylin, customerId(3));
    expect(await signIn(new Visitor(), 'nobody', link)).toBe('canceled');
    const callback = `${deployment.url}/api/acceptance/callback`;
    for (const query of ['', '?state=x&code=y', '?state=a&state=b', '?problem=//evil.example']) {
      expect(await land(new Visitor(), callback + query)).toBe('not-begun');
    }
  });

  it('with something else than what was shown', async () => {
    const visitor = new Visitor();
    const { link } = await request(aylin, customerId(3));
    await signIn(visitor, admit('can', customerId(3)), link);
    const body = { token: tokenOf(link), digest: 'another', decision: 'decline' };
    expect(await post(visitor, '/api/acceptance/answers', body)).toMatchObject({ code: 'shown-changed' });
    expect(await post(visitor, '/api/acceptance/answers', { ...body, code: '123456' })).toMatchObject({
      fields: [{ field: 'code' }],
    });
  });
});

describe('a token that a provider did not make for this sign-in', () => {
  const forge = async (claims: object, tenant = customerId(3)) => {
    const visitor = new Visitor();
    const { link } = await request(aylin, customerId(3));
    const asked = new URL(String((await begin(visitor, link)).url)).searchParams;
    const now = Math.floor(deployment.context.clock.now().epochMilliseconds / 1000);
    const good = {
      sub: 'x',
      nonce: asked.get('nonce'),
      iat: now,
      exp: now + 60,
      tid: customerId(3),
      wids: [GLOBAL_ADMINISTRATOR],
      preferred_username: 'x@elsewhere.example',
    };
    const token = await tenants.sign(tenant, { ...good, ...claims });
    tenants.instead.set('/token', (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'a', token_type: 'Bearer', id_token: token }));
    });
    const iss = tenants.settings.issuer.replace('{tenant}', customerId(3));
    const query = new URLSearchParams({ state: asked.get('state') ?? '', code: 'c', iss });
    return land(visitor, `${deployment.url}/api/acceptance/callback?${query.toString()}`);
  };

  it('is taken where everything in it is right', async () => {
    expect(await forge({})).toBeNull();
  });

  it.each([
    ['nonce', { nonce: 'another' }],
    ['audience', { aud: 'another' }],
    ['issuer', { iss: 'https://evil.example' }],
    ['expiry', { exp: 1 }],
  ])('is refused for its %s', async (_, claims) => {
    expect(await forge(claims)).toBe('not-verified');
  });

  it('is refused where another tenant’s provider made it', async () => {
    expect(await forge({ aud: CLIENT_ID }, customerId(4))).toBe('not-verified');
  });
});

describe('where the provider does not answer', () => {
  it('it says so, and the code still works', async () => {
    const { link } = await request(aylin, customerId(5));
    tenants.instead.set('/.well-known/openid-configuration', (_request, response) => response.writeHead(503).end());
    expect(await begin(new Visitor(), link)).toMatchObject({ status: 502, code: 'tenant-sign-in-down' });
    tenants.instead.set('/.well-known/openid-configuration', (_request, response) => response.writeHead(400).end());
    expect(await begin(new Visitor(), link)).toMatchObject({ status: 422, code: 'tenant-sign-in-unknown' });
    const { domain } = valueOf(await aylin('showCustomer', { params: { customerId: customerId(5) } }));
    expect(await accept(aylin, link, `it@${domain}`)).toEqual({ state: 'accepted' });
  });

  it('only so many are begun for a link', async () => {
    const { link } = await request(aylin, customerId(3));
    for (let begun = 0; begun < 20; begun += 1) expect((await begin(new Visitor(), link)).status).toBe(201);
    expect(await begin(new Visitor(), link)).toMatchObject({ status: 429, code: 'too-many-sign-ins' });
  });
});

describe('the settings', () => {
  const issuer = 'https://login.microsoftonline.com/{tenant}/v2.0';
  const all = (wanted: string) => ({
    YUKSELT_CUSTOMER_OIDC_ISSUER: wanted,
    YUKSELT_CUSTOMER_OIDC_CLIENT_ID: 'id',
    YUKSELT_CUSTOMER_OIDC_CLIENT_SECRET: 'hush',
  });

  it('are all or none, and printed without the secret', () => {
    const config = readConfig(all(issuer), []);
    expect(config.customerSignIn).toEqual({ issuer, clientId: 'id', clientSecret: 'hush' });
    expect(JSON.stringify(maskConfig(config))).not.toContain('hush');
    expect(readConfig({}, []).customerSignIn).toBeNull();
    expect(() => readConfig({ YUKSELT_CUSTOMER_OIDC_ISSUER: issuer }, [])).toThrow(ConfigError);
  });

  it.each([
    'https://login.example/v2.0',
    'https://{tenant}.example/',
    'ftp://a.example/{tenant}',
    'https://a.example/{tenant}/{tenant}',
  ])('take no issuer such as %s', (wrong) =>
    expect(() => readConfig(all(wrong), [])).toThrow(/YUKSELT_CUSTOMER_OIDC_ISSUER/),
  );
});
