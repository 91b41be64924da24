import type { ApprovalReasonOnWire } from '../../contract/approval-reason.ts';
import type { QuoteOnWire, UpgradeOnWire } from '../../contract/upgrades.ts';
import type { ApprovalReason, Returned } from '../../core/upgrades/approval.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { formatMoney } from '../../core/values/money.ts';
import type { QuoteRecord } from './quote.store.ts';
import {
  offerName,
  planName,
  presentComparison,
  presentFault,
  presentRefusal,
  servicesOf,
  type Wording,
} from '../http/reason.presenter.ts';
import type { LineRecord } from '../ledger/charge.store.ts';
import { NO_RATES } from '../ledger/sell-rates.store.ts';
import { presentPricedLines, presentSold } from '../http/sold.presenter.ts';
import type { UpgradeRow } from './upgrade.store.ts';

/** A quote in the caller's language. */
export function presentQuote(record: QuoteRecord, upgradeId: string | null, wording: Wording): QuoteOnWire {
  const { currency, totals, outlook, changes, users, rates = NO_RATES } = record;
  const priced = (lines: readonly LineRecord[] = []) => presentPricedLines(lines, rates);
  const staying = users.filter((user) => user.faults.length > 0).length;
  return {
    quoteId: record.quoteId,
    subscriptionId: record.subscriptionId,
    upgradeType: record.upgradeType,
    source: { offerId: record.sourceOfferId, offerName: offerName(record.sourceOfferId, wording) },
    target: {
      offerId: record.targetOfferId,
      offerName: offerName(record.targetOfferId, wording),
      unitPrice: record.targetUnitPrice,
    },
    quantity: record.quantity,
    way: record.way ?? 'replacement',
    targetSubscriptionId: record.targetSubscriptionId ?? null,
    term: record.term ?? null,
    effectiveOn: record.effectiveOn,
    expiresAt: record.expiresAt,
    credits: priced(record.credits),
    charges: priced(record.charges),
    dueLines: priced(record.dueLines),
    targetDueLines: priced(record.targetDueLines),
    sold: presentSold(currency, [...record.credits, ...record.charges], rates),
    rates,
    outlook: {
      ...outlook,
      periodBefore: { amount: outlook.periodBefore, currency },
      periodAfter: { amount: outlook.periodAfter, currency },
      extra: { amount: outlook.extra, currency },
    },
    totals: {
      credit: { amount: totals.credit, currency },
      charge: { amount: totals.charge, currency },
      net: { amount: totals.net, currency },
    },
    transfer: {
      moving: users.length - staying,
      staying,
      changes: changes.map(({ staysOff, ...compared }) => ({
        ...presentComparison(compared, wording),
        staysOff: staysOff.map((plan) => ({ planName: plan, name: planName(plan, wording) })),
      })),
      users: users.map(({ faults, ...user }) => ({
        ...user,
        moves: faults.length === 0,
        faults: faults.map((fault) => presentFault(fault, record.targetOfferId, wording)),
        services: servicesOf(faults, record.targetOfferId, wording),
      })),
    },
    waiting: {
      reasons: (record.waiting?.reasons ?? []).map(presentApprovalReason),
      delayMinutes: record.waiting?.delayMinutes ?? 0,
    },
    upgradeId,
  };
}

/** An upgrade in the caller's language. */
export function presentUpgrade(row: UpgradeRow, wording: Wording): UpgradeOnWire {
  const { currency } = row;
  const amount = (minor: bigint) => ({ amount: formatMoney({ minor, currency }), currency });
  const moment = (at: string | null) => (at === null ? null : Temporal.Instant.from(at).toString());
  const side = <Id extends string | null>(subscriptionId: Id, offerId: string) => ({
    subscriptionId,
    offerId,
    offerName: offerName(offerId, wording),
  });
  return {
    upgradeId: row.upgrade_id,
    customerId: row.customer_id,
    quoteId: row.quote_id,
    upgradeType: row.upgrade_type,
    state: row.state,
    work: row.open_issues > 0 ? 'needsWork' : 'done',
    source: side(row.source_subscription_id, row.source_offer_id),
    target: side(row.target_subscription_id, row.target_offer_id),
    quantity: row.quantity,
    way: row.way,
    termDuration: row.term_duration,
    billingCycle: row.billing_cycle,
    events: row.events.map(({ name, status, at }) => ({ name, status, at })),
    effectiveOn: row.effective_on,
    submittedAt: Temporal.Instant.from(row.submitted_at).toString(),
    appliedAt: moment(row.applied_at),
    submittedBy: row.submitted_by_name,
    submittedById: row.submitted_by,
    totals: {
      credit: amount(row.credit_minor),
      charge: amount(row.charge_minor),
      net: amount(row.credit_minor + row.charge_minor),
    },
    licenses: { moved: row.moved, openIssues: row.open_issues, settledIssues: row.settled_issues },
    waiting: {
      reasons: row.approval_reasons.map(presentApprovalReason),
      delayMinutes: row.delay_minutes,
      approvers: row.approvers ?? [],
    },
    dueAt: moment(row.due_at),
    decision: row.decided_at === null ? null : presentDecision(row.decided_at, row),
    returned: row.returned && presentReturned(row.returned, wording),
  };
}

function presentDecision(at: string, { decided_by_name, decided_because }: UpgradeRow) {
  const moment = Temporal.Instant.from(at).toString();
  if (decided_by_name !== null) return { at: moment, by: decided_by_name, because: decided_because, lapsed: null };
  const lapsed = decided_because === 'customer-left' ? ('customerLeft' as const) : ('notAnswered' as const);
  return { at: moment, by: null, because: null, lapsed };
}

export function presentApprovalReason(reason: ApprovalReason): ApprovalReasonOnWire {
  if (reason.name !== 'net-above') return reason;
  const { name, limit, net, currency } = reason;
  return { name, limit: { amount: limit, currency }, net: { amount: net, currency } };
}

function presentReturned({ differences, refusals }: Returned, wording: Wording) {
  return {
    differences: differences.map((one) => ({ ...one, before: [...one.before], after: [...one.after] })),
    refusals: refusals.map((one) => presentRefusal(revive(one), wording)),
  };
}

/** A refusal that was stored: its days and moments are texts. */
export function revive(refusal: Refusal): Refusal {
  const revived = Object.entries(refusal).map(([key, value]) => [key, REVIVED[key]?.(String(value)) ?? value]);
  return Object.fromEntries(revived) as Refusal;
}

const REVIVED: Readonly<Record<string, (text: string) => Temporal.Instant | Temporal.PlainDate>> = {
  endedAt: (text) => Temporal.Instant.from(text),
  until: (text) => Temporal.Instant.from(text),
  endedOn: (text) => Temporal.PlainDate.from(text),
  renewsOn: (text) => Temporal.PlainDate.from(text),
  termEndsOn: (text) => Temporal.PlainDate.from(text),
  sourceEndsOn: (text) => Temporal.PlainDate.from(text),
};
