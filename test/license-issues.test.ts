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

const TRANSFER = 'upgrade_with_license_transfer';
type Held = { customerId: string; subscriptionId: string };

/** Ten seats of Business Basic at a new customer, each with its user. */
async function seed() {
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId: deployment.context.newId(),
    customerName: 'Zincir',
    offerId: OFFERS.businessBasic,
    quantity: 10,
    purchasedOn: '2026-09-13',
    users: 10,
  };
  return valueOf(await aylin('seedSubscription', { body }));
}

async function upgrade(held: Held, targetOfferId: string, api: Client = aylin) {
  const body = { targetOfferId, upgradeType: TRANSFER } as const;
  const { quoteId } = valueOf(await api('quoteUpgrade', { params: held, body }));
  return valueOf(await api('submitQuote', { params: { customerId: held.customerId, quoteId } }));
}

/** Works an issue off by giving its user a country. */
function locate(params: { customerId: string; upgradeId: string }, user: string, usageLocation = 'TR', api = aylin) {
  return api('resolveIssues', { params, body: { action: 'setUsageLocation', usageLocation, userIds: [user] } });
}

/** Of users, past the API: an upgrade finds them so. */
async function setUsageLocation(userIds: readonly string[], usageLocation: string | null) {
  await deployment.context.database.asSystem((tx) =>
    tx.query('update users set usage_location = $2 where user_id = any ($1)', [userIds, usageLocation]),
  );
}

describe('an issue outlives the target of its upgrade', () => {
  it('when that was upgraded in turn: the user moves to what it is now, and nobody is forgotten', async () => {
    const { userIds, ...basic } = await seed();
    const [early = '', late = ''] = userIds;
    await setUsageLocation([early], null);
    const first = await upgrade(basic, OFFERS.businessStandard);
    expect(first.licenses).toEqual({ moved: 9, openIssues: 1, settledIssues: 0 });

    await setUsageLocation([late], null);
    const standard = { customerId: basic.customerId, subscriptionId: first.target.subscriptionId ?? '' };
    const second = await upgrade(standard, OFFERS.o365E3);
    expect(second.licenses).toEqual({ moved: 8, openIssues: 1, settledIssues: 0 });

    for (const [{ upgradeId }, user] of [
      [first, early],
      [second, late],
    ] as const) {
      const params = { customerId: basic.customerId, upgradeId };
      expect(valueOf(await locate(params, user)).items).toMatchObject([{ status: 'moved' }]);
      expect(valueOf(await aylin('showUpgrade', { params })).work).toBe('done');
    }

    const held = await deployment.context.database.asSystem((tx) =>
      tx.query<{ user_id: string; subscription_id: string }>(
        'select user_id, subscription_id from licenses where customer_id = $1 order by user_id',
        [basic.customerId],
      ),
    );
    expect(held).toEqual(
      userIds.toSorted().map((user) => ({ user_id: user, subscription_id: second.target.subscriptionId })),
    );
    const { items } = valueOf(await aylin('listSubscriptions', { params: basic }));
    expect(Object.fromEntries(items.map((one) => [one.offerId, one.assigned]))).toEqual({
      [OFFERS.businessBasic]: 0,
      [OFFERS.businessStandard]: 0,
      [OFFERS.o365E3]: 10,
    });
  });

  it('and what still stands in the way is decided against the offer that it is now', async () => {
    const { userIds, ...basic } = await seed();
    const [user = ''] = userIds;
    await setUsageLocation([user], null);
    const first = await upgrade(basic, OFFERS.businessStandard);
    await upgrade({ ...basic, subscriptionId: first.target.subscriptionId ?? '' }, OFFERS.o365E3);
    const params = { customerId: basic.customerId, upgradeId: first.upgradeId };
    const faults = async (usageLocation: string) => valueOf(await locate(params, user, usageLocation)).items[0]?.faults;
    const [fault] = valueOf(await aylin('listIssues', { params })).items;
    expect(fault?.services).toEqual(['Microsoft 365 Business Standard']);
    // Business Standard may be used in Kazakhstan, Office 365 E3 may not.
    expect(await faults('KZ')).toMatchObject([
      { name: 'usage-location-not-allowed', message: expect.stringContaining('Office 365 Enterprise E3') },
    ]);
    expect(await faults('TR')).toEqual([]);
  });

  it('but not when its successor was canceled: then there is nothing to move to', async () => {
    const { userIds, ...basic } = await seed();
    const [user = ''] = userIds;
    await setUsageLocation([user], null);
    const { upgradeId, target } = await upgrade(basic, OFFERS.o365E1);
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `update subscriptions set status = 'deleted', ended_reason = 'cancelled', ended_at = $2 where subscription_id = $1`,
        [target.subscriptionId, deployment.context.clock.now().toString()],
      ),
    );
    const params = { customerId: basic.customerId, upgradeId };
    const retry = (action: 'retry' | 'leave') => aylin('resolveIssues', { params, body: { action, userIds: [user] } });
    expect(problemOf(await retry('retry')).refusals).toMatchObject([
      { name: 'subscription-not-active', evidence: { status: 'deleted', endedReason: 'cancelled', successorId: null } },
    ]);
    expect(valueOf(await retry('leave')).items).toMatchObject([{ status: 'left' }]);
  });
});

