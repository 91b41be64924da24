import { type ApprovalReason, type ApprovalPolicy, decideWaiting } from '../upgrades/approval.ts';
import { decideUpgrade } from '../upgrades/decide-upgrade.ts';
import { perMonth } from '../ledger/per-month.ts';
import { promiseOf, type QuotedPromise } from '../upgrades/quote.ts';
import type { Refusal } from '../upgrades/refusal.ts';
import type { UpgradeRequest } from '../upgrades/upgrade-decision.ts';
import type { UpgradeFacts } from '../upgrades/upgrade-facts.ts';
import type { Money } from '../values/money.ts';
import { refused, accepted, type Result } from '../values/result.ts';

/** What one row of a campaign comes to, if it is sent as planned. */
export type PlannedRow = {
  readonly licenses: number;
  /** What the quote at run time is compared with. */
  readonly promised: QuotedPromise;
  readonly credit: Money;
  readonly charge: Money;
  /** Paid more every month from then on. */
  readonly month: Money;
  readonly users: number;
  /** Accounts that will need a person afterwards. */
  readonly work: number;
  readonly reasons: readonly ApprovalReason[];
};

type Planned = {
  readonly facts: UpgradeFacts;
  readonly request: UpgradeRequest;
  readonly policy: ApprovalPolicy;
  /** The day on which it is applied, and the moment at which it is sent. */
  readonly on: Temporal.PlainDate;
  readonly at: Temporal.Instant;
};

/** Decides one row as its quote would be. Refused with every reason that holds. */
export function planRow({ facts, request, policy, on, at }: Planned): Result<PlannedRow, Refusal[]> {
  const decided = decideUpgrade(facts, request, on);
  if (!decided.ok) return refused(decided.refused);
  const { source, totals, transfer, quantity, targetUnitPrice, term } = decided.value;
  const { platform } = source;
  const before = perMonth(source, quantity);
  const after = perMonth({ platform, unitPrice: targetUnitPrice, billingCycle: term.billingCycle }, quantity);
  return accepted({
    licenses: quantity,
    promised: promiseOf(decided.value),
    credit: totals.credit,
    charge: totals.charge,
    month: { minor: after.minor - before.minor, currency: after.currency },
    users: transfer.moves.length,
    work: transfer.moves.filter((move) => move.faults.length > 0).length,
    reasons: decideWaiting(policy, decided.value, at).reasons,
  });
}
