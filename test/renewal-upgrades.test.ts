import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { keepUpToDate } from '../server/subscriptions/keep-up-to-date.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { bringAllUpToDate, dying, priceProducts, PRODUCTS, type Sold, sellProduct } from './lifecycle-steps.ts';
import { connect } from './partner-center-client.ts';

type Transition = {
  readonly operationId: string;
  readonly transitionType: string;
  readonly events: readonly { readonly name: string; readonly status: string; readonly errors: readonly object[] }[];
};

let deployment: TestDeployment;
let aylin: Awaited<ReturnType<TestDeployment['signIn']>>;
beforeAll(async () => {
  deployment = await startDeployment('demo', { expectErrors: true });
  await priceProducts(deployment, '6.00');
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.standAt(TEST_NOW);
  aylin = await deployment.signIn('aylin@kuzey.example');
});

const sql = <Row extends object>(text: string, values: unknown[]) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));

/** Ten seats of Business Basic by the month, of which three are somebody’s, that become Business Standard on December 10. */
async function schedule(body: { offerId?: string; quantity?: number } = { offerId: PRODUCTS.standard }): Promise<Sold> {
  const sold = await sellProduct(deployment, '2026-11-10', { termDuration: 'P1M' });
  await sql(
    `with u as (
       insert into users (customer_id, user_id, user_principal_name, display_name, usage_location)
       select $1, gen_random_uuid(), 'u' || n || '@new.example', 'U' || n, 'TR' from generate_series(1, 3) n returning *)
     insert into licenses (customer_id, subscription_id, user_id) select customer_id, $2, user_id from u`,
    [sold.customerId, sold.subscriptionId],
  );
  valueOf(await aylin('scheduleChange', { params: sold, body }));
  return sold;
}

async function renew(now = '2026-12-10T04:00:00Z'): Promise<void> {
  await deployment.moveClock(now);
  await bringAllUpToDate(deployment.context);
  aylin = await deployment.signIn('aylin@kuzey.example');
}

const upgradesOf = async ({ customerId }: Sold) =>
  valueOf(await aylin('listUpgrades', { params: { customerId }, query: { limit: 200 } })).items;

