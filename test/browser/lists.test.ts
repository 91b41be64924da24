import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFERS } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, expectFocus, seed, SELIM, subscriptionsOf, tabTo, upgradeOf } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const ENGLISH = { language: 'en' } as const;

/** What a list names, from top to bottom, once it shows so many rows. */
async function namesIn(page: Page, count: number): Promise<string[]> {
  await page
    .getByRole('status')
    .getByText(new RegExp(`^${count} (satır|rows? shown)`))
    .waitFor();
  return page
    .getByRole('rowheader')
    .evaluateAll((cells) => cells.map((cell) => cell.querySelector('a, span')?.textContent ?? ''));
}

const IN_TURKISH_ORDER = [
  'Anadolu Lojistik',
  'Boğaz Mimarlık',
  'Çınar Eczane',
  'Deniz Turizm',
  'Ege Gıda',
  'Fırat Enerji',
  'Göksu Hukuk',
  'Haliç Denizcilik',
  'Ilgaz Sağlık',
  'İzmir Tekstil',
  'Kapadokya Otel',
  'Lüleburgaz Cam',
  'Manavgat Süt',
  'Nevşehir Taş',
  'Ordu Fındık',
  'Pamukkale Spa',
  'Polatlı Tarım',
  'Rize Çay',
  'Safranbolu Evleri',
  'Tarsus Makina',
  'Uşak Halı',
  'Van Kahvaltı',
];

