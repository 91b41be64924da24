import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARTNERS } from '../../demo/ids.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, createClient, expectFocus, SELIM, tabTo } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const PAGE = '/settings/api-clients';
const WENDY = 'wendy@westwind.example';

/** A page on which the clipboard may be used. */
async function open(path: string, agent = AYLIN, language: 'tr' | 'en' = 'tr') {
  const page = await portal.open('/signin', agent, { language });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(portal.deployment.url + path);
  return page;
}

/** Whether the token endpoint takes a client's secret. */
async function isTaken(clientId: string, secret: string): Promise<boolean> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    resource: 'https://api.partnercenter.microsoft.com',
  });
  const answer = await fetch(`${portal.deployment.url}/${PARTNERS.kuzey}/oauth2/token`, { method: 'POST', body });
  return answer.ok;
}

/** Copies something by its button, and returns what is in the clipboard then. */
async function copy(page: Page, name: string): Promise<string> {
  const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
  await page.evaluate(`navigator.clipboard.writeText('')`);
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: 'Kopyalandı' }).first().waitFor();
  await expect.poll(copied).not.toBe('');
  return copied();
}

const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

async function choose(page: Page, name: string, act: string) {
  await rowOf(page, name)
    .getByRole('button', { name: /^(Diğer eylemler|More actions)/ })
    .click();
  await page.getByRole('menuitem', { name: act }).click();
  return page.getByRole('alertdialog');
}

describe('an API client in Turkish', () => {
  it('is created, gets another secret, and loses its access', async () => {
    const page = await open('/customers');
    await page.getByRole('link', { name: 'Ayarlar' }).click();
    await page.getByRole('link', { name: 'API istemcileri' }).click();
    const dialog = await createClient(page, 'Fatura aktarımı');
    await dialog.getByText('Bu gizli anahtar yalnızca bir kez gösterilir ve bir daha görülemez.').waitFor();
    const secret = await copy(page, 'Kopyala: Gizli anahtar');
    const clientId = await copy(page, 'Kopyala: İstemci kimliği');
    expect(await copy(page, 'Kopyala: Kiracı kimliği')).toBe(PARTNERS.kuzey);
    expect(await dialog.textContent()).toContain(secret);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole('button', { name: 'Kapat' }).click();
    expect(await isTaken(clientId, secret)).toBe(true);
    expect(await page.locator('body').textContent()).not.toContain(secret);

    const row = rowOf(page, 'Fatura aktarımı');
    await row.getByText('Yönetici aracısı').waitFor();
    expect(await copy(page, 'İstemci kimliğini kopyala: Fatura aktarımı')).toBe(clientId);
    await page.reload();
    await row.getByText(/^16\.11\.2026 \d\d:\d\d$/).waitFor();

    const rotation = await choose(page, 'Fatura aktarımı', 'Gizli anahtarı yenile');
    await rotation.getByText('Eski anahtar hemen geçersiz olur').waitFor();
    expect(await isTaken(clientId, secret)).toBe(true);
    await rotation.getByRole('button', { name: 'Gizli anahtarı yenile' }).click();
    const second = await copy(page, 'Kopyala: Gizli anahtar');
    await page.getByRole('button', { name: 'Kapat' }).click();
    expect([await isTaken(clientId, secret), await isTaken(clientId, second)]).toEqual([false, true]);

    const revocation = await choose(page, 'Fatura aktarımı', 'Erişimi iptal et');
    await revocation.getByRole('button', { name: 'Geri dön' }).click();
    expect(await isTaken(clientId, second)).toBe(true);
    await choose(page, 'Fatura aktarımı', 'Erişimi iptal et');
    await revocation.getByRole('button', { name: 'Erişimi iptal et' }).click();
    await page.getByText('Erişim iptal edildi: Fatura aktarımı').first().waitFor();
    await row.waitFor({ state: 'detached' });
    await expectFocus(page.getByRole('row', { name: /^demo-kuzey/ }).first());
    expect(await isTaken(clientId, second)).toBe(false);
  });

  it('without a name, with one that is too long, or without roles is not created, and the field says why', async () => {
    const page = await portal.visit(PAGE, AYLIN);
    await page.getByRole('button', { name: 'Yeni API istemcisi' }).click();
    const [name, create] = [
      page.getByRole('textbox', { name: 'Ad' }),
      page.getByRole('button', { name: 'Oluştur', exact: true }),
    ];
    await create.click();
    await page.getByText('Ad gerekli.').waitFor();
    await expectFocus(name);
    await name.fill('x'.repeat(101));
    await create.click();
    await page.getByText('En çok 100 karakter verin.').waitFor();
    await name.fill('Rolsüz');
    await page.getByRole('checkbox', { name: 'Yönetici aracısı' }).uncheck();
    await create.click();
    await page.getByText('Roller gerekli.').waitFor();
    await page.keyboard.press('Escape');
    expect(await rowOf(page, 'Rolsüz').count()).toBe(0);
  });
});

describe('an API client in English', () => {
  it('is created by keyboard alone, and the focus comes back', async () => {
    const page = await open(PAGE, AYLIN, 'en');
    const create = page.getByRole('button', { name: 'New API client' });
    await tabTo(page, create);
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('textbox', { name: 'Name' }));
    await page.keyboard.type('Nightly');
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('button', { name: 'Copy: Secret' }));
    await tabTo(page, page.getByRole('button', { name: 'Close' }));
    await page.keyboard.press('Enter');
    await expectFocus(create);
    await rowOf(page, 'Nightly').waitFor();
  });

  it('that a colleague revoked meanwhile says so, and is gone from the list', async () => {
    const page = await portal.visit(PAGE, AYLIN, { language: 'en' });
    await (await createClient(page, 'Contested')).getByRole('button', { name: 'Close' }).click();
    const question = await choose(page, 'Contested', 'Rotate the secret');
    await portal.deployment.context.database.asSystem((tx) =>
      tx.query(`update api_clients set revoked_at = now() where name = 'Contested'`),
    );
    await question.getByRole('button', { name: 'Rotate the secret' }).click();
    await question.getByText(/There is nothing here, or it is not yours: API client .*\/api\/api-clients/).waitFor();
    await question.getByRole('button', { name: 'Go back' }).click();
    await rowOf(page, 'Contested').waitFor({ state: 'detached' });
  });

  it('is offered where there is none', async () => {
    const page = await portal.visit(PAGE, WENDY, { language: 'en' });
    const question = await choose(page, 'demo-westwind-user', 'Revoke access');
    await question.getByRole('button', { name: 'Revoke access' }).click();
    await page.getByRole('heading', { name: 'No API clients yet' }).waitFor();
    await expectFocus(page.getByRole('button', { name: 'New API client' }));
    await (await createClient(page, 'First')).getByRole('button', { name: 'Close' }).click();
    await rowOf(page, 'First').waitFor();
  });
});

describe('an agent who may not manage API clients', () => {
  it('learns who may', async () => {
    const page = await portal.visit('/customers', SELIM, { language: 'en' });
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
    await page.goto(portal.deployment.url + PAGE);
    await page.getByRole('heading', { name: 'You may not manage API clients' }).waitFor();
    await page.getByText('One of these is needed: Global admin, Admin agent.').waitFor();
    expect(await page.getByRole('button', { name: 'New API client' }).count()).toBe(0);
  });
});
