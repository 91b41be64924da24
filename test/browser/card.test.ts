import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Portal, startPortal, type View } from './browser.ts';
import { AYLIN, cardOf, expectFocus, isFocused, middleOf, seed, subscriptionsOf, tabTo } from './steps.ts';

let portal: Portal;
/** The subscriptions of a customer who has thirty, more than fit a window. */
let longList: string;
beforeAll(async () => {
  portal = await startPortal();
  const first = await seed(portal.deployment, { friendlyName: 'Kadro 01' });
  for (let number = 2; number <= 30; number++) {
    const friendlyName = `Kadro ${String(number).padStart(2, '0')}`;
    await seed(portal.deployment, { customerId: first.customerId, friendlyName, users: 0 });
  }
  longList = first.list;
});
afterAll(() => portal.stop());

const ENGLISH: View = { language: 'en' };

const openList = async (path: string, name?: RegExp) => cardOf(await portal.visit(path, AYLIN, ENGLISH), name);

/** The same with the page's clock standing still, so that a moment is exactly as long as a test says. */
async function openStopped(path: string) {
  const page = await portal.open(path, AYLIN, ENGLISH);
  const found = await cardOf(page);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  return { ...found, pass: (ms: number) => page.clock.runFor(ms) };
}
const gone = { state: 'detached' } as const;

describe('by pointer', () => {
  it('the card opens after a quarter of a second of rest, with nothing asked of the server', async () => {
    const { page, icon, card, pass } = await openStopped(subscriptionsOf(1));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await icon.hover();
    await pass(240);
    expect(await card.count()).toBe(0);
    await pass(20);
    await card.waitFor();
    expect(asked).toEqual([]);
  });

  it('a pointer that only passes by opens nothing', async () => {
    const { page, icon, card, pass } = await openStopped(subscriptionsOf(1));
    await icon.hover();
    await pass(200);
    await page.mouse.move(700, 600);
    await pass(1000);
    expect(await card.count()).toBe(0);
  });

  it('it stays while the pointer crosses into it and rests there, and closes a moment after both were left', async () => {
    const { page, icon, card, upgradeNow, pass } = await openStopped(subscriptionsOf(1));
    await icon.hover();
    await pass(260);
    await card.waitFor();
    const [from, to] = [await icon.boundingBox(), await upgradeNow.boundingBox()];
    if (!from || !to) throw new Error('nothing is drawn');
    // The gap between the two takes less than the grace.
    await page.mouse.move(from.x + 12, from.y + 26);
    await pass(250);
    await page.mouse.move(to.x + 20, to.y + 10);
    await pass(5000);
    expect(await card.isVisible()).toBe(true);
    await page.mouse.move(1000, 700);
    await pass(290);
    expect(await card.isVisible()).toBe(true);
    await pass(20);
    await card.waitFor(gone);
  });

  it('a click keeps it open when the pointer goes, and a second click closes it', async () => {
    const { page, icon, card, pass } = await openStopped(subscriptionsOf(1));
    await icon.click();
    await card.waitFor();
    await page.mouse.move(1000, 700);
    await pass(5000);
    expect(await card.isVisible()).toBe(true);
    expect(await icon.getAttribute('aria-expanded')).toBe('true');
    await icon.click();
    await card.waitFor(gone);
    expect(await icon.getAttribute('aria-expanded')).toBe('false');
  });

  it('a click outside closes it', async () => {
    const { page, icon, card } = await openList(subscriptionsOf(1));
    await icon.click();
    await card.waitFor();
    await page.getByRole('heading', { level: 1 }).click();
    await card.waitFor(gone);
  });

  it('there is one card at a time', async () => {
    const { page, icon, card } = await openList(longList, /Kadro 01/);
    // So high that the card of one lies over the icon of none of the two.
    await page.setViewportSize({ width: 1280, height: 1600 });
    await icon.hover();
    await card.waitFor();
    const second = page.getByRole('button', { name: /^Kadro 12/ });
    await second.hover();
    await expect.poll(() => second.getAttribute('aria-expanded')).toBe('true');
    expect(await card.count()).toBe(1);
    expect(await icon.getAttribute('aria-expanded')).toBe('false');
    await icon.click();
    await expect.poll(() => icon.getAttribute('aria-expanded')).toBe('true');
    expect(await card.count()).toBe(1);
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});

describe('by keyboard', () => {
  it('focus opens it at once, Tab goes in and Shift+Tab back to the icon', async () => {
    const { page, icon, card, upgradeNow } = await openList(subscriptionsOf(1));
    await tabTo(page, icon);
    await card.waitFor();
    expect(await isFocused(icon)).toBe(true);
    await page.keyboard.press('Tab');
    await expectFocus(upgradeNow);
    await page.keyboard.press('Shift+Tab');
    await expectFocus(icon);
    expect(await card.isVisible()).toBe(true);
  });

  it('leaving it forward closes it and goes on behind the icon', async () => {
    const { page, icon, card } = await openList(subscriptionsOf(1));
    await tabTo(page, icon);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expectFocus(page.getByRole('button', { name: /^More actions for/ }));
    await card.waitFor(gone);
  });

  it('leaving it backward closes it', async () => {
    const { page, icon, card } = await openList(subscriptionsOf(1));
    await tabTo(page, icon);
    await card.waitFor();
    await page.keyboard.press('Shift+Tab');
    await card.waitFor(gone);
    expect(await isFocused(icon)).toBe(false);
  });

  it.each(['Enter', 'Space'])('%s keeps it open and goes to “Upgrade now”', async (key) => {
    const { page, icon, card, upgradeNow } = await openList(subscriptionsOf(1));
    await tabTo(page, icon);
    await page.keyboard.press(key);
    await expectFocus(upgradeNow);
    expect(await card.isVisible()).toBe(true);
    await page.getByRole('searchbox').hover();
    expect(await isFocused(upgradeNow)).toBe(true);
  });

  it('the key I on a row opens it with the focus in it, and Esc leads back', async () => {
    const { page, icon, card, upgradeNow } = await openList(subscriptionsOf(1));
    const row = page.getByRole('row', { name: /Business Basic/ });
    await tabTo(page, row);
    await page.keyboard.press('i');
    await expectFocus(upgradeNow);
    await page.keyboard.press('Escape');
    await card.waitFor(gone);
    await expectFocus(icon);
  });

  it('the key I does nothing on a row that cannot be upgraded, nor once single keys are off', async () => {
    const { page, card } = await cardOf(await portal.open(subscriptionsOf(10), AYLIN, ENGLISH));
    await tabTo(page, page.getByRole('row', { name: /Business Basic/ }));
    await page.keyboard.press('ArrowDown');
    await expectFocus(page.getByRole('row', { name: /Saha Formları/ }));
    await page.keyboard.press('i');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByRole('switch').check();
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /Business Basic/ }).focus();
    await page.keyboard.press('i');
    expect(await card.count()).toBe(0);
  });
});

