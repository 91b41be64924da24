import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import { demoWorld } from '../demo/world.ts';
import { saveClient } from '../server/identity/api-client.store.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, userPath } from './partner-center-client.ts';

type User = {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly usageLocation?: string;
  readonly state: string;
  readonly softDeletionTime?: string;
  readonly name: string;
  readonly operationType: string;
};
type Body = User & {
  readonly code: number;
  readonly description: string;
  readonly items: readonly User[];
  readonly passwordProfile?: { readonly password: string; readonly forceChangePassword: boolean };
  readonly links: {
    readonly next?: { readonly uri: string; readonly headers: readonly { key: string; value: string }[] };
  };
};

let deployment: TestDeployment;
let aylin: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

beforeEach(async () => {
  await fetch(`${deployment.url}/api/sandbox/reset`, {
    method: 'POST',
    body: JSON.stringify({ scenario: 'demo' }),
    headers: { 'content-type': 'application/json' },
  });
  aylin = await connect(deployment);
});

const USERS = `${customerPath(1)}/users`;
const DOMAIN = 'anadolu-lojistik.example';
const ada = {
  userPrincipalName: `ada@${DOMAIN}`,
  displayName: 'Ada Yılmaz',
  firstName: 'Ada',
  lastName: 'Yılmaz',
  usageLocation: 'TR',
};
const deletedOnes = `filter=${encodeURIComponent(JSON.stringify({ Field: 'UserState', Value: 'Inactive', Operator: 'equals' }))}`;
const refusedWith = (status: number, code: number) => ({ status, body: { code, data: [], source: 'PartnerFD' } });

async function rowsOf<Row extends object>(statement: string, values: readonly unknown[]): Promise<Row[]> {
  return deployment.context.database.asSystem((tx) => tx.query<Row>(statement, values));
}

