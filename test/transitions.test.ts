import type { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import type { sandboxEndpoints } from '../contract/sandbox.ts';
import type { QuoteOnWire, upgradeEndpoints } from '../contract/upgrades.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { bringAllUpToDate } from './lifecycle-steps.ts';
import { actionsOf, GULAY, lookForDue, setPolicy, stateOf } from './waiting.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment('empty');
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  await deployment.moveClock(TEST_NOW);
  aylin = await deployment.signIn('aylin@kuzey.example');
});

type Held = { readonly customerId: string; readonly subscriptionId: string };
type Seed = z.input<typeof sandboxEndpoints.seedSubscription.body>;
type Wish = Partial<z.input<typeof upgradeEndpoints.quoteUpgrade.body>>;

/** Ten seats of Business Basic at 6.00, a year billed monthly from September 6: 20 of the 30 days of the cycle are left. */
async function seed(more: Partial<Seed> = {}) {
  const body: Seed = {
    partnerId: PARTNERS.kuzey,
    customerId: deployment.context.newId(),
    customerName: 'Rize Çay',
    offerId: OFFERS.nceBusinessBasic,
    quantity: 10,
    purchasedOn: '2026-09-06',
    unitPrice: '6.00',
    users: 10,
    ...more,
  };
  return valueOf(await aylin('seedSubscription', { body }));
}

/** Business Standard at 12.00 at the same customer, in cycles of its own: 25 of 30 days are left. */
const seedStandard = ({ customerId }: { customerId: string }, more: Partial<Seed> = {}) =>
  seed({
    customerId,
    offerId: OFFERS.nceBusinessStandard,
    quantity: 4,
    purchasedOn: '2026-10-11',
    unitPrice: '12.00',
    users: 0,
    ...more,
  });

const quote = (params: Held, wish: Wish = {}) =>
  aylin('quoteUpgrade', {
    params,
    body: { targetOfferId: OFFERS.nceBusinessStandard, upgradeType: 'upgrade_with_license_transfer', ...wish },
  });
const submit = ({ customerId }: Held, { quoteId }: QuoteOnWire) =>
  aylin('submitQuote', { params: { customerId, quoteId } });

async function upgrade(held: Held, wish: Wish = {}) {
  return valueOf(await submit(held, valueOf(await quote(held, wish))));
}

const sql = <Row>(text: string, values: unknown[]) =>
  deployment.context.database.asSystem((tx) => tx.query<Row & Record<string, unknown>>(text, values));

async function subscriptionsOf({ customerId }: { customerId: string }) {
  const { items } = valueOf(await aylin('listSubscriptions', { params: { customerId } }));
  return items;
}

/** Lines of the act itself, in the order of subscription and amount. */
async function linesOf({ customerId }: Held, upgradeId: string) {
  const rows = await sql<{ subscription_id: string; line: string; reference_id: string; booked_on: string }>(
    `select subscription_id, reference_id, booked_on,
       charge_type || ' ' || period_start || '..' || period_end || ' x ' || quantity || ': ' || amount_minor as line
     from charges where customer_id = $1 and upgrade_id = $2 order by amount_minor`,
    [customerId, upgradeId],
  );
  expect(new Set(rows.map((row) => row.reference_id))).toEqual(new Set([upgradeId]));
  expect(new Set(rows.map((row) => row.booked_on))).toEqual(new Set(['2026-11-16']));
  return rows.map(({ subscription_id, line }) => [subscription_id, line]);
}

const licensesOf = async ({ customerId }: { customerId: string }) => {
  const rows = await sql<{ subscription_id: string; count: number }>(
    'select subscription_id, count(*)::integer as count from licenses where customer_id = $1 group by subscription_id',
    [customerId],
  );
  return Object.fromEntries(rows.map((row) => [row.subscription_id, row.count]));
};

const strand = (userIds: readonly string[]) =>
  sql('update users set usage_location = null where user_id = any ($1)', [userIds]);

/** Works an issue off by giving its user a country. */
async function locate(params: { customerId: string; upgradeId: string }, user: string) {
  const body = { action: 'setUsageLocation' as const, usageLocation: 'TR', userIds: [user] };
  return valueOf(await aylin('resolveIssues', { params, body })).items;
}

