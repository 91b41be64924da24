import { listedTargets, refusalsOf } from './eligibility.ts';
import type { Refusal } from './refusal.ts';
import type { UpgradeRequest } from './upgrade-decision.ts';
import type { SubscriptionFacts } from './upgrade-facts.ts';

/** What stands in the way of a target that the upgrade table does not name. */
export function unlistedRefusals(
  facts: SubscriptionFacts,
  { targetOfferId, upgradeType }: Pick<UpgradeRequest, 'targetOfferId' | 'upgradeType'>,
): Refusal[] {
  const { offerId } = facts.subscription;
  const unlisted: Refusal =
    listedTargets(facts).length === 0
      ? { name: 'no-upgrade-path', offerId }
      : { name: 'target-not-listed', fromOfferId: offerId, toOfferId: targetOfferId };
  return [...refusalsOf(facts).source(upgradeType), unlisted];
}
