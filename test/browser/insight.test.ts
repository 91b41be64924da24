import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS, subscriptionId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, overflow } from './steps.ts';

let portal: Portal;
/** A subscription that rolls over each month, and an upgrade that leaves seven accounts to a person. */
beforeAll(async () => {
  portal = await startPortal();
  const { deployment } = portal;
  const api = await deployment.signIn(AYLIN);
  const line = {
    offerId: OFFERS.nceBusinessStandard,
    quantity: 12,
    termDuration: 'P1M',
    billingCycle: 'monthly',
  } as const;
  const purchase = { purchaseId: deployment.context.newId(), lines: [line] };
  valueOf(await api('purchase', { params: { customerId: customerId(16) }, body: purchase }));
  const params = { customerId: customerId(10), subscriptionId: subscriptionId(10) };
  const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' as const };
  const { quoteId } = valueOf(await api('quoteUpgrade', { params, body }));
  valueOf(await api('submitQuote', { params: { ...params, quoteId } }));
});
afterAll(() => portal.stop());

const rowsOf = (page: Awaited<ReturnType<Portal['visit']>>) => page.locator('[data-row]');

describe('deadlines in Turkish', () => {
  it('tell the last day, what is possible until then and what comes otherwise, and lead to the customer', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await page.getByRole('link', { name: 'Son tarihler' }).click();
    await page.getByRole('link', { name: 'Aylık yenilenen 1' }).click();
    await expect.poll(() => rowsOf(page).count()).toBe(1);
    const text = await rowsOf(page).first().textContent();
    expect(text).toMatch(/Pamukkale Spa.*23\.11\.2026Pazartesi, 7 gün kaldı.*Lisans azaltma: en fazla 12/);
    expect(text).toMatch(/Yapılmazsa: Taahhüt bitişi: 15\.12\.2026, lisans: 12.*0 \/ 12.*12 boşta/);
    await page.getByRole('link', { name: /^Taahhütlü/ }).click();
    await expect.poll(() => rowsOf(page).count()).toBeGreaterThan(1);
    expect(page.url()).not.toContain('monthToMonth');
    await page.getByRole('searchbox').fill('izmir');
    await expect
      .poll(async () => [...new Set(await page.locator('[data-row] th a').allTextContents())])
      .toEqual(['İzmir Tekstil']);
    await page.getByRole('button', { name: 'Kullanılmayan lisans' }).click();
    await page.getByRole('combobox', { name: 'Sırala' }).selectOption('value');
    await expect.poll(() => page.url()).toMatch(/q=izmir&unused=true&sort=value/);
    await rowsOf(page).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'İzmir Tekstil' }).waitFor();
  });

  it('are subscribed to at an address that is shown once, and that ends', async () => {
    const page = await portal.visit('/deadlines', AYLIN);
    await page.getByRole('button', { name: 'Takvim', exact: true }).click();
    await page.getByRole('button', { name: 'Adres oluştur' }).click();
    const address = await page.getByText(/\/calendar\/[\w-]{43}\.ics$/).textContent();
    expect(await (await fetch(address ?? '')).text()).toMatch(/SUMMARY:Uşak Halı/);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Kapat' }).click();
    await page.getByRole('button', { name: 'Takvim', exact: true }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Takvim dosyası olarak kaydet' }).click();
    expect((await saved).suggestedFilename()).toBe('deadlines-2026-11-16.ics');
    await page.getByRole('button', { name: 'Adresi iptal et' }).click();
    await page.getByRole('button', { name: 'Adres oluştur', exact: true }).waitFor();
    expect((await fetch(address ?? '')).status).toBe(404);
  });

  it('sort the customers, too', async () => {
    const page = await portal.visit('/customers?sort=deadline', AYLIN);
    await expect.poll(() => rowsOf(page).first().textContent()).toMatch(/18\.11\.2026|21\.11\.2026/);
    await page.getByRole('combobox', { name: 'Sırala' }).selectOption('-upgradable');
    await expect.poll(() => page.url()).toContain('sort=-upgradable');
    await expect.poll(() => rowsOf(page).first().textContent()).toMatch(/Safranbolu Evleri/);
  });
});

describe('reports', () => {
  it('say each plot in words, lead from a dot to the upgrade, and are tables for whoever wants that', async () => {
    const page = await portal.visit('/reports', AYLIN, { language: 'en' });
    const dots = page.getByRole('img', { name: /^Opportunities\. \d+ subscriptions could be upgraded today/ });
    await dots.waitFor();
    await page.getByRole('img', { name: /^Upgrades over time\. 1 upgrade; most in November 2026: 1/ }).waitFor();
    await page.getByRole('img', { name: /^Open license issues by age\. 7 accounts wait/ }).waitFor();
    await page.getByRole('button', { name: 'Show as table: Uplift by path' }).click();
    expect(page.url()).toContain('view=uplift');
    const uplift = page.getByRole('table', { name: 'Uplift by path' });
    expect(await uplift.getByRole('row').nth(1).textContent()).toMatch(
      /Business Basic → Office 365 Enterprise E3140\$760/,
    );
    await page.getByRole('combobox', { name: 'Period' }).selectOption('last90');
    await expect.poll(() => page.url()).toMatch(/period=last90/);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV: Opportunities' }).click();
    expect((await saved).suggestedFilename()).toBe('opportunities.csv');
    await dots.locator('[data-pick]').first().click();
    await page.getByRole('heading', { level: 1, name: /^Upgrade / }).waitFor();
    expect(page.url()).toMatch(/\/upgrade\?to=/);
  });

  it('fit a narrow screen in Turkish', async () => {
    const page = await portal.visit('/reports', AYLIN, { language: 'tr', width: 400 });
    await page.getByRole('img', { name: /^Fırsatlar/ }).waitFor();
    expect(await overflow(page)).toBe(0);
  });
});