describe('settling', () => {
  it('asks for the privileges that the upgrade asked for: those for the services of the source', async () => {
    const { userIds, ...basic } = await seed();
    const [user = ''] = userIds;
    await setUsageLocation([user], null);
    const narrow = (families: readonly string[]) =>
      deployment.context.database.asSystem((tx) =>
        tx.query('update delegated_privileges set families = $2 where customer_id = $1', [basic.customerId, families]),
      );
    await narrow(['exchange', 'sharePoint', 'teams']);
    const { upgradeId } = await upgrade(basic, OFFERS.o365E3);
    const params = { customerId: basic.customerId, upgradeId };
    await narrow(['exchange', 'sharePoint']);
    expect(problemOf(await locate(params, user)).refusals).toMatchObject([
      { name: 'delegated-privileges-not-covering', evidence: { families: ['teams'] } },
    ]);
    await narrow(['exchange', 'sharePoint', 'teams']);
    expect(valueOf(await locate(params, user)).items).toMatchObject([{ status: 'moved' }]);
  });

  it('is written into the audit log with what was before and after, in ids alone', async () => {
    const { userIds, ...basic } = await seed();
    const [user = ''] = userIds;
    await setUsageLocation([user], null);
    const { upgradeId } = await upgrade(basic, OFFERS.o365E3);
    valueOf(await locate({ customerId: basic.customerId, upgradeId }, user));
    const rows = await deployment.context.database.read(PARTNERS.kuzey, (tx) =>
      tx.query<{ details: object }>(
        `select details from audit_records where customer_id = $1 and action = 'license-issue.settled'`,
        [basic.customerId],
      ),
    );
    expect(rows.map((row) => row.details)).toEqual([
      {
        action: 'setUsageLocation',
        users: [
          {
            userId: user,
            before: { status: 'open', faults: ['usage-location-missing'], usageLocation: null },
            after: { status: 'moved', faults: [], usageLocation: 'TR' },
            removedFrom: [],
          },
        ],
      },
    ]);
  });
});

describe('a license on an ended subscription is gone after 30 days (product decision 4)', () => {
  const izmir = { customerId: customerId(10), subscriptionId: subscriptionId(10) };

  it('and stands in nobody’s way any more, while its issue stays open', async () => {
    const world = await startDeployment();
    const api = await world.signIn('aylin@kuzey.example');
    const { upgradeId } = await upgrade(izmir, OFFERS.o365E3, api);
    const params = { customerId: izmir.customerId, upgradeId };
    const assigned = async () => valueOf(await api('showSubscription', { params: izmir })).assigned;
    await world.moveClock('2026-12-16T08:59:00Z');
    expect(await assigned()).toBe(7);
    await world.moveClock('2026-12-17T09:00:00Z');
    expect(await assigned()).toBe(0);
    const { items } = valueOf(await api('listIssues', { params, query: { status: 'open' } }));
    expect(items).toHaveLength(7);
    // The seat was kept for the user: the new subscription has one free, and the old license is swept with the move.
    expect(valueOf(await locate(params, userId(10, 1), 'TR', api)).items).toMatchObject([{ status: 'moved' }]);
    const left = await world.context.database.asSystem((tx) =>
      tx.query('select subscription_id from licenses where user_id = $1', [userId(10, 1)]),
    );
    expect(left).toHaveLength(1);
    await world.stop();
  });

  it('so that it excludes nothing in the plan of another upgrade', async () => {
    const world = await startDeployment();
    const api = await world.signIn('aylin@kuzey.example');
    // Users 03 and 04 hold Office 365 E1 beside it, whose SharePoint excludes that of E3.
    await world.context.database.asSystem((tx) =>
      tx.query(
        `update subscriptions set status = 'deleted', ended_reason = 'expired', ended_at = $2 where subscription_id = $1`,
        [subscriptionId(10, 2), world.context.clock.now().toString()],
      ),
    );
    const staying = async () => {
      const body = { targetOfferId: OFFERS.o365E3, upgradeType: TRANSFER } as const;
      const { transfer } = valueOf(await api('quoteUpgrade', { params: izmir, body }));
      return transfer.users.filter((user) => !user.moves).map((user) => user.userId);
    };
    const excluded = [userId(10, 3), userId(10, 4)];
    await world.moveClock('2026-12-16T08:59:00Z');
    expect(await staying()).toEqual(expect.arrayContaining(excluded));
    await world.moveClock('2026-12-17T09:00:00Z');
    const now = await staying();
    expect(now).toHaveLength(5);
    expect(now.filter((user) => excluded.includes(user))).toEqual([]);
    await world.stop();
  });
});

describe('the worklist as CSV', () => {
  it.each([
    ['text/csv', true],
    ['text/csv, application/json;q=0.5', true],
    ['application/json, text/csv;q=0.5', false],
    ['text/csv;q=0', false],
    ['*/*', false],
  ])('for Accept: %s is given: %s', async (accept, given) => {
    const { userIds: _, ...basic } = await seed();
    const { upgradeId } = await upgrade(basic, OFFERS.o365E3);
    const token = await deployment.tokenOf('aylin@kuzey.example');
    const response = await fetch(`${deployment.url}/api/customers/${basic.customerId}/upgrades/${upgradeId}/issues`, {
      headers: { authorization: `Bearer ${token}`, accept },
    });
    expect(response.headers.get('content-type')?.startsWith('text/csv')).toBe(given);
    await response.text();
  });
});
