import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueSetupCode } from '../../server/identity/set-up.ts';
import { clearWorld } from '../../server/sandbox/clear-world.store.ts';
import { type Portal, startPortal, type View } from './browser.ts';
import { expectAccessible, expectFit } from './inspect.ts';
import { expectFocus } from './steps.ts';

const PASSWORD = 'correct horse battery staple';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());
beforeEach(() => portal.deployment.context.database.asSystem(clearWorld));

const submitOf = (page: Page) => page.getByRole('button', { name: /^(Oluştur ve oturum aç|Create and sign in)$/ });

describe('the first run', () => {
  it('creates the first partner with its administrator by the link of the console, and signs in', async () => {
    const code = await issueSetupCode(portal.deployment.context);
    const page = await portal.open(`/setup#${code}`);
    await page.getByLabel('Şirket adı').fill('Yıldız Bulut');
    await page.getByLabel('Microsoft kiracı kimliği').fill('no id');
    await page.getByLabel('Etki alanı').fill('yildiz.example');
    await page.getByLabel('Ad soyad').fill('Elif Kaya');
    await page.getByLabel('E-posta').fill('elif@yildiz.example');
    await page.getByLabel('Parola', { exact: true }).fill('yildizbulut 2026');
    await submitOf(page).click();
    await page.getByText('00000000-0000-0000-0000-000000000000').waitFor();
    await page.getByLabel('Microsoft kiracı kimliği').fill('5b0f3a52-0000-4000-8000-00000000abcd');
    await submitOf(page).click();
    await page.getByText('Tahmin edilmesi daha güç bir parola seçin').waitFor();
    await page.getByLabel('Parola', { exact: true }).fill(PASSWORD);
    await submitOf(page).click();
    await page.getByRole('heading', { level: 1, name: 'Müşteriler' }).waitFor();
    await page.goto(`${portal.deployment.url}/setup#${code}`);
    await page.getByText('ilk yöneticisi zaten var').waitFor();
  });

  it('tells who has half a link that the code is missing', async () => {
    await issueSetupCode(portal.deployment.context);
    const page = await portal.open('/setup');
    await page.getByText('kodu yok').waitFor();
  });

  const VIEWS: readonly [string, View & { readonly language: 'en' | 'tr' }][] = [
    ['in English', { language: 'en' }],
    ['in Turkish, dark', { language: 'tr', dark: true }],
    ['in English at 400 px', { language: 'en', width: 400 }],
    ['in Turkish at 400 px', { language: 'tr', width: 400 }],
  ];
  it.each(VIEWS)('has a form that fits and is accessible, also with everything missing, %s', async (_view, view) => {
    const page = await portal.open(`/setup#${await issueSetupCode(portal.deployment.context)}`, undefined, view);
    await submitOf(page).click();
    await expectFocus(page.getByLabel(/^(Şirket adı|Company name)$/));
    expect(await page.locator('[aria-invalid=true]').count()).toBe(6);
    await expectAccessible(page, view.dark ? 'colors' : 'all');
    await expectFit(page, view.language);
  });
});
