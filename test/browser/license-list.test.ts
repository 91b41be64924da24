import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId, OFFERS } from '../../demo/ids.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, overflow, seed } from './steps.ts';

let portal: Portal;
/** Seats that nobody uses, and an upgrade that leaves accounts to a person. */
beforeAll(async () => {
  portal = await startPortal();
  await seed(portal.deployment, { customerId: customerId(10), offerId: OFFERS.o365E3, users: 0 });
});
afterAll(() => portal.stop());

it('licenses of all customers lead from what nobody uses to the customer’s users', async () => {
  const page = await portal.visit('/customers', AYLIN);
  await page.getByRole('link', { name: 'Lisanslar', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Lisanslar' }).waitFor();
  const rows = page.locator('[data-row]');
  await rows.first().waitFor();
  const numbers = async (place: number) =>
    (await page.locator(`[data-row] > :nth-child(${place})`).allTextContents()).map((text) =>
      Number(text.replaceAll('.', '')),
    );
  await expect.poll(async () => (await numbers(5))[0] ?? 0).toBeGreaterThan(0);
  const unused = await numbers(5);
  expect(unused).toEqual(unused.toSorted((one, other) => other - one));
  expect(await rows.first().textContent()).toMatch(/\$[\d.]+,\d\d.*gün kaldı/);

  await page.getByRole('button', { name: 'Kullanılmayan', exact: true }).click();
  await expect.poll(() => page.url()).toContain('sort=unused');
  await expect.poll(async () => (await numbers(5))[0]).toBe(Math.min(...unused));
  await page.getByRole('combobox', { name: 'Sırala' }).selectOption('Önce en yakın son gün');
  await page.getByRole('searchbox').fill('IZMIR');
  const names = async () => [...new Set(await page.locator('[data-row] th a').allTextContents())];
  await expect.poll(names).toEqual(['İzmir Tekstil']);
  await page.getByRole('button', { name: 'Kullanılmayan lisanslı' }).click();
  const product = page.getByRole('combobox', { name: 'Ürün' });
  await product.selectOption({ label: 'Office 365 Kurumsal E3' });
  await expect.poll(() => rows.count()).toBe(1);
  expect(page.url()).toMatch(/sort=deadline&q=IZMIR&unused=true&product=[\w-]{36}$/);

  await page.getByRole('button', { name: 'Sütunlar' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Atanmış' }).click();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('columnheader', { name: 'Atanmış' }).count()).toBe(0);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV olarak dışarı aktar' }).click();
  expect((await saved).suggestedFilename()).toBe('licenses-2026-11-16.csv');

  await page.getByRole('button', { name: 'Bekleyen hesaplı' }).click();
  await page.getByText('Arama ve filtrelere uyan ürün yok.').waitFor();
  await page.getByRole('button', { name: 'Filtreleri temizle' }).click();
  await page.setViewportSize({ width: 400, height: 800 });
  expect(await overflow(page)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await rows.first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Kullanıcılar ve lisanslar' }).waitFor();
  expect(page.url()).toMatch(/\/users$/);
});
