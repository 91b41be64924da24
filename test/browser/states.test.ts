import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS } from '../../demo/ids.ts';
import en from '../../portal/locales/en.json' with { type: 'json' };
import { type Portal, startPortal, type View } from './browser.ts';
import { AYLIN, isDark, NIL, passUntil, previewOf, seedWorklist, subscriptionsOf, upgradeOf } from './steps.ts';

let portal: Portal;
let worklist: string;
/** A page in which time can be made to pass. */
let page: Page;
beforeAll(async () => {
  portal = await startPortal({ expectErrors: true });
  worklist = await seedWorklist(portal.deployment);
  page = await portal.open('/signin', AYLIN, ENGLISH);
  await page.clock.install();
});
afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));
afterAll(() => portal.stop());

const ENGLISH: View = { language: 'en' };
const ask = (text: string) => portal.deployment.context.database.asSystem((tx) => tx.query(text));

/** Each page with a question that it cannot do without, what it says while it waits, and when it gets no answer. */
const PAGES: readonly [string, () => string, string, string, string][] = [
  ['customers', () => '/customers', '**/api/customers?*', 'Loading customers', 'The customer list could not be loaded'],
  [
    'subscriptions',
    () => subscriptionsOf(1),
    '**/api/customers/*/subscriptions',
    'Loading subscriptions',
    'The subscriptions could not be loaded',
  ],
  [
    'the users of a customer',
    () => `/customers/${customerId(10)}/users`,
    '**/api/customers/*/users?*',
    'Loading users',
    'The users could not be loaded',
  ],
  [
    'the upgrade page',
    () => upgradeOf(1),
    '**/eligibility',
    'Loading possible offers',
    'The preview could not be worked out',
  ],
  [
    'the result',
    () => worklist,
    '**/api/customers/*/upgrades/*',
    'Loading upgrades',
    'The upgrades could not be loaded',
  ],
  ['the worklist', () => worklist, '**/issues', 'Loading', 'The worklist could not be loaded'],
  [
    'the history',
    () => `/customers/${customerId(16)}/history`,
    '**/api/customers/*/upgrades?*',
    'Loading upgrades',
    'The upgrades could not be loaded',
  ],
  [
    'the API clients',
    () => '/settings/api-clients',
    '**/api/api-clients',
    'Loading API clients',
    'The API clients could not be loaded',
  ],
  [
    'the general settings',
    () => '/settings/general',
    '**/api/settings',
    'Loading the settings',
    'The settings could not be loaded',
  ],
  [
    'the upgrade map',
    () => '/catalogue',
    '**/api/upgrade-map?*',
    'Loading the upgrade map',
    'The upgrade map could not be loaded',
  ],
  ['the offers', () => '/catalogue/offers', '**/api/offers?*', 'Loading the offers', 'The offers could not be loaded'],
  [
    'the price lists',
    () => '/catalogue/prices',
    '**/api/price-lists',
    'Loading the prices',
    'The prices could not be loaded',
  ],
  ['one’s own account', () => '/account', '**/api/account', 'Loading your account', 'Your account could not be loaded'],
  [
    'one’s own sessions',
    () => '/account',
    '**/api/sessions',
    'Loading where you are signed in',
    'Where you are signed in could not be loaded',
  ],
];

describe('a page that gets no answer', () => {
  it.each(PAGES)(
    '%s: says that it loads, that it takes long, what could not be loaded once the connection fails, and tries again',
    async (_name, path, question, loading, title) => {
      let fail = () => undefined as void;
      const failed = new Promise<void>((resolve) => (fail = resolve));
      await page.route(question, async (route) => {
        await failed;
        await route.abort('connectionfailed');
      });
      await page.goto(portal.deployment.url + path());
      await page.getByRole('status').getByText(loading, { exact: true }).waitFor({ state: 'attached' });
      expect(await page.getByText(en['state.slow']).count()).toBe(0);
      await passUntil(page, en['state.slow']);
      fail();
      await passUntil(page, title);
      const alert = page.getByRole('alert').filter({ hasText: title });
      await alert.getByText(en['state.errorBody']).waitFor();
      await page.unroute(question);
      await alert.getByRole('button', { name: 'Try again' }).click();
      await alert.waitFor({ state: 'detached' });
    },
  );
});