describe('reading a customer’s users', () => {
  test('each has the fields that are known, and none that are not', async () => {
    const { status, body } = await aylin('GET', userPath(1, 1));
    expect(status).toBe(200);
    expect(body).toEqual({
      id: userId(1, 1),
      userPrincipalName: `ayse.yilmaz@${DOMAIN}`,
      displayName: 'Ayşe Yılmaz',
      firstName: 'Ayşe',
      lastName: 'Yılmaz',
      usageLocation: 'TR',
      userDomainType: 'managed',
      state: 'active',
      links: { self: { uri: `/customers/${customerId(1)}/users/${userId(1, 1)}`, method: 'GET', headers: [] } },
      attributes: { objectType: 'CustomerUser' },
    });
    expect((await aylin('GET', userPath(10, 41))).body).not.toHaveProperty('usageLocation');
  });

  test.each([
    ['tr-TR', 'tr'],
    ['en-US', 'en'],
  ])('in %s they come in the order of that language, three pages of them without a gap', async (locale, language) => {
    const names: string[] = [];
    let pages = 0;
    let path: string | undefined = `${USERS}?size=10`;
    while (path !== undefined) {
      const { body }: { body: Body } = await aylin('GET', path, { headers: { 'X-Locale': locale } });
      names.push(...body.items.map((user) => user.displayName));
      pages += 1;
      const { next } = body.links;
      expect(next?.uri ?? '/customers').toMatch(/^\/customers/);
      path = next && `/v1${next.uri}&${next.headers[0]?.key}=${encodeURIComponent(next.headers[0]?.value ?? '')}`;
    }
    expect(pages).toBe(3);
    expect(new Set(names).size).toBe(25);
    expect(names).toEqual(names.toSorted(new Intl.Collator(language).compare));
    const place = (first: string) => names.findIndex((name) => name.startsWith(first));
    expect(place('Işıl') < place('İbrahim')).toBe(language === 'tr');
    expect(place('Çiğdem') < place('Elif')).toBe(true);
  });

  test('they come by sign-in name, backwards, when asked for so', async () => {
    const { body } = await aylin('GET', `${USERS}?size=25&sortField=UserPrincipalName&sortDirection=Descending`);
    const names = body.items.map((user) => user.userPrincipalName);
    expect(names).toEqual(names.toSorted().toReversed());
    expect(body.links.next).toBeUndefined();
    const java = await aylin('GET', `${USERS}?size=0&sortField=userPrincipalName&sortDirection=ascending`);
    expect(java.body.items.map((user) => user.userPrincipalName)).toEqual(names.toReversed());
  });

  test('a page’s token holds for the list that it came from alone', async () => {
    const { body } = await aylin('GET', `${USERS}?size=10`);
    const headers = { 'MS-ContinuationToken': body.links.next?.headers[0]?.value ?? '' };
    expect(await aylin('GET', `${USERS}?size=10&seekOperation=Next`, { headers })).toMatchObject({ status: 200 });
    const other = await aylin('GET', `${USERS}?sortField=UserPrincipalName`, { headers });
    expect(other).toMatchObject(refusedWith(400, 3000));
  });

  test('two partners of one customer see the same users, a stranger sees no customer', async () => {
    const wendy = await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);
    const asha = await connect<Body>(deployment, 'demo-dakshin-user', PARTNERS.dakshin);
    const path = `${customerPath(8)}/users`;
    const created = await wendy('POST', path, {
      body: { ...ada, userPrincipalName: 'ada@halic-denizcilik.example' },
    });
    const ours = await aylin('GET', path);
    expect(ours.body.items).toHaveLength(19);
    expect((await wendy('GET', path)).body.items).toEqual(ours.body.items);
    expect((await aylin('GET', `${path}/${created.body.id}`)).body.displayName).toBe('Ada Yılmaz');
    for (const [method, to] of [
      ['GET', path],
      ['POST', path],
      ['GET', userPath(8, 1)],
      ['PATCH', userPath(8, 1)],
      ['DELETE', userPath(8, 1)],
      ['GET', `${customerPath(8)}/directoryroles`],
    ] as const) {
      const body = method === 'POST' ? { body: ada } : method === 'PATCH' ? { body: { displayName: 'x' } } : {};
      expect(await asha(method, to, body), `${method} ${to}`).toMatchObject(refusedWith(404, 60003));
    }
  });

  test('a user of another customer is not there', async () => {
    const absent = `${USERS}/${userId(2, 1)}`;
    for (const [method, extra] of [
      ['GET', {}],
      ['PATCH', { body: { displayName: 'x' } }],
      ['DELETE', {}],
    ] as const) {
      expect(await aylin(method, absent, extra)).toMatchObject(refusedWith(404, 60002));
    }
    expect((await aylin('GET', userPath(2, 1))).status).toBe(200);
  });
});