describe('Esc closes it and it does not open again before pointer or focus has left once', () => {
  it('with the focus on the icon', async () => {
    const { page, icon, card } = await openList(subscriptionsOf(1));
    await tabTo(page, icon);
    await card.waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor(gone);
    expect(await isFocused(icon)).toBe(true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expectFocus(icon);
    await card.waitFor();
  });

  it('from inside, with the focus back on the icon', async () => {
    const { page, icon, card, upgradeNow, pass } = await openStopped(subscriptionsOf(1));
    await icon.click();
    await expectFocus(upgradeNow);
    await page.keyboard.press('Escape');
    await card.waitFor(gone);
    await expectFocus(icon);
    await pass(1000);
    expect(await card.count()).toBe(0);
  });

  it('with the pointer on the icon and the focus elsewhere', async () => {
    const { page, icon, card, pass } = await openStopped(subscriptionsOf(1));
    await page.getByRole('searchbox').focus();
    await icon.hover();
    await pass(300);
    await card.waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor(gone);
    await page.mouse.move(...(await middleOf(icon, 2)));
    await pass(1000);
    expect(await card.count()).toBe(0);
    await page.mouse.move(1000, 700);
    await pass(1000);
    await icon.hover();
    await pass(300);
    await card.waitFor();
  });
});

describe('scrolling', () => {
  it('moves it with its row, and closes it when the row leaves the view', async () => {
    const { page, icon, card } = await openList(longList, /Kadro 02/);
    await icon.click();
    await card.waitFor();
    const distance = async () => ((await card.boundingBox())?.y ?? 0) - ((await icon.boundingBox())?.y ?? 0);
    const before = await distance();
    await page.mouse.move(1000, 700);
    await page.mouse.wheel(0, 120);
    await expect.poll(async () => Math.round(await page.evaluate<number>('window.scrollY'))).toBe(120);
    await expect.poll(async () => Math.abs((await distance()) - before)).toBeLessThan(2);
    await page.mouse.wheel(0, 1500);
    await card.waitFor(gone);
  });

  it('flips it above where it would be cut', async () => {
    const { icon, card } = await openList(longList, /Kadro 30/);
    await icon.scrollIntoViewIfNeeded();
    await icon.click();
    await card.waitFor();
    const [ofIcon, ofCard] = [await icon.boundingBox(), await card.boundingBox()];
    expect((ofCard?.y ?? 0) + (ofCard?.height ?? 0)).toBeLessThanOrEqual(ofIcon?.y ?? 0);
    expect(ofCard?.y).toBeGreaterThanOrEqual(0);
  });
});