describe('when the server fails', () => {
  it('says so, names the request, and goes on once it works again', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ask('alter table customers rename to customers_away');
    try {
      const ids: string[] = [];
      page.on('response', (answer) => ids.push(answer.headers()['x-correlation-id'] ?? ''));
      await page.goto(`${portal.deployment.url}/customers`);
      const alert = page.getByRole('alert');
      await alert.getByText('The customer list could not be loaded').waitFor();
      await alert.getByRole('button', { name: 'Request ID' }).click();
      await alert.getByRole('button', { name: 'Copied' }).waitFor();
      expect(ids).toContain(await page.evaluate<string>('navigator.clipboard.readText()'));
    } finally {
      await ask('alter table customers_away rename to customers');
    }
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
  });

  it('keeps what was there, and says that it may be out of date', async () => {
    await page.goto(portal.deployment.url + subscriptionsOf(1));
    const row = page.getByRole('row', { name: /Business Basic/ });
    await row.waitFor();
    const question = '**/api/customers/*/subscriptions';
    await page.route(question, (route) => route.abort('connectionfailed'));
    await passUntil(page, 'This could not be refreshed. What you see may be out of date.', 11_000);
    expect(await row.isVisible()).toBe(true);
    await page.unroute(question);
    // At once: the page asks again by itself, too.
    await page.getByRole('button', { name: 'Try again' }).dispatchEvent('click');
    await page.getByText('This could not be refreshed.').waitFor({ state: 'detached' });
  });

  it('without a connection a bar says so, and goes with it', async () => {
    const page = await portal.open('/customers', AYLIN, ENGLISH);
    const bar = page.getByText('You are offline. What you see may be out of date.');
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
    await page.context().setOffline(true);
    await bar.waitFor();
    expect(await page.getByRole('link', { name: 'İzmir Tekstil' }).isVisible()).toBe(true);
    await page.context().setOffline(false);
    await bar.waitFor({ state: 'detached' });
  });
});

describe('without a role', () => {
  const pages: readonly [string, () => string][] = [
    ['the customers', () => '/customers'],
    ['the subscriptions', () => subscriptionsOf(1)],
    ['the upgrade page', () => `${upgradeOf(1)}?to=${OFFERS.o365E3}`],
    ['the result', () => worklist],
    ['the history', () => `/customers/${customerId(1)}/history`],
  ];

  it.each(pages)('%s: say which roles may, and whom to ask', async (_name, path) => {
    const page = await portal.visit(path(), NIL, ENGLISH);
    await page.getByRole('heading', { name: 'You may not see customers' }).waitFor();
    const text = await page.getByRole('main').textContent();
    expect(text).toContain('One of these is needed: Global admin, User management admin, Admin agent');
    expect(text).toContain('Ask a colleague');
    expect(text).not.toMatch(/Anadolu|Business Basic|\$/);
  });
});

describe('what is not there', () => {
  const away = '00000000-0000-4000-8000-000000000000';
  const pages: readonly [string, string][] = [
    ['/nowhere', 'This page does not exist'],
    ['/help/nothing', 'This page does not exist'],
    [`/customers/${away}/subscriptions`, 'This customer was not found'],
    ['/customers/no-id/subscriptions', 'This customer was not found'],
    [subscriptionsOf(41), 'This customer was not found'],
    [`${subscriptionsOf(1)}/${away}/upgrade`, 'This subscription was not found'],
    [`${subscriptionsOf(1)}/no-id/upgrade`, 'This subscription was not found'],
    [`/customers/${customerId(1)}/upgrades/${away}`, 'This upgrade was not found'],
  ];

  it.each(pages)('%s: %s', async (path, title) => {
    const page = await portal.visit(path, AYLIN, ENGLISH);
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Go to customers' }).click();
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
  });
});

describe('language and theme', () => {
  it('the language is switched in place, keeps what is shown, and survives a reload', async () => {
    const page = await portal.open(`${upgradeOf(1)}?to=${OFFERS.o365E3}`, AYLIN, ENGLISH);
    await previewOf(page);
    await page.getByRole('button', { name: 'EN Language' }).click();
    await page.getByRole('menuitemradio', { name: 'Türkçe' }).click();
    await page.getByRole('heading', { name: 'Yükselt: Microsoft 365 İş Temel' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Office 365 Kurumsal E3' }).isChecked()).toBe(true);
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe('tr');
    await page.reload();
    await page.getByRole('heading', { name: 'Yükselt: Microsoft 365 İş Temel' }).waitFor();
    await page.getByRole('button', { name: 'TR Dil' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Upgrade Microsoft 365 Business Basic' }).waitFor();
  });

  it('the theme is switched in place and survives a reload; the system’s holds when that is wished', async () => {
    const page = await portal.open('/customers', AYLIN, { ...ENGLISH, dark: true });
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'Theme' }).click();
      await page.getByRole('menuitemradio', { name }).click();
    };
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
    expect(await isDark(page)).toBe(true);
    await choose('Light');
    await expect.poll(() => isDark(page)).toBe(false);
    await page.reload();
    await page.getByRole('link', { name: 'İzmir Tekstil' }).waitFor();
    expect(await isDark(page)).toBe(false);
    await choose('Same as system');
    await expect.poll(() => isDark(page)).toBe(true);
  });
});
