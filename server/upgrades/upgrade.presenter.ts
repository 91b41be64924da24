import type { QuoteOnWire, UpgradeOnWire } from '../../contract/upgrades.ts';
import { formatMoney } from '../../core/values/money.ts';
import type { QuoteRecord } from './quote.store.ts';
import {
  offerName,
  planName,
  presentComparison,
  presentFault,
  servicesOf,
  type Wording,
} from '../http/reason.presenter.ts';
import type { UpgradeRow } from './upgrade.store.ts';

/** A quote in the caller's language. */
export function presentQuote(record: QuoteRecord, upgradeId: string | null, wording: Wording): QuoteOnWire {
  const { currency, totals, outlook, changes, users } = record;
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
    effectiveOn: record.effectiveOn,
    expiresAt: record.expiresAt,
    credits: [...record.credits],
    charges: [...record.charges],
    dueLines: [...record.dueLines],
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
    upgradeId,
  };
}

/** An upgrade in the caller's language. */
export function presentUpgrade(row: UpgradeRow, wording: Wording): UpgradeOnWire {
  const { currency } = row;
  const amount = (minor: bigint) => ({ amount: formatMoney({ minor, currency }), currency });
  const side = (subscriptionId: string, offerId: string) => ({
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
    effectiveOn: row.effective_on,
    submittedAt: Temporal.Instant.from(row.submitted_at).toString(),
    appliedAt: Temporal.Instant.from(row.applied_at).toString(),
    submittedBy: row.submitted_by_name,
    totals: {
      credit: amount(row.credit_minor),
      charge: amount(row.charge_minor),
      net: amount(row.credit_minor + row.charge_minor),
    },
    licenses: { moved: row.moved, openIssues: row.open_issues, settledIssues: row.settled_issues },
  };
}
