import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../contract/values.ts';
import { type Portal, startPortal } from './browser.ts';
import { expectAccessible, expectFit } from './inspect.ts';
import { prepare, type Prepared } from './prepared.ts';
import { SCREENS } from './screens.ts';
import { isDark } from './steps.ts';

type Walk = {
  readonly language: Language;
  readonly width: 1280 | 400;
  readonly screens: 'each' | 'every second';
  /** Whose colors are scanned, in both themes: screens share them. */
  readonly colors: 'each' | 'every third';
  /** Whether each screen is made narrow in place, too. */
  readonly narrows?: true;
};

/** The tests of the screens in one language: what can be seen of it is looked at once it is there, since to get there takes long. */
export function walkScreens({ language, width, screens: which, colors, narrows }: Walk) {
  let portal: Portal;
  let prepared: Prepared;
  beforeAll(async () => {
    portal = await startPortal();
    prepared = await prepare(portal.deployment);
  });
  afterAll(() => portal.stop());

  const walked = SCREENS.filter((_screen, place) => which === 'each' || place % 2 === 0);
  const screens = walked.map((screen, place) => ({ ...screen, colored: colors === 'each' || place % 3 === 0 }));
  describe.each(screens)(`in ${language} at ${width} px: $what`, ({ path, agent, reach, colored }) => {
    let page: Page;
    beforeAll(async () => {
      page = await portal.visit(typeof path === 'string' ? path : path(prepared), agent, { language, width });
      await reach(page);
    });

    it('fits and is translated', () => expectFit(page, language));
    it('has nothing that an accessibility scan finds', () =>
      expectAccessible(page, colored ? 'all' : 'all but colors'));

    if (colored)
      it('has nothing that it finds in the dark either', async () => {
        await page.emulateMedia({ colorScheme: 'dark' });
        try {
          await expect.poll(() => isDark(page)).toBe(true);
          await expectAccessible(page, 'colors');
        } finally {
          await page.emulateMedia({ colorScheme: 'light' });
        }
      });

    if (narrows)
      it('fits a screen of 400 px', async () => {
        await page.setViewportSize({ width: 400, height: 800 });
        try {
          await expectFit(page, language);
        } finally {
          await page.setViewportSize({ width, height: 800 });
        }
      });
  });
}
