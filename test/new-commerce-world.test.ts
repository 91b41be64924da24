import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call, Client } from '../contract/client.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { findSubscriptions } from '../server/subscriptions/subscription.store.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
let wendy: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
  wendy = await deployment.signIn('wendy@westwind.example');
});
afterAll(() => deployment.stop());

const query = <Row>(text: string, values: unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query<Row & object>(text, values));
const held = async (api: Client, customer: number) =>
  valueOf(await api('listSubscriptions', { params: { customerId: customerId(customer) } }));
const linesOf = async (ids: { customerId: string; subscriptionId: string }) =>
  (
    await query<{ line: string }>(
      `select charge_type || ' ' || period_start || '..' || period_end || ' ' || amount_minor || ' on ' || booked_on as line
     from charges where customer_id = $1 and subscription_id = $2 order by booked_on, amount_minor desc`,
      [ids.customerId, ids.subscriptionId],
    )
  ).map(({ line }) => line);

describe(`the demo on new commerce, at ${TEST_NOW}`, () => {
  it('21 Rize Çay: a year of Business Basic billed monthly, out of its windows', async () => {
    const { items } = await held(aylin, 21);
    expect(items).toMatchObject([
      {
        subscriptionId: subscriptionId(21),
        offerId: OFFERS.nceBusinessBasic,
        platform: 'newCommerce',
        trial: false,
        quantity: 100,
        termDuration: 'P1Y',
        billingCycle: 'monthly',
        unitPrice: '7.35',
        termStartsOn: '2026-09-17',
        termEndsOn: '2027-09-16',
        statusUntil: '2027-09-17',
        cancellableUntil: null,
        removableSeats: [],
        scheduledChange: null,
        promotionId: null,
      },
    ]);
    expect(await linesOf({ customerId: customerId(21), subscriptionId: subscriptionId(21) })).toEqual([
      'new 2026-09-17..2026-10-16 73500 on 2026-09-17',
      'cycleCharge 2026-10-17..2026-11-16 73500 on 2026-10-17',
    ]);
  });

  it('22 Safranbolu Evleri: Business Standard ends after Business Basic', async () => {
    const { items } = await held(aylin, 22);
    expect(items.map(({ offerId, quantity }) => [offerId, quantity])).toEqual([
      [OFFERS.nceBusinessBasic, 60],
      [OFFERS.nceBusinessStandard, 20],
    ]);
    const [source, target] = items.map(({ termEndsOn }) => termEndsOn);
    expect(target && source && target > source).toBe(true);
    expect(items[1]?.cancellableUntil).toBeNull();
  });

  it('23 Tarsus Makina: Business Standard can still be canceled, and its ten seats be removed', async () => {
    const { items } = await held(aylin, 23);
    const until = Temporal.Instant.from(TEST_NOW)
      .add({ hours: 5 * 24 })
      .toString();
    expect(items[1]).toMatchObject({
      offerId: OFFERS.nceBusinessStandard,
      cancellableUntil: until,
      removableSeats: [{ quantity: 10, until }],
    });
    expect(items[0]?.cancellableUntil).toBeNull();
  });

  it('24 Uşak Halı: a trial of thirty days, free, with fixed seats', async () => {
    const { items } = await held(aylin, 24);
    expect(items).toMatchObject([
      {
        offerId: OFFERS.businessBasicTrial,
        trial: true,
        quantity: 25,
        billingCycle: 'none',
        unitPrice: '0.00',
        termStartsOn: '2026-11-06',
        termEndsOn: '2026-12-05',
        cancellableUntil: null,
        removableSeats: [],
      },
    ]);
    expect(await linesOf({ customerId: customerId(24), subscriptionId: subscriptionId(24) })).toEqual([
      'new 2026-11-06..2026-12-05 0 on 2026-11-06',
    ]);
  });

  it('25 Van Kahvaltı: Westwind’s twenty seats count for all, and are not named (N28)', async () => {
    const { items, elsewhere } = await held(aylin, 25);
    expect(items.map(({ offerId, quantity }) => [offerId, quantity])).toEqual([[OFFERS.nceBusinessBasic, 290]]);
    expect(elsewhere).toMatchObject([{ offerId: OFFERS.nceBusinessStandard, channelName: 'another partner' }]);
    expect(JSON.stringify(elsewhere)).not.toMatch(/westwind|quantity/i);
    const [seen] = (await held(wendy, 25)).items;
    expect(seen).toMatchObject({ subscriptionId: subscriptionId(25, 2), quantity: 20 });
    const { tenantSeats } = await factsOf(25);
    const standard = deployment.context.catalog.offers.get(OFFERS.nceBusinessStandard);
    expect(tenantSeats.get(standard?.skuId ?? '')).toBe(20);
  });

  it('has no upgrade of the legacy platform for any of them', async () => {
    for (const customer of [21, 22, 23, 24, 25]) {
      const { items } = await held(aylin, customer);
      for (const { upgradability } of items) {
        const legacy = upgradability.eligibleTargets.filter(({ offerId }) => !offerId.startsWith('cfq7'));
        expect(legacy).toEqual([]);
      }
    }
  });
});

