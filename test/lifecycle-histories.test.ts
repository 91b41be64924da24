import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { OFFERS } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { type Act, type Deed, modelOf, PRICES } from './lifecycle-model.ts';
import {
  bringAllUpToDate,
  day,
  linesOf,
  priceChain,
  priceProducts,
  PRODUCTS,
  type Sold,
  sellProduct,
  stateOf,
} from './lifecycle-steps.ts';

const AYLIN = 'aylin@kuzey.example';
let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment('empty');
  await priceProducts(deployment, '6.00');
  await deployment.context.database.asSystem((tx) => tx.query('truncate promotions'));
});
afterAll(() => deployment.stop());

const which = fc.nat(3);
const seats = fc.integer({ min: 1, max: 40 });
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ what: fc.constantFrom('suspend', 'reactivate', 'renew', 'do not renew') }),
  { weight: 2, arbitrary: fc.record({ what: fc.constant('cancel') }) },
  fc.record({ what: fc.constant('seats'), seats }),
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('upgrade'),
      to: fc.integer({ min: 1, max: 3 }),
      seats: fc.option(seats),
      into: fc.option(fc.nat(2), { freq: 2 }),
      asYear: fc.boolean(),
    }),
  },
  fc.record({
    what: fc.constant('schedule'),
    to: fc.nat(2),
    seats,
    plan: fc.constantFrom('month', 'year by month', 'year'),
  }),
);
const OF_CHAIN: readonly string[] = [PRODUCTS.basic, PRODUCTS.standard, OFFERS.nceO365E1, OFFERS.nceO365E3];
const TERMS = { 1: 'P1M', 12: 'P1Y', 36: 'P3Y' } as const;
const START = day('2026-11-16');

describe('random histories', () => {
  it('come to what a model says that looks at one day after the other', async () => {
    await priceChain(
      deployment,
      PRICES.map((of, product) => ({ offerId: OF_CHAIN[product] ?? '', ...of })),
    );
    const bought = fc.record({
      offset: fc.nat(400),
      months: fc.constantFrom(1, 12, 1, 12, 36),
      quantity: seats,
      product: fc.nat(2),
    });
    const history = fc.record({
      bought: fc.array(bought, { minLength: 1, maxLength: 3 }),
      acts: fc.array(fc.record({ visit: fc.nat(13), which, deed: deeds }), { minLength: 2, maxLength: 12 }),
    });
    // Some within the week after a renewal, in which things can be taken back.
    const gaps = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 60 }));
    const visits = fc.sample(gaps, { numRuns: 14, seed: 7 });
    const aylin = await deployment.signIn(AYLIN);
    const all = [];
    for (const { bought: first, acts } of fc.sample(history, { numRuns: 30, seed: 20_261_201 })) {
      const modelled = first.map(({ offset, ...of }) => ({ ...of, from: START.subtract({ days: offset }) }));
      const customerId = deployment.context.newId();
      const sold: Sold[] = [];
      for (const { from, months, quantity, product } of modelled) {
        const unitPrice = String((PRICES[product]?.month ?? 0) / 100);
        const options = {
          termDuration: TERMS[months],
          quantity,
          unitPrice,
          offerId: OF_CHAIN[product] ?? '',
          customerId,
        };
        sold.push(await sellProduct(deployment, from.toString(), options));
      }
      all.push({ sold, modelled, acts, done: [] as Act[], answers: [] as boolean[] });
    }
    let on = START;
    for (const [visit, days] of visits.entries()) {
      on = on.add({ days });
      // A minute later in the day each time, so that a window of whole days is over after them.
      await deployment.moveClock(`${on.toString()}T10:${String(visit).padStart(2, '0')}:00Z`);
      // Acts find what the calendar has made of a subscription, whether a server has been there before them or not.
      if (visit % 2 === 0) await bringAllUpToDate(deployment.context);
      for (const { sold, acts, done, answers } of all) {
        for (const one of acts.filter((act) => act.visit === visit)) {
          const index = one.which % sold.length;
          done.push({ on, which: index, ...one.deed });
          answers.push(await act(aylin, sold, index, one.deed));
        }
      }
    }
    await bringAllUpToDate(deployment.context);
    const doneOf = new Map<string, number>();
    for (const { sold, modelled, done, answers } of all) {
      const expected = modelOf(modelled, done, on);
      const found = await Promise.all(sold.map((one) => foundOf(one)));
      expect({ done, answers, subscriptions: found }).toEqual({ done, ...expected });
      for (const [index, { what }] of done.entries()) if (answers[index]) doneOf.set(what, (doneOf.get(what) ?? 0) + 1);
    }
    for (const what of ['suspend', 'cancel', 'seats', 'upgrade', 'schedule'])
      expect([what, (doneOf.get(what) ?? 0) > 2]).toEqual([what, true]);
  });
});

async function foundOf(one: Sold) {
  const { status, quantity, offer_id: offerId } = await stateOf(deployment, one);
  const lines = (await linesOf(deployment, one, one.subscriptionId)).toSorted();
  return { lines, status, seats: quantity, product: OF_CHAIN.indexOf(offerId) };
}

/** Does it, or is refused; a subscription that an upgrade makes comes to those that were sold. */
async function act(aylin: Client, sold: Sold[], which: number, deed: Deed): Promise<boolean> {
  const params = sold[which];
  if (!params) throw new RangeError(`no subscription ${which}`);
  switch (deed.what) {
    case 'suspend':
      return (await aylin('suspendSubscription', { params, body: {} })).ok;
    case 'reactivate':
      return (await aylin('reactivateSubscription', { params, body: {} })).ok;
    case 'cancel': {
      const shown = await aylin('previewCancellation', { params });
      if (!shown.ok) return false;
      const { version } = shown.value;
      return (await aylin('cancelSubscription', { params, body: { version } })).ok;
    }
    case 'seats':
      return (await aylin('changeSeats', { params, body: { quantity: deed.seats } })).ok;
    case 'upgrade':
      return upgrade(aylin, sold, params, deed);
    case 'schedule': {
      const termDuration = deed.plan === 'month' ? 'P1M' : 'P1Y';
      const billingCycle = deed.plan === 'year' ? 'annual' : 'monthly';
      const body = { offerId: OF_CHAIN[deed.to], quantity: deed.seats, termDuration, billingCycle } as const;
      return (await aylin('scheduleChange', { params, body })).ok;
    }
    default:
      return (await aylin('setAutoRenew', { params, body: { autoRenew: deed.what === 'renew' } })).ok;
  }
}

async function upgrade(
  aylin: Client,
  sold: Sold[],
  params: Sold,
  { to, seats: quantity, into, asYear }: Extract<Deed, { what: 'upgrade' }>,
): Promise<boolean> {
  const taking = into === null ? undefined : sold[into];
  const target = taking
    ? { targetSubscriptionId: taking.subscriptionId }
    : asYear && ({ termDuration: 'P1Y', billingCycle: 'annual' } as const);
  const quoted = await aylin('quoteUpgrade', {
    params,
    body: {
      targetOfferId: OF_CHAIN[to] ?? '',
      upgradeType: 'upgrade_only',
      ...(quantity !== null && { quantity }),
      ...target,
    },
  });
  if (!quoted.ok) return false;
  const { customerId } = params;
  const submitted = valueOf(await aylin('submitQuote', { params: { customerId, quoteId: quoted.value.quoteId } }));
  const subscriptionId = submitted.target.subscriptionId ?? '';
  if (!sold.some((one) => one.subscriptionId === subscriptionId)) sold.push({ customerId, subscriptionId });
  return true;
}
