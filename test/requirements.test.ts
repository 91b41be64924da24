import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

const of = (customer: number) => ({ customerId: customerId(customer), subscriptionId: subscriptionId(customer) });
const TRANSFER = 'upgrade_with_license_transfer';

async function quote(
  api: Client,
  customer: number,
  targetOfferId: string,
  upgradeType: 'upgrade_only' | typeof TRANSFER = TRANSFER,
) {
  return api('quoteUpgrade', { params: of(customer), body: { targetOfferId, upgradeType } });
}

async function upgrade(
  api: Client,
  customer: number,
  targetOfferId: string,
  upgradeType: 'upgrade_only' | typeof TRANSFER = TRANSFER,
) {
  const quoted = valueOf(await quote(api, customer, targetOfferId, upgradeType));
  const done = valueOf(
    await api('submitQuote', { params: { customerId: customerId(customer), quoteId: quoted.quoteId } }),
  );
  return { quoted, done };
}

/** A new customer of Kuzey Bulut with one subscription, for tests that change it. */
async function seed(
  more: {
    quantity?: number;
    users?: number;
    purchasedOn?: string;
    billingCycle?: 'monthly' | 'annual';
    offerId?: string;
    unitPrice?: string;
  } = {},
) {
  const fresh = deployment.context.newId();
  return valueOf(
    await aylin('seedSubscription', {
      body: {
        partnerId: PARTNERS.kuzey,
        customerId: fresh,
        customerName: `Deneme ${fresh}`,
        offerId: OFFERS.businessBasic,
        quantity: 10,
        purchasedOn: '2026-09-13',
        ...more,
      },
    }),
  );
}

describe('R1: five roles may upgrade, one is enough; anybody else sees why not', () => {
  it.each([['gulay'], ['umut'], ['aylin'], ['selim'], ['hale']])('%s may', async (agent) => {
    const api = await deployment.signIn(`${agent}@kuzey.example`);
    expect(valueOf(await quote(api, 1, OFFERS.o365E1)).totals.net.currency).toBe('USD');
  });

  it('bora, a Billing admin, looks but does not upgrade', async () => {
    const bora = await deployment.signIn('bora@kuzey.example');
    expect(valueOf(await bora('listSubscriptions', { params: { customerId: customerId(1) } })).items).toHaveLength(1);
    expect(problemOf(await quote(bora, 1, OFFERS.o365E1))).toMatchObject({
      code: 'role-not-allowed',
      status: 403,
      roles: ['globalAdmin', 'userManagementAdmin', 'adminAgent', 'salesAgent', 'helpdeskAgent'],
    });
  });

  it('nil, without a role, is told why there is nothing, in Turkish', async () => {
    const nil = await deployment.signIn('nil@kuzey.example', 'tr');
    const problem = problemOf(await nil('listCustomers', {}));
    expect(problem).toMatchObject({ code: 'role-not-allowed', title: 'Rolünüz bunu yapamaz' });
    expect(problem.detail).toContain('Yönetici aracısı');
  });

  it('a role is no reason of eligibility', async () => {
    const bora = await deployment.signIn('bora@kuzey.example');
    expect(valueOf(await bora('showEligibility', { params: of(1) })).upgradable).toBe(true);
  });
});

