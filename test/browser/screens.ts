import type { Page } from 'playwright-core';
import { customerId, OFFERS, subscriptionId } from '../../demo/ids.ts';
import { AYLIN, BORA, confirm, createClient, NIL, previewOf, subscriptionsOf, upgradeOf } from './steps.ts';

/** What was made for the screens that need it. */
type Made = {
  /** Where an upgrade with open issues is. */
  readonly worklist: string;
};

export type Screen = {
  readonly what: string;
  readonly path: string | ((made: Made) => string);
  /** Who looks at it; nobody is signed in without one. */
  readonly agent: string | undefined;
  /** Brings the screen into the state that is meant, in either language, and waits for it. */
  readonly reach: (page: Page) => Promise<unknown>;
};

const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();
const says = (text: RegExp) => (page: Page) => page.getByText(text).first().waitFor();
const worklist = ({ worklist: path }: Made) => path;
const screen = (what: string, path: Screen['path'], reach: Screen['reach'], agent: string | undefined = AYLIN) => ({
  what,
  path,
  agent,
  reach,
});

/** Every screen and state of the portal that can be reached by looking. */
export const SCREENS: readonly Screen[] = [
  {
    what: 'the sign-in',
    path: '/signin',
    agent: undefined,
    reach: (page) => button(page, /Aylin Demir/).waitFor(),
  },
  screen('the customers', '/customers', says(/İzmir Tekstil/)),
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
  screen('why not', `${subscriptionsOf(7)}?why=${subscriptionId(7)}`, says(/^(Denetlendi: |Checked at )/)),
  screen('the change of licenses', subscriptionsOf(1), async (page) => {
    await button(page, /^(Diğer eylemler|More actions)/).click();
    await page.getByRole('menuitem', { name: /^(Lisans sayısını değiştir|Change the number of licenses)$/ }).click();
    await page.getByRole('spinbutton').fill('30');
    await says(/^(Sonraki faturada net tutar|Net on the next invoice)$/)(page);
  }),
  screen('the upgrade page without a choice', upgradeOf(8), (page) => page.getByRole('radio').first().waitFor()),
  screen('the upgrade page with a preview', `${upgradeOf(10)}?to=${OFFERS.o365E3}`, previewOf),
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
    (made) => worklist(made).replace(/\/upgrades\/.*/, '/history'),
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
];
