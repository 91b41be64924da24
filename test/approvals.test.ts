import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { AUDIENCE, askToken, connect } from './partner-center-client.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import {
  actionsOf,
  AYLIN,
  GULAY,
  lookForDue,
  NO_RULE,
  seedBasic,
  SELIM,
  setPolicy,
  stateOf,
  submitUpgrade,
} from './waiting.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment('empty');
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  await deployment.moveClock(TEST_NOW);
});

/** A customer whose upgrade, submitted by Selim, waits for an approval. */
async function waiting(policy = {}) {
  await setPolicy(deployment, { always: true, ...policy });
  const seeded = await seedBasic(deployment);
  const { quote, submitted } = await submitUpgrade(deployment, seeded);
  const upgrade = valueOf(submitted);
  return { ...seeded, quote, upgrade, params: { customerId: seeded.customerId, upgradeId: upgrade.upgradeId } };
}
/** A moment within a minute: the clock goes on. */
const near = (minute: string) => expect.stringMatching(new RegExp(`^${minute}:`)) as unknown as string;
const names = (rows: readonly { action: string }[]) => rows.map(({ action }) => action);

describe('the approval policy', () => {
  it('is set and read by a Global admin alone, and says how many may approve', async () => {
    const officeHours = { timeZone: 'Europe/Istanbul', days: [5, 1, 2, 3, 4], from: '09:00', until: '18:00' };
    const policy = { always: false, netAbove: '250.00', usersAbove: 50, workAbove: 5, officeHours, delayMinutes: 30 };
    const saved = await setPolicy(deployment, policy);
    const expected = {
      ...policy,
      officeHours: { ...officeHours, days: [1, 2, 3, 4, 5] },
      currency: 'USD',
      approvers: 2,
    };
    expect(saved).toEqual(expected);
    const gulay = await deployment.signIn(GULAY);
    expect(valueOf(await gulay('showApprovalPolicy', {}))).toEqual(expected);
    const aylin = await deployment.signIn(AYLIN);
    expect(problemOf(await aylin('showApprovalPolicy', {}))).toMatchObject({ status: 403, roles: ['globalAdmin'] });
    expect(problemOf(await aylin('changeApprovalPolicy', { body: NO_RULE })).status).toBe(403);
  });

  it('counts nobody who was removed or has not come yet among those who may approve', async () => {
    const saved = await setPolicy(deployment, { always: true });
    const gulay = await deployment.signIn(GULAY);
    for (const [away, back] of [
      ['removed_at = now()', 'removed_at = null'],
      ['invited = true', 'invited = false'],
    ] as const) {
      const change = (to: string) =>
        deployment.context.database.asSystem((tx) => tx.query(`update agents set ${to} where email = $1`, [AYLIN]));
      await change(away);
      expect(valueOf(await gulay('showApprovalPolicy', {})).approvers).toBe(saved.approvers - 1);
      await change(back);
    }
  });

  it('is another partner’s own affair', async () => {
    await setPolicy(deployment, { always: true });
    const rows = await deployment.context.database.read(PARTNERS.westwind, (tx) =>
      tx.query('select 1 from approval_policies'),
    );
    expect(rows).toEqual([]);
  });

  it('goes into the audit log when it changes, and not when it is set again', async () => {
    for (const delayMinutes of [10, 10, 20]) await setPolicy(deployment, { delayMinutes });
    expect(names(await actionsOf(deployment, PARTNERS.kuzey))).toEqual([
      'approval-policy.changed',
      'approval-policy.changed',
    ]);
  });

  it.each([
    ['an amount below zero', { netAbove: '-1' }, 'netAbove'],
    ['an amount with a comma', { netAbove: '250,00' }, 'netAbove'],
    ['a fraction of a cent', { netAbove: '1.001' }, 'netAbove'],
    ['a delay of two days', { delayMinutes: 2880 }, 'delayMinutes'],
    ['half a user', { usersAbove: 1.5 }, 'usersAbove'],
    [
      'a time zone of nowhere',
      { officeHours: { timeZone: 'Mars/Olympus', days: [1], from: '09:00', until: '18:00' } },
      'officeHours.timeZone',
    ],
    [
      'a bare offset',
      { officeHours: { timeZone: '+03:00', days: [1], from: '09:00', until: '18:00' } },
      'officeHours.timeZone',
    ],
    [
      'hours that end before they begin',
      { officeHours: { timeZone: 'UTC', days: [1], from: '18:00', until: '09:00' } },
      'officeHours.until',
    ],
    [
      'a day twice',
      { officeHours: { timeZone: 'UTC', days: [1, 1], from: '09:00', until: '18:00' } },
      'officeHours.days',
    ],
    [
      'an eighth day',
      { officeHours: { timeZone: 'UTC', days: [8], from: '09:00', until: '18:00' } },
      'officeHours.days.0',
    ],
    ['25 o’clock', { officeHours: { timeZone: 'UTC', days: [1], from: '09:00', until: '25:00' } }, 'officeHours.until'],
  ])('refuses %s, and names the field', async (_, wrong, field) => {
    const gulay = await deployment.signIn(GULAY, 'tr');
    const answer = problemOf(await gulay('changeApprovalPolicy', { body: { ...NO_RULE, ...wrong } }));
    expect(answer).toMatchObject({ status: 400, fields: [{ field }] });
  });
});

