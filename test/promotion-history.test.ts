import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { bringAllUpToDate, type Sold } from './lifecycle-steps.ts';

const AYLIN = 'aylin@kuzey.example';
let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment('empty');
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.standAt(TEST_NOW);
  aylin = await deployment.signIn(AYLIN);
});

const sql = <Row extends object>(text: string, values: unknown[]) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text, values));

async function newCustomer(): Promise<{ customerId: string }> {
  const customerId = deployment.context.newId();
  await sql(
    `with c as (insert into customers (customer_id, name, name_folded, domain, country, created_at)
       values ($1, 'Ordu Fındık', 'ordu findik', $3, 'TR', $4) returning customer_id)
     insert into relationships (customer_id, partner_id, reseller, created_at) select customer_id, $2, true, $4 from c`,
    [customerId, PARTNERS.kuzey, `${customerId}.example`, TEST_NOW],
  );
  await sql(
    `insert into delegated_privileges (customer_id, partner_id, privileges_id, kind, roles, starts_at)
       values ($1, $2, $3, 'dap', '{}', $4)`,
    [customerId, PARTNERS.kuzey, deployment.context.newId(), TEST_NOW],
  );
  return { customerId };
}

type Term = 'P1M' | 'P1Y';

const purchase = (params: { customerId: string }, offerId: string, quantity: number, termDuration: Term = 'P1Y') =>
  aylin('purchase', {
    params,
    body: {
      purchaseId: deployment.context.newId(),
      lines: [{ offerId, quantity, billingCycle: 'monthly', termDuration }],
    },
  });

async function buy(...asked: Parameters<typeof purchase>): Promise<Sold> {
  const { orders } = valueOf(await purchase(...asked));
  return { ...asked[0], subscriptionId: orders[0]?.subscriptions[0]?.subscriptionId ?? '' };
}

async function upgrade(params: Sold, targetOfferId: string): Promise<void> {
  const body = { targetOfferId, upgradeType: 'upgrade_with_license_transfer' as const };
  const { quoteId } = valueOf(await aylin('quoteUpgrade', { params, body }));
  valueOf(await aylin('submitQuote', { params: { customerId: params.customerId, quoteId } }));
}

async function promotionOf({ customerId, subscriptionId }: Sold): Promise<string | null | undefined> {
  const [row] = await sql<{ promotion_id: string | null }>(
    'select promotion_id from subscriptions where customer_id = $1 and subscription_id = $2',
    [customerId, subscriptionId],
  );
  return row?.promotion_id;
}

/** A promotion of Business Basic by the month that a customer has twice. */
const promoteTwice = () =>
  sql(
    `insert into promotions (promotion_id, offer_id, term_duration, discount_basis_points, valid_from, valid_until, conditions)
     values ('twice', $1, 'P1M', 1000, '2026-01-01', '2030-12-31', '{"redemptions": 2}') on conflict do nothing`,
    [OFFERS.nceBusinessBasic],
  );

describe('what a customer had before an upgrade in place or a renewal', () => {
  it('leaves no second first purchase (N46)', async () => {
    const customer = await newCustomer();
    const first = await buy(customer, OFFERS.nceBusinessStandard, 10);
    expect(await promotionOf(first)).toBe('demo-first-standard');
    await upgrade(first, OFFERS.nceO365E1);
    expect(await promotionOf(first)).toBeNull();
    expect(await promotionOf(await buy(customer, OFFERS.nceBusinessStandard, 10))).toBeNull();
  });

  it('counts once for each term among the redemptions of a promotion (N46)', async () => {
    await promoteTwice();
    const customer = await newCustomer();
    const sold = await buy(customer, OFFERS.nceBusinessBasic, 10, 'P1M');
    const [bought, ...renewed] = [
      await promotionOf(sold),
      await renewOn(sold, '2026-12-17T09:00:00Z'),
      await renewOn(sold, '2027-01-17T09:00:00Z'),
      await renewOn(sold, '2027-02-17T09:00:00Z'),
    ];
    expect([bought, ...renewed]).toEqual(['twice', 'twice', null, null]);
    expect(await promotionOf(await buy(customer, OFFERS.nceBusinessBasic, 5, 'P1M'))).toBeNull();

    await deployment.standAt(TEST_NOW);
    aylin = await deployment.signIn(AYLIN);
    const late = await buy(await newCustomer(), OFFERS.nceBusinessBasic, 10, 'P1M');
    expect(await renewOn(late, '2027-01-17T09:00:00Z')).toBeNull();
  });

  it('counts once where a renewal into another product left somebody behind (N42, N46)', async () => {
    await promoteTwice();
    const customer = await newCustomer();
    const sold = await buy(customer, OFFERS.nceBusinessBasic, 10, 'P1M');
    await sql(
      `with u as (
         insert into users (customer_id, user_id, user_principal_name, display_name)
         values ($1, gen_random_uuid(), 'ece@ordu.example', 'Ece') returning *)
       insert into licenses (customer_id, subscription_id, user_id) select customer_id, $2, user_id from u`,
      [sold.customerId, sold.subscriptionId],
    );
    valueOf(await aylin('scheduleChange', { params: sold, body: { offerId: OFFERS.nceBusinessStandard } }));
    await renewOn(sold, '2026-12-17T09:00:00Z');
    const { items } = valueOf(await aylin('listSubscriptions', { params: sold }));
    expect(new Map(items.map(({ offerId, assigned }) => [offerId, assigned]))).toEqual(
      new Map([
        [OFFERS.nceBusinessStandard, 0],
        [OFFERS.nceBusinessBasic, 1],
      ]),
    );
    const [second, third] = [
      await promotionOf(await buy(customer, OFFERS.nceBusinessBasic, 5, 'P1M')),
      await promotionOf(await buy(customer, OFFERS.nceBusinessBasic, 5, 'P1M')),
    ];
    expect([second, third]).toEqual(['twice', null]);
  });

  it('leaves no second trial, and no Teams suite that is new to it (B10.1, N57)', async () => {
    const customer = await newCustomer();
    const trial = await buy(customer, OFFERS.businessBasicTrial, 25, 'P1M');
    await upgrade(trial, OFFERS.nceBusinessStandard);
    const again = await purchase(customer, OFFERS.businessBasicTrial, 25, 'P1M');
    expect(again).toMatchObject({ ok: false, problem: { refusals: [{ name: 'trial-had-before' }] } });
    const skus = await deployment.context.database.read(PARTNERS.kuzey, (tx) =>
      tx.query<{ sku_id: string }>('select sku_id from skus_ever_held($1)', [customer.customerId]),
    );
    const skuOf = (offerId: string) => deployment.context.catalog.offers.get(offerId)?.skuId;
    expect(new Set(skus.map((one) => one.sku_id))).toEqual(
      new Set([skuOf(OFFERS.businessBasicTrial), skuOf(OFFERS.nceBusinessStandard)]),
    );
  });
});

async function renewOn(sold: Sold, now: string) {
  await deployment.moveClock(now);
  await bringAllUpToDate(deployment.context);
  aylin = await deployment.signIn(AYLIN);
  return promotionOf(sold);
}
