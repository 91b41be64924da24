import type { Page } from 'playwright-core';
import { customerId, OFFERS, subscriptionId, userId } from '../../demo/ids.ts';
import { GULAY } from '../waiting.ts';
import { CAMPAIGN_SCREENS } from './campaign-screens.ts';
import { CATALOGUE_SCREENS } from './catalogue-screens.ts';
import { COMMERCE_SCREENS } from './commerce-screens.ts';
import { INSIGHT_SCREENS } from './insight-screens.ts';
import { IDENTITY_SCREENS } from './identity-screens.ts';
import type { Prepared } from './prepared.ts';
import { RELATIONSHIP_SCREENS } from './relationship-screens.ts';
import { button, says, type Screen, screen } from './screen.ts';
import { BORA, confirm, createClient, NIL, previewOf, subscriptionsOf, upgradeOf } from './steps.ts';

const worklist = ({ worklist: path }: Prepared) => path;

/** Where a demo customer’s Business Basic of new commerce goes to Business Standard. */
const transitionOf = (customer: number, more = '') => `${upgradeOf(customer)}?to=${OFFERS.nceBusinessStandard}${more}`;

async function searchFor(page: Page, typed: string): Promise<void> {
  await button(page, /^(Her yerde ara|Search everything)$/).click();
  await page.getByRole('dialog').getByRole('combobox').fill(typed);
  await page
    .getByRole('dialog')
    .getByText(/^(Müşteriler|Customers|Eşleşen kayıt yok|Nothing matches)$/)
    .waitFor();
}