describe('an upgrade that needs a second agent', () => {
  it('is quoted with the reason, submitted with the figures shown, and changes nothing', async () => {
    await setPolicy(deployment, { netAbove: '1.00' });
    const seeded = await seedBasic(deployment);
    const before = await stateOf(deployment, seeded.customerId);
    const { quote, submitted } = await submitUpgrade(deployment, seeded);
    const { net } = quote.totals;
    const reasons = [{ name: 'net-above', limit: { amount: '1.00', currency: 'USD' }, net }];
    expect(quote.waiting).toEqual({ reasons, delayMinutes: 0 });
    expect(valueOf(submitted)).toMatchObject({
      quoteId: quote.quoteId,
      state: 'waitingForApproval',
      totals: quote.totals,
      target: { subscriptionId: null },
      appliedAt: null,
      waiting: { reasons, approvers: ['Aylin Demir', 'Gülay Aksoy'] },
      dueAt: near('2026-12-16T09:00'),
    });
    expect(await stateOf(deployment, seeded.customerId)).toEqual(before);
    expect(names(await actionsOf(deployment, valueOf(submitted).upgradeId))).toEqual(['upgrade.submitted']);
  });

  it('is the same when it is submitted again, and stands in the way of another', async () => {
    const { quote, upgrade, customerId, subscriptionId } = await waiting();
    const selim = await deployment.signIn(SELIM);
    const again = await selim('submitQuote', { params: { customerId, quoteId: quote.quoteId } });
    expect(valueOf(again)).toEqual(upgrade);
    const { submitted } = await submitUpgrade(deployment, { customerId, subscriptionId }, AYLIN);
    expect(problemOf(submitted)).toMatchObject({ status: 409, code: 'upgrade-waiting' });
    expect(problemOf(submitted).detail).toContain(upgrade.upgradeId);
  });

  it('is applied by the approval, to the cent as shown', async () => {
    const { customerId, subscriptionId, quote, params } = await waiting();
    const aylin = await deployment.signIn(AYLIN);
    const done = valueOf(await aylin('approveUpgrade', { params }));
    expect(done).toMatchObject({
      state: 'applied',
      totals: quote.totals,
      licenses: { moved: 5, openIssues: 0 },
      submittedBy: 'Selim Koç',
      decision: { by: 'Aylin Demir', because: null },
      dueAt: null,
    });
    const { items } = valueOf(
      await aylin('listCharges', { params: { customerId, subscriptionId: done.target.subscriptionId ?? '' } }),
    );
    expect(items.map((line) => line.amount)).toEqual(quote.charges.map((line) => line.amount));
    const source = valueOf(await aylin('showSubscription', { params: { customerId, subscriptionId } }));
    expect(source).toMatchObject({ status: 'deleted', successorId: done.target.subscriptionId, waitingUpgrade: null });
    expect(names(await actionsOf(deployment, done.upgradeId))).toEqual([
      'upgrade.submitted',
      'upgrade.approved',
      'upgrade.applied',
    ]);
    expect(valueOf(await aylin('approveUpgrade', { params }))).toEqual(done);
  });

  it('is not approved or rejected by who submitted it, whatever their role', async () => {
    await setPolicy(deployment, { always: true });
    const seeded = await seedBasic(deployment);
    const { submitted } = await submitUpgrade(deployment, seeded, AYLIN);
    const params = { customerId: seeded.customerId, upgradeId: valueOf(submitted).upgradeId };
    const aylin = await deployment.signIn(AYLIN);
    for (const answer of [
      await aylin('approveUpgrade', { params }),
      await aylin('rejectUpgrade', { params, body: { reason: 'vazgeçtim' } }),
    ]) {
      expect(problemOf(answer)).toMatchObject({ status: 403, code: 'own-upgrade' });
      expect(problemOf(answer).remedy).toContain('Gülay Aksoy');
    }
    const told = await deployment.context.database.asSystem((tx) =>
      tx.query(`select 1 from audit_records where subject_id = $1 and outcome = 'refused' and reason = 'own-upgrade'`, [
        params.upgradeId,
      ]),
    );
    expect(told).toHaveLength(2);
    expect(valueOf(await aylin('showUpgrade', { params })).state).toBe('waitingForApproval');
  });

  it.each([['selim'], ['hale'], ['umut'], ['bora'], ['nil']])(
    'is not approved by %s, whose role is another',
    async (name) => {
      const { params } = await waiting();
      const api = await deployment.signIn(`${name}@kuzey.example`);
      expect(problemOf(await api('approveUpgrade', { params })).status).toBe(403);
    },
  );

  it('is not seen by another partner', async () => {
    const { params } = await waiting();
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect(problemOf(await wendy('approveUpgrade', { params })).status).toBe(404);
    expect(valueOf(await wendy('listAllUpgrades', { query: { tab: 'toApprove' } })).items).toEqual([]);
  });

  it('is not approved with the token of an API client', async () => {
    const { params } = await waiting();
    for (const client of ['demo-kuzey-user', 'demo-kuzey']) {
      const { body } = await askToken<{ access_token: string }>(deployment, { client_id: client, resource: AUDIENCE });
      const path = `/api/customers/${params.customerId}/upgrades/${params.upgradeId}/approve`;
      const headers = { authorization: `Bearer ${body.access_token}` };
      expect((await fetch(deployment.url + path, { method: 'POST', headers })).status).toBe(401);
    }
  });

  it('is rejected with a reason, which stays; then another may be submitted', async () => {
    const { customerId, subscriptionId, params } = await waiting();
    const before = await stateOf(deployment, customerId);
    const gulay = await deployment.signIn(GULAY);
    expect(problemOf(await gulay('rejectUpgrade', { params, body: { reason: '  ' } })).status).toBe(400);
    const rejected = valueOf(await gulay('rejectUpgrade', { params, body: { reason: 'Önce müşteriyle konuşun.' } }));
    expect(rejected).toMatchObject({
      state: 'rejected',
      decision: { by: 'Gülay Aksoy', because: 'Önce müşteriyle konuşun.' },
      dueAt: null,
    });
    expect(await stateOf(deployment, customerId)).toEqual(before);
    expect(valueOf((await submitUpgrade(deployment, { customerId, subscriptionId })).submitted).state).toBe(
      'waitingForApproval',
    );
  });

  it('is withdrawn freely, once; what was withdrawn is not approved any more', async () => {
    const { params } = await waiting();
    const selim = await deployment.signIn(SELIM);
    const withdrawn = valueOf(await selim('withdrawUpgrade', { params }));
    expect(withdrawn).toMatchObject({ state: 'withdrawn', decision: { by: 'Selim Koç' } });
    expect(valueOf(await selim('withdrawUpgrade', { params }))).toEqual(withdrawn);
    const aylin = await deployment.signIn(AYLIN);
    const late = problemOf(await aylin('approveUpgrade', { params }));
    expect(late).toMatchObject({ status: 409, code: 'upgrade-already-decided' });
    expect(late.detail).toContain('Selim Koç');
    expect(names(await actionsOf(deployment, params.upgradeId))).toEqual(['upgrade.submitted', 'upgrade.withdrawn']);
  });

  it('what is applied cannot be withdrawn', async () => {
    const seeded = await seedBasic(deployment);
    const done = valueOf((await submitUpgrade(deployment, seeded)).submitted);
    expect(done.state).toBe('applied');
    const selim = await deployment.signIn(SELIM);
    const params = { customerId: seeded.customerId, upgradeId: done.upgradeId };
    expect(problemOf(await selim('withdrawUpgrade', { params })).code).toBe('upgrade-already-decided');
  });

  it('ends by itself after 30 days in which nobody answered', async () => {
    const { params, upgrade } = await waiting();
    await deployment.moveClock('2026-12-16T08:59:00Z');
    await lookForDue(deployment);
    const selim = await deployment.signIn(SELIM);
    expect(valueOf(await selim('showUpgrade', { params })).state).toBe('waitingForApproval');
    await deployment.moveClock('2026-12-16T09:01:00Z');
    await lookForDue(deployment);
    expect(valueOf(await selim('showUpgrade', { params }))).toMatchObject({
      state: 'withdrawn',
      decision: { by: null },
    });
    expect((await actionsOf(deployment, upgrade.upgradeId)).at(-1)).toEqual({
      action: 'upgrade.withdrawn',
      agent_id: null,
    });
  });

  it('waits, too, when the quote said so and the rule has gone since', async () => {
    await setPolicy(deployment, { always: true });
    const seeded = await seedBasic(deployment);
    const selim = await deployment.signIn(SELIM);
    const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' } as const;
    const { quoteId } = valueOf(await selim('quoteUpgrade', { params: seeded, body }));
    await setPolicy(deployment, {});
    const submitted = valueOf(await selim('submitQuote', { params: { customerId: seeded.customerId, quoteId } }));
    expect(submitted.state).toBe('waitingForApproval');
  });
});