describe('a change of product that was scheduled for the renewal', () => {
  it('stands in the history once it is carried out, in place and without a quote, as of who scheduled it and when', async () => {
    const sold = await schedule();
    expect(await upgradesOf(sold)).toEqual([]);
    await renew();
    const [upgrade, ...rest] = await upgradesOf(sold);
    expect(rest).toEqual([]);
    const money = (amount: string) => ({ amount, currency: 'USD' });
    expect(upgrade).toMatchObject({
      quoteId: null,
      upgradeType: 'upgrade_with_license_transfer',
      state: 'applied',
      work: 'done',
      way: 'renewal',
      source: { subscriptionId: sold.subscriptionId, offerId: PRODUCTS.basic },
      target: { subscriptionId: sold.subscriptionId, offerId: PRODUCTS.standard },
      quantity: 10,
      termDuration: 'P1M',
      billingCycle: 'monthly',
      effectiveOn: '2026-12-10',
      submittedAt: expect.stringMatching(/^2026-11-16T09:00:0/) as string,
      appliedAt: '2026-12-10T00:00:00Z',
      submittedBy: 'Aylin Demir',
      totals: { credit: money('0.00'), charge: money('60.00'), net: money('60.00') },
      licenses: { moved: 3, openIssues: 0 },
      decision: null,
      events: [
        { name: 'Conversion', status: 'Completed', at: '2026-12-10T00:00:00Z' },
        { name: 'LicenseReassignment', status: 'Completed', at: '2026-12-10T00:00:00Z' },
      ],
    });
    const upgradeId = upgrade?.upgradeId ?? '';
    const { customerId } = sold;
    expect(valueOf(await aylin('showUpgrade', { params: { customerId, upgradeId } }))).toEqual(upgrade);
    const all = valueOf(await aylin('listAllUpgrades', { query: { tab: 'all', limit: 200 } }));
    expect(all.items).toContainEqual({ ...upgrade, customerName: 'Yeni Dokuma' });
  });

  it('is the act of the line that the new term begins with', async () => {
    const sold = await schedule();
    await renew();
    const [upgrade] = await upgradesOf(sold);
    const { items } = valueOf(await aylin('listCharges', { params: sold }));
    expect(items.map(({ chargeType, upgradeId }) => [chargeType, upgradeId])).toEqual([
      ['cycleCharge', null],
      ['renew', upgrade?.upgradeId],
    ]);
  });

  it('leaves the invoice as its quotes told, of which it has none', async () => {
    await schedule();
    await renew();
    const invoices = valueOf(await aylin('listInvoices', {})).items;
    const december = invoices.find(
      ({ platform, periodStart }) => platform === 'newCommerce' && periodStart === '2026-12-01',
    );
    const params = { invoiceNumber: december?.invoiceNumber ?? '' };
    expect(valueOf(await aylin('showInvoice', { params })).quotes.differing).toEqual([]);
  });

  it('stands among the transitions below /v1', async () => {
    const sold = await schedule();
    await renew();
    const [upgrade] = await upgradesOf(sold);
    const ask = await connect<{ readonly items: readonly Transition[] }>(deployment);
    const { customerId, subscriptionId } = sold;
    const path = `/v1/customers/${customerId}/subscriptions/${subscriptionId}/transitions`;
    const { body } = await ask('GET', path);
    expect(body.items).toMatchObject([
      {
        operationId: upgrade?.upgradeId,
        fromCatalogItemId: 'CFQ7TTC0LH18:0001:YUKSELT00002',
        fromSubscriptionId: subscriptionId,
        toCatalogItemId: 'CFQ7TTC0LDPB:0001:YUKSELT00003',
        toSubscriptionId: subscriptionId,
        quantity: 10,
        transitionType: 'transition_with_license_transfer',
        events: [
          { name: 'Conversion', status: 'Completed' },
          { name: 'LicenseReassignment', status: 'Completed' },
        ],
      },
    ]);
    const one = await ask('GET', `${path}?operationId=${upgrade?.upgradeId}`);
    expect(one.body.items).toHaveLength(1);
  });

  it('has nobody’s name where it was scheduled before that was kept', async () => {
    const sold = await schedule();
    await sql(
      `update subscriptions set scheduled_change = scheduled_change - 'scheduled' where customer_id = $1 and subscription_id = $2`,
      [sold.customerId, sold.subscriptionId],
    );
    await renew();
    expect(await upgradesOf(sold)).toMatchObject([
      { submittedBy: null, submittedById: null, submittedAt: '2026-12-10T00:00:00Z' },
    ]);
  });

  it('tells nobody by whom and when before it is carried out but the log', async () => {
    const sold = await schedule();
    const { scheduledChange } = valueOf(await aylin('showSubscription', { params: sold }));
    expect(scheduledChange).not.toHaveProperty('scheduled');
    const logged = await sql<{ details: object }>(
      `select details from audit_records where subject_id = $1 and action = 'subscription.change-scheduled'`,
      [sold.subscriptionId],
    );
    expect(logged.map(({ details }) => Object.keys(details))).toEqual([
      expect.not.arrayContaining(['scheduled']) as string[],
    ]);
  });

  it('is no upgrade where seats alone were scheduled', async () => {
    const sold = await schedule({ quantity: 12 });
    await renew();
    expect(await upgradesOf(sold)).toEqual([]);
  });
});

/** The users of what was sold, by name. */
const usersOf = async ({ customerId }: Sold) =>
  sql<{ user_id: string }>('select user_id from users where customer_id = $1 order by user_principal_name', [
    customerId,
  ]).then((rows) => rows.map((row) => row.user_id));

/** Who holds a license of what was sold, with what is switched off. */
const licensesOf = ({ customerId, subscriptionId }: Sold) =>
  sql<{ name: string; off: string[] }>(
    `select u.display_name as name, l.switched_off as off from licenses l join users u using (customer_id, user_id)
     where l.customer_id = $1 and l.subscription_id = $2 order by name`,
    [customerId, subscriptionId],
  );

