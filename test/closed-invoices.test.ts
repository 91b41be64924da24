import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import type { Language } from '../contract/values.ts';
import type { Offer } from '../core/catalog/offer.ts';
import { customerId, OFFERS, PARTNERS } from '../demo/ids.ts';
import { saveOffers } from '../server/catalog/offer.store.ts';
import { closeMonths } from '../server/ledger/close-months.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { bringAllUpToDate } from './lifecycle-steps.ts';
import { connect } from './partner-center-client.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

const HOTEL = customerId(98);
const sql = (text: string, values: readonly unknown[] = []) =>
  deployment.context.database.asSystem((tx) => tx.query(text, values));

/** A subscription of a customer of its own, Deniz Otel, that was bought in November under a name. */
async function sell(offerId: string, friendlyName: string, more: object = {}) {
  const customer = { partnerId: PARTNERS.kuzey, customerId: HOTEL, customerName: 'Deniz Otel' };
  const body = { ...customer, purchasedOn: '2026-11-05', offerId, friendlyName, quantity: 4, users: 0, ...more };
  const { userIds: _, ...sold } = valueOf(await aylin('seedSubscription', { body }));
  return sold;
}
type Sold = Awaited<ReturnType<typeof sell>>;

async function close(): Promise<void> {
  const routine = closeMonths(deployment.context);
  while (await routine.run());
}

async function fetched(path: string, language: Language, accept = 'application/json') {
  const authorization = `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`;
  const headers = { accept, 'accept-language': language, authorization };
  const answer = await fetch(`${deployment.url}/api/invoices/${path}`, { headers });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer()).toString('latin1');
}

/** All that can be read of the invoices of a month, in both languages. */
async function documentsOf(month: string) {
  const { items } = valueOf(await aylin('listInvoices', {}));
  const send = await connect(deployment);
  const read = items
    .filter(({ periodStart }) => periodStart.startsWith(month))
    .map(async ({ invoiceNumber: number, status }) => {
      const inLanguage = async (language: Language) => ({
        invoice: await fetched(number, language),
        lines: await fetched(`${number}/lines?limit=200`, language),
        file: await fetched(`${number}/lines`, language, 'text/csv'),
        ...(status === 'closed' && { sheet: await fetched(`${number}/pdf`, language) }),
      });
      const { body } = await send('GET', `/v1/invoices/${number}/lineitems?size=200`);
      return { number, status, en: await inLanguage('en'), tr: await inLanguage('tr'), below: body };
    });
  return Promise.all(read);
}

const rename = async ({ customerId: customer, subscriptionId }: Sold, friendlyName: string) => {
  const send = await connect(deployment);
  const path = `/v1/customers/${customer}/subscriptions/${subscriptionId}`;
  const { body } = await send('GET', path);
  expect((await send('PATCH', path, { body: { ...body, friendlyName } })).status).toBe(200);
};
const upgrade = async (of: Sold, targetOfferId: string) => {
  const body = { targetOfferId, upgradeType: 'upgrade_only' } as const;
  const { quoteId } = valueOf(await aylin('quoteUpgrade', { params: of, body }));
  valueOf(await aylin('submitQuote', { params: { customerId: of.customerId, quoteId } }));
};
const billYearly = async ({ subscriptionId }: Sold) => {
  const send = await connect(deployment);
  const { body } = await send('GET', `/v1/customers/${HOTEL}/subscriptions/${subscriptionId}`);
  const order = `/v1/customers/${HOTEL}/orders/${String(body['orderId'])}`;
  expect((await send('PATCH', order, { body: { billingCycle: 'annual' } })).status).toBe(200);
};
/** A catalog of another release calls every offer otherwise, in the server and in the database. */
const renameOffers = async () => {
  const { catalog, database } = deployment.context;
  const offers = catalog.offers as Map<string, Offer>;
  for (const [id, offer] of offers)
    offers.set(id, { ...offer, name: { en: `New ${offer.name.en}`, tr: `Yeni ${offer.name.tr}` } });
  await database.asSystem((tx) => saveOffers(tx, catalog));
};