describe('R2: nothing but the upgrade matrix is offered; a path can be switched by those who may', () => {
  const path = { pathId: 'apps-business--business-standard' };
  const on = { enabled: true, markets: null, validFrom: null, validUntil: null };
  const targets = async () =>
    valueOf(await aylin('showEligibility', { params: of(2) })).targets.map((one) => one.offerId);

  it('a path that is off is not offered, switched on it is, for the days and markets named, and off again it is not', async () => {
    expect(await targets()).not.toContain(OFFERS.businessStandard);
    valueOf(await aylin('switchPath', { params: path, body: on }));
    expect(await targets()).toContain(OFFERS.businessStandard);
    valueOf(await aylin('switchPath', { params: path, body: { ...on, markets: ['DE'] } }));
    expect(await targets()).not.toContain(OFFERS.businessStandard);
    valueOf(await aylin('switchPath', { params: path, body: { ...on, validFrom: '2026-11-17' } }));
    expect(await targets()).not.toContain(OFFERS.businessStandard);
    valueOf(await aylin('switchPath', { params: path, body: { ...on, enabled: false } }));
    expect(await targets()).not.toContain(OFFERS.businessStandard);
  });

  it('a listed path can be switched off', async () => {
    const listed = { pathId: 'apps-business--o365-e5' };
    valueOf(await aylin('switchPath', { params: listed, body: { ...on, enabled: false } }));
    expect(await targets()).not.toContain(OFFERS.o365E5);
    valueOf(await aylin('switchPath', { params: listed, body: on }));
    expect(await targets()).toContain(OFFERS.o365E5);
  });

  it('switched off for one market alone, a path stays open in the others', async () => {
    const listed = { pathId: 'apps-business--o365-e5' };
    valueOf(await aylin('switchPath', { params: listed, body: { ...on, enabled: false, markets: ['DE'] } }));
    expect(await targets()).toContain(OFFERS.o365E5);
    valueOf(await aylin('switchPath', { params: listed, body: { ...on, enabled: false, markets: ['DE', 'TR'] } }));
    expect(await targets()).not.toContain(OFFERS.o365E5);
  });

  it('the partner’s word can be taken back, and the catalog’s holds again', async () => {
    const listed = { pathId: 'apps-business--o365-e3' };
    valueOf(await aylin('switchPath', { params: listed, body: { ...on, enabled: false } }));
    expect(await targets()).not.toContain(OFFERS.o365E3);
    const selim = await deployment.signIn('selim@kuzey.example');
    expect(problemOf(await selim('removePathSwitch', { params: listed })).code).toBe('role-not-allowed');
    for (const _ of ['taken back', 'taken back again']) {
      expect(valueOf(await aylin('removePathSwitch', { params: listed }))).toMatchObject({
        open: true,
        switched: null,
      });
    }
    expect(await targets()).toContain(OFFERS.o365E3);
    expect(problemOf(await aylin('removePathSwitch', { params: { pathId: 'nowhere' } })).code).toBe('not-found');
  });

  it('one partner’s switch is another partner’s nothing', async () => {
    valueOf(await aylin('switchPath', { params: path, body: on }));
    const wendy = await deployment.signIn('wendy@westwind.example');
    const { items } = valueOf(await wendy('listPaths', {}));
    expect(items.find((one) => one.pathId === path.pathId)).toMatchObject({ open: false, switched: null });
    valueOf(await aylin('switchPath', { params: path, body: { ...on, enabled: false } }));
  });

  it('a Sales agent may not switch paths, and a path ruled out by name stays off for everybody', async () => {
    const selim = await deployment.signIn('selim@kuzey.example');
    expect(problemOf(await selim('switchPath', { params: path, body: on })).code).toBe('role-not-allowed');
    const ruledOut = { pathId: 'business-basic-india--business-standard' };
    expect(problemOf(await aylin('switchPath', { params: ruledOut, body: on }))).toMatchObject({
      code: 'path-refused-by-name',
      status: 422,
    });
  });

  it('switching is written down with what was before and after, and a repeat is not', async () => {
    const params = { pathId: 'apps-business--apps-enterprise' };
    const off = { ...on, enabled: false, markets: ['DE'], validFrom: '2026-12-01' };
    for (const _ of ['once', 'again']) valueOf(await aylin('switchPath', { params, body: off }));
    for (const _ of ['once', 'again']) valueOf(await aylin('removePathSwitch', { params }));
    const rows = await deployment.context.database.read(PARTNERS.kuzey, (tx) =>
      tx.query<{ details: object }>(
        `select details from audit_records where action = 'path.switched' and subject_id = $1 order by audit_id`,
        [params.pathId],
      ),
    );
    expect(rows.map((row) => row.details)).toEqual([
      { before: null, after: off },
      { before: off, after: null },
    ]);
  });
});

describe('R8: every reason that holds is given, with its evidence and what clears it', () => {
  it('names a missing privilege beside an add-on and a suspended state', async () => {
    const customer = customerId(4);
    const base = subscriptionId(4);
    const body = {
      partnerId: PARTNERS.kuzey,
      customerId: customer,
      offerId: OFFERS.archivingAddOn,
      quantity: 1,
      purchasedOn: '2026-10-01',
    };
    valueOf(await aylin('seedSubscription', { body: { ...body, addOnOf: base, unitPrice: '3.00' } }));
    valueOf(await aylin('seedSubscription', { body: { ...body, offerId: OFFERS.o365E1, quantity: 3 } }));
    const { targets } = valueOf(await aylin('showEligibility', { params: of(4) }));
    const e1 = targets.find((target) => target.offerId === OFFERS.o365E1);
    expect(e1?.types[0]?.refusals.map((refusal) => refusal.name)).toEqual([
      'add-ons-present',
      'delegated-privileges-missing',
      'target-already-owned',
    ]);
  });

  it('says it in the language of the caller', async () => {
    const tr = await deployment.signIn('aylin@kuzey.example', 'tr');
    const first = async (api: Client) =>
      valueOf(await api('showEligibility', { params: of(6) })).targets[0]?.types[0]?.refusals[0];
    expect(await first(tr)).toMatchObject({
      title: 'Ayrıcalıkların süresi doldu',
      remedy: 'Şu rolle yeni bir ilişki isteyin: Dizin yazarları.',
    });
    expect(await first(aylin)).toMatchObject({
      title: 'The privileges have ended',
      remedy: 'Request a new relationship with the role Directory writers.',
    });
    expect((await first(tr))?.message).toContain('15.11.2026');
  });
});

