import type { Page } from 'playwright-core';
import { createProfile, launchChromium, signIn } from '../test/browser/browser.ts';
import { openSettled, settle } from './settle.ts';
import { type Trace, traced } from './traces.ts';

export type LargePortalFigures = {
  readonly firstPaintMs: number;
  readonly laterPaintMs: number;
  /** From an input to the paint that answers it, on a processor slowed four times; the slowest first. */
  readonly interactions: readonly { readonly what: string; readonly ms: number }[];
  readonly scrolling: {
    readonly rows: number;
    readonly framesPerSecond: number;
    /** Of a hundred frames the second longest. */
    readonly p99Ms: number;
    /** The same of a page of bare rows without a script. */
    readonly bareFramesPerSecond: number;
  };
};

const SLOWED = 4;
const SETTLES_MS = 1_000;
const SCROLLED_PX = 60_000;
const SCROLLED_PX_PER_S = 12_000;

/** What the agent of a distributor feels who has all of its customers in one list, by the traces of a real browser. */
export async function measureLargePortal(address: string, agent: string): Promise<LargePortalFigures> {
  const browser = await launchChromium();
  try {
    const profile = await createProfile(browser, { language: 'tr' });
    await signIn(profile, address, agent);
    const page = await profile.newPage();
    const open = () => traced(page, () => openSettled(page, `${address}/customers`));
    const first = await open();
    const later = await open();
    const interactions = await measureInteractions(page, address);
    const rows = await scrollToEnd(page, address);
    const scrolled = await traced(page, () => scroll(page));
    await page.goto('about:blank');
    const line = '<p style="height:49px;margin:0">satır</p>';
    await page.setContent(`<!doctype html>${line.repeat(5_000)}`);
    const bare = await traced(page, () => scroll(page));
    return {
      firstPaintMs: first.largestPaintMs,
      laterPaintMs: later.largestPaintMs,
      interactions,
      scrolling: {
        rows,
        framesPerSecond: framesPerSecond(scrolled),
        p99Ms: scrolled.framesMs.at(Math.floor(scrolled.framesMs.length * 0.99)) ?? Number.NaN,
        bareFramesPerSecond: framesPerSecond(bare),
      },
    };
  } finally {
    await browser.close();
  }
}

async function measureInteractions(page: Page, address: string): Promise<LargePortalFigures['interactions']> {
  const session = await page.context().newCDPSession(page);
  const interactions: { what: string; ms: number }[] = [];
  const measured = async (what: string, act: () => Promise<unknown>) => {
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    const { slowestInteractionMs: ms } = await traced(page, async () => {
      await act();
      // What the browser notes of an input it notes after the paint.
      await page.waitForTimeout(SETTLES_MS);
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    interactions.push({ what, ms });
    await settle(page);
  };
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  await openSettled(page, `${address}/customers`);
  await measured('typing into the search of the list', () => page.getByRole('searchbox').pressSequentially('teks'));
  await measured('emptying it', () => page.getByRole('searchbox').fill(''));
  await measured('a filter', () => press('Yükseltilebilir'));
  await measured('the filter taken back', () => press('Yükseltilebilir'));
  await measured('another order', () => page.getByRole('combobox').first().selectOption('-name'));
  await measured('search everywhere', () => page.keyboard.press('Control+K'));
  await measured('typing there', () => page.getByRole('combobox').pressSequentially('ayşe'));
  await page.keyboard.press('Escape');
  await measured('opening a customer', () => page.getByRole('row').nth(3).getByRole('link').first().click());
  await measured('another tab of the customer', () => page.getByRole('link', { name: 'Kullanıcılar' }).first().click());
  await measured('the upgrades', () =>
    page.getByRole('navigation').getByRole('link', { name: 'Yükseltmeler' }).click(),
  );
  return interactions.toSorted((one, other) => other.ms - one.ms);
}

/** Scrolls until nothing more comes; how many rows there are then. */
async function scrollToEnd(page: Page, address: string): Promise<number> {
  await openSettled(page, `${address}/customers`);
  const more = page.getByRole('button', { name: 'Daha fazla göster' });
  while (await more.isVisible()) {
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await settle(page);
  }
  return page.evaluate<number>(`Number(document.querySelector('table').getAttribute('aria-rowcount')) - 1`);
}

/** As a finger does it, from the top. */
async function scroll(page: Page): Promise<void> {
  await page.evaluate('window.scrollTo(0, 0)');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.synthesizeScrollGesture', {
    x: 640,
    y: 500,
    yDistance: -SCROLLED_PX,
    speed: SCROLLED_PX_PER_S,
  });
  await session.detach();
}

function framesPerSecond({ framesMs }: Trace): number {
  return (framesMs.length / framesMs.reduce((sum, ms) => sum + ms, 0)) * 1000;
}
