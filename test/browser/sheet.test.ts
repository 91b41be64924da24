import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Portal, startPortal, type View } from './browser.ts';
import { AYLIN, middleOf, subscriptionsOf } from './steps.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

describe('by touch, a sheet from below', () => {
  const touch: View = { width: 400, touch: true };

  /** Comes from the list of customers, so that one Back too many would show. */
  async function openSheet() {
    const page = await portal.visit('/customers', AYLIN, touch);
    await page.getByRole('link', { name: 'Boğaz Mimarlık' }).tap();
    const icon = page.getByRole('button', { name: /: yükseltilebilir/ });
    await icon.tap();
    const sheet = page.getByRole('dialog', { name: 'Bu abonelik yükseltilebilir' });
    await sheet.waitFor();
    /** The list is there again, and one step back from it the customers: nothing went back too far. */
    const closed = async () => {
      await sheet.waitFor({ state: 'detached' });
      await expect.poll(() => page.url()).toBe(portal.deployment.url + subscriptionsOf(2));
      await page.goBack();
      await page.getByRole('heading', { name: 'Müşteriler' }).waitFor();
    };
    return { page, sheet, closed };
  }

  it('lies at the foot of the dimmed page', async () => {
    const { sheet } = await openSheet();
    const box = await sheet.boundingBox();
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(800);
    expect(box?.width).toBe(400);
  });

  it('closes when it is swiped down', async () => {
    const { page, sheet, closed } = await openSheet();
    const [x, y] = await middleOf(sheet.getByRole('button', { name: 'Kapat' }));
    await swipe(page, [x, y], [x, y + 200]);
    await closed();
  });

  it('closes on a tap outside', async () => {
    const { page, closed } = await openSheet();
    await page.touchscreen.tap(200, 100);
    await closed();
  });

  it('closes on Back, and Back again leads to the customers', async () => {
    const { page, closed } = await openSheet();
    await page.goBack();
    await closed();
  });

  it('leads to the upgrade', async () => {
    const { page, sheet } = await openSheet();
    await sheet.getByRole('link', { name: 'Şimdi yükselt' }).tap();
    await page.getByRole('heading', { name: /^Yükselt: / }).waitFor();
  });
});

/** Draws a finger over the page, which Playwright has no word for. */
async function swipe(page: Page, [fromX, fromY]: [number, number], [toX, toY]: [number, number], steps = 8) {
  const browser = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [{ x: fromX, y: fromY }]);
  for (let step = 1; step <= steps; step++) {
    const share = step / steps;
    await touch('touchMove', [{ x: fromX + (toX - fromX) * share, y: fromY + (toY - fromY) * share }]);
  }
  await touch('touchEnd', []);
}
