import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../../server/identity/password.ts';
import { PASSWORD_COST } from '../worlds.ts';
import { type Portal, startPortal } from './browser.ts';
import { expectFocus } from './steps.ts';

const AYLIN = 'aylin@kuzey.example';
const PASSWORD = 'correct horse battery staple';
const NEW_PASSWORD = 'vapurda simit yemek güzeldir';

let portal: Portal;
let hash: string;
beforeAll(async () => {
  portal = await startPortal();
  hash = await hashPassword(PASSWORD, PASSWORD_COST);
});
afterAll(() => portal.stop());

const sql = (text: string, values: unknown[] = []) =>
  portal.deployment.context.database.asSystem((tx) => tx.query(text, values));

beforeEach(async () => {
  await sql('delete from sign_in_failures');
  await sql('delete from known_sources');
  await sql('delete from sessions');
  await sql('update agents set password_hash = $1, totp_secret = null, totp_confirmed_at = null where email = $2', [
    hash,
    AYLIN,
  ]);
});

async function fillIn(page: Page, password = PASSWORD) {
  await page.getByLabel('E-posta').fill(AYLIN);
  await page.getByLabel('Parola', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Oturum aç', exact: true }).click();
}

describe('signing in with a local account', () => {
  it('leads to the page that was asked for, and nowhere outside', async () => {
    for (const [next, there] of [
      ['/account', '/account'],
      ['//evil.example', '/customers'],
      ['/\t/evil.example', '/customers'],
    ] as const) {
      const page = await portal.visit(`/signin?next=${encodeURIComponent(next)}`);
      await fillIn(page);
      await page.getByRole('heading', { level: 1, name: there === '/account' ? 'Hesabınız' : 'Müşteriler' }).waitFor();
      expect(new URL(page.url()).host).toBe(new URL(portal.deployment.url).host);
      expect(new URL(page.url()).pathname).toBe(there);
    }
  });

  it('says what is wrong without saying which, and until when it is locked', async () => {
    const page = await portal.visit('/signin');
    for (let time = 0; time < 5; time++) {
      await fillIn(page, `wrong ${time}`);
      await page.getByText('E-posta veya parola doğru değil.').waitFor();
      await page.getByRole('button', { name: 'Oturum aç', exact: true, disabled: false }).waitFor();
    }
    await fillIn(page);
    await page.getByText(/Çok fazla deneme yapıldı\. \d\d:\d\d:\d\d itibarıyla yeniden deneyebilirsiniz\./).waitFor();
    expect(new URL(page.url()).pathname).toBe('/signin');
  });

  it('lets the password be looked at', async () => {
    const page = await portal.visit('/signin');
    const field = page.getByLabel('Parola', { exact: true });
    await field.fill(PASSWORD);
    expect(await field.getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: 'Parolayı göster' }).click();
    expect(await field.getAttribute('type')).toBe('text');
    expect(await field.inputValue()).toBe(PASSWORD);
  });
});

