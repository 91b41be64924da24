import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '../deployment.ts';
import { submitUpgrade } from '../waiting.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, seed, seedWorklist, SELIM } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

/** Sooner than a page asks by itself while it is told of changes. */
const SOON = { timeout: 8_000 };

/** A page that is told of changes already. */
async function openLive(path: string, agent: string): Promise<Page> {
  const page = await portal.open('/signin', agent, { live: true });
  const following = page.waitForResponse((answer) => answer.url().endsWith('/api/changes'));
  await page.goto(portal.deployment.url + path);
  expect((await following).status()).toBe(200);
  return page;
}

const alsoHere = (page: Page, name: string) =>
  page.getByText(new RegExp(`^Bu sayfa bir çalışma arkadaşınızda da açık: ${name}, \\d\\d:\\d\\d saatinden beri\\.$`));

describe('two agents at work, in Turkish', () => {
  it('see each other at an upgrade, and the one sees what the other does as it happens', async () => {
    const { deployment } = portal;
    await seedWorklist(deployment);
    const { list, upgrade, customerId, subscriptionId } = await seed(deployment);
    const aylin = await openLive(upgrade, AYLIN);
    await aylin.getByRole('button', { name: 'Gönder' }).waitFor();
    const selim = await openLive(list, SELIM);
    await selim.getByRole('row', { name: /Yükseltilebilir/ }).waitFor();

    await selim.goto(deployment.url + upgrade);
    await alsoHere(selim, 'Aylin Demir').waitFor();
    await alsoHere(aylin, 'Selim Koç').waitFor(SOON);
    await selim.getByRole('link', { name: 'Kızılırmak Un' }).click();
    await selim.getByRole('button', { name: 'Ayrıl' }).click();
    await alsoHere(aylin, 'Selim Koç').waitFor({ state: 'detached', ...SOON });

    await selim.getByRole('row', { name: /Yükseltilebilir/ }).waitFor();
    const upgrades = await openLive('/upgrades', SELIM);
    await upgrades.getByRole('row').nth(1).waitFor();
    const before = await upgrades.getByRole('row').count();
    valueOf((await submitUpgrade(deployment, { customerId, subscriptionId }, AYLIN)).submitted);
    await selim.getByRole('rowheader', { name: /Office 365 .*E3/ }).waitFor(SOON);
    await aylin.getByText(/^Bu abonelik yükseltildi: Office 365 .*E3 \(Aylin Demir, /).waitFor(SOON);
    // Where something new has come, the rows stay where they are until it is asked for.
    await upgrades.getByText('1 yeni yükseltme').waitFor(SOON);
    expect(await upgrades.getByRole('row').count()).toBe(before);
    await upgrades.getByRole('button', { name: 'Göster' }).click();
    await upgrades
      .getByRole('row', { name: /Kızılırmak Un/ })
      .first()
      .waitFor();
  });

  it('work off one list: what the one settles is settled before the other’s eyes', async () => {
    const worklist = await seedWorklist(portal.deployment);
    const selim = await openLive(worklist, SELIM);
    const row = selim.getByRole('row').nth(1);
    await row.getByRole('button').first().waitFor();
    const [, customerId = '', upgradeId = ''] = /customers\/([^/]+)\/upgrades\/(.+)/.exec(worklist) ?? [];
    const api = await portal.deployment.signIn(AYLIN);
    const params = { customerId, upgradeId };
    const [issue] = valueOf(await api('listIssues', { params })).items;
    valueOf(await api('resolveIssues', { params, body: { action: 'leave', userIds: [issue?.userId ?? ''] } }));
    await row.getByText(/Aylin Demir/).waitFor(SOON);
    await selim.getByText('1 / 1 tamamlandı').waitFor(SOON);
  });
});
