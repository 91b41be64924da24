import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OFFERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, subscriptionPath } from './partner-center-client.ts';
import { setPolicy } from './waiting.ts';

type Error = { readonly code: number; readonly description: string };
type Item = {
  readonly operationId: string;
  readonly catalogItemId: string;
  readonly title: string;
  readonly quantity: number;
  readonly eligibilities: readonly {
    readonly isEligible: boolean;
    readonly transitionType: string;
    readonly errors: readonly Error[];
  }[];
  readonly subscriptionEligibilities: readonly {
    readonly isEligible: boolean;
    readonly subscriptionId: string;
    readonly errors: readonly Error[];
  }[];
  readonly events: readonly object[];
};
type Body = Item & {
  readonly code: number;
  readonly description: string;
  readonly toSubscriptionId: string;
  readonly totalCount: number;
  readonly items: readonly Item[];
  readonly transition: readonly Item[];
};

let deployment: TestDeployment;
let kuzey: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
  kuzey = await connect<Body>(deployment);
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
});

const BASIC = 'CFQ7TTC0LH18:0001:YUKSELT00002';
const STANDARD = 'CFQ7TTC0LDPB:0001:YUKSELT00003';
/** Rize Çay's hundred seats of Business Basic. */
const RIZE = subscriptionPath(21);
/** Safranbolu's sixty, beside twenty of Business Standard that can take them. */
const SAFRANBOLU = subscriptionPath(22);

const toStandard = { toCatalogItemId: STANDARD, quantity: 100, transitionType: 'transition_with_license_transfer' };
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  kuzey('POST', `${path}/transitions`, { body, headers });
const eligibilities = async (path: string, query = '') =>
  (await kuzey('GET', `${path}/transitionEligibilities${query}`)).body.items;
const standardOf = (items: readonly Item[]) => items.find(({ catalogItemId }) => catalogItemId === STANDARD);

