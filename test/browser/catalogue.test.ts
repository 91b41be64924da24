import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFERS } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, expectFocus, SELIM, tabTo } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const box = (page: Page, name: RegExp) => page.locator('[data-offer]').filter({ hasText: name });
const panel = (page: Page) => page.getByRole('region', { name: 'Seçili teklif' });

describe('the upgrade map in Turkish', () => {
  it('is walked by keyboard: Tab enters, arrows follow paths, Enter chooses, Escape leaves', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await page.getByRole('link', { name: 'Katalog' }).click();
    await page.getByRole('group', { name: /^\d+ teklif ve \d+ yol içeren/ }).waitFor();
    const basic = box(page, /İş Temel/);
    await tabTo(page, page.locator('[data-offer][tabindex="0"]'));
    await basic.focus();
    await page.keyboard.press('ArrowRight');
    await expectFocus(box(page, /İş Standart|Kurumsal E1/).and(page.locator(':focus')));
    await page.keyboard.press('ArrowLeft');
    await expectFocus(basic);
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { name: 'Microsoft 365 İş Temel' }).waitFor();
    expect(page.url()).toContain(`offer=${encodeURIComponent(OFFERS.nceBusinessBasic)}`);
    await panel(page).getByText('Lisans başına aylık $7,35 · buradan 2 yol var').waitFor();
    expect(await basic.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Escape');
    await expectFocus(panel(page));
  });

  it('tells of each target what it costs more, what it adds and how many subscriptions could go now', async () => {
    const page = await portal.visit(`/catalogue?offer=${OFFERS.nceBusinessBasic}`, AYLIN);
    const api = await portal.deployment.signIn(AYLIN);
    const { targets } = valueOf(await api('countUpgradable', { query: { offerId: OFFERS.nceBusinessBasic } }));
    const count = targets.find(({ offerId }) => offerId === OFFERS.nceBusinessStandard)?.count;
    const target = panel(page).getByRole('listitem').filter({ hasText: 'İş Standart' });
    await target.getByText(`Şu an ${count} abonelik geçebilir`).waitFor();
    expect(await target.first().textContent()).toMatch(/\+\$7,35.*Eklenen: .*Office masaüstü uygulamaları/);
    await target.getByRole('link', { name: `Şu an ${count} abonelik geçebilir` }).click();
    await page.getByRole('heading', { level: 1, name: 'Müşteriler' }).waitFor();
    const path = page.getByRole('button', { name: /İş Temel → Microsoft 365 İş Standart/ });
    await path.waitFor();
    const named = await page.getByRole('rowheader').count();
    expect(named).toBeGreaterThan(0);
    await path.click();
    await expect.poll(() => page.getByRole('rowheader').count()).toBeGreaterThan(named);
    expect(page.url()).not.toContain('path=');
  });

  it('finds the cheapest way, step by step, or says why there is none', async () => {
    const page = await portal.visit(`/catalogue?offer=${OFFERS.nceBusinessBasic}`, AYLIN);
    await page.getByRole('combobox', { name: 'Nereye gidileceğini seçin' }).pressSequentially('KURUMSAL e3');
    await page.getByRole('option', { name: 'Office 365 Kurumsal E3' }).click();
    const way = panel(page).getByRole('region', { name: 'En ucuz yol' });
    await way.getByText('2 adım; toplam fark lisans başına aylık +$19,95.').waitFor();
    await way.getByText('Aradaki tekliflerin bir aylığı: $10,50.').waitFor();
    expect(await way.locator('ol > li').allTextContents()).toEqual([
      expect.stringMatching(/^Office 365 Kurumsal E1\$10,50lisans başına aylık \+\$3,15/),
      expect.stringMatching(/^Office 365 Kurumsal E3\$27,30lisans başına aylık \+\$16,80/),
    ]);
    await page.goto(`${portal.deployment.url}/catalogue?offer=${OFFERS.nceO365E3}&to=${OFFERS.nceBusinessBasic}`);
    await way.getByText(/^Bir yol yok: bilinen hiçbir yol/).waitFor();
  });

  it('opens a path with its source, and switches it for a market and until a day', async () => {
    const path = `/catalogue?offer=${OFFERS.nceBusinessStandard}&path=nce-business-standard--nce-o365-e5`;
    const page = await portal.open(path, AYLIN);
    const details = page.getByRole('dialog');
    await details.getByText(/Yeni ticaret aboneliğini geçirme/).waitFor();
    await details.getByRole('radio', { name: 'Açık' }).check();
    await details.getByLabel('Pazarlar').first().selectOption({ label: 'Türkiye' });
    await details.getByLabel('Geçerlilik başlangıcı').fill('2026-12-31');
    await details.getByLabel('Geçerlilik sonu').fill('2026-11-01');
    await details.getByRole('button', { name: 'Kaydet' }).click();
    await expectFocus(details.getByLabel('Geçerlilik sonu'));
    await details.getByLabel('Geçerlilik başlangıcı').fill('2026-11-01');
    await details.getByLabel('Geçerlilik sonu').fill('2026-12-31');
    await details.getByRole('button', { name: 'Kaydet' }).click();
    await page.getByText('Yol ayarı kaydedildi').last().waitFor();
    await details.getByText('Açık', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await panel(page)
      .getByText(/buradan 2 yol var/)
      .waitFor();
    const api = await portal.deployment.signIn(AYLIN);
    valueOf(await api('removePathSwitch', { params: { pathId: 'nce-business-standard--nce-o365-e5' } }));
  });

  it('shows whoever may not switch a path why, and says the same in a table', async () => {
    const page = await portal.visit(`/catalogue?platform=legacy&view=table&offer=${OFFERS.businessBasic}`, SELIM);
    await page.locator('th[scope="rowgroup"]').first().getByText('Kaynak: Microsoft 365 İş Temel').waitFor();
    await page.getByRole('button', { name: 'Sütunlar' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Hizmetler' }).click();
    await page.keyboard.press('Escape');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV olarak dışarı aktar' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('upgrade-paths-2026-11-16.csv');
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toBe('\uFEFFKaynak teklif;Hedef teklif;Fiyat farkı;Para birimi;Durum');
    expect(lines).toHaveLength((await page.locator('[data-row]').count()) + 1);
    expect(lines[1]).toMatch(/^Microsoft 365 İş Temel;.*;\d+,\d\d;USD;/);
    await page.locator('[data-row="0"]').focus();
    await page.keyboard.press('Enter');
    const details = page.getByRole('dialog');
    await details.getByText(/Şu rollerden biri gerekir: Genel yönetici, Yönetici aracısı/).waitFor();
    expect(await details.getByRole('radio', { name: 'Kapalı' }).isDisabled()).toBe(true);
    expect(await details.getByRole('button', { name: 'Kaydet' }).getAttribute('aria-disabled')).toBe('true');
  });
});

describe('offers and price lists in English', () => {
  it('are searched without regard to the dot of an i, opened and saved as they are shown', async () => {
    const page = await portal.visit('/catalogue/offers', AYLIN, { language: 'en' });
    await page.getByRole('searchbox').fill('BUSİNESS BASIC');
    await page.getByLabel('Platform').selectOption('newCommerce');
    await page.getByText('2 offers', { exact: true }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('offers-2026-11-16.csv');
    await page.locator('[data-row="0"]').press('Enter');
    const details = page.getByRole('dialog');
    await details.getByText('$7.35 per license and month').waitFor();
    await details.getByRole('link', { name: 'Show its prices' }).click();
    await page.getByText('3 prices', { exact: true }).waitFor();
    await page.getByText('The list of your company').waitFor();
    await page.getByRole('button', { name: 'Valid today' }).click();
    await expect.poll(() => page.locator('[data-row]').count()).toBeGreaterThan(3);
  });
});
