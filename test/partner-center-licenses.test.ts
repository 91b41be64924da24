import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, subscriptionPath, userPath } from './partner-center-client.ts';

type Sku = { readonly id: string; readonly name: string; readonly skuPartNumber: string };
type Item = {
  readonly productSku: Sku;
  readonly servicePlans: readonly { readonly serviceName: string; readonly id: string }[];
  readonly activeUnits: number;
};
type Body = { readonly code: number; readonly description: string; readonly items: readonly Item[] };

const BASIC = '3b555118-da6a-4418-894f-7df1e2096870';
const E1 = '18181a46-0d4e-45cd-891e-60aabd171b4e';
const E3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';
const FORMS = 'e2000000-0000-4000-8000-000000000005';

let deployment: TestDeployment;
let user: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  user = await connect(deployment);
});

const skusOf = async (path: string) => (await user('GET', path)).body.items.map((one) => one.productSku.id).toSorted();
const licensesOf = (number: number, one: number) => skusOf(`${userPath(number, one)}/licenses`);
const update = (number: number, one: number, body: unknown) =>
  user('POST', `${userPath(number, one)}/licenseupdates`, { body });
const unitsOf = async (number: number) =>
  (await user('GET', `${customerPath(number)}/subscribedskus`)).body.items.map((one) => ({
    sku: one.productSku.id,
    ...one,
  }));

describe('licenses of a user', () => {
  test('are listed through whatever channel they were bought, with their service plans', async () => {
    expect(await licensesOf(10, 3)).toEqual([E1, BASIC].toSorted());
    const { body } = await user('GET', `${userPath(1, 1)}/licenses`);
    expect(body.items[0]?.productSku).toMatchObject({ id: BASIC, skuPartNumber: 'O365_BUSINESS_ESSENTIALS' });
    expect(body.items[0]?.servicePlans.map((plan) => plan.serviceName)).toContain('EXCHANGE_S_STANDARD');
  });

  test('leave out plans that are switched off', async () => {
    const { body } = await user('GET', `${userPath(10, 8)}/licenses`);
    expect(body.items[0]?.servicePlans.map((plan) => plan.serviceName)).not.toContain('TEAMS1');
  });

  test('follow an upgrade with license transfer', async () => {
    const body = { targetOffer: { id: OFFERS.o365E3 }, upgradeType: 'upgrade_with_license_transfer' };
    await user('POST', `${subscriptionPath(10)}/upgrades`, { body });
    expect(await licensesOf(10, 8)).toEqual([E3]);
    expect(await licensesOf(10, 1)).toEqual([BASIC]);
  });

  test('of the second license group there are none', async () => {
    expect(await skusOf(`${userPath(1, 1)}/licenses?licenseGroupIds=group2`)).toEqual([]);
    expect(await skusOf(`${userPath(1, 1)}/licenses?licenseGroupIds=Group1&licenseGroupIds=group2`)).toEqual([BASIC]);
  });
});

