import type { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BillingSettingsOnWire } from '../contract/billing-settings.ts';
import type { Client } from '../contract/client.ts';
import type { sandboxEndpoints } from '../contract/sandbox.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { bringAllUpToDate, type Sold } from './lifecycle-steps.ts';

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

/** Ten seats at 6.00, bought on September 20: four of the 31 days of the running month are left. */
async function sell(more: Partial<z.input<typeof sandboxEndpoints.seedSubscription.body>> = {}): Promise<Sold> {
  const seeded = await aylin('seedSubscription', {
    body: {
      partnerId: PARTNERS.kuzey,
      customerId: deployment.context.newId(),
      customerName: 'Rize Çay',
      offerId: OFFERS.nceBusinessBasic,
      quantity: 10,
      purchasedOn: '2026-09-20',
      unitPrice: '6.00',
      users: 0,
      ...more,
    },
  });
  return valueOf(seeded);
}
const sellLegacy = () => sell({ offerId: OFFERS.businessBasic });

async function choose(chosen: Partial<BillingSettingsOnWire>): Promise<void> {
  const gulay = await deployment.signIn('gulay@kuzey.example');
  const settings = valueOf(await gulay('showBillingSettings', {}));
  valueOf(await gulay('changeBillingSettings', { body: { ...settings, ...chosen } }));
}

async function quote(
  params: Sold,
  targetOfferId: string,
  term: { readonly termDuration?: 'P1Y'; readonly billingCycle?: 'annual' } = {},
) {
  const body = { targetOfferId, upgradeType: 'upgrade_only' as const, ...term };
  return valueOf(await aylin('quoteUpgrade', { params, body }));
}
type Line = { readonly amount: { readonly amount: string } };
const amountsOf = (lines: readonly Line[]) => lines.map(({ amount }) => amount.amount);
const beside = (lines: readonly Line[]) => lines.map((line) => ({ ...line, amount: null, sold: null }));

/** Everything that stands in the ledger for what was applied. */
async function billed(customerId: string, of: string) {
  const rows = await deployment.context.database.asSystem((tx) =>
    tx.query<{ minor: string }>(
      `select amount_minor::text as minor from charges where customer_id = $1 and (upgrade_id = $2 or subscription_id = $2)
       order by created_at, charge_id`,
      [customerId, of],
    ),
  );
  return rows.map(({ minor }) => minor);
}

describe.each([
  {
    platform: 'new commerce',
    sellOne: sell,
    target: OFFERS.nceBusinessStandard,
    other: { newCommerceRounding: 'cut-total' as const },
    credits: { before: '-7.70', after: '-7.74' },
  },
  {
    platform: 'the legacy platform',
    sellOne: sellLegacy,
    target: OFFERS.o365E3,
    other: { legacyRounding: 'daily-price-cut' as const },
    credits: { before: '-7.74', after: '-7.76' },
  },
])('another convention on $platform', ({ sellOne, target, other, credits }) => {
  it('changes how lines of a quote are rounded, and nothing else of them; they are charged as quoted', async () => {
    const held = await sellOne();
    const before = await quote(held, target);
    await choose(other);
    const after = await quote(held, target);
    expect(amountsOf(before.credits)).toEqual([credits.before]);
    expect(amountsOf(after.credits)).toEqual([credits.after]);
    const all = ({ credits: back, charges }: typeof before) => [...back, ...charges];
    expect(beside(all(after))).toEqual(beside(all(before)));
    const { customerId } = held;
    const { upgradeId } = valueOf(await aylin('submitQuote', { params: { customerId, quoteId: after.quoteId } }));
    const quoted = amountsOf(all(after)).map((amount) => amount.replace('.', ''));
    expect((await billed(customerId, upgradeId)).toSorted()).toEqual(
      quoted.map((text) => String(BigInt(text))).toSorted(),
    );
  });

  it('makes a quote outdated that was rounded otherwise', async () => {
    const held = await sellOne();
    const { quoteId } = await quote(held, target);
    await choose(other);
    const refused = problemOf(await aylin('submitQuote', { params: { customerId: held.customerId, quoteId } }));
    expect(refused).toMatchObject({ code: 'quote-outdated' });
    expect(JSON.stringify(refused)).toContain(credits.after);
  });
});

