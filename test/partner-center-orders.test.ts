import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, subscriptionPath } from './partner-center-client.ts';

type Line = {
  readonly lineItemNumber: number;
  readonly offerId: string;
  readonly subscriptionId: string;
  readonly parentSubscriptionId?: string;
  readonly quantity: number;
};
type CartLine = { readonly orderGroup: string; readonly error?: { readonly errorCode: string } };
type Order = { readonly id: string; readonly billingCycle: string; readonly lineItems: readonly Line[] };
type Body = Record<'id' | 'description' | 'status' | 'orderId' | 'billingCycle', string> & {
  readonly code: number;
  readonly items: readonly (Body & Order)[];
  readonly lineItems: readonly (Line & CartLine)[];
  readonly orders: readonly Order[];
  readonly orderErrors: readonly { readonly orderGroupId: string; readonly code: number }[];
  readonly targetSubscriptionId?: string;
};

const O365_F3 = '6fbad345-b7de-42a6-b6ab-79b363d0b371';
/** Pamukkale Spa holds nothing yet. */
const SPA = customerPath(16);

let deployment: TestDeployment;
let user: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
  user = await connect(deployment);
  await priceAddOn();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  const body = JSON.stringify({ scenario: 'demo' });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${deployment.url}/api/sandbox/reset`, { method: 'POST', body, headers });
});

const order = (lineItems: unknown[], rest: object = {}) =>
  user('POST', `${SPA}/orders`, { body: { lineItems, ...rest } });
const line = (offerId: string, quantity: number, rest: object = {}) => ({
  lineItemNumber: 0,
  offerId,
  quantity,
  ...rest,
});
const held = async (path = SPA) => (await user('GET', `${path}/subscriptions`)).body.items;

/** What was billed for a subscription, as it stands in the ledger. */
async function billed(of: TestDeployment, customer: number, subscription: string) {
  const api = await of.signIn('aylin@kuzey.example');
  const params = { customerId: customerId(customer), subscriptionId: subscription };
  const { items } = valueOf(await api('listCharges', { params }));
  return items.map((one) => `${one.chargeType} ${one.periodStart}..${one.periodEnd} ${one.amount.amount}`);
}

/** Lets the add-on of the demo be bought: no public price list has it. */
async function priceAddOn() {
  await deployment.context.database.asSystem((tx) =>
    tx.query(
      `insert into prices (price_list_id, offer_id, billing_cycle, valid_from, unit_price)
       select price_list_id, $1, 'monthly', '2015-01-01', 3 from partners where partner_id = $2 on conflict do nothing`,
      [OFFERS.archivingAddOn, PARTNERS.kuzey],
    ),
  );
}

describe('an order', () => {
  test('of one line buys a subscription for twelve months from today, at the list price', async () => {
    const ordered = await order([line(OFFERS.businessBasic, 3, { friendlyName: 'Spa' })], { billingCycle: 'monthly' });
    expect(ordered).toMatchObject({
      status: 201,
      body: {
        referenceCustomerId: customerId(16),
        billingCycle: 'monthly',
        currencyCode: 'USD',
        currencySymbol: '$',
        creationDate: '2026-11-16T00:00:00Z',
        status: 'completed',
        transactionType: 'UserPurchase',
        lineItems: [
          {
            lineItemNumber: 0,
            offerId: OFFERS.businessBasic,
            friendlyName: 'Spa',
            quantity: 3,
            termDuration: 'P1Y',
            attributes: { objectType: 'OrderLineItem' },
          },
        ],
        attributes: { objectType: 'Order' },
      },
    });
    const [bought] = await held();
    expect(bought).toMatchObject({
      id: ordered.body.lineItems[0]?.subscriptionId,
      orderId: ordered.body.id,
      friendlyName: 'Spa',
      quantity: 3,
      status: 'active',
      autoRenewEnabled: true,
      commitmentEndDate: '2027-11-15T00:00:00Z',
    });
    expect(await billed(deployment, 16, bought?.id ?? '')).toEqual(['Cycle fee 2026-11-16..2026-12-15 21.00']);
  });

  test('of an annual billing cycle is billed for the year at once', async () => {
    const { body } = await order([line(OFFERS.businessBasic, 3)], { billingCycle: 'annual' });
    const lines = await billed(deployment, 16, body.lineItems[0]?.subscriptionId ?? '');
    expect(lines).toEqual(['Prorate fees when purchase 2026-11-16..2027-11-15 252.00']);
  });

  test('is billed as in the published example: 4.00 for the first month from the day of purchase (B3)', async () => {
    const past = await startDeployment('demo', { now: '2018-01-13T09:00:00Z' });
    try {
      const client = await connect<Body>(past);
      const { body } = await client('POST', `${SPA}/orders`, { body: { lineItems: [line(O365_F3, 1)] } });
      const lines = await billed(past, 16, body.lineItems[0]?.subscriptionId ?? '');
      expect(lines).toEqual(['Cycle fee 2018-01-13..2018-02-12 4.00']);
    } finally {
      await past.stop();
    }
  });

  test('is written down in the audit log, with who bought what', async () => {
    const { body } = await order([line(OFFERS.businessBasic, 3)]);
    const [row] = await deployment.context.database.asSystem((tx) =>
      tx.query(`select action, subject_id, details from audit_records where action = 'subscription.purchased'`),
    );
    expect(row).toMatchObject({
      subject_id: body.lineItems[0]?.subscriptionId,
      details: { after: { orderId: body.id, offerId: OFFERS.businessBasic, quantity: 3, billingCycle: 'monthly' } },
    });
  });

  test('of several lines is several subscriptions in the order of their numbers', async () => {
    const lines = [line(OFFERS.o365E1, 2, { lineItemNumber: 1 }), line(OFFERS.businessBasic, 5)];
    const { body } = await order(lines);
    expect(body.lineItems.map(({ lineItemNumber, offerId, quantity }) => [lineItemNumber, offerId, quantity])).toEqual([
      [0, OFFERS.businessBasic, 5],
      [1, OFFERS.o365E1, 2],
    ]);
    const found = await user('GET', `${SPA}/subscriptions?order_id=${body.id}`);
    expect(found.body.items).toHaveLength(2);
    expect((await user('GET', `${SPA}/orders/${body.id.toUpperCase()}`)).body).toEqual(body);
    expect((await user('GET', `${SPA}/orders`)).body.items).toEqual([body]);
  });

  test('is made whole or not at all', async () => {
    const refused = await order([
      line(OFFERS.businessBasic, 5),
      line(OFFERS.businessBasic, 301, { lineItemNumber: 1 }),
    ]);
    expect(refused).toMatchObject({ status: 400, body: { code: 2002 } });
    expect(await held()).toEqual([]);
    expect((await user('GET', `${SPA}/orders`)).body.items).toEqual([]);
  });

  test('gives a subscription that can be upgraded, and the upgrade makes an order of its own', async () => {
    const { body } = await order([line(OFFERS.businessBasic, 5)]);
    const path = `${SPA}/subscriptions/${body.lineItems[0]?.subscriptionId}/upgrades`;
    const upgraded = await user('POST', path, {
      body: { targetOffer: { id: OFFERS.o365E3 }, upgradeType: 'upgrade_only' },
    });
    const orders = (await user('GET', `${SPA}/orders`)).body.items;
    expect(new Set(orders.map(({ lineItems }) => lineItems[0]?.offerId))).toEqual(
      new Set([OFFERS.businessBasic, OFFERS.o365E3]),
    );
    const target = orders.find(({ id }) => id !== body.id);
    expect(target?.lineItems.map((one) => one.subscriptionId)).toEqual([upgraded.body.targetSubscriptionId]);
  });

  test('is pending as long as its subscription is', async () => {
    const [only] = (await user('GET', `${customerPath(12)}/orders`)).body.items;
    expect(only?.status).toBe('pending');
  });

  test.each([
    [
      'the .NET SDK, in Pascal case with nulls',
      {
        BillingCycle: 'unknown',
        LineItems: [
          {
            LineItemNumber: 0,
            OfferId: OFFERS.businessBasic.toUpperCase(),
            Quantity: 3,
            FriendlyName: null,
            ParentSubscriptionId: null,
            PartnerIdOnRecord: null,
            ProvisioningContext: null,
            Attributes: { ObjectType: 'OrderLineItem' },
          },
        ],
        Attributes: { ObjectType: 'Order' },
      },
    ],
    [
      'the Java SDK, with attributes and empty links',
      {
        attributes: { objectType: 'Order' },
        billingCycle: 'monthly',
        referenceCustomerId: customerId(16),
        lineItems: [
          {
            attributes: { objectType: 'OrderLineItem' },
            lineItemNumber: 0,
            offerId: OFFERS.businessBasic.toUpperCase(),
            quantity: 3,
            links: {},
          },
        ],
      },
    ],
    [
      'the Node client, with numbers given by it',
      { lineItems: [{ lineItemNumber: 0, offerId: OFFERS.businessBasic, quantity: 3 }], billingCycle: 'monthly' },
    ],
    [
      'PowerShell, with the billing cycle as a number',
      { BillingCycle: 1, LineItems: [{ OfferId: OFFERS.businessBasic, Quantity: 3 }] },
    ],
  ])('comes from %s', async (_client, body) => {
    const ordered = await user('POST', `${SPA}/orders/`, { body });
    expect(ordered).toMatchObject({
      status: 201,
      body: { billingCycle: 'monthly', lineItems: [{ offerId: OFFERS.businessBasic, quantity: 3 }] },
    });
  });

  test('sent ten times at once under one MS-RequestId is one order, with ten equal answers', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const body = { lineItems: [line(OFFERS.businessBasic, 3)] };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => user('POST', `${SPA}/orders`, { body, headers })),
    );
    expect(new Set(answers.map((one) => JSON.stringify([one.status, one.body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await held()).toHaveLength(1);
  });

  test('whose first answer was lost is not made again by the repeat', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const body = { lineItems: [line(OFFERS.businessBasic, 3)] };
    const first = await user('POST', `${SPA}/orders`, { body, headers });
    await deployment.context.database.asSystem((tx) => tx.query('delete from replies'));
    const repeat = await user('POST', `${SPA}/orders`, { body, headers });
    expect(repeat).toMatchObject({ status: 201, body: first.body });
    expect(await held()).toHaveLength(1);
  });

  test.each([
    ['of nothing', [], 400, 3000],
    ['without an offer', [{ quantity: 1 }], 400, 900142],
    ['without a quantity', [{ offerId: OFFERS.businessBasic }], 400, 3000],
    ['of half a license', [line(OFFERS.businessBasic, 1.5)], 400, 3000],
    ['of no license', [line(OFFERS.businessBasic, 0)], 400, 2002],
    ['of more than the offer allows', [line(OFFERS.businessBasic, 301)], 400, 2002],
    ['of more than there are numbers for', [line(OFFERS.o365E1, Number.MAX_SAFE_INTEGER)], 400, 2002],
    ['of an unknown offer', [line(randomUUID(), 1)], 400, 800004],
    ['of what is no id at all', [line('Business Basic', 1)], 400, 800004],
    ['of an offer for India', [line(OFFERS.businessBasicIndia, 1)], 403, 2085],
    ['of an offer without a price', [line(OFFERS.sahaFormlari, 1)], 403, 2091],
    ['of an add-on on nothing', [line(OFFERS.archivingAddOn, 1)], 400, 800029],
    [
      'of a base offer on another',
      [line(OFFERS.businessBasic, 1, { parentSubscriptionId: randomUUID() })],
      400,
      800029,
    ],
    ['with a parent that is no id', [line(OFFERS.archivingAddOn, 1, { parentSubscriptionId: 'x' })], 400, 3000],
    ['with one number twice', [line(OFFERS.businessBasic, 1), line(OFFERS.o365E1, 1)], 400, 800071],
    ['with another partner on record', [line(OFFERS.businessBasic, 1, { partnerIdOnRecord: '5462014' })], 400, 2071],
    ['under a name that cannot be stored', [line(OFFERS.businessBasic, 1, { friendlyName: 'a\0b' })], 400, 3000],
    ['of lines that are none', [null, 'x', 7], 400, 900142],
    ['with a promotion', [line(OFFERS.businessBasic, 1, { promotionId: '39NFJQT1X27N' })], 400, 27007],
    ['for a month', [line(OFFERS.businessBasic, 1, { termDuration: 'P1M' })], 400, 800121],
  ])('%s is refused, and nothing is bought', async (_what, lines, status, code) => {
    const refused = await order(lines);
    expect(refused).toMatchObject({ status, body: { code } });
    expect(await held()).toEqual([]);
  });

  test.each([
    ['annual', OFFERS.o365E5],
    ['triennial', OFFERS.businessBasic],
  ])('billed %s is refused where the offer is not sold so', async (billingCycle, offerId) => {
    expect(await order([line(offerId, 1)], { billingCycle })).toMatchObject({ status: 400, body: { code: 6001 } });
  });

  test('needs a reseller relationship', async () => {
    const relate = (reseller: boolean) =>
      deployment.context.database.asSystem((tx) =>
        tx.query('update relationships set reseller = $1 where customer_id = $2', [reseller, customerId(16)]),
      );
    await relate(false);
    expect(await order([line(OFFERS.businessBasic, 1)])).toMatchObject({ status: 403, body: { code: 20002 } });
  });

  test('needs no delegated privileges (R10)', async () => {
    const body = { lineItems: [line(OFFERS.o365E1, 1)] };
    expect((await user('POST', `${customerPath(4)}/orders`, { body })).status).toBe(201);
  });

  test('needs the role of an Admin or Sales agent', async () => {
    const roles = (names: string[]) =>
      deployment.context.database.asSystem((tx) =>
        tx.query(`update agents set roles = $1 where email = 'aylin@kuzey.example'`, [names]),
      );
    await roles(['helpdeskAgent']);
    expect(await order([line(OFFERS.businessBasic, 1)])).toMatchObject({ status: 403, body: { code: 1002 } });
    expect((await user('GET', `${SPA}/orders`)).status).toBe(200);
    await roles(['salesAgent']);
    expect((await order([line(OFFERS.businessBasic, 1)])).status).toBe(201);
  });

  test('is refused in the language of the client', async () => {
    const headers = { 'X-Locale': 'tr-TR' };
    const body = { lineItems: [line(OFFERS.businessBasic, 301)] };
    const { body: refused } = await user('POST', `${SPA}/orders`, { body, headers });
    expect(refused.description).toContain('İzin verilen lisans sayısı 1–300 (Microsoft 365 İş Temel); istenen: 301.');
  });

  test('says in the language of the client that no promotion can be chosen, in an order and in a cart', async () => {
    const headers = { 'X-Locale': 'tr-TR' };
    const promotionId = '39NFJQT1X27N';
    const sent = [
      ['orders', line(OFFERS.businessBasic, 1, { promotionId })],
      ['carts', { id: 0, catalogItemId: OFFERS.businessBasic, quantity: 1, promotionId }],
    ] as const;
    for (const [path, one] of sent) {
      const body = { lineItems: [one] };
      const { body: turkish } = await user('POST', `${SPA}/${path}`, { body, headers });
      expect(turkish).toMatchObject({
        code: 27007,
        description: 'Koşulları sağlanan promosyon kendiliğinden uygulanır; promotionId alanını boş bırakın.',
      });
      const { body: english } = await user('POST', `${SPA}/${path}`, { body });
      expect(english.description).toBe(
        'A promotion is applied by itself where its conditions hold; leave promotionId out.',
      );
    }
  });

  test('of a foreign customer is as one of a customer that does not exist', async () => {
    const body = { lineItems: [line(OFFERS.businessBasic, 1)] };
    for (const path of [customerPath(41), `/v1/customers/${randomUUID()}`]) {
      expect(await user('GET', `${path}/orders`)).toMatchObject({ status: 404, body: { code: 60003 } });
      expect(await user('POST', `${path}/orders`, { body })).toMatchObject({ status: 404, body: { code: 60003 } });
    }
    expect(await user('GET', `${SPA}/orders/${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 20000 } });
    const [foreign] = (
      await (
        await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind)
      )('GET', `${customerPath(8)}/orders`)
    ).body.items;
    expect(await user('GET', `${customerPath(8)}/orders/${foreign?.id}`)).toMatchObject({
      status: 404,
      body: { code: 20000 },
    });
  });
});