describe('an upgrade that comes out otherwise than shown goes back to its agent', () => {
  it('after a change of seats, with every difference, and nothing half done', async () => {
    const { customerId, subscriptionId, params } = await waiting();
    const aylin = await deployment.signIn(AYLIN);
    valueOf(await aylin('changeSeats', { params: { customerId, subscriptionId }, body: { quantity: 12 } }));
    const before = await stateOf(deployment, customerId);
    const returned = valueOf(await aylin('approveUpgrade', { params }));
    expect(returned).toMatchObject({ state: 'refused', appliedAt: null, returned: { refusals: [] } });
    expect(returned.returned?.differences).toContainEqual({ point: 'quantity', before: ['10'], after: ['12'] });
    expect(await stateOf(deployment, customerId)).toEqual(before);
    expect(names(await actionsOf(deployment, params.upgradeId))).toEqual(['upgrade.submitted', 'upgrade.returned']);
    expect(valueOf((await submitUpgrade(deployment, { customerId, subscriptionId })).submitted).state).toBe(
      'waitingForApproval',
    );
  });

  it('with every reason, where it is refused by now', async () => {
    const { customerId, params } = await waiting();
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `update delegated_privileges set kind = 'gdap', roles = '{directoryWriter}', ends_at = '2026-11-16T08:00:00Z' where customer_id = $1`,
        [customerId],
      ),
    );
    const aylin = await deployment.signIn(AYLIN, 'tr');
    const returned = valueOf(await aylin('approveUpgrade', { params }));
    expect(returned.state).toBe('refused');
    expect(returned.returned?.refusals.map(({ name }) => name)).toEqual(['granular-privileges-lapsed']);
    expect(valueOf(await aylin('showUpgrade', { params }))).toEqual(returned);
  });

  it('and ends when the customer has been left, rather than being tried for ever', async () => {
    await setPolicy(deployment, { delayMinutes: 5 });
    const { customerId, subscriptionId } = await seedBasic(deployment);
    const { upgradeId } = valueOf((await submitUpgrade(deployment, { customerId, subscriptionId })).submitted);
    await deployment.context.database.asSystem(async (tx) => {
      await tx.query('delete from delegated_privileges where customer_id = $1', [customerId]);
      await tx.query('delete from relationships where customer_id = $1', [customerId]);
    });
    await deployment.moveClock('2026-11-16T09:06:00Z');
    await lookForDue(deployment);
    expect(names(await actionsOf(deployment, upgradeId))).toEqual(['upgrade.submitted', 'upgrade.withdrawn']);
    // A partner that comes back sees what happened.
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        'insert into relationships (customer_id, partner_id, reseller, created_at) values ($1, $2, true, now())',
        [customerId, PARTNERS.kuzey],
      ),
    );
    const aylin = await deployment.signIn(AYLIN);
    const { decision } = valueOf(await aylin('showUpgrade', { params: { customerId, upgradeId } }));
    expect(decision).toMatchObject({ by: null, because: null, lapsed: 'customerLeft' });
  });

  it('and is counted for that agent until a newer one takes its place', async () => {
    const { customerId, subscriptionId, params } = await waiting();
    const aylin = await deployment.signIn(AYLIN);
    const selim = await deployment.signIn(SELIM);
    expect(valueOf(await aylin('countUpgrades', {}))).toMatchObject({ toApprove: 1, waiting: 1, failed: 0, forYou: 1 });
    expect(valueOf(await selim('countUpgrades', {}))).toMatchObject({ toApprove: 0, waiting: 1, forYou: 0 });
    valueOf(await aylin('changeSeats', { params: { customerId, subscriptionId }, body: { quantity: 12 } }));
    valueOf(await aylin('approveUpgrade', { params }));
    expect(valueOf(await selim('countUpgrades', {}))).toMatchObject({ waiting: 0, failed: 1, forYou: 1 });
    await submitUpgrade(deployment, { customerId, subscriptionId });
    expect(valueOf(await selim('countUpgrades', {}))).toMatchObject({ waiting: 1, failed: 1, forYou: 0 });
  });

  it('but a night and a weekend make no difference: it is billed from the day that was shown', async () => {
    const { quote, params } = await waiting();
    await deployment.moveClock('2026-11-20T06:00:00Z');
    const aylin = await deployment.signIn(AYLIN);
    const done = valueOf(await aylin('approveUpgrade', { params }));
    expect(done).toMatchObject({
      state: 'applied',
      effectiveOn: '2026-11-16',
      totals: quote.totals,
      appliedAt: near('2026-11-20T06:00'),
    });
  });

  it('after more than a week it does', async () => {
    const { params } = await waiting();
    await deployment.moveClock('2026-11-24T06:00:00Z');
    const aylin = await deployment.signIn(AYLIN);
    expect(
      valueOf(await aylin('approveUpgrade', { params })).returned?.differences.map(({ point }) => point),
    ).toContain('lines');
  });
});

