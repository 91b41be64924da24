import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OFFERS } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { AYLIN, GULAY, lookForDue, seedBasic, SELIM, setPolicy, submitUpgrade } from '../waiting.ts';
import { type Portal, startPortal } from './browser.ts';
import { overflow } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());
beforeEach(() => portal.deployment.reset());

/** Moves the deployment's clock on. */
async function pass(duration: { minutes: number; seconds?: number }) {
  const { deployment } = portal;
  await deployment.moveClock(deployment.context.clock.now().add(duration).toString());
}

const resultOf = (customerId: string, upgradeId: string) => `/customers/${customerId}/upgrades/${upgradeId}`;

/** An upgrade of Selim's for a customer of its own, which waits as the policy says. */
async function waiting(policy: Parameters<typeof setPolicy>[1], customerName = 'Öztuna Otomotiv') {
  await setPolicy(portal.deployment, policy);
  const seeded = await seedBasic(portal.deployment, { customerName });
  const { upgradeId } = valueOf((await submitUpgrade(portal.deployment, seeded)).submitted);
  return { ...seeded, upgradeId, path: resultOf(seeded.customerId, upgradeId) };
}

describe('an upgrade above a rule', () => {
  it('is sent for approval, waits in sight, and is approved by a colleague', async () => {
    await setPolicy(portal.deployment, { netAbove: '100.00' });
    const { customerId, subscriptionId } = await seedBasic(portal.deployment, { customerName: 'Öztuna Otomotiv' });
    const list = `/customers/${customerId}/subscriptions`;
    const selim = await portal.visit(`${list}/${subscriptionId}/upgrade?to=${OFFERS.o365E3}`, SELIM);
    await selim.getByText('İkinci bir kişinin onayı gerekir: net $197,00, $100,00 sınırının üzerinde.').waitFor();
    await selim.getByRole('button', { name: 'Onaya gönder' }).click();
    const confirmation = selim.getByRole('alertdialog', { name: 'Bu yükseltme onaya gönderilsin mi?' });
    await confirmation.getByRole('checkbox').check();
    await confirmation.getByRole('button', { name: 'Onaya gönder' }).click();
    await selim.getByText('Onaylayabilecek kişiler: Aylin Demir, Gülay Aksoy.').waitFor();
    expect(await selim.getByRole('button', { name: 'Onayla' }).count()).toBe(0);

    await selim.goto(portal.deployment.url + list);
    await selim.getByRole('link', { name: /^Onay bekliyor/ }).waitFor();
    expect(await selim.getByRole('button', { name: /yükseltilebilir/ }).count()).toBe(0);

    const aylin = await portal.visit('/customers', AYLIN);
    await aylin.getByRole('link', { name: /^Yükseltmeler.*1 yükseltme sizi bekliyor$/ }).click();
    await aylin.getByRole('link', { name: /^Onayınızı bekleyenler 1$/ }).click();
    expect(new URL(aylin.url()).searchParams.get('tab')).toBe('toApprove');
    await aylin.getByRole('button', { name: 'Onayla: Öztuna Otomotiv' }).click();
    const dialog = aylin.getByRole('alertdialog', { name: 'Bu yükseltme onaylansın mı?' });
    await dialog.getByText('Net $197,00').waitFor();
    await dialog.getByRole('button', { name: 'Onayla' }).click();
    await aylin.getByText('Sizi bekleyen yükseltme yok').waitFor();

    await selim.goto(portal.deployment.url + `/customers/${customerId}/history`);
    await selim.getByRole('link', { name: /Kurumsal E3/ }).click();
    await selim.getByText('Yükseltildi. Tüm hesaplar tamamlandı.').waitFor();
  });

  it('is rejected with a reason that its agent reads; both without a pointer', async () => {
    const { path } = await waiting({ always: true });
    const gulay = await portal.visit(path, GULAY, { language: 'en' });
    await gulay.getByRole('button', { name: 'Reject' }).press('Enter');
    const dialog = gulay.getByRole('alertdialog', { name: 'Reject this upgrade?' });
    const reject = dialog.getByRole('button', { name: 'Reject' });
    expect(await reject.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('textbox', { name: /Reason for rejecting/ }).fill('Önce <b>müşteriyi</b> arayın.');
    await reject.press('Enter');
    await gulay.getByText(/^Rejected by Gülay Aksoy/).waitFor();
    const selim = await portal.visit(path, SELIM);
    await selim.getByText(/^Reddeden: Gülay Aksoy/).waitFor();
    await selim.getByText('Önce <b>müşteriyi</b> arayın.').waitFor();
    await selim.getByRole('link', { name: 'Yeni önizleme' }).click();
    await selim.getByRole('button', { name: 'Onaya gönder' }).waitFor();
  });

  it('tells who comes second that a colleague was faster', async () => {
    const { path, customerId, upgradeId } = await waiting({ always: true });
    const gulay = await portal.visit(path, GULAY);
    await gulay.getByRole('button', { name: 'Onayla' }).click();
    const dialog = gulay.getByRole('alertdialog');
    await dialog.waitFor();
    const aylin = await portal.deployment.signIn(AYLIN);
    const body = { reason: 'Bu ay değil.' };
    valueOf(await aylin('rejectUpgrade', { params: { customerId, upgradeId }, body }));
    await dialog.getByRole('button', { name: 'Onayla' }).click();
    await gulay
      .getByText(/Durumu: reddedildi \(Aylin Demir\)/)
      .or(gulay.getByText(/^Reddeden: Aylin Demir/))
      .first()
      .waitFor();
  });

  it('cannot be approved by who sent it, who is told why', async () => {
    await setPolicy(portal.deployment, { always: true });
    const seeded = await seedBasic(portal.deployment);
    const { upgradeId } = valueOf((await submitUpgrade(portal.deployment, seeded, AYLIN)).submitted);
    const aylin = await portal.visit(resultOf(seeded.customerId, upgradeId), AYLIN);
    await aylin.getByText('Bunu siz gönderdiniz; kararı bir çalışma arkadaşınız verir.').waitFor();
    expect(await aylin.getByRole('button', { name: 'Onayla' }).count()).toBe(0);
    await aylin.getByRole('button', { name: 'Geri çek' }).click();
    await aylin.getByRole('alertdialog').getByRole('button', { name: 'Durdur' }).click();
    await aylin.getByText('Gönderilmeden durduruldu').waitFor();
  });
});

describe('a held upgrade', () => {
  it('counts down by the deployment’s clock, and is stopped with one button', async () => {
    const { path, customerId, upgradeId } = await waiting({ delayMinutes: 30 });
    const selim = await portal.visit(path, SELIM);
    const timer = selim.getByRole('timer');
    expect(await timer.textContent()).toMatch(/^Gönderime (30|29) dk \d+ sn var$/);
    await selim.getByRole('button', { name: 'Durdur' }).click();
    await selim.getByRole('alertdialog').getByRole('button', { name: 'Durdur' }).click();
    await selim.getByText(/Durduran: Selim Koç/).waitFor();
    const api = await portal.deployment.signIn(SELIM);
    expect(valueOf(await api('showUpgrade', { params: { customerId, upgradeId } })).state).toBe('withdrawn');
  });

  it('shows its result by itself once it was applied', async () => {
    const { path } = await waiting({ delayMinutes: 10 });
    await pass({ minutes: 9, seconds: 57 });
    const selim = await portal.visit(path, SELIM);
    await selim.getByRole('timer').or(selim.getByText('Uygulanıyor')).waitFor();
    await pass({ minutes: 1 });
    await lookForDue(portal.deployment);
    await selim.getByText('Yükseltildi. Tüm hesaplar tamamlandı.').waitFor({ timeout: 15_000 });
  });

  it('says what differs when it was given back, and leads to a new preview', async () => {
    const { path, customerId, subscriptionId } = await waiting({ delayMinutes: 10 });
    const aylin = await portal.deployment.signIn(AYLIN);
    valueOf(await aylin('changeSeats', { params: { customerId, subscriptionId }, body: { quantity: 12 } }));
    await pass({ minutes: 11 });
    await lookForDue(portal.deployment);
    const selim = await portal.visit(path, SELIM);
    await selim.getByText('Yükseltilmedi: sonuç gösterildiği gibi olmayacaktı').waitFor();
    const net = selim.getByRole('row', { name: /Sonraki faturada net tutar/ });
    expect(await net.getByRole('cell').allTextContents()).toEqual(['$197,00', '$236,40']);
    await selim.getByRole('link', { name: 'Yeni önizleme' }).click();
    await selim.getByRole('complementary').getByText('$236,40').first().waitFor();
  });
});

describe('the approval rules', () => {
  it('are set by a Global admin, and still there after a reload', async () => {
    const page = await portal.visit('/settings/approvals', GULAY);
    await page.getByRole('textbox', { name: 'Net tutar şundan fazlaysa (USD)' }).fill('1.250');
    await page.getByRole('button', { name: 'Kaydet' }).click();
    await page.getByText('Tutarı binlik ayırıcı olmadan yazın').waitFor();
    await page.getByRole('textbox', { name: 'Net tutar şundan fazlaysa (USD)' }).fill('1250,50');
    await page.getByRole('textbox', { name: 'Kullanıcı sayısı şundan fazlaysa' }).fill('çok');
    await page.getByText('Bir tam sayı yazın.').waitFor();
    await page.getByRole('textbox', { name: 'Kullanıcı sayısı şundan fazlaysa' }).fill('50');
    await page.getByRole('checkbox', { name: 'Çalışma saatleri dışındaysa' }).check();
    await page.getByRole('textbox', { name: 'Bitiş' }).fill('08:00');
    await page.getByRole('textbox', { name: 'Her yükseltmeyi beklet (dakika)' }).fill('30');
    await page.getByRole('button', { name: 'Kaydet' }).click();
    await page.getByText('Çalışma saatleri aynı gün içinde, başladıktan sonra bitmelidir.').waitFor();
    await page.getByRole('textbox', { name: 'Bitiş' }).fill('18:00');
    await page.getByRole('button', { name: 'Kaydet' }).click();
    await page.getByText('Kaydedildi').first().waitFor();
    await page.reload();
    const amount = page.getByRole('textbox', { name: 'Net tutar şundan fazlaysa (USD)' });
    await amount.waitFor();
    expect(await amount.inputValue()).toBe('1250,50');
    const gulay = await portal.deployment.signIn(GULAY);
    expect(valueOf(await gulay('showApprovalPolicy', {}))).toMatchObject({
      netAbove: '1250.50',
      usersAbove: 50,
      workAbove: null,
      delayMinutes: 30,
      officeHours: { timeZone: 'Europe/Istanbul', days: [1, 2, 3, 4, 5], from: '09:00', until: '18:00' },
    });
  });

  it('are no affair of anybody else, who reads whose they are', async () => {
    const page = await portal.visit('/settings/approvals', SELIM);
    await page.getByText('Ayarları değiştirme izniniz yok').waitFor();
    await page.getByText(/Genel yönetici/).waitFor();
  });
});

describe('the list of upgrades', () => {
  it('keeps search and tab in the address, and fits a phone', async () => {
    await waiting({ always: true });
    await waiting({ delayMinutes: 5 }, 'Ihlamur Çay');
    const page = await portal.visit('/upgrades', AYLIN, { width: 400 });
    await page.getByRole('searchbox', { name: 'Müşteri veya numara ara' }).fill('ıhlamur');
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'Öztuna' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Ihlamur Çay' }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('ıhlamur');
    expect(await overflow(page)).toBe(0);
    await page.getByRole('link', { name: /^Bekleyenler 2$/ }).click();
    await page.waitForURL(/tab=waiting&q=/);
    await page.getByRole('link', { name: 'Ihlamur Çay' }).waitFor();
    await page.getByRole('searchbox', { name: 'Müşteri veya numara ara' }).fill('');
    await page.getByRole('link', { name: 'Öztuna Otomotiv' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Ihlamur Çay' }).waitFor();
  });
});
