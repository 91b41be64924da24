import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { customerId, subscriptionId } from '../demo/ids.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { bringAllUpToDate, priceProducts, PRODUCTS, type Sold, sellProduct, stateOf } from './lifecycle-steps.ts';
import { connect, type PartnerCenter } from './partner-center-client.ts';

type Resource = Record<string, unknown> & { readonly code: number; readonly attributes: { readonly etag: string } };

const AYLIN = 'aylin@kuzey.example';
let deployment: TestDeployment;
let aylin: Awaited<ReturnType<TestDeployment['signIn']>>;
let ask: PartnerCenter<Resource>;
beforeAll(async () => {
  deployment = await startDeployment();
  await priceProducts(deployment, '6.00');
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.standAt(TEST_NOW);
  aylin = await deployment.signIn(AYLIN);
  ask = await connect<Resource>(deployment);
});

/** İzmir Tekstil’s legacy Business Basic. */
const LEGACY: Sold = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
const pathOf = (sold: Sold) => `/v1/customers/${sold.customerId}/subscriptions/${sold.subscriptionId}`;

/** A new commerce subscription with all that is due done. */
async function sell(options: Parameters<typeof sellProduct>[2] = {}): Promise<Sold> {
  const sold = await sellProduct(deployment, '2026-11-10', options);
  await bringAllUpToDate(deployment.context);
  return sold;
}

describe('suspending and reactivating a legacy subscription', () => {
  it('credits and charges again the rest of the running period, as the preview said (B1.4, B4)', async () => {
    const shown = valueOf(await aylin('previewSuspension', { params: LEGACY }));
    const suspended = valueOf(await aylin('suspendSubscription', { params: LEGACY, body: {} }));
    expect(suspended).toMatchObject({ status: 'suspended', autoRenew: true, effectiveOn: '2026-11-16' });
    expect(Number(suspended.net.amount)).toBeLessThan(0);
    expect([shown.lines, shown.net, shown.version]).toEqual([suspended.lines, suspended.net, suspended.version]);
    const again = valueOf(await aylin('suspendSubscription', { params: LEGACY, body: {} }));
    expect(again).toMatchObject({ status: 'suspended', lines: [], version: suspended.version });
    const back = valueOf(await aylin('previewReactivation', { params: LEGACY }));
    const active = valueOf(await aylin('reactivateSubscription', { params: LEGACY, body: {} }));
    expect(back.lines).toEqual(active.lines);
    expect(active).toMatchObject({ status: 'active', version: suspended.version + 1 });
    const { total } = valueOf(await aylin('listCharges', { params: LEGACY }));
    // Suspended and taken back on one day: all that was billed is billed.
    expect(Number(total.amount)).toBeGreaterThan(0);
  });

  it('needs a role that manages subscriptions, and the version that was looked at', async () => {
    const helpdesk = await deployment.signIn('hale@kuzey.example');
    const refused = problemOf(await helpdesk('suspendSubscription', { params: LEGACY, body: {} }));
    expect(refused).toMatchObject({ code: 'role-not-allowed', action: 'manageSubscriptions' });
    const stale = problemOf(await aylin('suspendSubscription', { params: LEGACY, body: { version: 77 } }));
    expect(stale.code).toBe('changed-meanwhile');
  });

  it('says that nothing can be scheduled', async () => {
    const refused = problemOf(await aylin('scheduleChange', { params: LEGACY, body: { quantity: 9 } }));
    expect(refused.refusals?.map(({ name }) => name)).toEqual(['renewal-not-changeable']);
  });
});

describe('the billing frequency of a legacy order', () => {
  it('is changed as previewed, once, with a new term at the prices of the day (B5)', async () => {
    const { orderId } = valueOf(await aylin('showSubscription', { params: LEGACY }));
    const call = { params: { customerId: LEGACY.customerId, orderId }, body: { billingCycle: 'annual' as const } };
    const shown = valueOf(await aylin('previewBillingCycle', call));
    expect(shown.subscriptions).toMatchObject([{ subscriptionId: LEGACY.subscriptionId, termEndsOn: '2027-11-15' }]);
    expect(valueOf(await aylin('showSubscription', { params: LEGACY })).billingCycle).toBe('monthly');
    expect(valueOf(await aylin('changeBillingCycle', call))).toEqual(shown);
    expect(valueOf(await aylin('changeBillingCycle', call))).toMatchObject({ subscriptions: [], lines: [] });
    const changed = valueOf(await aylin('showSubscription', { params: LEGACY }));
    expect(changed).toMatchObject({ billingCycle: 'annual', termStartsOn: '2026-11-16' });
  });

  it('is for who may buy, and for an order of this customer', async () => {
    const { orderId } = valueOf(await aylin('showSubscription', { params: LEGACY }));
    const body = { billingCycle: 'monthly' as const };
    const helpdesk = await deployment.signIn('hale@kuzey.example');
    const own = { customerId: LEGACY.customerId, orderId };
    expect(problemOf(await helpdesk('changeBillingCycle', { params: own, body })).code).toBe('role-not-allowed');
    const others = { customerId: customerId(2), orderId };
    expect(problemOf(await aylin('previewBillingCycle', { params: others, body })).code).toBe('not-found');
  });
});