type Seed = Call<Endpoints['seedSubscription']>['body'];

/** Ten seats of Business Basic on new commerce at a new customer, unless said otherwise. */
const seed = (more: Partial<Seed> = {}) =>
  aylin('seedSubscription', {
    body: {
      partnerId: PARTNERS.kuzey,
      customerId: deployment.context.newId(),
      customerName: 'Deneme',
      offerId: OFFERS.nceBusinessBasic,
      quantity: 10,
      purchasedOn: '2026-11-01',
      ...more,
    },
  });

describe('a seed of new commerce', () => {
  it('renews as its term says, each first cycle as a renewal and with a window of its own', async () => {
    const seeded = valueOf(await seed({ termDuration: 'P1M', purchasedOn: '2026-08-31' }));
    expect(await linesOf(seeded)).toEqual([
      'new 2026-08-31..2026-09-29 8400 on 2026-08-31',
      'renew 2026-09-30..2026-10-29 8400 on 2026-09-30',
      'renew 2026-10-30..2026-11-29 8400 on 2026-10-30',
    ]);
    const shown = valueOf(await aylin('showSubscription', { params: seeded }));
    expect(shown).toMatchObject({ termStartsOn: '2026-10-30', termEndsOn: '2026-11-29', purchasedOn: '2026-08-31' });
    const [batch] = await query<{ until: string }>(
      `select to_char(removable_until at time zone 'utc', 'YYYY-MM-DD HH24:MI') as until from seat_batches where subscription_id = $1`,
      [seeded.subscriptionId],
    );
    expect(batch?.until).toBe('2026-11-06 00:00');
  });

  it('bought for a year at once has one line of the price of a year', async () => {
    const seeded = valueOf(await seed({ billingCycle: 'annual', purchasedOn: '2026-10-01' }));
    expect(await linesOf(seeded)).toEqual(['new 2026-10-01..2027-09-30 84000 on 2026-10-01']);
  });

  it('of three years has a price of its own, for no list has one', async () => {
    const asked = { termDuration: 'P3Y', billingCycle: 'triennial', purchasedOn: '2026-10-01' } as const;
    expect(problemOf(await seed(asked)).fields).toMatchObject([{ field: 'unitPrice' }]);
    const seeded = valueOf(await seed({ ...asked, unitPrice: '200.00' }));
    expect(await linesOf(seeded)).toEqual(['new 2026-10-01..2029-09-30 200000 on 2026-10-01']);
  });

  it('canceled within its window got the day itself and the rest back, and nothing later (N34)', async () => {
    const ended = { status: 'deleted', purchasedOn: '2026-11-01' } as const;
    const early = valueOf(await seed({ ...ended, endedAt: '2026-11-03T12:00:00Z' }));
    expect(await linesOf(early)).toEqual([
      'new 2026-11-01..2026-11-30 7350 on 2026-11-01',
      'cancelImmediate 2026-11-03..2026-11-30 -6860 on 2026-11-03',
    ]);
    const late = valueOf(await seed({ ...ended, endedAt: '2026-11-10T12:00:00Z' }));
    expect(await linesOf(late)).toEqual(['new 2026-11-01..2026-11-30 7350 on 2026-11-01']);
  });

  it.each([
    ['expired', '2025-11-10', '2026-12-10'],
    ['disabled', '2025-10-01', '2027-01-29'],
    ['suspended', '2026-11-01', '2027-11-01'],
  ] as const)('that is %s says when it will be something else (L3)', async (status, purchasedOn, until) => {
    const seeded = valueOf(await seed({ status, purchasedOn, autoRenew: false }));
    expect(valueOf(await aylin('showSubscription', { params: seeded })).statusUntil).toBe(until);
  });

  it.each([
    ['a month billed for a year', { termDuration: 'P1M', billingCycle: 'annual' }],
    ['a paid product that is not billed', { billingCycle: 'none' }],
    ['a trial that is billed', { offerId: OFFERS.businessBasicTrial, quantity: 25 }],
    ['a term of a month on the legacy platform', { offerId: OFFERS.businessBasic, termDuration: 'P1M' }],
  ] as const)('is refused for %s', async (_what, asked) => {
    expect(problemOf(await seed(asked)).fields).toMatchObject([{ field: 'billingCycle' }]);
  });
});

