import type { Offer } from '../catalog/offer.ts';
import type { UpgradeType } from '../customers/relationship.ts';
import type { BilledLine, BillingLine } from '../ledger/charge.ts';
import {
  creditForCancellation,
  cycleFeesDue,
  feesUntil,
  type LegacyTerms,
  periodFee,
  purchaseLine,
} from '../ledger/legacy-billing.ts';
import type { LicensedUser } from '../licenses/license.ts';
import { planTransfer, type TransferPlan } from '../licenses/plan-transfer.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Money, sumMoney, type UnitPrice } from '../values/money.ts';
import { servicePeriodAt, termAt } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { findRefusals, listedTargets, refusalsOfSource, type SubscriptionFacts } from './eligibility.ts';
import type { Refusal } from './refusal.ts';

export type UpgradeFacts = SubscriptionFacts & {
  /** Lines billed for the running service period of the source and not taken back. */
  readonly billed: readonly BilledLine[];
  /** Users of the source, in the order in which free licenses go round. */
  readonly users: readonly LicensedUser[];
};

export type UpgradeRequest = {
  readonly targetOfferId: string;
  readonly upgradeType: UpgradeType;
  /** Absent: all seats. The legacy platform moves neither fewer nor more (N10). */
  readonly quantity?: number | undefined;
};

/** What one upgrade does, decided: the quote shows it, the act writes it. */
export type UpgradeDecision = {
  readonly source: Subscription;
  readonly target: Offer;
  readonly upgradeType: UpgradeType;
  readonly quantity: number;
  readonly effectiveOn: Temporal.PlainDate;
  readonly targetUnitPrice: UnitPrice;
  /** Fees of periods that began since the last bill; owed with or without the upgrade, and not part of its totals. */
  readonly dueLines: readonly BillingLine[];
  readonly credits: readonly BillingLine[];
  readonly charges: readonly BillingLine[];
  readonly totals: { readonly credit: Money; readonly charge: Money; readonly net: Money };
  readonly outlook: Outlook;
  readonly transfer: TransferPlan;
};

/** What comes after the first bill: a whole service period before and after, and all that is paid more until the source's term would have ended. */
export type Outlook = {
  readonly periodBefore: Money;
  readonly periodAfter: Money;
  readonly until: Temporal.PlainDate;
  readonly extra: Money;
};

/**
 * Decides an upgrade on the legacy platform: the whole subscription ends and a new one begins that day, billed as cancellation plus purchase
 * at the current list price (S19, B6, product decision 2). Refused with every reason that holds.
 */
export function decideUpgrade(
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

  const dueLines = cycleFeesDue(source, effectiveOn);
  const credits = creditForCancellation(source, [...facts.billed, ...dueLines], effectiveOn);
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
    upgradeType: request.upgradeType,
    quantity,
    effectiveOn,
    targetUnitPrice,
    dueLines,
    credits,
    charges,
    totals,
    outlook: outlookOf(source, bought, totals.credit, effectiveOn),
    transfer: planTransfer(catalog, facts.users, target, request.upgradeType, quantity),
  });
}

function unlistedRefusals(facts: UpgradeFacts, { targetOfferId, upgradeType }: UpgradeRequest): Refusal[] {
  const { offerId } = facts.subscription;
  const unlisted: Refusal =
    listedTargets(facts).length === 0
      ? { name: 'no-upgrade-path', offerId }
      : { name: 'target-not-listed', fromOfferId: offerId, toOfferId: targetOfferId };
  return [...refusalsOfSource(facts, upgradeType), unlisted];
}

function totalsOf(currency: string, credits: readonly BillingLine[], charges: readonly BillingLine[]) {
  const credit = sumMoney(
    currency,
    credits.map((line) => line.amount),
  );
  const charge = sumMoney(
    currency,
    charges.map((line) => line.amount),
  );
  return { credit, charge, net: sumMoney(currency, [credit, charge]) };
}

/** The same days at both prices, less what is credited: the difference that the upgrade makes. */
function outlookOf(
  source: Subscription,
  bought: Omit<LegacyTerms, 'billedThrough'>,
  credit: Money,
  on: Temporal.PlainDate,
): Outlook {
  const until = termAt(source.purchasedOn, on).end;
  const { end } = servicePeriodAt(source.purchasedOn, source.billingCycle, on);
  const saved = feesUntil({ ...source, billedThrough: end }, until);
  const owed = feesUntil({ ...bought, billedThrough: on.subtract({ days: 1 }) }, until);
  return {
    periodBefore: periodFee(source),
    periodAfter: periodFee(bought),
    until,
    extra: sumMoney(credit.currency, [credit, owed, { ...saved, minor: -saved.minor }]),
  };
}