it('An invoice that is closed stays byte for byte what it was, whatever becomes of its subscriptions, customers and offers', async () => {
  const renamed = await sell(OFFERS.businessBasic, 'Reception');
  const yearly = await sell(OFFERS.businessBasic, 'Billed otherwise');
  const replaced = await sell(OFFERS.businessBasic, 'Replaced');
  const inPlace = await sell(OFFERS.nceBusinessBasic, 'In place');
  const longer = await sell(OFFERS.nceBusinessBasic, 'Longer', { termDuration: 'P1M' });
  valueOf(await aylin('scheduleChange', { params: longer, body: { termDuration: 'P1Y', billingCycle: 'annual' } }));
  await deployment.moveClock('2026-12-02T09:00:00Z');
  await bringAllUpToDate(deployment.context);
  await close();
  const before = await documentsOf('2026-11');
  expect(before.map(({ status }) => status)).toEqual(['closed', 'closed']);
  expect(new Set(before.map(({ number }) => number[0]))).toEqual(new Set(['D', 'G']));
  const files = before.map(({ en }) => en.file).join('');
  for (const name of ['Reception', 'Billed otherwise', 'Replaced', 'In place', 'Longer']) expect(files).toContain(name);
  expect(files).toContain('One-Month commitment for monthly billing');

  await rename(renamed, 'Front desk');
  await billYearly(yearly);
  await upgrade(replaced, OFFERS.o365E3);
  await upgrade(inPlace, OFFERS.nceBusinessStandard);
  await deployment.moveClock('2026-12-06T09:00:00Z');
  await bringAllUpToDate(deployment.context);
  await rename(inPlace, 'Of another name');
  await sql(`update customers set name = 'Deniz Termal', domain = 'termal.example' where customer_id = $1`, [HOTEL]);
  await renameOffers();
  await rename(renamed, 'Front desk and spa');
  valueOf(await aylin('changeSeats', { params: renamed, body: { quantity: 6 } }));
  expect(await documentsOf('2026-11')).toEqual(before);

  const after = (await documentsOf('2026-12')).map(({ en }) => `${en.invoice}${en.file}`).join('');
  for (const words of [
    'Deniz Termal',
    'termal.example',
    'Front desk and spa',
    'New Microsoft 365 Business Basic',
    'One-Year commitment for yearly billing',
  ])
    expect(after).toContain(words);
});

it('Each line of a change of terms says those that it is of: the old ones where it gives back, the new ones where it charges', async () => {
  const bought = { purchasedOn: '2026-12-03', quantity: 3 };
  const yearly = await sell(OFFERS.businessBasic, 'Yearly now', bought);
  const upgraded = await sell(OFFERS.nceBusinessBasic, 'Upgraded now', { ...bought, billingCycle: 'annual' });
  await billYearly(yearly);
  await upgrade(upgraded, OFFERS.nceBusinessStandard);
  const rows = (await documentsOf('2026-12')).flatMap(({ en }) => en.file.trimEnd().split('\r\n'));
  const saidOf = (name: string) =>
    rows
      .filter((row) => row.includes(name))
      .map((row) => `${/,-\d+\.\d\d,/.test(row) ? 'back' : 'charged'}: ${/,(monthly|annual)\b/.exec(row)?.[1]}`);
  expect(new Set(saidOf('Yearly now'))).toEqual(new Set(['charged: monthly', 'back: monthly', 'charged: annual']));
  expect(new Set(saidOf('Upgraded now'))).toEqual(new Set(['charged: annual', 'back: annual']));
});

it('An upgrade that is carried out after its day is compared in the month in which it is billed', async () => {
  const late = await sell(OFFERS.businessBasic, 'Late', { customerId: customerId(97) });
  await upgrade(late, OFFERS.o365E3);
  await sql(`update upgrades set effective_on = '2026-11-30' where source_subscription_id = $1`, [late.subscriptionId]);
  const november = (await documentsOf('2026-11')).find(({ number }) => number.startsWith('D'))?.number ?? '';
  const shown = valueOf(await aylin('showInvoice', { params: { invoiceNumber: november } }));
  expect(shown.quotes.compared).toBe(0);
});
