import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { routinesOf } from '../server/routines.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { playCalendarKills } from './calendar-kills.ts';
import { bringAllUpToDate, day, linesOf, priceProducts, PRODUCTS, type Sold, sellProduct } from './lifecycle-steps.ts';

const AYLIN = 'aylin@kuzey.example';
let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment('empty', { expectErrors: true });
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.standAt(TEST_NOW);
  await priceProducts(deployment, '6.00');
});

/** Ten seats of legacy Business Basic, sold on September 13 and billed to December 12. */
async function sellLegacy(): Promise<Sold> {
  const aylin = await deployment.signIn(AYLIN);
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId: deployment.context.newId(),
    customerName: 'Eski Dokuma',
    offerId: OFFERS.businessBasic,
    quantity: 10,
    purchasedOn: '2026-09-13',
    unitPrice: '5.00',
  };
  const { subscriptionId } = valueOf(await aylin('seedSubscription', { body }));
  return { customerId: body.customerId, subscriptionId };
}

const auditOf = ({ customerId }: Sold) =>
  deployment.context.database.asSystem((tx) =>
    tx.query<{ action: string; agent_id: string | null; details: object }>(
      `select action, agent_id, details from audit_records where customer_id = $1
         order by coalesce(details->>'day', details->'after'->>'day')`,
      [customerId],
    ),
  );

