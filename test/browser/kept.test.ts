import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GULAY } from '../waiting.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const nameField = (page: Page) => page.getByRole('textbox', { name: 'Ad soyad' });
const invite = (page: Page) => page.getByRole('button', { name: 'Kullanıcı davet et' }).click();

describe('what somebody typed', () => {
  it('outlasts a reload and the end of the session, is shown to nobody else, and is gone once it was dropped', async () => {
    const page = await portal.open('/settings/agents', GULAY);
    await invite(page);
    await nameField(page).fill('Deniz Kara');
    await page.reload();
    await invite(page);
    expect(await nameField(page).inputValue()).toBe('Deniz Kara');

    const { context } = portal.deployment;
    await context.database.asSystem((tx) => tx.query('delete from sessions'));
    await page.getByRole('textbox', { name: 'E-posta' }).fill('deniz@kuzey.example');
    await page.getByRole('button', { name: 'Davet et', exact: true }).click();
    await page.getByText(/^Bir süre işlem yapmadığınız için oturumunuz kapatıldı\./).waitFor();
    await page.getByRole('button', { name: /^Gülay/ }).click();
    await page.waitForURL('**/settings/agents');
    await invite(page);
    expect(await nameField(page).inputValue()).toBe('Deniz Kara');
    expect(await page.getByRole('textbox', { name: 'E-posta' }).inputValue()).toBe('deniz@kuzey.example');
    await page.getByRole('button', { name: 'İptal' }).click();
    await invite(page);
    expect(await nameField(page).inputValue()).toBe('');

    await nameField(page).fill('Deniz Kara');
    await context.database.asSystem((tx) => tx.query('delete from sessions'));
    await page.getByRole('textbox', { name: 'E-posta' }).fill('deniz@kuzey.example');
    await page.getByRole('button', { name: 'Davet et', exact: true }).click();
    await page.getByRole('button', { name: /^Hale/ }).click();
    await page.waitForURL('**/settings/agents');
    const left = () => page.evaluate(`Object.values(sessionStorage).filter((text) => text.includes('Deniz'))`);
    await expect.poll(left).toEqual([]);
  });

  it('into the search of a list is searched for in the tab that is chosen right after, too', async () => {
    const page = await portal.visit('/deadlines?list=monthToMonth', AYLIN);
    await page.getByRole('searchbox').fill('izmir');
    await page.getByRole('link', { name: /^Taahhütlü/ }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?q=izmir');
    await page.getByRole('link', { name: /^Aylık yenilenen/ }).click();
    await page.getByRole('searchbox').fill('pamuk');
    await expect.poll(() => new URL(page.url()).search).toBe('?list=monthToMonth&q=pamuk');
  });
});

describe('a tab that is older than the server', () => {
  it('says so when an answer tells of another build, and is up to date once it is loaded anew', async () => {
    const page = await portal.open('/customers', AYLIN);
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.getByText('Yükselt’in yeni bir sürümü hazır.').count()).toBe(0);
    await page.route('**/api/sessions/current', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'x-yukselt-build': 'another' } });
    });
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.getByRole('link', { name: 'Katalog' }).click();
    await page.getByRole('link', { name: 'Müşteriler' }).first().click();
    await page.clock.install();
    await expect
      .poll(async () => {
        await page.clock.fastForward(60_000);
        return page.getByText('Yükselt’in yeni bir sürümü hazır.').isVisible();
      })
      .toBe(true);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.getByRole('button', { name: 'Yeniden yükle' }).click();
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.getByText('Yükselt’in yeni bir sürümü hazır.').count()).toBe(0);
  });

  it('says so where the code of a page is gone, and keeps its frame', async () => {
    const page = await portal.open('/customers', AYLIN);
    await page.getByRole('row').nth(1).waitFor();
    await page.route('**/assets/ReportsPage-*', (route) => route.abort());
    await page.getByRole('link', { name: 'Raporlar' }).click();
    await page.getByText('Bu bölüm çalışmayı durdurdu').waitFor();
    await page.getByText('Yükselt’in yeni bir sürümü hazır.').waitFor();
    await page.getByRole('link', { name: 'Müşteriler' }).first().click();
    await page.getByRole('row').nth(1).waitFor();
  });
});