describe('transition eligibilities', () => {
  test('name each target by its catalog item id, with both types', async () => {
    const items = await eligibilities(RIZE);
    expect(items.map(({ catalogItemId }) => catalogItemId)).toEqual([STANDARD, 'CFQ7TTC0LF8Q:0001:YUKSELT00006']);
    expect(standardOf(items)).toMatchObject({
      title: 'Microsoft 365 Business Standard',
      quantity: 100,
      eligibilities: [
        { isEligible: true, transitionType: 'transition_with_license_transfer', errors: [] },
        { isEligible: true, transitionType: 'transition_only', errors: [] },
      ],
      subscriptionEligibilities: [],
      attributes: { objectType: 'TransitionEligibility' },
    });
  });

  test('list what is there already and could take the seats, which nothing scheduled goes into', async () => {
    const expected = { isEligible: true, subscriptionId: subscriptionId(22, 2), subscriptionTermDuration: 'P1Y' };
    for (const query of ['', '?eligibilityType=immediate']) {
      expect(standardOf(await eligibilities(SAFRANBOLU, query))?.subscriptionEligibilities).toMatchObject([expected]);
    }
    expect(standardOf(await eligibilities(SAFRANBOLU, '?eligibilityType=Scheduled'))).toMatchObject({
      eligibilities: [{ isEligible: true }, { isEligible: true }],
      subscriptionEligibilities: [],
    });
  });

  test('say with a number of their own why one cannot take them', async () => {
    const [one] = standardOf(await eligibilities(subscriptionPath(23)))?.subscriptionEligibilities ?? [];
    expect(one).toMatchObject({ isEligible: false, errors: [{ code: 2 }] });
  });

  test('say that nothing can be scheduled where nothing renews', async () => {
    expect((await kuzey('PATCH', RIZE, { body: { autoRenewEnabled: false } })).status).toBe(200);
    const [only] = standardOf(await eligibilities(RIZE, '?eligibilityType=scheduled'))?.eligibilities ?? [];
    expect(only).toMatchObject({ isEligible: false, errors: [{ code: 0 }] });
    expect(standardOf(await eligibilities(RIZE))?.eligibilities[0]?.isEligible).toBe(true);
  });

  test('say of both types alike what could be scheduled, whoever asks (N42)', async () => {
    const alone = await connect<Body>(deployment, 'demo-kuzey');
    const { body } = await alone('GET', `${RIZE}/transitioneligibilities?eligibilityType=scheduled`);
    expect(standardOf(body.items)?.eligibilities).toEqual([
      { isEligible: true, transitionType: 'transition_with_license_transfer', errors: [] },
      { isEligible: true, transitionType: 'transition_only', errors: [] },
    ]);
  });

  test('of the specialized form of the same offer are scheduled alone, and that can be scheduled (N59)', async () => {
    const { offers } = deployment.context.catalog;
    const standard = offers.get(OFFERS.nceBusinessStandard);
    if (!standard?.product) throw new Error('no Business Standard');
    const specialized = { ...standard, product: { ...standard.product, specializes: OFFERS.nceBusinessBasic } };
    const world = { ...deployment.context.catalog, offers: new Map([...offers, [standard.offerId, specialized]]) };
    const special = await startDeployment('demo', { catalog: world });
    try {
      const ask = await connect<Body>(special);
      const of = async (type: string) => {
        const { body } = await ask('GET', `${RIZE}/transitionEligibilities?eligibilityType=${type}`);
        return standardOf(body.items)?.eligibilities.map(({ isEligible, errors }) => [isEligible, errors.length]);
      };
      expect(await of('immediate')).toEqual([
        [false, 1],
        [false, 1],
      ]);
      expect(await of('scheduled')).toEqual([
        [true, 0],
        [true, 0],
      ]);
      const aylin = await special.signIn('aylin@kuzey.example');
      const params = { customerId: 'c1000000-0000-4000-8000-000000000021', subscriptionId: subscriptionId(21) };
      const { targets } = valueOf(await aylin('showScheduledChange', { params }));
      expect(targets).toContainEqual(
        expect.objectContaining({ offerId: OFFERS.nceBusinessStandard, eligible: true, refusals: [] }),
      );
      const body = { offerId: OFFERS.nceBusinessStandard };
      expect(valueOf(await aylin('scheduleChange', { params, body })).scheduledChange).toMatchObject(body);
    } finally {
      await special.stop();
    }
  });

  test('are refused with license transfer to an application alone', async () => {
    const alone = await connect<Body>(deployment, 'demo-kuzey');
    const { body } = await alone('GET', `${RIZE}/transitioneligibilities`);
    expect(standardOf(body.items)?.eligibilities).toMatchObject([
      { isEligible: false, errors: [{ code: 5 }] },
      { isEligible: true },
    ]);
  });

  test('of a trial are its paid form and beyond, into nothing that is there (N18)', async () => {
    const items = await eligibilities(subscriptionPath(24));
    expect(items.map(({ catalogItemId }) => catalogItemId).slice(0, 2)).toEqual([BASIC, STANDARD]);
    for (const { subscriptionEligibilities } of items) expect(subscriptionEligibilities).toEqual([]);
  });

  test('are of one of the two kinds', async () => {
    const { status, body } = await kuzey('GET', `${RIZE}/transitionEligibilities?eligibilityType=someday`);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 900126 });
  });
});

