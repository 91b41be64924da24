import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemOf, TEST_NOW, valueOf } from '../deployment.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, expectFocus, NIL, overflow } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());
beforeEach(async () => {
  const api = await portal.deployment.signIn(AYLIN);
  valueOf(await api('resetSandbox', { body: { scenario: 'empty' } }));
  await portal.deployment.moveClock(TEST_NOW);
  valueOf(await api('resetSandbox', { body: { scenario: 'demo' } }));
});

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const say = (page: Page, text: string) => page.getByText(text).first().waitFor();

describe('the sandbox page', () => {
  it('moves the clock, lets requests fail, and loads a scenario, from the navigation on', async () => {
    const page = await portal.open('/customers', AYLIN);
    await page.getByRole('navigation').getByRole('link', { name: 'Korumalı alan' }).click();
    await page.getByRole('heading', { level: 1, name: 'Korumalı alan' }).waitFor();

    await button(page, '1 ay ilerlet').click();
    await say(page, '16.12.2026');
    await field(page, 'Belirli bir an').fill('2027-03-31T12:30');
    await button(page, 'Ayarla').first().click();
    await say(page, 'Saat ayarlandı: 31.03.2027 12:30');
    // Istanbul is three hours ahead.
    expect(portal.deployment.context.clock.now().toString().slice(0, 16)).toBe('2027-03-31T09:30');

    await say(page, 'Hata kuralı yok');
    await button(page, 'Kural ekle').click();
    const dialog = page.getByRole('dialog', { name: 'Kural ekle' });
    await dialog.getByLabel('Tür').selectOption('Sunucu hatası');
    await dialog.getByLabel('Durum kodu').selectOption('502');
    await dialog.getByLabel('Yol').fill('/api/offers');
    await dialog.getByLabel('Olasılık').fill('1,0');
    await dialog.getByLabel('En çok kaç kez').fill('1');
    await dialog.getByRole('button', { name: 'Kural ekle' }).click();
    const rule = page.getByRole('row', { name: /Sunucu hatası/ });
    await rule.getByText('0 / 0').waitFor();
    const api = await portal.deployment.signIn(AYLIN);
    expect(problemOf(await api('listOffers', {})).status).toBe(502);
    valueOf(await api('listOffers', {}));
    await page.reload();
    await rule.getByText('1 / 1').waitFor();
    await rule.getByText('En çok 1 kez').waitFor();

    await field(page, 'Tohum değeri').fill('42');
    await button(page, 'Ayarla').last().click();
    await expect.poll(async () => valueOf(await api('showSandbox', {})).faults.seed).toBe(42);
    await page.getByRole('button', { name: 'Kaldır: Sunucu hatası, /api/offers' }).click();
    await say(page, 'Hata kuralı yok');

    await page.getByRole('combobox', { name: 'Senaryo' }).selectOption('Boş: yalnızca iş ortakları ve kullanıcıları');
    await button(page, 'Senaryoyu yükle').click();
    const question = page.getByRole('alertdialog', { name: 'Her şey silinip bu senaryo yüklensin mi?' });
    await question.getByRole('button', { name: 'Senaryoyu yükle' }).click();
    await question.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Müşteriler' }).click();
    await say(page, 'Henüz müşteri yok');
  });

  it('says at the field what is wrong, and nothing is done', async () => {
    const page = await portal.visit('/sandbox', AYLIN);
    await field(page, 'Belirli bir an').fill('2026-11-01T09:00');
    await button(page, 'Ayarla').first().click();
    await say(page, 'Bu andan sonra ücret yazıldı.');
    expect(portal.deployment.context.clock.now().toString().slice(0, 10)).toBe('2026-11-16');

    await button(page, 'Kural ekle').click();
    const dialog = page.getByRole('dialog', { name: 'Kural ekle' });
    await dialog.getByLabel('Yol').fill('v1/customers');
    await dialog.getByLabel('Olasılık').fill('çok');
    await dialog.getByRole('button', { name: 'Kural ekle' }).click();
    await dialog.getByText('eğik çizgiyle başlayan bir yol verin').waitFor();
    await dialog.getByText('Bir sayı verin.').waitFor();
    await page.keyboard.press('Escape');
    await expectFocus(button(page, 'Kural ekle'));
    await say(page, 'Hata kuralı yok');
  });

  it('throws nothing away when the question is answered with no', async () => {
    const page = await portal.visit('/sandbox', AYLIN, { language: 'en' });
    await page.getByRole('combobox', { name: 'Scenario' }).selectOption('Empty: partners and agents alone');
    await button(page, 'Load scenario').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await expectFocus(button(page, 'Load scenario'));
    const api = await portal.deployment.signIn(AYLIN);
    expect(valueOf(await api('listCustomers', {})).items).not.toEqual([]);
  });

  it.each([[BORA], [NIL]])('is there for every agent: %s', async (agent) => {
    const page = await portal.visit('/sandbox', agent);
    await button(page, '1 gün ilerlet').click();
    await say(page, '17.11.2026');
  });

  it('fits 400 pixels', async () => {
    const api = await portal.deployment.signIn(AYLIN);
    const path = '/v1/customers/*/subscriptions/*/upgrades';
    const rule = { on: { path, client: 'demo-kuzey-user' }, fault: { kind: 'cut-after-commit' } } as const;
    valueOf(await api('setFaults', { body: { rules: [rule] } }));
    const page = await portal.visit('/sandbox', AYLIN, { width: 400 });
    await say(page, path);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});

it('outside a sandbox there is neither the page nor its entry', async () => {
  const plain = await startPortal({ sandbox: false });
  const page = await plain.open('/sandbox', AYLIN);
  await say(page, 'Böyle bir sayfa yok');
  expect(await page.getByRole('link', { name: 'Korumalı alan' }).count()).toBe(0);
  await plain.stop();
});
