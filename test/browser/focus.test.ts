import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFERS } from '../../demo/ids.ts';
import { GULAY } from '../waiting.ts';
import { type Portal, startPortal } from './browser.ts';
import { AYLIN, expectFocus, previewOf, seedWorklist, subscriptionsOf, upgradeOf } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

const ENGLISH = { language: 'en' } as const;
const button = (page: Page, name: RegExp | string) => page.getByRole('button', { name });

/** Where something opens, from which button, and how. */
type Opened = { readonly page: Page; readonly opener: Locator };

const OPENS: readonly [string, () => Promise<Opened>][] = [
  [
    'why not, from the list',
    async () => {
      const page = await portal.visit(subscriptionsOf(3), AYLIN, ENGLISH);
      return { page, opener: button(page, /^Why not/) };
    },
  ],
  [
    'why not, from an offer',
    async () => {
      const page = await portal.visit(upgradeOf(7), AYLIN, ENGLISH);
      return { page, opener: button(page, 'Why not? Office 365 Enterprise E3') };
    },
  ],
  [
    'the confirmation',
    async () => {
      const page = await portal.visit(`${upgradeOf(1)}?to=${OFFERS.o365E3}`, AYLIN, ENGLISH);
      await previewOf(page);
      return { page, opener: button(page, 'Submit') };
    },
  ],
  [
    'the shortcuts',
    async () => {
      const page = await portal.visit('/customers', AYLIN, ENGLISH);
      return { page, opener: button(page, 'Help and keyboard shortcuts') };
    },
  ],
  [
    'the invitation of a user',
    async () => {
      const page = await portal.visit('/settings/agents', GULAY, ENGLISH);
      return { page, opener: button(page, 'Invite user') };
    },
  ],
  [
    'a new API client',
    async () => {
      const page = await portal.visit('/settings/api-clients', AYLIN, ENGLISH);
      return { page, opener: button(page, 'New API client') };
    },
  ],
  [
    'the record of what was bought elsewhere',
    async () => {
      const page = await portal.visit(subscriptionsOf(8), AYLIN, ENGLISH);
      return { page, opener: button(page, 'Record a subscription bought elsewhere') };
    },
  ],
  [
    'the navigation of a narrow screen',
    async () => {
      const page = await portal.visit('/customers', AYLIN, { ...ENGLISH, width: 400 });
      return { page, opener: button(page, 'Open navigation') };
    },
  ],
];

describe('what Esc closes gives the focus back to what opened it', () => {
  const shown = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'));

  it.each(OPENS)('%s', async (_what, reach) => {
    const { page, opener } = await reach();
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page).locator(':focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    await shown(page).waitFor({ state: 'detached' });
    await expectFocus(opener);
  });

  it('the change of licenses, from the menu of a row', async () => {
    const page = await portal.visit(subscriptionsOf(1), AYLIN, ENGLISH);
    const opener = button(page, /^More actions for/);
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Change the number of licenses' }).click();
    await expect.poll(() => shown(page).locator(':focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    await shown(page).waitFor({ state: 'detached' });
    await expectFocus(opener);
  });

  it('the question of a worklist', async () => {
    const page = await portal.visit(await seedWorklist(portal.deployment), AYLIN, ENGLISH);
    const opener = button(page, 'Choose which one stays');
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page).locator(':focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    await shown(page).waitFor({ state: 'detached' });
    await expectFocus(opener);
  });
});
