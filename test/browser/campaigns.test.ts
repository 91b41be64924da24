import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OFFERS, PARTNERS } from '../../demo/ids.ts';
import { inspect } from '../campaign-kills.ts';
import { isOver, planned, seedCustomers, setPace, submit, workUntil } from '../campaign-steps.ts';
import { valueOf } from '../deployment.ts';
import { seedMany } from '../many-customers.ts';
import { AYLIN, GULAY, setPolicy } from '../waiting.ts';
import { type Portal, startPortal } from './browser.ts';
import { BORA } from './steps.ts';

/** As many as a run can be followed by; `npm run test:long -- rows` takes a thousand. */
const MANY = Number(process.env['CAMPAIGN_ROWS'] ?? 200);
const WRITTEN = new Intl.NumberFormat('tr').format(MANY);

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());
beforeEach(() => portal.deployment.reset());

/** Three customers that can be upgraded, and one that cannot be yet. */
async function seedFour() {
  const { deployment } = portal;
  const seeded = await seedCustomers(deployment, 3);
  const aylin = await deployment.signIn(AYLIN);
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId: deployment.context.newId(),
    customerName: 'Dokuma 04',
    offerId: OFFERS.businessBasic,
    quantity: 10,
    purchasedOn: '2026-09-13',
    users: 0,
    provisioning: 'pending',
  } as const;
  valueOf(await aylin('seedSubscription', { body }));
  return seeded;
}

/** Customers that can be upgraded, in an order that no list has. */
async function seedUnordered() {
  const { deployment } = portal;
  await seedMany(deployment, MANY, 1);
  await setPace(deployment);
  return deployment.context.database.asSystem((tx) =>
    tx.query<{ customer: string; subscription: string }>(
      `select s.customer_id as customer, s.subscription_id as subscription from subscriptions s join customers c using (customer_id)
       where c.name = 'Dokuma 01' order by md5(s.subscription_id::text)`,
    ),
  );
}

/** Drops a file of these lines onto the field for it. */
async function drop(page: Page, lines: readonly string[]) {
  const dataTransfer = await page.evaluateHandle(
    `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(lines.join('\n'))}], 'aralik.csv')); return data; })()`,
  );
  await page.locator('[data-drop]').dispatchEvent('drop', { dataTransfer });
}

/** As if the server had not managed to send the first row. */
async function failFirst(campaignId: string) {
  await portal.deployment.context.database.asSystem((tx) =>
    tx.query(
      `update campaign_rows set state = 'failed', outcome = '{"code":"internal-error","refusals":[],"differences":[]}'
       where campaign_id = $1 and place = 1`,
      [campaignId],
    ),
  );
}

/** Lets the server work until the campaign of the page is as wanted. */
async function work(page: Page, isWanted: Parameters<typeof workUntil>[3]) {
  const api = await portal.deployment.signIn(AYLIN);
  const campaignId = /\/bulk\/([\w-]{36})/.exec(page.url())?.[1] ?? '';
  return workUntil(portal.deployment, api, campaignId, isWanted);
}