describe('all seats in place', () => {
  it('become the product under the same number, with the same term; two lines of one act', async () => {
    const held = await seed();
    const before = (await subscriptionsOf(held))[0];
    const done = await upgrade(held);
    expect(done).toMatchObject({
      way: 'inPlace',
      source: { subscriptionId: held.subscriptionId, offerId: OFFERS.nceBusinessBasic },
      target: { subscriptionId: held.subscriptionId, offerId: OFFERS.nceBusinessStandard },
      licenses: { moved: 10, openIssues: 0 },
      events: [
        { name: 'Conversion', status: 'Completed' },
        { name: 'LicenseReassignment', status: 'Completed' },
      ],
    });
    const [after, ...others] = await subscriptionsOf(held);
    expect(others).toEqual([]);
    expect(after).toMatchObject({
      subscriptionId: held.subscriptionId,
      offerId: OFFERS.nceBusinessStandard,
      quantity: 10,
      assigned: 10,
      status: 'active',
      termEndsOn: before?.termEndsOn,
    });
    expect(await linesOf(held, done.upgradeId)).toEqual([
      [held.subscriptionId, 'convert 2026-11-16..2026-12-05 x 10: -4000'],
      [held.subscriptionId, 'convert 2026-11-16..2026-12-05 x 10: 8820'],
    ]);
    const params = { customerId: held.customerId, upgradeId: done.upgradeId };
    expect(valueOf(await aylin('showUpgrade', { params }))).toEqual(done);
  });

  it('leave one row in the audit log, which names the subscription once as changed', async () => {
    const held = await seed();
    const { upgradeId } = await upgrade(held);
    const [row, ...others] = await sql<{ action: string; details: object }>(
      'select action, details from audit_records where subject_id = $1',
      [upgradeId],
    );
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      action: 'upgrade.applied',
      details: {
        before: { quantity: 10, sourceOfferId: OFFERS.nceBusinessBasic },
        after: { sourceSubscriptionId: held.subscriptionId, targetSubscriptionId: held.subscriptionId, quantity: 10 },
      },
    });
  });

  it('keep who cannot move in what the subscription was, until the issue is settled', async () => {
    const { userIds, ...held } = await seed();
    const [user = ''] = userIds;
    await strand([user]);
    const { upgradeId, licenses, events } = await upgrade(held);
    expect(licenses).toEqual({ moved: 9, openIssues: 1, settledIssues: 0 });
    expect(events.map(({ name, status }) => [name, status])).toEqual([
      ['Conversion', 'Completed'],
      ['LicenseReassignment', 'Failed'],
    ]);
    const remembered = (await subscriptionsOf(held)).find(
      ({ subscriptionId }) => subscriptionId !== held.subscriptionId,
    );
    expect(remembered).toMatchObject({
      offerId: OFFERS.nceBusinessBasic,
      status: 'deleted',
      endedReason: 'upgraded',
      successorId: held.subscriptionId,
    });
    const left = remembered?.subscriptionId ?? '';
    expect(await licensesOf(held)).toEqual({ [held.subscriptionId]: 9, [left]: 1 });

    const params = { customerId: held.customerId, upgradeId };
    expect(await locate(params, user)).toMatchObject([{ status: 'moved' }]);
    expect(await licensesOf(held)).toEqual({ [held.subscriptionId]: 10 });
    const shown = valueOf(await aylin('showUpgrade', { params }));
    expect(shown.work).toBe('done');
    expect(shown.events.map(({ name, status }) => [name, status])).toEqual([
      ['Conversion', 'Completed'],
      ['LicenseReassignment', 'Failed'],
      ['LicenseReassignment', 'Completed'],
    ]);
  });

  it('settle an issue with what the subscription is by then, after another upgrade of it', async () => {
    const { userIds, ...held } = await seed();
    const [user = ''] = userIds;
    await strand([user]);
    const first = await upgrade(held);
    const second = await upgrade(held, { targetOfferId: OFFERS.nceO365E1 });
    expect(second.licenses).toEqual({ moved: 9, openIssues: 0, settledIssues: 0 });
    const params = { customerId: held.customerId, upgradeId: first.upgradeId };
    expect(await locate(params, user)).toMatchObject([{ status: 'moved' }]);
    expect(await licensesOf(held)).toEqual({ [held.subscriptionId]: 10 });
    const [row] = await sql<{ sum: string }>(
      `select sum(amount_minor)::text as sum from charges where customer_id = $1 and period_end = '2026-12-05' and amount_minor < 0`,
      [held.customerId],
    );
    // Of the same day: what the first charged is given back whole, and of the 60.00 before it 40.00 once.
    expect(row?.sum).toBe('-12820');
  });

  it('delete what was scheduled for the renewal, and close the window (N38, N40)', async () => {
    const held = await seed();
    const scheduled = {
      offerId: OFFERS.nceBusinessBasic,
      quantity: 5,
      termDuration: 'P1Y',
      billingCycle: 'monthly',
      customTermEndsOn: null,
    };
    await sql(
      `update subscriptions set cancellable_until = $2::timestamptz + interval '1 day', scheduled_change = $3
       where subscription_id = $1`,
      [held.subscriptionId, TEST_NOW, scheduled],
    );
    await upgrade(held);
    const [row] = await sql(
      'select cancellable_until, scheduled_change, updates from subscriptions where subscription_id = $1',
      [held.subscriptionId],
    );
    expect(row).toEqual({ cancellable_until: null, scheduled_change: null, updates: 1 });
    expect(await sql('select 1 from seat_batches where subscription_id = $1', [held.subscriptionId])).toEqual([]);
  });

  it('begin a term of that day where a longer one is asked for', async () => {
    const held = await seed({ termDuration: 'P1M', purchasedOn: '2026-11-06' });
    await upgrade(held, { termDuration: 'P1Y', billingCycle: 'annual' });
    const [row] = await sql(
      'select term_duration, billing_cycle, term_starts_on, term_ends_on, billed_through from subscriptions where subscription_id = $1',
      [held.subscriptionId],
    );
    expect(row).toEqual({
      term_duration: 'P1Y',
      billing_cycle: 'annual',
      term_starts_on: '2026-11-16',
      term_ends_on: '2027-11-15',
      billed_through: '2027-11-15',
    });
  });

  it('of a trial become paid seats with a window of their own (N49)', async () => {
    const trial = {
      offerId: OFFERS.businessBasicTrial,
      quantity: 25,
      billingCycle: 'none',
      purchasedOn: '2026-11-06',
    } as const;
    const held = await seed({ ...trial, unitPrice: '0' });
    const { totals, way } = await upgrade(held, { targetOfferId: OFFERS.nceBusinessBasic });
    expect([way, totals.credit.amount, totals.charge.amount]).toEqual(['inPlace', '0.00', '183.75']);
    const [row] = await sql<{ seats: number; open: boolean }>(
      `select b.quantity as seats, b.removable_until = s.cancellable_until and b.removable_until > $2::timestamptz + interval '167 hours' as open
       from seat_batches b join subscriptions s using (customer_id, subscription_id) where s.subscription_id = $1`,
      [held.subscriptionId, TEST_NOW],
    );
    expect(row).toEqual({ seats: 25, open: true });
  });

  it('of a trial with more seats than it has become so many paid ones, in place and elsewhere (N49)', async () => {
    const trial = { offerId: OFFERS.businessBasicTrial, quantity: 25, billingCycle: 'none', unitPrice: '0' } as const;
    const held = await seed({ ...trial, purchasedOn: '2026-11-06' });
    const { quantity, totals } = await upgrade(held, { targetOfferId: OFFERS.nceBusinessBasic, quantity: 40 });
    expect([quantity, totals.charge.amount]).toEqual([40, '294.00']);
    expect(await subscriptionsOf(held)).toMatchObject([{ offerId: OFFERS.nceBusinessBasic, quantity: 40 }]);
    const [batch] = await sql<{ quantity: number }>('select quantity from seat_batches where subscription_id = $1', [
      held.subscriptionId,
    ]);
    expect(batch?.quantity).toBe(40);

    const other = await seed({ ...trial, purchasedOn: '2026-11-06' });
    const { subscriptionId } = await seed({
      customerId: other.customerId,
      quantity: 4,
      purchasedOn: '2026-10-11',
      users: 0,
    });
    const wish = { targetOfferId: OFFERS.nceBusinessBasic, targetSubscriptionId: subscriptionId, quantity: 40 };
    expect((await upgrade(other, wish)).way).toBe('existing');
    const all = new Map((await subscriptionsOf(other)).map((one) => [one.subscriptionId, one]));
    expect(all.get(subscriptionId)).toMatchObject({ quantity: 44, assigned: 10 });
    expect(all.get(other.subscriptionId)).toMatchObject({ status: 'deleted', endedReason: 'upgraded', assigned: 0 });
  });
});