describe('a cooling-off delay', () => {
  it('holds every upgrade, says so beforehand, and applies it when it has passed', async () => {
    await setPolicy(deployment, { delayMinutes: 30 });
    const seeded = await seedBasic(deployment);
    const { quote, submitted } = await submitUpgrade(deployment, seeded);
    expect(quote.waiting).toEqual({ reasons: [], delayMinutes: 30 });
    const held = valueOf(submitted);
    expect(held).toMatchObject({ state: 'held', dueAt: near('2026-11-16T09:30') });
    const params = { customerId: seeded.customerId, upgradeId: held.upgradeId };
    const selim = await deployment.signIn(SELIM);
    await deployment.moveClock('2026-11-16T09:29:00Z');
    await lookForDue(deployment);
    expect(valueOf(await selim('showUpgrade', { params })).state).toBe('held');
    await deployment.moveClock('2026-11-16T09:31:00Z');
    await lookForDue(deployment);
    const done = valueOf(await selim('showUpgrade', { params }));
    expect(done).toMatchObject({
      state: 'applied',
      totals: quote.totals,
      appliedAt: near('2026-11-16T09:31'),
      licenses: { moved: 5 },
    });
    expect((await actionsOf(deployment, held.upgradeId)).at(-1)).toEqual({ action: 'upgrade.applied', agent_id: null });
  });

  it('computes the quote for the day on which it ends', async () => {
    await deployment.moveClock('2026-11-16T23:50:00Z');
    await setPolicy(deployment, { delayMinutes: 30 });
    const seeded = await seedBasic(deployment);
    const { quote, submitted } = await submitUpgrade(deployment, seeded);
    expect(quote.effectiveOn).toBe('2026-11-17');
    await deployment.moveClock('2026-11-17T00:21:00Z');
    await lookForDue(deployment);
    const selim = await deployment.signIn(SELIM);
    const params = { customerId: seeded.customerId, upgradeId: valueOf(submitted).upgradeId };
    expect(valueOf(await selim('showUpgrade', { params }))).toMatchObject({
      state: 'applied',
      effectiveOn: '2026-11-17',
      totals: quote.totals,
    });
  });

  it('begins with the approval, where one is needed, and can be stopped until it ends', async () => {
    const { params, customerId } = await waiting({ delayMinutes: 60 });
    await deployment.moveClock('2026-11-16T11:00:00Z');
    const aylin = await deployment.signIn(AYLIN);
    const approved = valueOf(await aylin('approveUpgrade', { params }));
    expect(approved).toMatchObject({ state: 'held', dueAt: near('2026-11-16T12:00'), decision: { by: 'Aylin Demir' } });
    const before = await stateOf(deployment, customerId);
    const selim = await deployment.signIn(SELIM);
    expect(valueOf(await selim('withdrawUpgrade', { params })).state).toBe('withdrawn');
    await deployment.moveClock('2026-11-16T13:00:00Z');
    await lookForDue(deployment);
    expect(await stateOf(deployment, customerId)).toEqual(before);
  });

  it('gives back what has changed while it was held', async () => {
    await setPolicy(deployment, { delayMinutes: 30 });
    const { customerId, subscriptionId } = await seedBasic(deployment);
    const { upgradeId } = valueOf((await submitUpgrade(deployment, { customerId, subscriptionId })).submitted);
    const aylin = await deployment.signIn(AYLIN);
    valueOf(await aylin('changeSeats', { params: { customerId, subscriptionId }, body: { quantity: 11 } }));
    const before = await stateOf(deployment, customerId);
    await deployment.moveClock('2026-11-16T10:00:00Z');
    await lookForDue(deployment);
    const returned = valueOf(await aylin('showUpgrade', { params: { customerId, upgradeId } }));
    expect(returned).toMatchObject({
      state: 'refused',
      returned: { differences: expect.arrayContaining([]) as unknown },
    });
    expect(await stateOf(deployment, customerId)).toEqual(before);
    expect((await actionsOf(deployment, upgradeId)).at(-1)).toEqual({ action: 'upgrade.returned', agent_id: null });
  });
});

