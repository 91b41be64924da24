import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS, PARTNERS } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, NIL, seed } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ expectErrors: true });
  const api = await portal.deployment.signIn(AYLIN);
  const igdir = {
    partnerId: PARTNERS.kuzey,
    customerId: portal.deployment.context.newId(),
    customerName: 'Iğdır Kayısı',
  };
  const sold = { offerId: OFFERS.businessBasic, quantity: 3, users: 1, purchasedOn: '2026-10-01' };
  valueOf(await api('seedSubscription', { body: { ...igdir, ...sold } }));
  await seed(portal.deployment, { friendlyName: 'Merkez ofis' });
});
afterAll(() => portal.stop());

const field = (page: Page) => page.getByRole('combobox', { name: 'Müşteri, abonelik, kullanıcı ara' });
/** By its key, once the page is there to hear it. */
async function openSearch(page: Page) {
  await page.getByRole('button', { name: 'Her yerde ara' }).waitFor();
  await page.keyboard.press('Control+k');
}
const options = (page: Page) => page.getByRole('option');
const reached = (page: Page) => page.locator('[role="option"][aria-selected="true"]');

describe('search everywhere, in Turkish', () => {
  it.each(['IĞDIR', 'igdir'])('opens Iğdır Kayısı after Ctrl K and %s', async (typed) => {
    const page = await portal.visit('/customers', AYLIN);
    await openSearch(page);
    await page.keyboard.type(typed);
    await options(page).filter({ hasText: 'Iğdır Kayısı' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Iğdır Kayısı' }).waitFor();
    await field(page).waitFor({ state: 'detached' });
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
  });

  it('shows what it found by kind, and goes through it by arrows', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await page.getByRole('button', { name: 'Her yerde ara' }).click();
    await page.getByText(/^En az iki harf yazın/).waitFor();
    await field(page).fill('izmir');
    await page.getByRole('group', { name: 'Müşteriler' }).waitFor();
    expect(await reached(page).textContent()).toContain('İzmir Tekstil');
    await field(page).fill('Merkez');
    await page.getByRole('group', { name: 'Abonelikler' }).getByText('Merkez ofis').waitFor();
    expect(await reached(page).textContent()).toBe('Merkez ofisKızılırmak Un · Microsoft 365 İş Temel');
    await field(page).fill('ay');
    await page
      .getByRole('group', { name: /Kullanıcılar/ })
      .getByText('Başkaları da var')
      .waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await reached(page).textContent()).toBe(await options(page).last().textContent());
    await page.keyboard.press('ArrowDown');
    expect(await reached(page).textContent()).toBe(await options(page).first().textContent());
    expect(await field(page).getAttribute('aria-activedescendant')).toBe(await reached(page).getAttribute('id'));
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/\/customers$/);
  });

  it('opens an offer in the catalog, and a subscription on its row', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await openSearch(page);
    await field(page).fill('E5 (q');
    await page.getByText('“E5 (q” bulunamadı').waitFor();
    await field(page).fill('Kurumsal E5');
    await page.getByRole('group', { name: 'Teklifler' }).getByRole('option').first().click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Office 365 Kurumsal E5' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await openSearch(page);
    await field(page).fill('Kurumsal E5');
    await options(page).filter({ hasText: 'Kapadokya Otel' }).first().click();
    await page.waitForURL(`**/customers/${customerId(11)}/subscriptions?q=*`);
    await page.getByRole('heading', { level: 1, name: 'Kapadokya Otel' }).waitFor();
    await page.locator('[data-row]').filter({ hasText: 'Office 365 Kurumsal E5' }).waitFor();
  });

  it('keeps the old rows until the next answer, shows no late one, and says what failed', async () => {
    const page = await portal.visit('/customers', AYLIN);
    let answerFirst = () => undefined as void;
    const held = new Promise<void>((resolve) => (answerFirst = resolve));
    await page.route('**/api/search?q=izmir', async (route) => held.then(() => route.continue()));
    await openSearch(page);
    await field(page).fill('rize');
    await options(page).filter({ hasText: 'Rize Çay' }).waitFor();
    const asked = page.waitForRequest('**/api/search?q=izmir');
    await field(page).fill('izmir');
    await asked;
    expect(await options(page).first().textContent()).toContain('Rize Çay');
    await page.keyboard.press('Enter');
    await field(page).fill('van kahv');
    await options(page).filter({ hasText: 'Van Kahvaltı' }).waitFor();
    const late = page.waitForResponse('**/api/search?q=izmir');
    answerFirst();
    await late;
    expect(await options(page).first().textContent()).toContain('Van Kahvaltı');
    await page.route('**/api/search?q=tarsus', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: '{"code":"invalid-request","detail":"Olmadı.","remedy":"Yine deneyin.","correlationId":"1"}',
      }),
    );
    await field(page).fill('tarsus');
    await page.getByRole('heading', { name: 'Arama yapılamadı' }).waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Yeniden dene' }).click();
    await options(page).filter({ hasText: 'Tarsus Makina' }).waitFor();
  });

  it('tells who may not search why', async () => {
    const page = await portal.visit('/customers', NIL);
    await openSearch(page);
    await field(page).fill('izmir');
    await page.getByRole('heading', { name: 'Arama izniniz yok' }).waitFor();
  });
});