describe('creating a user', () => {
  test.each([
    [
      'the .NET SDK writes it',
      USERS,
      {
        UsageLocation: 'TR',
        Id: null,
        UserPrincipalName: `ada@${DOMAIN}`,
        FirstName: 'Ada',
        LastName: 'Yılmaz',
        DisplayName: 'Ada Yılmaz',
        ImmutableId: null,
        PasswordProfile: { ForceChangePassword: true, Password: 'Given-1234' },
        LastDirectorySyncTime: null,
        UserDomainType: 'None',
        State: 'Active',
        SoftDeletionTime: null,
        Attributes: { ObjectType: 'CustomerUser' },
      },
    ],
    [
      'the Java SDK writes it, with a slash at the end',
      `${USERS}/`,
      { ...ada, passwordProfile: { forceChangePassword: true, password: 'Given-1234' }, state: 'active', links: {} },
    ],
    [
      'the Node client writes it',
      USERS,
      { ...ada, passwordProfile: { forceChangePassword: false, password: 'Given-1234' } },
    ],
  ])('as %s', async (_who, path, body) => {
    const created = await aylin('POST', path, { body });
    expect(created).toMatchObject({ status: 201, body: { ...ada, state: 'active', userDomainType: 'managed' } });
    expect(created.body).not.toHaveProperty('passwordProfile');
    const { body: shown } = await aylin('GET', `${USERS}/${created.body.id}`);
    expect(shown).toEqual(created.body);
  });

  test('a password that was not given is told once and kept nowhere, also not for a repeat', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const first = await aylin('POST', USERS, { body: ada, headers });
    const password = first.body.passwordProfile?.password ?? '';
    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s]).{16}$/);
    const { passwordProfile: _, ...rest } = first.body;
    expect((await aylin('POST', USERS, { body: ada, headers })).body).toEqual(rest);
    expect((await aylin('GET', `${USERS}/${first.body.id}`)).body).toEqual(rest);
    const kept = await rowsOf('select 1 from replies where position($1 in body) > 0', [password]);
    expect(kept).toEqual([]);
  });

  test('it counts as unlicensed, and shares an address with whoever has it already', async () => {
    const created = await aylin('POST', `${customerPath(10)}/users`, {
      body: { ...ada, userPrincipalName: 'satis@izmir-tekstil.example' },
    });
    expect(created.status).toBe(201);
    const [address] = await rowsOf<{ count: number }>(
      `select count(*)::integer as count from user_addresses where customer_id = $1 and address = 'satis@izmir-tekstil.example'`,
      [customerId(10)],
    );
    expect(address?.count).toBe(3);
  });

  test.each([
    ['no name', { ...ada, userPrincipalName: undefined }, /^userPrincipalName: /],
    ['a name without a domain', { ...ada, userPrincipalName: 'ada' }, /^userPrincipalName: .*ada@contoso\.example/],
    ['a name with a letter that has a mark', { ...ada, userPrincipalName: `çağla@${DOMAIN}` }, /^userPrincipalName: /],
    ['a name in another domain', { ...ada, userPrincipalName: 'ada@kuzey.example' }, /^userPrincipalName: .*domain/],
    ['a name in a longer domain', { ...ada, userPrincipalName: `ada@x.${DOMAIN}` }, /^userPrincipalName: .*domain/],
    [
      'a name that another has, in other letters',
      { ...ada, userPrincipalName: `AYSE.Yilmaz@${DOMAIN.toUpperCase()}` },
      /^userPrincipalName: .*choose another/,
    ],
    ['no display name', { ...ada, displayName: '  ' }, /^displayName: /],
    ['a display name that is too long', { ...ada, displayName: 'x'.repeat(257) }, /^displayName: .*256/],
    ['a display name that cannot be stored', { ...ada, displayName: 'a\0b' }, /^displayName: /],
    ['a first name that is a number', { ...ada, firstName: 7 }, /firstName/],
    ['a country that is none', { ...ada, usageLocation: 'XX' }, /^usageLocation: .*ISO 3166/],
    ['a country that is no more', { ...ada, usageLocation: 'YU' }, /^usageLocation: /],
    ['a password that is no text', { ...ada, passwordProfile: { password: 5 } }, /password/],
    ['nothing', undefined, /^userPrincipalName: .*displayName: /],
    ['a list', [ada], /^userPrincipalName: /],
  ])('with %s is refused with the field and what helps, and nothing is made', async (_what, body, words) => {
    const refused = await aylin('POST', USERS, { body });
    expect(refused).toMatchObject(refusedWith(400, 3000));
    expect(refused.body.description).toMatch(words);
    expect((await aylin('GET', USERS)).body.items).toHaveLength(25);
  });

  test('is refused in the caller’s language', async () => {
    const body = { ...ada, userPrincipalName: 'ada@kuzey.example' };
    const { body: answer } = await aylin('POST', USERS, { body, headers: { 'X-Locale': 'tr-TR' } });
    expect(answer.description).toBe('userPrincipalName: @ işaretinden sonra müşterinin bir etki alanı gelmelidir.');
  });
});

