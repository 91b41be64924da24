import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { routinesOf } from '../server/routines.ts';
import { keepUpToDate } from '../server/subscriptions/keep-up-to-date.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { type Act, type Modelled, modelOf } from './lifecycle-model.ts';
import {
  bringAllUpToDate,
  day,
  dying,
  linesOf,
  priceProducts,
  PRODUCTS,
  type Sold,
  sellProduct,
  stateOf,
} from './lifecycle-steps.ts';

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
  it('leave no line out and write none twice', async () => {
    const sold = new Map<Sold, Modelled>();
    for (let index = 0; index < 24; index += 1) {
      const from = day('2026-08-20').add({ days: index * 3 });
      const termDuration = index % 3 === 0 ? 'P1M' : 'P1Y';
      const of = await sellProduct(deployment, from.toString(), { termDuration });
      sold.set(of, { from, months: index % 3 === 0 ? 1 : 12, quantity: 10 });
    }
    let draws = 0;
    // A fixed sequence without a period that the statements share.
    const dies = () => (draws = (draws * 73 + 41) % 1009) % 4 === 0;
    for (const now of ['2026-12-01', '2027-01-15', '2027-03-31']) {
      await deployment.moveClock(`${now}T03:00:00Z`);
      const servers = Array.from({ length: 4 }, () =>
        keepUpToDate({ ...deployment.context, database: dying(deployment.context.database, dies) }),
      );
      await Promise.all(servers.map((one) => one.run().catch(() => false)));
    }
    const before = await Promise.all([...sold.keys()].map((one) => linesOf(deployment, one)));
    expect(before.flat().length).toBeGreaterThan(10);
    await Promise.all(Array.from({ length: 4 }, () => bringAllUpToDate(deployment.context)));
    for (const [one, of] of sold) {
      expect(await linesOf(deployment, one)).toEqual(modelOf(of, [], day('2027-03-31')).lines);
    }
  });
});

describe('random histories', () => {
  it('come to what a model says that looks at one day after the other', async () => {
    const whats = ['suspend', 'reactivate', 'renew', 'do not renew'] as const;
    const history = fc.record({
      offset: fc.nat(400),
      months: fc.constantFrom(1 as const, 12 as const, 36 as const),
      quantity: fc.integer({ min: 1, max: 300 }),
      acts: fc.array(fc.record({ visit: fc.nat(13), what: fc.constantFrom(...whats) }), { maxLength: 6 }),
    });
    const histories = fc.sample(history, { numRuns: 30, seed: 20261201 });
    const start = day('2026-11-16');
    const visits = fc.sample(fc.integer({ min: 1, max: 60 }), { numRuns: 14, seed: 7 });
    const aylin = await deployment.signIn(AYLIN);
    const terms = { 1: 'P1M', 12: 'P1Y', 36: 'P3Y' } as const;
    const all = [];
    for (const { offset, months, quantity, acts } of histories) {
      const from = start.subtract({ days: offset });
      const sold = await sellProduct(deployment, from.toString(), { termDuration: terms[months], quantity });
      all.push({ sold, modelled: { from, months, quantity }, acts, done: [] as Act[] });
    }
    let on = start;
    for (const [visit, days] of visits.entries()) {
      on = on.add({ days });
      await deployment.moveClock(`${on.toString()}T10:00:00Z`);
      // Acts find what the calendar has made of a subscription, whether a server has been there before them or not.
      if (visit % 2 === 0) await bringAllUpToDate(deployment.context);
      for (const { sold, acts, done } of all) {
        for (const { what } of acts.filter((act) => act.visit === visit)) {
          await act(aylin, sold, what);
          done.push({ on, what });
        }
      }
    }
    await bringAllUpToDate(deployment.context);
    for (const { sold, modelled, done } of all) {
      const expected = modelOf(modelled, done, on);
      const state = await stateOf(deployment, sold);
      expect({ lines: await linesOf(deployment, sold), status: state.status }).toEqual(expected);
      expect(state.quantity).toBe(modelled.quantity);
    }
  });
});

/** Does it, or is refused. */
async function act(aylin: Awaited<ReturnType<TestDeployment['signIn']>>, params: Sold, what: Act['what']) {
  if (what === 'suspend') return aylin('suspendSubscription', { params, body: {} });
  if (what === 'reactivate') return aylin('reactivateSubscription', { params, body: {} });
  return aylin('setAutoRenew', { params, body: { autoRenew: what === 'renew' } });
}
