import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS } from '../../demo/ids.ts';
import { type Portal, startPortal } from './browser.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const AYLIN = 'aylin@kuzey.example';

/** What a test sees of an element by its role and name. */
const see = (page: Page, role: 'heading' | 'button' | 'link' | 'row' | 'status', name: string | RegExp) =>
  page.getByRole(role, { name }).first().waitFor();

describe('the upgrade in four steps', () => {
  it('goes in Turkish, by pointer: customer, icon, “Şimdi yükselt”, offer, “Gönder”, worklist', async () => {
    const page = await portal.open('/');
    await page.getByRole('button', { name: /Aylin Demir/ }).click();
    await page.getByRole('link', { name: 'İzmir Tekstil' }).click();
    await page.getByRole('button', { name: /^Microsoft 365 İş Temel: yükseltilebilir/ }).hover();
    await page.getByRole('dialog').getByRole('link', { name: 'Şimdi yükselt' }).click();
    await page.getByRole('radio', { name: 'Office 365 Kurumsal E3' }).click();
    const preview = page.getByRole('complementary', { name: 'Önizleme' });
    await preview.getByText('−$196,00').waitFor();
    await preview.getByText('33 hesap kendiliğinden geçer, 7 hesapta ek işlem gerekiyor').waitFor();
    await preview.getByRole('button', { name: 'Gönder' }).click();
    const confirmation = page.getByRole('alertdialog', { name: 'Bu yükseltme gönderilsin mi?' });
    await confirmation.getByRole('checkbox').check();
    await confirmation.getByRole('button', { name: 'Yükseltmeyi gönder' }).click();
    await page.getByText('Yükseltildi. 7 hesap sizi bekliyor.').waitFor();
    expect(page.url()).toContain(`/customers/${customerId(10)}/upgrades/`);

    await page
      .getByRole('row', { name: /Ayşe Yılmaz/ })
      .getByRole('button', { name: 'Konumu ayarla: Türkiye' })
      .click();
    await page
      .getByRole('row', { name: /Ayşe Yılmaz/ })
      .getByText('Lisans aktarıldı')
      .waitFor();
    await page.getByText('Yükseltildi. 6 hesap sizi bekliyor.').waitFor();
    await see(page, 'link', 'Yaygın faturalama senaryoları');
  });

  it('goes in English, by keyboard alone', async () => {
    const page = await portal.open(`/customers/${customerId(1)}/subscriptions`, AYLIN, { language: 'en' });
    const icon = page.getByRole('button', { name: /^Microsoft 365 Business Basic: can be upgraded/ });
    await icon.waitFor();
    await press(page, 'Tab', icon);
    await page.keyboard.press('Enter');
    await press(page, 'Enter', page.getByRole('link', { name: 'Upgrade now' }), 0);
    await see(page, 'heading', 'Upgrade Microsoft 365 Business Basic');
    await press(page, 'Tab', page.getByRole('radio', { name: 'Office 365 Enterprise E1' }));
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    const standard = page.getByRole('radio', { name: 'Microsoft 365 Business Standard' });
    await expect.poll(() => standard.isChecked()).toBe(true);
    await page.getByText('No account needs extra work').first().waitFor();
    await page.getByRole('button', { name: 'Submit' }).and(page.locator(':not([aria-disabled=true])')).waitFor();
    await page.keyboard.press('Control+Enter');
    const confirmation = page.getByRole('alertdialog', { name: 'Submit this upgrade?' });
    await confirmation.waitFor();
    await press(page, 'Tab', confirmation.getByRole('checkbox'));
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Upgraded. All accounts are settled.').waitFor();
    await see(page, 'heading', 'No account needs extra work');
  });

  it('goes at 400 px, by touch: a sheet from below, and net and “Gönder” in reach', async () => {
    const page = await portal.open(`/customers/${customerId(2)}/subscriptions`, AYLIN, { width: 400, touch: true });
    await page.getByRole('button', { name: /: yükseltilebilir/ }).tap();
    const sheet = page.getByRole('dialog', { name: 'Bu abonelik yükseltilebilir' });
    await sheet.waitFor();
    await page.goBack();
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /: yükseltilebilir/ }).tap();
    await sheet.getByRole('link', { name: 'Şimdi yükselt' }).tap();
    await page.getByRole('radio', { name: 'Office 365 Kurumsal E3' }).tap();
    const submit = page.getByRole('button', { name: 'Gönder' });
    await submit.and(page.locator(':not([aria-disabled=true])')).waitFor();
    expect(await submit.isVisible()).toBe(true);
    expect((await submit.boundingBox())?.y).toBeLessThan(800);
    await submit.tap();
    await page.getByRole('checkbox').tap();
    await page.getByRole('button', { name: 'Yükseltmeyi gönder' }).tap();
    await page.getByText('Yükseltildi. Tüm hesaplar tamamlandı.').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
  });

  it('takes the offer of a copied address', async () => {
    const at = `/customers/${customerId(7)}/subscriptions/d1000000-0000-4000-8000-000000000007/upgrade`;
    const page = await portal.open(`${at}?to=${OFFERS.o365E1}&transfer=without`, AYLIN);
    await page
      .getByRole('radio', { name: /Yalnızca aboneliği yükselt/ })
      .and(page.locator(':checked'))
      .waitFor();
    expect(await page.getByRole('radio', { name: 'Office 365 Kurumsal E1' }).isChecked()).toBe(true);
    await page.getByText('10 hesapta ek işlem gerekiyor').first().waitFor();
  });
});

/** Presses a key until an element has the focus, as somebody without a pointer does. */
async function press(page: Page, key: string, until: ReturnType<Page['getByRole']>, most = 60): Promise<void> {
  const focused = async () => (await until.and(page.locator(':focus')).count()) > 0;
  for (let pressed = 0; pressed < most && !(await focused()); pressed++) await page.keyboard.press(key);
  await expect.poll(focused).toBe(true);
  if (most === 0) await page.keyboard.press(key);
}