describe('the demo', () => {
  it.each([1280, 400] as const)('says that it is one on every page, at %i pixels', async (width) => {
    const page = await portal.visit('/signin', undefined, { width });
    await page.getByText('Bu bir örnektir').waitFor();
    await page.goto(`${portal.deployment.url}/signin`);
    await page.getByRole('button', { name: /^Aylin/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Müşteriler' }).waitFor();
    for (const path of ['/customers', '/account', '/help/switching-plans']) {
      await page.goto(portal.deployment.url + path);
      const note = page.getByRole('banner').getByText('Örnek veriler');
      await note.waitFor();
      const box = await note.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    }
  });
});

describe('the account page', () => {
  async function openAccount(view = {}) {
    const page = await portal.visit('/signin?next=/account', undefined, view);
    await fillIn(page);
    await page.getByRole('heading', { level: 1, name: 'Hesabınız' }).waitFor();
    return page;
  }

  it('is reached from the account menu', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await page.getByRole('button', { name: /^Hesap:/ }).click();
    await page.getByRole('menuitem', { name: 'Hesabınız' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hesabınız' }).waitFor();
  });

  it('shows where one is signed in, and ends the others', async () => {
    const page = await openAccount();
    const [two, three] = [await portal.deployment.signIn(AYLIN), await portal.deployment.signIn(AYLIN)];
    await page.reload();
    const list = page.getByRole('region', { name: 'Açık oturumlarınız' });
    await list.getByText('Bu oturum').waitFor();
    expect(await list.getByRole('listitem').count()).toBe(3);
    expect(await list.getByRole('listitem').first().textContent()).toMatch(
      /Chrome \d+ · Linux.*Bu oturum.*127\.0\.0\.1/,
    );
    await list
      .getByRole('button', { name: /oturumunu sonlandır$/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    const give = async (password: string) => {
      await dialog.getByLabel('Şu anki parola').fill(password);
      await dialog.getByRole('button', { name: 'Sonlandır' }).click();
    };
    await give('wrong');
    await dialog.getByText('Bu, şu anki parolanız değil.').waitFor();
    await give(PASSWORD);
    await expect.poll(() => list.getByRole('listitem').count()).toBe(2);
    await list.getByRole('button', { name: 'Diğer tüm oturumları sonlandır' }).click();
    await give(PASSWORD);
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    for (const api of [two, three]) expect((await api('showSession', {})).ok).toBe(false);
  });

  it('shows few of many sessions until all are asked for', async () => {
    const page = await openAccount();
    for (let time = 0; time < 6; time++) await portal.deployment.tokenOf(AYLIN);
    await page.reload();
    const list = page.getByRole('region', { name: 'Açık oturumlarınız' });
    const more = list.getByRole('button', { name: 'Tümünü göster (7)' });
    await more.waitFor();
    expect(await list.getByRole('listitem').count()).toBe(5);
    await more.click();
    expect(await list.getByRole('listitem').count()).toBe(7);
  });

  it('changes the password, and says at the field what is wrong', async () => {
    const page = await openAccount();
    const change = async (present: string, next: string) => {
      await page.getByLabel('Şu anki parola').fill(present);
      await page.getByLabel('Yeni parola').fill(next);
      await page.getByRole('button', { name: 'Parolayı değiştir' }).click();
    };
    await change('wrong', NEW_PASSWORD);
    await page.getByText('Bu, şu anki parolanız değil.').waitFor();
    await change(PASSWORD, 'aylin@kuzey.example');
    await page.getByText('Tahmin edilmesi daha güç bir parola seçin').waitFor();
    await change(PASSWORD, NEW_PASSWORD);
    await page.getByText('Parolanız değiştirildi.').waitFor();
    expect(await page.getByLabel('Yeni parola').inputValue()).toBe('');
  });

  it('switches two-step sign-in on, which then asks for a code or a recovery code', async () => {
    const page = await openAccount();
    await page.getByRole('button', { name: 'Aç', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Şu anki parola').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Devam' }).click();
    await dialog.getByRole('img', { name: /QR kodu/ }).waitFor();
    const secret = (await dialog.getByText(/^[A-Z2-7 ]{39}$/).textContent())?.replaceAll(' ', '') ?? '';
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const codeAt = (seconds: number) =>
      totp.generate({ timestamp: portal.deployment.context.clock.now().epochMilliseconds + seconds * 1000 });
    await dialog.getByLabel('Altı haneli kod').fill('000000');
    await dialog.getByRole('button', { name: 'Aç', exact: true }).click();
    await dialog.getByText('Bu kod eşleşmiyor').waitFor();
    await expectFocus(dialog.getByLabel('Altı haneli kod'));
    await dialog.getByLabel('Altı haneli kod').fill(codeAt(0));
    await dialog.getByRole('button', { name: 'Aç', exact: true }).click();
    const shown = page.getByRole('alertdialog');
    await shown.getByText('bir daha gösterilmezler').waitFor();
    const codes = await shown.getByRole('listitem').allTextContents();
    expect(codes).toHaveLength(10);
    await page.keyboard.press('Escape');
    await shown.getByRole('button', { name: 'Kodları sakladım' }).click();
    await expectFocus(page.getByRole('button', { name: 'Kapat', exact: true }));
    await page.getByText('10 kurtarma kodunuz kaldı.').waitFor();

    const other = await portal.open('/signin?next=/account');
    await fillIn(other);
    const field = other.getByLabel('Altı haneli kod');
    await expectFocus(field);
    await other.getByRole('heading', { level: 1, name: 'Doğrulama kodunu girin' }).waitFor();
    expect(await other.getByLabel('Parola', { exact: true }).count()).toBe(0);
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    await field.fill('123');
    await other.getByRole('button', { name: 'Oturum aç', exact: true }).click();
    await other.getByText('Kod eşleşmiyor veya daha önce kullanıldı.').waitFor();
    await other.getByRole('button', { name: 'Kurtarma kodu kullan' }).click();
    await other.getByLabel('Kurtarma kodu').fill(codes[0] ?? '');
    await other.getByRole('button', { name: 'Oturum aç', exact: true }).click();
    await other.getByText('9 kurtarma kodunuz kaldı.').waitFor();

    await other.getByRole('button', { name: 'Kapat', exact: true }).click();
    const remove = other.getByRole('dialog');
    await remove.getByLabel('Şu anki parola').fill(PASSWORD);
    await remove.getByLabel('Kod', { exact: true }).fill(codes[1] ?? '');
    await remove.getByRole('button', { name: 'Kapat', exact: true }).click();
    await other.getByText(/^Kapalı\./).waitFor();
  });

  it('has nothing to change for who signs in without a password', async () => {
    const page = await portal.visit('/account', 'wendy@westwind.example');
    await page.getByText('Burada parolasız oturum açıyorsunuz').waitFor();
  });
});