/** Every screen and state of the portal that can be reached by looking. */
export const SCREENS: readonly Screen[] = [
  {
    what: 'the sign-in',
    path: '/signin',
    agent: undefined,
    reach: (page) => button(page, /Aylin Demir/).waitFor(),
  },
  {
    what: 'a link that is over',
    path: '/join#nothing',
    agent: undefined,
    reach: says(/^(Bu bağlantı geçerli değil|This link is not valid)$/),
  },
  screen('the users', '/settings/agents', says(/^umut@kuzey\.example$/), GULAY),
  screen(
    'the invitation of a user',
    '/settings/agents',
    async (page) => {
      await button(page, /^(Kullanıcı davet et|Invite user)$/).click();
      await page.getByRole('dialog').waitFor();
    },
    GULAY,
  ),
  screen(
    'the users without a role',
    '/settings/agents',
    says(/^(Kullanıcıları yönetme izniniz yok|You may not manage users)$/),
    NIL,
  ),
  screen('who may do what', '/settings/roles', says(/^(Abonelik yükseltme|Upgrade subscriptions)/)),
  screen('the customers', '/customers', says(/İzmir Tekstil/)),
  screen('the search, with what it found', '/customers', (page) => searchFor(page, 'izmir')),
  screen('a search that finds nothing', '/customers', (page) => searchFor(page, 'xyz')),
  screen('customers that nothing matches', '/customers?q=xyz', says(/xyz/)),
  screen(
    'customers without a role',
    '/customers',
    says(/^(Müşterileri görme izniniz yok|You may not see customers)$/),
    NIL,
  ),
  screen(
    'customers that could not be loaded',
    `/customers?q=${'x'.repeat(201)}`,
    says(/^(Müşteri listesi yüklenemedi|The customer list could not be loaded)$/),
  ),
  screen('the subscriptions', subscriptionsOf(8), says(/^(Başka iş ortağı|Another partner)$/)),
  screen('a customer without subscriptions', subscriptionsOf(16), says(/^(Abonelik yok|No subscriptions)$/)),
  screen('the card of an upgradable subscription', subscriptionsOf(1), async (page) => {
    await button(page, /: (yükseltilebilir|can be upgraded)\. /).click();
    await page.getByRole('dialog').waitFor();
  }),
  screen('why not', `${subscriptionsOf(4)}?why=${subscriptionId(4)}`, says(/^(Denetlendi: |Checked at )/)),
  screen('the change of licenses', subscriptionsOf(1), async (page) => {
    await button(page, /^(Diğer eylemler|More actions)/).click();
    await page.getByRole('menuitem', { name: /^(Lisans sayısını değiştir|Change the number of licenses)$/ }).click();
    await page.getByRole('spinbutton').first().fill('30');
    await says(/^(Sonraki faturada net tutar|Net on the next invoice)$/)(page);
  }),
  screen('a subscription bought elsewhere', subscriptionsOf(8), async (page) => {
    await button(page, /^(Başka yerden alınan aboneliği kaydet|Record a subscription bought elsewhere)$/).click();
    await button(page, /^(Kaydet|Record)$/).click();
    await says(/^(Teklif gerekli\.|Offer is needed\.)$/)(page);
  }),
  screen('the evidence', `${subscriptionsOf(8)}/${subscriptionId(8)}/evidence?to=${OFFERS.o365E3}`, async (page) => {
    await button(page, /^(Müşteriye yazı hazırla|Prepare letter to the customer)$/).click();
    await page.getByRole('textbox', { name: /^(Metin|Text)$/ }).waitFor();
  }),
  screen('a file of subscriptions bought elsewhere', '/recorded-subscriptions/import', async (page) => {
    const buffer = Buffer.from('customer,offer,channel,seats\nnobody.example,nothing,direct,1');
    await page.locator('input[type=file]').setInputFiles({ name: 'elsewhere.csv', mimeType: 'text/csv', buffer });
    await says(/^(Belirsiz|In doubt)$/)(page);
  }),
  screen('the users and their licenses', `/customers/${customerId(10)}/users`, says(/^satis-ortak@/)),
  screen(
    'users that no privileges let see',
    `/customers/${customerId(4)}/users`,
    says(/^(Dizin okunamıyor|The directory cannot be read)$/),
  ),
  screen('the services of a user', `/customers/${customerId(10)}/users?user=${userId(10, 8)}`, (page) =>
    page.getByRole('switch').first().waitFor(),
  ),
  screen('licenses that one of two users cannot have', `/customers/${customerId(10)}/users`, async (page) => {
    await page
      .getByRole('checkbox', { name: /^(Seç: |Select )Mustafa Çelik/ })
      .first()
      .check();
    await page.getByRole('checkbox', { name: /^(Seç: |Select )Ayşe Yılmaz/ }).check();
    await button(page, /^(Lisans ata|Assign license)$/).click();
    await page.getByRole('dialog').getByRole('combobox').selectOption({ index: 2 });
    await says(/^(Kullanım konumu eksik|Usage location missing)/)(page);
  }),
  screen('the upgrade page without a choice', upgradeOf(8), (page) => page.getByRole('radio').first().waitFor()),
  screen('the upgrade page with a preview', `${upgradeOf(10)}?to=${OFFERS.o365E3}`, previewOf),
  screen('the ways of a new commerce upgrade', transitionOf(22, '&seats=20'), async (page) => {
    await previewOf(page);
    await button(page, /^(Seçili|Chosen)/).waitFor();
  }),
  screen(
    'a target subscription that cannot take the licenses',
    transitionOf(23),
    says(/^(Hedef abonelik hâlâ iptal edilebilir|The target subscription can still be canceled)\.$/),
  ),
  screen(
    'a number of licenses that there is not',
    transitionOf(21, '&seats=500'),
    says(/^(1 ile 100 arasında bir tam sayı girin|Enter a whole number from 1 to 100)\.$/),
  ),
  screen('the question before a change is scheduled', transitionOf(21), async (page) => {
    await button(page, /^(Planla|Schedule)/).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  screen('everything that an offer changes', upgradeOf(1), async (page) => {
    await button(page, /^(Tüm hizmetleri karşılaştır|Compare all services)$/).click();
    await button(page, /^(Daha az göster|Show less)$/).waitFor();
  }),
  screen('the confirmation', `${upgradeOf(10)}?to=${OFFERS.o365E3}`, async (page) => {
    await previewOf(page);
    await confirm(page);
  }),
  screen('the result with its worklist', worklist, (page) => page.getByRole('rowheader').first().waitFor()),
  screen('the question of a worklist', worklist, async (page) => {
    await button(page, /^(Hangisinin kalacağını seç|Choose which one stays)$/).click();
    await page.getByRole('dialog').waitFor();
  }),
  screen(
    'the upgrades of a customer',
    (prepared) => worklist(prepared).replace(/\/upgrades\/.*/, '/history'),
    (page) => page.getByRole('rowheader').first().waitFor(),
  ),
  screen(
    'a customer without upgrades',
    `/customers/${customerId(16)}/history`,
    says(/^(Henüz yükseltme yok|No upgrades yet)$/),
  ),
  screen('the API clients', '/settings/api-clients', says(/^demo-kuzey-user$/)),
  screen(
    'the API clients without a role for them',
    '/settings/api-clients',
    says(/^(API istemcilerini yönetme izniniz yok|You may not manage API clients)$/),
    BORA,
  ),
  screen('a new API client', '/settings/api-clients', async (page) => {
    await button(page, /^(Yeni API istemcisi|New API client)$/).click();
    await button(page, /^(Oluştur|Create)$/).click();
    await says(/^(Ad gerekli\.|Name is needed\.)$/)(page);
  }),
  screen('the secret of an API client', '/settings/api-clients', (page) => createClient(page, 'Fatura aktarımı')),
  screen('the webhooks', '/settings/webhooks', says(/^(Henüz web kancası yok|No webhooks yet)$/)),
  screen(
    'the webhooks without a role',
    '/settings/webhooks',
    says(/^(Web kancalarını yönetme izniniz yok|You may not manage webhooks)$/),
    NIL,
  ),
  screen('a new webhook', '/settings/webhooks', async (page) => {
    await button(page, /^(Yeni web kancası|New webhook)$/).click();
    await page.getByRole('dialog').waitFor();
  }),
  screen('the question before access is revoked', '/settings/api-clients', async (page) => {
    await button(page, /^(Diğer eylemler|More actions)/).click();
    await page.getByRole('menuitem', { name: /^(Erişimi iptal et|Revoke access)$/ }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  screen('the shortcuts', '/customers', async (page) => {
    await says(/İzmir Tekstil/)(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  }),
  screen('a page that does not exist', '/nowhere', says(/^(Böyle bir sayfa yok|This page does not exist)$/)),
  screen(
    'a customer that does not exist',
    subscriptionsOf(99),
    says(/^(Bu müşteri bulunamadı|This customer was not found)$/),
  ),
  screen('the sandbox', '/sandbox', says(/^(Hata kuralı yok|No fault rules)$/)),
  screen('a new fault rule', '/sandbox', async (page) => {
    await button(page, /^(Kural ekle|Add a rule)$/).click();
    await page.getByRole('dialog').waitFor();
  }),
  screen('the question before a scenario is loaded', '/sandbox', async (page) => {
    await button(page, /^(Senaryoyu yükle|Load scenario)$/).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  screen('a help page', '/help/billing-scenarios', (page) => page.getByRole('heading', { level: 2 }).first().waitFor()),
  screen('the audit log', '/audit', (page) => page.locator('[data-row="0"]').waitFor()),
  screen('an entry of the audit log', '/audit', async (page) => {
    await page.locator('[data-row="0"]').click();
    await page.getByRole('dialog').waitFor();
  }),
  screen('an audit log in which nothing matches', '/audit?q=xyzxyz', says(/^(Eşleşen kayıt yok|Nothing matches)$/)),
  screen(
    'the audit log without the role for it',
    '/audit',
    says(/^(Denetim günlüğünü okuma izniniz yok|You may not read the audit log)$/),
    BORA,
  ),
  screen(
    'the general settings without the role to change them',
    '/settings/general',
    says(/(Şu rol gerekir: Genel yönetici|This role is needed: Global admin)/),
  ),
  screen(
    'the general settings with a number that cannot be',
    '/settings/general',
    async (page) => {
      await page.getByRole('radio').last().check();
      await page.getByRole('spinbutton').first().fill('30');
      await page.getByText(/^(90 ile|Give a whole number)/).waitFor();
    },
    GULAY,
  ),
  screen('what is looked at again', subscriptionsOf(7), says(/^Microsoft 365 .* → /)),
  ...CAMPAIGN_SCREENS,
  ...CATALOGUE_SCREENS,
  ...IDENTITY_SCREENS,
  ...RELATIONSHIP_SCREENS,
  ...COMMERCE_SCREENS,
  ...INSIGHT_SCREENS,
];
