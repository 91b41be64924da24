import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { connect, customerPath, type PartnerCenter } from './partner-center-client.ts';

const BASIC = 'cfq7ttc0lh18:0001';
const BASIC_ITEM = 'CFQ7TTC0LH18:0001:YUKSELT00002';
/** Pamukkale Spa holds nothing yet. */
const SPA = { customerId: customerId(16) };

type Body = Record<'id' | 'offerId' | 'status' | 'promotionId' | 'cancellationAllowedUntilDate', string> & {
  readonly code: number;
  readonly quantity: number;
  readonly termDuration: string;
  readonly commitmentEndDate: string;
  readonly refundOptions: readonly { readonly type: string; readonly expiresAt: string }[];
  readonly refundableQuantity: { readonly totalQuantity: number };
  readonly actions: readonly string[];
  readonly attributes: { readonly etag: string };
  readonly items: readonly Body[];
  readonly orders: readonly {
    readonly id: string;
    readonly lineItems: readonly { readonly subscriptionId: string }[];
  }[];
};

let deployment: TestDeployment;
let api: Client;
let user: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.standAt(TEST_NOW);
  await price();
  api = await deployment.signIn('aylin@kuzey.example');
  user = await connect<Body>(deployment);
});

/** Business Basic on new commerce: 10.08 for a month, 8.40 a month for a year. */
async function price() {
  await deployment.context.database.asSystem((tx) =>
    tx.query(
      `insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, unit_price)
       select distinct p.price_list_id, $1, t.term, 'monthly', '2026-11-01'::date, t.price
       from partners p, (values ('P1M', 10.08), ('P1Y', 8.40)) as t (term, price) on conflict do nothing`,
      [BASIC],
    ),
  );
}

const line = (quantity: number, rest: object = {}) => ({
  offerId: BASIC,
  quantity,
  billingCycle: 'monthly' as const,
  termDuration: 'P1M' as const,
  ...rest,
});

async function buy(quantity: number, purchaseId = randomUUID()) {
  const { orders } = valueOf(await api('purchase', { params: SPA, body: { purchaseId, lines: [line(quantity)] } }));
  return { ...SPA, subscriptionId: orders[0]?.subscriptions[0]?.subscriptionId ?? '' };
}

async function billed(params: { customerId: string; subscriptionId: string }) {
  const { items } = valueOf(await api('listCharges', { params }));
  // Lines of one act stand in no order of their own.
  const placeOf = (one: (typeof items)[number]) => `${one.createdAt} ${String(one.quantity).padStart(4, '0')}`;
  const inOrder = items.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  return inOrder.map((one) => `${one.chargeType} ${one.quantity} x ${one.days}: ${one.amount.amount}`);
}

async function seats(params: { customerId: string; subscriptionId: string }, quantity: number) {
  const answer = await api('changeSeats', { params, body: { quantity } });
  return answer.ok ? answer.value.quantity.after : reasonsOf(answer);
}

function reasonsOf(answer: { ok: boolean; problem?: object }) {
  const { refusals = [] } = (answer.problem ?? {}) as { refusals?: readonly { name: string }[] };
  return refusals.map(({ name }) => name);
}

describe('a purchase on new commerce', () => {
  test('is shown with its terms before it is made, and bills the first month (B8)', async () => {
    const body = { lines: [line(10)] };
    const shown = valueOf(await api('previewPurchase', { params: SPA, body }));
    expect(shown).toMatchObject({
      net: { amount: '100.80', currency: 'USD' },
      items: [
        {
          platform: 'newCommerce',
          termEndsOn: '2026-12-15',
          cancellableUntil: expect.stringMatching(/^2026-11-23T09:0/),
        },
      ],
    });
    const bought = await buy(10);
    expect(await billed(bought)).toEqual(['new 10 x 30: 100.80']);
    expect(valueOf(await api('showSubscription', { params: bought }))).toMatchObject({
      platform: 'newCommerce',
      quantity: 10,
      unitPrice: '10.08',
    });
  });

  test('may end with a calendar month, on days that its preview tells (N24)', async () => {
    const lines = [line(10, { termDuration: 'P1Y' })];
    const [shown] = valueOf(await api('previewPurchase', { params: SPA, body: { lines } })).items;
    expect(shown?.ends[0]).toEqual({ endsOn: '2026-11-30', alignsWith: null });
    expect(shown?.ends.at(-1)).toEqual({ endsOn: '2027-10-31', alignsWith: null });
  });

  test('under one purchase id is one purchase, however often it is sent', async () => {
    const purchaseId = randomUUID();
    expect(await buy(10, purchaseId)).toEqual(await buy(10, purchaseId));
    expect(valueOf(await api('listSubscriptions', { params: SPA })).items).toHaveLength(1);
  });

  test('takes off the promotion that holds, and the charge names it (N44)', async () => {
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `insert into promotions (promotion_id, offer_id, term_duration, discount_basis_points, valid_from, valid_until)
         values ('test-half', $1, 'P1M', 5000, '2026-11-01', '2026-11-30')`,
        [BASIC],
      ),
    );
    const bought = await buy(10);
    expect(await billed(bought)).toEqual(['new 10 x 30: 50.40']);
    expect((await user('GET', `${customerPath(16)}/subscriptions/${bought.subscriptionId}`)).body.promotionId).toBe(
      'test-half',
    );
    await deployment.context.database.asSystem((tx) =>
      tx.query(`delete from promotions where promotion_id = 'test-half'`),
    );
  });
});

