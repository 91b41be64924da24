import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OFFERS, PARTNERS, customerId, subscriptionId, userId } from '../demo/ids.ts';
import { type TestDeployment, startDeployment } from './deployment.ts';
import {
  answered,
  askToken as ask,
  AUDIENCE,
  connect,
  customerPath,
  type PartnerCenter,
  subscriptionPath,
} from './partner-center-client.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

type Item = {
  readonly id: string;
  readonly companyProfile: { readonly companyName: string };
  readonly parentSubscriptionId: string;
  readonly targetOffer: { readonly id: string };
  readonly upgradeType: string;
  readonly isEligible: boolean;
  readonly upgradeErrors: readonly UpgradeError[];
};
type UpgradeError = { readonly code: number; readonly additionalDetails?: string };

/** What tests read of answers, whatever was asked; which of it is there they say by reading it. */
type Body = Record<
  | 'access_token'
  | 'continuationToken'
  | 'description'
  | 'error'
  | 'expires_on'
  | 'issuer'
  | 'jwks_uri'
  | 'not_before'
  | 'refresh_token'
  | 'status'
  | 'targetSubscriptionId'
  | 'token_endpoint',
  string
> &
  Record<'code' | 'quantity', number> & {
    readonly allowDelegatedAccess: boolean;
    readonly attributes: { readonly etag: string };
    readonly items: readonly Item[];
    readonly keys: readonly object[];
    readonly licenseErrors: readonly { readonly userObjectId: string; readonly errors: readonly object[] }[];
    readonly links: {
      readonly next?: { readonly uri: string; readonly headers: readonly { key: string; value: string }[] };
    };
    readonly metadata: readonly { readonly aliases: readonly string[] }[];
    readonly upgradeErrors: readonly UpgradeError[];
  };

const askToken = (form: Record<string, string>, path?: string) => ask<Body>(deployment, form, path);

async function tokenOf(clientId: string): Promise<string> {
  return (await askToken({ client_id: clientId, resource: AUDIENCE })).body.access_token;
}

