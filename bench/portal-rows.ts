import { ms, type Row } from './measure.ts';
import type { LargePortalFigures } from './portal-large.ts';
import { measurePortal } from './portal.ts';
import { measureRouteSizes } from './route-sizes.ts';

const NAMED = 3;

/** What the portal weighs and how soon it is seen. */
export async function inBrowser(address: string): Promise<Row[]> {
  const { firstLoadKb, depth, firstPaintMs, laterPaintMs, barePaintMs, interaction } = await measurePortal(address);
  const { pages } = await measureRouteSizes();
  const heaviest = pages.slice(0, NAMED).map(({ page, kb }) => `${page} ${kb.toFixed(0)} kB`);
  const bare = `a page of one word: ${ms(barePaintMs)}`;
  return [
    {
      what: 'portal: scripts of the first load, compressed',
      goal: '350 kB',
      measured: `${firstLoadKb.toFixed(0)} kB`,
      limit: '-',
    },
    {
      what: `portal: a page’s own scripts, compressed, the heaviest of ${pages.length}`,
      goal: '120 kB',
      measured: heaviest.join(', '),
      limit: '-',
    },
    { what: 'portal: requests that follow one another', goal: '2', measured: String(depth), limit: '-' },
    { what: 'portal: largest contentful paint, first visit', goal: '1.5 s', measured: ms(firstPaintMs), limit: bare },
    { what: 'portal: largest contentful paint, later', goal: '0.6 s', measured: ms(laterPaintMs), limit: bare },
    {
      what: 'portal: interaction to next paint, processor slowed four times',
      goal: '100 ms',
      measured: `${ms(interaction.ms)} (slowest: ${interaction.what})`,
      limit: '-',
    },
  ];
}

/** The same with all customers of a distributor in one list. */
export function inLargeBrowser({ firstPaintMs, laterPaintMs, interactions, scrolling }: LargePortalFigures): Row[] {
  const slowest = interactions.slice(0, NAMED).map(({ what, ms: duration }) => `${ms(duration)} (${what})`);
  const { rows, framesPerSecond, p99Ms, bareFramesPerSecond } = scrolling;
  return [
    { what: 'the same: largest contentful paint, first visit', goal: '1.5 s', measured: ms(firstPaintMs), limit: '-' },
    { what: 'the same: largest contentful paint, later', goal: '0.6 s', measured: ms(laterPaintMs), limit: '-' },
    {
      what: `the same: interaction to next paint, processor slowed four times, the slowest of ${interactions.length}`,
      goal: '100 ms',
      measured: slowest.join(', '),
      limit: '-',
    },
    {
      what: `the same: scrolling ${rows.toLocaleString('en')} rows`,
      goal: '60 frames/s',
      measured: `${framesPerSecond.toFixed(0)} frames/s, p99 ${ms(p99Ms)}`,
      limit: `bare rows without a script: ${bareFramesPerSecond.toFixed(0)} frames/s`,
    },
  ];
}
