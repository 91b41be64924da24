import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sealAudit } from '../../server/audit/seal-audit.ts';
import { customerId, subscriptionId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { connect, subscriptionPath } from '../partner-center-client.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, SELIM } from './steps.ts';

const GULAY = 'gulay@kuzey.example';
const PATH = { pathId: 'apps-business--o365-e5' };

let portal: Portal;
/** Acts of two days by a person, by a program and in a person's name, and one that was refused. */
beforeAll(async () => {
  portal = await startPortal();
  const { deployment } = portal;
  const first = await deployment.signIn(AYLIN);
  const seats = { customerId: customerId(2), subscriptionId: subscriptionId(2) };
  valueOf(await first('changeSeats', { params: seats, body: { quantity: 13 } }));
  await deployment.moveClock('2026-11-17T09:00:00Z');
  const aylin = await deployment.signIn(AYLIN);
  const selim = await deployment.signIn(SELIM);
  await selim('switchPath', { params: PATH, body: { enabled: false } });
  valueOf(await aylin('switchPath', { params: PATH, body: { enabled: false, markets: ['TR', 'DE'] } }));
  const app = await connect(deployment, 'demo-kuzey');
  await app('PATCH', subscriptionPath(14), { body: { friendlyName: 'Şube' } });
  await sealAudit(deployment.context).run();
});
afterAll(() => portal.stop());

const rows = (page: Page) => page.locator('[data-row]');
const row = (page: Page, name: RegExp) => rows(page).filter({ hasText: name });

describe('the audit log in Turkish', () => {
  it('stands in the menu, grouped by day, with its chain unbroken', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await page.getByRole('link', { name: 'Denetim günlüğü' }).click();
    await page.getByText('Tamamı henüz denetlenmedi').waitFor();
    await page.getByRole('button', { name: 'Tümünü denetle' }).click();
    await page.getByText('16.11.2026 tarihinden beri kesintisiz').waitFor();
    await page.getByText(/Son tam denetim: 17\.11\.2026.*kayıt, kesintisiz/).waitFor();
    await page.getByText('Kayıtlar süresiz saklanır').waitFor();
    expect(await page.locator('th[scope="rowgroup"]').allTextContents()).toEqual(['Bugün, 17.11.2026', '16.11.2026']);
    expect(await row(page, /ayarladı/).allTextContents()).toEqual([
      expect.stringMatching(/12:00Aylin Demirbir yükseltme yolunu ayarladı.*Başarılı127\.0\.0\.1/),
      expect.stringMatching(/12:00Selim Koçbir yükseltme yolunu ayarladı.*Reddedildi127\.0\.0\.1/),
    ]);
    await row(page, /API ile: demo-kuzey/).waitFor();
  });

  it('opens an entry with what was before and after, and closes it where it was', async () => {
    const page = await portal.visit('/audit', AYLIN);
    await row(page, /lisans sayısını/).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog');
    await panel.getByRole('heading', { name: 'Aylin Demir lisans sayısını değiştirdi' }).waitFor();
    expect(await panel.getByRole('row', { name: /Lisans sayısı/ }).textContent()).toBe('Lisans sayısı1213');
    await panel.getByText('Mühür').waitFor();
    expect(page.url()).toContain('entry=');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('entry=');
  });

  it('is narrowed from an entry to its customer, and widened again', async () => {
    const page = await portal.visit('/audit', AYLIN);
    await row(page, /lisans sayısını/).click();
    await page.getByRole('button', { name: 'Bu müşterinin kayıtları' }).click();
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByRole('button', { name: /Bu müşterinin kayıtları/ }).click();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(3);
  });

  it('tells whoever may not read it whom to ask', async () => {
    const page = await portal.visit('/audit', SELIM);
    await page.getByText('Denetim günlüğünü okuma izniniz yok').waitFor();
    await page.getByText(/Genel yönetici, Yönetici aracısı/).waitFor();
    expect(await page.getByRole('button', { name: 'CSV olarak dışarı aktar' }).count()).toBe(0);
  });
});

describe('the audit log in English', () => {
  it('is searched by names without regard to the dot of an i, and filtered', async () => {
    const page = await portal.visit('/audit', AYLIN, { language: 'en' });
    await page.getByRole('searchbox').fill('SELİM');
    await page.waitForURL(/q=SEL/);
    const others = () => rows(page).filter({ hasNotText: 'Selim Koç' }).count();
    await expect.poll(others).toBe(0);
    expect(await rows(page).count()).toBeGreaterThan(0);
    await page.getByRole('searchbox').fill('xyz');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'changed the number of licenses' });
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'What: all' });
    await page.getByRole('button', { name: 'Refused' }).click();
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.goto(`${portal.deployment.url}/audit?period=1`);
    await expect.poll(() => rows(page).count()).toBeGreaterThan(3);
  });

  it('is saved as CSV, which it tells from then on', async () => {
    const page = await portal.visit('/audit?outcome=refused', AYLIN, { language: 'en' });
    await rows(page).first().waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('Selim Koç');
    await page.goto(`${portal.deployment.url}/audit`);
    await row(page, /exported the audit log/).waitFor();
  });

  it('is kept as long as a Global admin sets, from 90 days on', async () => {
    const page = await portal.visit('/settings/general', GULAY, { language: 'en' });
    await page.getByRole('radio', { name: 'Delete entries after a while' }).check();
    await page.getByLabel('Days').fill('30');
    await page.getByText('Give a whole number from 90 to 36,500.').waitFor();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Days').fill('365');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved').first().waitFor();
    await page.goto(`${portal.deployment.url}/audit`);
    await page.getByText('Entries are kept for 365 days').waitFor();
    await row(page, /changed the settings/).waitFor();
  });

  it('says where it was changed from outside', async () => {
    const url = new URL(inject('postgres'));
    url.pathname = new URL(portal.deployment.connectionString).pathname;
    const superuser = new pg.Client({ connectionString: url.href });
    await superuser.connect();
    await superuser.query(`set session_replication_role = 'replica'`);
    const { rows: changed } = await superuser.query<{ audit_id: string }>(
      `update audit_records set details = '{"before": {"quantity": 12}, "after": {"quantity": 1}}'
       where action = 'seats.changed' returning audit_id`,
    );
    await superuser.end();
    const page = await portal.visit('/audit', AYLIN, { language: 'en' });
    // It lies before what was verified last, so that only the whole log shows it.
    await page.getByRole('button', { name: 'Verify all of it' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'changed from outside' });
    expect(await alert.textContent()).toBe(`The log was changed from outside at entry ${changed[0]?.audit_id}`);
  });
});
