import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { customerId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { type Portal, startPortal, type View } from './browser.ts';
import { AYLIN, BORA, expectFocus, makeWorklist, SELIM } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const ENGLISH: View = { language: 'en' };
/** Where the worklist of İzmir Tekstil is: seven of its forty accounts could not move. */
let worklist: string;
beforeEach(async () => {
  worklist = await makeWorklist(portal.deployment);
});

const [AYSE, MEHMET, CIGDEM] = [/Ayşe Yılmaz/, /Mehmet Öztürk/, /Çiğdem Güneş/];
const [ZEYNEP, MUSTAFA, ELIF, AHMET] = [/Zeynep Şahin/, /Mustafa Çelik/, /Elif Aydın/, /Ahmet Kılıç/];

const rowOf = (page: Page, name: RegExp) => page.getByRole('row', { name });
const open = async (agent = AYLIN, view = ENGLISH) => {
  const page = await portal.visit(worklist, agent, view);
  await rowOf(page, AYSE).waitFor();
  return page;
};
/** The accounts that are listed now, by their names. */
const listed = (page: Page) =>
  page
    .getByRole('rowheader')
    .evaluateAll((cells) => cells.map((cell) => cell.querySelector('span')?.textContent ?? ''));
/** That an account is settled, how, by whom and when. */
const settled = (page: Page, name: RegExp, how = 'License transferred', by = 'Aylin Demir') =>
  rowOf(page, name)
    .filter({ hasText: how })
    .getByText(new RegExp(`^Settled by ${by}, 16 Nov 2026, \\d\\d:\\d\\d$`))
    .waitFor();
const left = (page: Page, count: number) =>
  page.getByText(`Upgraded. ${count} ${count === 1 ? 'account is' : 'accounts are'} still waiting for you.`).waitFor();

/** Takes an act from the menu of an account. */
async function choose(page: Page, name: RegExp, act: string) {
  const menu = rowOf(page, name).getByRole('button', { name: /^More actions for/ });
  await menu.click();
  await page.getByRole('menuitem', { name: act }).click();
}

/** Opens the question which of two licenses stays. */
async function ask(page: Page, name: RegExp) {
  await rowOf(page, name).getByRole('button', { name: 'Choose which one stays' }).click();
  return page.getByRole('dialog', { name: 'Choose which one stays' });
}

describe('one account', () => {
  it('without a usage location gets the customer’s', async () => {
    const page = await open();
    await left(page, 7);
    await rowOf(page, AYSE).getByRole('button', { name: 'Set to Türkiye' }).click();
    await settled(page, AYSE);
    await left(page, 6);
    await page.getByText('1 of 7 settled').waitFor();
  });

  it('without a usage location can get another one', async () => {
    const page = await open();
    await choose(page, MEHMET, 'Set the usage location');
    const dialog = page.getByRole('dialog', { name: 'Set the usage location' });
    await dialog.getByRole('combobox').selectOption('Germany');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await settled(page, MEHMET);
  });

  it('in a country where the offer is not sold gets another one', async () => {
    const page = await open();
    await rowOf(page, CIGDEM).getByText('may not be used there').waitFor();
    await rowOf(page, CIGDEM).getByRole('button', { name: 'Set the usage location' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set the usage location' });
    await dialog.getByText('Çiğdem Güneş').waitFor();
    expect(await dialog.getByRole('combobox').inputValue()).toBe('TR');
    const countries = await dialog.getByRole('option').allTextContents();
    expect(new Set(countries).size).toBe(countries.length);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await settled(page, CIGDEM);
  });

  it('with a license that excludes the new one gives that up', async () => {
    const page = await open();
    const dialog = await ask(page, ZEYNEP);
    await dialog.getByRole('radio', { name: 'The new license; take Office 365 Enterprise E1 away' }).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await settled(page, ZEYNEP);
  });

  it('or keeps it, and goes without the new one', async () => {
    const page = await open();
    const dialog = await ask(page, MUSTAFA);
    await dialog.getByRole('radio', { name: /^Office 365 Enterprise E1; leave the account/ }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await settled(page, MUSTAFA, 'Left as it is');
  });

  it('with a product that needs what goes gives that product up', async () => {
    const page = await open();
    const dialog = await ask(page, ELIF);
    await dialog.getByRole('radio', { name: /take Saha Formları \(demo\) away$/ }).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await settled(page, ELIF);
  });

  it('that shares an address is tried again, and moves once the address was corrected', async () => {
    const page = await open();
    const row = rowOf(page, AHMET);
    await row.getByText('satis@izmir-tekstil.example also belongs to').waitFor();
    await row.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('Tried again: 1 account cannot move yet.').waitFor();
    await left(page, 7);
    await portal.deployment.context.database.asSystem((tx) =>
      tx.query(
        `delete from user_addresses where customer_id = $1 and address like 'satis@%' and user_id::text like '%41'`,
        [customerId(10)],
      ),
    );
    await row.getByRole('button', { name: 'Try now' }).click();
    await settled(page, AHMET);
  });

  it('can be marked as settled by hand', async () => {
    const page = await open();
    await choose(page, AHMET, 'Mark as settled');
    await settled(page, AHMET, 'Left as it is');
    await left(page, 6);
  });
});

describe('several accounts', () => {
  const select = (page: Page, name: RegExp) => rowOf(page, name).getByRole('checkbox').check();
  const resolveSelected = (page: Page, count: number) =>
    page.getByRole('button', { name: `Resolve selected (${count})` }).click();

  it('of one kind are settled together', async () => {
    const page = await open();
    for (const name of [AYSE, MEHMET]) await select(page, name);
    await resolveSelected(page, 2);
    await settled(page, AYSE);
    await settled(page, MEHMET);
    await left(page, 5);
  });

  it('that need one answer are asked about once', async () => {
    const page = await open();
    for (const name of [ZEYNEP, MUSTAFA]) await select(page, name);
    await resolveSelected(page, 2);
    const dialog = page.getByRole('dialog', { name: 'Choose which one stays' });
    await dialog.getByText('Mustafa Çelik, Zeynep Şahin').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await settled(page, ZEYNEP);
    await settled(page, MUSTAFA);
    await left(page, 5);
  });

  it('mixed: what needs no question is settled, the rest stays', async () => {
    const page = await open();
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await resolveSelected(page, 7);
    await settled(page, AYSE);
    await settled(page, MEHMET);
    await left(page, 5);
    for (const name of [ZEYNEP, MUSTAFA, ELIF]) {
      await rowOf(page, name).getByRole('button', { name: 'Choose which one stays' }).waitFor();
    }
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await rowOf(page, AYSE).getByRole('checkbox').count()).toBe(0);
  });

  it('are selected by Space on a row', async () => {
    const page = await open();
    await rowOf(page, AYSE).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Resolve selected (2)' }).waitFor();
  });

  it('settled by two agents are settled once, and each sees the other’s', async () => {
    const page = await open();
    const other = await open(SELIM);
    await rowOf(other, AYSE).getByRole('button', { name: 'Set to Türkiye' }).click();
    await settled(other, AYSE, 'License transferred', 'Selim Koç');
    await rowOf(page, AYSE).getByRole('button', { name: 'Set to Türkiye' }).click();
    await page
      .getByRole('alert')
      .or(page.getByText(/^Did not work: /))
      .first()
      .waitFor();
    await settled(page, AYSE, 'License transferred', 'Selim Koç');
  });
});

describe('the list', () => {
  it('stays in its order when accounts are settled, and after the last one says that all are', async () => {
    const page = await open();
    const before = await listed(page);
    expect(before).toHaveLength(7);
    await choose(page, MUSTAFA, 'Mark as settled');
    await settled(page, MUSTAFA, 'Left as it is');
    expect(await listed(page)).toEqual(before);
    const api = await portal.deployment.signIn(SELIM);
    const params = { customerId: customerId(10), upgradeId: worklist.split('/').at(-1) ?? '' };
    const { items } = valueOf(await api('listIssues', { params, query: { status: 'open' } }));
    const userIds = items.map((issue) => issue.userId);
    valueOf(await api('resolveIssues', { params, body: { action: 'leave', userIds } }));
    await page.reload();
    await page.getByText('Upgraded. All accounts are settled.').waitFor();
    await page.getByText('7 of 7 settled').waitFor();
    await settled(page, AYSE, 'Left as it is', 'Selim Koç');
  });

  it('is searched as Turkish is written, and “/” leads there', async () => {
    const page = await open();
    await page.keyboard.press('/');
    await expectFocus(page.getByRole('searchbox', { name: 'Search accounts' }));
    await page.keyboard.type('CIGDEM');
    await expect.poll(() => listed(page)).toEqual(['Çiğdem Güneş']);
    await page.reload();
    await expect.poll(() => listed(page)).toEqual(['Çiğdem Güneş']);
    await page.getByRole('searchbox').fill('yok');
    await page.getByText('No account matches the search and these filters.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => listed(page)).toHaveLength(7);
  });

  it('is filtered by state, problem and service, as its address says', async () => {
    const page = await open();
    await rowOf(page, AYSE).getByRole('button', { name: 'Set to Türkiye' }).click();
    await page.getByRole('button', { name: 'Settled 1' }).click();
    await expect.poll(() => listed(page)).toEqual(['Ayşe Yılmaz']);
    await page.getByRole('button', { name: 'Open 6' }).click();
    await expect.poll(() => listed(page)).toHaveLength(6);
    await page.getByRole('combobox', { name: 'Problem' }).selectOption('Two services exclude each other');
    await expect.poll(() => listed(page)).toEqual(['Mustafa Çelik', 'Zeynep Şahin']);
    expect(new URL(page.url()).search).toBe('?filter=open&problem=plans-exclude-each-other');
    await page.reload();
    await expect.poll(() => listed(page)).toEqual(['Mustafa Çelik', 'Zeynep Şahin']);
    await page.getByRole('combobox', { name: 'Problem' }).selectOption('');
    await page.getByRole('combobox', { name: 'Service' }).selectOption('Exchange Online');
    await expect.poll(() => listed(page)).toEqual(['Ahmet Kılıç']);
  });

  it('is looked at by a Billing admin, who cannot act', async () => {
    const page = await open(BORA);
    const act = rowOf(page, AYSE).getByRole('button', { name: 'Set to Türkiye' });
    expect(await act.getAttribute('aria-disabled')).toBe('true');
    expect(
      await rowOf(page, AYSE)
        .getByRole('button', { name: /^More actions/ })
        .isDisabled(),
    ).toBe(true);
    await act.click({ force: true });
    await left(page, 7);
    expect(await page.getByRole('checkbox').count()).toBe(0);
    const reason = 'You can see this, but your role Billing admin may not settle accounts.';
    await page.getByText(reason).waitFor();
    const described = page.locator(`[id="${await act.getAttribute('aria-describedby')}"]`);
    expect(await described.textContent()).toContain(reason);
  });
});

describe('the file', () => {
  async function download(page: Page, name: string): Promise<string> {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    expect(file.suggestedFilename()).toBe(`license-issues-${worklist.split('/').at(-1)}.csv`);
    return readFile(await file.path(), 'utf8');
  }

  it('has semicolons, a byte order mark and Turkish words in Turkish', async () => {
    const page = await open(AYLIN, {});
    const text = await download(page, 'CSV olarak dışarı aktar');
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('\uFEFFKullanıcı adı;Ad;Kimlik;Durum;Sorun;Ayrıntı;Çözüm');
    expect(lines).toHaveLength(8);
    expect(lines[2]).toMatch(/^ayse\.yilmaz@izmir-tekstil\.example;Ayşe Yılmaz;.*;açık;Kullanım konumu eksik;/);
    await page
      .getByText(/\.csv kaydedildi$/)
      .first()
      .waitFor();
  });

  it('has commas in English, and only what the list shows', async () => {
    const page = await portal.visit(`${worklist}?problem=usage-location-missing`, AYLIN, ENGLISH);
    await rowOf(page, AYSE).waitFor();
    const lines = (await download(page, 'Export CSV')).trimEnd().split('\r\n');
    expect(lines[0]).toBe('\uFEFFUser principal name,Name,Id,Status,Fault,Details,What helps');
    expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(['Ayşe Yılmaz', 'Mehmet Öztürk']);
  });
});
