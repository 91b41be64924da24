import { extractText } from 'unpdf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, subscriptionId } from '../demo/ids.ts';
import { closeMonths } from '../server/ledger/close-months.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
let invoiceNumber: string;
beforeEach(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
  const params = { customerId: customerId(2), subscriptionId: subscriptionId(2) };
  valueOf(await aylin('changeSeats', { params, body: { quantity: 13 } }));
  const { items } = valueOf(await aylin('listInvoices', {}));
  invoiceNumber =
    items.find((one) => one.platform === 'legacy' && one.periodStart === '2026-11-01')?.invoiceNumber ?? '';
});
afterEach(() => deployment.stop());

const sql = (text: string, values: readonly unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query(text, values));

async function print(language: 'en' | 'tr', number = invoiceNumber) {
  const answer = await fetch(`${deployment.url}/api/invoices/${number}/pdf`, {
    headers: {
      'accept-language': language,
      authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`,
    },
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { answer, bytes: Buffer.from(bytes), read: () => extractText(bytes.slice()) };
}

/** What is written on each page, blanks of one kind. */
async function pagesOf(language: 'en' | 'tr'): Promise<string[]> {
  const { text } = await (await print(language)).read();
  return text.map((page) => page.replaceAll(/\s+/g, ' '));
}

async function setRates(): Promise<void> {
  const gulay = await deployment.signIn('gulay@kuzey.example');
  const settings = valueOf(await gulay('showBillingSettings', {}));
  valueOf(
    await gulay('changeBillingSettings', { body: { ...settings, vatRates: [{ market: 'TR', basisPoints: 2000 }] } }),
  );
  valueOf(await aylin('changeMargin', { params: { customerId: customerId(2) }, body: { basisPoints: 1250 } }));
}

const turkish = (amount: string) =>
  new Intl.NumberFormat('tr-TR', { minimumFractionDigits: 2 }).format(amount as `${number}`).replace('-', '−');

describe('an invoice on paper', () => {
  it('is Turkish for a Turkish reader, with totals to the cent', async () => {
    await setRates();
    const shown = valueOf(await aylin('showInvoice', { params: { invoiceNumber } }));
    const [first = ''] = await pagesOf('tr');
    for (const words of [
      `Fatura ${invoiceNumber}`,
      'Taslak: ay henüz kapanmadı',
      'İş ortağı',
      'Kuzey Bulut',
      '01.11.2026 – 30.11.2026',
      'Eski platform',
      'Müşterilere göre',
      'Kâr marjı %12,5, KDV %20',
      'Satış fiyatı',
    ])
      expect(first).toContain(words);
    for (const { amount } of Object.values(shown.totals)) expect(first).toContain(turkish(amount));
    const [theirs] = shown.customers.filter(({ customer }) => customer.customerId === customerId(2));
    expect(first).toContain(theirs?.customer.name);
    expect(first).toContain(
      [theirs?.cost, theirs?.sell, theirs?.tax, theirs?.gross].map((one) => turkish(one?.amount ?? '')).join(' '),
    );
  });

  it('has every line with its days, product, licenses, price and amount', async () => {
    const text = (await pagesOf('en')).join(' ');
    const { items } = valueOf(await aylin('listInvoiceLines', { params: { invoiceNumber }, query: { limit: 200 } }));
    for (const line of items) {
      const price = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 });
      const amount = price.format(line.amount.amount as `${number}`).replace('-', '−');
      expect(text).toContain(`${line.quantity} ${price.format(line.unitPrice as `${number}`)} ${amount}`);
      expect(text).toContain(`${line.days} of ${line.periodDays} days`);
      expect(text).toContain(line.subscription.offerName);
    }
  });

  it('numbers its pages, however many there are, and repeats the head of the table on each', async () => {
    await sql(
      `insert into charges select r.*
       from (select * from charges where subscription_id = $1 and bill_month = '2026-11-01' limit 1) c, generate_series(1, 2500) n
       cross join lateral jsonb_populate_record(null::charges, to_jsonb(c) || jsonb_build_object('charge_id', gen_random_uuid(),
         'reference_id', gen_random_uuid(), 'upgrade_id', null, 'reverses', null, 'quantity', n, 'amount_minor', n)) r`,
      [subscriptionId(2)],
    );
    const pages = await pagesOf('tr');
    expect(pages.length).toBeGreaterThan(80);
    for (const [index, page] of pages.entries()) expect(page).toContain(`Sayfa ${index + 1}/${pages.length}`);
    for (const page of pages.slice(2)) expect(page).toContain('Dönem Müşteri ve ürün Lisans Birim fiyat Tutar');
  });

  it('is the same bytes each time once its month is closed', async () => {
    await sql(`update subscriptions set billed_through = '2090-01-01', status_until = null`);
    await deployment.moveClock('2026-12-02T09:00:00Z');
    const routine = closeMonths(deployment.context);
    while (await routine.run());
    const [one, other] = [await print('tr'), await print('tr')];
    expect(one.answer.headers.get('content-type')).toBe('application/pdf');
    expect(one.answer.headers.get('content-disposition')).toBe(`attachment; filename="${invoiceNumber}.pdf"`);
    expect(one.bytes.equals(other.bytes)).toBe(true);
    expect((await pagesOf('en'))[0]).toContain('Closed on 2 Dec 2026');
  });

  it('is printed for nobody else, and under no other number', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect(problemOf(await wendy('printInvoice', { params: { invoiceNumber } })).code).toBe('not-found');
    expect((await print('en', 'D2611000000')).answer.status).toBe(404);
  });
});