describe('R9: an upgrade is billed as cancellation plus purchase, to the cent', () => {
  it('in the first month everything billed for the old comes back (B6.1)', async () => {
    const quoted = valueOf(await quote(aylin, 14, OFFERS.o365E3));
    expect(quoted.credits).toMatchObject([
      { chargeType: 'Cancel fee', periodStart: '2026-11-06', periodEnd: '2026-12-05', amount: { amount: '-308.00' } },
    ]);
    expect(quoted.totals).toMatchObject({ charge: { amount: '572.00' }, net: { amount: '264.00' } });
  });

  it('later the remaining days come back, the day of the upgrade included (B6.2)', async () => {
    const quoted = valueOf(await quote(aylin, 1, OFFERS.o365E3));
    // Bought 2026-10-07; running period 2026-11-07 to 2026-12-06, 30 days, of which 21 are left: 7.00 / 30 x 21 x 25.
    expect(quoted.credits).toMatchObject([
      { periodStart: '2026-11-16', days: 21, periodDays: 30, amount: { amount: '-122.50' } },
    ]);
    expect(quoted.charges).toMatchObject([
      { periodStart: '2026-11-16', periodEnd: '2026-12-15', amount: { amount: '650.00' } },
    ]);
    expect(quoted.totals.net).toEqual({ amount: '527.50', currency: 'USD' });
  });

  it('an annual subscription gives back the rest of its year of 365 days', async () => {
    const quoted = valueOf(await quote(aylin, 13, OFFERS.o365E3));
    // Bought 2026-08-08 for 14.00 a month: 14 x 12 / 365 x 265 x 300.
    expect(quoted.credits).toMatchObject([{ days: 265, periodDays: 365, amount: { amount: '-36591.78' } }]);
    expect(quoted.charges).toMatchObject([
      { chargeType: 'Prorate fees when purchase', days: 365, amount: { amount: '93600.00' } },
    ]);
  });

  it('the published vector: 10 seats from 5.00 to 20.00, bought 2018-01-13, upgraded 2018-02-01 (B6.4)', async () => {
    const past = await startDeployment('empty', { now: '2018-02-01T10:00:00Z' });
    const api = await past.signIn('aylin@kuzey.example');
    const customer = past.context.newId();
    const seeded = valueOf(
      await api('seedSubscription', {
        body: {
          partnerId: PARTNERS.kuzey,
          customerId: customer,
          customerName: 'Vektör',
          offerId: OFFERS.businessBasic,
          quantity: 10,
          purchasedOn: '2018-01-13',
        },
      }),
    );
    const params = { customerId: customer, subscriptionId: seeded.subscriptionId };
    const quoted = valueOf(
      await api('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E3, upgradeType: TRANSFER } }),
    );
    expect(quoted.credits).toMatchObject([
      { periodStart: '2018-01-13', periodEnd: '2018-02-12', amount: { amount: '-50.00' } },
    ]);
    expect(quoted.charges).toMatchObject([
      { periodStart: '2018-02-01', periodEnd: '2018-02-28', amount: { amount: '200.00' } },
    ]);
    await past.stop();
  });

  it('what was shown is what is written, line by line, and the ledger adds up to it', async () => {
    const seeded = await seed({ quantity: 7, users: 7 });
    const params = { customerId: seeded.customerId, subscriptionId: seeded.subscriptionId };
    const quoted = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E5, upgradeType: TRANSFER } }),
    );
    const done = valueOf(await aylin('submitQuote', { params: { ...params, quoteId: quoted.quoteId } }));
    const linesOf = async (subscription: string) =>
      valueOf(await aylin('listCharges', { params: { ...params, subscriptionId: subscription } })).items.filter(
        (line) => line.upgradeId === done.upgradeId,
      );
    const shown = (lines: typeof quoted.credits) => lines.map(({ sold: _, ...line }) => expect.objectContaining(line));
    expect(await linesOf(done.source.subscriptionId)).toEqual(shown(quoted.credits));
    expect(await linesOf(done.target.subscriptionId ?? '')).toEqual(shown(quoted.charges));
    expect(done.totals).toEqual(quoted.totals);
  });

  it('a quote stands for 15 minutes, also across midnight, and names the day it is computed for', async () => {
    const night = await startDeployment('demo', { now: '2026-11-16T23:55:00Z' });
    const api = await night.signIn('aylin@kuzey.example');
    const quoted = valueOf(await quote(api, 1, OFFERS.o365E3));
    await night.moveClock('2026-11-17T00:05:00Z');
    const done = valueOf(await api('submitQuote', { params: { customerId: customerId(1), quoteId: quoted.quoteId } }));
    expect(done).toMatchObject({ effectiveOn: '2026-11-16', totals: quoted.totals });
    const late = valueOf(await quote(api, 2, OFFERS.o365E3));
    await night.moveClock('2026-11-17T00:21:00Z');
    const params = { customerId: customerId(2), quoteId: late.quoteId };
    expect(problemOf(await api('submitQuote', { params }))).toMatchObject({ code: 'quote-expired', status: 409 });
    await night.stop();
  });

  it('fees of periods that began since the last bill are written with the upgrade, but are not part of its price', async () => {
    const later = await startDeployment('demo');
    await later.moveClock('2027-01-20T09:00:00Z');
    const api = await later.signIn('aylin@kuzey.example');
    const { quoted, done } = await upgrade(api, 1, OFFERS.o365E3);
    expect(quoted.dueLines.map((line) => line.periodStart)).toEqual(['2026-12-07', '2027-01-07']);
    const { items } = valueOf(await api('listCharges', { params: of(1) }));
    expect(items.filter((line) => line.upgradeId === done.upgradeId).map((line) => line.amount.amount)).toEqual([
      '175.00',
      '175.00',
      '-101.61',
    ]);
    await later.stop();
  });
});