describe('changing a user', () => {
  test('changes what is given and leaves the rest; an empty name is none', async () => {
    const { body: before } = await aylin('GET', userPath(1, 1));
    const changed = await aylin('PATCH', userPath(1, 1), {
      body: { DisplayName: 'Ayşe Öz', LastName: 'Öz', FirstName: '', UsageLocation: null, UserPrincipalName: null },
    });
    expect(changed.status).toBe(200);
    const { firstName: _, ...rest } = before;
    expect(changed.body).toEqual({ ...rest, displayName: 'Ayşe Öz', lastName: 'Öz' });
    expect((await aylin('GET', userPath(1, 1))).body).toEqual(changed.body);
  });

  test('a resource that is sent back as it came changes nothing and is no act', async () => {
    const { body } = await aylin('GET', userPath(1, 1));
    expect((await aylin('PATCH', userPath(1, 1), { body })).body).toEqual(body);
    expect(await rowsOf('select 1 from audit_records where customer_id = $1', [customerId(1)])).toEqual([]);
  });

  test('a sign-in name can be changed, also in its capitals alone, but not to another’s', async () => {
    const to = (userPrincipalName: string) => aylin('PATCH', userPath(1, 1), { body: { userPrincipalName } });
    expect((await to(`Ayse.Yilmaz@${DOMAIN}`)).status).toBe(200);
    expect((await to(`ayse.oz@${DOMAIN}`)).body.userPrincipalName).toBe(`ayse.oz@${DOMAIN}`);
    const taken = (await aylin('GET', userPath(1, 2))).body.userPrincipalName;
    expect(await to(taken)).toMatchObject(refusedWith(400, 3000));
    expect(await to('ayse.oz@kuzey.example')).toMatchObject(refusedWith(400, 3000));
  });

  test.each([
    ['as the SDKs do it', userPath(1, 1), { PasswordProfile: { ForceChangePassword: true, Password: 'Given-1234' } }],
    ['as the Node client does it', `${userPath(1, 1)}/resetpassword`, { passwordProfile: { password: 'Given-1234' } }],
  ])('a password is reset %s, and not told', async (_how, path, body) => {
    const reset = await aylin('PATCH', path, { body });
    expect(reset.status).toBe(200);
    expect(reset.body).not.toHaveProperty('passwordProfile');
    const acts = await aylin('GET', '/v1/auditrecords');
    expect(acts.body.items.map((one) => one.operationType)).toEqual(['reset_customer_user_password']);
    expect(JSON.stringify(acts.body)).not.toContain('Given-1234');
  });

  test('a reset without a password makes one and tells it once', async () => {
    const { body } = await aylin('PATCH', `${userPath(1, 1)}/resetPassword`, { body: {} });
    expect(body.passwordProfile).toMatchObject({
      password: expect.stringMatching(/^.{16}$/),
      forceChangePassword: true,
    });
  });

  test.each([
    ['a country that is none', { usageLocation: 'TRY' }],
    ['an empty display name', { displayName: '' }],
    ['a deletion', { state: 'inactive' }],
  ])('%s is refused', async (_what, body) => {
    expect(await aylin('PATCH', userPath(1, 1), { body })).toMatchObject(refusedWith(400, 3000));
  });

  test('a state that is none is refused as the service refuses it', async () => {
    expect(await aylin('PATCH', userPath(1, 1), { body: { state: 'asleep' } })).toMatchObject(refusedWith(400, 900126));
  });
});