describe('some seats', () => {
  it('become a second subscription that ends with the first; who was chosen moves', async () => {
    const { userIds, ...held } = await seed({ users: 6 });
    const done = await upgrade(held, { quantity: 4, userIds: userIds.slice(0, 3) });
    expect(done).toMatchObject({ way: 'partial', quantity: 4, licenses: { moved: 3, openIssues: 0 } });
    const second = done.target.subscriptionId ?? '';
    const all = new Map((await subscriptionsOf(held)).map((one) => [one.subscriptionId, one]));
    const [source, target] = [all.get(held.subscriptionId), all.get(second)];
    expect(source).toMatchObject({ offerId: OFFERS.nceBusinessBasic, quantity: 6, assigned: 3, status: 'active' });
    expect(target).toMatchObject({ offerId: OFFERS.nceBusinessStandard, quantity: 4, assigned: 3, status: 'active' });
    expect(target?.termEndsOn).toBe(source?.termEndsOn);
    expect(await linesOf(held, done.upgradeId)).toEqual([
      [held.subscriptionId, 'convert 2026-11-16..2026-12-05 x 4: -1600'],
      [second, 'convert 2026-11-16..2026-12-05 x 4: 3528'],
    ]);
  });

  it('take those that were added last as they are: what stays can be given back no further than it is there', async () => {
    const held = await seed({ quantity: 10, users: 0 });
    await sql('delete from seat_batches where subscription_id = $1', [held.subscriptionId]);
    for (const [seats, hours] of [
      [7, 24],
      [3, 48],
    ]) {
      await sql(
        `insert into seat_batches (customer_id, subscription_id, batch_id, partner_id, quantity, added_at, removable_until)
         values ($1, $2, $3, $4, $5, $6::timestamptz - $7 * interval '1 hour', $6::timestamptz + interval '1 day')`,
        [held.customerId, held.subscriptionId, deployment.context.newId(), PARTNERS.kuzey, seats, TEST_NOW, hours],
      );
    }
    const batches = () =>
      sql<{ quantity: number }>('select quantity from seat_batches where subscription_id = $1 order by added_at', [
        held.subscriptionId,
      ]);
    await upgrade(held, { quantity: 2 });
    expect((await batches()).map((one) => one.quantity)).toEqual([1, 7]);
    await upgrade(held, { quantity: 3 });
    expect((await batches()).map((one) => one.quantity)).toEqual([5]);
  });

  it('are at most those that there are', async () => {
    const held = await seed();
    const refused = problemOf(await quote(held, { quantity: 11 }));
    expect(refused.refusals).toMatchObject([{ name: 'quantity-out-of-range', evidence: { max: 10, requested: 11 } }]);
  });
});

