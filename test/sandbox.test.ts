import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call, Client } from '../contract/client.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

type Seed = Call<Endpoints['seedSubscription']>['body'];

/** Ten seats of Business Basic at a new customer of Kuzey Bulut, unless said otherwise. */
function seed(more: Partial<Seed> = {}) {
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId: deployment.context.newId(),
    customerName: 'Deneme',
    offerId: OFFERS.businessBasic,
    quantity: 10,
    purchasedOn: '2026-09-13',
    ...more,
  };
  return aylin('seedSubscription', { body });
}

async function charges(params: { customerId: string; subscriptionId: string }) {
  const { items } = valueOf(await aylin('listCharges', { params }));
  return items.map((line) => `${line.periodStart}..${line.periodEnd} ${line.amount.amount}`);
}

async function countAll() {
  const tables = ['customers', 'relationships', 'subscriptions', 'charges', 'users', 'licenses'];
  return deployment.context.database.asSystem(async (tx) => {
    const counts = [];
    for (const table of tables) counts.push(await tx.query(`select count(*) from ${table}`));
    return counts.flat();
  });
}

describe('a seeded subscription', () => {
  it('is billed at the list price of its purchase day until today', async () => {
    const seeded = valueOf(await seed({ purchasedOn: '2026-10-01' }));
    expect(await charges(seeded)).toEqual(['2026-10-01..2026-10-31 70.00', '2026-11-01..2026-11-30 70.00']);
  });

  it('may have any state, dates and price', async () => {
    const seeded = valueOf(
      await seed({
        purchasedOn: '2024-01-31',
        termEndsOn: '2026-02-14',
        billedThrough: '2024-02-15',
        unitPrice: '3.333333',
        status: 'suspended',
        autoRenew: false,
      }),
    );
    expect(valueOf(await aylin('showSubscription', { params: seeded }))).toMatchObject({
      status: 'suspended',
      purchasedOn: '2024-01-31',
      termEndsOn: '2026-02-14',
      unitPrice: '3.333333',
      autoRenew: false,
    });
    expect(await charges(seeded)).toEqual(['2024-01-31..2024-02-28 33.33']);
  });

  it('may be the largest at the highest price: the ledger holds it', async () => {
    const largest = { offerId: OFFERS.o365E1, quantity: 10_000_000, billingCycle: 'annual' as const };
    const seeded = valueOf(await seed({ ...largest, unitPrice: '9999999.999999' }));
    expect(await charges(seeded)).toEqual(['2026-09-13..2027-09-12 1199999999999880.00']);
  });

  it.each([
    ['cancelled', ['2026-09-13..2026-10-12 70.00', '2026-10-13..2026-11-12 70.00', '2026-10-20..2026-11-12 -54.19']],
    ['expired', ['2026-09-13..2026-10-12 70.00', '2026-10-13..2026-11-12 70.00']],
  ] as const)('may have ended as %s', async (endedReason, lines) => {
    const endedAt = '2026-10-20T08:00:00Z';
    const seeded = valueOf(await seed({ status: 'deleted', endedReason, endedAt }));
    expect(valueOf(await aylin('showSubscription', { params: seeded }))).toMatchObject({
      status: 'deleted',
      endedReason,
      endedAt,
    });
    expect(await charges(seeded)).toEqual(lines);
  });

  it.each<[string, Partial<Seed>, string]>([
    ['a purchase before any price', { purchasedOn: '2014-12-31' }, 'unitPrice'],
    ['an offer without a list price', { offerId: OFFERS.archivingAddOn }, 'unitPrice'],
    ['a purchase after today', { purchasedOn: '2026-11-17' }, 'purchasedOn'],
    ['a term that ends before the purchase', { termEndsOn: '2026-09-12' }, 'termEndsOn'],
    ['bills from before the purchase', { billedThrough: '2026-09-11' }, 'billedThrough'],
    ['bills past the term', { billedThrough: '2027-09-13' }, 'billedThrough'],
    ['an end of one that goes on', { endedAt: '2026-10-20T08:00:00Z' }, 'endedAt'],
    ['a reason without an end', { endedReason: 'expired' }, 'endedReason'],
    ['an end before the purchase', { status: 'deleted', endedAt: '2026-09-12T23:59:59Z' }, 'endedAt'],
    ['an end after now', { status: 'deleted', endedAt: '2026-11-17T00:00:00Z' }, 'endedAt'],
    ['an add-on of nothing', { addOnOf: subscriptionId(99) }, 'addOnOf'],
  ])('is refused for %s, naming the field, and nothing is written', async (_what, wrong, field) => {
    const before = await countAll();
    expect(problemOf(await seed(wrong))).toMatchObject({ status: 400, fields: [{ field }] });
    expect(await countAll()).toEqual(before);
  });

  it('is refused where there is one with its id: nothing is billed twice', async () => {
    const again = { customerId: customerId(1), subscriptionId: subscriptionId(1), users: 3 };
    const before = await countAll();
    expect(problemOf(await seed(again))).toMatchObject({ status: 400, fields: [{ field: 'subscriptionId' }] });
    expect(await countAll()).toEqual(before);
    const ids = { customerId: deployment.context.newId(), subscriptionId: deployment.context.newId() };
    const answers = await Promise.all([seed(ids), seed(ids), seed(ids)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await charges(ids)).toHaveLength(3);
  });

  it('gives its users the customer’s country as usage location', async () => {
    const locations = async (userIds: readonly string[]) =>
      deployment.context.database.asSystem((tx) =>
        tx.query('select distinct usage_location from users where user_id = any ($1)', [userIds]),
      );
    const german = valueOf(await seed({ country: 'DE', users: 2 }));
    expect(await locations(german.userIds)).toEqual([{ usage_location: 'DE' }]);
    const second = valueOf(await seed({ customerId: german.customerId, offerId: OFFERS.o365E1, users: 2 }));
    expect(await locations(second.userIds)).toEqual([{ usage_location: 'DE' }]);
  });

  it('makes a partner that was not related to the customer its reseller, once', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    const params = { customerId: customerId(1) };
    expect(problemOf(await wendy('showCustomer', { params })).code).toBe('not-found');
    for (const offerId of [OFFERS.o365E1, OFFERS.appsBusiness]) {
      valueOf(await seed({ ...params, partnerId: PARTNERS.westwind, offerId }));
    }
    expect(valueOf(await wendy('showCustomer', { params }))).toMatchObject({ reseller: true, privileges: 'dap' });
    expect(valueOf(await wendy('listSubscriptions', { params })).items).toHaveLength(2);
    const privileges = await deployment.context.database.asSystem((tx) =>
      tx.query('select 1 from delegated_privileges where customer_id = $1 and partner_id = $2', [
        params.customerId,
        PARTNERS.westwind,
      ]),
    );
    expect(privileges).toHaveLength(1);
  });
});

