import { UPGRADE_TYPES } from '../customers/relationship.ts';
import type { TenantHolding } from '../subscriptions/subscription.ts';
import { unlistedRefusals } from './unlisted.ts';
import { findRefusals, listedTargets } from './eligibility.ts';
import type { SubscriptionFacts } from './upgrade-facts.ts';
import type { Refusal } from './refusal.ts';

/** A subscription that stands in the way of a target: the families that it already gives, and whether it is the target itself. */
export type Blocking = {
  readonly holding: TenantHolding;
  readonly families: readonly string[];
  readonly isTarget: boolean;
};

/** Every reason against one target, listed or not, by the upgrade type with fewer of them: it is what stands nearest. */
export function refusalsAgainst(facts: SubscriptionFacts, targetOfferId: string): Refusal[] {
  const target = listedTargets(facts).find((offer) => offer.offerId === targetOfferId);
  const ofTypes = UPGRADE_TYPES.map((upgradeType) =>
    target ? findRefusals(facts, target, upgradeType) : unlistedRefusals(facts, { targetOfferId, upgradeType }),
  );
  return ofTypes.toSorted((one, other) => one.length - other.length)[0] ?? [];
}

/** The subscriptions behind conditions 3 and 4, each once with all that it gives (S14 to S17). */
export function findBlocking(refusals: readonly Refusal[]): Blocking[] {
  const overlaps = refusals.flatMap((one) => (one.name === 'services-already-owned' ? one.overlaps : []));
  const owned = refusals.flatMap((one) => (one.name === 'target-already-owned' ? one.holdings : []));
  const holdings = new Set([...overlaps.map(({ holding }) => holding), ...owned]);
  return [...holdings].map((holding) => ({
    holding,
    families: overlaps.filter((one) => one.holding === holding).map(({ family }) => family),
    isTarget: owned.includes(holding),
  }));
}

/**
 * The day on which to look again: the one after the last of the foreign terms that is known and still to come, because all of them have to
 * be gone. Null where no such day is known.
 */
export function nextCheck(blocking: readonly Blocking[], today: Temporal.PlainDate): Temporal.PlainDate | null {
  const ends = blocking
    .filter(({ holding }) => !holding.ours)
    .flatMap(({ holding }) => holding.endsOn ?? [])
    .filter((day) => Temporal.PlainDate.compare(day, today) >= 0)
    .toSorted((one, other) => Temporal.PlainDate.compare(one, other));
  return ends.at(-1)?.add({ days: 1 }) ?? null;
}