describe('what falls due', () => {
  it('is among the routines of the server', () => {
    expect(routinesOf(deployment.context).map(({ name }) => name)).toContain('bring subscriptions up to date');
  });

  it('on the legacy platform is written after a pause for the days on which it fell due, and not twice', async () => {
    const sold = await sellLegacy();
    await deployment.moveClock('2027-02-20T09:00:00Z');
    await bringAllUpToDate(deployment.context);
    const late = (await linesOf(deployment, sold)).slice(-3);
    expect(late).toEqual([
      '2026-12-13 Cycle fee 2026-12-13..2027-01-12 10 5000',
      '2027-01-13 Cycle fee 2027-01-13..2027-02-12 10 5000',
      '2027-02-13 Cycle fee 2027-02-13..2027-03-12 10 5000',
    ]);
    await bringAllUpToDate(deployment.context);
    expect((await linesOf(deployment, sold)).slice(-3)).toEqual(late);
  });

  it('on new commerce comes to the same day by day as after a month', async () => {
    const daily = await sellProduct(deployment, '2026-10-31');
    for (let on = day('2026-11-17'); on.toString() < '2027-01-02'; on = on.add({ days: 1 })) {
      await deployment.moveClock(`${on.toString()}T00:00:05Z`);
      await bringAllUpToDate(deployment.context);
    }
    const late = await sellProduct(deployment, '2026-10-31');
    await bringAllUpToDate(deployment.context);
    expect(await linesOf(deployment, late)).toEqual(await linesOf(deployment, daily));
    expect(await linesOf(deployment, late)).toEqual([
      '2026-10-31 cycleCharge 2026-10-31..2026-11-29 10 6000',
      '2026-11-30 cycleCharge 2026-11-30..2026-12-30 10 6000',
      '2026-12-31 cycleCharge 2026-12-31..2027-01-30 10 6000',
    ]);
  });

  it('renews at the list price of that day, with one batch of seats that can be taken back for a week', async () => {
    const sold = await sellProduct(deployment, '2026-10-20', { termDuration: 'P1M' });
    await priceProducts(deployment, '7.00', '2026-12-01');
    await deployment.moveClock('2026-12-22T09:00:00Z');
    await bringAllUpToDate(deployment.context);
    expect(await linesOf(deployment, sold)).toEqual([
      '2026-10-20 cycleCharge 2026-10-20..2026-11-19 10 6000',
      '2026-11-20 renew 2026-11-20..2026-12-19 10 6000',
      '2026-12-20 renew 2026-12-20..2027-01-19 10 7000',
    ]);
    const batches = await deployment.context.database.asSystem((tx) =>
      tx.query<{ quantity: number; until: string }>(
        `select quantity, (removable_until at time zone 'utc')::text as until from seat_batches where subscription_id = $1`,
        [sold.subscriptionId],
      ),
    );
    expect(batches).toEqual([{ quantity: 10, until: '2026-12-27 00:00:00' }]);
  });

  it('renews at the newest price list of the customer’s market where there is one, as a purchase there would cost (N56)', async () => {
    const { database } = deployment.context;
    const list = (name: string, at: string, price: number) =>
      database.asSystem((tx) =>
        tx.query(
          `with list as (insert into price_lists (price_list_id, name, currency, market, content_hash, created_at)
             values (gen_random_uuid(), $1, 'USD', 'DE', $1, $2) returning price_list_id)
           insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, valid_until, unit_price)
           select price_list_id, $3, 'P1M', 'monthly', '2020-01-01', '9999-12-31', $4::numeric from list`,
          [name, at, PRODUCTS.basic, price],
        ),
      );
    await list('newer', '2026-02-01T00:00:00Z', 5);
    await list('older', '2026-01-01T00:00:00Z', 9);
    const [there, here] = [
      await sellProduct(deployment, '2026-10-20', { termDuration: 'P1M' }),
      await sellProduct(deployment, '2026-10-20', { termDuration: 'P1M' }),
    ];
    await database.asSystem((tx) =>
      tx.query("update customers set country = 'DE' where customer_id = $1", [there.customerId]),
    );
    await deployment.moveClock('2026-11-22T09:00:00Z');
    await bringAllUpToDate(deployment.context);
    expect((await linesOf(deployment, there)).at(-1)).toBe('2026-11-20 renew 2026-11-20..2026-12-19 10 5000');
    expect((await linesOf(deployment, here)).at(-1)).toBe('2026-11-20 renew 2026-11-20..2026-12-19 10 6000');
    await database.asSystem((tx) =>
      tx.query(
        "with gone as (delete from prices where price_list_id in (select price_list_id from price_lists where market = 'DE')) select 1",
        [],
      ),
    );
  });

  it('has an audit row for each step, by nobody, and tells webhooks of renewals and not of charges', async () => {
    const aylin = await deployment.signIn(AYLIN);
    const events = ['subscription.renewed', 'subscription-updated'] as const;
    const hook = { url: 'https://hook.example/', events: [...events], description: '', enabled: true };
    valueOf(await aylin('registerWebhook', { body: hook }));
    const sold = await sellProduct(deployment, '2026-10-20', { termDuration: 'P1M' });
    await deployment.moveClock('2026-11-22T09:00:00Z');
    await bringAllUpToDate(deployment.context);
    expect(await auditOf(sold)).toMatchObject([
      { action: 'subscription.charged', agent_id: null, details: { day: '2026-10-20', amount: '60.00 USD' } },
      { action: 'subscription.renewed', agent_id: null, details: { after: { day: '2026-11-20' } } },
    ]);
    const told = await deployment.context.database.asSystem((tx) =>
      tx.query<{ event: string }>('select event from event_deliveries order by event'),
    );
    expect(told.map(({ event }) => event).toSorted()).toEqual(['subscription-updated', 'subscription.renewed']);
  });

  it('of one customer that cannot be done keeps none of the others', async () => {
    const [bad, good] = [await sellProduct(deployment, '2026-11-01'), await sellProduct(deployment, '2026-11-02')];
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        'alter table charges add constraint refuse_one check (customer_id <> $1) not valid'.replace(
          '$1',
          `'${bad.customerId}'`,
        ),
      ),
    );
    await bringAllUpToDate(deployment.context);
    await deployment.context.database.asSystem((tx) => tx.query('alter table charges drop constraint refuse_one'));
    expect([(await linesOf(deployment, bad)).length, (await linesOf(deployment, good)).length]).toEqual([0, 1]);
    await bringAllUpToDate(deployment.context);
    expect(await linesOf(deployment, bad)).toHaveLength(1);
  });
});

describe('several servers of which any may be killed', () => {
  it('at any statement leave no line out and write none twice', async () => {
    const result = await playCalendarKills(deployment.context, { rounds: 12, seed: 20_261_201 });
    expect(result.wrong).toEqual([]);
    expect(result.killed).toBeGreaterThan(10);
    expect(result.before).toBeGreaterThan(10);
    expect(result.lines - result.before).toBeGreaterThan(10);
  });
});