describe('upgrades across customers', () => {
  it('are listed by tab, customer and order, page by page', async () => {
    const first = await waiting();
    await setPolicy(deployment, { delayMinutes: 5 });
    const other = await seedBasic(deployment, { customerName: 'Ihlamur Çay' });
    const held = valueOf((await submitUpgrade(deployment, other, AYLIN)).submitted);
    await setPolicy(deployment, {});
    const third = await seedBasic(deployment, { customerName: 'Üçüncü' });
    const done = valueOf((await submitUpgrade(deployment, third)).submitted);
    const aylin = await deployment.signIn(AYLIN);
    const list = async (query: NonNullable<Parameters<typeof aylin<'listAllUpgrades'>>[1]['query']>) =>
      valueOf(await aylin('listAllUpgrades', { query })).items.map((one) => one.upgradeId);
    const all = [done.upgradeId, held.upgradeId, first.upgrade.upgradeId];
    expect(await list({})).toEqual(all);
    expect(await list({ sort: 'oldest' })).toEqual(all.toReversed());
    expect(await list({ tab: 'waiting' })).toEqual([held.upgradeId, first.upgrade.upgradeId]);
    expect(await list({ tab: 'toApprove' })).toEqual([first.upgrade.upgradeId]);
    expect(await list({ tab: 'failed' })).toEqual([]);
    expect(await list({ tab: 'needsWork' })).toEqual([]);
    expect(await list({ search: 'IHLAMUR' })).toEqual([held.upgradeId]);
    const page = valueOf(await aylin('listAllUpgrades', { query: { limit: 2 } }));
    expect(await list({ limit: 2, cursor: page.nextCursor ?? '' })).toEqual([first.upgrade.upgradeId]);
    const selim = await deployment.signIn(SELIM);
    expect(valueOf(await selim('listAllUpgrades', { query: { tab: 'toApprove' } })).items).toEqual([]);
    const subscription = valueOf(await aylin('showSubscription', { params: other }));
    expect(subscription.waitingUpgrade).toEqual({ upgradeId: held.upgradeId, state: 'held' });
    expect(valueOf(await aylin('listUpgrades', { params: other })).items.map(({ state }) => state)).toEqual(['held']);
    expect(valueOf(await aylin('listIssues', { params: { ...other, upgradeId: held.upgradeId } })).items).toEqual([]);
  });

  it('is not counted among what can be upgraded, until it is withdrawn', async () => {
    const aylin = await deployment.signIn(AYLIN);
    await setPolicy(deployment, { always: true });
    const params = await seedBasic(deployment, { customerName: 'Sayılmaz Kilim' });
    const { customerId } = params;
    const counted = async () => {
      const query = { search: 'Sayılmaz', filter: 'upgradable' } as const;
      const { upgradability } = valueOf(await aylin('showSubscription', { params }));
      return {
        customer: valueOf(await aylin('showCustomer', { params })).upgradableCount,
        listed: valueOf(await aylin('listCustomers', { query })).items.map((one) => one.upgradableCount),
        subscription: upgradability.upgradable,
      };
    };
    expect(await counted()).toEqual({ customer: 1, listed: [1], subscription: true });
    const { upgradeId } = valueOf((await submitUpgrade(deployment, params)).submitted);
    expect(await counted()).toEqual({ customer: 0, listed: [], subscription: false });
    const selim = await deployment.signIn(SELIM);
    valueOf(await selim('withdrawUpgrade', { params: { customerId, upgradeId } }));
    expect(await counted()).toEqual({ customer: 1, listed: [1], subscription: true });
  });
});

