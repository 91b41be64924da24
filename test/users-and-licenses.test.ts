import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const BASIC = '3b555118-da6a-4418-894f-7df1e2096870';
/** From a channel of its own, through which two users have it. */
const E1 = '18181a46-0d4e-45cd-891e-60aabd171b4e';
const E3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  aylin = await deployment.signIn('aylin@kuzey.example');
});

/** İzmir Tekstil: 41 users, two of them without a usage location, three with a second license. */
const params = { customerId: customerId(10) };
type Query = NonNullable<Parameters<typeof aylin<'listUsers'>>[1]['query']>;
const list = async (query: Query = {}) => valueOf(await aylin('listUsers', { params, query }));
const userOf = async (number: number) =>
  (await list({ limit: 200 })).items.find((one) => one.userId === userId(10, number));
const skusOf = async (number: number) => (await userOf(number))?.licenses.map(({ skuId }) => skuId).toSorted();
const productOf = async (skuId: string) =>
  valueOf(await aylin('listLicenseProducts', { params })).items.find((one) => one.skuId === skuId);
const users = (...numbers: number[]) => numbers.map((number) => userId(10, number));

describe('users of a customer', () => {
  it('come page by page in Turkish order, each once', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 15, ...(cursor && { cursor }) });
      if (cursor === undefined) expect(page.total).toBe(41);
      names.push(...page.items.map((one) => one.displayName));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names).toHaveLength(41);
  });

  it('are found by name and sign-in name, whatever i is typed', async () => {
    const found = await list({ search: 'çIĞdem' });
    expect(found.items.map((one) => one.displayName)).toContain('Çiğdem Güneş');
    expect((await list({ search: 'SATIS-ORTAK' })).total).toBe(1);
  });

  it('are filtered by what is missing or too much', async () => {
    expect((await list({ filter: 'unlicensed' })).items.map((one) => one.licenses)).toEqual([[]]);
    expect((await list({ filter: 'several' })).items.every((one) => one.licenses.length > 1)).toBe(true);
    expect((await list({ filter: 'noLocation' })).items.every((one) => one.usageLocation === null)).toBe(true);
    expect((await list({ filter: 'openIssue' })).items).toEqual([]);
  });

  it('tell the issue that an upgrade left, and at which license', async () => {
    const path = { ...params, subscriptionId: subscriptionId(10) };
    const body = {
      targetOfferId: OFFERS.o365E3,
      upgradeType: 'upgrade_with_license_transfer',
    } as const;
    const { quoteId } = valueOf(await aylin('quoteUpgrade', { params: path, body }));
    const { upgradeId } = valueOf(await aylin('submitQuote', { params: { ...params, quoteId } }));
    const { items } = await list({ filter: 'openIssue' });
    expect(items).toHaveLength(7);
    expect(items[0]?.openIssue).toMatchObject({ upgradeId });
    expect(items.every(({ licenses }) => licenses.filter((one) => one.hasIssue).length === 1)).toBe(true);
  });

  it('of another partner are not there, and bad input names the field', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    for (const name of ['listUsers', 'listLicenseProducts'] as const) {
      expect(problemOf(await wendy(name, { params })).code).toBe('not-found');
    }
    const bad = problemOf(await aylin('listUsers', { params, query: { cursor: 'nothing' } }));
    expect(bad.fields).toMatchObject([{ field: 'cursor' }]);
    const empty = problemOf(
      await aylin('changeLicenses', { params, body: { userIds: users(1), assign: [], remove: [] } }),
    );
    expect(empty.fields).toMatchObject([{ field: 'assign' }]);
  });

  it('are saved as they are shown, with a column for each product', async () => {
    const answer = await fetch(`${deployment.url}/api/customers/${params.customerId}/users?filter=noLocation`, {
      headers: {
        accept: 'text/csv',
        'accept-language': 'tr',
        authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`,
      },
    });
    const [head, ...rows] = (await answer.text()).trim().split('\r\n');
    expect(head).toMatch(/^\uFEFF?Kullanıcı adı;Ad;Kimlik;Kullanım konumu;Açık sorun;Microsoft 365/);
    expect(rows).toHaveLength(3);
    expect(rows.filter((row) => row.includes(';atanmış'))).toHaveLength(2);
  });
});

describe('licenses of several users', () => {
  beforeEach(async () => {
    const body = { partnerId: PARTNERS.kuzey, customerId: customerId(10), customerName: 'İzmir Tekstil' };
    const bought = { offerId: OFFERS.o365E3, quantity: 3, purchasedOn: '2026-09-13', users: 0 };
    valueOf(await aylin('seedSubscription', { body: { ...body, ...bought } }));
  });

  it('are replaced in one step, and all others stay', async () => {
    const before = await productOf(E3);
    const body = { userIds: users(13, 14), assign: [{ skuId: E3 }], remove: [BASIC] };
    const { items } = valueOf(await aylin('changeLicenses', { params, body }));
    expect(items.map(({ outcome }) => outcome)).toEqual(['changes', 'changes']);
    expect(await skusOf(13)).toEqual([E3]);
    expect((await productOf(E3))?.used).toBe((before?.used ?? 0) + 2);
    const log = await deployment.context.database.asSystem((tx) =>
      tx.query(`select 1 from audit_records where action = 'licenses.updated'`),
    );
    expect(log).toHaveLength(2);
  });

  it('are not changed for anybody where one cannot, and the preview says why for each', async () => {
    const body = { userIds: users(1, 13), assign: [{ skuId: E3 }], remove: [BASIC] };
    const preview = valueOf(await aylin('previewLicenses', { params, body }));
    const reasons = Object.fromEntries(preview.items.map((one) => [one.userId, one.reasons.map(({ name }) => name)]));
    expect(reasons).toEqual({ [userId(10, 1)]: ['usage-location-missing'], [userId(10, 13)]: [] });
    const refused = problemOf(await aylin('changeLicenses', { params, body }));
    expect(refused).toMatchObject({ code: 'licenses-not-changed', status: 422 });
    expect(refused.detail).toContain('Ayşe Yılmaz');
    expect(await skusOf(13)).toEqual([BASIC]);
  });

  it('are taken away, and given again where the directory knows the country', async () => {
    await aylin('changeLicenses', { params, body: { userIds: users(1, 13), assign: [], remove: [BASIC] } });
    expect((await list({ filter: 'unlicensed' })).total).toBe(3);
    const give = { params, body: { userIds: users(1), assign: [{ skuId: BASIC }], remove: [] } };
    expect(problemOf(await aylin('changeLicenses', give)).code).toBe('licenses-not-changed');
    const located = { params: { ...params, userId: userId(10, 1) }, body: { usageLocation: 'TR' } };
    valueOf(await aylin('setUsageLocation', located));
    valueOf(await aylin('changeLicenses', give));
    expect(await skusOf(1)).toEqual([BASIC]);
  });

  it('keep what is off until a service is switched', async () => {
    const [{ switchedOff } = { switchedOff: [] }] = (await userOf(8))?.licenses ?? [];
    expect(switchedOff).toHaveLength(1);
    const all = { userIds: users(8), assign: [{ skuId: BASIC }], remove: [] };
    expect(valueOf(await aylin('changeLicenses', { params, body: all })).items[0]?.outcome).toBe('same');
    const on = { userIds: users(8), assign: [{ skuId: BASIC, excludedPlanIds: [] }], remove: [] };
    valueOf(await aylin('changeLicenses', { params, body: on }));
    expect((await userOf(8))?.licenses[0]?.switchedOff).toEqual([]);
  });
});

it('a product that users have from elsewhere is a column of its own, which cannot be changed', async () => {
  expect(await productOf(E1)).toMatchObject({ ours: false, used: 2, total: null, free: null, active: false });
  const licenses = (await userOf(3))?.licenses ?? [];
  expect(licenses.find(({ skuId }) => skuId === E1)).toMatchObject({ subscriptionId: null });
  const body = { userIds: users(3), assign: [], remove: [E1] };
  const preview = valueOf(await aylin('previewLicenses', { params, body }));
  expect(preview.items[0]?.reasons.map(({ name }) => name)).toEqual(['license-elsewhere']);
  expect(problemOf(await aylin('changeLicenses', { params, body })).code).toBe('licenses-not-changed');
});
