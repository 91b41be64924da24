import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../contract/values.ts';
import { type Portal, startPortal } from './browser.ts';
import { expectAccessible, expectFit } from './inspect.ts';
import { prepare, type Prepared } from './prepared.ts';
import { SCREENS } from './screens.ts';
import { isDark } from './steps.ts';

type View = {
  readonly language: Language;
  readonly width: 1280 | 400;
  /** Whether accessibility scans look at it too, in both themes; they take most of the time. */
  readonly scanned: boolean;
};

/** The tests of every screen in one language at one width: what can be seen of it is looked at once it is there, since to get there takes long. */
export function walkScreens({ language, width, scanned }: View) {
  let portal: Portal;
  let prepared: Prepared;
  beforeAll(async () => {
    portal = await startPortal();
    prepared = await prepare(portal.deployment);
  });
  afterAll(() => portal.stop());

  describe.each(SCREENS)(`in ${language} at ${width} px: $what`, ({ path, agent, reach }) => {
    let page: Page;
    beforeAll(async () => {
      page = await portal.visit(typeof path === 'string' ? path : path(prepared), agent, { language, width });
      await reach(page);
    });

    it('fits and is translated', () => expectFit(page, language));

    if (!scanned) return;
    it('has nothing that an accessibility scan finds', () => expectAccessible(page, {}));
    it('has nothing that it finds in the dark either', async () => {
      await page.emulateMedia({ colorScheme: 'dark' });
      try {
        await expect.poll(() => isDark(page)).toBe(true);
        await expectAccessible(page, { dark: true });
      } finally {
        await page.emulateMedia({ colorScheme: 'light' });
      }
    });
  });
}