describe('the convention that a partner chose', () => {
  const previewSeats = async (params: Sold) =>
    amountsOf(valueOf(await aylin('previewSeats', { params, body: { quantity: 12 } })).lines);

  it('rounds a change of seats as its preview says', async () => {
    const held = await sell();
    expect(await previewSeats(held)).toEqual(['-7.70', '9.24']);
    await choose({ newCommerceRounding: 'as-printed' });
    expect(await previewSeats(held)).toEqual(['-7.74', '9.29']);
    const done = valueOf(await aylin('changeSeats', { params: held, body: { quantity: 12 } }));
    expect(amountsOf(done.lines)).toEqual(['-7.74', '9.29']);
    expect((await billed(held.customerId, held.subscriptionId)).slice(-2).toSorted()).toEqual(['-774', '929']);
  });

  it('rounds what a cancellation gives back', async () => {
    const held = await sellLegacy();
    const preview = async () => amountsOf(valueOf(await aylin('previewCancellation', { params: held })).lines);
    expect(await preview()).toEqual(['-7.74']);
    await choose({ legacyRounding: 'daily-price-cut' });
    expect(await preview()).toEqual(['-7.76']);
    const version = valueOf(await aylin('listSubscriptions', { params: held })).items[0]?.version ?? 0;
    const done = valueOf(await aylin('cancelSubscription', { params: held, body: { version } }));
    expect(amountsOf(done.lines)).toEqual(['-7.76']);
  });

  it('gives back no more than was charged for the cycle, whatever else was charged for these days before (B7.5)', async () => {
    const held = await sell();
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `update prices set unit_price = 144.127 where offer_id = $1 and term_duration = 'P1Y' and billing_cycle = 'annual'`,
        [OFFERS.nceBusinessStandard],
      ),
    );
    const year = { termDuration: 'P1Y', billingCycle: 'annual' } as const;
    const { quoteId, charges } = await quote(held, OFFERS.nceBusinessStandard, year);
    // What is left of the year, less ten percent that a promotion takes off.
    expect(amountsOf(charges)).toEqual(['1094.50']);
    valueOf(await aylin('submitQuote', { params: { customerId: held.customerId, quoteId } }));
    await choose({ newCommerceRounding: 'cut-total' });
    // 1094.57 by the new convention; what the month before it cost beyond its credit stays paid.
    expect(amountsOf((await quote(held, OFFERS.nceO365E1)).credits)).toEqual(['-1094.50']);
  });

  it('rounds a purchase that ends with the calendar month', async () => {
    await deployment.moveClock('2026-12-03T09:00:00Z');
    const { customerId } = await sell();
    const line = {
      offerId: OFFERS.nceBusinessStandard,
      quantity: 10,
      billingCycle: 'monthly' as const,
      termDuration: 'P1M' as const,
      endsOn: '2026-12-31',
    };
    const preview = async () =>
      valueOf(await aylin('previewPurchase', { params: { customerId }, body: { lines: [line] } })).net.amount;
    // 29 of 31 days at 16.80.
    expect(await preview()).toBe('157.10');
    await choose({ newCommerceRounding: 'cut-total' });
    expect(await preview()).toBe('157.16');
  });

  it('rounds what a suspension of the legacy platform takes back', async () => {
    const held = await sellLegacy();
    await choose({ legacyRounding: 'daily-price-cut' });
    const { version = 0 } = valueOf(await aylin('listSubscriptions', { params: held })).items[0] ?? {};
    const done = valueOf(await aylin('suspendSubscription', { params: held, body: { version } }));
    // 27 of 31 days at 0.194 stay charged.
    expect(amountsOf(done.lines)).toEqual(['-60.00', '52.38']);
  });

  it('rounds what falls due by the calendar', async () => {
    const held = await sell({ unitPrice: '6.37' });
    await choose({ newCommerceRounding: 'cut-total' });
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `update subscriptions set term_ends_on = '2026-12-10', status_until = '2026-12-11' where subscription_id = $1`,
        [held.subscriptionId],
      ),
    );
    await deployment.moveClock('2026-11-21T09:00:00Z');
    await bringAllUpToDate(deployment.context);
    // 21 of 30 days: 4.459 for each of the ten seats.
    expect((await billed(held.customerId, held.subscriptionId)).at(-1)).toBe('4459');
  });
});
