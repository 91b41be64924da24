import { dayToApply, type Returned } from '../../core/upgrades/approval.ts';
import { isBilledAhead } from '../../core/upgrades/billed-ahead.ts';
import { decideUpgrade } from '../../core/upgrades/decide-upgrade.ts';
import type { UpgradeDecision } from '../../core/upgrades/upgrade-decision.ts';
import { compareToQuote, promiseOf } from '../../core/upgrades/quote.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import { type AuditEntry, type AuditRow, type AuditSource, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { findSettled } from '../subscriptions/up-to-date.store.ts';
import { findQuotedFacts, findUpgradeFacts, subscriptionsOf } from './upgrade-facts.store.ts';
import { targetIdOf } from './transition.store.ts';
import { appliedEntry, saveUpgrade } from './upgrade.store.ts';
import { saveEnding, type WaitingUpgrade } from './waiting-upgrade.store.ts';

type Given = {
  /** Whom the decision is made for: privileges and prices are the partner's, and a user stands behind it. */
  readonly call: Call;
  /** Audit rows that go before those of what happens here. */
  readonly audits?: readonly AuditRow[];
  /** Whom the audit log names; absent: the caller. */
  readonly source?: AuditSource;
};

/**
 * Applies an upgrade that waited, decided again for the day that was shown, or gives it back to its agent with all that differs and all that
 * stands in the way; nothing in between. The customer must be held and the upgrade still wait.
 */
export async function applyUpgrade(
  tx: Transaction,
  upgrade: WaitingUpgrade,
  { call, audits = [], source = call }: Given,
): Promise<'applied' | 'refused'> {
  const { newId, clock } = call;
  const now = clock.now();
  const decided = await decideWaitingUpgrade(tx, call, upgrade, now);
  if (!decided.ok) {
    await returnUpgrade(tx, upgrade, decided.refused, source);
    return 'refused';
  }
  const ids = {
    upgradeId: upgrade.upgrade_id,
    targetSubscriptionId: targetIdOf(decided.value, newId),
    orderId: newId(),
  };
  const applied = toAuditRow(source, appliedEntry(decided.value, ids, upgrade.quote_id));
  const { actor } = call;
  const given = { actor, quoteId: upgrade.quote_id, at: now, newId, audits: [...audits, applied] };
  await saveUpgrade(tx, decided.value, ids, given);
  return 'applied';
}

/** Gives an upgrade back to its agent, who sees why. */
export async function returnUpgrade(
  tx: Transaction,
  upgrade: WaitingUpgrade,
  returned: Returned,
  source: AuditSource,
): Promise<void> {
  const entry: AuditEntry = {
    customerId: upgrade.customer_id,
    action: 'upgrade.returned',
    subjectId: upgrade.upgrade_id,
    details: {
      quoteId: upgrade.quote_id,
      differs: returned.differences.map(({ point }) => point),
      refusals: returned.refusals.map(({ name }) => name),
    },
  };
  await saveEnding(tx, upgrade, { state: 'refused', returned, audits: [toAuditRow(source, entry)] });
}

/** What a waiting upgrade would come to at a moment, or how that differs from what was shown. */
export async function decideWaitingUpgrade(
  tx: Transaction,
  call: Call,
  { customer_id: customerId, quote_id: quoteId, source_subscription_id: subscriptionId }: WaitingUpgrade,
  at: Temporal.Instant,
): Promise<Result<UpgradeDecision, Returned>> {
  const { actor, catalog, clock } = call;
  const reader = { actor, catalog, now: clock.now() };
  const find = () => findQuotedFacts(tx, reader, { customerId, quoteId });
  const quoted = await findSettled(tx, call, customerId, find, subscriptionsOf);
  if (!quoted) throw new RangeError(`no quote ${quoteId} of a waiting upgrade`);
  const { quote, effectiveOn } = quoted;
  const { subscription: source, sold } = quoted.facts;
  const into = sold.find((one) => one.subscriptionId === quote.targetSubscriptionId) ?? null;
  const planned = { on: effectiveOn, version: quote.subscriptionVersion, intoVersion: quote.targetVersion };
  const on = dayToApply({ source, into }, planned, utcDay(at));
  // Prices are those of the day.
  const found = on.equals(effectiveOn)
    ? quoted
    : await findUpgradeFacts(tx, reader, { customerId, subscriptionId, on });
  if (!found) throw new RangeError(`no subscription ${subscriptionId} of a waiting upgrade`);
  const decided = decideUpgrade(found.facts, quote, on);
  if (!decided.ok) return refused({ differences: [], refusals: decided.refused });
  const differences = compareToQuote(quote.promised, promiseOf(decided.value));
  const holds = differences.length === 0 && !isBilledAhead(decided.value);
  return holds ? accepted(decided.value) : refused({ differences, refusals: [] });
}
