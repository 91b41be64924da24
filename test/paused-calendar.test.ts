import type { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import type { sandboxEndpoints } from '../contract/sandbox.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { problemOf, startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { bringAllUpToDate, type Sold } from './lifecycle-steps.ts';

// No routine runs here unless a test lets it: the calendar pauses.
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

async function sell(more: Partial<z.input<typeof sandboxEndpoints.seedSubscription.body>> = {}): Promise<Sold> {
  const seeded = await aylin('seedSubscription', {
    body: {
      partnerId: PARTNERS.kuzey,
      customerId: deployment.context.newId(),
      customerName: 'Rize Çay',
      offerId: OFFERS.nceBusinessBasic,
      quantity: 10,
      purchasedOn: '2025-11-20',
      unitPrice: '5.00',
      users: 0,
      ...more,
    },
  });
  return valueOf(seeded);
}
/** After the year of what was sold on November 20, 2025. */
const AFTER_THE_TERM = '2026-11-22T09:00:00Z';

const stateOf = async ({ customerId, subscriptionId }: Sold) => {
  const { items } = valueOf(await aylin('listSubscriptions', { params: { customerId } }));
  return items.find((one) => one.subscriptionId === subscriptionId);
};
const quote = async (params: Sold, targetOfferId: string) =>
  valueOf(await aylin('quoteUpgrade', { params, body: { targetOfferId, upgradeType: 'upgrade_only' } }));
const submit = ({ customerId }: Sold, quoteId: string) => aylin('submitQuote', { params: { customerId, quoteId } });
/** All that stands in the customer's ledger. */
const booked = async ({ customerId }: Sold) => {
  const rows = await deployment.context.database.asSystem((tx) =>
    tx.query<{ line: string }>(
      `select charge_type || ' ' || period_start || '..' || period_end || ' x ' || quantity || ': ' || amount_minor as line
       from charges where customer_id = $1 order by line`,
      [customerId],
    ),
  );
  return rows.map(({ line }) => line);
};
const amountsOf = (lines: readonly { readonly amount: { readonly amount: string } }[]) =>
  lines.map(({ amount }) => amount.amount);

describe.each([
  { platform: 'new commerce', offerId: OFFERS.nceBusinessBasic, target: OFFERS.nceBusinessStandard },
  { platform: 'the legacy platform', offerId: OFFERS.businessBasic, target: OFFERS.o365E3 },
])('after the term on $platform, before the calendar has come to it', ({ offerId, target }) => {
  let held: Sold;
  beforeEach(async () => {
    held = await sell({ offerId });
    await deployment.moveClock(AFTER_THE_TERM);
  });

  it('a quote is of the new term, and is applied as it was given', async () => {
    const quoted = await quote(held, target);
    expect((await stateOf(held))?.termStartsOn).toBe('2026-11-20');
    // What was renewed can be given back at its new price.
    expect(amountsOf(quoted.credits)).not.toEqual([]);
    await bringAllUpToDate(deployment.context);
    valueOf(await submit(held, quoted.quoteId));
  });

  it('a comparison is of the new term', async () => {
    const body = { targetOfferId: target, upgradeType: 'upgrade_only' as const };
    const compared = valueOf(await aylin('compareUpgrade', { params: held, body }));
    expect(compared.termEndsOn).toBe('2027-11-19');
  });

  it('seats are previewed and changed at the price of the new term', async () => {
    const body = { quantity: 12 };
    const preview = valueOf(await aylin('previewSeats', { params: held, body }));
    const done = valueOf(await aylin('changeSeats', { params: held, body }));
    expect(done.lines).toEqual(preview.lines);
    expect(preview.lines.map(({ unitPrice }) => unitPrice)).not.toContain('5.00');
    expect(await stateOf(held)).toMatchObject({ quantity: 12, termStartsOn: '2026-11-20' });
  });

  it('a cancellation gives back what the renewal charged', async () => {
    const preview = valueOf(await aylin('previewCancellation', { params: held }));
    const { version } = preview;
    const done = valueOf(await aylin('cancelSubscription', { params: held, body: { version } }));
    expect(done.lines).toEqual(preview.lines);
    const [row] = await deployment.context.database.asSystem((tx) =>
      tx.query<{ after: string }>(
        `select sum(amount_minor)::text as after from charges where subscription_id = $1 and booked_on >= '2026-11-20'`,
        [held.subscriptionId],
      ),
    );
    expect(BigInt(row?.after ?? -1)).toBeGreaterThanOrEqual(0n);
    expect(done.lines.length).toBe(1);
  });
});

describe('before the calendar has come to it', () => {
  it('an add-on is not sold to a base that has run out', async () => {
    const held = await sell({ offerId: OFFERS.businessBasic });
    const { version = 0 } = (await stateOf(held)) ?? {};
    valueOf(await aylin('setAutoRenew', { params: held, body: { autoRenew: false, version } }));
    await deployment.moveClock(AFTER_THE_TERM);
    const line = { offerId: OFFERS.archivingAddOn, quantity: 5, billingCycle: 'monthly' as const };
    const lines = [{ ...line, addOnOf: held.subscriptionId }];
    const { customerId } = held;
    const refusalsOf = (problem: { readonly refusals?: readonly { readonly name: string }[] | undefined }) =>
      problem.refusals?.map(({ name }) => name);
    const preview = problemOf(await aylin('previewPurchase', { params: { customerId }, body: { lines } }));
    expect(refusalsOf(preview)).toContain('add-on-without-base');
    const purchaseId = deployment.context.newId();
    const bought = problemOf(await aylin('purchase', { params: { customerId }, body: { purchaseId, lines } }));
    expect(refusalsOf(bought)).toContain('add-on-without-base');
  });

  it('a quote with fees that fell due stands when the calendar books them meanwhile', async () => {
    const held = await sell({ purchasedOn: '2026-09-20', unitPrice: '6.37' });
    await deployment.moveClock('2026-11-21T09:00:00Z');
    const quoted = await quote(held, OFFERS.nceBusinessStandard);
    expect(quoted.dueLines).toHaveLength(1);
    await bringAllUpToDate(deployment.context);
    valueOf(await submit(held, quoted.quoteId));
  });
});

describe.each([
  { way: 'in place', offerId: OFFERS.nceBusinessBasic, targetOfferId: OFFERS.nceBusinessStandard },
  { way: 'of some seats', offerId: OFFERS.nceBusinessBasic, targetOfferId: OFFERS.nceBusinessStandard, quantity: 4 },
  { way: 'on the legacy platform', offerId: OFFERS.businessBasic, targetOfferId: OFFERS.o365E3 },
])('a quote $way on the last evening of a billed period', ({ offerId, targetOfferId, quantity }) => {
  let held: Sold;
  const ask = async () =>
    valueOf(
      await aylin('quoteUpgrade', { params: held, body: { targetOfferId, upgradeType: 'upgrade_only', quantity } }),
    );
  beforeEach(async () => {
    held = await sell({ offerId, purchasedOn: '2026-06-18' });
    await deployment.moveClock('2026-11-17T23:55:00Z');
    await bringAllUpToDate(deployment.context);
  });

  it('does not hold once the next period is billed, which is billed once', async () => {
    const quoted = await ask();
    expect(quoted.effectiveOn).toBe('2026-11-17');
    await deployment.moveClock('2026-11-18T00:05:00Z');
    await bringAllUpToDate(deployment.context);
    const before = await booked(held);
    const problem = problemOf(await submit(held, quoted.quoteId));
    expect(problem).toMatchObject({ code: 'quote-outdated', status: 409 });
    expect(problem.differences?.map(({ point }) => point)).toEqual(expect.arrayContaining(['lines', 'net']));
    await bringAllUpToDate(deployment.context);
    expect(await booked(held)).toEqual(before);
    const again = await ask();
    valueOf(await submit(held, again.quoteId));
    await bringAllUpToDate(deployment.context);
    const fees = (await booked(held)).filter((line) => /^(cycleCharge|Cycle fee) 2026-11-18\.\.2026-12-17/.test(line));
    expect(fees).toHaveLength(targetOfferId === OFFERS.o365E3 ? 2 : 1);
  });

  it('holds after midnight as long as that is not billed', async () => {
    const quoted = await ask();
    await deployment.moveClock('2026-11-18T00:05:00Z');
    expect(valueOf(await submit(held, quoted.quoteId)).effectiveOn).toBe('2026-11-17');
  });
});

describe('seats into an existing subscription', () => {
  it('are not moved by a quote of the day before its next cycle, once that is billed', async () => {
    const held = await sell({ purchasedOn: '2026-06-06' });
    const { customerId } = held;
    const into = await sell({ customerId, offerId: OFFERS.nceBusinessStandard, purchasedOn: '2026-06-18' });
    await deployment.moveClock('2026-11-17T23:55:00Z');
    await bringAllUpToDate(deployment.context);
    const targetSubscriptionId = into.subscriptionId;
    const targetOfferId = OFFERS.nceBusinessStandard;
    const body = { targetOfferId, upgradeType: 'upgrade_only' as const, targetSubscriptionId };
    const quoted = valueOf(await aylin('quoteUpgrade', { params: held, body }));
    await deployment.moveClock('2026-11-18T00:05:00Z');
    await bringAllUpToDate(deployment.context);
    const before = await booked(held);
    expect(problemOf(await submit(held, quoted.quoteId)).code).toBe('quote-outdated');
    await bringAllUpToDate(deployment.context);
    expect(await booked(held)).toEqual(before);
  });
});