describe('the act (product decisions 2, 4, 5 and 15)', () => {
  it('ends the source as upgraded, names its successor, and begins a fresh 12-month term at the list price', async () => {
    const seeded = await seed({ users: 10 });
    const params = { customerId: seeded.customerId, subscriptionId: seeded.subscriptionId };
    const quoted = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.businessStandard, upgradeType: TRANSFER } }),
    );
    const done = valueOf(await aylin('submitQuote', { params: { ...params, quoteId: quoted.quoteId } }));
    const source = valueOf(await aylin('showSubscription', { params }));
    const target = valueOf(
      await aylin('showSubscription', { params: { ...params, subscriptionId: done.target.subscriptionId ?? '' } }),
    );
    expect(source).toMatchObject({
      status: 'deleted',
      endedReason: 'upgraded',
      successorId: target.subscriptionId,
      assigned: 0,
    });
    expect(target).toMatchObject({
      status: 'active',
      quantity: 10,
      assigned: 10,
      billingCycle: 'monthly',
      autoRenew: true,
      unitPrice: '14.00',
      purchasedOn: '2026-11-16',
      termEndsOn: '2027-11-15',
    });
    expect(done.work).toBe('done');
  });

  it('R12: without license transfer everybody keeps the old assignment and becomes an issue that a retry moves', async () => {
    const seeded = await seed({ quantity: 3, users: 3 });
    const params = { customerId: seeded.customerId, subscriptionId: seeded.subscriptionId };
    const quoted = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E1, upgradeType: 'upgrade_only' } }),
    );
    expect(quoted.transfer).toMatchObject({ moving: 0, staying: 3 });
    const done = valueOf(await aylin('submitQuote', { params: { ...params, quoteId: quoted.quoteId } }));
    expect(valueOf(await aylin('showSubscription', { params })).assigned).toBe(3);
    const issues = { customerId: params.customerId, upgradeId: done.upgradeId };
    const { items } = valueOf(await aylin('listIssues', { params: issues }));
    expect(items.map((item) => item.faults.map((fault) => fault.name))).toEqual(
      Array(3).fill(['license-not-transferred']),
    );
    valueOf(await aylin('resolveIssues', { params: issues, body: { action: 'retry', userIds: seeded.userIds } }));
    expect(valueOf(await aylin('showUpgrade', { params: issues }))).toMatchObject({
      work: 'done',
      licenses: { moved: 3 },
    });
    expect(valueOf(await aylin('showSubscription', { params })).assigned).toBe(0);
  });

  it('services that were switched off stay off, by family', async () => {
    const { done } = await upgrade(aylin, 10, OFFERS.o365E3);
    const rows = await deployment.context.database.read(PARTNERS.kuzey, (tx) =>
      tx.query<{ user_id: string; switched_off: string[] }>(
        `select user_id, switched_off from licenses where customer_id = $1 and subscription_id = $2 and switched_off <> '{}' order by user_id`,
        [customerId(10), done.target.subscriptionId],
      ),
    );
    expect(rows.map((row) => [row.user_id, row.switched_off.toSorted()])).toEqual([
      [userId(10, 8), ['TEAMS1']],
      [userId(10, 9), ['VIVAENGAGE_CORE', 'YAMMER_ENTERPRISE']],
      [userId(10, 10), ['TEAMS1']],
      [userId(10, 11), ['VIVAENGAGE_CORE', 'YAMMER_ENTERPRISE']],
      [userId(10, 12), ['TEAMS1']],
    ]);
  });

  it('is written into the audit log in the same transaction, with ids alone', async () => {
    const seeded = await seed({ users: 2 });
    const params = { customerId: seeded.customerId, subscriptionId: seeded.subscriptionId };
    const quoted = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E1, upgradeType: TRANSFER } }),
    );
    const done = valueOf(await aylin('submitQuote', { params: { ...params, quoteId: quoted.quoteId } }));
    const rows = await deployment.context.database.read(PARTNERS.kuzey, (tx) =>
      tx.query<{ action: string; subject_id: string; details: object }>(
        'select action, subject_id, details from audit_records where customer_id = $1',
        [params.customerId],
      ),
    );
    expect(rows).toEqual([
      {
        action: 'upgrade.applied',
        subject_id: done.upgradeId,
        details: {
          before: { quantity: done.quantity, sourceOfferId: done.source.offerId },
          after: {
            quoteId: quoted.quoteId,
            upgradeType: TRANSFER,
            sourceSubscriptionId: seeded.subscriptionId,
            targetSubscriptionId: done.target.subscriptionId,
            targetOfferId: OFFERS.o365E1,
            quantity: done.quantity,
          },
        },
      },
    ]);
  });

  it('takes at most four round trips to the database', async () => {
    const seeded = await seed({ quantity: 50, users: 50 });
    const params = { customerId: seeded.customerId, subscriptionId: seeded.subscriptionId };
    const quoted = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E3, upgradeType: TRANSFER } }),
    );
    deployment.roundTrips.length = 0;
    valueOf(await aylin('submitQuote', { params: { ...params, quoteId: quoted.quoteId } }));
    // Beside the act itself: whose session it is, and in a sandbox what time.
    const act = deployment.roundTrips.filter((text) => !/session_agent|from deployment/.test(text));
    expect(act).toHaveLength(4);
  });

  it('an upgrade changes nothing of any other customer', async () => {
    const seeded = await seed({ users: 4 });
    const params = { customerId: seeded.customerId, subscriptionId: seeded.subscriptionId };
    const others = () =>
      deployment.context.database.asSystem(async (tx) => {
        const tables = [
          'subscriptions',
          'licenses',
          'license_issues',
          'charges',
          'quotes',
          'upgrades',
          'users',
          'relationships',
          'audit_records',
        ];
        const sums = [];
        for (const table of tables) {
          const statement = `select md5(string_agg(t::text, '|' order by t::text)) from ${table} t where customer_id <> $1`;
          sums.push(await tx.query(statement, [params.customerId]));
        }
        return sums;
      });
    const quoted = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E3, upgradeType: TRANSFER } }),
    );
    const before = await others();
    valueOf(await aylin('submitQuote', { params: { ...params, quoteId: quoted.quoteId } }));
    expect(await others()).toEqual(before);
  });

  it('nor anything of another partner of the same customer', async () => {
    const params = { customerId: customerId(8) };
    const wendy = await deployment.signIn('wendy@westwind.example');
    const theirs = { ...params, subscriptionId: subscriptionId(8, 2) };
    valueOf(await wendy('changeSeats', { params: theirs, body: { quantity: 6 } }));
    const ofWestwind = () =>
      deployment.context.database.asSystem(async (tx) => {
        const tables = ['subscriptions', 'charges', 'relationships', 'delegated_privileges', 'audit_records'];
        const rows: Record<string, object[]> = {};
        for (const table of tables) {
          const statement = `select * from ${table} t where customer_id = $1 and partner_id = $2 order by t::text`;
          rows[table] = await tx.query(statement, [params.customerId, PARTNERS.westwind]);
          expect(rows[table]).not.toEqual([]);
        }
        return rows;
      });
    const before = await ofWestwind();
    await upgrade(aylin, 8, OFFERS.o365E1);
    expect(await ofWestwind()).toEqual(before);
    expect(valueOf(await wendy('listSubscriptions', { params })).items).toMatchObject([{ quantity: 6, version: 2 }]);
  });
});

