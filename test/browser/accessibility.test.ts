import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Portal, startPortal, type View } from './browser.ts';
import { SCREENS } from './screens.ts';
import { seedWorklist } from './steps.ts';

let portal: Portal;
let worklist: string;
beforeAll(async () => {
  portal = await startPortal();
  worklist = await seedWorklist(portal.deployment);
});
afterAll(() => portal.stop());

const VIEWS: readonly (View & { readonly called: string })[] = [
  { called: 'light', language: 'en', width: 1280 },
  { called: 'dark', language: 'tr', width: 1280, dark: true },
  { called: 'light at 400 px', language: 'tr', width: 400 },
];

describe.each(VIEWS)('an accessibility scan ($called) finds nothing on', ({ called: _, ...view }) => {
  /** Another theme changes colors alone; nothing here stands in a frame, so that one script sees everything. */
  const scan = (page: Page) => {
    const builder = new AxeBuilder({ page }).exclude('[data-tabster-dummy]').setLegacyMode();
    return view.dark ? builder.withRules(['color-contrast']).analyze() : builder.analyze();
  };

  it.each(SCREENS)('$what', async ({ path, agent, reach }) => {
    const page = await portal.visit(typeof path === 'string' ? path : path({ worklist }), agent, view);
    await reach(page);
    const { violations } = await scan(page);
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join('\n')}`),
    ).toEqual([]);
  });
});