describe('seats on new commerce', () => {
  test('are asked within limits that the preview of the same number tells (N26, N27, N28, N32)', async () => {
    const bought = await buy(10);
    expect(await seats(bought, 12)).toBe(12);
    const { limits } = valueOf(await api('previewSeats', { params: bought, body: { quantity: 12 } }));
    const newCommerce = { heldElsewhere: 0, removable: 12, updates: 1, mostUpdates: 1200 };
    expect(limits).toEqual({ min: 1, max: 300, newCommerce });
  });

  test('are added at any time, and can go again for seven days, each batch for itself (N26, B7.4)', async () => {
    const bought = await buy(10);
    await deployment.moveClock('2026-11-18T09:00:00Z');
    expect(await seats(bought, 12)).toBe(12);
    expect(await billed(bought)).toEqual([
      'new 10 x 30: 100.80',
      'addQuantity 10 x 28: -94.00',
      'addQuantity 12 x 28: 112.80',
    ]);
    const { items } = valueOf(await api('listCharges', { params: bought }));
    expect(new Set(items.slice(1).map(({ referenceId }) => referenceId)).size).toBe(1);
    await deployment.moveClock('2026-11-24T09:00:00Z');
    expect(await seats(bought, 9)).toEqual(['seats-not-removable']);
    expect(await seats(bought, 10)).toBe(10);
    expect(await seats(bought, 9)).toEqual(['seats-not-removable']);
  });

  test('have one maximum for all partners of the customer (N28), and the message names what is left', async () => {
    const bought = await buy(100);
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `insert into subscriptions (customer_id, subscription_id, partner_id, channel, offer_id, order_id, quantity, billing_cycle,
           auto_renew, unit_price, currency, purchased_on, term_starts_on, term_ends_on, billed_through, status, provisioning,
           platform, term_duration)
         values ($1, $2, $3, 'csp', $4, $2, 150, 'monthly', true, 1, 'USD', '2026-11-16', '2026-11-16', '2026-12-15', '2026-12-15',
           'active', 'success', 'newCommerce', 'P1M')`,
        [SPA.customerId, randomUUID(), PARTNERS.westwind, BASIC],
      ),
    );
    const refused = await api('previewSeats', { params: bought, body: { quantity: 151 } });
    expect(refused.ok ? [] : refused.problem).toMatchObject({
      refusals: [{ name: 'tenant-maximum-exceeded', evidence: { max: 300, held: 150, requested: 151 } }],
    });
    const path = `${customerPath(16)}/subscriptions/${bought.subscriptionId}`;
    expect(await user('PATCH', path, { body: { quantity: 151 } })).toMatchObject({
      status: 403,
      body: { code: 800088, description: expect.stringContaining('150 are left') as string },
    });
    expect(await seats(bought, 150)).toBe(150);
  });

  test('tell which users would lose a license, on either platform', async () => {
    const params = { customerId: customerId(10), subscriptionId: subscriptionId(10) };
    const { assigned } = valueOf(await api('showSubscription', { params }));
    const refused = await api('previewSeats', { params, body: { quantity: assigned - 2 } });
    const [reason] = refused.ok ? [] : (refused.problem as { refusals: { evidence: { users: object[] } }[] }).refusals;
    expect(reason?.evidence.users).toHaveLength(2);
  });
});

describe('a cancellation', () => {
  const cancel = (params: { customerId: string; subscriptionId: string }, version = 1) =>
    api('cancelSubscription', { params, body: { version } });

  test('within a day gives everything back, is shown before, and is done once (N34, C3)', async () => {
    const bought = await buy(10);
    await deployment.moveClock('2026-11-17T08:59:00Z');
    const shown = valueOf(await api('previewCancellation', { params: bought }));
    expect(shown).toMatchObject({ refund: 'full', net: { amount: '-100.80' }, version: 1 });
    expect(valueOf(await cancel(bought))).toMatchObject({ refund: 'full', version: 2 });
    expect(valueOf(await cancel(bought))).toMatchObject({ lines: [] });
    expect(await billed(bought)).toEqual(['new 10 x 30: 100.80', 'cancelImmediate 10 x 30: -100.80']);
    expect(valueOf(await api('showSubscription', { params: bought }))).toMatchObject({
      status: 'deleted',
      endedReason: 'cancelled',
    });
  });

  test('after seven days is refused with what to do instead (N33)', async () => {
    const bought = await buy(10);
    await deployment.moveClock('2026-11-23T09:10:00Z');
    const refused = await cancel(bought);
    expect(refused.ok ? [] : refused.problem).toMatchObject({
      refusals: [
        { name: 'cancellation-window-passed', action: 'turn-auto-renew-off', evidence: { renewsOn: '2026-12-16' } },
      ],
    });
  });

  test('of another version than the one looked at is refused', async () => {
    expect(await cancel(await buy(10), 7)).toMatchObject({ ok: false, problem: { code: 'changed-meanwhile' } });
  });

  test('on the legacy platform gives the rest of the days back at any time (B1.4)', async () => {
    const params = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
    const { version, quantity, assigned } = valueOf(await api('showSubscription', { params }));
    expect(assigned).toBeGreaterThan(0);
    const cancelled = valueOf(await cancel(params, version));
    expect(cancelled.lines.every((one) => one.chargeType === 'Cancel fee' && one.quantity === quantity)).toBe(true);
    expect(valueOf(await api('showSubscription', { params })).status).toBe('deleted');
  });
});