describe('deleting a user', () => {
  const assigned = async () => {
    const agent = await deployment.signIn('aylin@kuzey.example');
    return valueOf(await agent('showCustomer', { params: { customerId: customerId(1) } })).licenses.assigned;
  };

  test('frees the licenses at once; the user is listed among the deleted ones, and nowhere else', async () => {
    expect(await assigned()).toBe(25);
    expect(await aylin('DELETE', userPath(1, 1))).toMatchObject({ status: 204, body: undefined });
    expect(await assigned()).toBe(24);
    const { body: living } = await aylin('GET', USERS);
    expect(living.items.map((user) => user.id)).not.toContain(userId(1, 1));
    const { body: deleted } = await aylin('GET', `${USERS}?${deletedOnes}`);
    expect(deleted.items).toMatchObject([{ id: userId(1, 1), state: 'inactive' }]);
    expect(deleted.items[0]?.softDeletionTime).toMatch(/^2026-11-16T09:/);
    expect(await aylin('DELETE', userPath(1, 1))).toMatchObject(refusedWith(404, 60002));
  });

  test('the documentation’s other name of the filter and the Java SDK’s way to write it find the same', async () => {
    await aylin('DELETE', userPath(1, 1));
    for (const filter of [
      { field: 'UserStatus', value: 'Inactive', operator: 'equals' },
      { value: 'inactive', field: 'UserState', fieldType: 'String', operator: 'Equals' },
    ]) {
      const { body } = await aylin('GET', `${USERS}?filter=${encodeURIComponent(JSON.stringify(filter))}`);
      expect(body.items.map((user) => user.id)).toEqual([userId(1, 1)]);
    }
  });

  test('nobody reads or gives licenses of a deleted user', async () => {
    await aylin('DELETE', userPath(1, 1));
    const body = { licensesToRemove: [randomUUID()] };
    expect(await aylin('GET', `${userPath(1, 1)}/licenses`)).toMatchObject(refusedWith(404, 60002));
    expect(await aylin('POST', `${userPath(1, 1)}/licenseupdates`, { body })).toMatchObject(refusedWith(404, 60002));
  });

  test('an upgrade neither counts nor moves a deleted user', async () => {
    await aylin('DELETE', userPath(1, 1));
    const agent = await deployment.signIn('aylin@kuzey.example');
    const { transfer } = valueOf(
      await agent('quoteUpgrade', {
        params: { customerId: customerId(1), subscriptionId: subscriptionId(1) },
        body: { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' },
      }),
    );
    expect(transfer.moving).toBe(24);
  });

  test('an address that only a deleted user shares stands in nobody’s way', async () => {
    const quote = async () => {
      const agent = await deployment.signIn('aylin@kuzey.example');
      const params = { customerId: customerId(10), subscriptionId: subscriptionId(10) };
      const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' } as const;
      const { transfer } = valueOf(await agent('quoteUpgrade', { params, body }));
      return transfer.users.find((user) => user.userId === userId(10, 6))?.faults.map((fault) => fault.name);
    };
    expect(await quote()).toEqual(['duplicate-address']);
    await aylin('DELETE', userPath(10, 41));
    expect(await quote()).toEqual([]);
  });

  test('open license issues of the user are left, and can no longer be settled', async () => {
    const upgraded = await upgrade(10, OFFERS.o365E3, 'upgrade_with_license_transfer');
    await aylin('DELETE', userPath(10, 1));
    const { agent, params } = upgraded;
    const { items } = valueOf(await agent('listIssues', { params }));
    const issue = items.find((one) => one.userId === userId(10, 1));
    expect(issue).toMatchObject({ status: 'left', settledBy: 'Aylin Demir', actions: [] });
    expect(items.filter((one) => one.status === 'open')).toHaveLength(6);
    const body = { userIds: [userId(10, 1)], action: 'setUsageLocation' as const, usageLocation: 'TR' };
    expect(await agent('resolveIssues', { params, body })).toMatchObject({
      problem: { code: 'issue-already-resolved' },
    });
  });

  test('another partner’s open issues of the user are left too, by nobody', async () => {
    const { agent, params } = await upgrade(8, OFFERS.o365E1, 'upgrade_only');
    const wendy = await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);
    expect((await wendy('DELETE', userPath(8, 1))).status).toBe(204);
    const { items } = valueOf(await agent('listIssues', { params }));
    expect(items.find((one) => one.userId === userId(8, 1))).toMatchObject({ status: 'left', settledBy: null });
    expect(items.filter((one) => one.status === 'open')).toHaveLength(17);
    const [act] = await rowsOf<{ details: object }>(
      `select details from audit_records where customer_id = $1 and action = 'user.deleted'`,
      [customerId(8)],
    );
    expect(act?.details).toEqual({
      before: { state: 'active' },
      after: { state: 'deleted', licensesFreed: [], issuesLeft: [] },
    });
  });

  async function upgrade(
    number: number,
    targetOfferId: string,
    upgradeType: 'upgrade_only' | 'upgrade_with_license_transfer',
  ) {
    const agent = await deployment.signIn('aylin@kuzey.example');
    const params = { customerId: customerId(number), subscriptionId: subscriptionId(number) };
    const { quoteId } = valueOf(await agent('quoteUpgrade', { params, body: { targetOfferId, upgradeType } }));
    const done = valueOf(await agent('submitQuote', { params: { customerId: params.customerId, quoteId } }));
    return { agent, params: { customerId: params.customerId, upgradeId: done.upgradeId } };
  }
});

