import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../../demo/ids.ts';
import { type TestDeployment, valueOf } from '../deployment.ts';

export const AYLIN = 'aylin@kuzey.example';
export const SELIM = 'selim@kuzey.example';
/** A Billing admin: looks, and does not upgrade. */
export const BORA = 'bora@kuzey.example';

/** Signs in, and has no role. */
export const NIL = 'nil@kuzey.example';

/** Where the subscriptions of a demo customer are. */
export const subscriptionsOf = (customer: number) => `/customers/${customerId(customer)}/subscriptions`;
/** Where the first subscription of a demo customer is upgraded. */
export const upgradeOf = (customer: number) => `${subscriptionsOf(customer)}/${subscriptionId(customer)}/upgrade`;

type Seed = {
  readonly customerId?: string;
  readonly friendlyName?: string;
  readonly users?: number;
  readonly quantity?: number;
  readonly offerId?: string;
  readonly purchasedOn?: string;
  readonly status?: 'active' | 'suspended';
  readonly provisioning?: 'success' | 'pending';
};

/** A customer of its own with one upgradable subscription, so that no test depends on what another did. */
export async function seed(deployment: TestDeployment, more: Seed = {}) {
  const api = await deployment.signIn(AYLIN);
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId: deployment.context.newId(),
    customerName: 'Kızılırmak Un',
    offerId: OFFERS.businessBasic,
    quantity: 10,
    purchasedOn: '2026-09-13',
    users: 3,
    ...more,
  };
  const seeded = valueOf(await api('seedSubscription', { body }));
  const list = `/customers/${seeded.customerId}/subscriptions`;
  return { ...seeded, list, upgrade: `${list}/${seeded.subscriptionId}/upgrade?to=${OFFERS.o365E3}` };
}

/** Loads the demo anew and upgrades İzmir Tekstil to Office 365 E3; returns where its worklist of seven accounts is. */
export async function makeWorklist(deployment: TestDeployment): Promise<string> {
  const api = await deployment.signIn(AYLIN);
  valueOf(await api('resetSandbox', { body: { scenario: 'demo' } }));
  return upgrade(deployment, customerId(10), subscriptionId(10));
}

/** A customer of its own that was upgraded to Office 365 E3: one account holds a license that excludes the new one. */
export async function seedWorklist(deployment: TestDeployment): Promise<string> {
  const { customerId: customer, subscriptionId: basic, userIds } = await seed(deployment);
  const e1 = await seed(deployment, { customerId: customer, offerId: OFFERS.o365E1, users: 0 });
  await deployment.context.database.asSystem((tx) =>
    tx.query('insert into licenses values ($1, $2, $3)', [customer, e1.subscriptionId, userIds[0]]),
  );
  return upgrade(deployment, customer, basic);
}

/** Upgrades a subscription to Office 365 E3 with its licenses; returns where the result is. */
async function upgrade(deployment: TestDeployment, customer: string, subscription: string): Promise<string> {
  const api = await deployment.signIn(AYLIN);
  const params = { customerId: customer, subscriptionId: subscription };
  const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' } as const;
  const { quoteId } = valueOf(await api('quoteUpgrade', { params, body }));
  const { upgradeId } = valueOf(await api('submitQuote', { params: { customerId: customer, quoteId } }));
  return `/customers/${customer}/upgrades/${upgradeId}`;
}

/** Whether an element has the focus. */
export async function isFocused(element: Locator): Promise<boolean> {
  return (await element.and(element.page().locator(':focus')).count()) > 0;
}

export const expectFocus = (element: Locator) => expect.poll(() => isFocused(element)).toBe(true);

/** Presses Tab until an element has the focus, as somebody without a pointer does. */
export async function tabTo(page: Page, element: Locator, most = 40): Promise<void> {
  await element.waitFor();
  for (let pressed = 0; pressed < most && !(await isFocused(element)); pressed++) await page.keyboard.press('Tab');
  await expectFocus(element);
}

/** By how many pixels a page is wider than the window. */
export const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Whether the page is drawn dark. */
export const isDark = (page: Page) =>
  page.evaluate<boolean>(`(() => {
    const color = getComputedStyle(document.querySelector('main').parentElement).backgroundColor;
    return color.match(/\\d+/g).slice(0, 3).map(Number).every((part) => part < 100);
  })()`);

/** The icon of a subscription in a list, and its card, which may not be there yet. */
export async function cardOf(page: Page, name = /./) {
  const icon = page.getByRole('button', { name: new RegExp(`${name.source}.*: (can be upgraded|yükseltilebilir)`) });
  const card = page.getByRole('dialog', { name: /^(This subscription can be upgraded|Bu abonelik yükseltilebilir)$/ });
  const upgradeNow = card.getByRole('link', { name: /^(Upgrade now|Şimdi yükselt)$/ });
  await icon.first().waitFor();
  return { page, icon: icon.first(), card, upgradeNow };
}

export async function middleOf(element: Locator, right = 0): Promise<[number, number]> {
  const box = await element.boundingBox();
  if (!box) throw new Error('nothing is drawn');
  return [box.x + box.width / 2 + right, box.y + box.height / 2];
}

/** Waits for the preview on the upgrade page, and returns its number. */
export async function previewOf(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: /^(Submit|Gönder)$/ });
  await button.and(page.locator(':not([aria-disabled=true])')).waitFor();
  const preview = page.getByRole('complementary', { name: /^(Preview|Önizleme)$/ });
  return /No[.:] (\w{4}-\w{4})/.exec((await preview.textContent()) ?? '')?.[1] ?? '';
}

/** Opens the confirmation of what is previewed, and ticks its statement. */
export async function confirm(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^(Submit|Gönder)$/ }).click();
  const confirmation = page.getByRole('alertdialog', {
    name: /^(Submit this upgrade\?|Bu yükseltme gönderilsin mi\?)$/,
  });
  await confirmation.getByRole('checkbox').check();
  return confirmation.getByRole('button', { name: /^(Submit upgrade|Yükseltmeyi gönder)$/ });
}

/** Confirms what is previewed, and sends it. */
export const submit = async (page: Page) => (await confirm(page)).click();

/** Creates an API client on its page, and waits for its secret. */
export async function createClient(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: /^(New API client|Yeni API istemcisi)$/ }).click();
  await page.getByRole('textbox', { name: /^(Name|Ad)$/ }).fill(name);
  await page.getByRole('button', { name: /^(Create|Oluştur)$/ }).click();
  const dialog = page.getByRole('alertdialog', { name: new RegExp(`: ${name}$`) });
  await dialog.waitFor();
  return dialog;
}

/** Lets time pass again and again, two seconds unless told, until something is said. The page's clock must be installed. */
export async function passUntil(page: Page, text: string, ms = 2000): Promise<void> {
  const shown = page.getByText(text).first();
  await expect
    .poll(async () => {
      await page.clock.fastForward(ms);
      return shown.isVisible();
    })
    .toBe(true);
}
