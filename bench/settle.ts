import type { Page } from 'playwright-core';

/** Waits until nothing more arrives, but for the stream of changes, which never ends. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    let before = -1;
    const look = () => {
      const count = performance.getEntriesByType('resource').length;
      if (count === before) return resolve();
      before = count;
      setTimeout(look, 500);
    };
    look();
  })`);
}

export async function openSettled(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await settle(page);
}