describe('customers', () => {
  it('stand in Turkish order, and the other way round when that is asked for', async () => {
    const page = await portal.visit('/customers', AYLIN);
    expect(await namesIn(page, 22)).toEqual(IN_TURKISH_ORDER);
    await page.getByRole('combobox', { name: 'Sırala' }).selectOption('Ada göre, Z–A');
    await expect.poll(() => namesIn(page, 22)).toEqual(IN_TURKISH_ORDER.toReversed());
    await page.getByRole('columnheader', { name: 'Müşteri' }).getByRole('button').click();
    await expect.poll(() => namesIn(page, 22)).toEqual(IN_TURKISH_ORDER);
  });

  it.each([
    ['izmir', 'İzmir Tekstil'],
    ['IZMIR', 'İzmir Tekstil'],
    ['İZMİR', 'İzmir Tekstil'],
    ['ızmır', 'İzmir Tekstil'],
    ['cinar', 'Çınar Eczane'],
    ['ÇINAR', 'Çınar Eczane'],
    ['ilgaz', 'Ilgaz Sağlık'],
    ['SAGLIK', 'Ilgaz Sağlık'],
    ['gida', 'Ege Gıda'],
    ['SUT', 'Manavgat Süt'],
  ])('are found by %s: %s', async (typed, found) => {
    const page = await portal.visit('/customers', AYLIN);
    await page.getByRole('searchbox').fill(typed);
    await expect.poll(() => namesIn(page, 1)).toEqual([found]);
    expect(new URL(page.url()).searchParams.get('q')).toBe(typed);
  });

  it('filter, order and search stand in the address, and survive a reload and Back', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await page.getByRole('button', { name: 'Ayrıcalık yok' }).click();
    await page.getByRole('combobox', { name: 'Sırala' }).selectOption('Ada göre, Z–A');
    await expect.poll(() => namesIn(page, 2)).toEqual(['Fırat Enerji', 'Deniz Turizm']);
    await page.getByRole('searchbox').fill('eni');
    const asBefore = async () => {
      await expect.poll(() => namesIn(page, 1)).toEqual(['Deniz Turizm']);
      expect(new URL(page.url()).search).toBe('?filter=noPrivileges&sort=-name&q=eni');
      expect(await page.getByRole('button', { name: 'Ayrıcalık yok' }).getAttribute('aria-pressed')).toBe('true');
      expect(await page.getByRole('searchbox').inputValue()).toBe('eni');
      expect(await page.getByRole('combobox', { name: 'Sırala' }).inputValue()).toBe('-name');
    };
    await asBefore();
    await page.reload();
    await asBefore();
    await page.getByRole('link', { name: 'Deniz Turizm' }).click();
    await page.getByRole('heading', { name: 'Deniz Turizm' }).waitFor();
    await page.goBack();
    await asBefore();
  });

  it('that nothing matches can be had back', async () => {
    const page = await portal.visit('/customers?q=yok&filter=openWork', AYLIN);
    await page.getByText('Bu filtrelerle “yok” aramasına uyan müşteri yok.').waitFor();
    await page.getByRole('button', { name: 'Filtreleri temizle' }).click();
    expect(await namesIn(page, 22)).toHaveLength(22);
    expect(new URL(page.url()).search).toBe('');
  });

  it('are reached by arrow keys, Home and End, and opened by Enter', async () => {
    const page = await portal.visit('/customers', AYLIN);
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
    await tabTo(page, row('Anadolu Lojistik'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expectFocus(row('Çınar Eczane'));
    await page.keyboard.press('ArrowUp');
    await expectFocus(row('Boğaz Mimarlık'));
    await page.keyboard.press('End');
    await expectFocus(row('Van Kahvaltı'));
    await page.keyboard.press('Home');
    await expectFocus(row('Anadolu Lojistik'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Anadolu Lojistik' }).waitFor();
  });

  it('“/” goes to the search, and types nothing; in the search it is a letter', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await namesIn(page, 22);
    await page.keyboard.press('/');
    await expectFocus(page.getByRole('searchbox'));
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    await page.keyboard.press('/');
    expect(await page.getByRole('searchbox').inputValue()).toBe('/');
  });

  it('open by a click anywhere in their row', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await page
      .getByRole('row', { name: /Boğaz Mimarlık/ })
      .getByText('12 / 12')
      .click();
    await page.getByRole('heading', { name: 'Boğaz Mimarlık' }).waitFor();
  });
});

describe('subscriptions of other channels', () => {
  it('stand below ours, read-only, with their channel, without a price and without a menu', async () => {
    const page = await portal.visit(subscriptionsOf(7), AYLIN, ENGLISH);
    expect(await namesIn(page, 2)).toEqual(['Microsoft 365 Business Basic', 'Microsoft 365 Apps for enterprise']);
    const row = page.getByRole('row', { name: /Apps for enterprise/ });
    await row.getByRole('img', { name: 'Read-only' }).waitFor();
    const cells = await row.getByRole('cell').allTextContents();
    expect(cells).toEqual(['Active', '–', 'Term until 6 Sept 2027', 'Microsoft direct', '–', 'Not ours to change']);
    expect(await row.getByRole('button').count()).toBe(0);
    await page.getByRole('button', { name: 'Sold by us' }).click();
    expect(await namesIn(page, 1)).toEqual(['Microsoft 365 Business Basic']);
  });

  it('name no other partner, neither on a page nor in an answer of the server', async () => {
    const said: Promise<string>[] = [];
    const page = await portal.open(subscriptionsOf(8), AYLIN, ENGLISH);
    page.on('response', (response) => said.push(response.text().catch(() => '')));
    await page.reload();
    await page.getByText('Another partner').waitFor();
    said.push(Promise.resolve(await page.content()));
    await page.goto(`${portal.deployment.url}${upgradeOf(8)}?to=${OFFERS.o365E1}&why=${OFFERS.o365E3}`);
    await page.getByRole('dialog').getByText('Another partner').first().waitFor();
    said.push(Promise.resolve(await page.content()));
    await page.getByText('No account needs extra work').first().waitFor({ state: 'attached' });
    const all = (await Promise.all(said)).join('\n');
    expect(all).toContain('Haliç Denizcilik');
    expect(all).not.toMatch(/westwind|a1000000-0000-4000-8000-000000000003|d2000000-0000-4000-8000-000000000008/i);
  });

  it('ended ones are shown when asked for', async () => {
    const page = await portal.visit(subscriptionsOf(15), AYLIN, ENGLISH);
    await page.getByText('No subscription matches the search and these filters.').waitFor();
    await page.getByRole('button', { name: 'Show ended' }).click();
    await page
      .getByRole('row', { name: /Business Basic/ })
      .getByText('Canceled')
      .waitFor();
    expect(new URL(page.url()).search).toBe('?ended=1');
    await page.getByRole('button', { name: 'Show ended' }).click();
    await page.getByText('No subscription matches the search and these filters.').waitFor();
  });
});

describe('the number of licenses', () => {
  /** The dialog of a subscription, and its fields. */
  async function openSeats(list: string) {
    const page = await portal.visit(list, AYLIN, ENGLISH);
    await page.getByRole('button', { name: /^More actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Change the number of licenses' }).click();
    const dialog = page.getByRole('dialog', { name: /^Licenses: / });
    const number = dialog.getByRole('spinbutton', { name: 'Licenses' });
    const save = dialog.getByRole('button', { name: 'Save' });
    return { page, dialog, number, save };
  }
  const isOff = (button: Locator) => expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');

  it('is changed after its cost was shown', async () => {
    const { list } = await seed(portal.deployment);
    const { page, dialog, number, save } = await openSeats(list);
    await isOff(save);
    await number.fill('15');
    await dialog.getByText('Net on the next invoice').waitFor();
    const said = await dialog.textContent();
    expect(said).toContain('Credit−$70.0013 Nov – 12 Dec 2026 · 10 × $7.00');
    expect(said).toContain('Charge$94.5016 Nov – 12 Dec 2026 · 15 × $7.00');
    expect(said).toContain('Net on the next invoice$31.50');
    await save.click();
    await page.getByText('Now 15 licenses').first().waitFor();
    await page
      .getByRole('row', { name: /Business Basic/ })
      .getByText('3 / 15')
      .waitFor();
  });

  it('above the limit it says the limit, and cannot be saved', async () => {
    const { dialog, number, save } = await openSeats(subscriptionsOf(13));
    await number.fill('301');
    await dialog.getByText('Microsoft 365 Business Standard allows 1 to 300 licenses; 301 were asked for.').waitFor();
    await dialog.getByText('Change the number, or go to an offer with a higher limit.').waitFor();
    await isOff(save);
  });

  it('below what is assigned it says how many are', async () => {
    const { list } = await seed(portal.deployment);
    const { dialog, number, save } = await openSeats(list);
    await number.fill('2');
    await dialog.getByText('3 users hold a license; 2 would remain.').waitFor();
    await isOff(save);
  });

  it('that is no number is told so at the field', async () => {
    const { dialog, number, save } = await openSeats(subscriptionsOf(1));
    await number.fill('');
    await dialog.getByText('Enter a whole number from 1 to 300.').waitFor();
    await isOff(save);
  });

  it('that a colleague changed meanwhile is not overwritten', async () => {
    const { list, customerId, subscriptionId } = await seed(portal.deployment);
    const { dialog, number, save } = await openSeats(list);
    await number.fill('15');
    await dialog.getByText('Net on the next invoice').waitFor();
    const selim = await portal.deployment.signIn(SELIM);
    const params = { customerId, subscriptionId };
    valueOf(await selim('changeSeats', { params, body: { quantity: 20 } }));
    await save.click();
    await dialog.getByText('Load it again and repeat the change if it is still wanted.').waitFor();
    expect(valueOf(await selim('showSubscription', { params })).quantity).toBe(20);
  });

  it('is not changed by a Billing admin, who reads why', async () => {
    const page = await portal.visit(subscriptionsOf(1), BORA, ENGLISH);
    await page.getByRole('button', { name: /^More actions for/ }).click();
    const act = page.getByRole('menuitem', { name: 'Change the number of licenses' });
    expect(await act.getAttribute('aria-disabled')).toBe('true');
    await page
      .locator('p', { hasText: 'one of these roles is needed: Admin agent, Sales agent.' })
      .waitFor({ state: 'attached' });
  });
});