describe('seats into an existing subscription', () => {
  it('take its price and term; the source ends as upgraded', async () => {
    const held = await seed();
    const standard = await seedStandard(held);
    const done = await upgrade(held, { targetSubscriptionId: standard.subscriptionId });
    expect(done).toMatchObject({ way: 'existing', target: { subscriptionId: standard.subscriptionId } });
    const all = new Map((await subscriptionsOf(held)).map((one) => [one.subscriptionId, one]));
    expect(all.get(held.subscriptionId)).toMatchObject({
      status: 'deleted',
      endedReason: 'upgraded',
      successorId: standard.subscriptionId,
      assigned: 0,
    });
    expect(all.get(standard.subscriptionId)).toMatchObject({ quantity: 14, assigned: 10, unitPrice: '12.00' });
    expect(await linesOf(held, done.upgradeId)).toEqual([
      [held.subscriptionId, 'moveQuantity 2026-11-16..2026-12-05 x 10: -4000'],
      [standard.subscriptionId, 'moveQuantity 2026-11-16..2026-12-10 x 10: 10000'],
    ]);
  });

  it('take the add-ons along when the source ends, and leave them where it goes on (N15)', async () => {
    const held = await seed();
    const standard = await seedStandard(held);
    const { subscriptionId } = await seedStandard(held, { quantity: 1 });
    await sql('update subscriptions set add_on_of = $2 where subscription_id = $1', [
      subscriptionId,
      held.subscriptionId,
    ]);
    const baseOf = async () =>
      (await subscriptionsOf(held)).find((one) => one.subscriptionId === subscriptionId)?.addOnOf;
    await upgrade(held, { targetSubscriptionId: standard.subscriptionId, quantity: 4 });
    expect(await baseOf()).toBe(held.subscriptionId);
    await upgrade(held, { targetSubscriptionId: standard.subscriptionId });
    expect(await baseOf()).toBe(standard.subscriptionId);
  });

  it('give nobody a second license of it', async () => {
    const { userIds, ...held } = await seed({ users: 3 });
    const standard = await seedStandard(held);
    await sql(`insert into licenses (customer_id, subscription_id, user_id, switched_off) values ($1, $2, $3, '{}')`, [
      held.customerId,
      standard.subscriptionId,
      userIds[0],
    ]);
    await upgrade(held, { targetSubscriptionId: standard.subscriptionId });
    expect(await licensesOf(held)).toEqual({ [standard.subscriptionId]: 3 });
  });

  it('are refused inside its window, with the moment at which it closes', async () => {
    const held = await seed();
    const standard = await seedStandard(held, { purchasedOn: '2026-11-14' });
    const refused = problemOf(await quote(held, { targetSubscriptionId: standard.subscriptionId }));
    expect(refused.refusals).toMatchObject([
      { name: 'destination-in-window', partnerCenterCode: 2, evidence: { subscriptionId: standard.subscriptionId } },
    ]);
  });
});

