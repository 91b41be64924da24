import type { Result } from '../values/result.ts';
import { decideLegacyUpgrade } from './decide-legacy-upgrade.ts';
import { decideTransition } from './decide-transition.ts';
import type { Refusal } from './refusal.ts';
import type { UpgradeDecision, UpgradeRequest } from './upgrade-decision.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';

/** Decides an upgrade by the rules of the subscription's platform. Refused with every reason that holds. */
export function decideUpgrade(
  facts: UpgradeFacts,
  request: UpgradeRequest,
  effectiveOn: Temporal.PlainDate,
): Result<UpgradeDecision, Refusal[]> {
  return facts.subscription.platform === 'legacy'
    ? decideLegacyUpgrade(facts, request, effectiveOn)
    : decideTransition(facts, request, effectiveOn);
}
