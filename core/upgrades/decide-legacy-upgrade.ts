import {
  creditForCancellation,
  cycleFeesDue,
  feesUntil,
  type LegacyRounding,
  type LegacyTerms,
  periodFee,
  purchaseLine,
} from '../ledger/legacy-billing.ts';
import { planTransfer } from '../licenses/plan-transfer.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Money, sumMoney } from '../values/money.ts';
import { servicePeriodAt, termAt } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { findRefusals, listedTargets } from './eligibility.ts';
import type { Refusal } from './refusal.ts';
import { unlistedRefusals } from './unlisted.ts';
import { type Outlook, totalsOf, type UpgradeDecision, type UpgradeRequest } from './upgrade-decision.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';

/**
 * Decides an upgrade on the legacy platform: the whole subscription ends and a new one begins that day, billed as cancellation plus purchase
 * at the current list price (S19, B6, product decision 2). Refused with every reason that holds.
 */
export function decideLegacyUpgrade(
  facts: UpgradeFacts,
  request: UpgradeRequest,
  effectiveOn: Temporal.PlainDate,
): Result<UpgradeDecision, Refusal[]> {
  const { catalog, subscription: source } = facts;
  const target = listedTargets(facts).find((offer) => offer.offerId === request.targetOfferId);
  const { quantity } = source;
  const requested = request.quantity ?? quantity;
  const refusals = target
    ? findRefusals(facts, target, request.upgradeType, requested)
    : unlistedRefusals(facts, request);
  if (requested !== quantity) refusals.push({ name: 'partial-upgrade-not-supported', quantity, requested });
  const targetUnitPrice = target && facts.prices.get(target.offerId)?.[source.billingCycle];
  if (refusals.length > 0 || !targetUnitPrice) return refused(refusals);

  const { legacy } = facts.rounding;
  const dueLines = cycleFeesDue(source, effectiveOn, legacy);
  const credits = creditForCancellation(source, [...facts.billed, ...dueLines], effectiveOn, legacy);
  const bought = {
    purchasedOn: effectiveOn,
    billingCycle: source.billingCycle,
    unitPrice: targetUnitPrice,
    quantity,
    autoRenew: source.autoRenew,
    termEndsOn: termAt(effectiveOn, effectiveOn).end,
  };
  const charges = [purchaseLine(bought)];
  const totals = totalsOf(targetUnitPrice.currency, credits, charges);
  return accepted({
    source,
    target,
    way: 'replacement',
    into: null,
    term: {
      termDuration: 'P1Y',
      billingCycle: source.billingCycle,
      termStartsOn: effectiveOn,
      termEndsOn: bought.termEndsOn,
      billedThrough: charges[0]?.period.end ?? effectiveOn,
      promotionId: null,
      cancellableUntil: null,
    },
    upgradeType: request.upgradeType,
    quantity,
    effectiveOn,
    targetUnitPrice,
    dueLines,
    targetDueLines: [],
    credits,
    charges,
    totals,
    outlook: outlookOf(source, bought, totals.credit, effectiveOn, legacy),
    transfer: planTransfer(catalog, facts.users, target, request.upgradeType, quantity),
  });
}

/** The same days at both prices, less what is credited: the difference that the upgrade makes. */
function outlookOf(
  source: Subscription,
  bought: Omit<LegacyTerms, 'billedThrough'>,
  credit: Money,
  on: Temporal.PlainDate,
  rounding: LegacyRounding | undefined,
): Outlook {
  const until = termAt(source.purchasedOn, on).end;
  const { end } = servicePeriodAt(source.purchasedOn, source.billingCycle, on);
  const saved = feesUntil({ ...source, billedThrough: end }, until, rounding);
  const owed = feesUntil({ ...bought, billedThrough: on.subtract({ days: 1 }) }, until, rounding);
  return {
    periodBefore: periodFee(source),
    periodAfter: periodFee(bought),
    until,
    extra: sumMoney(credit.currency, [credit, owed, { ...saved, minor: -saved.minor }]),
  };
}