describe('a quote executes to the cent or refuses with what changed (product decision 7)', () => {
  const quoteSeeded = async (users = 2) => {
    const seeded = await seed({ users });
    const params = { customerId: seeded.customerId, subscriptionId: seeded.subscriptionId };
    const quoted = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E3, upgradeType: TRANSFER } }),
    );
    return {
      params,
      submit: { params: { customerId: params.customerId, quoteId: quoted.quoteId } },
      userIds: seeded.userIds,
    };
  };

  it('more seats since the quote: the differences in number and money', async () => {
    const { params, submit } = await quoteSeeded();
    valueOf(await aylin('changeSeats', { params, body: { quantity: 12 } }));
    const problem = problemOf(await aylin('submitQuote', submit));
    expect(problem).toMatchObject({ code: 'quote-outdated', status: 409 });
    expect(problem.differences).toContainEqual({ point: 'quantity', before: ['10'], after: ['12'] });
    expect(problem.differences?.map((one) => one.point)).toEqual(
      expect.arrayContaining(['charge', 'credit', 'net', 'lines']),
    );
    expect(valueOf(await aylin('showSubscription', { params })).status).toBe('active');
  });

  it('a user who can no longer move: that user', async () => {
    const { submit, userIds } = await quoteSeeded();
    await deployment.context.database.asSystem((tx) =>
      tx.query('update users set usage_location = null where user_id = $1', [userIds[0]]),
    );
    const problem = problemOf(await aylin('submitQuote', submit));
    expect(problem.differences).toMatchObject([
      { point: 'usersNotMoving', before: [], after: [expect.stringContaining('usage-location-missing')] },
    ]);
  });

  it('a quote on what was upgraded says so, and names what it became, in both languages', async () => {
    const { params, submit } = await quoteSeeded();
    const { target } = valueOf(await aylin('submitQuote', submit));
    const again = (api: Client) =>
      api('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E5, upgradeType: TRANSFER } });
    const [refusal] = problemOf(await again(aylin)).refusals ?? [];
    expect(refusal).toMatchObject({
      name: 'subscription-not-active',
      message: 'Only an active subscription can be changed. Its status is: upgraded.',
      remedy: expect.stringContaining('go on with the subscription that followed it'),
      evidence: { status: 'deleted', endedReason: 'upgraded', successorId: target.subscriptionId },
    });
    const [turkish] = problemOf(await again(await deployment.signIn('aylin@kuzey.example', 'tr'))).refusals ?? [];
    expect(turkish).toMatchObject({
      message: 'Yalnızca etkin abonelik değiştirilebilir. Durumu: yükseltildi.',
      remedy: expect.stringContaining('onu izleyen abonelikle devam edin'),
    });
  });

  it('upgraded through another quote meanwhile: outdated, with the reason', async () => {
    const { params, submit } = await quoteSeeded();
    const other = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E1, upgradeType: TRANSFER } }),
    );
    valueOf(await aylin('submitQuote', { params: { customerId: params.customerId, quoteId: other.quoteId } }));
    expect(problemOf(await aylin('submitQuote', submit))).toMatchObject({
      code: 'quote-outdated',
      refusals: [{ name: 'subscription-not-active' }],
    });
  });

  it('privileges lapsed meanwhile: refused with every reason, 422', async () => {
    const { submit } = await quoteSeeded();
    await deployment.context.database.asSystem((tx) =>
      tx.query('delete from delegated_privileges where customer_id = $1', [submit.params.customerId]),
    );
    expect(problemOf(await aylin('submitQuote', submit))).toMatchObject({
      code: 'refused',
      status: 422,
      refusals: [{ name: 'delegated-privileges-missing' }],
    });
  });

  it('a repeat returns the first result', async () => {
    const { submit } = await quoteSeeded();
    const first = valueOf(await aylin('submitQuote', submit));
    expect(valueOf(await aylin('submitQuote', submit))).toEqual(first);
  });
});

