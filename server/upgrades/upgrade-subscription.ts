import { decideUpgrade, type UpgradeDecision } from '../../core/upgrades/decide-upgrade.ts';
import { compareToQuote, promiseOf } from '../../core/upgrades/quote.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { StoredQuote } from './quote.store.ts';
import {
  findQuotedFacts,
  findUpgrade,
  type FoundFacts,
  saveUpgrade,
  type UpgradeIds,
  type UpgradeRow,
} from './upgrade.store.ts';

/**
 * Does what a quote says, once: submitted and applied in one transaction that holds the customer. It is decided again under the lock and must
 * come out to the cent as quoted. A repeat returns the first result.
 * Refused: role, unknown, expired or outdated quote, every reason that holds now.
 */
export async function upgradeSubscription(
  call: Call,
  quoted: { customerId: string; quoteId: string },
): Promise<Outcome<UpgradeRow>> {
  const { actor, catalog, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, quoted.customerId, async (tx): Promise<Outcome<UpgradeRow>> => {
    const now = clock.now();
    const found = await findQuotedFacts(tx, { actor, catalog, now }, quoted);
    if (!found) return notFound('quote', quoted.quoteId);
    const { quote, effectiveOn } = found;
    if (quote.upgradeId !== null) {
      const first = await findUpgrade(tx, partnerId, quoted.customerId, quote.upgradeId);
      return first ? accepted(first) : notFound('upgrade', quote.upgradeId);
    }
    const decided = decideAgain(found, quote, effectiveOn, now);
    if (!decided.ok) return decided;
    const ids = { upgradeId: newId(), targetSubscriptionId: newId(), orderId: newId() };
    const audit = toAuditRow(call, {
      customerId: quoted.customerId,
      action: 'upgrade.applied',
      subjectId: ids.upgradeId,
      details: {
        quoteId: quote.quoteId,
        upgradeType: quote.upgradeType,
        targetOfferId: quote.targetOfferId,
        sourceSubscriptionId: decided.value.source.subscriptionId,
        targetSubscriptionId: ids.targetSubscriptionId,
      },
      changed: [decided.value.source.subscriptionId, ids.targetSubscriptionId],
    });
    await saveUpgrade(tx, decided.value, ids, { actor, quoteId: quote.quoteId, at: now, newId, audit });
    return accepted(toRow(decided.value, ids, quote.quoteId, call, now));
  });
}

/** What was quoted must still hold: not expired, not refused, and the same in every point (product decision 7). */
function decideAgain(
  { facts, priceListId }: FoundFacts,
  quote: StoredQuote,
  effectiveOn: Temporal.PlainDate,
  now: Temporal.Instant,
): Outcome<UpgradeDecision> {
  const until = Temporal.Instant.from(quote.expiresAt);
  if (Temporal.Instant.compare(now, until) > 0) return refused({ code: 'quote-expired', until });
  const decided = decideUpgrade(facts, quote, effectiveOn);
  const pinnedHolds = quote.subscriptionVersion === facts.subscription.version && quote.priceListId === priceListId;
  if (!decided.ok) {
    const refusals = decided.refused;
    return refused(pinnedHolds ? { code: 'refused', refusals } : { code: 'quote-outdated', differences: [], refusals });
  }
  const differences = compareToQuote(quote.promised, promiseOf(decided.value));
  return differences.length > 0 ? refused({ code: 'quote-outdated', differences, refusals: [] }) : decided;
}

/** The row as it was just written, so that it need not be read back. */
function toRow(
  { source, target, totals, transfer, ...decision }: UpgradeDecision,
  ids: UpgradeIds,
  quoteId: string,
  { actor }: Call,
  now: Temporal.Instant,
): UpgradeRow {
  const openIssues = transfer.moves.filter((move) => move.faults.length > 0).length;
  return {
    upgrade_id: ids.upgradeId,
    customer_id: source.customerId,
    quote_id: quoteId,
    upgrade_type: decision.upgradeType,
    state: 'applied',
    source_subscription_id: source.subscriptionId,
    source_offer_id: source.offerId,
    target_subscription_id: ids.targetSubscriptionId,
    target_offer_id: target.offerId,
    quantity: decision.quantity,
    effective_on: decision.effectiveOn.toString(),
    credit_minor: totals.credit.minor,
    charge_minor: totals.charge.minor,
    currency: totals.net.currency,
    submitted_at: now.toString(),
    applied_at: now.toString(),
    submitted_by_name: actor.displayName,
    moved: transfer.moves.length - openIssues,
    open_issues: openIssues,
    settled_issues: 0,
  };
}
