import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { offerOf } from '../upgrades/upgrade-facts.fixture.ts';
import { parseUnitPrice } from '../values/money.ts';
import type { Offer } from './offer.ts';
import { pathState } from './path-state.ts';
import type { PathSwitch, UpgradePath } from './upgrade-path.ts';
import { cheapestWay, isWay, type PathMap } from './upgrade-way.ts';

const { catalog } = loadCatalog();
const DAY = Temporal.PlainDate.from('2026-11-16');
const PRICES: Readonly<Record<string, string>> = {
  'business-basic': '7.00',
  'business-standard': '14.00',
  'o365-e1': '10.00',
  'o365-e3': '26.00',
  'o365-e5': '38.00',
};

/** The catalog as a partner of a market sees it. */
function mapIn(market: string, { switches = [], prices = PRICES }: Bent = {}): PathMap {
  const offer = (offerId: string) => catalog.offers.get(offerId) as Offer;
  return {
    paths: catalog.paths.map((path) => {
      const switched = switches.find(({ pathId }) => pathId === path.pathId);
      return { path, standing: pathState(path, { target: offer(path.toOfferId), switched, market, day: DAY }) };
    }),
    offerOf: offer,
    priceOf: (offerId) => {
      const price = prices[offer(offerId).key.replace('nce-', '')];
      return price === undefined ? undefined : parseUnitPrice(price, 'USD');
    },
  };
}
type Bent = { readonly switches?: readonly PathSwitch[]; readonly prices?: Readonly<Record<string, string>> };

const idOf = (key: string) => offerOf(catalog, key).offerId;
const wayBetween = (map: PathMap, from: string, to: string) => {
  const found = cheapestWay(map, idOf(from), idOf(to));
  return isWay(found)
    ? { steps: found.steps.map(({ path }) => path.pathId), between: found.between.micros }
    : { reason: found.reason, needed: found.needed.map(({ pathId }) => pathId) };
};
const switchOf = (pathId: string, enabled: boolean): PathSwitch => {
  return { pathId, enabled, markets: null, validFrom: null, validUntil: null };
};

describe('the cheapest way from one offer to another', () => {
  it('is the direct path where one is open: nothing lies in between', () => {
    const way = wayBetween(mapIn('TR'), 'business-basic', 'o365-e3');
    expect(way).toEqual({ steps: ['business-basic--o365-e3'], between: 0n });
  });

  it('goes by the offer that costs the least where it needs a stop', () => {
    const way = wayBetween(mapIn('TR'), 'nce-business-basic', 'nce-o365-e3');
    expect(way).toEqual({
      steps: ['nce-business-basic--nce-o365-e1', 'nce-o365-e1--nce-o365-e3'],
      between: 10_000_000n,
    });
  });

  it('tells of each step what it costs more, what it adds and what it takes away', () => {
    const found = cheapestWay(mapIn('TR'), idOf('nce-business-standard'), idOf('nce-o365-e1'));
    const step = isWay(found) ? found.steps[0] : undefined;
    expect(step?.price.micros).toBe(10_000_000n);
    expect(step?.difference?.micros).toBe(-4_000_000n);
    expect(step?.services.loses).toContain('desktopApps');
  });

  it('has no difference to tell where the first offer is no longer on the list', () => {
    const map = mapIn('TR', { prices: { 'o365-e3': '26.00' } });
    const found = cheapestWay(map, idOf('business-basic'), idOf('o365-e3'));
    expect(isWay(found) && found.steps.map(({ difference }) => difference)).toEqual([null]);
  });

  it('goes over a path that the partner switched on, and not over one that it switched off', () => {
    const on = mapIn('TR', { switches: [switchOf('nce-business-standard--nce-o365-e5', true)] });
    expect(wayBetween(on, 'nce-business-basic', 'nce-o365-e5')).toMatchObject({ between: 14_000_000n });
    const off = mapIn('TR', { switches: [switchOf('business-basic--o365-e3', false)] });
    expect(wayBetween(off, 'business-basic', 'o365-e3')).toMatchObject({ between: 14_000_000n });
  });
});