describe('R11: the worklist is worked off one by one or together', () => {
  it('filters by status, fault and name, and exports the same rows as CSV, with semicolons in Turkish', async () => {
    const world = await startDeployment('demo');
    const api = await world.signIn('aylin@kuzey.example');
    const { done } = await upgrade(api, 10, OFFERS.o365E3);
    const params = { customerId: customerId(10), upgradeId: done.upgradeId };
    const names = async (query: object) =>
      valueOf(await api('listIssues', { params, query })).items.map((item) => item.displayName);
    expect(await names({ fault: 'usage-location-missing' })).toEqual(['Ayşe Yılmaz', 'Mehmet Öztürk']);
    expect(await names({ search: 'CIGDEM' })).toEqual(['Çiğdem Güneş']);
    valueOf(await api('resolveIssues', { params, body: { action: 'leave', userIds: [userId(10, 6)] } }));
    expect(await names({ status: 'left' })).toEqual(['Ahmet Kılıç']);
    expect(await names({ status: 'open' })).toHaveLength(6);

    const response = await fetch(
      `${world.url}/api/customers/${params.customerId}/upgrades/${params.upgradeId}/issues`,
      {
        headers: {
          authorization: `Bearer ${await world.tokenOf('aylin@kuzey.example')}`,
          accept: 'text/csv',
          'accept-language': 'tr',
        },
      },
    );
    const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer()).split('\r\n');
    expect(lines[0]).toBe('\uFEFFKullanıcı adı;Ad;Kimlik;Durum;Sorun;Ayrıntı;Çözüm');
    expect(lines).toHaveLength(9);
    await world.stop();
  });

  it('an action that fits no fault, a settled issue and a stranger’s id are refused, and nothing is done for anybody', async () => {
    const world = await startDeployment('demo');
    const api = await world.signIn('aylin@kuzey.example');
    const { done } = await upgrade(api, 10, OFFERS.o365E3);
    const params = { customerId: customerId(10), upgradeId: done.upgradeId };
    const resolve = (userIds: string[], action: 'removeConflictingLicense' | 'leave') =>
      api('resolveIssues', { params, body: { action, userIds } });
    expect(problemOf(await resolve([userId(10, 3), userId(10, 6)], 'removeConflictingLicense'))).toMatchObject({
      code: 'action-does-not-apply',
      status: 409,
    });
    expect(problemOf(await resolve([userId(10, 3), userId(10, 20)], 'leave')).code).toBe('not-found');
    expect(valueOf(await api('showUpgrade', { params })).licenses.openIssues).toBe(7);
    valueOf(await resolve([userId(10, 6)], 'leave'));
    expect(problemOf(await resolve([userId(10, 6)], 'leave')).code).toBe('issue-already-resolved');
    await world.stop();
  });

  it('setting a location that the offer may not be used in leaves the issue open with the new fault', async () => {
    const world = await startDeployment('demo');
    const api = await world.signIn('aylin@kuzey.example');
    const { done } = await upgrade(api, 10, OFFERS.o365E3);
    const params = { customerId: customerId(10), upgradeId: done.upgradeId };
    const { items } = valueOf(
      await api('resolveIssues', {
        params,
        body: { action: 'setUsageLocation', usageLocation: 'KZ', userIds: [userId(10, 1)] },
      }),
    );
    expect(items).toMatchObject([{ status: 'open', faults: [{ name: 'usage-location-not-allowed' }] }]);
    await world.stop();
  });

  it('removing the conflicting license takes exactly that one away', async () => {
    const world = await startDeployment('demo');
    const api = await world.signIn('aylin@kuzey.example');
    const { done } = await upgrade(api, 10, OFFERS.o365E3);
    const params = { customerId: customerId(10), upgradeId: done.upgradeId };
    valueOf(
      await api('resolveIssues', { params, body: { action: 'removeConflictingLicense', userIds: [userId(10, 3)] } }),
    );
    const rows = await world.context.database.asSystem((tx) =>
      tx.query<{ subscription_id: string }>(
        'select subscription_id from licenses where user_id = any ($1) order by user_id, subscription_id',
        [[userId(10, 3), userId(10, 4)]],
      ),
    );
    expect(rows.map((row) => row.subscription_id).toSorted()).toEqual(
      [done.target.subscriptionId ?? '', subscriptionId(10), subscriptionId(10, 2)].toSorted(),
    );
    await world.stop();
  });
});