describe('tokens', () => {
  test('a client with its secret gets a token whose numbers are texts on the old endpoint', async () => {
    const { status, body } = await askToken({ resource: AUDIENCE });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: '3599', resource: AUDIENCE });
    expect(Number(body.expires_on) - Number(body.not_before)).toBe(3599);
  });

  test('the new endpoint takes a scope, counts in numbers, and knows the tenant by its domain in any case', async () => {
    const { status, body } = await askToken(
      { scope: `${AUDIENCE}/.default`, client_id: 'demo-kuzey' },
      '/KUZEY.example/oauth2/v2.0/token',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    expect(body.refresh_token).toBeUndefined();
  });

  test('a token in a person’s name says who it is, one of an application alone does not', async () => {
    const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claimsOf(await tokenOf('demo-kuzey-user'))).toMatchObject({
      aud: AUDIENCE,
      tid: PARTNERS.kuzey,
      appid: 'demo-kuzey-user',
      upn: 'aylin@kuzey.example',
      scp: 'user_impersonation',
      amr: ['pwd', 'mfa'],
      iss: `${deployment.url}/${PARTNERS.kuzey}/`,
    });
    expect(claimsOf(await tokenOf('demo-kuzey'))).not.toHaveProperty('upn');
  });

  test('a refresh token serves again and again, as clients share one between their calls, but not another client', async () => {
    const first = await askToken({ resource: AUDIENCE });
    const refresh = { grant_type: 'refresh_token', refresh_token: first.body.refresh_token, resource: AUDIENCE };
    const three = await Promise.all([refresh, refresh, refresh].map((form) => askToken(form)));
    expect(three.map(({ status }) => status)).toEqual([200, 200, 200]);
    const others = await askToken({ ...refresh, client_id: 'demo-kuzey' });
    expect(others).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('the old endpoint takes a scope where there is no resource, as the Node client sends it', async () => {
    const { status, body } = await askToken({ scope: `${AUDIENCE}/.default` });
    expect([status, (body as unknown as { resource: string }).resource]).toEqual([200, AUDIENCE]);
  });

  test.each([
    ['a wrong secret', { client_secret: 'wrong' }, undefined],
    ['an unknown client', { client_id: 'nobody' }, undefined],
    ['another partner’s tenant', {}, `/${PARTNERS.westwind}/oauth2/token`],
  ])('%s is an invalid client, and nothing more is said', async (_what, form, path) => {
    const { status, body } = await askToken({ resource: AUDIENCE, ...form }, path);
    expect(status).toBe(401);
    expect(body.error).toBe('invalid_client');
  });

  test.each([
    ['another resource', { resource: 'https://management.azure.com' }, 'invalid_resource'],
    ['no resource', {}, 'invalid_resource'],
    ['another grant', { grant_type: 'password', resource: AUDIENCE }, 'unsupported_grant_type'],
  ])('%s is refused in the words of RFC 6749', async (_what, form, error) => {
    expect(await askToken(form)).toMatchObject({ status: 400, body: { error } });
  });

  test('MSAL finds the endpoints and keys it looks up before the first token', async () => {
    const get = async (path: string) => (await answered<Body>(await fetch(deployment.url + path))).body;
    const configuration = await get(`/${PARTNERS.kuzey}/v2.0/.well-known/openid-configuration`);
    expect(configuration.issuer).toBe(`${deployment.url}/${PARTNERS.kuzey}/v2.0`);
    expect(configuration.token_endpoint).toBe(`${deployment.url}/${PARTNERS.kuzey}/oauth2/v2.0/token`);
    const { keys } = await get(new URL(configuration.jwks_uri).pathname);
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
    const discovery = await get('/common/discovery/instance?api-version=1.1&authorization_endpoint=x');
    expect(discovery.metadata[0]?.aliases).toEqual([new URL(deployment.url).host]);
  });
});

describe('who may ask', () => {
  const get = (authorization?: string) =>
    fetch(`${deployment.url}/v1/customers`, { headers: authorization ? { authorization } : {} }).then(answered);

  test('without a token', async () => {
    expect(await get()).toMatchObject({ status: 401, body: { code: 800001, data: [], source: 'PartnerFD' } });
  });

  test('with a forged one', async () => {
    const [head, claims] = (await tokenOf('demo-kuzey')).split('.');
    expect(await get(`Bearer ${head}.${claims}.AAAA`)).toMatchObject({ status: 401, body: { code: 400 } });
    expect((await get('Bearer nonsense')).status).toBe(401);
  });

  test('with one made for the retired audience', async () => {
    const { body } = await askToken({ resource: 'https://graph.windows.net' });
    expect(await get(`Bearer ${body.access_token}`)).toMatchObject({ status: 401, body: { code: 900420 } });
  });

  test('with one that has expired', async () => {
    const token = await tokenOf('demo-kuzey');
    await deployment.moveClock('2026-11-16T11:00:00Z');
    expect(await get(`Bearer ${token}`)).toMatchObject({ status: 401, body: { code: 400 } });
  });
});