describe('where there is no way', () => {
  it.each([
    ['the offer is the same', 'business-basic', 'business-basic', { reason: 'same-offer', needed: [] }],
    ['the offer is of the other platform', 'business-basic', 'nce-o365-e3', { reason: 'other-platform', needed: [] }],
    ['the target has no price', 'business-basic', 'm365-e3', { reason: 'not-priced', needed: [] }],
    ['no path leads on at all', 'o365-e3', 'business-basic', { reason: 'unconnected', needed: [] }],
    [
      'the path is ruled out by name',
      'business-basic-india',
      'business-standard',
      { reason: 'refused-by-name', needed: [] },
    ],
    [
      'a path would have to be switched on',
      'nce-business-standard',
      'nce-o365-e5',
      { reason: 'switched-off', needed: ['nce-business-standard--nce-o365-e5'] },
    ],
  ])('says why: %s', (_why, from, to, none) => {
    expect(wayBetween(mapIn('TR'), from, to)).toEqual(none);
  });

  it('says that it is open in another market alone', () => {
    const prices = { ...PRICES, 'business-standard-india': '3.00' };
    const none = { reason: 'other-market', needed: ['business-basic-india--business-standard-india'] };
    expect(wayBetween(mapIn('TR', { prices }), 'business-basic-india', 'business-standard-india')).toEqual(none);
    const inIndia = wayBetween(mapIn('IN', { prices }), 'business-basic-india', 'business-standard-india');
    expect(inIndia).toMatchObject({ between: 0n });
  });

  it('never stops at an offer without a price', () => {
    const map = mapIn('TR', { prices: { 'business-basic': '7.00', 'o365-e3': '26.00' } });
    expect(wayBetween(map, 'nce-business-basic', 'nce-o365-e3')).toMatchObject({ reason: 'unconnected' });
  });
});

const NODES = ['a', 'b', 'c', 'd', 'e'];
const anyWorld = fc.record({
  prices: fc.array(fc.option(fc.bigInt({ min: 0n, max: 9n }), { freq: 6, nil: undefined }), {
    minLength: 5,
    maxLength: 5,
  }),
  edges: fc.uniqueArray(fc.tuple(fc.constantFrom(...NODES), fc.constantFrom(...NODES)), {
    maxLength: 14,
    selector: ([from, to]) => `${from}${to}`,
  }),
});

/** What every way without a circle costs, and of how many steps it is. */
function enumerate(edges: readonly (readonly string[])[], priceOf: (id: string) => bigint | undefined): Cost[] {
  const go = (at: string, seen: readonly string[], cost: bigint): Cost[] =>
    at === 'e'
      ? [{ cost, steps: seen.length - 1 }]
      : edges
          .filter(([from, to = '']) => from === at && !seen.includes(to) && priceOf(to) !== undefined)
          .flatMap(([, to = '']) => go(to, [...seen, to], to === 'e' ? cost : cost + (priceOf(to) ?? 0n)));
  return go('a', ['a'], 0n);
}
type Cost = { readonly cost: bigint; readonly steps: number };

describe('among all ways there are', () => {
  it('the way found is connected, and no other is cheaper, or as cheap and shorter', () => {
    fc.assert(
      fc.property(anyWorld, ({ prices, edges }) => {
        const priceOf = (id: string) => prices[NODES.indexOf(id)];
        const base = offerOf(catalog, 'business-basic');
        const paths = edges.map(([fromOfferId, toOfferId]) => {
          const path = { pathId: `${fromOfferId}${toOfferId}`, fromOfferId, toOfferId } as UpgradePath;
          return { path, standing: { state: 'open' as const } };
        });
        const found = cheapestWay(
          {
            paths,
            offerOf: (offerId) => ({ ...base, offerId }),
            priceOf: (offerId) => {
              const micros = priceOf(offerId);
              return micros === undefined ? undefined : { micros, currency: 'USD' };
            },
          },
          'a',
          'e',
        );
        const all = enumerate(edges, priceOf);
        expect(isWay(found)).toBe(all.length > 0 && priceOf('e') !== undefined);
        if (!isWay(found)) return;
        const taken = found.steps.map(({ path }) => path);
        expect([taken[0]?.fromOfferId, taken.at(-1)?.toOfferId]).toEqual(['a', 'e']);
        for (const [index, path] of taken.slice(1).entries()) expect(path.fromOfferId).toBe(taken[index]?.toOfferId);
        for (const { cost, steps } of all) {
          expect(found.between.micros <= cost).toBe(true);
          if (found.between.micros === cost) expect(taken.length).toBeLessThanOrEqual(steps);
        }
      }),
    );
  });
});