describe('R16: a change of seats, with its billing and its limits', () => {
  it('one more seat on 2018-02-01: the published lines to the cent (B3)', async () => {
    const past = await startDeployment('empty', { now: '2018-02-01T10:00:00Z' });
    const api = await past.signIn('selim@kuzey.example');
    const customer = past.context.newId();
    const body = {
      partnerId: PARTNERS.kuzey,
      customerId: customer,
      customerName: 'Koltuk',
      offerId: OFFERS.businessBasic,
      quantity: 1,
      purchasedOn: '2018-01-13',
      unitPrice: '4.00',
    };
    const { subscriptionId: subscription } = valueOf(await api('seedSubscription', { body }));
    const params = { customerId: customer, subscriptionId: subscription };
    const previewed = valueOf(await api('previewSeats', { params, body: { quantity: 2 } }));
    expect(
      previewed.lines.map((line) => [line.periodStart, line.periodEnd, line.quantity, line.amount.amount]),
    ).toEqual([
      ['2018-01-13', '2018-02-12', 1, '-4.00'],
      ['2018-01-13', '2018-01-31', 1, '2.45'],
      ['2018-02-01', '2018-02-12', 2, '3.10'],
    ]);
    const changed = valueOf(await api('changeSeats', { params, body: { quantity: 2 } }));
    expect(changed).toMatchObject({ lines: previewed.lines, net: { amount: '1.55' }, version: 2 });
    expect(valueOf(await api('changeSeats', { params, body: { quantity: 2 } })).lines).toEqual([]);
    const bora = await past.signIn('bora@kuzey.example');
    expect(valueOf(await bora('listCharges', { params })).total.amount).toBe('5.55');
    await past.moveClock('2018-02-13T10:00:00Z');
    expect(
      valueOf(await api('previewSeats', { params, body: { quantity: 3 } })).dueLines.map((line) => line.amount.amount),
    ).toEqual(['8.00']);
    await past.stop();
  });

  it('a 301st seat of Business Standard is refused, naming the limits', async () => {
    expect(problemOf(await aylin('changeSeats', { params: of(13), body: { quantity: 301 } }))).toMatchObject({
      code: 'refused',
      refusals: [{ name: 'quantity-out-of-range', evidence: { min: 1, max: 300, requested: 301 } }],
    });
  });

  it('a repeat of a change whose answer was lost changes nothing, though it names the old version', async () => {
    const params = await seed({ quantity: 10 });
    const { version } = valueOf(await aylin('showSubscription', { params }));
    const body = { quantity: 12, version };
    const first = valueOf(await aylin('changeSeats', { params, body }));
    expect(first).toMatchObject({ quantity: { before: 10, after: 12 }, version: version + 1 });
    const charges = valueOf(await aylin('listCharges', { params }));
    expect(valueOf(await aylin('changeSeats', { params, body }))).toMatchObject({
      quantity: { before: 12, after: 12 },
      lines: [],
      dueLines: [],
      net: { amount: '0.00' },
      version: version + 1,
    });
    expect(valueOf(await aylin('listCharges', { params }))).toEqual(charges);
    expect(problemOf(await aylin('changeSeats', { params, body: { quantity: 13, version } })).code).toBe(
      'changed-meanwhile',
    );
  });

  it('fewer seats than licensed users are refused', async () => {
    expect(problemOf(await aylin('changeSeats', { params: of(2), body: { quantity: 11 } })).refusals).toMatchObject([
      { name: 'licenses-still-assigned', evidence: { assigned: 12, requested: 11 } },
    ]);
  });

  it('a suspended subscription and a stale version are refused; a Helpdesk agent may not', async () => {
    expect(problemOf(await aylin('changeSeats', { params: of(3), body: { quantity: 9 } })).refusals).toMatchObject([
      { name: 'subscription-not-active' },
    ]);
    expect(problemOf(await aylin('changeSeats', { params: of(2), body: { quantity: 13, version: 7 } }))).toMatchObject({
      code: 'changed-meanwhile',
      status: 409,
    });
    const hale = await deployment.signIn('hale@kuzey.example');
    expect(problemOf(await hale('changeSeats', { params: of(2), body: { quantity: 13 } })).status).toBe(403);
  });
});

