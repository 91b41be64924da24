import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OFFERS } from '../../demo/ids.ts';
import { fileOf, type Shape } from '../../server/imports/table-files.fixture.ts';
import { legacyList, pricesInForce } from '../price-files.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, SELIM } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const choose = (page: Page, name: string, table: string[][], shape?: Shape) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: fileOf(table, shape) });

it('a price list is checked, corrected, imported, and taken back', async () => {
  const prices = await pricesInForce(await portal.deployment.signIn(AYLIN), 'legacy');
  // One of them has no yearly price yet.
  const same = prices.length - 2;
  const page = await portal.visit('/catalogue/prices', AYLIN);

  await choose(page, 'ekim.csv', [
    ['ad', 'yaş'],
    ['Ada', '36'],
  ]);
  await page.getByText(/Başlıklar bir fiyat listesinin veya teklif matrisinin başlıkları değil/).waitFor();

  const doubtful = legacyList(prices, { [OFFERS.o365E3]: '30,50', [OFFERS.o365E5]: 'sorunuz' });
  await choose(page, 'kasım.csv', doubtful, { separator: ';', mark: true });
  await page.getByRole('heading', { name: 'kasım.csv' }).waitFor();
  await page.getByText('ayırıcı: noktalı virgül, ondalık: nokta, kodlama: utf-8').waitFor();
  const apply = page.getByRole('button', { name: /fiyatı içeri aktar$/ });
  await page.getByText('Bu bir sayı değil.').waitFor();
  expect(await page.getByText('List Price: sorunuz').count()).toBe(1);
  await page.getByRole('button', { name: 'Vazgeç' }).click();

  const corrected = legacyList(prices, { [OFFERS.o365E3]: '30.50' });
  await page.getByRole('heading', { name: 'Fiyat listesi veya teklif matrisi içeri aktar' }).waitFor();
  await choose(page, 'kasım.zip', corrected, { zipped: true });
  await page.getByText(`1 yeni, 2 değişmiş, 0 kaldırılmış, ${same} aynı`).waitFor();
  await page.getByRole('button', { name: 'Değişmiş: 2' }).click();
  await page.getByText('$26,00 → $30,50').first().waitFor();
  await apply.click();
  await page.getByText(/^İçeri aktarıldı\. Sürüm: 1,/).waitFor();

  await page.getByRole('button', { name: 'Fiyatlara dön' }).click();
  const versions = page.getByRole('table', { name: 'Sürümler' });
  await versions.getByText('Tüm pazarların fiyatları, sürüm 1').waitFor();
  await choose(page, 'yine.csv', corrected);
  await page.getByText('Dosya şu sürümle aynı: 1.').waitFor();
  expect(await apply.count()).toBe(0);
  await page.goto(`${portal.deployment.url}/catalogue/prices`);
  await versions.getByRole('button', { name: 'Bu sürüme dön' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Bu sürüme dön' }).click();
  await versions.getByText('Geri dönülen sürüm: 0').waitFor();
});

it('whoever may not import sees why, and the versions', async () => {
  const page = await portal.visit('/catalogue/prices', SELIM);
  const button = page.getByRole('button', { name: 'Dosya seç' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await page.getByText(/^Rolünüz bunun için yeterli değil/).waitFor();
});
