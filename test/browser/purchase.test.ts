import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId, OFFERS } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, seed, subscriptionsOf, tabTo } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const ENGLISH = { language: 'en' } as const;
/** Pamukkale Spa holds nothing yet. */
const SPA = { customerId: customerId(16) };

const preview = (page: Page) => page.getByRole('complementary', { name: 'Preview' });
const buyButton = (page: Page) => preview(page).getByRole('button', { name: 'Buy' });
const isOff = (page: Page) => expect.poll(() => buyButton(page).getAttribute('aria-disabled')).toBe('true');
const purchaseAt = (list: string, search = '') => `${list}/new${search}`;

async function heldBy(of: { readonly customerId: string }) {
  const api = await portal.deployment.signIn(AYLIN);
  return valueOf(await api('listSubscriptions', { params: of })).items;
}

it('an offer of new commerce is searched, previewed and bought, and then its row is there', async () => {
  const page = await portal.visit(subscriptionsOf(16), AYLIN, ENGLISH);
  await page.getByRole('link', { name: 'New subscription' }).click();
  await preview(page).getByText('Choose an offer, and its cost appears here.').waitFor();
  await isOff(page);
  await page.getByRole('button', { name: 'New commerce' }).click();
  await page.getByRole('searchbox', { name: 'Search offers' }).fill('BUSINESS BASIC');
  await page.getByRole('radio', { name: /^Microsoft 365 Business Basic\b(?!.*Trial)/ }).check();
  await page.getByRole('spinbutton', { name: 'Licenses' }).fill('12');
  await page.getByRole('combobox', { name: 'Last day of the term' }).selectOption('30 Nov 2026, end of a month');
  await preview(page)
    .getByText(/until 30 Nov 2026$/)
    .waitFor();
  const said = await preview(page).textContent();
  expect(said).toContain('Annual, billed monthly, until 30 Nov 2026');
  expect(said).toMatch(/Can be canceled for a refund until 23 Nov 2026/);
  expect(said).toMatch(/Net on the next invoice\$\d/);
  await page.getByRole('textbox', { name: 'Subscription name' }).fill('Resepsiyon');
  await expect.poll(() => buyButton(page).getAttribute('aria-disabled')).not.toBe('true');
  await buyButton(page).click();
  const question = page.getByRole('alertdialog', { name: 'Buy this subscription?' });
  await question.getByText('12 licenses · Microsoft 365 Business Basic').waitFor();
  await question.getByRole('button', { name: 'Buy' }).click();
  await page.getByRole('rowheader', { name: /Resepsiyon/ }).waitFor();
  expect(new URL(page.url()).pathname).toBe(subscriptionsOf(16));
  const [bought, ...others] = await heldBy(SPA);
  expect(others).toEqual([]);
  expect(bought).toMatchObject({ offerId: OFFERS.nceBusinessBasic, quantity: 12, termEndsOn: '2026-11-30' });
});

it('what stands against a purchase is said at its field and in the preview, and nothing can be bought', async () => {
  const seeded = await seed(portal.deployment, { offerId: OFFERS.nceBusinessBasic, quantity: 290, users: 0 });
  const page = await portal.visit(
    purchaseAt(seeded.list, `?offer=${OFFERS.nceBusinessBasic}&seats=20`),
    AYLIN,
    ENGLISH,
  );
  await preview(page)
    .getByText(/The customer has 290, so that 10 are left; 20 were asked for/)
    .waitFor();
  const seats = page.getByRole('spinbutton', { name: 'Licenses' });
  expect(await seats.getAttribute('aria-invalid')).toBe('true');
  await isOff(page);
  await seats.fill('');
  await page.getByText('Enter a whole number from 1 to 300.').waitFor();
  await isOff(page);
  await seats.fill('10');
  await preview(page).getByText('Net on the next invoice').waitFor();
  expect(await heldBy(seeded)).toHaveLength(1);
});

it('a purchase whose answer was lost is sent again under the same number, and buys once', async () => {
  const seeded = await seed(portal.deployment, { users: 0 });
  const page = await portal.visit(purchaseAt(seeded.list, `?offer=${OFFERS.businessStandard}&seats=5`), AYLIN, ENGLISH);
  await preview(page).getByText('Net on the next invoice').waitFor();
  await page.route('**/purchases', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await buyButton(page).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Buy' }).click();
  await question.getByText('The connection was lost. Nothing was sent twice.').waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await question.getByRole('button', { name: 'Buy' }).click();
  await page.getByRole('rowheader', { name: /Business Standard/ }).waitFor();
  expect((await heldBy(seeded)).filter(({ offerId }) => offerId === OFFERS.businessStandard)).toHaveLength(1);
});

it('who may not buy reads why and who could', async () => {
  const page = await portal.visit(purchaseAt(subscriptionsOf(16)), BORA, ENGLISH);
  await page.getByRole('heading', { name: 'You may not buy subscriptions' }).waitFor();
  await page.getByText(/Admin agent, Sales agent/).waitFor();
});

it('by keyboard alone and in Turkish, a legacy offer is bought', async () => {
  const seeded = await seed(portal.deployment, { users: 0 });
  const page = await portal.visit(purchaseAt(seeded.list), AYLIN, { language: 'tr' });
  const search = page.getByRole('searchbox', { name: 'Teklif ara' });
  await search.focus();
  await page.keyboard.type('iş standart');
  const radio = page.getByRole('radio', { name: /^Microsoft 365 İş Standart ?Eski platform/ });
  await radio.waitFor();
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('Space');
  while (!(await radio.isChecked())) await page.keyboard.press('ArrowDown');
  await tabTo(page, page.getByRole('spinbutton', { name: 'Lisanslar' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('7');
  const buy = page.getByRole('button', { name: 'Satın al' });
  await expect.poll(() => buy.getAttribute('aria-disabled')).not.toBe('true');
  await page.getByText('Sonraki faturada net tutar').waitFor();
  await tabTo(page, buy);
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Bu abonelik satın alınsın mı?' });
  await tabTo(page, question.getByRole('button', { name: 'Satın al' }));
  await page.keyboard.press('Enter');
  await page.getByRole('rowheader', { name: /İş Standart/ }).waitFor();
  const bought = (await heldBy(seeded)).find(({ offerId }) => offerId === OFFERS.businessStandard);
  expect(bought?.quantity).toBe(7);
});