describe('the list of customers follows Turkish rules', () => {
  const names = async (api: Client, query: object) =>
    valueOf(await api('listCustomers', { query })).items.map((one) => one.name);

  it.each([['ılgaz'], ['ILGAZ'], ['Ilgaz'], ['ilgaz'], ['İLGAZ']])('%s finds Ilgaz Sağlık', async (search) => {
    expect(await names(aylin, { search })).toEqual(['Ilgaz Sağlık']);
  });

  it('sorts Ç after C, I before İ, Ö after O in Turkish', async () => {
    const tr = await deployment.signIn('aylin@kuzey.example', 'tr');
    const sorted = (await names(tr, { limit: 200 })).filter((name) => !name.startsWith('Deneme'));
    expect(sorted).toEqual([
      'Anadolu Lojistik',
      'Boğaz Mimarlık',
      'Çınar Eczane',
      'Deniz Turizm',
      'Ege Gıda',
      'Fırat Enerji',
      'Göksu Hukuk',
      'Haliç Denizcilik',
      'Ilgaz Sağlık',
      'İzmir Tekstil',
      'Kapadokya Otel',
      'Lüleburgaz Cam',
      'Manavgat Süt',
      'Nevşehir Taş',
      'Ordu Fındık',
      'Pamukkale Spa',
      'Polatlı Tarım',
      'Rize Çay',
      'Safranbolu Evleri',
      'Tarsus Makina',
      'Uşak Halı',
      'Van Kahvaltı',
    ]);
  });

  it.each([['name'], ['-name'], ['domain'], ['-domain']])(
    'pages by %s give every customer once, in order',
    async (sort) => {
      const whole = await names(aylin, { sort, limit: 200 });
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = valueOf(
          await aylin('listCustomers', { query: { sort: sort as 'name', limit: 3, ...(cursor && { cursor }) } }),
        );
        paged.push(...page.items.map((one) => one.name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(paged).toEqual(whole);
    },
  );

  it('a percent sign is a letter, not a wildcard', async () => {
    expect(await names(aylin, { search: '%' })).toEqual([]);
  });
});

describe('a fee that fell due is taken back once', () => {
  it('though it was written and taken back by one and the same change of seats', async () => {
    const world = await startDeployment('empty', { now: '2026-03-01T09:00:00Z' });
    const api = await world.signIn('aylin@kuzey.example');
    const customer = world.context.newId();
    const body = {
      partnerId: PARTNERS.kuzey,
      customerId: customer,
      customerName: 'Borç',
      offerId: OFFERS.businessBasic,
      quantity: 10,
      purchasedOn: '2026-02-20',
      unitPrice: '7.00',
    };
    const { subscriptionId: subscription } = valueOf(await api('seedSubscription', { body }));
    const params = { customerId: customer, subscriptionId: subscription };
    const change = async (quantity: number, now: string) => {
      await world.moveClock(now);
      return valueOf(await api('changeSeats', { params, body: { quantity } }));
    };
    const first = await change(11, '2026-03-25T09:00:00Z');
    expect(first.dueLines.map((line) => [line.periodStart, line.amount.amount])).toEqual([['2026-03-20', '70.00']]);
    const second = await change(12, '2026-03-28T09:00:00Z');
    // Only the two slices of the first change are taken back, not the fee again.
    expect(second.lines.filter((line) => line.amount.amount.startsWith('-')).map((line) => line.quantity)).toEqual([
      10, 11,
    ]);
    await world.stop();
  });
});
