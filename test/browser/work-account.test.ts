import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type IdentityProvider,
  startIdentityProvider,
  VOUCHED_FOR,
} from '../identity-provider.ts';
import { type NameServer, startNameServer } from '../name-server.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, expectFocus } from './steps.ts';

let portal: Portal;
let names: NameServer;
let provider: IdentityProvider;
beforeAll(async () => {
  names = await startNameServer();
  portal = await startPortal({ provedDomains: VOUCHED_FOR, dnsServers: [names.address] });
  provider = await startIdentityProvider(portal.deployment.url);
  provider.people.set('selim', { email: 'selim@kuzey.example', email_verified: true, groups: ['Sales'] });
});
afterAll(async () => {
  await portal.stop();
  await provider.close();
  await names.close();
});
beforeEach(async () => {
  provider.instead.clear();
  await portal.deployment.context.database.asSystem((tx) => tx.query('delete from identity_providers'));
});

const GULAY = 'gulay@kuzey.example';
const PAGE = '/settings/sign-in';

async function trust(more: object = {}, agent = GULAY) {
  const client = await portal.deployment.signIn(agent);
  const body = {
    name: 'Kuzey',
    issuer: provider.issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    domains: ['kuzey.example'],
    ...more,
  };
  expect((await client('createIdentityProvider', { body })).ok).toBe(true);
}

const whoAreYou = (page: Page, who: string) => page.getByRole('link', { name: who, exact: true }).click();

