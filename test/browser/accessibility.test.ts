import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS, subscriptionId } from '../../demo/ids.ts';
import { type Portal, startPortal, type View } from './browser.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const AYLIN = 'aylin@kuzey.example';
const subscriptions = (customer: number) => `/customers/${customerId(customer)}/subscriptions`;
const upgrade = (customer: number) => `${subscriptions(customer)}/${subscriptionId(customer)}/upgrade`;

type Screen = {
  readonly what: string;
  readonly path: string;
  readonly agent?: string;
  /** Brings the screen into the state that is meant, and waits for it. */
  readonly reach: (page: Page) => Promise<unknown>;
};

const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();
const SCREENS: readonly Screen[] = [
  { what: 'the sign-in', path: '/signin', agent: '', reach: (page) => button(page, /Aylin Demir/).waitFor() },
  {
    what: 'the customers',
    path: '/customers',
    reach: (page) => page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor(),
  },
  {
    what: 'customers that nothing matches',
    path: '/customers?q=xyz',
    reach: (page) => button(page, /Filtreleri temizle/).waitFor(),
  },
  {
    what: 'customers without a role',
    path: '/customers',
    agent: 'nil@kuzey.example',
    reach: (page) => page.getByText('Müşterileri görme izniniz yok').waitFor(),
  },
  { what: 'the subscriptions', path: subscriptions(8), reach: (page) => page.getByText('Başka iş ortağı').waitFor() },
  {
    what: 'a customer without subscriptions',
    path: subscriptions(16),
    reach: (page) => page.getByText('Abonelik yok').waitFor(),
  },
  {
    what: 'the card of an upgradable subscription',
    path: subscriptions(1),
    reach: async (page) => {
      await button(page, /yükseltilebilir\. /).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    what: 'why not',
    path: `${subscriptions(7)}?why=${subscriptionId(7)}`,
    reach: (page) => page.getByText(/^Denetlendi/).waitFor(),
  },
  {
    what: 'the change of licenses',
    path: subscriptions(1),
    reach: async (page) => {
      await button(page, /Diğer eylemler/).click();
      await page.getByRole('menuitem', { name: 'Lisans sayısını değiştir' }).click();
      await page.getByRole('spinbutton').fill('30');
      await page.getByText('Sonraki faturada net tutar').waitFor();
    },
  },
  {
    what: 'the upgrade page with a preview',
    path: `${upgrade(10)}?to=${OFFERS.o365E3}`,
    reach: (page) => page.getByText('−$196,00').waitFor(),
  },
  {
    what: 'the confirmation',
    path: `${upgrade(10)}?to=${OFFERS.o365E3}`,
    reach: async (page) => {
      await page.getByText('−$196,00').waitFor();
      await button(page, /^Gönder$/).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    what: 'a page that does not exist',
    path: '/nowhere',
    reach: (page) => page.getByText('Böyle bir sayfa yok').waitFor(),
  },
  {
    what: 'a customer that does not exist',
    path: subscriptions(99),
    reach: (page) => page.getByText('Bu müşteri bulunamadı').waitFor(),
  },
  {
    what: 'a help page',
    path: '/help/billing-scenarios',
    reach: (page) => page.getByRole('heading', { level: 2 }).first().waitFor(),
  },
];

const VIEWS: readonly (View & { readonly called: string })[] = [
  { called: 'light', width: 1280 },
  { called: 'dark', width: 1280, dark: true },
  { called: 'light at 400 px', width: 400 },
];

describe.each(VIEWS)('an accessibility scan ($called) finds nothing on', ({ called: _, ...view }) => {
  it.each(SCREENS)('$what', async ({ path, agent = AYLIN, reach }) => {
    const page = await portal.open(path, agent || undefined, view);
    await reach(page);
    const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join('\n')}`),
    ).toEqual([]);
    await page.context().close();
  });
});