describe('the dialect', () => {
  let user: PartnerCenter<Body>;
  let app: PartnerCenter<Body>;
  beforeEach(async () => {
    await deployment.reset();
    user = await connect(deployment);
    app = await connect(deployment, 'demo-kuzey');
  });

  const upgradeTo = (offerId: string, upgradeType: unknown = 'upgrade_only') => ({
    targetOffer: { id: offerId },
    upgradeType,
  });

  describe('conventions', () => {
    test.each([
      ['as documented', '/v1/customers?size=2'],
      ['with other capitals', '/V1/Customers?size=2'],
      ['with doubled slashes', '/v1//customers?size=2'],
      ['with a slash at the end', '/v1/customers/?size=2'],
      ['as the .NET SDK on Linux follows a next link', '/v1/file:///customers%3Fsize=2'],
    ])('an address %s finds its resource', async (_how, path) => {
      const { status, body } = await user('GET', path);
      expect(status).toBe(200);
      expect(body).toMatchObject({ totalCount: 2, attributes: { objectType: 'Collection' } });
    });

    test('ids of the request come back as they were sent', async () => {
      const [requestId, correlationId] = [randomUUID(), randomUUID().toUpperCase()];
      const { headers } = await user('GET', '/v1/customers', {
        headers: { 'MS-RequestId': requestId, 'MS-CorrelationId': correlationId },
      });
      expect(headers.get('ms-requestid')).toBe(requestId);
      expect(headers.get('ms-correlationid')).toBe(correlationId);
      expect(headers.get('ms-cv')).toMatch(/\.0$/);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    });

    test('who asks is told whether a person with a second factor stands behind the token', async () => {
      const told = async (client: PartnerCenter<Body>, headers = {}) =>
        (await client('GET', '/v1/customers', { headers })).headers.get('ismfacompliant');
      expect(await told(user, { ValidateMfa: 'true' })).toBe('true');
      expect(await told(app, { ValidateMfa: 'true' })).toBe('false');
      expect(await told(user)).toBeNull();
    });

    test.each([['header'], ['query']])(
      'pages follow each other by a token in the %s until there is none',
      async (place) => {
        const names: string[] = [];
        let page = await user('GET', '/v1/customers?size=7');
        for (;;) {
          names.push(...page.body.items.map((one) => one.companyProfile.companyName));
          const { next } = page.body.links;
          if (!next) break;
          expect(next.uri).toMatch(/^\/customers\?/);
          const [{ key, value } = { key: '', value: '' }] = next.headers;
          expect(page.body.continuationToken).toBe(value);
          page = await (place === 'header'
            ? user('GET', `/v1${next.uri}`, { headers: { [key]: value } })
            : user('GET', `/v1${next.uri}&${key}=${encodeURIComponent(value)}`));
        }
        const all = await user('GET', '/v1/customers');
        expect(names).toEqual(all.body.items.map((one) => one.companyProfile.companyName));
        expect(new Set(names).size).toBe(names.length);
      },
    );

    test('the next page of a filtered list is filtered, too', async () => {
      const filter = encodeURIComponent('{"Field":"Domain","Operator":"starts_with","Value":"p"}');
      const first = await user('GET', `/v1/customers?size=1&filter=${filter}`);
      const headers = { 'MS-ContinuationToken': first.body.continuationToken };
      const second = await user('GET', `/v1${first.body.links.next?.uri}`, { headers });
      const names = [first, second].flatMap(({ body }) => body.items.map((one) => one.companyProfile.companyName));
      expect(names).toEqual(['Pamukkale Spa', 'Polatlı Tarım']);
      expect(second.body.links.next).toBeUndefined();
    });

    test('a token holds the size of its page, which the Java SDK does not send again', async () => {
      const { body } = await user('GET', '/v1/customers?size=3');
      const headers = { 'MS-ContinuationToken': body.continuationToken };
      expect((await user('GET', '/v1/customers?seekOperation=Next', { headers })).body.items).toHaveLength(3);
      const first = await user('GET', '/v1/customers?size=3&seekOperation=First', { headers });
      expect(first.body.items).toEqual(body.items);
      const back = await user('GET', '/v1/customers?seekOperation=Previous', { headers });
      expect(back).toMatchObject({ status: 400, body: { code: 3000 } });
    });

    test.each([
      ['the .NET SDK', { Field: 'CompanyName', Value: 'çınar', Operator: 'starts_with' }],
      ['the Java SDK', { value: 'ÇINAR', field: 'CompanyName', fieldType: 'String', operator: 'StartsWith' }],
    ])('a filter as %s writes it finds by the beginning of the name', async (_who, filter) => {
      const { body } = await user('GET', `/v1/customers?filter=${encodeURIComponent(JSON.stringify(filter))}`);
      expect(body.items.map((one) => one.id)).toEqual([customerId(3)]);
    });

    test('errors come in the caller’s language', async () => {
      const { body } = await user('GET', customerPath(41), { headers: { 'X-Locale': 'tr-TR' } });
      expect(body.description).toContain('Burada böyle bir kayıt yok');
    });

    test.each([
      ['an unknown route', 'GET', '/v1/nothing', 404, { statusCode: 404, message: 'Resource not found' }],
      ['a wrong verb', 'DELETE', '/v1/profiles/organization', 404, { statusCode: 404 }],
      ['a customer id that is none', 'GET', '/v1/customers/17', 400, { code: 900118, data: [] }],
      ['a subscription id that is none', 'GET', `${customerPath(1)}/subscriptions/17`, 400, { code: 3000 }],
      ['a foreign customer', 'GET', customerPath(41), 404, { code: 60003 }],
      ['an absent customer', 'GET', customerPath(99), 404, { code: 60003 }],
      ['an absent subscription', 'GET', `${customerPath(1)}/subscriptions/${subscriptionId(2)}`, 404, { code: 20003 }],
      ['an address that cannot be decoded', 'GET', '/v1/customers/%zz', 400, { code: 800002 }],
      ['a page that is too long', 'GET', '/v1/customers?size=1001', 400, { code: 3000 }],
      ['a filter that is no JSON', 'GET', '/v1/customers?filter=x', 400, { code: 3000 }],
      ['a token of no page', 'GET', '/v1/customers?MS-ContinuationToken=x', 400, { code: 3000 }],
      ['a token that was changed', 'GET', '/v1/customers?MS-ContinuationToken=x.7', 400, { code: 3000 }],
    ])('%s is answered in the service’s shape', async (_what, method, path, status, body) => {
      expect(await user(method, path)).toMatchObject({ status, body });
    });

    test.each([
      ['broken JSON', '{"targetOffer":', 800002],
      ['no body', '', 3000],
      ['a list', '[]', 3000],
      ['a target that is no GUID', upgradeTo('E3'), 3000],
      ['no type', { targetOffer: { id: OFFERS.o365E3 } }, 3000],
      ['an unknown type', upgradeTo(OFFERS.o365E3, 'sideways'), 900126],
      ['a quantity that is a text', { ...upgradeTo(OFFERS.o365E3), quantity: '25' }, 3000],
      ['too large a body', { ...upgradeTo(OFFERS.o365E3), name: 'x'.repeat(1_100_000) }, 800002],
      ['another quantity than all', { ...upgradeTo(OFFERS.o365E3), quantity: 24 }, 2002],
    ])('%s is refused and nothing is done', async (_what, body, code) => {
      expect(await user('POST', `${subscriptionPath(1)}/upgrades`, { body })).toMatchObject({
        status: 400,
        body: { code },
      });
      expect((await user('GET', subscriptionPath(1))).body.status).toBe('active');
    });
  });

  describe('profile, customers and subscriptions', () => {
    test('the partner’s profile names its tenant, without which the PowerShell module does not connect', async () => {
      const { body } = await app('GET', '/v1/profiles/organization');
      expect(body).toMatchObject({
        id: PARTNERS.kuzey,
        companyName: 'Kuzey Bulut A.Ş.',
        domain: 'kuzey.example',
        attributes: { objectType: 'OrganizationProfile' },
      });
    });

    test('a customer says whether the partner may act in its directory', async () => {
      const allowed = async (number: number) => (await user('GET', customerPath(number))).body.allowDelegatedAccess;
      expect(await allowed(1)).toBe(true);
      expect(await allowed(4)).toBe(false);
      expect(await allowed(5)).toBe(true);
      expect(await allowed(6)).toBe(false);
    });

    test('a subscription has every field that clients read, and none that is null', async () => {
      const { body } = await user('GET', subscriptionPath(1));
      expect(body).toMatchObject({
        id: subscriptionId(1),
        offerId: OFFERS.businessBasic,
        quantity: 25,
        status: 'active',
        billingCycle: 'monthly',
        billingType: 'license',
        autoRenewEnabled: true,
        contractType: 'subscription',
        attributes: { objectType: 'Subscription' },
      });
      expect(Object.values(body)).not.toContain(null);
    });

    test('what other partners and other channels sold is not in the list', async () => {
      const { body } = await user('GET', `${customerPath(8)}/subscriptions`);
      expect(body.items.map((one) => one.id)).toEqual([subscriptionId(8)]);
      expect(JSON.stringify(body)).not.toContain('Westwind');
    });

    test('a base lists its add-ons, which name it as their parent', async () => {
      const { body } = await user('GET', `${subscriptionPath(9)}/addons`);
      expect(body.items).toHaveLength(1);
      expect(body.items[0]?.parentSubscriptionId).toBe(subscriptionId(9));
    });

    test('a pending order shows in the provisioning status', async () => {
      const { body } = await user('GET', `${subscriptionPath(12)}/provisioningstatus`);
      expect(body).toMatchObject({
        status: 'pending',
        quantity: 6,
        attributes: { objectType: 'SubscriptionProvisioningStatus' },
      });
    });

    test('a sent resource changes what it says differently, and only the next reader’s etag holds', async () => {
      const { body: read } = await user('GET', subscriptionPath(1));
      const changed = await user('PATCH', subscriptionPath(1), {
        body: { ...read, Quantity: 26, quantity: undefined },
      });
      expect(changed).toMatchObject({ status: 200, body: { quantity: 26 } });
      expect(changed.body.attributes.etag).not.toBe(read.attributes.etag);
      const stale = await user('PATCH', subscriptionPath(1), { body: { ...read, quantity: 27 } });
      expect(stale).toMatchObject({ status: 400, body: { code: 2055 } });
      const partly = await user('PATCH', subscriptionPath(1), { body: { AutoRenewEnabled: false } });
      expect(partly.body).toMatchObject({ quantity: 26, autoRenewEnabled: false });
    });

    test.each([
      ['more seats than the offer allows', 13, { quantity: 301 }, 400],
      ['no seat at all', 1, { quantity: 0 }, 400],
      ['a status that comes by itself', 1, { status: 'expired' }, 800096],
      ['another billing cycle', 1, { billingCycle: 'annual' }, 2054],
    ])('%s is refused', async (_what, number, body, code) => {
      const refused = await user('PATCH', subscriptionPath(number), { body });
      expect(refused.status).toBe(400);
      if (code !== 400) expect(refused.body.code).toBe(code);
      const { quantity } = (await user('GET', subscriptionPath(number))).body;
      expect(quantity).toBe(number === 13 ? 300 : 25);
    });
  });

  describe('upgrades', () => {
    const codesOf = (list: Body, target: string, type: string) =>
      list.items
        .filter((one) => one.targetOffer.id.toLowerCase() === target && one.upgradeType === type)
        .flatMap((one) => one.upgradeErrors.map(({ code }) => code));

    test('the happy path lists four targets with both types, all eligible, each with its whole offer', async () => {
      const { status, body } = await user('GET', `${subscriptionPath(1)}/upgrades`);
      expect(status).toBe(200);
      expect(body.items).toHaveLength(8);
      for (const item of body.items) {
        expect(item).toMatchObject({
          isEligible: true,
          quantity: 25,
          upgradeErrors: [],
          attributes: { objectType: 'Upgrade' },
        });
        expect(item.targetOffer).toMatchObject({
          unitType: 'Licenses',
          country: 'TR',
          attributes: { objectType: 'Offer' },
        });
      }
    });

    test.each([
      [3, 'upgrade_only', [2], 'suspended'],
      [4, 'upgrade_only', [1], undefined],
      [9, 'upgrade_only', [6], undefined],
      [12, 'upgrade_only', [9], undefined],
    ])('customer %i cannot %s, with codes %j', async (number, type, codes, details) => {
      const { body } = await user('GET', `${subscriptionPath(number)}/upgrades`);
      expect(codesOf(body, OFFERS.o365E3, type)).toEqual(codes);
      const [item] = body.items;
      expect(item?.isEligible).toBe(false);
      if (details) expect(item?.upgradeErrors[0]?.additionalDetails).toBe(details);
    });

    test('a subscription without paths lists none and answers a post with code 7', async () => {
      expect((await user('GET', `${subscriptionPath(11)}/upgrades`)).body.items).toEqual([]);
      const { status, body } = await user('POST', `${subscriptionPath(11)}/upgrades`, {
        body: upgradeTo(OFFERS.o365E3),
      });
      expect(status).toBe(200);
      expect(body.upgradeErrors.map((one) => one.code)).toEqual([7]);
      expect(body).not.toHaveProperty('targetSubscriptionId');
      expect(body.licenseErrors).toEqual([]);
    });

    test('codes above 9 reach the .NET SDK alone, others read the reason as text under code 0', async () => {
      const asked = (headers = {}) => user('GET', `${subscriptionPath(13)}/upgrades`, { headers });
      const dotnet = await asked({ 'MS-PartnerCenter-Client': 'Partner Center .NET SDK' });
      expect(codesOf(dotnet.body, OFFERS.o365E5, 'upgrade_only')).toEqual([10]);
      expect(codesOf((await asked()).body, OFFERS.o365E5, 'upgrade_only')).toEqual([0]);
    });

    test('an application alone may upgrade, but transferring licenses needs a person', async () => {
      const { body } = await app('GET', `${subscriptionPath(1)}/upgrades`);
      expect(codesOf(body, OFFERS.o365E3, 'upgrade_only')).toEqual([]);
      expect(codesOf(body, OFFERS.o365E3, 'upgrade_with_license_transfer')).toEqual([5]);
    });

    test('a target that is not offered answers code 8', async () => {
      const unknown = await user('POST', `${subscriptionPath(1)}/upgrades`, { body: upgradeTo(randomUUID()) });
      expect(unknown.body.upgradeErrors.map((one) => one.code)).toEqual([8]);
      const dakshin = await connect<Body>(deployment, 'demo-dakshin-user', PARTNERS.dakshin);
      const refusedPair = await dakshin('POST', `${subscriptionPath(31)}/upgrades`, {
        body: upgradeTo(OFFERS.businessStandard),
      });
      expect(refusedPair.body.upgradeErrors.map((one) => one.code)).toEqual([8]);
    });

    test.each([
      [
        'the .NET SDK',
        {
          TargetOffer: { Id: OFFERS.o365E3.toUpperCase(), Name: null },
          UpgradeType: 'upgrade_only',
          IsEligible: true,
          Quantity: 25,
          UpgradeErrors: [],
          Attributes: { ObjectType: 'Upgrade' },
        },
      ],
      ['the documented sample', { TargetOffer: { Id: OFFERS.o365E3 }, UpgradeType: 1, Quantity: 25 }],
      [
        'the Java SDK',
        {
          attributes: { objectType: 'Upgrade' },
          upgradeType: 'upgrade_only',
          eligible: true,
          quantity: 0,
          targetOffer: { id: OFFERS.o365E3, links: {}, product: {} },
        },
      ],
    ])('a body as %s writes it upgrades the whole subscription', async (_who, body) => {
      const done = await user('POST', `${subscriptionPath(1)}/upgrades`, { body });
      expect(done).toMatchObject({ status: 200, body: { sourceSubscriptionId: subscriptionId(1), upgradeErrors: [] } });
      const target = await user('GET', `${customerPath(1)}/subscriptions/${done.body.targetSubscriptionId}`);
      expect(target.body).toMatchObject({ offerId: OFFERS.o365E3, quantity: 25, status: 'active' });
      expect((await user('GET', subscriptionPath(1))).body.status).toBe('deleted');
    });

    test('with license transfer, each account that did not move is an error with its reasons', async () => {
      const { body } = await user('POST', `${subscriptionPath(10)}/upgrades`, {
        body: upgradeTo(OFFERS.o365E3, 'upgrade_with_license_transfer'),
      });
      expect(body.licenseErrors).toHaveLength(7);
      expect(body.licenseErrors.map((one) => one.userObjectId)).toContain(userId(10, 1));
      for (const error of body.licenseErrors) {
        expect(error.errors.length).toBeGreaterThan(0);
        expect(error.errors[0]).toMatchObject({ data: [], attributes: { objectType: 'ApiFault' } });
      }
    });

    test('ten identical posts at once under one MS-RequestId are one act with ten equal answers', async () => {
      const headers = { 'MS-RequestId': randomUUID() };
      const post = () =>
        user('POST', `${subscriptionPath(1)}/upgrades`, {
          body: upgradeTo(OFFERS.o365E3, 'upgrade_with_license_transfer'),
          headers,
        });
      const answers = await Promise.all(Array.from({ length: 10 }, post));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(answers[0]?.body.targetSubscriptionId).toBeDefined();
      const { body } = await user('GET', `${customerPath(1)}/subscriptions`);
      expect(body.items).toHaveLength(2);
    });

    test('a refused post is answered the same five times, as the Java SDK repeats it', async () => {
      const headers = { 'MS-RequestId': randomUUID() };
      const post = (body: unknown) => user('POST', `${subscriptionPath(1)}/upgrades`, { body, headers });
      const wrong = { ...upgradeTo(OFFERS.o365E3), quantity: 3 };
      const first = await post(wrong);
      for (let repeat = 0; repeat < 4; repeat += 1) expect((await post(wrong)).body).toEqual(first.body);
      const other = await post(upgradeTo(OFFERS.o365E3));
      expect(other).toMatchObject({ status: 400, body: { code: 3000 } });
      expect((await user('GET', subscriptionPath(1))).body.status).toBe('active');
    });

    test('the answer to a request is forgotten after a day', async () => {
      const rename = (client: PartnerCenter<Body>, friendlyName: string, requestId: string) =>
        client('PATCH', subscriptionPath(2), { body: { friendlyName }, headers: { 'MS-RequestId': requestId } });
      const [first, second] = [randomUUID(), randomUUID()];
      await rename(user, 'Merkez', first);
      const tomorrow = deployment.context.clock.now().add({ hours: 25 });
      await deployment.moveClock(tomorrow.toString());
      await rename(await connect(deployment), 'Şube', second);
      const kept = await deployment.context.database.asSystem((tx) =>
        tx.query<{ request_id: string }>('select request_id from replies'),
      );
      expect(kept.map((row) => row.request_id)).toEqual([second]);
    });

    test('of a customer of somebody else, or a subscription that is not there, says which', async () => {
      const post = (path: string) => user('POST', `${path}/upgrades`, { body: upgradeTo(OFFERS.o365E3) });
      expect(await post(subscriptionPath(41))).toMatchObject({ status: 404, body: { code: 60003 } });
      const absent = await post(`${customerPath(1)}/subscriptions/${subscriptionId(2)}`);
      expect(absent).toMatchObject({ status: 404, body: { code: 20003 } });
    });

    test('two different requests for one subscription: one upgrades it, the other is told that it has ended', async () => {
      const post = () => user('POST', `${subscriptionPath(1)}/upgrades`, { body: upgradeTo(OFFERS.o365E3) });
      const first = await post();
      const second = await post();
      expect(first.body.upgradeErrors).toEqual([]);
      expect(second.body.upgradeErrors.map((one) => one.code)).toContain(2);
    });
  });
});