describe('the clock', () => {
  it('cannot be moved back past a charge, and says what helps', async () => {
    const world = await startDeployment();
    const api = await world.signIn('aylin@kuzey.example', 'tr');
    const to = (now: string) => api('moveClock', { body: { now } });
    expect(problemOf(await to('2026-11-16T08:59:59Z'))).toMatchObject({
      status: 400,
      fields: [{ field: 'now', message: expect.stringContaining('/api/sandbox/reset') }],
    });
    expect(valueOf(await api('showSession', {})).now.slice(0, 13)).toBe(TEST_NOW.slice(0, 13));
    // Before every price, too, the demo can be loaded.
    for (const now of ['2018-02-01T09:00:00Z', '1990-06-01T09:00:00Z']) {
      valueOf(await api('resetSandbox', { body: { scenario: 'empty' } }));
      valueOf(await to(now));
      expect(valueOf(await api('resetSandbox', { body: { scenario: 'demo' } })).customers).toBe(25);
    }
    await world.stop();
  });

  it('is advanced by a duration of the calendar', async () => {
    const world = await startDeployment('empty', { now: '2027-01-31T09:00:00Z' });
    const api = await world.signIn('aylin@kuzey.example');
    const advance = async (by: string) => valueOf(await api('moveClock', { body: { advance: by } })).now.slice(0, 13);
    expect(await advance('P1M')).toBe('2027-02-28T09');
    expect(await advance('P30DT12H')).toBe('2027-03-30T21');
    expect(await advance('P1Y')).toBe('2028-03-30T21');
    await world.stop();
  });

  it.each<[string, object, string]>([
    ['neither a moment nor a duration', {}, 'now'],
    ['both', { now: TEST_NOW, advance: 'P1D' }, 'now'],
    ['a duration back', { advance: '-P1D' }, 'advance'],
    ['what is no duration', { advance: 'a month' }, 'advance'],
    ['a duration past the years of billing', { advance: 'P175Y' }, 'advance'],
    ['a duration past every calendar', { advance: 'P99999999999999999999Y' }, 'advance'],
  ])('is not moved by %s, and the field is named', async (_what, body, field) => {
    const { fields } = problemOf(await aylin('moveClock', { body }));
    expect(fields).toEqual([{ field, message: expect.stringMatching(/^Give /) }]);
  });

  it('signs nobody out when it is moved, and no session lasts for ever', async () => {
    const world = await startDeployment('empty');
    const api = await world.signIn('aylin@kuzey.example');
    for (const now of ['2030-01-01T00:00:00Z', '2018-02-01T09:00:00Z', '2027-06-01T00:00:00Z']) {
      valueOf(await api('moveClock', { body: { now } }));
      expect(valueOf(await api('showSession', {})).now.slice(0, 10)).toBe(now.slice(0, 10));
    }
    const [row] = await world.context.database.asSystem((tx) =>
      tx.query<{ expires_at: string }>('select expires_at from sessions'),
    );
    const left = Temporal.Instant.from(row?.expires_at ?? '').since(world.context.clock.now());
    expect(Math.round(left.total('minutes') / 60)).toBe(12);
    await world.stop();
  });
});

describe('a real partner’s data', () => {
  it('is out of reach of every sandbox call, though the sandbox was switched on by mistake', async () => {
    const real = await startDeployment();
    const api = await real.signIn('aylin@kuzey.example');
    await real.context.database.asSystem((tx) => tx.query('update deployment set demo = false'));
    const ids = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
    const body = { partnerId: PARTNERS.kuzey, ...ids, offerId: OFFERS.o365E1, quantity: 1, purchasedOn: '2026-10-01' };
    const answers = [
      await api('resetSandbox', { body: { scenario: 'empty' } }),
      await api('moveClock', { body: { now: '2027-01-01T00:00:00Z' } }),
      await api('seedSubscription', { body }),
      await api('completeProvisioning', { params: ids, body: { provisioning: 'failed' } }),
    ];
    expect(answers.map(problemOf).map((problem) => [problem.status, problem.code])).toEqual(
      Array(4).fill([403, 'sandbox-only']),
    );
    expect(valueOf(await api('listCustomers', {})).total).toEqual({ count: 22, more: false });
    await real.stop();
  });
});