describe('the same again', () => {
  it('is the first result', async () => {
    const held = await seed();
    const quoted = valueOf(await quote(held));
    const first = valueOf(await submit(held, quoted));
    const before = await stateOf(deployment, held.customerId);
    expect(valueOf(await submit(held, quoted))).toEqual(first);
    expect(await stateOf(deployment, held.customerId)).toEqual(before);
  });

  it('at once is one act, however often', async () => {
    const held = await seed();
    const quotes = [
      valueOf(await quote(held)),
      valueOf(await quote(held)),
      valueOf(await quote(held, { quantity: 5 })),
    ];
    const answers = await Promise.all(quotes.flatMap((one) => [submit(held, one), submit(held, one)]));
    const done = new Set(answers.flatMap((answer) => (answer.ok ? [answer.value.upgradeId] : [])));
    expect(done.size).toBe(1);
    const codes = new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.code])));
    expect(codes).toEqual(new Set(['quote-outdated']));
    const seats = (await subscriptionsOf(held))
      .filter(({ status }) => status === 'active')
      .map(({ quantity }) => quantity);
    expect(seats.reduce((sum, quantity) => sum + quantity, 0)).toBe(10);
  });

  it('of two into one subscription at once, both are done, one after the other (N14)', async () => {
    const held = await seed({ users: 0 });
    const other = await seed({ customerId: held.customerId, users: 0 });
    const { subscriptionId } = await seedStandard(held);
    const wish = { targetSubscriptionId: subscriptionId };
    const quotes = [valueOf(await quote(held, wish)), valueOf(await quote(other, wish))] as const;
    const answers = await Promise.all([submit(held, quotes[0]), submit(other, quotes[1])]);
    expect(answers.map((answer) => answer.ok)).toEqual([true, true]);
    const joined = (await subscriptionsOf(held)).find((one) => one.subscriptionId === subscriptionId);
    expect(joined?.quantity).toBe(24);
  });
});