describe('planning the renewal of a new commerce subscription', () => {
  it('shows what is scheduled, where the term may end, and does it on the day (N39)', async () => {
    const sold = await sell({ termDuration: 'P1M' });
    const body = { quantity: 12, termEndsOn: '2026-12-31' };
    const scheduled = valueOf(await aylin('scheduleChange', { params: sold, body }));
    expect(scheduled.scheduledChange).toMatchObject({
      quantity: 12,
      termDuration: 'P1M',
      customTermEndsOn: '2026-12-31',
    });
    const shown = valueOf(await aylin('showScheduledChange', { params: sold }));
    expect(shown.renewsOn).toBe('2026-12-10');
    expect(shown.ends).toContainEqual({ termDuration: 'P1M', endsOn: '2026-12-31', alignsWith: null });
    const listed = valueOf(await aylin('showSubscription', { params: sold }));
    expect(listed).toMatchObject({ termDuration: 'P1M', statusUntil: '2026-12-10', scheduledChange: { quantity: 12 } });
    await deployment.moveClock('2026-12-10T00:00:01Z');
    await bringAllUpToDate(deployment.context);
    expect(await stateOf(deployment, sold)).toMatchObject({ quantity: 12, term_ends_on: '2026-12-31' });
    expect(valueOf(await aylin('showSubscription', { params: sold })).scheduledChange).toBeNull();
  });

  it('with another product leaves the lines before it what they were for', async () => {
    const sold = await sell({ termDuration: 'P1M' });
    valueOf(await aylin('scheduleChange', { params: sold, body: { offerId: PRODUCTS.standard } }));
    await deployment.moveClock('2026-12-10T00:00:01Z');
    await bringAllUpToDate(deployment.context);
    const { items } = valueOf(await aylin('listCharges', { params: sold }));
    expect(items.map(({ chargeType, offerId, offerName }) => [chargeType, offerId, offerName])).toEqual([
      ['cycleCharge', PRODUCTS.basic, 'Microsoft 365 Business Basic'],
      ['renew', PRODUCTS.standard, 'Microsoft 365 Business Standard'],
    ]);
    const [invoice] = valueOf(await aylin('listInvoices', {})).items.filter(
      ({ platform, periodStart }) => platform === 'newCommerce' && periodStart === '2026-11-01',
    );
    const billed = valueOf(
      await aylin('listInvoiceLines', {
        params: { invoiceNumber: invoice?.invoiceNumber ?? '' },
        query: { customerId: sold.customerId },
      }),
    );
    expect(billed.items.map(({ subscription }) => subscription.offerId)).toEqual([PRODUCTS.basic]);
  });

  it('with fewer seats than are assigned by then keeps those, and says so', async () => {
    const sold = await sell({ termDuration: 'P1M' });
    valueOf(await aylin('scheduleChange', { params: sold, body: { quantity: 2 } }));
    const sql = (text: string, values: unknown[]) =>
      deployment.context.database.asSystem((tx) => tx.query<{ details: object }>(text, values));
    await sql(
      `with u as (
         insert into users (customer_id, user_id, user_principal_name, display_name, usage_location)
         select $1, gen_random_uuid(), 'u' || n || '@new.example', 'U' || n, 'TR' from generate_series(1, 5) n returning *)
       insert into licenses (customer_id, subscription_id, user_id) select customer_id, $2, user_id from u`,
      [sold.customerId, sold.subscriptionId],
    );
    await deployment.moveClock('2026-12-10T00:00:01Z');
    await bringAllUpToDate(deployment.context);
    expect(await stateOf(deployment, sold)).toMatchObject({ quantity: 5 });
    const [told] = await sql(
      `select details from audit_records where subject_id = $1 and action = 'subscription.renewed'`,
      [sold.subscriptionId],
    );
    expect(told?.details).toMatchObject({ scheduledQuantity: 2, after: { quantity: 5 } });
  });

  it('is taken back by unscheduling, by turning renewal off and by suspending (N40)', async () => {
    const sold = await sell();
    const schedule = async () =>
      expect((await aylin('scheduleChange', { params: sold, body: { quantity: 12 } })).ok).toBe(true);
    await schedule();
    expect(valueOf(await aylin('unscheduleChange', { params: sold })).scheduledChange).toBeNull();
    await schedule();
    const off = valueOf(await aylin('setAutoRenew', { params: sold, body: { autoRenew: false } }));
    expect(off).toMatchObject({ autoRenew: false, scheduledChange: null });
    const refused = problemOf(await aylin('scheduleChange', { params: sold, body: { quantity: 12 } }));
    expect(refused.refusals?.map(({ name }) => name)).toEqual(['auto-renew-off']);
    valueOf(await aylin('setAutoRenew', { params: sold, body: { autoRenew: true } }));
    await schedule();
    const suspended = valueOf(await aylin('suspendSubscription', { params: sold, body: {} }));
    expect(suspended).toMatchObject({ status: 'suspended', autoRenew: false, scheduledChange: null, lines: [] });
  });

  it('finds a term that is over renewed, also before a server has looked (N43)', async () => {
    const sold = await sell({ termDuration: 'P1M' });
    await deployment.moveClock('2026-12-12T09:00:00Z');
    const off = valueOf(await aylin('setAutoRenew', { params: sold, body: { autoRenew: false } }));
    expect(off.statusUntil).toBe('2027-01-10');
  });
});

