import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId, OFFERS } from '../../demo/ids.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, expectFocus, seed } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
  await seed(portal.deployment, { customerId: customerId(10), offerId: OFFERS.o365E3, users: 0 });
});
afterAll(() => portal.stop());

const USERS = `/customers/${customerId(10)}/users`;
const cell = (page: Page, place: string) => page.locator(`[data-cell="${place}"]`);
const choose = (page: Page, name: string) => page.getByRole('checkbox', { name: `Seç: ${name}` }).check();

it('licenses of several users are replaced, and what cannot be is said for each', async () => {
  const page = await portal.visit(USERS, AYLIN);
  await page.getByText('41 kullanıcıdan 41 tanesi').waitFor();
  await page.getByRole('searchbox').fill('YILMAZ');
  await expect.poll(() => page.getByRole('rowheader', { name: /Ayşe Yılmaz/ }).count()).toBe(1);
  await page.getByRole('searchbox').fill('');
  await page.getByText('41 kullanıcıdan 41 tanesi').waitFor();

  // Ayşe Yılmaz has no usage location.
  await choose(page, 'Ayşe Yılmaz');
  await choose(page, 'Işıl Kılıç');
  await page.getByText('2 kullanıcı seçildi').waitFor();
  await page.getByRole('button', { name: 'Lisansı değiştir' }).click();
  const dialog = page.getByRole('dialog', { name: 'Lisansı değiştir' });
  const pick = async (label: string, product: RegExp) => {
    const field = dialog.getByRole('combobox', { name: label });
    await field.selectOption(await field.locator('option').filter({ hasText: product }).getAttribute('value'));
  };
  await pick('Kaldırılacak lisans', /Temel/);
  await pick('Yerine gelecek lisans', /E3/);
  await dialog.getByText(/Kullanım konumu eksik/).waitFor();
  await dialog.getByText('1 kullanıcı dışarıda kalacak:').waitFor();
  await dialog.getByRole('button', { name: '1 kullanıcıya uygula' }).click();
  await page.getByText('1 kullanıcının lisansları değişti').first().waitFor();
  await dialog.waitFor({ state: 'hidden' });
});

it('the table is walked by arrow keys, and Enter opens the services of a user', async () => {
  const page = await portal.visit(`${USERS}?q=elif`, AYLIN);
  const row = page.getByRole('rowheader', { name: /Elif Aydın/ });
  await row.waitFor();
  await cell(page, '0:1').focus();
  await page.keyboard.press('ArrowRight');
  await expectFocus(cell(page, '0:2'));
  expect(await cell(page, '0:2').textContent()).toContain('Atanmış');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expectFocus(cell(page, '0:0'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: /Elif Aydın/ });
  const teams = panel.getByRole('switch', { name: /TEAMS1/ });
  await teams.waitFor();
  await panel.getByRole('button', { name: 'Kapat' }).click();
  await expectFocus(cell(page, '0:1'));
  expect(new URL(page.url()).search).toBe('?q=elif');
});

it('a service is switched off for one user, and stays off', async () => {
  const page = await portal.visit(`${USERS}?q=nazli%20yilmaz`, AYLIN);
  await page.getByRole('rowheader').first().click();
  const teams = page.getByRole('dialog').getByRole('switch', { name: /TEAMS1/ });
  await teams.click();
  await expect.poll(() => teams.isChecked()).toBe(false);
  await expect.poll(() => teams.isEnabled()).toBe(true);
  await page.reload();
  await expect.poll(() => teams.isChecked()).toBe(false);
  await page.getByRole('dialog').getByRole('button', { name: 'Kapat' }).click();
  await page
    .getByText(/1 hizmet kapalı/)
    .first()
    .waitFor({ state: 'attached' });
});

it('who may not assign licenses sees why', async () => {
  const page = await portal.visit(USERS, BORA);
  await choose(page, 'Ayşe Yılmaz');
  const assign = page.getByRole('button', { name: 'Lisans ata' });
  expect(await assign.getAttribute('aria-disabled')).toBe('true');
  await page
    .getByRole('paragraph')
    .filter({ hasText: /^Rolünüz bunun için yeterli değil: / })
    .waitFor();
});