describe('a deleted user', () => {
  const restore = (path = userPath(1, 1)) => aylin('PATCH', path, { body: { State: 'Active' } });

  test('is restored by the state active, without licenses; a second time changes nothing', async () => {
    const { body: before } = await aylin('GET', userPath(1, 1));
    await aylin('DELETE', userPath(1, 1));
    expect((await restore()).body).toEqual(before);
    expect((await restore()).body).toEqual(before);
    expect((await aylin('GET', `${USERS}?${deletedOnes}`)).body.items).toEqual([]);
    const licenses = await rowsOf('select 1 from licenses where user_id = $1', [userId(1, 1)]);
    expect(licenses).toEqual([]);
    const acts = await aylin('GET', '/v1/auditrecords');
    expect(acts.body.items.map((one) => one.operationType)).toEqual(['restore_customer_user', 'delete_customer_user']);
  });

  test('is not changed unless the same act restores it', async () => {
    await aylin('DELETE', userPath(1, 1));
    const changed = await aylin('PATCH', userPath(1, 1), { body: { displayName: 'Ayşe Öz' } });
    expect(changed).toMatchObject(refusedWith(400, 3000));
    expect(changed.body.description).toContain('active');
    const both = await aylin('PATCH', userPath(1, 1), { body: { displayName: 'Ayşe Öz', state: 'active' } });
    expect(both.body).toMatchObject({ displayName: 'Ayşe Öz', state: 'active' });
  });

  test('leaves its sign-in name to others, and then comes back under another', async () => {
    const { body: before } = await aylin('GET', userPath(1, 1));
    await aylin('DELETE', userPath(1, 1));
    const body = { ...ada, userPrincipalName: before.userPrincipalName };
    expect((await aylin('POST', USERS, { body })).status).toBe(201);
    expect(await restore()).toMatchObject(refusedWith(400, 3000));
    const renamed = { state: 'active', userPrincipalName: `ayse.oz@${DOMAIN}` };
    expect((await aylin('PATCH', userPath(1, 1), { body: renamed })).body).toMatchObject(renamed);
  });
});

