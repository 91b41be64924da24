import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { accept, lastMail, request } from '../relationship-steps.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, BORA, expectFocus, seed } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name });

/** The newest mail of the sandbox, once there is another than before. */
async function nextMail(before: string | undefined) {
  const api = await portal.deployment.signIn(AYLIN);
  await expect.poll(async () => (await lastMail(api))?.mailId).not.toBe(before);
  return (await lastMail(api))?.text ?? '';
}
const newestId = async () => (await lastMail(await portal.deployment.signIn(AYLIN)))?.mailId;
const linkIn = (text: string) => new URL(/http\S+#\S+/.exec(text)?.[0] ?? '');

/** Proves an address on an acceptance page. */
async function prove(page: Page, email: string, words: typeof TR) {
  await field(page, words.code).fill(await sendCode(page, email, words));
  await button(page, words.check).click();
}
async function sendCode(page: Page, email: string, words: typeof TR) {
  const before = await newestId();
  await field(page, words.email).fill(email);
  await button(page, words.send).click();
  return /\d{6}/.exec(await nextMail(before))?.[0] ?? '';
}
const EN_VIEW = { language: 'en' } as const;
const TR = { email: 'İş e-postanız', send: 'Kod gönder', code: 'Altı haneli kod', check: 'Kodu doğrula' };
const EN = { email: 'Your work email', send: 'Send a code', code: 'Code of six digits', check: 'Check the code' };

describe('from the request to the revocation, in Turkish', () => {
  it('a new company is asked, accepts on its phone, and takes the privileges back', async () => {
    const page = await portal.visit('/customers', AYLIN);
    await page.getByRole('link', { name: 'Bayi ilişkileri' }).click();
    await page.getByRole('link', { name: 'Bayi ilişkisi iste' }).click();
    await field(page, 'Şirketin adı').fill('Menderes Çini');
    await field(page, 'Etki alanı').fill('menderes-cini.example');
    await field(page, 'Yöneticinin e-postası').fill('yonetim@menderes-cini.example');
    await page.getByRole('spinbutton').fill('90');
    await expect.poll(() => field(page, 'Bağlantıdan sonraki metin').inputValue()).toContain('90 gün');
    await field(page, 'Bağlantıdan önceki metin').fill('Merhaba, bağlantı aşağıda:');
    await button(page, 'İsteği oluştur').click();
    await page.getByRole('heading', { name: 'İstek açıldı: şimdi e-postayı gönderin' }).waitFor();
    expect(await page.locator('pre').textContent()).toMatch(/^Merhaba, bağlantı aşağıda:\n\nhttp/);
    const before = await newestId();
    await button(page, 'Şimdi gönder').click();
    const link = linkIn(await nextMail(before));

    const phone = await portal.visit(link.pathname + link.hash, undefined, { width: 400 });
    await phone.getByRole('heading', { name: 'İş ortağını onaylama' }).waitFor();
    for (const shown of ['kuzey.example', 'Dizin okuyucuları, Dizin yazarları', 'menderes-cini.example']) {
      await phone.getByText(shown).first().waitFor();
    }
    await phone.getByText(/Microsoft’a ait değildir/).waitFor();
    await prove(phone, 'bilgi@menderes-cini.example', TR);
    await button(phone, 'Kabul et').click();
    await phone
      .getByText(/Kuruluşunuzun|kimliği/)
      .first()
      .waitFor();
    const tenantId = portal.deployment.context.newId();
    await field(phone, 'Kiracı kimliği').fill(tenantId);
    await field(phone, 'Kiracının ülkesi').fill('tr');
    await field(phone, 'Soyad').fill('Kaya');
    await phone.getByRole('textbox', { name: 'Ad', exact: true }).last().fill('Ece');
    await button(phone, 'Kabul et').click();
    await phone.getByText('Kabul ettiniz.', { exact: false }).waitFor();

    await page.goto(`${portal.deployment.url}/customers/${tenantId}/relationship`);
    await page.getByRole('heading', { name: 'Menderes Çini' }).waitFor();
    await page.getByText('Ayrıntılı (GDAP)').waitFor();
    await page.getByText(/tarihinde kabul edildi, Ece Kaya/).waitFor();

    const manage = linkIn(await nextMail(undefined));
    await phone.goto(portal.deployment.url + manage.pathname + manage.hash);
    await phone.reload();
    await phone.getByRole('heading', { name: 'İş ortağınızın yetkileri' }).waitFor();
    await prove(phone, 'bilgi@menderes-cini.example', TR);
    await button(phone, 'Ayrıcalıkları geri al').click();
    await phone.getByText('Ayrıcalıklar geri alındı. Bayi ilişkisi sürüyor.').waitFor();
    await page.reload();
    await page.getByText('Hiç ayrıcalık verilmedi.', { exact: false }).waitFor();
  });
});

describe('a request in English', () => {
  it('is shown with its email again, and withdrawn; its link then says so', async () => {
    const { customerId: id } = await seed(portal.deployment);
    const page = await portal.visit(`/customers/${id}/relationship`, AYLIN, EN_VIEW);
    await page.getByRole('link', { name: 'Request privileges' }).click();
    await page.getByRole('checkbox', { name: 'Include delegated admin privileges' }).uncheck();
    await button(page, 'Create the request').click();
    const text = (await page.locator('pre').textContent()) ?? '';
    const link = linkIn(text);
    expect(await page.getByRole('link', { name: 'Open in mail program' }).getAttribute('href')).toMatch(
      /^mailto:\?subject=/,
    );
    await page.getByRole('link', { name: 'Done' }).click();
    await page.getByText(/^Requested on 16 Nov 2026, valid until 14 Feb 2027$/).waitFor();
    await button(page, 'Show the email again').click();
    await page.getByRole('dialog').getByText('Dear', { exact: false }).first().waitFor();
    await button(page, 'Close').click();
    await button(page, 'Withdraw').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('Withdrawn', { exact: true }).waitFor();
    const other = await portal.visit(link.pathname + link.hash, undefined, EN_VIEW);
    await other.getByText('The partner withdrew this request. Nothing was granted.').waitFor();
    expect(await button(other, 'Send a code').count()).toBe(0);
  });

  it('that is declined grants nothing, and a wrong code says what to do', async () => {
    const api = await portal.deployment.signIn(AYLIN);
    const { customerId: id } = await seed(portal.deployment);
    const body = { customerId: id, privileges: { kind: 'dap' }, language: 'en' } as const;
    const link = new URL(valueOf(await api('requestRelationship', { body })).link);
    const { domain } = valueOf(await api('showCustomer', { params: { customerId: id } }));
    const page = await portal.visit(link.pathname + link.hash, undefined, EN_VIEW);
    await field(page, EN.email).fill('somebody@elsewhere.example');
    await button(page, EN.send).click();
    await page.getByText('What follows the @ must be a domain of the customer.').waitFor();
    const code = await sendCode(page, `admin@${domain}`, EN);
    await expectFocus(field(page, EN.code));
    expect(await button(page, 'Decline').count()).toBe(0);
    await field(page, EN.code).fill('12');
    await button(page, EN.check).click();
    await page.getByText('Give the six digits of the code.').waitFor();
    await field(page, EN.code).fill(code === '000000' ? '000001' : '000000');
    await button(page, EN.check).click();
    await page.getByText(/The code is wrong, was used, has expired/).waitFor();
    await field(page, EN.code).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await button(page, EN.check).click();
    await page.getByText(/^The code is right: your address is confirmed/).waitFor();
    await button(page, 'Decline').click();
    await page.getByText('You declined. Nothing was granted.').waitFor();
  });

  it('that was accepted sends the way back once more, and says when it was often enough', async () => {
    const api = await portal.deployment.signIn(AYLIN);
    const { customerId: id } = await seed(portal.deployment);
    const { domain } = valueOf(await api('showCustomer', { params: { customerId: id } }));
    const { link } = await request(api, id);
    await accept(api, link, `it@${domain}`);
    const { pathname, hash } = new URL(link);
    const page = await portal.visit(pathname + hash, undefined, EN_VIEW);
    await page.getByRole('heading', { name: 'What was asked for' }).waitFor();
    const again = button(page, 'Send the email again');
    await again.click();
    await page.getByText('Give an email address').first().waitFor();
    const before = await newestId();
    await field(page, EN.email).fill(`it@${domain}`);
    await again.click();
    expect(linkIn(await nextMail(before)).pathname).toBe('/accept');
    for (let sent = 3; sent <= 5; sent++) {
      valueOf(await api('resendConfirmation', { body: { token: hash.slice(1), email: `it@${domain}` } }));
    }
    await again.click();
    await page.getByText(/^The confirmation of an acceptance can be asked for at most 5 times in 24 hours/).waitFor();
  });

  it('to a link that is not whole leads nowhere, in words', async () => {
    for (const path of ['/accept', '/accept#half']) {
      const page = await portal.visit(path, undefined, EN_VIEW);
      await page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
    }
  });
});

describe('where privileges are missing', () => {
  it('the reason leads to a request with the missing role filled in', async () => {
    const page = await portal.visit(`/relationships/new?customer=${customerId(1)}&roles=globalReader`, AYLIN, EN_VIEW);
    await page.getByRole('checkbox', { name: 'Global reader', checked: true }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Directory writers' }).isChecked()).toBe(false);
  });

  it('an agent who may not request learns who may', async () => {
    const page = await portal.visit(`/customers/${customerId(1)}/relationship`, BORA, EN_VIEW);
    await page.getByText('Only an Admin agent, a Sales agent or a Global admin may send requests.').waitFor();
    expect(await page.getByRole('link', { name: 'Request privileges' }).count()).toBe(0);
  });
});

describe('what ends soon', () => {
  it('stands in the overview, in the list, and on the customer’s page with the way to renew it', async () => {
    const page = await portal.visit('/customers?filter=privilegesEnding', AYLIN, EN_VIEW);
    await page
      .getByText(/^Ends \d+ \w+ 2026$/)
      .first()
      .waitFor();
    await page.goto(`${portal.deployment.url}/relationships?filter=ending`);
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByText(/Privileges end within 30 days/).waitFor();
    await page.getByRole('link', { name: 'Renew' }).click();
    await page.getByRole('heading', { name: 'Request a relationship with a customer' }).waitFor();
    await page.getByRole('checkbox', { name: 'Directory readers' }).waitFor();
  });
});

describe('the mailbox', () => {
  it('shows what was kept, with links that can be opened', async () => {
    const api = await portal.deployment.signIn(AYLIN);
    const body = {
      customerId: customerId(1),
      to: 'a@b.example',
      privileges: { kind: 'none' },
      language: 'tr',
    } as const;
    const { requestId, subject } = valueOf(await api('requestRelationship', { body }));
    valueOf(await api('sendRequestEmail', { params: { requestId } }));
    const page = await portal.visit('/mailbox', AYLIN, EN_VIEW);
    await page.getByRole('heading', { name: subject }).first().waitFor();
    expect(await page.locator('pre a').first().getAttribute('href')).toContain('/accept#');
  });
});
