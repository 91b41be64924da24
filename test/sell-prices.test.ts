import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeEach(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterEach(() => deployment.stop());

const of = (number: number) => ({ customerId: customerId(number), subscriptionId: subscriptionId(number) });
const usd = (amount: string) => ({ amount, currency: 'USD' });
const NOTHING = { marginBasisPoints: 0, vatBasisPoints: 0 };
const RATES = { marginBasisPoints: 1250, vatBasisPoints: 2000 };

/** A margin of 12.5 % for a customer, and a tax of 20 % in Türkiye. */
async function setRates(customer: number): Promise<void> {
  const gulay = await deployment.signIn('gulay@kuzey.example');
  const settings = valueOf(await gulay('showBillingSettings', {}));
  const vatRates = [{ market: 'TR', basisPoints: RATES.vatBasisPoints }];
  valueOf(await gulay('changeBillingSettings', { body: { ...settings, vatRates } }));
  await setMargin(customer, RATES.marginBasisPoints);
}

async function setMargin(customer: number, basisPoints: number): Promise<void> {
  valueOf(await aylin('changeMargin', { params: { customerId: customerId(customer) }, body: { basisPoints } }));
}

const quote = async (customer: number, targetOfferId: string) =>
  valueOf(await aylin('quoteUpgrade', { params: of(customer), body: { targetOfferId, upgradeType: 'upgrade_only' } }));

/** Sell price and tax of a cost, by hand: half up by magnitude, each by itself. */
function soldOf(cost: string) {
  const minor = Number(cost.replace('.', ''));
  const up = (value: number) => Math.sign(value) * Math.round(Math.abs(value));
  const sell = up((minor * 11_250) / 10_000);
  const tax = up((sell * 2_000) / 10_000);
  return { cost: minor, sell, tax, gross: sell + tax };
}
type Amounts = Record<'cost' | 'sell' | 'tax' | 'gross', { readonly amount: string }>;
const minorsOf = ({ cost, sell, tax, gross }: Amounts) => {
  const minor = ({ amount }: { readonly amount: string }) => Number(amount.replace('.', ''));
  return { cost: minor(cost), sell: minor(sell), tax: minor(tax), gross: minor(gross) };
};

describe('beside a quote', () => {
  it('the sell price is the cost and no tax is told while nothing is set', async () => {
    const quoted = await quote(21, OFFERS.nceBusinessStandard);
    const { net } = quoted.totals;
    expect(quoted).toMatchObject({ rates: NOTHING, sold: { cost: net, sell: net, tax: usd('0.00'), gross: net } });
  });

  it.each([
    { platform: 'legacy', customer: 10, target: OFFERS.o365E3 },
    { platform: 'new commerce', customer: 21, target: OFFERS.nceBusinessStandard },
  ])('cost, sell price and tax stand apart, line by line and in all ($platform)', async ({ customer, target }) => {
    await setRates(customer);
    const quoted = await quote(customer, target);
    expect(quoted.rates).toEqual(RATES);
    const lines = [...quoted.credits, ...quoted.charges];
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(minorsOf(line.sold)).toEqual(soldOf(line.amount.amount));
    const sumOf = (key: keyof Amounts) => lines.reduce((sum, line) => sum + minorsOf(line.sold)[key], 0);
    expect(minorsOf(quoted.sold)).toEqual({
      cost: sumOf('cost'),
      sell: sumOf('sell'),
      tax: sumOf('tax'),
      gross: sumOf('gross'),
    });
    expect(quoted.sold.cost).toEqual(quoted.totals.net);
  });

  it('a comparison tells the same of the way that is quoted', async () => {
    await setRates(21);
    const body = { targetOfferId: OFFERS.nceBusinessStandard, upgradeType: 'upgrade_only' as const };
    const compared = valueOf(await aylin('compareUpgrade', { params: of(21), body }));
    const inPlace = compared.ways.find(({ way }) => way === 'inPlace');
    const quoted = await quote(21, OFFERS.nceBusinessStandard);
    expect(compared.rates).toEqual(RATES);
    expect(inPlace?.outcome?.sold).toEqual(quoted.sold);
  });

  it('a quote keeps the rates that it was given with, and is what the invoice says', async () => {
    await setRates(10);
    const quoted = await quote(10, OFFERS.o365E3);
    await setMargin(10, 0);
    const params = { customerId: customerId(10), quoteId: quoted.quoteId };
    expect(valueOf(await aylin('showQuote', { params })).sold).toEqual(quoted.sold);
    await setMargin(10, RATES.marginBasisPoints);
    const { upgradeId } = valueOf(await aylin('submitQuote', { params }));
    const { items } = valueOf(await aylin('listInvoices', {}));
    const number = items.find(({ platform }) => platform === 'legacy')?.invoiceNumber ?? '';
    const lines = valueOf(
      await aylin('listInvoiceLines', { params: { invoiceNumber: number }, query: { customerId: customerId(10) } }),
    ).items.filter((line) => line.upgradeId === upgradeId);
    const due = [...quoted.dueLines, ...quoted.credits, ...quoted.charges].map((line) => line.sold.gross.amount);
    expect(lines.map((line) => line.sold.gross.amount).toSorted()).toEqual(due.toSorted());
  });
});

describe('beside a preview', () => {
  it('of seats, cost, sell price and tax stand apart', async () => {
    await setRates(2);
    const preview = valueOf(await aylin('previewSeats', { params: of(2), body: { quantity: 13 } }));
    for (const line of preview.lines) expect(minorsOf(line.sold)).toEqual(soldOf(line.amount.amount));
    expect(preview).toMatchObject({ rates: RATES, sold: { cost: preview.net } });
    const done = valueOf(await aylin('changeSeats', { params: of(2), body: { quantity: 13 } }));
    expect(done.sold).toEqual(preview.sold);
  });

  it('of a purchase, they do too', async () => {
    await setRates(21);
    const body = {
      lines: [
        { offerId: OFFERS.nceO365E1, quantity: 3, billingCycle: 'monthly' as const },
        { offerId: OFFERS.businessStandard, quantity: 7, billingCycle: 'monthly' as const },
      ],
    };
    const preview = valueOf(await aylin('previewPurchase', { params: { customerId: customerId(21) }, body }));
    const lines = preview.items.flatMap((item) => item.lines);
    for (const line of lines) expect(minorsOf(line.sold)).toEqual(soldOf(line.amount.amount));
    expect(preview).toMatchObject({ rates: RATES, sold: { cost: preview.net } });
  });
});
