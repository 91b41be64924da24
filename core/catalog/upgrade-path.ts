import type { Platform } from './offer.ts';

/**
 * An edge source offer to target offer. `listed` stands in the upgrade table, `open` has a weaker source and is off until a partner
 * switches it on, `refused` is ruled out by name and stays off (S7 to S9, S8d).
 */
export type UpgradePath = {
  readonly pathId: string;
  readonly platform: Platform;
  readonly fromOfferId: string;
  readonly toOfferId: string;
  readonly standing: 'listed' | 'open' | 'refused';
  readonly enabled: boolean;
  readonly markets: readonly string[] | null;
  readonly sources: readonly string[];
  /** What there is to know about it. */
  readonly note: { readonly en: string; readonly tr: string } | null;
};

/**
 * A partner's own word on a path, for some markets and days or for all (null). Switched on, the path is open there and nowhere else; switched
 * off, it is closed there, and elsewhere the catalog's word holds. Days are inclusive.
 */
export type PathSwitch = {
  readonly pathId: string;
  readonly enabled: boolean;
  readonly markets: readonly string[] | null;
  readonly validFrom: Temporal.PlainDate | null;
  readonly validUntil: Temporal.PlainDate | null;
};

/** Whether a partner's customers in this market may take the path on this day. */
export function isPathOpen(
  path: UpgradePath,
  switched: PathSwitch | undefined,
  market: string,
  day: Temporal.PlainDate,
): boolean {
  if (path.standing === 'refused') return false;
  if (path.markets && !path.markets.includes(market)) return false;
  if (!switched) return path.enabled;
  const inside = isMeant(switched, market, day);
  return switched.enabled ? inside : path.enabled && !inside;
}

function isMeant({ markets, validFrom, validUntil }: PathSwitch, market: string, day: Temporal.PlainDate): boolean {
  return (
    (markets === null || markets.includes(market)) &&
    (validFrom === null || Temporal.PlainDate.compare(validFrom, day) <= 0) &&
    (validUntil === null || Temporal.PlainDate.compare(day, validUntil) <= 0)
  );
}
