import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { GULAY } from '../waiting.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, expectFocus, subscriptionsOf } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const ENGLISH = { language: 'en' } as const;
const PATH = '/settings/billing';

const save = (page: Page) => page.getByRole('button', { name: /^(Save|Kaydet)$/ }).click();
async function settings() {
  const api = await portal.deployment.signIn(GULAY);
  return valueOf(await api('showBillingSettings', {}));
}

it('the rounding of each platform is chosen by its name, and the tax of a market is added, changed and removed', async () => {
  const page = await portal.visit(PATH, GULAY, ENGLISH);
  await page.getByRole('radio', { name: /^Daily price/ }).check();
  await page.getByRole('radio', { name: /^As in the published examples/ }).check();
  for (const [index, [market, percent]] of [
    ['Türkiye', '20'],
    ['Germany', '19.5'],
  ].entries()) {
    await page.getByRole('button', { name: 'Add a market' }).click();
    await page.getByRole('combobox', { name: `Market ${index + 1}` }).selectOption(market ?? '');
    await page
      .getByRole('group', { name: market ?? '' })
      .getByRole('textbox')
      .fill(percent ?? '');
  }
  await save(page);
  await page.getByText('Saved').first().waitFor();
  expect(await settings()).toEqual({
    legacyRounding: 'daily-price-cut',
    newCommerceRounding: 'as-printed',
    vatRates: [
      { market: 'DE', basisPoints: 1950 },
      { market: 'TR', basisPoints: 2000 },
    ],
  });
  await page.getByRole('button', { name: 'Remove Germany' }).click();
  await save(page);
  await expect.poll(async () => (await settings()).vatRates).toEqual([{ market: 'TR', basisPoints: 2000 }]);
});

it('a rate that cannot be is said at its field with the range, and takes the focus', async () => {
  const page = await portal.visit(PATH, GULAY, ENGLISH);
  await page.getByRole('button', { name: 'Add a market' }).click();
  await save(page);
  const market = page.getByRole('combobox').last();
  await expectFocus(market);
  await market.selectOption('France');
  const rate = page.getByRole('group', { name: 'France' }).getByRole('textbox');
  for (const typed of ['120', '-1', '7,255', 'twenty']) {
    await rate.fill(typed);
    await save(page);
    await page.getByText('Give a percentage from 0% to 100%, with two decimals at most.').waitFor();
    await expectFocus(rate);
  }
  await rate.fill('7,25');
  await market.selectOption('Türkiye');
  const isThere = (await settings()).vatRates.some((one) => one.market === 'TR');
  await save(page);
  if (isThere) await page.getByText('This market is named twice.').waitFor();
});

it('who may not change them sees them, and reads who could; who has no role for bills sees why', async () => {
  const page = await portal.visit(PATH, AYLIN, ENGLISH);
  expect(await page.getByRole('radio', { name: /^Full precision/ }).isDisabled()).toBe(true);
  await page.getByText(/This role is needed: Global admin/).waitFor();
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
});

it('the margin of a customer stands in its head, and is changed within its range', async () => {
  const page = await portal.visit(subscriptionsOf(1), AYLIN, ENGLISH);
  await page.getByText('Margin: 0%').waitFor();
  await page.getByRole('button', { name: 'Change the margin' }).click();
  const dialog = page.getByRole('dialog', { name: 'Margin for Anadolu Lojistik' });
  const typed = dialog.getByRole('textbox', { name: 'Margin, percent' });
  await typed.fill('1001');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Give a percentage from −100% to 1,000%, with two decimals at most.').waitFor();
  await expectFocus(typed);
  await typed.fill('12.5');
  await page.keyboard.press('Enter');
  await page.getByText('Margin: 12.5%').first().waitFor();
  const api = await portal.deployment.signIn(AYLIN);
  const params = { customerId: customerId(1) };
  expect(valueOf(await api('showMargin', { params }))).toEqual({ basisPoints: 1250 });
});

it('in Turkish it is written with a comma, and a Billing admin reads why it cannot be changed', async () => {
  const api = await portal.deployment.signIn(AYLIN);
  valueOf(await api('changeMargin', { params: { customerId: customerId(2) }, body: { basisPoints: -250 } }));
  const page = await portal.visit(subscriptionsOf(2), BORA, { language: 'tr' });
  await page.getByText('Kâr marjı: −%2,5').waitFor();
  const change = page.getByRole('button', { name: 'Kâr marjını değiştir' });
  expect(await change.getAttribute('aria-disabled')).toBe('true');
  await change.focus();
  await page
    .getByRole('tooltip')
    .getByText(/Yönetici aracısı, Satış aracısı/)
    .waitFor();
});
