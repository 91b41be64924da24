import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../contract/client.ts';
import type { PrivilegesAsked } from '../../contract/relationships.ts';
import { customerId } from '../../demo/ids.ts';
import { valueOf } from '../deployment.ts';
import { lastMail, request, requestNew } from '../relationship-steps.ts';
import { startTenantProvider, type TenantProvider } from '../tenant-provider.ts';
import { type Portal, startPortal, type View } from './browser.ts';
import { AYLIN } from './steps.ts';

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const EN_VIEW = { language: 'en' } as const;
const DAP: PrivilegesAsked = { kind: 'dap', families: null };

let tenants: TenantProvider;
let portal: Portal;
let aylin: Client;
beforeAll(async () => {
  tenants = await startTenantProvider();
  portal = await startPortal({ customerSignIn: tenants.settings });
  tenants.admit(portal.deployment.url);
  aylin = await portal.deployment.signIn(AYLIN);
  admit('ece', customerId(1));
  admit('ali', customerId(2));
  admit('stajyer', customerId(1), GLOBAL_READER);
});
afterAll(async () => {
  await portal.stop();
  await tenants.close();
});

function admit(who: string, tid: string, role = GLOBAL_ADMINISTRATOR, domain = 'elsewhere.example') {
  tenants.people.set(who, { tid, wids: [role], preferred_username: `${who}@${domain}` });
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const open = (link: string, view?: View) => {
  const { pathname, hash } = new URL(link);
  return portal.open(pathname + hash, undefined, view);
};

const SIGN_IN = {
  tr: 'Kuruluşunuzun hesabıyla oturum açın',
  en: 'Sign in with your organization’s account',
};
/** Goes to the provider of the organization, says there who one is, and is back on the page. */
async function signIn(page: Page, who: string, language: keyof typeof SIGN_IN) {
  await button(page, SIGN_IN[language]).click();
  await page.getByRole('link', { name: who, exact: true }).click();
  await page.waitForURL(/\/accept/);
}

describe('an administrator who signs in at the organization itself', () => {
  it('grants on a phone, in Turkish, and takes it back by the link of the confirmation', async () => {
    const { link } = await request(aylin, customerId(1), DAP);
    const phone = await open(link, { width: 400 });
    await phone.getByRole('heading', { name: 'Oturum açarak kanıtlayın' }).waitFor();
    expect(await button(phone, 'Kabul et').count()).toBe(0);
    await signIn(phone, 'ece', 'tr');
    await phone.getByText(/^Kuruluşunuzun Genel yöneticisi olarak oturum açtınız\./).waitFor();
    expect(new URL(phone.url()).hash).toBe(new URL(link).hash);
    expect(await button(phone, 'Kod gönder').count()).toBe(0);
    if (await field(phone, 'Soyad').isVisible()) {
      await field(phone, 'Ad').fill('Ece');
      await field(phone, 'Soyad').fill('Kaya');
    }
    await button(phone, 'Kabul et').click();
    await phone.getByText(/^Kabul ettiniz\./).waitFor();

    const manage = /http\S+#\S+/.exec((await lastMail(aylin))?.text ?? '')?.[0] ?? '';
    const other = await open(manage, { width: 400 });
    await signIn(other, 'ece', 'tr');
    await button(other, 'Ayrıcalıkları geri al').click();
    await other.getByText('Ayrıcalıklar geri alındı. Bayi ilişkisi sürüyor.').waitFor();
    const { grants } = valueOf(await aylin('showRelationship', { params: { customerId: customerId(1) } }));
    expect(grants).toEqual([]);
  });

  it('of an organization that is new says which it is, once', async () => {
    const { link } = await requestNew(aylin, 'sakarya.example', DAP);
    const tenantId = portal.deployment.context.newId();
    admit('gul', tenantId, GLOBAL_ADMINISTRATOR, 'sakarya.example');
    const page = await open(link, EN_VIEW);
    await button(page, SIGN_IN.en).click();
    await page
      .getByText(/Tenant id/)
      .first()
      .waitFor();
    await field(page, 'Tenant id of your organization').fill(tenantId);
    await signIn(page, 'gul', 'en');
    await page.getByText(/^You signed in as a Global administrator/).waitFor();
    expect(await field(page, 'Tenant id').inputValue()).toBe(tenantId);
    await field(page, 'Country or region of the tenant, two letters').fill('tr');
    await field(page, 'First name').fill('Gül');
    await field(page, 'Last name').fill('Ak');
    await button(page, 'Accept').click();
    await page.getByText(/^You accepted\./).waitFor();
  });
});

describe('a sign-in that proves nothing is told in a sentence, and the code stays', () => {
  it.each([
    [
      'ali',
      /^That account belongs to another organization\. Sign in with an account of the organization that is asked\./,
    ],
    ['stajyer', /^That account is not a Global administrator of your organization\./],
    ['nobody', /^The sign-in was not completed\. Nothing was answered\./],
  ])('%s', async (who, sentence) => {
    const { link } = await request(aylin, customerId(1));
    const page = await open(link, EN_VIEW);
    await signIn(page, who, 'en');
    await page.getByText(sentence).waitFor();
    await button(page, 'Send a code').waitFor();
    expect(await button(page, 'Accept').count()).toBe(0);
  });

  it('and the next one, in the same tab, is as good as the first', async () => {
    const { link } = await request(aylin, customerId(1));
    const { pathname, hash } = new URL(link);
    const page = await portal.open(`${pathname}?problem=canceled${hash}`, undefined, EN_VIEW);
    await page.getByText(/^The sign-in was not completed/).waitFor();
    await signIn(page, 'ece', 'en');
    await button(page, 'Decline').click();
    await page.getByText('You declined. Nothing was granted.').waitFor();
    expect(await page.getByText(/^The sign-in was not completed/).count()).toBe(0);
  });

  it('of a new organization whose account has another domain', async () => {
    const { link } = await requestNew(aylin, 'baskasinin-adi.example');
    const tenantId = portal.deployment.context.newId();
    admit('mallory', tenantId);
    const page = await open(link, EN_VIEW);
    await field(page, 'Tenant id of your organization').fill(tenantId);
    await signIn(page, 'mallory', 'en');
    await page.getByText(/^That account’s name does not end with baskasinin-adi\.example/).waitFor();
  });

  it('where the organization’s own page does not answer', async () => {
    const { link } = await request(aylin, customerId(4));
    tenants.instead.set('/.well-known/openid-configuration', (_request, response) => response.writeHead(503).end());
    const page = await open(link, EN_VIEW);
    await button(page, SIGN_IN.en).click();
    await page
      .getByText(/have a code sent/i)
      .first()
      .waitFor();
    tenants.instead.clear();
    expect(await button(page, 'Send a code').isVisible()).toBe(true);
  });
});
