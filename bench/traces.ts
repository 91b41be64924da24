import type { Page } from 'playwright-core';

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  /** Microseconds. */
  readonly ts: number;
  readonly args: { readonly data?: { readonly interactionId?: number; readonly duration?: number } };
};

/** What the browser itself wrote down while something was done: frames, inputs and paints. */
export type Trace = {
  /** From the start of the navigation to the largest paint. */
  readonly largestPaintMs: number;
  /** The slowest, from an input to the paint that answers it; 0: there was none. */
  readonly slowestInteractionMs: number;
  /** The moments between one drawn frame and the next, the longest last. */
  readonly framesMs: readonly number[];
};

const CATEGORIES = ['blink.user_timing', 'loading', 'devtools.timeline', 'disabled-by-default-devtools.timeline.frame'];

/** Does something in a page under the browser's own trace. */
export async function traced(page: Page, act: () => Promise<unknown>): Promise<Trace> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser of its own.');
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const momentsOf = (name: string) => traceEvents.filter((event) => event.name === name).map(({ ts }) => ts / 1000);
  const drawn = momentsOf('DrawFrame').toSorted(ascending);
  const navigated = Math.max(...momentsOf('navigationStart'));
  const interactions = traceEvents.filter(({ name, args }) => name === 'EventTiming' && args.data?.interactionId);
  return {
    largestPaintMs: Math.max(...momentsOf('largestContentfulPaint::Candidate')) - navigated,
    slowestInteractionMs: Math.max(0, ...interactions.map(({ args }) => args.data?.duration ?? 0)),
    framesMs: drawn
      .flatMap((moment, place) => (place === 0 ? [] : moment - (drawn[place - 1] ?? 0)))
      .toSorted(ascending),
  };
}

function ascending(one: number, other: number): number {
  return one - other;
}
