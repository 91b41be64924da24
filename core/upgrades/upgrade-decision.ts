import type { Offer } from '../catalog/offer.ts';
import type { UpgradeType } from '../customers/relationship.ts';
import type { BillingLine } from '../ledger/charge.ts';
import type { TransferPlan } from '../licenses/plan-transfer.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Money, sumMoney, type UnitPrice } from '../values/money.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';

export type UpgradeRequest = {
  readonly targetOfferId: string;
  readonly upgradeType: UpgradeType;
  /** Absent: all seats. The legacy platform moves neither fewer nor more (N10). */
  readonly quantity?: number | undefined;
  /** The existing subscription that takes the seats (N8); absent: none. New commerce alone, like all that follows. */
  readonly targetSubscriptionId?: string | undefined;
  /** Absent: as the source. */
  readonly termDuration?: TermDuration | undefined;
  readonly billingCycle?: BillingCycle | undefined;
  /** Who moves where not all do (N9); absent: nobody by itself. */
  readonly userIds?: readonly string[] | undefined;
};

/**
 * How an upgrade comes about: `replacement` ends the old subscription and begins another (legacy); `inPlace` keeps the subscription and changes
 * what it is of; `partial` leaves the source some seats; `existing` moves them, all or some, into another subscription (N8, N9, N10).
 */
export type UpgradeWay = 'replacement' | 'inPlace' | 'partial' | 'existing';

/** What one upgrade does, decided: the quote shows it, the act writes it. */
export type UpgradeDecision = {
  readonly source: Subscription;
  readonly target: Offer;
  readonly way: UpgradeWay;
  readonly upgradeType: UpgradeType;
  /** The seats that move. */
  readonly quantity: number;
  readonly effectiveOn: Temporal.PlainDate;
  readonly targetUnitPrice: UnitPrice;
  /** The subscription that takes the seats, where it is there already. */
  readonly into: Subscription | null;
  /** The running term of what takes them, from then on. */
  readonly term: TargetTerm;
  /** Fees of periods that began since the last bill; owed with or without the upgrade, and not part of its totals. */
  readonly dueLines: readonly BillingLine[];
  /** The same of what takes the seats, where it is there already. */
  readonly targetDueLines: readonly BillingLine[];
  /** Lines of the source. */
  readonly credits: readonly BillingLine[];
  /** Lines of what takes the seats. */
  readonly charges: readonly BillingLine[];
  readonly totals: UpgradeTotals;
  readonly outlook: Outlook;
  readonly transfer: TransferPlan;
};

export type TargetTerm = {
  readonly termDuration: TermDuration;
  readonly billingCycle: BillingCycle;
  readonly termStartsOn: Temporal.PlainDate;
  readonly termEndsOn: Temporal.PlainDate;
  readonly billedThrough: Temporal.PlainDate;
  readonly promotionId: string | null;
  /** For how long it can be cancelled: only what was a trial can (N33, N36, N38). */
  readonly cancellableUntil: Temporal.Instant | null;
};

export type UpgradeTotals = { readonly credit: Money; readonly charge: Money; readonly net: Money };

/** What comes after the first bill: a whole service period before and after, and all that is paid more until the source's term would have ended. */
export type Outlook = {
  readonly periodBefore: Money;
  readonly periodAfter: Money;
  readonly until: Temporal.PlainDate;
  readonly extra: Money;
};

export function totalsOf(currency: string, credits: readonly BillingLine[], charges: readonly BillingLine[]) {
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
