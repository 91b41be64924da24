import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Portal, startPortal } from './browser.ts';
import { expectFocus, NIL, SELIM, subscriptionsOf, tabTo } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const PAGE = '/settings/agents';
const GULAY = 'gulay@kuzey.example';
const UMUT = 'umut@kuzey.example';
const HALE = 'hale@kuzey.example';
const WENDY = 'wendy@westwind.example';
const PASSWORD = 'yedi güzel kiraz ağacı';
const ENGLISH = { language: 'en' } as const;

const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
async function openMenu(page: Page, name: string) {
  await rowOf(page, name)
    .getByRole('button', { name: /^(Diğer eylemler|More actions)/ })
    .click();
}
async function choose(page: Page, name: string, act: string) {
  await openMenu(page, name);
  await page.getByRole('menuitem', { name: act }).click();
}

/** Fills the invitation in and sends it; returns the link that is shown. */
async function invite(page: Page, person: { name: string; email: string; roles: readonly string[] }): Promise<string> {
  await page.getByRole('button', { name: 'Kullanıcı davet et' }).click();
  await page.getByRole('textbox', { name: 'Ad soyad' }).fill(person.name);
  await page.getByRole('textbox', { name: 'E-posta' }).fill(person.email);
  for (const role of person.roles) await page.getByRole('checkbox', { name: role }).check();
  await page.getByRole('button', { name: 'Davet et', exact: true }).click();
  return readLink(page);
}