const issuesOf = async ({ customerId }: Sold, upgradeId = '') =>
  valueOf(await aylin('listIssues', { params: { customerId, upgradeId } })).items;

async function transitionsOf({ customerId, subscriptionId }: Sold) {
  const ask = await connect<{ readonly items: readonly Transition[] }>(deployment);
  return (await ask('GET', `/v1/customers/${customerId}/subscriptions/${subscriptionId}/transitions`)).body.items;
}

/** Lets the partner work issues off. */
const entrust = ({ customerId }: Sold) =>
  sql(
    `insert into delegated_privileges (customer_id, partner_id, privileges_id, kind, roles, starts_at)
     values ($1, $2, gen_random_uuid(), 'dap', '{}', '2020-01-01')`,
    [customerId, PARTNERS.kuzey],
  );

describe('the users of an upgrade at a renewal (N42)', () => {
  it('keep off what they had switched off, where nothing stands in the way', async () => {
    const sold = await schedule();
    const [first] = await usersOf(sold);
    await sql(`update licenses set switched_off = '{SHAREPOINTSTANDARD}' where user_id = $1`, [first]);
    await renew();
    expect(await licensesOf(sold)).toEqual([
      { name: 'U1', off: ['SHAREPOINTSTANDARD'] },
      { name: 'U2', off: [] },
      { name: 'U3', off: [] },
    ]);
  });

  it('are issues to work off where they cannot move, until then at what the subscription was', async () => {
    const sold = await schedule();
    await entrust(sold);
    const [first = ''] = await usersOf(sold);
    await sql('update users set usage_location = null where user_id = $1', [first]);
    await renew();
    const [upgrade] = await upgradesOf(sold);
    expect(upgrade).toMatchObject({ work: 'needsWork', licenses: { moved: 2, openIssues: 1, settledIssues: 0 } });
    const open = valueOf(await aylin('listAllUpgrades', { query: { tab: 'needsWork', limit: 200 } }));
    expect(open.items.map(({ upgradeId }) => upgradeId)).toContain(upgrade?.upgradeId);
    expect(await issuesOf(sold, upgrade?.upgradeId)).toMatchObject([
      { userId: first, status: 'open', faults: [{ name: 'usage-location-missing' }] },
    ]);
    expect((await licensesOf(sold)).map(({ name }) => name)).toEqual(['U2', 'U3']);
    const { items } = valueOf(await aylin('listSubscriptions', { params: sold }));
    const left = { status: 'deleted', endedReason: 'upgraded', offerId: PRODUCTS.basic, assigned: 1 };
    expect(items.filter(({ subscriptionId }) => subscriptionId !== sold.subscriptionId)).toMatchObject([left]);
    const failed = { name: 'LicenseReassignment', status: 'Failed', errors: [{ code: 12 }] };
    const conversion = { name: 'Conversion', status: 'Completed' };
    expect(await transitionsOf(sold)).toMatchObject([{ events: [conversion, failed] }]);

    const params = { customerId: sold.customerId, upgradeId: upgrade?.upgradeId ?? '' };
    const body = { action: 'setUsageLocation' as const, usageLocation: 'TR', userIds: [first] };
    valueOf(await aylin('resolveIssues', { params, body }));
    expect(await licensesOf(sold)).toHaveLength(3);
    const completed = { name: 'LicenseReassignment', status: 'Completed', errors: [] };
    expect(await transitionsOf(sold)).toMatchObject([{ events: [conversion, failed, completed] }]);
  });

  it.each([8, 12])('are all left for a person where %i seats follow ten, and then move', async (quantity) => {
    const sold = await schedule({ offerId: PRODUCTS.standard, quantity });
    await entrust(sold);
    await renew();
    const [upgrade] = await upgradesOf(sold);
    expect(upgrade).toMatchObject({
      upgradeType: 'upgrade_only',
      work: 'needsWork',
      licenses: { moved: 0, openIssues: 3 },
      events: [{ name: 'Conversion', status: 'Completed' }],
    });
    const issues = await issuesOf(sold, upgrade?.upgradeId);
    expect(issues.flatMap(({ faults }) => faults.map(({ name }) => name))).toEqual(
      Array.from({ length: 3 }, () => 'license-not-transferred'),
    );
    // What nobody tried has not failed.
    expect(await transitionsOf(sold)).toMatchObject([
      { transitionType: 'transition_only', events: [{ name: 'Conversion', status: 'Completed' }] },
    ]);
    const params = { customerId: sold.customerId, upgradeId: upgrade?.upgradeId ?? '' };
    valueOf(await aylin('resolveIssues', { params, body: { action: 'retry', userIds: await usersOf(sold) } }));
    expect(await upgradesOf(sold)).toMatchObject([{ work: 'done', licenses: { moved: 3, openIssues: 0 } }]);
    expect(await licensesOf(sold)).toHaveLength(3);
  });

  const byAnAct = async (sold: Sold) => {
    await deployment.moveClock('2026-12-10T04:00:00Z');
    aylin = await deployment.signIn('aylin@kuzey.example');
    valueOf(await aylin('setAutoRenew', { params: sold, body: { autoRenew: false } }));
  };
  it.each([
    ['a server', () => renew()],
    ['an act', byAnAct],
  ])('stay where another license excludes the new one, also if %s renews it', async (_what, renewed) => {
    const sold = await schedule();
    const { customerId } = sold;
    const [first = ''] = await usersOf(sold);
    const other = await sellProduct(deployment, '2026-11-12', { customerId, offerId: OFFERS.nceO365E3 });
    await sql('insert into licenses (customer_id, subscription_id, user_id) values ($1, $2, $3)', [
      customerId,
      other.subscriptionId,
      first,
    ]);
    await renewed(sold);
    const [upgrade] = await upgradesOf(sold);
    expect(await issuesOf(sold, upgrade?.upgradeId)).toMatchObject([
      { userId: first, faults: [{ name: 'plans-exclude-each-other' }] },
    ]);
  });
});

