import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS, subscriptionId } from '../../demo/ids.ts';
import { watchRoutine } from '../../server/watches/look-again.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, seed, subscriptionsOf, upgradeOf } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const evidenceOf = (customer: number, to: string = OFFERS.o365E3) =>
  `${subscriptionsOf(customer)}/${subscriptionId(customer)}/evidence?to=${to}`;
const E3 = { en: 'Office 365 Enterprise E3', tr: 'Office 365 Kurumsal E3' };

/** Fills in and sends the dialog that records a subscription. */
async function record(page: Page, seats: string, endsOn = '') {
  await page.getByRole('button', { name: 'Record a subscription bought elsewhere' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Offer').selectOption(E3.en);
  await dialog.getByLabel('Bought through').selectOption('Open license');
  await dialog.getByLabel('Licenses').fill(seats);
  if (endsOn) await dialog.getByLabel('Runs until').fill(endsOn);
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  return dialog;
}

describe('a subscription that was bought elsewhere', () => {
  it('is recorded, stands in the list read-only, blocks the upgrade, and is ended', async () => {
    const { list } = await seed(portal.deployment);
    const page = await portal.visit(list, AYLIN, { language: 'en' });
    await page.getByRole('button', { name: /can be upgraded/ }).waitFor();
    const dialog = await record(page, '5', '2027-01-31');
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('row', { name: new RegExp(E3.en) });
    await row.waitFor();
    const text = (await row.textContent()) ?? '';
    for (const said of ['Read-only', 'Open license', 'recorded by you', 'Term until 31 Jan 2027', '5']) {
      expect(text + ((await row.getByRole('img').getAttribute('aria-label')) ?? '')).toContain(said);
    }
    expect(text).not.toContain('$');

    await row.getByRole('button', { name: /More actions/ }).click();
    await page.getByRole('menuitem', { name: 'It has ended' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'It has ended' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show ended' }).click();
    await row.getByText('Deleted').waitFor();
  });

  it('is asked about when it is seen already, and says what is missing', async () => {
    const { list } = await seed(portal.deployment);
    const page = await portal.visit(list, AYLIN, { language: 'en' });
    await (await record(page, '5')).waitFor({ state: 'detached' });
    const dialog = await record(page, '');
    await dialog.getByText('Enter a whole number').waitFor();
    await dialog.getByLabel('Licenses').fill('7');
    await dialog.getByRole('button', { name: 'Record', exact: true }).click();
    await dialog.getByText(/You recorded .* already/).waitFor();
    await dialog.getByRole('checkbox', { name: /This is another one/ }).check();
    await dialog.getByRole('button', { name: 'Record', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('row', { name: new RegExp(E3.en) }).count()).toBe(2);
  });

  it('is listed in the dialog where it is seen without being recorded', async () => {
    const page = await portal.visit(subscriptionsOf(8), AYLIN, { language: 'tr' });
    await page.getByRole('button', { name: 'Başka yerden alınan aboneliği kaydet' }).click();
    const seen = page.getByRole('dialog').getByRole('listitem');
    expect(await seen.allTextContents()).toEqual([`${E3.tr} · başka iş ortağı · Dönem sonu: 06.09.2027`]);
  });

  it('is not recorded by whoever may not', async () => {
    const page = await portal.visit(subscriptionsOf(8), BORA, { language: 'en' });
    await page.getByRole('row', { name: new RegExp(E3.en) }).waitFor();
    expect(await page.getByRole('button', { name: 'Record a subscription bought elsewhere' }).count()).toBe(0);
  });
});

describe('the evidence page', () => {
  it('is reached from the reasons, and tells services, channel and end, and what follows', async () => {
    const page = await portal.visit(`${upgradeOf(8)}?why=${OFFERS.o365E3}`, AYLIN, { language: 'en' });
    await page.getByRole('dialog').getByRole('link', { name: 'Show the evidence' }).first().click();
    await page.getByRole('heading', { level: 1, name: `Evidence: ${E3.en}` }).waitFor();
    const block = page.getByRole('region', { name: E3.en });
    const text = (await block.textContent()) ?? '';
    for (const said of ['another partner', 'Active', '6 Sept 2027', 'Office desktop apps', 'the new offer itself']) {
      expect(text).toContain(said);
    }
    expect(await page.getByRole('main').textContent()).not.toMatch(/Westwind|\$/);
    await page.getByText(/it does not matter who sold it/i).waitFor();
    await page.getByRole('combobox', { name: 'Target offer' }).selectOption('Office 365 Enterprise E1');
    await page.getByText(/Nothing stands in the way any more/).waitFor();
  });

  it('is reached from “Why not?” in the list, where nothing at all can be had', async () => {
    const { list } = await seed(portal.deployment, { offerId: OFFERS.businessStandard });
    const page = await portal.visit(list, AYLIN, { language: 'en' });
    await (await record(page, '5')).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Why not\?/ }).click();
    await page.getByRole('link', { name: 'Show the evidence' }).first().click();
    await page.getByRole('heading', { level: 1, name: `Evidence: ${E3.en}` }).waitFor();
    expect(await page.getByRole('region', { name: E3.en }).textContent()).toContain('recorded by you');
  });

  it('writes a letter that can be changed, copied, mailed and printed, and sets the watch', async () => {
    const page = await portal.visit(evidenceOf(7), AYLIN, { language: 'tr' });
    await page.getByRole('button', { name: 'Müşteriye yazı hazırla' }).click();
    const text = page.getByRole('textbox', { name: 'Metin' });
    await text.waitFor();
    expect(await text.inputValue()).toContain('Sayın Göksu Hukuk yetkilisi,');
    await page.getByText('07.09.2027 tarihinde denetlenecek').first().waitFor();
    await page.getByText('Denetleme tarihi: 07.09.2027.').waitFor();
    await text.fill('Merhaba Ayşe Hanım');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Yazıyı kopyala' }).click();
    await page.getByRole('button', { name: 'Kopyalandı' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('Merhaba Ayşe Hanım');
    const mail = await page.getByRole('link', { name: 'E-posta uygulamasında aç' }).getAttribute('href');
    expect(mail).toMatch(/^mailto:\?subject=.+&body=Merhaba%20Ay%C5%9Fe%20Han%C4%B1m$/);
    // What the printer would get: the letter and nothing of the page.
    await page.evaluate(`globalThis.printed = [];
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) {
          if (node.contentWindow) node.contentWindow.print = () => printed.push(node.contentDocument.body.textContent);
        }
      }).observe(document.body, { childList: true });`);
    await page.getByRole('button', { name: 'Yazdır' }).click();
    expect(await page.evaluate('document.querySelectorAll("iframe").length')).toBe(0);

    await page.getByLabel('Yazının dili').selectOption('İngilizce');
    await page.getByRole('button', { name: 'Yeniden hazırla' }).click();
    await expect.poll(() => text.inputValue()).toContain('To the attention of Göksu Hukuk,');
  });

  it('sets a watch for a day, which the clock clears, and the customer’s page says so', async () => {
    const { customerId: customer, subscriptionId: subscription, list } = await seed(portal.deployment);
    const page = await portal.visit(list, AYLIN, { language: 'en' });
    await (await record(page, '5', '2026-11-30')).waitFor({ state: 'detached' });
    await page.goto(
      `${portal.deployment.url}/customers/${customer}/subscriptions/${subscription}/evidence?to=${OFFERS.o365E3}`,
    );
    await page.getByRole('button', { name: 'Check again on 1 Dec 2026 and tell me' }).click();
    await page.getByText('Will be checked on 1 Dec 2026.').waitFor();

    await page.goto(`${portal.deployment.url}${list}`);
    await page.getByText('Will be checked on 1 Dec 2026.').waitFor();
    await page
      .getByRole('row', { name: new RegExp(E3.en) })
      .getByRole('button', { name: /More actions/ })
      .click();
    await page.getByRole('menuitem', { name: 'It has ended' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'It has ended' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText(/can be upgraded to Office 365 Enterprise E3 now/).waitFor();
    await page.goto(`${portal.deployment.url}/customers`);
    await page.getByText('Kızılırmak Un').first().waitFor();
    await page.getByText(/can be upgraded to Office 365 Enterprise E3 now/).waitFor();
    await page.getByRole('link', { name: 'Upgrade now' }).first().click();
    await page.waitForURL(/\/upgrade\?to=/);
  });

  it('says when nothing stands in the way, and leads on', async () => {
    const page = await portal.visit(evidenceOf(1), AYLIN, { language: 'en' });
    await page.getByText(/Nothing stands in the way any more/).waitFor();
    await page.getByRole('link', { name: 'Upgrade now' }).waitFor();
    expect(await page.getByRole('button', { name: /letter/i }).count()).toBe(0);
  });
});

describe('a file', () => {
  const choose = (page: Page, lines: readonly string[]) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'elsewhere.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\r\n')),
    });
  const HEAD = 'Müşteri;Teklif;Kanal;Lisans sayısı;Bitiş tarihi';

  it('is shown line by line, not recorded while in doubt, and recorded when it is corrected', async () => {
    const page = await portal.visit('/recorded-subscriptions/import', AYLIN, { language: 'en' });
    const good = `${customerId(13)};ENTERPRISEPACK;perakende;4;31.12.2026`;
    await choose(page, [HEAD, good, 'nobody.example;ENTERPRISEPACK;perakende;4;']);
    await page.getByText('1 new, 0 changed, 0 the same, 1 in doubt').waitFor();
    await page.getByText('None of your customers has this domain or tenant id.').waitFor();
    const apply = page.getByRole('button', { name: 'Record 1 line' });
    expect(await apply.getAttribute('aria-disabled')).toBe('true');
    await choose(page, [HEAD, good]);
    await page.getByText('1 new, 0 changed, 0 the same, 0 in doubt').waitFor();
    await apply.click();
    await page.getByText('Recorded: 1 new, 0 changed, 0 were the same.').waitFor();
    await choose(page, [HEAD, good]);
    await page.getByText('0 new, 0 changed, 1 the same, 0 in doubt').waitFor();
    expect(await page.getByRole('button', { name: /^Record \d/ }).count()).toBe(0);
  });

  it('that cannot be read says why', async () => {
    const page = await portal.visit('/recorded-subscriptions/import', AYLIN, { language: 'tr' });
    await choose(page, ['a;b', '1;2']);
    await page.getByText(/İlk satırda müşteri, teklif, kanal ve lisans sayısı/).waitFor();
  });
});

it('a look that came by the clock is told on the customer’s page', async () => {
  const { customerId: customer, subscriptionId: subscription, list } = await seed(portal.deployment);
  const api = await portal.deployment.signIn(AYLIN);
  const params = { customerId: customer, subscriptionId: subscription, targetOfferId: OFFERS.o365E3 };
  await api('setWatch', { params, body: { checkOn: '2026-11-20' } });
  await portal.deployment.moveClock('2026-11-20T08:00:00Z');
  await watchRoutine(portal.deployment.context).run();
  const page = await portal.visit(list, AYLIN, { language: 'tr' });
  await page.getByText(/Denetlendi \(20\.11\.2026\): .* artık yükseltilebilir/).waitFor();
});
