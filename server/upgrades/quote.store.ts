import type { UpgradeType } from '../../core/customers/relationship.ts';
import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { LicenseFault } from '../../core/licenses/license.ts';
import type { ServiceChange } from '../../core/licenses/plan-transfer.ts';
import type { Waiting } from '../../core/upgrades/approval.ts';
import type { UpgradeDecision, UpgradeRequest, UpgradeWay } from '../../core/upgrades/upgrade-decision.ts';
import { promiseOf, type QuotedPromise } from '../../core/upgrades/quote.ts';
import { formatMoney, formatUnitPrice } from '../../core/values/money.ts';
import type { BillingCycle, TermDuration } from '../../core/values/period.ts';
import { type LineRecord, toLineRecord } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';

/** What a quote shows, free of language, as it is stored. */
export type QuoteRecord = {
  readonly quoteId: string;
  readonly subscriptionId: string;
  readonly upgradeType: UpgradeType;
  readonly sourceOfferId: string;
  readonly targetOfferId: string;
  readonly targetUnitPrice: string;
  /** Absent in quotes that were given before new commerce: a replacement. */
  readonly way?: UpgradeWay;
  readonly targetSubscriptionId?: string | null;
  readonly term?: { readonly termDuration: TermDuration; readonly billingCycle: BillingCycle; readonly endsOn: string };
  readonly targetDueLines?: readonly LineRecord[];
  readonly currency: string;
  readonly quantity: number;
  readonly effectiveOn: string;
  readonly expiresAt: string;
  readonly credits: readonly LineRecord[];
  readonly charges: readonly LineRecord[];
  readonly dueLines: readonly LineRecord[];
  readonly totals: { readonly credit: string; readonly charge: string; readonly net: string };
  /** By which it is sold on; absent in quotes that were given without. */
  readonly rates?: SellRates;
  readonly outlook: {
    readonly billingCycle: BillingCycle;
    readonly periodBefore: string;
    readonly periodAfter: string;
    readonly until: string;
    readonly extra: string;
  };
  /** Why it will wait; absent in quotes that were given before upgrades could. */
  readonly waiting?: Waiting;
  readonly changes: readonly ServiceChange[];
  readonly users: readonly {
    readonly userId: string;
    readonly displayName: string;
    readonly userPrincipalName: string;
    readonly change: number;
    readonly faults: readonly LicenseFault[];
  }[];
};

export function toQuoteRecord(
  decision: UpgradeDecision,
  given: { quoteId: string; expiresAt: Temporal.Instant; waiting: Waiting; rates: SellRates },
): QuoteRecord {
  const { quoteId, expiresAt, waiting, rates } = given;
  const { source, target, totals, outlook, transfer } = decision;
  return {
    quoteId,
    subscriptionId: source.subscriptionId,
    upgradeType: decision.upgradeType,
    sourceOfferId: source.offerId,
    targetOfferId: target.offerId,
    targetUnitPrice: formatUnitPrice(decision.targetUnitPrice),
    way: decision.way,
    targetSubscriptionId: decision.into?.subscriptionId ?? null,
    term: {
      termDuration: decision.term.termDuration,
      billingCycle: decision.term.billingCycle,
      endsOn: decision.term.termEndsOn.toString(),
    },
    targetDueLines: decision.targetDueLines.map(toLineRecord),
    currency: totals.net.currency,
    quantity: decision.quantity,
    effectiveOn: decision.effectiveOn.toString(),
    expiresAt: expiresAt.toString(),
    credits: decision.credits.map(toLineRecord),
    charges: decision.charges.map(toLineRecord),
    dueLines: decision.dueLines.map(toLineRecord),
    totals: { credit: formatMoney(totals.credit), charge: formatMoney(totals.charge), net: formatMoney(totals.net) },
    rates,
    outlook: {
      billingCycle: source.billingCycle,
      periodBefore: formatMoney(outlook.periodBefore),
      periodAfter: formatMoney(outlook.periodAfter),
      until: outlook.until.toString(),
      extra: formatMoney(outlook.extra),
    },
    waiting,
    changes: transfer.changes,
    users: transfer.moves.map(({ user, change, faults }) => {
      const { userId, displayName, userPrincipalName } = user;
      return { userId, displayName, userPrincipalName, change, faults };
    }),
  };
}

/** A quote as the act needs it, with what was asked for. */
export type StoredQuote = Omit<UpgradeRequest, 'targetOfferId' | 'upgradeType'> & {
  readonly quoteId: string;
  readonly targetOfferId: string;
  readonly upgradeType: UpgradeType;
  readonly expiresAt: string;
  readonly priceListId: string;
  readonly subscriptionVersion: number;
  /** Of the existing subscription that takes the seats; null: none does, or the quote was given before this was kept. */
  readonly targetVersion: number | null;
  readonly promised: QuotedPromise;
  readonly upgradeId: string | null;
  readonly waiting: Waiting | null;
};

/** Saves a quote with what it is pinned to (product decision 7). */
export async function saveQuote(
  tx: Transaction,
  decision: UpgradeDecision,
  record: QuoteRecord,
  given: { partnerId: string; agentId: string; priceListId: string; at: Temporal.Instant; asked: UpgradeRequest },
): Promise<void> {
  const { source } = decision;
  await tx.query(
    `insert into quotes (customer_id, quote_id, partner_id, subscription_id, target_offer_id, upgrade_type, effective_on, created_at,
       created_by, expires_at, price_list_id, subscription_version, promised, shown, asked, target_version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      source.customerId,
      record.quoteId,
      given.partnerId,
      source.subscriptionId,
      record.targetOfferId,
      record.upgradeType,
      record.effectiveOn,
      given.at.toString(),
      given.agentId,
      record.expiresAt,
      given.priceListId,
      source.version,
      JSON.stringify(promiseOf(decision)),
      JSON.stringify(record),
      JSON.stringify(given.asked),
      decision.into?.version ?? null,
    ],
    'save-quote',
  );
}

export async function findQuote(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  quoteId: string,
): Promise<{ shown: QuoteRecord; upgrade_id: string | null } | undefined> {
  const [row] = await tx.query<{ shown: QuoteRecord; upgrade_id: string | null }>(
    'select shown, upgrade_id from quotes where customer_id = $1 and quote_id = $2 and partner_id = $3',
    [customerId, quoteId, partnerId],
  );
  return row;
}