describe('a change of an order', () => {
  const orderOf = async (number: number, which = 1) =>
    (await user('GET', subscriptionPath(number, which))).body.orderId;

  test('adds an add-on to one of its subscriptions, billed like the rest of it', async () => {
    const path = `${customerPath(1)}/orders/${await orderOf(1)}`;
    const added = {
      LineItemNumber: 0,
      OfferId: OFFERS.archivingAddOn,
      Quantity: 2,
      ParentSubscriptionId: subscriptionId(1),
    };
    const headers = { 'MS-RequestId': randomUUID() };
    const add = () => user('PATCH', path, { body: { LineItems: [added] }, headers });
    const { status, body } = await add();
    expect(status).toBe(200);
    await deployment.context.database.asSystem((tx) => tx.query('delete from replies'));
    expect((await add()).body).toEqual(body);
    expect(body.lineItems).toMatchObject([
      { lineItemNumber: 0, subscriptionId: subscriptionId(1) },
      { lineItemNumber: 1, offerId: OFFERS.archivingAddOn, quantity: 2, parentSubscriptionId: subscriptionId(1) },
    ]);
    const addOn = body.lineItems[1]?.subscriptionId ?? '';
    expect(await billed(deployment, 1, addOn)).toEqual(['Cycle fee 2026-11-16..2026-12-15 6.00']);
    const addOns = await user('GET', `${subscriptionPath(1)}/addons`);
    expect(addOns.body.items.map(({ id }) => id)).toEqual([addOn]);
  });

  test.each([
    ['on nothing', {}, 4018],
    ['on a subscription of another order', { parentSubscriptionId: subscriptionId(10) }, 800029],
    ['on an unknown one', { parentSubscriptionId: randomUUID() }, 800029],
  ])('with an add-on %s is refused', async (_what, rest, code) => {
    const path = `${customerPath(10)}/orders/${await orderOf(10, 3)}`;
    const refused = await user('PATCH', path, { body: { lineItems: [line(OFFERS.archivingAddOn, 1, rest)] } });
    expect(refused).toMatchObject({ status: 400, body: { code } });
  });

  test('that sends back what it read changes nothing', async () => {
    const path = `${customerPath(1)}/orders/${await orderOf(1)}`;
    const { body: read } = await user('GET', path);
    expect(await user('PATCH', path, { body: read })).toMatchObject({ status: 200, body: read });
  });

  test.each([
    [3, 'annual', 6000],
    [1, 'triennial', 6001],
  ])('of customer %i to the billing cycle %s is refused with %i', async (number, billingCycle, code) => {
    const path = `${customerPath(number)}/orders/${await orderOf(number)}`;
    expect(await user('PATCH', path, { body: { billingCycle } })).toMatchObject({ status: 400, body: { code } });
    expect((await user('GET', path)).body.billingCycle).toBe('monthly');
  });
});

