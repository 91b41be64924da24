import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '../deployment.ts';
import { GULAY, seedBasic, submitUpgrade } from '../waiting.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, overflow, SELIM, tabTo } from './steps.ts';

let portal: Portal;
let billing: string;
let upgradeId: string;
beforeAll(async () => {
  portal = await startPortal();
  const { deployment } = portal;
  const of = await seedBasic(deployment, { customerName: 'Işıklar Diş Kliniği' });
  upgradeId = valueOf((await submitUpgrade(deployment, of)).submitted).upgradeId;
  const params = { customerId: of.customerId };
  billing = `/customers/${of.customerId}/billing`;
  const aylin = await deployment.signIn(AYLIN);
  valueOf(await aylin('changeMargin', { params, body: { basisPoints: 1000 } }));
  const gulay = await deployment.signIn(GULAY);
  const settings = valueOf(await gulay('showBillingSettings', {}));
  const vatRates = [{ market: 'TR', basisPoints: 2000 }];
  valueOf(await gulay('changeBillingSettings', { body: { ...settings, vatRates } }));
});
afterAll(() => portal.stop());

const shortNumber = () => `${upgradeId.slice(-8, -4)}-${upgradeId.slice(-4)}`.toUpperCase();

it('a customer’s billing is read from its tab: joined lines, the next invoice, the comparison', async () => {
  const page = await portal.visit(billing.replace('billing', 'subscriptions'), AYLIN);
  await page.getByRole('link', { name: 'Faturalama', exact: true }).click();
  const credit = page.getByRole('row', { name: /Yükseltme için iade/ });
  await credit.getByText('Bu 2 satır aynı yükseltmeye aittir').waitFor();
  const charge = page.getByRole('row', { name: /Yükseltme için ücret: Office 365 Kurumsal E3/ });
  await charge.getByText('Önizlemeyle aynı').waitFor();
  await charge.getByText(/^KDV \$/).waitFor();
  await charge.getByText('Nasıl hesaplandı?').click();
  await charge.getByText(/10 × aylık \$/).waitFor();
  await page.getByText(/^Eski platformda yuvarlama: /).waitFor();
  await page.getByRole('combobox', { name: 'Ay' }).selectOption('Kasım 2026');
  await expect.poll(() => new URL(page.url()).searchParams.get('month')).toBe('2026-11-01');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV olarak dışarı aktar' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^charges-2026-11-16\.csv$/);
  await page.getByRole('link', { name: 'Sonraki fatura' }).click();
  await page.getByRole('heading', { name: /^Fatura önizlemesi: .*Eski platform/ }).waitFor();
  await page.getByText('Ay sonunda beklenen').waitFor();
  await page.getByRole('link', { name: 'Karşılaştırma' }).click();
  await page.getByText('Gösterilen tüm yükseltmeler, onaylanan önizlemelerindeki gibi faturalandı.').waitFor();
  await page.getByRole('row').filter({ hasText: shortNumber() }).getByText('Önizlemeyle aynı').waitFor();
});

it('columns are chosen by keyboard, and stay chosen', async () => {
  const page = await portal.open(billing, AYLIN, { language: 'en' });
  const unitPrice = page.getByRole('columnheader', { name: 'Unit price' });
  await unitPrice.waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Columns' }));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemcheckbox', { name: 'Unit price' }).press('Space');
  await page.keyboard.press('Escape');
  await expect.poll(() => unitPrice.count()).toBe(0);
  await page.reload();
  await page.getByRole('columnheader', { name: 'Amount' }).waitFor();
  expect(await unitPrice.count()).toBe(0);
});

it('the list of upgrades is sorted by its heads, narrowed, and keeps still while new ones come', async () => {
  const page = await portal.visit('/upgrades', AYLIN, { language: 'en' });
  const head = page.getByRole('columnheader', { name: 'Customer' });
  await head.getByRole('button').click();
  await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
  expect(new URL(page.url()).searchParams.get('sort')).toBe('customer');
  await page.getByRole('combobox', { name: 'Way' }).selectOption('Replacement');
  await page.getByRole('searchbox').fill(shortNumber());
  await page.getByRole('link', { name: 'Işıklar Diş Kliniği' }).waitFor();
  await page.goto(`${portal.deployment.url}/upgrades`);
  await page.getByRole('link', { name: 'Işıklar Diş Kliniği' }).first().waitFor();
  const more = await seedBasic(portal.deployment, { customerName: 'Şile Bezi' });
  await submitUpgrade(portal.deployment, more);
  await page.getByText('1 new upgrade').waitFor();
  expect(await page.getByRole('link', { name: 'Şile Bezi' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('link', { name: 'Şile Bezi' }).waitFor();
});

it('on a phone nothing is cut off, and whoever may not see bills reads why', async () => {
  const page = await portal.visit(billing, AYLIN, { width: 400 });
  await page.getByText('Önizlemeyle aynı').waitFor();
  expect(await overflow(page)).toBe(0);
  await portal.deployment.context.database.asSystem((tx) =>
    tx.query(`update agents set roles = '{helpdeskAgent}' where email = $1`, [SELIM]),
  );
  const denied = await portal.visit(billing, SELIM);
  await denied.getByRole('heading', { name: 'Faturalamayı görme izniniz yok' }).waitFor();
});