describe('a license update', () => {
  test('takes a license and gives it back, as the .NET SDK sends it', async () => {
    const taken = await update(1, 1, { LicensesToAssign: null, LicensesToRemove: [BASIC], LicenseWarnings: null });
    expect(taken).toMatchObject({ status: 201, body: { licensesToRemove: [BASIC], licenseWarnings: [] } });
    expect(await licensesOf(1, 1)).toEqual([]);
    const given = { LicensesToAssign: [{ ExcludedPlans: null, SkuId: BASIC }], LicensesToRemove: null };
    expect((await update(1, 1, given)).status).toBe(201);
    expect(await licensesOf(1, 1)).toEqual([BASIC]);
  });

  test('takes a SKU that is named twice once', async () => {
    const twice = { licensesToAssign: [{ skuId: BASIC }, { skuId: BASIC, excludedPlans: [] }] };
    expect((await update(1, 1, twice)).status).toBe(201);
    expect(await licensesOf(1, 1)).toEqual([BASIC]);
  });

  test('is refused in the language of the client', async () => {
    const headers = { 'X-Locale': 'tr-TR' };
    const body = { licensesToRemove: [E3] };
    const refused = await user('POST', `${userPath(1, 1)}/licenseupdates`, { body, headers });
    expect(refused.body.description).toBe(`licensesToRemove: kullanıcının ${E3} lisansı yok.`);
  });

  test('counts once what the Java SDK sends under two names', async () => {
    const skus = [{ skuId: BASIC, SkuId: BASIC }];
    await update(1, 1, { licensesToRemove: [BASIC], LicensesToRemove: [BASIC] });
    expect((await update(1, 1, { licensesToAssign: skus, LicensesToAssign: skus })).status).toBe(201);
    expect(await licensesOf(1, 1)).toEqual([BASIC]);
  });

  test('switches plans of a license off and on', async () => {
    const plans = async () => (await user('GET', `${userPath(1, 1)}/licenses`)).body.items[0]?.servicePlans ?? [];
    const teams = (await plans()).find((plan) => plan.serviceName === 'TEAMS1');
    await update(1, 1, { licensesToAssign: [{ skuId: BASIC.toUpperCase(), excludedPlans: [teams?.id] }] });
    expect((await plans()).map((plan) => plan.serviceName)).not.toContain('TEAMS1');
    await update(1, 1, { licensesToAssign: [{ skuId: BASIC }] });
    expect((await plans()).map((plan) => plan.serviceName)).toContain('TEAMS1');
  });

  test('needs a free license: 60012, and nothing is done', async () => {
    // One seat, which user 05 has.
    await user('PATCH', subscriptionPath(10, 3), { body: { quantity: 1 } });
    const refused = await update(10, 8, { licensesToAssign: [{ skuId: FORMS }], licensesToRemove: [BASIC] });
    expect(refused).toMatchObject({ status: 400, body: { code: 60012 } });
    expect(await licensesOf(10, 8)).toEqual([BASIC]);
  });

  test.each([
    ['without a usage location', 1, { licensesToAssign: [{ skuId: FORMS }] }, 60000, 'usage location'],
    ['of a SKU that the customer has not', 8, { licensesToAssign: [{ skuId: E3 }] }, 3000, E3],
    ['of one that is not held', 8, { licensesToRemove: [E3] }, 3000, E3],
    ['that another product of the user depends on', 5, { licensesToRemove: [BASIC] }, 60000, 'Saha'],
    ['with a plan of another SKU', 8, { licensesToAssign: [{ skuId: BASIC, excludedPlans: [E3] }] }, 3000, 'excluded'],
    ['of nothing', 8, {}, 3000, 'licensesToAssign'],
    ['of no GUID', 8, { licensesToRemove: ['E3'] }, 3000, 'GUID'],
    ['of a number', 8, { licensesToRemove: [1] }, 3000, 'licensesToRemove'],
  ])('%s is refused', async (_what, one, body, code, words) => {
    const before = await licensesOf(10, one);
    const refused = await update(10, one, body);
    expect(refused).toMatchObject({ status: 400, body: { code } });
    expect(refused.body.description).toContain(words);
    expect(await licensesOf(10, one)).toEqual(before);
  });

  test('is nothing for an application alone', async () => {
    const app = await connect<Body>(deployment, 'demo-kuzey');
    const body = { licensesToRemove: [BASIC] };
    expect(await app('POST', `${userPath(1, 1)}/licenseupdates`, { body })).toMatchObject({
      status: 400,
      body: { code: 900316 },
    });
    expect((await app('GET', `${userPath(1, 1)}/licenses`)).status).toBe(200);
  });

  test('needs a role in the directory that may write, reading one that may read', async () => {
    expect((await user('GET', `${userPath(5, 1)}/licenses`)).status).toBe(200);
    expect(await update(5, 1, { licensesToRemove: [BASIC] })).toMatchObject({ status: 403, body: { code: 900308 } });
    expect(await user('GET', `${userPath(4, 1)}/licenses`)).toMatchObject({ status: 403, body: { code: 900308 } });
    expect(await user('GET', `${customerPath(6)}/subscribedskus`)).toMatchObject({ status: 403 });
  });

  test('of a user or customer of somebody else is as if there were none', async () => {
    expect(await update(1, 99, { licensesToRemove: [BASIC] })).toMatchObject({ status: 404, body: { code: 60002 } });
    expect(await update(41, 1, { licensesToRemove: [BASIC] })).toMatchObject({ status: 404, body: { code: 60003 } });
    const path = `${customerPath(1)}/users/${userId(2, 1)}/licenses`;
    expect(await user('GET', path)).toMatchObject({ status: 404, body: { code: 60002 } });
  });

  test('stands in the audit log', async () => {
    await update(1, 1, { licensesToRemove: [BASIC] });
    const filter = encodeURIComponent(
      JSON.stringify({ Field: 'CustomerId', Operator: 'equals', Value: customerId(1) }),
    );
    const { body } = await user('GET', `/v1/auditrecords?filter=${filter}`);
    expect(body.items).toMatchObject([{ operationType: 'update_customer_user_licenses', resourceType: 'license' }]);
  });

  test('two at once for the last license: one gets it', async () => {
    await update(10, 5, { licensesToRemove: [FORMS] });
    await user('PATCH', subscriptionPath(10, 3), { body: { quantity: 1 } });
    const both = await Promise.all([8, 9].map((one) => update(10, one, { licensesToAssign: [{ skuId: FORMS }] })));
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 400]);
  });
});