describe('many upgrades at once', () => {
  it('are chosen, planned, sent by their number, paused, resumed and reported', async () => {
    await seedFour();
    await setPace(portal.deployment, 1);
    const page = await portal.open('/customers', AYLIN);
    await page.getByRole('link', { name: 'Toplu yükseltme' }).click();
    await page.getByText('Henüz toplu yükseltme yok').waitFor();
    await page.getByRole('link', { name: 'Yeni toplu yükseltme' }).click();

    await page.getByRole('combobox', { name: 'Mevcut teklif' }).selectOption(OFFERS.businessBasic);
    await page.getByRole('combobox', { name: 'Yeni teklif' }).selectOption(OFFERS.o365E3);
    await page.getByRole('searchbox', { name: 'Müşteri ara' }).fill('dokuma');
    await page.getByText('4 abonelik uyuyor').waitFor();
    await page.getByRole('button', { name: 'Plan oluştur' }).click();
    await page.getByRole('alert').getByText('Bu alan gerekli.').waitFor();
    await page.getByRole('textbox', { name: 'Ad' }).fill('Kasım yenilemeleri');
    await page.reload();
    await page.getByText('4 abonelik uyuyor').waitFor();
    await page.getByRole('button', { name: 'Plan oluştur' }).click();
    await page.getByRole('heading', { level: 1, name: /İş Temel.*Kurumsal E3/ }).waitFor();
    await work(page, ({ state }) => state === 'planned');

    await page.getByText('Hiçbir şey gönderilmedi.').waitFor();
    await page
      .getByRole('row', { name: /^Dokuma 04/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Kapat' }).click();
    await page.getByRole('button', { name: 'Dışarıda bırak: Dokuma 03' }).click();
    await page.getByRole('button', { name: 'Yeniden dâhil et: Dokuma 03' }).waitFor();
    await page.getByRole('button', { name: '2 yükseltmeyi gönder' }).click();
    const dialog = page.getByRole('dialog', { name: '2 yükseltme gönderilsin mi?' });
    const number = dialog.getByRole('textbox', { name: 'Onaylamak için 2 yazın' });
    await number.fill('3');
    await number.press('Enter');
    await dialog.getByText('Sayı farklı. Gönderilecek yükseltme sayısı: 2.').waitFor();
    await number.fill('2');
    await number.press('Enter');

    await page.getByRole('button', { name: 'Duraklat' }).waitFor();
    await work(page, ({ rows }) => rows.done === 1);
    await page.getByRole('heading', { name: /^1 \/ 2 tamamlandı/ }).waitFor();
    await page.getByRole('button', { name: 'Duraklat' }).click();
    await work(page, ({ state }) => state === 'paused');
    await page.getByRole('status').getByText('Duraklatıldı').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '1 / 2 tamamlandı' }).waitFor();
    await page.getByRole('button', { name: 'Başlamadı 1' }).click();
    await page.getByRole('rowheader', { name: /^Dokuma 02/ }).waitFor();
    await setPace(portal.deployment);
    await page.getByRole('button', { name: 'Sürdür' }).click();
    await work(page, isOver);

    await page.getByRole('listitem').filter({ hasText: 'Rapor' }).and(page.locator('[aria-current=step]')).waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV olarak dışarı aktar' }).click();
    const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\r\n');
    expect(lines.slice(1).map((line) => line.split(';').filter((_, column) => column === 1 || column === 7))).toEqual([
      ['Dokuma 01', 'Gönderildi'],
      ['Dokuma 02', 'Gönderildi'],
      ['Dokuma 03', 'Dışarıda bırakıldı'],
      ['Dokuma 04', 'Uygun değil'],
    ]);
  });

  it('are chosen by a file, whose rows that were not understood are told by number and column', async () => {
    const [first] = await seedFour();
    const page = await portal.open(`/bulk/new?by=file&to=${OFFERS.o365E3}`, AYLIN, { width: 400 });
    await page.getByRole('button', { name: 'Plan oluştur' }).click();
    await page.getByText('Bir dosya seçin.').waitFor();
    const csv = `müşteri;abonelik kimliği\n${first?.customerId};${first?.subscriptionId}\nyok.example;${first?.subscriptionId}\n`;
    const file = { name: 'kasim.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText('Okunan biçim: ayırıcı noktalı virgül, kodlama UTF-8, 2 satır.').waitFor();
    await page.getByText(/^3\. satır, “müşteri” sütunu: .* \(yok\.example\)$/).waitFor();
    await page.getByRole('textbox', { name: 'Ad' }).fill('Dosyadan');
    await page.getByRole('button', { name: 'Plan oluştur' }).click();
    await page.waitForURL(/\/bulk\/[\w-]{36}/);
    await work(page, ({ state }) => state === 'planned');
    await page.getByRole('button', { name: '1 yükseltmeyi gönder' }).waitFor();
  });

  it('are all of a file that was dropped: approved, run, followed, paused, resumed after a reload, and reported in its order', async () => {
    const { deployment } = portal;
    const rows = await seedUnordered();
    await setPolicy(deployment, { always: true });
    const page = await portal.open(`/bulk/new?by=file&to=${OFFERS.o365E3}`, AYLIN, { live: true });
    await drop(page, ['customer,subscription', ...rows.map((row) => `${row.customer},${row.subscription}`)]);
    await page.getByText(`Okunan biçim: ayırıcı virgül, kodlama UTF-8, ${WRITTEN} satır.`).waitFor();
    await page.getByRole('textbox', { name: 'Ad' }).fill('Aralık');
    await page.getByRole('button', { name: 'Plan oluştur' }).click();
    await page.waitForURL(/\/bulk\/[\w-]{36}/);
    const { campaignId } = await work(page, ({ state }) => state === 'planned');
    await page.getByRole('button', { name: `${WRITTEN} yükseltmeyi gönder` }).click();
    const dialog = page.getByRole('dialog', { name: `${WRITTEN} yükseltme gönderilsin mi?` });
    await dialog.getByRole('textbox').fill(String(MANY));
    await dialog.getByRole('textbox').press('Enter');
    await page.getByText(/^İkinci bir kişinin onayı gerekir/).waitFor();

    const gulay = await portal.visit(`/bulk/${campaignId}`, GULAY);
    await gulay.getByRole('button', { name: 'Onayla' }).click();
    const approval = gulay.getByRole('alertdialog', { name: `${WRITTEN} yükseltme onaylansın mı?` });
    await approval.getByRole('button', { name: 'Onayla' }).click();
    await page.getByRole('heading', { name: `0 / ${WRITTEN} tamamlandı` }).waitFor();
    // Of single rows nothing is told to who follows what changes.
    const { progress } = await work(page, ({ rows: { done } }) => done > 0);
    await page.getByRole('heading', { name: `${progress.done} / ${WRITTEN} tamamlandı` }).waitFor();
    const more = (await work(page, ({ rows: { done } }) => done > progress.done)).progress.done;
    await page.getByRole('heading', { name: `${more} / ${WRITTEN} tamamlandı` }).waitFor();

    await page.getByRole('button', { name: 'Duraklat' }).click();
    await work(page, ({ state }) => state === 'paused');
    await page.reload();
    await page.getByRole('status').getByText('Duraklatıldı').waitFor();
    await page.getByRole('heading', { name: `${more} / ${WRITTEN} tamamlandı` }).waitFor();
    await page.getByRole('button', { name: 'Sürdür' }).click();
    await page.getByRole('button', { name: 'Duraklat' }).waitFor();
    await work(page, isOver);
    expect(await inspect(deployment, campaignId)).toEqual({ done: MANY, underWay: 0, wrong: [] });
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV olarak dışarı aktar' }).click();
    const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\r\n').slice(1);
    const cells = lines.map((line) => line.split(';'));
    expect(cells.map((line) => line[3])).toEqual(rows.map(({ subscription }) => subscription));
    expect(new Set(cells.map((line) => line[7]))).toEqual(new Set(['Gönderildi']));
  }, 180_000);

  it('are upgraded otherwise, set for a moment, rejected, stopped, and tried again where they failed, on one page', async () => {
    const { deployment } = portal;
    await seedFour();
    await setPace(deployment);
    await setPolicy(deployment, { always: true });
    const choose = { by: 'filter', sourceOfferId: OFFERS.businessBasic, search: 'dokuma' } as const;
    const { campaignId } = await planned(deployment, { choose });
    const params = { campaignId };
    const [aylin, gulay] = [await deployment.signIn(AYLIN), await deployment.signIn(GULAY)];
    const send = async () => valueOf(await submit(aylin, valueOf(await aylin('showCampaign', { params }))));
    const page = await portal.open(`/bulk/${campaignId}`, AYLIN, { live: true });

    await page.getByRole('button', { name: 'Diğer eylemler: Kasım' }).click();
    await page.getByRole('menuitem', { name: 'Yalnızca aboneliği yükselt' }).click();
    await work(page, ({ state, totals }) => state === 'planned' && totals.work === 6);
    await page.getByText('Ek işlem gereken hesap').locator('..').getByText('6', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Zaman belirle' }).click();
    const schedule = page.getByRole('dialog', { name: 'Ne zaman başlasın?' });
    await schedule.getByLabel('Tarih ve saat').fill('2026-11-15T09:00');
    await schedule.getByText('Gelecekte bir zaman seçin.').waitFor();
    await schedule.getByLabel('Tarih ve saat').fill('2026-11-18T09:00');
    await schedule.getByRole('button', { name: 'Yeniden planla' }).click();
    await schedule.waitFor({ state: 'detached' });
    const { startsAt } = await work(page, ({ state }) => state === 'planned');
    expect(startsAt).toBe('2026-11-18T06:00:00Z');
    await page.getByText(/Başlangıç: 18\.11\.2026 09:00/).waitFor();

    await send();
    const other = await portal.visit(`/bulk/${campaignId}`, GULAY);
    await other.getByRole('button', { name: 'Reddet' }).click();
    const reject = other.getByRole('alertdialog', { name: 'Bu toplu yükseltme reddedilsin mi?' });
    await reject.getByRole('textbox', { name: 'Reddetme nedeni' }).fill('Önce Dokuma 01');
    await reject.getByRole('button', { name: 'Reddet' }).click();
    await page.getByText('Önce Dokuma 01').waitFor();

    await send();
    valueOf(await gulay('approveCampaign', { params }));
    await page.getByText('O zamana kadar durdurabilirsiniz.').waitFor();
    await page.getByRole('button', { name: 'Durdur' }).click();
    const stop = page.getByRole('alertdialog', { name: 'Toplu yükseltme durdurulsun mu?' });
    await stop.getByText('Hiçbir satır gönderilmez. Yeniden planlanabilir.').waitFor();
    await stop.getByRole('button', { name: 'Durdur' }).click();
    await setPolicy(deployment, {});
    await page.getByRole('button', { name: 'Kalanları yeniden planla' }).click();
    await page.getByText(/^Plan yapılıyor/).waitFor();
    await work(page, ({ state }) => state === 'planned');

    await send();
    await failFirst(campaignId);
    await work(page, isOver);
    await page.getByText('Sonraki faturada net tutar').locator('..').getByText('$394,00').waitFor();
    await page.getByRole('button', { name: 'Başarısız satırları yeniden dene (1)' }).click();
    await page.getByRole('button', { name: 'Duraklat' }).waitFor();
    const { rows } = await work(page, isOver);
    expect(rows).toMatchObject({ done: 3, refused: 1, failed: 0 });
    await page.getByRole('button', { name: 'Gönderildi 3' }).waitFor();
  });

  it('whose plan is not wanted are deleted, and the list is sorted by the heads of its columns', async () => {
    await seedFour();
    const choose = { by: 'filter', sourceOfferId: OFFERS.businessBasic, search: 'dokuma' } as const;
    for (const name of ['Bir', 'İki']) await planned(portal.deployment, { choose, name });
    const page = await portal.visit('/bulk', AYLIN);
    await page.getByRole('button', { name: 'Ad', exact: true }).click();
    await page.waitForURL(/sort=name/);
    await page.getByRole('columnheader', { name: 'Ad' }).and(page.locator('[aria-sort=ascending]')).waitFor();
    await page.getByRole('link', { name: 'Bir' }).click();
    await page.getByRole('heading', { level: 1, name: /İş Temel/ }).waitFor();
    await page.getByRole('button', { name: 'Diğer eylemler: Bir' }).click();
    await page.getByRole('menuitem', { name: 'Planı sil' }).click();
    await page
      .getByRole('alertdialog', { name: 'Plan silinsin mi?' })
      .getByRole('button', { name: 'Planı sil' })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Toplu yükseltme' }).waitFor();
    await page.getByRole('rowheader', { name: /^İki/ }).waitFor();
    await page.getByRole('rowheader', { name: /^Bir/ }).waitFor({ state: 'detached' });
  });

  it('are sent as fast as a Global admin sets', async () => {
    const page = await portal.visit('/settings/general', GULAY);
    const rows = page.getByLabel('Dakikada en çok satır');
    const save = page.getByRole('button', { name: 'Hızı kaydet' });
    await rows.fill('0');
    await page.getByText('1 ile 60.000 arasında bir tam sayı girin.').waitFor();
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await rows.fill('240');
    await save.click();
    await page.getByText('Kaydedildi').first().waitFor();
    const api = await portal.deployment.signIn(GULAY);
    expect(valueOf(await api('showCampaignPace', {}))).toEqual({ rowsPerMinute: 240 });
  });

  it('are read, and not run, by whoever may not', async () => {
    const page = await portal.visit('/bulk/new', BORA);
    await page.getByText('Toplu yükseltme yapma izniniz yok').waitFor();
    expect(await page.getByRole('button', { name: 'Plan oluştur' }).count()).toBe(0);
  });
});