describe('a cart', () => {
  const item = (catalogItemId: string, quantity: number, rest: object = {}) => ({
    catalogItemId,
    quantity,
    billingCycle: 'monthly',
    ...rest,
  });
  const begin = (...lineItems: object[]) => user('POST', `${SPA}/carts`, { body: { lineItems } });
  const checkOut = (cart: string, headers = {}) => user('POST', `${SPA}/carts/${cart}/checkout`, { headers });

  test('lives for seven days, spelled as the Java SDK reads it', async () => {
    const begun = await begin(item(OFFERS.businessBasic.toUpperCase(), 3, { friendlyName: 'Spa' }));
    expect(begun).toMatchObject({
      status: 201,
      body: {
        status: 'Active',
        creationTimestamp: expect.stringMatching(/^2026-11-16T09:/) as string,
        expirationTimestamp: expect.stringMatching(/^2026-11-23T09:/) as string,
        lineItems: [{ id: 0, quantity: 3, friendlyName: 'Spa', currencyCode: 'USD', orderGroup: '0' }],
        attributes: { objectType: 'Cart' },
      },
    });
    expect(begun.body.lineItems[0]?.error).toBeUndefined();
    expect((await user('GET', `${SPA}/carts/${begun.body.id}`)).body).toEqual(begun.body);
    expect(await held()).toEqual([]);
  });

  test('becomes one order for each billing cycle', async () => {
    const { body } = await begin(
      item(OFFERS.businessBasic, 3),
      item(OFFERS.o365E1, 2, { billingCycle: 'annual' }),
      item(OFFERS.o365E3, 1),
    );
    expect(body.lineItems.map(({ orderGroup }) => orderGroup)).toEqual(['0', '1', '0']);
    const done = await checkOut(body.id);
    expect(done).toMatchObject({
      status: 201,
      body: { orderErrors: [], attributes: { objectType: 'CartCheckoutResult' } },
    });
    expect(done.body.orders.map(({ billingCycle, lineItems }) => [billingCycle, lineItems.length])).toEqual([
      ['monthly', 2],
      ['annual', 1],
    ]);
    expect(await held()).toHaveLength(3);
    expect((await user('GET', `${SPA}/carts/${body.id}`)).body.status).toBe('Ordered');
  });

  test('can be changed until it is ordered, and ordered once', async () => {
    const { body } = await begin(item(OFFERS.businessBasic, 3));
    const path = `${SPA}/carts/${body.id}`;
    const changed = await user('PUT', path, { body: { ...body, lineItems: [item(OFFERS.businessBasic, 4)] } });
    expect(changed).toMatchObject({ status: 200, body: { id: body.id, lineItems: [{ quantity: 4 }] } });
    expect((await checkOut(body.id)).body.orders[0]?.lineItems[0]?.quantity).toBe(4);
    expect(await checkOut(body.id)).toMatchObject({ status: 400, body: { code: 800065 } });
    expect(await user('PUT', path, { body })).toMatchObject({ status: 400, body: { code: 800065 } });
    expect(await held()).toHaveLength(1);
  });

  test('says of each line why it cannot be bought, and is ordered once that is put right', async () => {
    const wrong = [item(OFFERS.businessBasicIndia, 1), item(OFFERS.businessBasic, 301), item(OFFERS.archivingAddOn, 1)];
    const { status, body } = await begin(item(OFFERS.o365E1, 2, { billingCycle: 'annual' }), ...wrong);
    expect(status).toBe(201);
    expect(body.lineItems.map(({ error }) => error?.errorCode)).toEqual([
      undefined,
      'catalog_item_id_is_not_valid',
      'unable_to_process_cart_line_item',
      'subscription_is_not_valid',
    ]);
    const failed = await checkOut(body.id);
    expect(failed).toMatchObject({
      status: 201,
      body: { orders: [], orderErrors: [{ orderGroupId: '1', code: 2085 }] },
    });
    expect(await held()).toEqual([]);
    await user('PUT', `${SPA}/carts/${body.id}`, { body: { lineItems: [item(OFFERS.o365E1, 2)] } });
    expect((await checkOut(body.id)).body.orders).toHaveLength(1);
  });

  test('that became impossible meanwhile is not ordered', async () => {
    const { body } = await begin(item(OFFERS.businessBasic, 3));
    await deployment.context.database.asSystem((tx) =>
      tx.query('update relationships set reseller = false where customer_id = $1', [customerId(16)]),
    );
    expect((await checkOut(body.id)).body).toMatchObject({ orders: [], orderErrors: [{ code: 20002 }] });
  });

  test('checked out twice at once is one order', async () => {
    const { body } = await begin(item(OFFERS.businessBasic, 3));
    const answers = await Promise.all([checkOut(body.id), checkOut(body.id)]);
    expect(new Set(answers.map(({ status, body: { code } }) => `${status} ${code ?? ''}`))).toEqual(
      new Set(['201 ', '400 800065']),
    );
    expect(await held()).toHaveLength(1);
  });

  test('whose checkout lost its answer gives the same orders to the repeat', async () => {
    const { body } = await begin(item(OFFERS.businessBasic, 3));
    const headers = { 'MS-RequestId': randomUUID() };
    const first = await checkOut(body.id, headers);
    await deployment.context.database.asSystem((tx) => tx.query('delete from replies'));
    expect((await checkOut(body.id, headers)).body).toEqual(first.body);
    expect(await held()).toHaveLength(1);
  });

  test('is gone after its seven days', async () => {
    const { body } = await begin(item(OFFERS.businessBasic, 3));
    await deployment.context.database.asSystem((tx) =>
      tx.query(`update carts set expires_at = '2026-11-16T09:00:00Z'`),
    );
    expect(await user('GET', `${SPA}/carts/${body.id}`)).toMatchObject({ status: 404, body: { code: 800008 } });
    expect(await checkOut(body.id)).toMatchObject({ status: 404, body: { code: 800008 } });
  });

  test.each([
    ['of nothing', [], 800009],
    [
      'with add-ons inside of a line',
      [item(OFFERS.businessBasic, 1, { addonItems: [item(OFFERS.archivingAddOn, 1)] })],
      800009,
    ],
    ['without an item', [{ quantity: 1 }], 900142],
    [
      'with participants',
      [item(OFFERS.businessBasic, 1, { participants: [{ key: 'transaction_reseller', value: '1' }] })],
      2071,
    ],
  ])('%s is refused', async (_what, lines, code) => {
    expect(await begin(...lines)).toMatchObject({ status: 400, body: { code } });
  });

  test('of another partner or customer is as one that does not exist', async () => {
    const { body } = await begin(item(OFFERS.businessBasic, 3));
    const westwind = await connect<Body>(deployment, 'demo-westwind-user', PARTNERS.westwind);
    const absent = { status: 404, body: { code: 800008 } };
    const foreign = { status: 404, body: { code: 60003 } };
    expect(await westwind('GET', `${SPA}/carts/${body.id}`)).toMatchObject(foreign);
    expect(await westwind('POST', `${SPA}/carts/${body.id}/checkout`)).toMatchObject(foreign);
    expect(await user('GET', `${customerPath(1)}/carts/${body.id}`)).toMatchObject(absent);
    expect(
      await user('POST', `${customerPath(41)}/carts`, { body: { lineItems: [item(OFFERS.businessBasic, 1)] } }),
    ).toMatchObject({
      status: 404,
      body: { code: 60003 },
    });
  });
});
