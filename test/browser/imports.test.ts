import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId, OFFERS, subscriptionId } from '../../demo/ids.ts';
import { fileOf, type Shape } from '../../server/imports/table-files.fixture.ts';
import { legacyList, pricesInForce } from '../price-files.ts';
import { customersFile, subscriptionsFile, usersFile } from '../record-files.ts';
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
  await page.getByText(/Başlıkları içeri aktarılabilen dosyalardan hiçbirine uymuyor/).waitFor();

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

it('a partner’s own world is brought in, file by file, and a bill is compared with it', async () => {
  const page = await portal.visit('/imports', AYLIN);
  const apply = page.getByRole('button', { name: /satırı içeri aktar$/ });
  const back = page.getByRole('button', { name: 'Dosyalara dön' });
  await choose(
    page,
    'müşteriler.csv',
    customersFile(['Deniz Lojistik', 'deniz.example'], ['Ada Kırtasiye', 'ada.example']),
  );
  await page.getByText('2 yeni, 0 değişmiş, 0 aynı, 0 dışarıda kalan').waitFor();
  await apply.click();
  await page.getByText('İçeri aktarılan satır: 2.').waitFor();
  await back.click();

  const lines = subscriptionsFile([{}, { id: 'd9000000-0000-4000-8000-000000000002', seats: 'çok' }]);
  await choose(page, 'abonelikler.csv', lines, { separator: ';', encoding: 'windows-1254' });
  await page.getByText('Bu, tam sayı olarak bir lisans sayısı değil.').waitFor();
  expect(await apply.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('checkbox', { name: 'Veya onları bırakın ve kalanları içeri aktarın' }).check();
  await apply.click();
  await page.getByText('İçeri aktarılan satır: 1.').waitFor();
  await back.click();

  await choose(page, 'kullanıcılar.csv', usersFile([{ licenses: 'Microsoft 365 Business Basic' }]));
  await page.getByText('Sign-in name: ').or(page.getByText('Oturum açma adı: ')).waitFor();
  await apply.click();
  await page.getByText('İçeri aktarılan satır: 1.').waitFor();
  await back.click();

  const heading =
    'CustomerId,CustomerName,SubscriptionId,DurableOfferId,OfferName,ChargeStartDate,ChargeEndDate,ChargeType,Quantity,Subtotal';
  const line = [customerId(1), 'Anadolu', subscriptionId(1), OFFERS.businessBasic, 'Basic', '2026-11-01', '2026-11-30'];
  await choose(page, 'mutabakat.csv', [heading.split(','), [...line, 'Cycle fee', '1', '5.00']]);
  await page.getByText(/^0 eşit, 0 farklı, 1 burada yok, \d+ dosyada yok$/).waitFor();
  await page.getByRole('combobox', { name: 'Karşılaştırılan fatura' }).selectOption({ label: 'Ekim 2026' });
  await page.getByText('Fark', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Dosyada yok: / }).waitFor();
  await back.click();
  const table = page.getByRole('table', { name: 'Dosyalar' });
  await table.getByText('mutabakat.csv').waitFor();
  expect(await table.getByRole('row', { name: /İçeri aktarıldı/ }).count()).toBe(3);
});

it('whoever may not import sees why, and the versions', async () => {
  const page = await portal.visit('/catalogue/prices', SELIM);
  const button = page.getByRole('button', { name: 'Dosya seç' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await page.getByText(/^Rolünüz bunun için yeterli değil/).waitFor();
});