/** The link in the dialog that shows it once, closed afterwards. */
async function readLink(page: Page): Promise<string> {
  const dialog = page.getByRole('alertdialog');
  const link = (await dialog.getByText(/^http.*\/join#[\w-]{43}$/).textContent()) ?? '';
  await dialog.getByRole('button', { name: /^(Kapat|Close)$/ }).click();
  await dialog.waitFor({ state: 'detached' });
  return link.slice(portal.deployment.url.length);
}

async function setPassword(page: Page, password = PASSWORD) {
  await page.getByLabel('Yeni parola').fill(password);
  await page.getByRole('button', { name: 'Parolayı belirle ve oturum aç' }).click();
}

it('the people of a partner are sorted by any head, by Turkish rules, and stay so in the address', async () => {
  const page = await portal.visit(PAGE, GULAY);
  const head = page.getByRole('columnheader', { name: 'Ad', exact: true });
  const names = async () => {
    const texts = await page.locator('[data-row] th').allTextContents();
    return texts.map((text) => text.replace(/\S+@.*|siz$/, ''));
  };
  await head.getByRole('button').click();
  await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
  const upwards = await names();
  expect(upwards).toEqual(upwards.toSorted(new Intl.Collator('tr').compare));
  await head.getByRole('button').click();
  await expect.poll(names).toEqual(upwards.toReversed());
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-name');
});

describe('somebody new', () => {
  it('is invited, sets a password, gets other roles, is removed and taken back', async () => {
    const page = await portal.visit('/customers', GULAY);
    await page.getByRole('link', { name: 'Ayarlar' }).click();
    await page.getByRole('heading', { name: 'Ayarlar' }).waitFor();
    const email = 'deniz@kuzey.example';
    const link = await invite(page, { name: 'Deniz Kara', email, roles: ['Faturalama yöneticisi'] });
    expect(await page.locator('body').textContent()).not.toContain(link.split('#')[1]);
    await rowOf(page, 'Deniz Kara').getByText('Davet edildi').waitFor();

    const person = await portal.visit(link);
    await person.getByText('Deniz Kara, Kuzey Bulut A.Ş. hesabınız için').waitFor();
    expect(await person.getByRole('textbox', { name: 'E-posta' }).inputValue()).toBe(email);
    await person.getByLabel('Yeni parola').fill('kısa');
    await person.getByRole('button', { name: 'Parolayı belirle ve oturum aç' }).click();
    await person
      .getByText(/^En az 12/)
      .first()
      .waitFor();
    await expectFocus(person.getByLabel('Yeni parola'));
    await setPassword(person);
    await person.getByRole('heading', { name: 'Müşteriler' }).waitFor();
    expect(new URL(person.url()).hash).toBe('');

    await page.reload();
    await choose(page, 'Deniz Kara', 'Rolleri değiştir');
    await page.getByRole('checkbox', { name: 'Satış aracısı' }).check();
    await page.getByRole('checkbox', { name: 'Faturalama yöneticisi' }).uncheck();
    await page.getByRole('button', { name: 'Kaydet' }).click();
    await page.getByText('Roller değiştirildi: Deniz Kara').first().waitFor();
    await rowOf(page, 'Deniz Kara').getByText('Satış aracısı', { exact: true }).waitFor();

    await choose(page, 'Deniz Kara', 'Kaldır');
    const question = page.getByRole('alertdialog', { name: 'Deniz Kara adlı kullanıcı kaldırılsın mı?' });
    await question.getByText('Bu kişinin süren yükseltmeleri devam eder').waitFor();
    await question.getByRole('button', { name: 'Kaldır' }).click();
    await rowOf(page, 'Deniz Kara').getByText('Kaldırıldı').waitFor();
    await person.reload();
    await person.waitForURL(/\/signin/);

    await choose(page, 'Deniz Kara', 'Geri yükle');
    await page.getByText('Geri yüklendi: Deniz Kara').first().waitFor();
    await rowOf(page, 'Deniz Kara').getByText('İki adımlı doğrulama kapalı').waitFor();
    const again = await portal.visit(link);
    await again.getByRole('heading', { name: 'Bu bağlantı geçerli değil' }).waitFor();
    await again.getByRole('link', { name: 'Oturum açmaya git' }).click();
    await again.waitForURL(/\/signin/);
  });

  it('with an address that is known, or none, is not invited, and the field says why', async () => {
    const page = await portal.visit(PAGE, GULAY);
    await page.getByRole('button', { name: 'Kullanıcı davet et' }).click();
    const send = page.getByRole('button', { name: 'Davet et', exact: true });
    const [name, email] = [
      page.getByRole('textbox', { name: 'Ad soyad' }),
      page.getByRole('textbox', { name: 'E-posta' }),
    ];
    await send.click();
    await page.getByText('Ad soyad gerekli.').waitFor();
    await expectFocus(name);
    await name.fill('Selim İki');
    await send.click();
    await expectFocus(email);
    await email.fill('selim');
    await send.click();
    await page
      .getByText(/e-posta adresi/i)
      .first()
      .waitFor();
    await email.fill('SELIM@kuzey.example');
    await send.click();
    await page.getByText('Şirketinizde bu adresi kullanan bir kullanıcı zaten var.').waitFor();
    await page.keyboard.press('Escape');
    expect(await rowOf(page, 'Selim İki').count()).toBe(0);
  });

  it('is invited by keyboard alone, and the focus comes back', async () => {
    const page = await portal.visit(PAGE, GULAY, ENGLISH);
    const button = page.getByRole('button', { name: 'Invite user' });
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('textbox', { name: 'Full name' }));
    await page.keyboard.type('Can Ak');
    await page.keyboard.press('Tab');
    await page.keyboard.type('can@kuzey.example');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Close' }));
    await page.keyboard.press('Enter');
    await expectFocus(button);
    await rowOf(page, 'Can Ak').getByText('Invited, link good until').waitFor();
  });
});

describe('a reset', () => {
  it('of a password brings a link, and ends what the person has open', async () => {
    const person = await portal.visit('/customers', HALE);
    await person.getByRole('heading', { name: 'Müşteriler' }).waitFor();
    const page = await portal.visit(PAGE, UMUT);
    await choose(page, 'Hale Işık', 'Parolayı sıfırla');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Parolayı sıfırla' }).click();
    const link = await readLink(page);
    await rowOf(page, 'Hale Işık').getByText('Yeni parola bekleniyor').waitFor();
    await person.reload();
    await person.waitForURL(/\/signin/);
    const joining = await portal.visit(link);
    await setPassword(joining);
    await joining.getByRole('heading', { name: 'Müşteriler' }).waitFor();
  });

  it('of a second factor shows that it is off', async () => {
    await portal.deployment.context.database.asSystem((tx) =>
      tx.query(`update agents set totp_secret = 'x', totp_confirmed_at = now() where email = $1`, [SELIM]),
    );
    const page = await portal.visit(PAGE, UMUT);
    await rowOf(page, 'Selim Koç').getByText('İki adımlı doğrulama açık').waitFor();
    await choose(page, 'Selim Koç', 'İki adımlı doğrulamayı sıfırla');
    await page.getByRole('alertdialog').getByRole('button', { name: 'İki adımlı doğrulamayı sıfırla' }).click();
    await rowOf(page, 'Selim Koç').getByText('İki adımlı doğrulama kapalı').waitFor();
  });
});

describe('what is not allowed', () => {
  it('on one’s own account stays in sight, disabled, with its reason', async () => {
    const page = await portal.visit(PAGE, GULAY, ENGLISH);
    await openMenu(page, 'Gülay Aksoy');
    for (const act of ['Change roles', 'Reset password', 'Remove']) {
      const item = page.getByRole('menuitem', { name: act });
      expect(await item.getAttribute('aria-disabled')).toBe('true');
      const described = (await item.getAttribute('aria-describedby')) ?? '';
      expect(await page.locator(`[id="${described}"]`).textContent()).toBe('Not on your own account.');
    }
  });

  it('to a User management admin says that it takes a Global admin', async () => {
    const page = await portal.visit(PAGE, UMUT, ENGLISH);
    await openMenu(page, 'Gülay Aksoy');
    await page.getByText('Only a Global admin may do this to a Global admin.').waitFor();
    await page.getByRole('menuitem', { name: 'Change roles' }).click();
    expect(await page.getByRole('checkbox', { name: 'Global admin' }).isDisabled()).toBe(true);
    await page.getByText('Global admin: Only a Global admin gives or takes this role.').waitFor();
    await page.keyboard.press('Escape');
  });

  it('any more, because a colleague was faster, is said where it was asked for', async () => {
    const page = await portal.visit(PAGE, UMUT, ENGLISH);
    await choose(page, 'Aylin Demir', 'Change roles');
    const make = (roles: string) =>
      portal.deployment.context.database.asSystem((tx) =>
        tx.query(`update agents set roles = $2::text[] where email = $1`, [UMUT, roles]),
      );
    await make('{salesAgent}');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('One of these is needed: Global admin, User management admin.').first().waitFor();
    await make('{userManagementAdmin}');
  });

  it.each([SELIM, NIL])('%s learns which roles may manage users, and whom to ask', async (agent) => {
    const page = await portal.visit(PAGE, agent, ENGLISH);
    await page.getByRole('heading', { name: 'You may not manage users' }).waitFor();
    await page.getByText('Ask a colleague: Gülay Aksoy, Umut Yıldız.').waitFor();
    const text = await page.getByRole('main').textContent();
    expect(text).toContain(agent === NIL ? 'Your roles: none.' : 'Your roles: Sales agent.');
    expect(await page.getByRole('button', { name: 'Invite user' }).count()).toBe(0);
  });

  it('where nobody in the company could do it says so', async () => {
    const page = await portal.visit(PAGE, WENDY, ENGLISH);
    await page.getByText('Nobody in your company has such a role yet.').waitFor();
  });

  it('with a subscription names colleagues beside the disabled act', async () => {
    const page = await portal.visit(subscriptionsOf(1), HALE, ENGLISH);
    await page
      .getByRole('button', { name: /^More actions/ })
      .first()
      .click();
    const item = page.getByRole('menuitem', { name: 'Change the number of licenses' });
    const described = (await item.getAttribute('aria-describedby')) ?? '';
    const reason = page.locator(`[id="${described}"]`);
    await reason.filter({ hasText: /Ask a colleague: Aylin Demir, .*Selim Koç/ }).waitFor();
    expect(await reason.textContent()).toContain('One of these roles is needed: Admin agent, Sales agent.');
  });
});

describe('the table of roles', () => {
  it('is there for every agent, with a word for each cell and one’s own role marked', async () => {
    const page = await portal.visit('/settings/roles', SELIM, ENGLISH);
    const row = page.getByRole('row', { name: /^Change the number of licenses/ });
    await row.waitFor();
    const cells = await row.getByRole('cell').allTextContents();
    expect(cells.map((cell) => cell.replace('–', ''))).toEqual([
      'Not allowed',
      'Not allowed',
      'Allowed',
      'Allowed',
      'Not allowed',
      'Not allowed',
    ]);
    await page.getByRole('columnheader', { name: 'Sales agent your role' }).waitFor();
    await page.goto(`${portal.deployment.url}/customers`);
  });

  it('tells the roles in words on a narrow screen, and nothing is cut off', async () => {
    const page = await portal.visit('/settings/roles', NIL, { width: 400 });
    await page.getByText('Yapabilenler: Yönetici aracısı, Satış aracısı').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
  });
});
