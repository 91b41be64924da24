import type { UnitPrice } from '../values/money.ts';
import type { Offer } from './offer.ts';
import type { PathState } from './path-state.ts';
import { compareServices, type ServiceComparison } from './service-plan.ts';
import type { UpgradePath } from './upgrade-path.ts';

/** Paths as they stand, and what one license of each offer costs for a month. */
export type PathMap = {
  readonly paths: readonly { readonly path: UpgradePath; readonly standing: PathState }[];
  readonly offerOf: (offerId: string) => Offer;
  readonly priceOf: (offerId: string) => UnitPrice | undefined;
};

export type WayStep = {
  readonly path: UpgradePath;
  /** Of the target, per license and month. */
  readonly price: UnitPrice;
  /** From the price of the step's source; null: that is not on the list. */
  readonly difference: UnitPrice | null;
  readonly services: ServiceComparison;
};

export type Way = {
  readonly steps: readonly WayStep[];
  /** What a month of the offers in between costs by the list; none for a single step. */
  readonly between: UnitPrice;
};

/** Why no way leads there. `needed` are the paths that would have to be open for it. */
export type NoWay = {
  readonly reason:
    | 'same-offer'
    | 'other-platform'
    | 'not-priced'
    | 'refused-by-name'
    | 'other-market'
    | 'switched-off'
    | 'unconnected';
  readonly needed: readonly UpgradePath[];
};

/**
 * The cheapest way from one offer to another over open paths: a month of the offers in between costs the least by the list, since each has to
 * be bought; of equals, the one of fewer steps. A step to an offer without a price cannot be gone.
 */
export function cheapestWay(map: PathMap, fromId: string, toId: string): Way | NoWay {
  const [from, to] = [map.offerOf(fromId), map.offerOf(toId)];
  if (fromId === toId) return { reason: 'same-offer', needed: [] };
  if (from.platform !== to.platform) return { reason: 'other-platform', needed: [] };
  const last = map.priceOf(toId);
  if (!last) return { reason: 'not-priced', needed: [] };
  const over = (...states: readonly PathState['state'][]) =>
    route(
      map.paths.filter(({ standing }) => states.includes(standing.state)).map(({ path }) => path),
      map.priceOf,
      { fromId, toId },
    );
  const found = over('open');
  if (found)
    return { steps: found.taken.map((path) => stepOf(map, path)), between: { ...last, micros: found.between } };
  return whyNone(map, { fromId, toId }, over);
}

export function isWay(answer: Way | NoWay): answer is Way {
  return 'steps' in answer;
}

type Ends = { readonly fromId: string; readonly toId: string };

function whyNone(
  { paths }: PathMap,
  { fromId, toId }: Ends,
  over: (...states: readonly PathState['state'][]) => Route | undefined,
): NoWay {
  const direct = paths.find(({ path }) => path.fromOfferId === fromId && path.toOfferId === toId);
  if (direct?.standing.state === 'refused') return { reason: 'refused-by-name', needed: [] };
  const stateOf = new Map(paths.map(({ path, standing }) => [path, standing.state]));
  const missing = (route: Route) => route.taken.filter((path) => stateOf.get(path) !== 'open');
  const elsewhere = over('open', 'elsewhere');
  if (elsewhere) return { reason: 'other-market', needed: missing(elsewhere) };
  const off = over('open', 'elsewhere', 'off');
  if (off) return { reason: 'switched-off', needed: missing(off) };
  return { reason: 'unconnected', needed: [] };
}

type Route = { readonly at: string; readonly between: bigint; readonly taken: readonly UpgradePath[] };

/** Dijkstra's algorithm; prices are not negative, and of routes that cost the same the shorter one comes first. */
function route(paths: readonly UpgradePath[], priceOf: PathMap['priceOf'], { fromId, toId }: Ends): Route | undefined {
  const settled = new Set<string>();
  let ahead: readonly Route[] = [{ at: fromId, between: 0n, taken: [] }];
  for (let best = ahead[0]; best; best = ahead[0]) {
    const { at, between, taken } = best;
    if (at === toId) return best;
    settled.add(at);
    const passed = at === fromId ? between : between + (priceOf(at)?.micros ?? 0n);
    const further = paths
      .filter((path) => path.fromOfferId === at && priceOf(path.toOfferId))
      .map((path) => ({ at: path.toOfferId, between: passed, taken: [...taken, path] }));
    ahead = [...ahead, ...further].filter((one) => !settled.has(one.at)).toSorted(byCost);
  }
  return undefined;
}

function byCost(one: Route, other: Route): number {
  if (one.between !== other.between) return one.between < other.between ? -1 : 1;
  return one.taken.length - other.taken.length;
}

function stepOf({ offerOf, priceOf }: PathMap, path: UpgradePath): WayStep {
  const price = priceOf(path.toOfferId);
  if (!price) throw new RangeError(`no price of ${path.toOfferId}, to which the way leads`);
  return { path, price, ...compareEnds({ offerOf, priceOf }, path) };
}

/** What a path changes: the price of a license and month, null where the list lacks one of them, and the services. */
export function compareEnds(
  { offerOf, priceOf }: Pick<PathMap, 'offerOf' | 'priceOf'>,
  { fromOfferId, toOfferId }: UpgradePath,
): Pick<WayStep, 'difference' | 'services'> {
  const [before, after] = [priceOf(fromOfferId), priceOf(toOfferId)];
  return {
    difference: before && after ? { ...after, micros: after.micros - before.micros } : null,
    services: compareServices(offerOf(fromOfferId).servicePlans, offerOf(toOfferId).servicePlans),
  };
}