describe('on the Partner Center API', () => {
  const PATH = `${customerPath(16)}/subscriptions`;
  const cart = async (rest: object) => {
    const item = { catalogItemId: BASIC_ITEM, quantity: 10, billingCycle: 'monthly', termDuration: 'P1M', ...rest };
    const { body } = await user('POST', `${customerPath(16)}/carts`, { body: { lineItems: [item] } });
    return (await user('POST', `${customerPath(16)}/carts/${body.id}/checkout`)).body;
  };

  test('a cart with a product is ordered for its term, and can end with a calendar month (N24)', async () => {
    const { orders } = await cart({ customTermEndDate: '2026-11-30T00:00:00Z' });
    const id = orders[0]?.lineItems[0]?.subscriptionId ?? '';
    expect(await billed({ ...SPA, subscriptionId: id })).toEqual(['new 10 x 15: 50.40']);
    expect((await user('GET', `${PATH}/${id}`)).body).toMatchObject({
      offerId: BASIC_ITEM,
      termDuration: 'P1M',
      commitmentEndDate: '2026-11-30T00:00:00Z',
    });
  });

  test('a subscription tells until when it can be cancelled and seats can go (N37), and is cancelled by its status', async () => {
    const { orders } = await cart({});
    const path = `${PATH}/${orders[0]?.lineItems[0]?.subscriptionId}`;
    const { body } = await user('GET', path);
    expect(body).toMatchObject({
      cancellationAllowedUntilDate: expect.stringMatching(/^2026-11-23T09:0/),
      refundOptions: [
        { type: 'Full', expiresAt: expect.stringMatching(/^2026-11-17T09:0/) },
        { type: 'Partial', expiresAt: expect.stringMatching(/^2026-11-23T09:0/) },
      ],
      refundableQuantity: {
        totalQuantity: 10,
        details: [{ quantity: 10, allowedUntilDateTime: expect.stringMatching(/^2026-11-23T09:0/) }],
      },
      actions: ['Cancel', 'Edit'],
    });
    expect(await user('PATCH', path, { body: { ...body, status: 'deleted' } })).toMatchObject({
      status: 200,
      body: { status: 'deleted', actions: [] },
    });
    expect(await user('PATCH', path, { body: { quantity: 3 } })).toMatchObject({ status: 400, body: { code: 2011 } });
  });

  test('a cancellation after seven days is 400/900117', async () => {
    const { orders } = await cart({});
    await deployment.moveClock('2026-11-24T09:00:00Z');
    user = await connect<Body>(deployment);
    const path = `${PATH}/${orders[0]?.lineItems[0]?.subscriptionId}`;
    expect(await user('PATCH', path, { body: { status: 'deleted' } })).toMatchObject({
      status: 400,
      body: { code: 900117 },
    });
    expect(await user('PATCH', path, { body: { quantity: 9 } })).toMatchObject({ status: 400, body: { code: 900257 } });
  });

  test('an order of the legacy platform changes how often it is billed (B5), one of new commerce does not', async () => {
    const lineItems = [{ lineItemNumber: 0, offerId: OFFERS.businessBasic, quantity: 3 }];
    const { body } = await user('POST', `${customerPath(16)}/orders`, { body: { lineItems, billingCycle: 'monthly' } });
    await deployment.moveClock('2026-12-01T09:00:00Z');
    user = await connect<Body>(deployment);
    const path = `${customerPath(16)}/orders/${body.id}`;
    const changed = await user('PATCH', path, { body: { billingCycle: 'annual' } });
    expect(changed).toMatchObject({ status: 200, body: { billingCycle: 'annual' } });
    const [held] = (await user('GET', PATH)).body.items;
    expect(held?.commitmentEndDate).toBe('2027-11-30T00:00:00Z');
    expect((await billed({ ...SPA, subscriptionId: held?.id ?? '' })).toSorted()).toEqual([
      'Cycle fee 3 x 30: 21.00',
      'Prorate fees when convert away from current offering 3 x 365: 252.00',
      'Prorate fees when convert to a new offering 3 x 15: -10.50',
    ]);
    const { orders } = await cart({});
    const other = `${customerPath(16)}/orders/${orders[0]?.id}`;
    expect(await user('PATCH', other, { body: { billingCycle: 'annual' } })).toMatchObject({
      status: 400,
      body: { code: 800097 },
    });
  });
});
