import { isSoldIn, type Offer } from './offer.ts';
import { isPathOpen, type PathSwitch, type UpgradePath } from './upgrade-path.ts';

/** How a path stands in a market: `elsewhere` is open in other markets alone, `off` is known and switched off, `refused` is ruled out by name. */
export type PathState =
  | { readonly state: 'open' | 'off' | 'refused' }
  | { readonly state: 'elsewhere'; readonly markets: readonly string[] };

/** The state on a day of a path, with the partner's own word on it; a target that the market does not sell is not open there. */
export function pathState(
  path: UpgradePath,
  { target, switched, market, day }: Facts & { readonly market: string },
): PathState {
  if (path.standing === 'refused') return { state: 'refused' };
  const isOpenIn = (one: string) => isPathOpen(path, switched, one, day) && isSoldIn(target, one);
  if (isOpenIn(market)) return { state: 'open' };
  const named = new Set([...(path.markets ?? []), ...(switched?.markets ?? []), ...(target.markets ?? [])]);
  const markets = [...named].filter(isOpenIn);
  return markets.length > 0 ? { state: 'elsewhere', markets } : { state: 'off' };
}

type Facts = {
  readonly target: Offer;
  readonly switched: PathSwitch | undefined;
  readonly day: Temporal.PlainDate;
};
