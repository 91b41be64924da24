import type { CDPSession, Page } from 'playwright-core';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { createProfile, launchChromium, signIn } from '../test/browser/browser.ts';
import { openSettled, settle } from './settle.ts';

export type PortalFigures = {
  readonly firstLoadKb: number;
  /** How many requests follow each other before the first page shows its data; the page itself does not count. */
  readonly depth: number;
  readonly firstPaintMs: number;
  readonly laterPaintMs: number;
  /** The largest paint of a page of one word in the same browser. */
  readonly barePaintMs: number;
  /** The slowest of the interactions on a processor slowed four times, and which it was. */
  readonly interaction: { readonly ms: number; readonly what: string };
};

const SLOWED = 4;
const VISITS = 5;

/** Measures the portal in a real browser with the browser's own figures. */
export async function measurePortal(address: string): Promise<PortalFigures> {
  const browser = await launchChromium();
  try {
    const first: number[] = [];
    const later: number[] = [];
    const bare: number[] = [];
    let load = { kb: 0, depth: 0 };
    for (let visit = 0; visit < VISITS; visit++) {
      const profile = await createProfile(browser, { language: 'tr' });
      await signIn(profile, address, 'aylin@kuzey.example');
      const page = await profile.newPage();
      const traffic = await watchTraffic(page);
      first.push(await paintOf(page, `${address}/customers`));
      load = traffic();
      later.push(await paintOf(page, `${address}/customers`));
      bare.push(await paintOf(page, `${address}/health/live`));
      await profile.close();
    }
    const profile = await createProfile(browser, { language: 'tr' });
    await signIn(profile, address, 'aylin@kuzey.example');
    const interaction = await slowestInteraction(await profile.newPage(), address);
    const figures = { firstPaintMs: middle(first), laterPaintMs: middle(later), barePaintMs: middle(bare) };
    return { firstLoadKb: load.kb, depth: load.depth, ...figures, interaction };
  } finally {
    await browser.close();
  }
}

/** Opens an address and waits until nothing more arrives; the moment of the largest paint. */
async function paintOf(page: Page, address: string): Promise<number> {
  await openSettled(page, address);
  return page.evaluate<number>(`new Promise((resolve) =>
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
      .observe({ type: 'largest-contentful-paint', buffered: true }))`);
}

type Initiator = { readonly type: string; readonly url?: string; readonly stack?: Stack };
type Stack = { readonly callFrames: readonly { readonly url: string }[]; readonly parent?: Stack };

/** Counts what scripts weigh on the wire, and how deep the chain of requests is that start one another. */
async function watchTraffic(page: Page): Promise<() => { kb: number; depth: number }> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const depths = new Map<string, number>();
  const scripts = new Set<string>();
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator, type }) => {
    const from = startersOf(initiator as Initiator).map((url) => depths.get(url) ?? 0);
    depths.set(request.url, type === 'Document' ? 0 : 1 + Math.max(0, ...from));
    if (request.url.endsWith('.js')) scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  return () => ({ kb: bytes / 1024, depth: Math.max(...depths.values()) });
}

/** The scripts whose running made the request; a chunk that waited for its own code counts, what merely called it does not. */
function startersOf({ type, url, stack }: Initiator): string[] {
  if (type !== 'script') return url ? [url] : [];
  const top = stack?.callFrames[0]?.url ?? stack?.parent?.callFrames[0]?.url;
  return top ? [top] : [];
}

/** What an agent does most, on a slow machine: the browser's own duration from the input to the next paint. */
async function slowestInteraction(page: Page, address: string): Promise<{ ms: number; what: string }> {
  const session = await page.context().newCDPSession(page);
  await page.addInitScript(`
    window.slowest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.interactionId) window.slowest = Math.max(window.slowest, entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });`);
  let slowest = { ms: 0, what: '' };
  const measured = async (what: string, act: () => Promise<unknown>) => {
    await page.evaluate('window.slowest = 0');
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    await act();
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 700))');
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const ms = await page.evaluate<number>('window.slowest');
    if (ms > slowest.ms) slowest = { ms, what };
  };
  await openSettled(page, `${address}/customers`);
  await measured('typing into the search', () => page.getByRole('searchbox').pressSequentially('izmir'));
  await measured('a filter', () => page.getByRole('button', { name: 'Yükseltilebilir', exact: true }).first().click());
  await openSettled(page, `${address}/customers/${customerId(10)}/subscriptions`);
  await measured('the card', () => page.getByRole('button', { name: /: yükseltilebilir/ }).click());
  const upgrade = `${address}/customers/${customerId(10)}/subscriptions/${subscriptionId(10)}/upgrade`;
  await openSettled(page, `${upgrade}?to=${OFFERS.businessStandard}`);
  await measured('choosing an offer', () => page.getByRole('radio', { name: 'Office 365 Kurumsal E3' }).click());
  await settle(page);
  await measured('the confirmation', () => page.getByRole('button', { name: 'Gönder' }).click());
  return slowest;
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
