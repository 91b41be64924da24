import type { Page } from 'playwright-core';
import { customerId } from '../../demo/ids.ts';
import { GULAY } from '../waiting.ts';
import { ECE, OYA, PASSWORD } from './prepared.ts';
import { button, says, type Screen, screen } from './screen.ts';
import { BORA, NIL } from './steps.ts';

const SIGN_IN = /^(Oturum aç|Sign in)$/;
const NO_SETTINGS = /^(Ayarları değiştirme izniniz yok|You may not change settings)$/;

/** The first step of a local account’s sign-in. */
async function signInAs(page: Page, email: string) {
  await page.getByLabel(/^(E-posta|Email)$/).fill(email);
  await page.getByLabel(/^(Parola|Password)$/).fill(PASSWORD);
  await button(page, SIGN_IN).click();
}

/** Who gets in and how, and what a partner sets for itself. */
export const IDENTITY_SCREENS: readonly Screen[] = [
  {
    what: 'the sign-in that asks for a code',
    path: '/signin',
    agent: undefined,
    reach: async (page) => {
      await signInAs(page, OYA);
      await button(page, /^(Kurtarma kodu kullan|Use a recovery code)$/).waitFor();
      await button(page, SIGN_IN).click();
      await says(/^(Altı haneli kod gerekli\.|Six-digit code is needed\.)$/)(page);
    },
  },
  {
    what: 'the sign-in that asks for a recovery code',
    path: '/signin',
    agent: undefined,
    reach: async (page) => {
      await signInAs(page, OYA);
      await button(page, /^(Kurtarma kodu kullan|Use a recovery code)$/).click();
      await page.getByLabel(/^(Kurtarma kodu|Recovery code)$/).waitFor();
    },
  },
  {
    what: 'a work account that came to nothing',
    path: '/signin?problem=unknown-agent&id=0193a5b0-0000-7000-8000-00000000abcd',
    agent: undefined,
    reach: says(/0193a5b0-0000-7000/),
  },
  {
    what: 'a link at which a password is set',
    path: ({ joinLink }) => joinLink,
    agent: undefined,
    reach: async (page) => {
      await page.getByLabel(/^(Yeni parola|New password)$/).fill('short');
      await button(page, /^(Parolayı belirle ve oturum aç|Set password and sign in)$/).click();
      await page.locator('[aria-invalid=true]').waitFor();
    },
  },
  {
    what: 'the set-up of what is set up',
    path: '/setup#code',
    agent: undefined,
    reach: says(/^(Bu kurulumun ilk yöneticisi zaten var\.|This deployment has its first administrator already\.)$/),
  },
  screen('one’s own account', '/account', says(/^(10 kurtarma kodunuz kaldı\.|10 recovery codes are left\.)$/), OYA),
  screen('one’s own account without a password', '/account', says(/^(Burada parolasız|You sign in here without)/)),
  screen(
    'the second factor while it is switched on',
    '/account',
    async (page) => {
      await button(page, /^(Aç|Switch on)$/).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input').fill(PASSWORD);
      await dialog.getByRole('button', { name: /^(Devam|Devam et|Continue)$/ }).click();
      await dialog.getByRole('img').waitFor();
    },
    ECE,
  ),
  screen(
    'the question before the second factor is switched off',
    '/account',
    async (page) => {
      await button(page, /^(Kapat|Switch off)$/).click();
      await page.getByRole('dialog').waitFor();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^(Kapat|Switch off)$/ })
        .click();
      await says(/^(Şu anki parola gerekli\.|Current password is needed\.)$/)(page);
    },
    OYA,
  ),
  screen('the identity providers', '/settings/sign-in', says(/^Kuzey Bulut Entra ID$/), GULAY),
  screen('the identity providers without the role for them', '/settings/sign-in', says(NO_SETTINGS), BORA),
  screen(
    'a new identity provider',
    '/settings/sign-in',
    async (page) => {
      await button(page, /^(Sağlayıcı ekle|Add provider)$/).click();
      await button(page, /^(Kaydet|Save)$/).click();
      await says(/^(Ad gerekli\.|Name is needed\.)$/)(page);
    },
    GULAY,
  ),
  screen(
    'an identity provider',
    '/settings/sign-in',
    async (page) => {
      await button(page, /^(Diğer eylemler|More actions)/).click();
      await page.getByRole('menuitem', { name: /^(Düzenle|Edit)$/ }).click();
      await page.getByRole('combobox').nth(1).waitFor();
    },
    GULAY,
  ),
  screen(
    'the question before an identity provider is removed',
    '/settings/sign-in',
    async (page) => {
      await button(page, /^(Diğer eylemler|More actions)/).click();
      await page.getByRole('menuitem', { name: /^(Kaldır|Remove)$/ }).click();
      await page.getByRole('alertdialog').waitFor();
    },
    GULAY,
  ),
  screen(
    'the roles of a user',
    '/settings/agents',
    async (page) => {
      await page.getByRole('row', { name: /umut@/ }).getByRole('button').click();
      await page.getByRole('menuitem', { name: /^(Rolleri değiştir|Change roles)$/ }).click();
      await page.getByRole('dialog').waitFor();
    },
    GULAY,
  ),
  screen(
    'the question before a user is removed',
    '/settings/agents',
    async (page) => {
      await page.getByRole('row', { name: /umut@/ }).getByRole('button').click();
      await page.getByRole('menuitem', { name: /^(Kaldır|Remove)$/ }).click();
      await page.getByRole('alertdialog').waitFor();
    },
    GULAY,
  ),
  screen(
    'the approval rules',
    '/settings/approvals',
    async (page) => {
      await page.getByRole('checkbox', { name: /^(Çalışma saatleri|Outside office)/ }).check();
      await page.getByRole('textbox').first().fill('1.250');
      await says(/^(Tutarı binlik|Write the amount)/)(page);
    },
    GULAY,
  ),
  screen('the approval rules without the role for them', '/settings/approvals', says(NO_SETTINGS), NIL),
  screen('the general settings without any role', '/settings/general', says(NO_SETTINGS), NIL),
  screen('what can be exported', '/settings/general', says(/^(Arşivi indir|Download the archive)/), GULAY),
  screen(
    'what was not delivered',
    '/settings/undelivered',
    says(/^(İletilemeyen gönderim yok|Everything was delivered)$/),
  ),
  screen('a code of a program that does not count', '/device', async (page) => {
    await page.getByLabel(/^(Kod|Code)$/).fill('BCDF-GHJK');
    await button(page, /^(İleri|Next)$/).click();
    await says(/^(Böyle bir kod yok|There is no such code)/)(page);
  }),
  screen(
    'the question before personal data is deleted',
    `/customers/${customerId(10)}/relationship`,
    async (page) => {
      await button(page, /^(Kişisel verileri sil|Delete personal data)$/).click();
      await page.getByRole('alertdialog').waitFor();
    },
    GULAY,
  ),
];