describe('an upgrade at a renewal comes about once', () => {
  it('where servers catch up after a pause over two renewals', async () => {
    const sold = await schedule();
    await renew('2027-02-01T09:00:00Z');
    expect((await upgradesOf(sold)).map(({ effectiveOn }) => effectiveOn)).toEqual(['2026-12-10']);
    await bringAllUpToDate(deployment.context);
    expect(await upgradesOf(sold)).toHaveLength(1);
  });

  it('where an act finds the term over before a server has looked', async () => {
    const sold = await schedule();
    await deployment.moveClock('2026-12-12T09:00:00Z');
    aylin = await deployment.signIn('aylin@kuzey.example');
    valueOf(await aylin('setAutoRenew', { params: sold, body: { autoRenew: false } }));
    await bringAllUpToDate(deployment.context);
    expect(await upgradesOf(sold)).toMatchObject([{ way: 'renewal', appliedAt: '2026-12-10T00:00:00Z' }]);
  });

  it('where servers are killed amid it, and others take over', async () => {
    const sold = [await schedule(), await schedule(), await schedule(), await schedule()];
    await deployment.moveClock('2026-12-10T04:00:00Z');
    let draws = 0;
    // A fixed sequence without a period that the statements share.
    const dies = () => (draws = (draws * 73 + 41) % 1009) % 3 === 0;
    for (let round = 0; round < 4; round += 1) {
      const servers = Array.from({ length: 3 }, () =>
        keepUpToDate({ ...deployment.context, database: dying(deployment.context.database, dies) }),
      );
      await Promise.all(servers.map((one) => one.run().catch(() => false)));
    }
    await Promise.all([bringAllUpToDate(deployment.context), bringAllUpToDate(deployment.context)]);
    aylin = await deployment.signIn('aylin@kuzey.example');
    const upgrades = await Promise.all(sold.map(upgradesOf));
    expect(upgrades.map((of) => of.map(({ totals }) => totals.net.amount))).toEqual(sold.map(() => ['60.00']));
  });
});
