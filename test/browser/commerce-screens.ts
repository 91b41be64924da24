import type { Page } from 'playwright-core';
import { customerId, OFFERS } from '../../demo/ids.ts';
import { GULAY } from '../waiting.ts';
import { button, says, type Screen, screen } from './screen.ts';
import { BORA, NIL, previewOf, SELIM, subscriptionsOf, upgradeOf } from './steps.ts';

/** Opens the menu of the first subscription, and what is chosen there. */
const act = (name: RegExp, role: 'dialog' | 'alertdialog') => async (page: Page) => {
  await button(page, /^(Diğer eylemler|More actions)/).click();
  await page.getByRole('menuitem', { name }).click();
  await page.getByRole(role).waitFor();
};
const cost = says(/^(Sonraki faturada net tutar|Net on the next invoice)$/);
const purchaseOf = (customer: number, offerId: string, seats: number) =>
  `${subscriptionsOf(customer)}/new?offer=${offerId}&seats=${seats}`;

/** What is done to subscriptions, what is bought, and how it is billed. */
export const COMMERCE_SCREENS: readonly Screen[] = [
  screen('the licenses that a reduction would take', subscriptionsOf(21), async (page) => {
    await act(/^(Lisans sayısını değiştir|Change the number of licenses)$/, 'dialog')(page);
    await page.getByRole('spinbutton').fill('12');
    await page.getByRole('listitem').last().waitFor();
  }),
  screen(
    'the question before a subscription is suspended',
    subscriptionsOf(21),
    act(/^(Askıya al|Suspend)$/, 'alertdialog'),
  ),
  screen('the end of a subscription with its refund', subscriptionsOf(1), async (page) => {
    await act(/^(Aboneliği iptal et|Cancel the subscription)$/, 'alertdialog')(page);
    await cost(page);
  }),
  screen('a subscription that it is too late to cancel', subscriptionsOf(21), async (page) => {
    await act(/^(Aboneliği iptal et|Cancel the subscription)$/, 'alertdialog')(page);
    await says(/^(Artık iptal edilemez|Too late to cancel)$/)(page);
  }),
  screen('the plan of a renewal that cannot be', subscriptionsOf(21), async (page) => {
    await act(/^(Yenilemeyi planla|Plan the renewal)$/, 'dialog')(page);
    await page.getByRole('spinbutton').fill('2');
    await button(page, /^(Planla|Schedule)$/).click();
    await page.getByRole('listitem').last().waitFor();
  }),
  screen('the billing lines of a subscription', subscriptionsOf(1), async (page) => {
    await act(/^(Fatura satırlarını aç|Open billing lines)$/, 'dialog')(page);
    await says(/^(Toplam|In all)$/)(page);
  }),
  screen('a new subscription without a choice', `${subscriptionsOf(16)}/new`, (page) =>
    page.getByRole('radio').first().waitFor(),
  ),
  screen('a purchase with its cost', purchaseOf(23, OFFERS.nceBusinessBasic, 12), cost),
  screen('the question before a purchase', purchaseOf(16, OFFERS.businessStandard, 12), async (page) => {
    await cost(page);
    await button(page, /^(Satın al|Buy)$/).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  screen(
    'a purchase that cannot be',
    purchaseOf(25, OFFERS.nceBusinessBasic, 290),
    says(/^(Müşterinin lisans üst sınırı aşılıyor|The customer’s maximum would be exceeded)$/),
  ),
  screen(
    'a purchase without the role for it',
    `${subscriptionsOf(16)}/new`,
    says(/^(Abonelik satın alma izniniz yok|You may not buy subscriptions)$/),
    BORA,
  ),
  screen('the margin of a customer that cannot be', subscriptionsOf(1), async (page) => {
    await button(page, /^(Kâr marjını değiştir|Change the margin)$/).click();
    await page.getByRole('dialog').getByRole('textbox').fill('2000');
    await button(page, /^(Kaydet|Save)$/).click();
    await page.locator('[aria-invalid=true]').waitFor();
  }),
  screen(
    'the billing settings with a tax that cannot be',
    '/settings/billing',
    async (page) => {
      await button(page, /^(Pazar ekle|Add a market)$/).click();
      await page.getByRole('combobox').selectOption('TR');
      await page.getByRole('textbox').fill('120');
      await button(page, /^(Kaydet|Save)$/).click();
      await page.locator('[aria-invalid=true]').waitFor();
    },
    GULAY,
  ),
  screen(
    'the billing settings without the role to change them',
    '/settings/billing',
    says(/(Şu rol gerekir: Genel yönetici|This role is needed: Global admin)/),
  ),
  screen(
    'the billing of a customer',
    ({ worklist }) => worklist.replace(/\/upgrades\/.*/, '/billing'),
    async (page) => {
      await says(/^(Önizlemeyle aynı|As previewed)$/)(page);
      await page
        .getByText(/^(Nasıl hesaplandı\?|How did this come about\?)$/)
        .first()
        .click();
    },
  ),
  screen('the next invoice of a customer', `/customers/${customerId(21)}/billing?tab=next`, (page) =>
    page.getByRole('rowheader').first().waitFor(),
  ),
  screen(
    'the comparison of a customer’s upgrades',
    ({ worklist }) => worklist.replace(/\/upgrades\/.*/, '/billing?tab=check'),
    says(/^(Önizlemeyle aynı|As previewed)$/),
  ),
  screen(
    'a customer without billing lines',
    `/customers/${customerId(16)}/billing`,
    says(/^(Fatura satırı yok|No billing lines)$/),
  ),
  screen(
    'the billing of a customer without the role for it',
    `/customers/${customerId(1)}/billing`,
    says(/(Müşterileri görme izniniz yok|You may not see customers)/),
    NIL,
  ),
  screen('the invoices', '/invoices', (page) => page.getByRole('rowheader').first().waitFor()),
  screen('an invoice', '/invoices', async (page) => {
    await page.getByRole('rowheader').getByRole('link').first().click();
    await button(page, /./).waitFor();
    await page.getByRole('heading', { level: 2 }).nth(1).waitFor();
  }),
  screen('the invoices without the role for them', '/invoices', says(/(izniniz yok|You may not see invoices)$/), SELIM),
  screen('an invoice that there is not', '/invoices/D2611FFFFFF', (page) =>
    page.getByRole('heading', { level: 1 }).waitFor(),
  ),
  screen(
    'the choices of a new commerce upgrade',
    `${upgradeOf(22)}?to=${OFFERS.nceBusinessStandard}&seats=20`,
    async (page) => {
      await previewOf(page);
      await page.getByRole('group', { name: /^(Geçecek kullanıcılar|Who moves)/ }).waitFor();
    },
  ),
];