async function factsOf(customer: number) {
  const { database, catalog, clock } = deployment.context;
  const partner = { partnerId: PARTNERS.kuzey, name: 'Kuzey', market: 'TR', currency: 'USD', language: 'tr' } as const;
  const found = await database.readOf(PARTNERS.kuzey, customerId(customer), (tx) =>
    findSubscriptions(tx, catalog, { partner, userContext: true }, clock.now(), customerId(customer)),
  );
  if (!found) throw new Error(`no customer ${customer}`);
  return found.facts;
}

describe('a price list for one market', () => {
  const priceOf = async (customer: number, offerId: string) =>
    (await factsOf(customer)).productPrices
      .get(offerId)
      ?.find(({ duration, billingCycle }) => duration === 'P1Y' && billingCycle === 'monthly')?.unitPrice.micros;

  it('prices new commerce for the customers there alone, and leaves the legacy platform to the list for all', async () => {
    const list = (name: string, market: string, at: string) =>
      query(
        `with list as (insert into price_lists (price_list_id, name, currency, market, content_hash, created_at)
           values (gen_random_uuid(), $1, 'USD', $2, $1, $3) returning price_list_id)
         insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, valid_until, unit_price)
         select price_list_id, r.* from list, (values
           ($4, 'P1Y', 'monthly', date '2020-01-01', date '2026-10-31', 4.00),
           ($4, 'P1Y', 'monthly', date '2026-11-01', date '9999-12-31', 5.00),
           ($5, 'P1Y', 'monthly', date '2020-01-01', date '9999-12-31', 1.00)) r`,
        [name, market, at, OFFERS.nceBusinessBasic, OFFERS.businessBasic],
      );
    await list('older', 'DE', '2026-01-01T00:00:00Z');
    await query(
      "update prices set unit_price = 9 where price_list_id = (select price_list_id from price_lists where name = 'older')",
    );
    await list('newer', 'DE', '2026-02-01T00:00:00Z');
    await query('update customers set country = $2 where customer_id = $1', [customerId(21), 'DE']);

    expect(await priceOf(21, OFFERS.nceBusinessBasic)).toBe(5_000_000n);
    expect(await priceOf(21, OFFERS.nceBusinessStandard)).toBeUndefined();
    expect(await priceOf(22, OFFERS.nceBusinessBasic)).toBe(7_350_000n);
    expect((await factsOf(21)).prices.get(OFFERS.businessBasic)?.monthly?.micros).toBe(7_000_000n);
    const seeded = valueOf(await seed({ customerId: customerId(21), purchasedOn: '2026-10-31' }));
    expect(valueOf(await aylin('showSubscription', { params: seeded })).unitPrice).toBe('4.00');
  });
});

describe('what a customer ever had', () => {
  it('is told by its SKUs, deleted and other partners’ subscriptions too, to who is related', async () => {
    const sku = (offerId: string) => deployment.context.catalog.offers.get(offerId)?.skuId;
    expect((await factsOf(15)).skusEverHeld).toEqual(new Set([sku(OFFERS.businessBasic)]));
    expect((await factsOf(8)).skusEverHeld).toEqual(new Set([sku(OFFERS.businessBasic), sku(OFFERS.o365E3)]));
    const told = await deployment.context.database.read(PARTNERS.dakshin, (tx) =>
      tx.query('select * from skus_ever_held($1)', [customerId(8)]),
    );
    expect(told).toEqual([]);
  });
});