describe('a transition', () => {
  test('of all seats keeps the subscription, and is found by its number in both spellings', async () => {
    const done = await post(RIZE, {
      ...toStandard,
      fromSubscriptionId: null,
      promotionId: null,
      toSubscriptionId: null,
    });
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({
      fromCatalogItemId: BASIC,
      fromSubscriptionId: subscriptionId(21),
      toCatalogItemId: STANDARD,
      toSubscriptionId: subscriptionId(21),
      quantity: 100,
      termDuration: 'P1Y',
      billingCycle: 'Monthly',
      transitionType: 'transition_with_license_transfer',
      events: [
        { name: 'Conversion', status: 'Completed', errors: [], attributes: { objectType: 'TransitionEvent' } },
        { name: 'LicenseReassignment', status: 'Completed', errors: [] },
      ],
      attributes: { objectType: 'Transition' },
    });
    const { operationId } = done.body;
    for (const query of ['', `?operationId=${operationId.toUpperCase()}`, `?operation-id=${operationId}`]) {
      const { body } = await kuzey('GET', `${RIZE}/transitions${query}`);
      expect(body.items).toEqual([done.body]);
      expect(body.transition).toEqual(body.items);
    }
    for (const unknown of [randomUUID(), '1']) {
      const { status, body } = await kuzey('GET', `${RIZE}/transitions?operationId=${unknown}`);
      expect({ status, items: body.items }).toEqual({ status: 200, items: [] });
    }
  });

  test('reads Pascal case, numbers for types and cycles in any case, as the .NET SDK sends them', async () => {
    const body = {
      ToCatalogItemId: STANDARD.toLowerCase(),
      Quantity: 40,
      TransitionType: 1,
      TermDuration: 'p1y',
      BillingCycle: 'Monthly',
    };
    const done = await post(RIZE, body);
    expect(done.body).toMatchObject({ quantity: 40, transitionType: 'transition_only' });
    expect(done.body.toSubscriptionId).not.toBe(subscriptionId(21));
    const { body: rest } = await kuzey('GET', RIZE);
    expect(rest.quantity).toBe(60);
  });

  test('goes into a subscription that is there', async () => {
    const toSubscriptionId = subscriptionId(22, 2);
    const done = await post(SAFRANBOLU, { ...toStandard, quantity: 60, toSubscriptionId });
    expect(done.body).toMatchObject({ toSubscriptionId, quantity: 60 });
    expect((await kuzey('GET', subscriptionPath(22, 2))).body.quantity).toBe(80);
  });

  test('that leaves users behind says so with number 12', async () => {
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `update users set usage_location = null where user_id = (
           select l.user_id from licenses l where l.subscription_id = $1 order by l.user_id limit 1)`,
        [subscriptionId(21)],
      ),
    );
    const { body } = await post(RIZE, toStandard);
    expect(body.events).toMatchObject([
      { name: 'Conversion', status: 'Completed' },
      { name: 'LicenseReassignment', status: 'Failed', errors: [{ code: 12 }] },
    ]);
  });

  test('is done once for a request that is repeated, ten times at once', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(RIZE, toStandard, headers)));
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 200, body: answers[0]?.body });
    expect((await kuzey('GET', `${RIZE}/transitions`)).body.totalCount).toBe(1);
  });

  test.each([
    ['without a target', { ...toStandard, toCatalogItemId: undefined }, 400, 3000],
    ['to an item that is not there', { ...toStandard, toCatalogItemId: 'CFQ7TTC0AAAA:0001:NOWHERE' }, 400, 800020],
    ['to a product that it cannot become', { ...toStandard, toCatalogItemId: BASIC }, 400, 800020],
    ['without a number of seats', { ...toStandard, quantity: undefined }, 400, 3000],
    ['of more seats than there are', { ...toStandard, quantity: 101 }, 400, 2002],
    ['without a type', { ...toStandard, transitionType: undefined }, 400, 3000],
    ['of a type that is not there', { ...toStandard, transitionType: 'upgrade' }, 400, 900126],
    ['to a shorter term', { ...toStandard, termDuration: 'P1M' }, 400, 900267],
    ['to a term that nobody sells', { ...toStandard, termDuration: 'P2Y' }, 400, 900268],
    ['to a term that this is not sold for', { ...toStandard, termDuration: 'P3Y' }, 400, 900268],
    ['to a cycle that is not there', { ...toStandard, billingCycle: 'weekly' }, 400, 900269],
    ['to a cycle that this is not sold with', { ...toStandard, billingCycle: 'none' }, 400, 900269],
    ['to a cycle longer than the term', { ...toStandard, billingCycle: 'Triennial' }, 400, 900270],
    ['into itself', { ...toStandard, toSubscriptionId: subscriptionId(21) }, 400, 900259],
    ['into what is not there', { ...toStandard, toSubscriptionId: subscriptionId(22, 2) }, 400, 900258],
    ['into no id', { ...toStandard, toSubscriptionId: 'the other one' }, 400, 3000],
    ['with a promotion of its own', { ...toStandard, promotionId: '39NFJQT20BNR' }, 400, 27007],
  ])('%s is refused with its number', async (_what, body, status, code) => {
    const refused = await post(RIZE, body);
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status, code });
    expect((await kuzey('GET', `${RIZE}/transitions`)).body.items).toEqual([]);
  });

  test('into another product, or one that is not active, is refused with its number', async () => {
    const into = (toSubscriptionId: string) => post(SAFRANBOLU, { ...toStandard, quantity: 60, toSubscriptionId });
    const aylin = await deployment.signIn('aylin@kuzey.example');
    const seed = async (more: object) => {
      const body = {
        partnerId: 'a1000000-0000-4000-8000-000000000001',
        customerId: 'c1000000-0000-4000-8000-000000000022',
        offerId: OFFERS.nceBusinessStandard,
        quantity: 1,
        purchasedOn: '2026-10-01',
        users: 0,
        ...more,
      };
      return valueOf(await aylin('seedSubscription', { body })).subscriptionId;
    };
    const other = await seed({ offerId: OFFERS.nceO365E1 });
    const suspended = await seed({ status: 'suspended' });
    const pending = await seed({ provisioning: 'pending' });
    const codes = [];
    for (const one of [other, suspended, pending]) codes.push((await into(one)).body.code);
    expect(codes).toEqual([900260, 900258, 900261]);
  });

  test('of more seats than the whole tenant may have names what is left (N28)', async () => {
    const refused = await post(subscriptionPath(25), { ...toStandard, quantity: 290 });
    expect(refused).toMatchObject({ status: 403, body: { code: 800088 } });
    expect(refused.body.description).toContain('280');
  });

  test('is not begun where it would have to wait, and says so', async () => {
    await setPolicy(deployment, { always: true });
    const { status, body } = await post(RIZE, toStandard);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 900280 });
    const aylin = await deployment.signIn('aylin@kuzey.example');
    const customerId = 'c1000000-0000-4000-8000-000000000021';
    const params = { customerId, subscriptionId: subscriptionId(21) };
    const wish = { targetOfferId: OFFERS.nceBusinessStandard, upgradeType: 'upgrade_only' } as const;
    const { quoteId } = valueOf(await aylin('quoteUpgrade', { params, body: wish }));
    valueOf(await aylin('submitQuote', { params: { customerId, quoteId } }));
    expect(await post(RIZE, toStandard)).toMatchObject({ status: 409, body: { code: 900278 } });
    expect((await kuzey('GET', `${RIZE}/transitions`)).body.items).toEqual([]);
  });

  test('of another partner’s subscription, or one that is not there, is not found', async () => {
    const westwind = await connect<Body>(deployment, 'demo-westwind-user', 'westwind.example');
    const foreign = await westwind('POST', `${RIZE}/transitions`, { body: toStandard });
    expect(foreign).toMatchObject({ status: 404, body: { code: 60003 } });
    const nowhere = await post(`${customerPath(21)}/subscriptions/${randomUUID()}`, toStandard);
    expect(nowhere).toMatchObject({ status: 404, body: { code: 20003 } });
  });
});

test('a new commerce subscription has no upgrades, only transitions', async () => {
  expect((await kuzey('GET', `${RIZE}/upgrades`)).body.items).toEqual([]);
  const body = { targetOffer: { id: OFFERS.businessStandard }, upgradeType: 'upgrade_only' };
  const { status, body: refused } = await kuzey('POST', `${RIZE}/upgrades`, { body });
  expect(status).toBe(200);
  expect(refused).toMatchObject({ upgradeErrors: [{ code: 8 }] });
});