describe('subscribed SKUs', () => {
  test('count the licenses that this partner sold', async () => {
    expect(await unitsOf(1)).toMatchObject([
      {
        sku: BASIC,
        activeUnits: 25,
        consumedUnits: 25,
        availableUnits: 0,
        totalUnits: 25,
        capabilityStatus: 'Enabled',
      },
    ]);
    expect((await unitsOf(8)).map((one) => one.sku)).toEqual([BASIC]);
  });

  test('show a suspended subscription as suspended', async () => {
    expect(await unitsOf(3)).toMatchObject([{ activeUnits: 0, suspendedUnits: 8, capabilityStatus: 'Suspended' }]);
  });

  test('keep the source of an upgrade as long as users hold its licenses', async () => {
    const body = { targetOffer: { id: OFFERS.o365E3 }, upgradeType: 'upgrade_with_license_transfer' };
    await user('POST', `${subscriptionPath(10)}/upgrades`, { body });
    const of = Object.fromEntries((await unitsOf(10)).map((one) => [one.sku, one]));
    expect(of[BASIC]).toMatchObject({ activeUnits: 0, suspendedUnits: 7, consumedUnits: 7, availableUnits: 0 });
    expect(of[E3]).toMatchObject({ activeUnits: 40, consumedUnits: 33, availableUnits: 7 });
  });

  test('are found as the Java SDK asks for a group', async () => {
    expect(await skusOf(`${customerPath(1)}/subscribedskus?null=group1`)).toEqual([BASIC]);
    expect(await skusOf(`${customerPath(1)}/subscribedskus?licenseGroupIds=group2`)).toEqual([]);
  });

  test('leave out what is only ordered', async () => {
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `with gone as (delete from licenses where subscription_id = $1)
         update subscriptions set status = 'pending' where subscription_id = $1`,
        [subscriptionId(2)],
      ),
    );
    expect(await unitsOf(2)).toEqual([]);
  });

  test('of another partner are not told', async () => {
    const westwind = await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);
    const { body } = await westwind('GET', `${customerPath(8)}/subscribedskus`);
    expect(body.items.map((one) => one.productSku.id)).toEqual([E3]);
  });
});
