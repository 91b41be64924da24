import {
  type ApprovalReason,
  ASKED_FOR,
  decideWaiting,
  joinWaiting,
  type Waiting,
  waits,
  withoutReasons,
} from '../../core/upgrades/approval.ts';
import { isBilledAhead } from '../../core/upgrades/billed-ahead.ts';
import { decideUpgrade } from '../../core/upgrades/decide-upgrade.ts';
import type { UpgradeDecision } from '../../core/upgrades/upgrade-decision.ts';
import { compareToQuote, promiseOf } from '../../core/upgrades/quote.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findSettled } from '../subscriptions/up-to-date.store.ts';
import type { StoredQuote } from './quote.store.ts';
import {
  findQuotedFacts,
  findUpgradeFacts,
  type FoundFacts,
  type Reader,
  subscriptionsOf,
} from './upgrade-facts.store.ts';
import { eventsOf, targetIdOf } from './transition.store.ts';
import { appliedEntry, findUpgrade, saveUpgrade, type UpgradeIds, type UpgradeRow } from './upgrade.store.ts';
import { saveWaiting } from './waiting-upgrade.store.ts';

type ToSubmitQuote = {
  readonly customerId: string;
  readonly quoteId: string;
  readonly atOnce?: boolean;
  readonly settled?: readonly ApprovalReason['name'][];
};

/**
 * Does what a quote says, once: submitted and applied in one transaction that holds the customer. It is decided again under the lock and must
 * come out to the cent as quoted. Where the partner's policy asks for a second agent or a delay, it is submitted only and waits. A repeat
 * returns the first result. `atOnce` is for callers that cannot wait, `settled` names reasons that a second agent has said yes to already.
 * Refused: role, unknown, expired or outdated quote, every reason that holds now, another that waits for the subscription, having to wait.
 */
export async function upgradeSubscription(
  call: Call,
  { atOnce = false, settled = [], ...quoted }: ToSubmitQuote,
): Promise<Outcome<UpgradeRow>> {
  const { actor, catalog, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, quoted.customerId, async (tx): Promise<Outcome<UpgradeRow>> => {
    const now = clock.now();
    const find = () => findQuotedFacts(tx, { actor, catalog, now }, quoted);
    const found = await findSettled(tx, call, quoted.customerId, find, subscriptionsOf);
    if (!found) return notFound('quote', quoted.quoteId);
    const { quote, effectiveOn } = found;
    if (quote.upgradeId !== null) {
      const first = await findUpgrade(tx, partnerId, quoted.customerId, quote.upgradeId);
      return first ? accepted(first) : notFound('upgrade', quote.upgradeId);
    }
    if (found.waiting) return refused({ code: 'upgrade-waiting', ...found.waiting });
    const decided = decideAgain(found, quote, effectiveOn, now);
    if (!decided.ok) return decided;
    if (isBilledAhead(decided.value)) return overtaken(tx, { actor, catalog, now }, decided.value, quote);
    const told = quote.waiting ?? NO_WAITING;
    const waiting = withoutReasons(joinWaiting(told, decideWaiting(found.policy, decided.value, now)), settled);
    if (waits(waiting)) {
      if (atOnce) return refused({ code: 'approval-needed', delayMinutes: waiting.delayMinutes });
      return accepted(await submitToWait(tx, call, { decision: decided.value, quote, waiting, at: now }));
    }
    const ids = { upgradeId: newId(), targetSubscriptionId: targetIdOf(decided.value, newId), orderId: newId() };
    const audit = toAuditRow(call, appliedEntry(decided.value, ids, quote.quoteId));
    await saveUpgrade(tx, decided.value, ids, { actor, quoteId: quote.quoteId, at: now, newId, audits: [audit] });
    return accepted(toRow(decided.value, ids, quote.quoteId, call, now));
  });
}

const NO_WAITING: Waiting = { reasons: [], delayMinutes: 0 };

type ToSubmit = {
  readonly decision: UpgradeDecision;
  readonly quote: StoredQuote;
  readonly waiting: Waiting;
  readonly at: Temporal.Instant;
};

/** Puts it down as submitted, with the figures that were shown; the subscription stays as it is. */
async function submitToWait(
  tx: Transaction,
  call: Call,
  { decision, quote, waiting, at }: ToSubmit,
): Promise<UpgradeRow> {
  const { actor, newId } = call;
  const { partnerId } = actor.partner;
  const { customerId, subscriptionId } = decision.source;
  const { reasons, delayMinutes } = waiting;
  const upgradeId = newId();
  const state = reasons.length > 0 ? 'waitingForApproval' : 'held';
  const audit = toAuditRow(call, {
    customerId,
    action: 'upgrade.submitted',
    subjectId: upgradeId,
    details: {
      quoteId: quote.quoteId,
      upgradeType: quote.upgradeType,
      targetOfferId: quote.targetOfferId,
      sourceSubscriptionId: subscriptionId,
      approvalReasons: reasons.map(({ name }) => name),
      delayMinutes,
    },
  });
  await saveWaiting(tx, decision, {
    upgradeId,
    partnerId,
    agentId: actor.agentId,
    quoteId: quote.quoteId,
    state,
    reasons,
    delayMinutes,
    dueAt: state === 'held' ? at.add({ minutes: delayMinutes }) : at.add(ASKED_FOR),
    at,
    audit,
  });
  const row = await findUpgrade(tx, partnerId, customerId, upgradeId);
  if (!row) throw new RangeError(`no upgrade ${upgradeId} although it was just saved`);
  return row;
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

/** Meanwhile another period began and was billed, as after midnight (product decision 7): tells what the upgrade would come to today. */
async function overtaken(
  tx: Transaction,
  reader: Reader,
  { source: { customerId, subscriptionId } }: UpgradeDecision,
  quote: StoredQuote,
): Promise<Outcome<never>> {
  const on = utcDay(reader.now);
  const found = await findUpgradeFacts(tx, reader, { customerId, subscriptionId, on });
  if (!found) return notFound('subscription', subscriptionId);
  const decided = decideUpgrade(found.facts, quote, on);
  if (!decided.ok) return refused({ code: 'quote-outdated', differences: [], refusals: decided.refused });
  const differences = compareToQuote(quote.promised, promiseOf(decided.value));
  return refused({ code: 'quote-outdated', differences, refusals: [] });
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
    way: decision.way,
    term_duration: decision.term.termDuration,
    billing_cycle: decision.term.billingCycle,
    events: eventsOf({ way: decision.way, transfer }, now.toString()),
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
    submitted_by: actor.agentId,
    submitted_by_name: actor.displayName,
    approval_reasons: [],
    delay_minutes: 0,
    due_at: null,
    approvers: null,
    decided_at: null,
    decided_by_name: null,
    decided_because: null,
    returned: null,
    moved: transfer.moves.length - openIssues,
    open_issues: openIssues,
    settled_issues: 0,
  };
}