describe('a Partner Center client', () => {
  it('is told that the upgrade would wait, and where it can; nothing is submitted', async () => {
    await setPolicy(deployment, { always: true });
    const { customerId, subscriptionId } = await seedBasic(deployment);
    const before = await stateOf(deployment, customerId);
    const send = await connect<{
      upgradeErrors: { code: number; description: string }[];
      targetSubscriptionId?: string;
    }>(deployment);
    const path = `/v1/customers/${customerId}/subscriptions/${subscriptionId}/upgrades`;
    const body = { targetOffer: { id: OFFERS.o365E3 }, upgradeType: 'upgrade_with_license_transfer' };
    const answer = await send('POST', path, { body });
    expect(answer.status).toBe(200);
    expect(answer.body.targetSubscriptionId).toBeUndefined();
    expect(answer.body.upgradeErrors).toMatchObject([
      { code: 0, description: expect.stringMatching(/second person.*portal/s) as unknown },
    ]);
    expect(await stateOf(deployment, customerId)).toEqual(before);

    await submitUpgrade(deployment, { customerId, subscriptionId });
    const again = await send('POST', path, { body });
    expect(again.body.upgradeErrors).toMatchObject([
      { code: 0, description: expect.stringContaining('waiting') as unknown },
    ]);
  });
});