describe('who may', () => {
  test.each([
    ['a reader’s role', 5, 200, 403],
    ['a relationship that has ended', 6, 403, 403],
    ['no delegated privileges', 4, 403, 403],
    ['privileges for some services', 17, 200, 204],
  ])('with %s, a list at customer %i answers %i and a deletion %i', async (_what, number, read, written) => {
    const list = await aylin('GET', `${customerPath(number)}/users`);
    expect(list.status).toBe(read);
    if (read === 403) expect(list.body.code).toBe(900308);
    const deleted = await aylin('DELETE', userPath(number, 1));
    expect(deleted.status).toBe(written);
    if (written === 403) expect(deleted.body.code).toBe(900308);
    const users = await rowsOf('select 1 from users where customer_id = $1 and deleted_at is not null', [
      customerId(number),
    ]);
    expect(users).toHaveLength(written === 403 ? 0 : 1);
  });

  test('a refusal names the role to ask for, in the caller’s language', async () => {
    const asked = (locale: string) =>
      aylin('POST', `${customerPath(5)}/users`, { body: ada, headers: { 'X-Locale': locale } });
    expect((await asked('en-US')).body.description).toBe(
      'The granular privileges lack the role Directory writers for: the directory of users. Request the role Directory writers.',
    );
    expect((await asked('tr-TR')).body.description).toBe(
      'Ayrıntılı ayrıcalıklarda eksik rol: Dizin yazarları. Hizmetler: kullanıcı dizini. Şu rolü isteyin: Dizin yazarları.',
    );
  });

  test('an application alone may, as nearly everywhere', async () => {
    const app = await connect<Body>(deployment, 'demo-kuzey');
    expect((await app('POST', USERS, { body: ada })).status).toBe(201);
  });

  test.each([
    ['a Helpdesk agent', 5],
    ['a User management admin, who manages the partner’s own users', 2],
  ])('%s reads and changes nothing', async (_who, number) => {
    const clientId = `demo-${number}`;
    const agentId = `a2000000-0000-4000-8001-00000000000${number}`;
    const now = deployment.context.clock.now();
    const { secretHash = '' } = demoWorld(now).apiClients[0] ?? {};
    const client = { partnerId: PARTNERS.kuzey, clientId, name: clientId, secretHash, agentId };
    await deployment.context.database.asSystem((tx) => saveClient(tx, client, now));
    const agent = await connect<Body>(deployment, clientId);
    expect((await agent('GET', USERS)).status).toBe(200);
    for (const [method, path, body] of [
      ['POST', USERS, ada],
      ['PATCH', userPath(1, 1), { displayName: 'x' }],
      ['PATCH', `${userPath(1, 1)}/resetpassword`, {}],
      ['DELETE', userPath(1, 1), undefined],
    ] as const) {
      expect(await agent(method, path, { body })).toMatchObject(refusedWith(403, 1002));
    }
  });

  test.each([
    ['no GUID', 'GET', `${USERS}/17`, undefined, 3000],
    ['no customer', 'GET', '/v1/customers/17/users', undefined, 900118],
    ['a page too long', 'GET', `${USERS}?size=1001`, undefined, 3000],
    ['a sort that is none', 'GET', `${USERS}?sortField=Age`, undefined, 900126],
    ['a direction that is none', 'GET', `${USERS}?sortDirection=up`, undefined, 900126],
    ['a filter that is no JSON', 'GET', `${USERS}?filter=x`, undefined, 3000],
    [
      'a filter by another field',
      'GET',
      `${USERS}?filter={"Field":"Age","Value":"1","Operator":"equals"}`,
      undefined,
      3000,
    ],
    ['a token of no page', 'GET', `${USERS}?MS-ContinuationToken=x`, undefined, 3000],
    ['broken JSON', 'POST', USERS, '{"displayName":', 800002],
    ['a role id that is none', 'GET', `${customerPath(1)}/directoryroles/17/usermembers`, undefined, 3000],
  ])('%s is refused', async (_what, method, path, body, code) => {
    expect(await aylin(method, path, { body })).toMatchObject(refusedWith(400, code));
  });
});

/** The last test, because the clock cannot go back. */
test('a deleted user can be restored for 30 days, not longer', async () => {
  await deployment.moveClock('2026-12-01T09:00:00Z');
  aylin = await connect(deployment);
  await aylin('DELETE', userPath(1, 1));
  await deployment.moveClock('2026-12-31T08:59:00Z');
  aylin = await connect(deployment);
  expect((await aylin('GET', `${USERS}?${deletedOnes}`)).body.items).toHaveLength(1);
  await deployment.moveClock('2026-12-31T09:10:00Z');
  expect((await aylin('GET', `${USERS}?${deletedOnes}`)).body.items).toEqual([]);
  for (const extra of [{}, { body: { state: 'active' } }]) {
    const answer = await aylin('body' in extra ? 'PATCH' : 'GET', userPath(1, 1), extra);
    expect(answer).toMatchObject(refusedWith(404, 60002));
  }
});