describe('a subscription below /v1', () => {
  it('shows its term, and until when it can be cancelled', async () => {
    const sold = await sell({ termDuration: 'P1M' });
    await deployment.moveClock('2026-12-10T05:00:00Z');
    ask = await connect<Resource>(deployment);
    await bringAllUpToDate(deployment.context);
    const { body } = await ask('GET', pathOf(sold));
    expect(body).toMatchObject({
      offerId: 'CFQ7TTC0LH18:0001:YUKSELT00002',
      productType: { id: 'OnlineServicesNCE' },
      creationDate: '2026-11-10T00:00:00Z',
      effectiveStartDate: '2026-12-10T00:00:00Z',
      commitmentEndDate: '2027-01-09T00:00:00Z',
      commitmentEndDateTime: '2027-01-09T23:59:59Z',
      billingCycleEndDate: '2027-01-09T00:00:00Z',
      cancellationAllowedUntilDate: '2026-12-17T00:00:00Z',
      refundOptions: [
        { type: 'Full', expiresAt: '2026-12-11T00:00:00Z' },
        { type: 'Partial', expiresAt: '2026-12-17T00:00:00Z' },
      ],
      termDuration: 'P1M',
      renewalTermDuration: '',
      isTrial: false,
    });
  });

  it('tells why it is suspended, and nothing while it is not', async () => {
    const sold = await sell();
    const reasons = async () => (await ask('GET', pathOf(sold))).body['suspensionReasons'];
    expect(await reasons()).toEqual([]);
    valueOf(await aylin('suspendSubscription', { params: sold, body: {} }));
    expect(await reasons()).toEqual(['PartnerCancellation']);
  });

  const instructions = (product: object, more: object = {}) => ({
    autoRenewEnabled: true,
    scheduledNextTermInstructions: {
      product: { productId: 'CFQ7TTC0LH18', skuId: '0001', availabilityId: 'YUKSELT00002', ...product },
      quantity: 30,
      ...more,
    },
  });

  it('takes what is scheduled, shows it, and reads it back without a change', async () => {
    const sold = await sell();
    const sent = instructions(
      { termDuration: 'P1M', billingCycle: 'monthly' },
      { customTermEndDate: '2027-11-30T00:00:00Z' },
    );
    const { status, body } = await ask('PATCH', pathOf(sold), { body: sent });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...sent, renewalTermDuration: 'P1M' });
    const repeated = await ask('PATCH', pathOf(sold), { body });
    expect(repeated.body.attributes.etag).toBe(body.attributes.etag);
  });

  it('takes no promotion to choose, for the one whose conditions hold is applied by itself', async () => {
    const sold = await sell();
    const refused = await ask('PATCH', pathOf(sold), { body: instructions({ promotionId: '39NFJQT20BNR' }) });
    expect(refused).toMatchObject({ status: 400, body: { code: 27007 } });
    const headers = { 'X-Locale': 'tr-TR' };
    const turkish = await ask('PATCH', pathOf(sold), { body: instructions({ promotionId: '39NFJQT20BNR' }), headers });
    expect(turkish.body).toMatchObject({
      description: 'Koşulları sağlanan promosyon kendiliğinden uygulanır; promotionId alanını boş bırakın.',
    });
    const { body } = await ask('GET', pathOf(sold), {});
    expect(body['scheduledNextTermInstructions']).toBeUndefined();
  });

  it('takes a member that is null for removed only where nothing else differs', async () => {
    const sold = await sell();
    await ask('PATCH', pathOf(sold), { body: instructions({}) });
    const kept = await ask('PATCH', pathOf(sold), {
      body: { friendlyName: 'Merkez', scheduledNextTermInstructions: null },
    });
    expect(kept.body).toMatchObject({ friendlyName: 'Merkez', scheduledNextTermInstructions: { quantity: 30 } });
    const gone = await ask('PATCH', pathOf(sold), { body: { scheduledNextTermInstructions: null } });
    expect(gone.body['scheduledNextTermInstructions']).toBeUndefined();
  });

  it('is suspended and reactivated by its status (L3, L7)', async () => {
    const sold = await sell();
    const suspended = await ask('PATCH', pathOf(sold), { body: { status: 'suspended' } });
    expect(suspended.body).toMatchObject({ status: 'suspended', autoRenewEnabled: false });
    const active = await ask('PATCH', pathOf(sold), { body: { ...suspended.body, status: 'active' } });
    expect(active.body).toMatchObject({ status: 'active', autoRenewEnabled: false });
  });

  it('is changed wholly or not at all', async () => {
    const sold = await sell();
    const refused = await ask('PATCH', pathOf(sold), {
      body: { ...instructions({ termDuration: 'P3Y' }), friendlyName: 'Yarım' },
    });
    expect(refused).toMatchObject({ status: 400, body: { code: 800121 } });
    expect((await ask('GET', pathOf(sold))).body['friendlyName']).not.toBe('Yarım');
  });

  it.each<[string, object, number]>([
    ['a term that there is not', instructions({ termDuration: 'P2Y' }), 800121],
    ['a term that the product is not sold for', instructions({ termDuration: 'P3Y' }), 800121],
    ['an end outside of the next term', instructions({}, { customTermEndDate: '2029-01-31T00:00:00Z' }), 900245],
    ['an end that matches nothing', instructions({}, { customTermEndDate: '2027-12-15T00:00:00Z' }), 900246],
    ['an end that is no day', instructions({}, { customTermEndDate: 'soon' }), 3000],
    ['more seats than there may be', instructions({}, { quantity: 301 }), 2002],
    ['a schedule without renewal', { ...instructions({}), autoRenewEnabled: false }, 800093],
    ['a status that comes by itself', { status: 'disabled' }, 800096],
  ])('refuses %s by its number', async (_what, body, code) => {
    expect(await ask('PATCH', pathOf(await sell()), { body })).toMatchObject({ status: 400, body: { code } });
  });

  it.each<[string, object, number]>([
    ['a schedule', instructions({}), 3000],
    ['an end date', instructions({}, { customTermEndDate: '2027-11-30T00:00:00Z' }), 900244],
  ])('of the legacy platform takes no %s', async (_what, body, code) => {
    expect(await ask('PATCH', pathOf(LEGACY), { body })).toMatchObject({ status: 400, body: { code } });
  });

  it('that has expired cannot be reactivated (L4, 800040)', async () => {
    const sold = await sell({ termDuration: 'P1M' });
    await ask('PATCH', pathOf(sold), { body: { autoRenewEnabled: false } });
    await deployment.moveClock('2026-12-10T05:00:00Z');
    ask = await connect<Resource>(deployment);
    await bringAllUpToDate(deployment.context);
    expect(
      (await ask('GET', pathOf(sold), { headers: { 'MS-PartnerCenter-Client': 'Partner Center .NET SDK' } })).body,
    ).toMatchObject({
      status: 'expired',
    });
    const sdk = { 'MS-PartnerCenter-Client': 'Partner Center .NET SDK' };
    expect(await ask('PATCH', pathOf(sold), { body: { status: 'active' }, headers: sdk })).toMatchObject({
      status: 400,
      body: { code: 800040 },
    });
  });

  it('becomes no product to which no upgrade path leads', async () => {
    const sold = await sell({ offerId: PRODUCTS.standard });
    expect((await ask('PATCH', pathOf(sold), { body: instructions({}) })).status).toBe(400);
  });
});