describe('a work account in a real browser', () => {
  it('signs in by way of another site, stays signed in after a reload, and signs out on both sides', async () => {
    await trust();
    const page = await portal.visit('/customers?q=tekstil');
    await page.getByRole('button', { name: 'İş hesabıyla oturum aç' }).click();
    await whoAreYou(page, 'selim');
    await page.waitForURL(`${portal.deployment.url}/customers?q=tekstil`);
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
    const cookies = await page.context().cookies(portal.deployment.url);
    expect(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([
      ['yukselt_session', true, 'Strict'],
    ]);
    await page.getByRole('button', { name: /Selim Koç/ }).click();
    await page.getByRole('menuitem', { name: 'Oturumu kapat' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${portal.deployment.url}/signin`);
    await page.getByRole('button', { name: 'İş hesabıyla oturum aç' }).click();
    // Signed out there too: it asks again who one is.
    await page.getByRole('link', { name: 'selim', exact: true }).waitFor();
  });

  it('that is given no role gets in, and reads why there is nothing', async () => {
    await trust({ roleClaim: 'groups', roleMap: [{ value: 'Admins', role: 'adminAgent' }] });
    const page = await portal.visit('/customers', undefined, { language: 'en' });
    await page.getByRole('button', { name: 'Sign in with your work account' }).click();
    await whoAreYou(page, 'selim');
    await page.getByText('Your account has no role here yet.').waitFor();
  });

  it('that was turned down at the provider, or is unknown, is told so where it can try again', async () => {
    await trust();
    provider.people.set('stranger', { email: 'stranger@kuzey.example', email_verified: true });
    const page = await portal.visit('/signin?next=%2Fcustomers');
    await page.getByRole('button', { name: 'İş hesabıyla oturum aç' }).click();
    await whoAreYou(page, 'nobody');
    await page.getByText('Oturum açma tamamlanmadı.').waitFor();
    await page.getByRole('button', { name: 'İş hesabıyla oturum aç' }).click();
    await whoAreYou(page, 'stranger');
    await page.getByText(/Bu iş hesabının burada karşılığı yok\..* İstek kimliği: [\w-]+/).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/customers');
  });

  it('whose provider is down says so, and the other ways in stay', async () => {
    await trust({ issuer: 'http://localhost:1' });
    const page = await portal.visit('/signin', undefined, { language: 'en' });
    await page.getByRole('button', { name: 'Sign in with your work account' }).click();
    await page.getByText('Your company’s sign-in service is not responding.').waitFor();
    await page.getByRole('button', { name: /Aylin Demir/ }).click();
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
  });

  it('is found by the domain of an address where there are several providers', async () => {
    await trust();
    await portal.deployment.context.database.asSystem((tx) =>
      tx.query(`update agents set roles = '{globalAdmin,adminAgent}' where email = 'wendy@westwind.example'`),
    );
    await trust({ clientId: 'another', domains: ['westwind.example'] }, 'wendy@westwind.example');
    const page = await portal.visit('/signin');
    const [email, go] = [
      page.getByRole('textbox', { name: 'İş e-postanız' }),
      page.getByRole('button', { name: 'İş hesabıyla oturum aç' }),
    ];
    await go.click();
    await page.getByText('ad@sirket.example gibi bir adres girin.').waitFor();
    await email.fill('ada@unknown.example');
    await go.click();
    await page.getByText('Bu e-posta adresinin etki alanı burada tanınmıyor.').waitFor();
    await email.fill('selim@kuzey.example');
    await page.keyboard.press('Enter');
    await whoAreYou(page, 'selim');
    await page.getByRole('button', { name: /Selim Koç/ }).waitFor();
  });
});

describe('the settings of sign-in', () => {
  it('take a provider: tested, mapped, changed without its secret, and removed', async () => {
    const page = await portal.visit(PAGE, GULAY);
    await page.getByRole('heading', { name: 'Henüz kimlik sağlayıcısı yok' }).waitFor();
    await page.getByText(`${portal.deployment.url}/api/sign-in/callback`).waitFor();
    await page.getByRole('button', { name: 'Sağlayıcı ekle' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Kaydet' }).click();
    await form.getByText('Ad gerekli.').waitFor();
    await form.getByLabel('Ad', { exact: true }).fill('Kuzey Keycloak');
    await form.getByLabel('Sağlayıcı adresi (issuer)').fill('http://localhost:1');
    await form.getByRole('button', { name: 'Sağlayıcıyı sına' }).click();
    await form.getByText('Sağlayıcı beş saniye içinde yanıt vermedi.').waitFor();
    await form.getByLabel('Sağlayıcı adresi (issuer)').fill(provider.issuer);
    await form.getByRole('button', { name: 'Sağlayıcıyı sına' }).click();
    await form.getByText('Sağlayıcının belgesi okundu; oturum açmaya uygun.').waitFor();
    await form.getByLabel('İstemci kimliği').fill(CLIENT_ID);
    await form.getByLabel('Gizli anahtar').fill(CLIENT_SECRET);
    await form.getByLabel('E-posta etki alanları').fill('kuzey');
    await form.getByLabel('Kapsamlar (scope)').fill('profile email roles');
    await form.getByLabel('Rolleri taşıyan talep').fill('groups');
    await form.getByRole('button', { name: 'Satır ekle' }).click();
    await form.getByRole('textbox', { name: 'Değer 1' }).fill('Sales');
    await form.getByRole('combobox', { name: 'Rol 1' }).selectOption('Satış aracısı');
    await form.getByRole('button', { name: 'Kaydet' }).click();
    await form.getByText('Bir etki alanı verin, örneğin contoso.example.').waitFor();
    await form.getByLabel('E-posta etki alanları').fill('kuzey.example, kuzey-bulut.example');
    await form.getByRole('button', { name: 'Kaydet' }).click();
    // The operator vouches for one of them; what the other needs is shown at once.
    const domains = page.getByRole('dialog', { name: 'Etki alanları' });
    const unproved = domains.getByRole('region', { name: 'kuzey-bulut.example' });
    await domains.getByRole('region', { name: 'kuzey.example', exact: true }).getByText('Doğrulandı').waitFor();
    const record = (await unproved.getByText(/^yukselt-verification=/).textContent()) ?? '';
    await unproved.getByRole('button', { name: 'Şimdi denetle: kuzey-bulut.example' }).click();
    await unproved.getByText('TXT kaydı henüz görünmüyor').waitFor();
    names.records.set('kuzey-bulut.example', [[record]]);
    await unproved.getByRole('button', { name: 'Şimdi denetle: kuzey-bulut.example' }).click();
    await unproved.getByText('TXT kaydıyla doğrulandı.').waitFor();
    await domains.getByRole('button', { name: 'Kapat' }).click();
    await domains.waitFor({ state: 'detached' });
    const row = page.getByRole('row', { name: /Kuzey Keycloak/ });
    await row.getByText('kuzey-bulut.example, kuzey.example').waitFor();
    await row.getByText('talep: groups').waitFor();

    const choose = async (act: string) => {
      await row.getByRole('button', { name: 'Diğer eylemler: Kuzey Keycloak' }).click();
      await page.getByRole('menuitem', { name: act }).click();
    };
    await choose('Düzenle');
    expect(await form.getByLabel('Gizli anahtar').inputValue()).toBe('');
    await form.getByRole('switch', { name: 'Tanınmayan kişileri ilk oturum açmalarında ekle' }).check();
    await form.getByRole('button', { name: 'Kaydet' }).click();
    await row.getByText('Eklenir').waitFor();
    provider.people.set('ece', {
      email: 'ece@kuzey.example',
      email_verified: true,
      name: 'Ece Kaya',
      groups: ['Sales'],
    });
    const other = await portal.open('/signin');
    await other.getByRole('button', { name: 'İş hesabıyla oturum aç' }).click();
    await whoAreYou(other, 'ece');
    await other.getByRole('button', { name: /Ece Kaya/ }).waitFor();

    await choose('Kaldır');
    const question = page.getByRole('alertdialog');
    await question.getByText('Artık kimse bu sağlayıcıyla oturum açamaz').waitFor();
    await question.getByRole('button', { name: 'Kaldır' }).click();
    await page.getByRole('heading', { name: 'Henüz kimlik sağlayıcısı yok' }).waitFor();
    await other.goto(`${portal.deployment.url}/customers`);
    await other.waitForURL(/\/signin/);
  });

  it('give the focus back to what opened the form', async () => {
    const page = await portal.visit(PAGE, GULAY);
    const add = page.getByRole('button', { name: 'Sağlayıcı ekle' });
    await add.click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expectFocus(add);
  });

  it('are closed to others, who learn who may', async () => {
    const page = await portal.visit(PAGE, AYLIN, { language: 'en' });
    await page.getByRole('heading', { name: 'You may not change settings' }).waitFor();
    await page.getByText('One of these is needed: Global admin.').waitFor();
    expect(await page.getByRole('button', { name: 'Add provider' }).count()).toBe(0);
  });
});