describe('an upgrade that waits', () => {
  it('for a second agent is applied for the day that was shown', async () => {
    await setPolicy(deployment, { always: true });
    const held = await seed();
    const waiting = await upgrade(held, { quantity: 4 });
    expect(waiting).toMatchObject({ state: 'waitingForApproval', way: 'partial', events: [] });
    await deployment.moveClock('2026-11-18T09:00:00Z');
    const gulay = await deployment.signIn(GULAY);
    const params = { customerId: held.customerId, upgradeId: waiting.upgradeId };
    const applied = valueOf(await gulay('approveUpgrade', { params }));
    expect(applied).toMatchObject({ state: 'applied', way: 'partial', effectiveOn: '2026-11-16', quantity: 4 });
    expect(applied.totals).toEqual(waiting.totals);
    expect((await actionsOf(deployment, waiting.upgradeId)).map(({ action }) => action)).toEqual([
      'upgrade.submitted',
      'upgrade.approved',
      'upgrade.applied',
    ]);
  });

  it('for the partner’s delay is applied by the server, into an existing subscription too', async () => {
    await setPolicy(deployment, { delayMinutes: 30 });
    const held = await seed();
    const standard = await seedStandard(held);
    const { upgradeId, state } = await upgrade(held, { targetSubscriptionId: standard.subscriptionId });
    expect(state).toBe('held');
    await deployment.moveClock('2026-11-16T09:31:00Z');
    await lookForDue(deployment);
    const shown = valueOf(await aylin('showUpgrade', { params: { customerId: held.customerId, upgradeId } }));
    expect(shown).toMatchObject({ state: 'applied', target: { subscriptionId: standard.subscriptionId } });
  });

  it('is given back once what takes the seats was billed for another cycle, which is billed once', async () => {
    await setPolicy(deployment, { always: true });
    const held = await seed();
    const standard = await seedStandard(held, { purchasedOn: '2026-09-18' });
    const waiting = await upgrade(held, { targetSubscriptionId: standard.subscriptionId });
    // The source's cycle goes on until December 5; the target's ended on November 17.
    await deployment.moveClock('2026-11-19T09:00:00Z');
    await bringAllUpToDate(deployment.context);
    const before = await stateOf(deployment, held.customerId);
    const gulay = await deployment.signIn(GULAY);
    const params = { customerId: held.customerId, upgradeId: waiting.upgradeId };
    const returned = valueOf(await gulay('approveUpgrade', { params }));
    expect(returned).toMatchObject({ state: 'refused', appliedAt: null, returned: { refusals: [] } });
    expect(returned.returned?.differences.map(({ point }) => point)).toContain('lines');
    await bringAllUpToDate(deployment.context);
    expect(await stateOf(deployment, held.customerId)).toEqual(before);
  });

  it('is given back once what takes the seats has changed', async () => {
    await setPolicy(deployment, { always: true });
    const held = await seed();
    const standard = await seedStandard(held);
    const waiting = await upgrade(held, { targetSubscriptionId: standard.subscriptionId });
    await deployment.moveClock('2026-11-18T09:00:00Z');
    valueOf(await aylin('changeSeats', { params: standard, body: { quantity: 6 } }));
    const gulay = await deployment.signIn(GULAY);
    const params = { customerId: held.customerId, upgradeId: waiting.upgradeId };
    expect(valueOf(await gulay('approveUpgrade', { params })).state).toBe('refused');
  });

  it('is given back with what stands in the way by then, its days in the reader’s words', async () => {
    await setPolicy(deployment, { delayMinutes: 30 });
    const held = await seed();
    const standard = await seedStandard(held);
    const { upgradeId } = await upgrade(held, { targetSubscriptionId: standard.subscriptionId });
    await sql(
      `update subscriptions set term_ends_on = '2027-01-05', cancellable_until = '2026-11-20T00:00:00Z' where subscription_id = $1`,
      [standard.subscriptionId],
    );
    await deployment.moveClock('2026-11-16T09:31:00Z');
    await lookForDue(deployment);
    const shown = valueOf(await aylin('showUpgrade', { params: { customerId: held.customerId, upgradeId } }));
    expect(shown.state).toBe('refused');
    expect(shown.returned?.refusals).toMatchObject([
      { name: 'destination-in-window', evidence: { until: '2026-11-20T00:00:00Z' } },
      { name: 'destination-ends-earlier', evidence: { termEndsOn: '2027-01-05', sourceEndsOn: '2027-09-05' } },
    ]);
  });
});
