import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId, subscriptionId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, overflow, SELIM, tabTo } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
  const api = await portal.deployment.signIn(AYLIN);
  const params = { customerId: customerId(1), subscriptionId: subscriptionId(1) };
  valueOf(await api('changeSeats', { params, body: { quantity: 30 } }));
  valueOf(await api('changeMargin', { params, body: { basisPoints: 1000 } }));
});
afterAll(() => portal.stop());

const ENGLISH = { language: 'en' } as const;

/** The number of this month’s invoice of the legacy platform, which is the one that the change of licenses is on. */
async function numberOfThisMonth(): Promise<string> {
  const api = await portal.deployment.signIn(AYLIN);
  const { items } = valueOf(await api('listInvoices', {}));
  return items.find(({ platform, status }) => platform === 'legacy' && status === 'open')?.invoiceNumber ?? '';
}

it('the list has an invoice for each month and platform, and the keyboard opens one', async () => {
  const page = await portal.visit('/invoices', AYLIN, ENGLISH);
  const invoiceNumber = await numberOfThisMonth();
  const row = page.getByRole('row', { name: new RegExp(invoiceNumber) });
  expect(await row.textContent()).toMatch(/1 Nov – 30 Nov 2026.*Legacy.*Open.*\$/);
  await tabTo(page, row.getByRole('link'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '1 Nov – 30 Nov 2026, Legacy' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/invoices/${invoiceNumber}`);
});

it('an invoice tells cost, sell price and tax of each customer apart, and how each line came about', async () => {
  const page = await portal.visit(`/invoices/${await numberOfThisMonth()}`, AYLIN, ENGLISH);
  const customers = page
    .getByRole('table', { name: 'By customer' })
    .or(page.getByRole('grid', { name: 'By customer' }));
  const row = customers.getByRole('row', { name: /Anadolu Lojistik/ });
  await row.getByText('Margin 10%, tax 0%').waitFor();
  const lines = page.getByRole('table', { name: 'Lines' }).or(page.getByRole('grid', { name: 'Lines' }));
  const line = lines.getByRole('row', { name: /Anadolu Lojistik/ }).first();
  await line.getByText('How did this come about?').click();
  await line
    .getByText(/\d+ × \$7\.00/)
    .first()
    .waitFor();
});

it('an invoice that there is not says so', async () => {
  const page = await portal.visit('/invoices/D2611FFFFFF', AYLIN, ENGLISH);
  await page.getByRole('heading', { name: 'There is no such invoice' }).waitFor();
});

it('a Sales agent reads in Turkish why the list stays closed', async () => {
  const page = await portal.visit('/invoices', SELIM, { language: 'tr' });
  await page.getByRole('heading', { name: /izniniz yok$/ }).waitFor();
});

it('at 400 px an invoice is not wider than the screen', async () => {
  const page = await portal.visit(`/invoices/${await numberOfThisMonth()}`, AYLIN, { language: 'tr', width: 400 });
  await page.getByText('Anadolu Lojistik').first().waitFor();
  expect(await overflow(page)).toBe(0);
});
