import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { CLIENT_ID, CLIENT_SECRET, type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { type NameServer, startNameServer } from './name-server.ts';
import { Visitor } from './visitor.ts';

let deployment: TestDeployment;
let provider: IdentityProvider;
let names: NameServer;
let gulay: Client;
let wendy: Client;
beforeAll(async () => {
  names = await startNameServer();
  const vouched = `bulut.example=${PARTNERS.kuzey}`;
  deployment = await startDeployment('demo', { dnsServers: [names.address], provedDomains: [vouched] });
  provider = await startIdentityProvider(deployment.url);
  await deployment.context.database.asSystem((tx) =>
    tx.query(`update agents set roles = '{globalAdmin}' where email = 'wendy@westwind.example'`),
  );
  gulay = await deployment.signIn('gulay@kuzey.example');
  wendy = await deployment.signIn('wendy@westwind.example');
});
afterAll(async () => {
  await provider.close();
  await deployment.stop();
  await names.close();
});
beforeEach(async () => {
  names.records.clear();
  names.ill = false;
  provider.people.clear();
  await deployment.context.database.asSystem((tx) => tx.query('delete from identity_providers'));
});

const settings = (domains: readonly string[], more: object = {}) => ({
  name: 'A provider',
  issuer: provider.issuer,
  clientId: CLIENT_ID,
  domains: [...domains],
  ...more,
});
const create = async (client: Client, domains: readonly string[], more: object = {}) =>
  valueOf(
    await client('createIdentityProvider', { body: { ...settings(domains, more), clientSecret: CLIENT_SECRET } }),
  );
const check = async (client: Client, { providerId }: { providerId: string }, domain: string) => {
  const { finding, provider: found } = valueOf(
    await client('checkIdentityProviderDomain', { params: { providerId }, body: { domain } }),
  );
  return [finding?.name ?? null, found.domainProofs.find((one) => one.domain === domain)?.proof];
};
const publish = (of: { domainProofs: readonly { domain: string; record: string }[] }, domain: string) => {
  const record = of.domainProofs.find((one) => one.domain === domain)?.record ?? '';
  names.records.set(domain, [['v=spf1 -all'], [record.slice(0, 20), record.slice(20)]]);
};
/** Where somebody who signs in is sent: to whom as which client, or to which words. */
const route = async (query = '') => {
  const response = await new Visitor().get(`${deployment.url}/api/sign-in/work-account${query}`);
  const { searchParams } = new URL(response.headers.get('location') ?? '', deployment.url);
  return searchParams.get('client_id') ?? searchParams.get('problem');
};
const signInAs = async (who: string) => {
  const visitor = new Visitor();
  const callback = await visitor.follow(`${deployment.url}/api/sign-in/work-account`, deployment.url, (url) =>
    url.includes('/interaction/') ? `${url}?who=${who}` : url,
  );
  const landed = await visitor.get(callback);
  return new URL(landed.headers.get('location') ?? '', deployment.url).searchParams.get('problem');
};
const pretendEarlier = (domain: string) =>
  deployment.context.database.asSystem((tx) =>
    tx.query(`update identity_provider_domains set proved_at = now(), proof = 'earlier' where domain = $1`, [domain]),
  );
const audited = async (action: string) =>
  deployment.context.database.asSystem((tx) =>
    tx.query('select partner_id, agent_id, details from audit_records where action = $1 order by at, audit_id', [
      action,
    ]),
  );

describe('a domain of an identity provider that nobody proved', () => {
  it('leads nobody there, by its name or as the only one, and lets nobody be made an agent', async () => {
    await create(wendy, ['kuzey.example'], { createsAgents: true });
    expect(await route('?domain=kuzey.example')).toBe('unknown-domain');
    expect(await route()).toBe('no-provider');
    const ways = await (await fetch(`${deployment.url}/api/sign-in`)).json();
    expect(ways).toMatchObject({ workAccount: 'none' });
  });

  it('makes no agents beside one that is proved', async () => {
    const created = await create(gulay, ['bulut.example', 'kuzey.example'], { createsAgents: true });
    provider.people.set('yeni', { email: 'yeni@kuzey.example', email_verified: true });
    expect(await signInAs('yeni')).toBe('unknown-agent');
    publish(created, 'kuzey.example');
    expect(await check(gulay, created, 'kuzey.example')).toEqual([null, 'dns']);
    expect(await signInAs('yeni')).toBeNull();
  });

  it('may be named by several partners, of whom the one that proves it gets it', async () => {
    const squatter = await create(wendy, ['kuzey.example']);
    const owner = await create(gulay, ['kuzey.example'], { clientId: 'of-kuzey' });
    publish(owner, 'kuzey.example');
    expect(await check(wendy, squatter, 'kuzey.example')).toEqual(['other-token', null]);
    expect(await check(gulay, owner, 'kuzey.example')).toEqual([null, 'dns']);
    expect(await route('?domain=kuzey.example')).toBe('of-kuzey');
  });
});

describe('the check of a domain', () => {
  it('says what is missing, in the caller’s language, and what to publish', async () => {
    const created = await create(gulay, ['kuzey.example']);
    const [proof] = created.domainProofs;
    expect(proof).toEqual({
      domain: 'kuzey.example',
      record: expect.stringMatching(/^yukselt-verification=[0-9a-f]{32}$/),
      proof: null,
    });
    const turkish = await deployment.signIn('gulay@kuzey.example', 'tr');
    const { finding } = valueOf(
      await turkish('checkIdentityProviderDomain', {
        params: { providerId: created.providerId },
        body: { domain: 'kuzey.example' },
      }),
    );
    expect(finding).toEqual({ name: 'no-record', message: expect.stringContaining('TXT kaydı henüz görünmüyor') });
    names.records.set('kuzey.example', []);
    expect(await check(gulay, created, 'kuzey.example')).toEqual(['no-record', null]);
    names.ill = true;
    expect(await check(gulay, created, 'kuzey.example')).toEqual(['unreachable', null]);
  });

  it('proves it once, with a row in the audit log, and a change of the provider keeps that', async () => {
    const before = (await audited('identity-provider.domain-proved')).length;
    const created = await create(gulay, ['kuzey.example']);
    publish(created, 'kuzey.example');
    expect(await check(gulay, created, 'kuzey.example')).toEqual([null, 'dns']);
    expect(await check(gulay, created, 'kuzey.example')).toEqual([null, 'dns']);
    expect((await audited('identity-provider.domain-proved')).slice(before)).toMatchObject([
      { partner_id: PARTNERS.kuzey, details: { domains: ['kuzey.example'], proof: 'dns' } },
    ]);
    const params = { providerId: created.providerId };
    const change = async (domains: readonly string[]) =>
      valueOf(await gulay('changeIdentityProvider', { params, body: settings(domains, { name: 'Another' }) }));
    expect((await change(['kuzey.example', 'yeni.example'])).domainProofs.map(({ proof }) => proof)).toEqual([
      'dns',
      null,
    ]);
    // Taken away and named again, it is proved again, by another record.
    await change(['yeni.example']);
    const [again] = (await change(['kuzey.example'])).domainProofs;
    expect(again?.proof).toBeNull();
    expect(again?.record).not.toBe(created.domainProofs[0]?.record);
    expect(await route('?domain=kuzey.example')).toBe('unknown-domain');
  });

  it('does not take a domain that another partner proved', async () => {
    const first = await create(wendy, ['shared.example']);
    publish(first, 'shared.example');
    expect(await check(wendy, first, 'shared.example')).toEqual([null, 'dns']);
    const second = await create(gulay, ['shared.example']);
    publish(second, 'shared.example');
    expect(await check(gulay, second, 'shared.example')).toEqual(['held', null]);
  });

  it('asks for a domain of the provider', async () => {
    const { providerId } = await create(gulay, ['kuzey.example']);
    const call = { params: { providerId }, body: { domain: 'westwind.example' } };
    expect(problemOf(await gulay('checkIdentityProviderDomain', call)).fields?.map(({ field }) => field)).toEqual([
      'domain',
    ]);
    expect(problemOf(await wendy('checkIdentityProviderDomain', call)).code).toBe('not-found');
  });
});

describe('a domain that led to a provider before proofs were asked for', () => {
  it('still does, so that nobody is locked out, until its owner proves it elsewhere', async () => {
    const old = await create(wendy, ['kuzey.example'], { clientId: 'of-westwind' });
    await pretendEarlier('kuzey.example');
    expect(await route('?domain=kuzey.example')).toBe('of-westwind');
    expect(await check(wendy, old, 'kuzey.example')).toEqual(['no-record', 'earlier']);
    const before = (await audited('identity-provider.domain-lost')).length;
    const owner = await create(gulay, ['kuzey.example'], { clientId: 'of-kuzey' });
    publish(owner, 'kuzey.example');
    expect(await check(gulay, owner, 'kuzey.example')).toEqual([null, 'dns']);
    expect(await route('?domain=kuzey.example')).toBe('of-kuzey');
    expect((await audited('identity-provider.domain-lost')).slice(before)).toEqual([
      { partner_id: PARTNERS.westwind, agent_id: null, details: { domains: ['kuzey.example'] } },
    ]);
  });
});

describe('a domain that the operator vouches for', () => {
  it('is proved for its partner at once, without a record, and for no other', async () => {
    const other = await create(wendy, ['bulut.example']);
    expect(await check(wendy, other, 'bulut.example')).toEqual(['no-record', null]);
    const own = await create(gulay, ['bulut.example'], { clientId: 'of-kuzey' });
    expect(own.domainProofs.map(({ proof }) => proof)).toEqual(['operator']);
    expect(await route('?domain=bulut.example')).toBe('of-kuzey');
  });
});
