import { decideCancellation } from '../../core/subscriptions/cancel.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { sumMoney } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findSettled } from './up-to-date.store.ts';
import { type Cancelled, findCancelFacts, saveCancellation } from './cancel.store.ts';

type Asked = {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The version that was looked at; absent: whatever it is now. */
  readonly version?: number | undefined;
};

/** What would come back if it were cancelled today; nothing is done. Refused as the cancellation itself. */
export async function previewCancellation(call: Call, asked: Asked): Promise<Outcome<Cancelled>> {
  const allowed = checkRole(call.actor.roles, 'changeSeats');
  if (!allowed.ok) return allowed;
  return call.database.writeOf(call.actor.partner.partnerId, asked.customerId, async (tx) => {
    const decided = await decide(tx, call, asked);
    return decided.ok ? accepted(decided.value.cancelled) : decided;
  });
}

/**
 * Cancels a subscription for good and writes what comes back (N33 to N35, B1.4). A repeat changes nothing.
 * Refused: role, unknown subscription, another version than the one looked at, every reason against the end.
 */
export async function cancelSubscription(call: Call, asked: Asked): Promise<Outcome<Cancelled>> {
  const { actor, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'changeSeats');
  if (!allowed.ok) return allowed;
  const { customerId, subscriptionId } = asked;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<Cancelled>> => {
    const decided = await decide(tx, call, asked);
    if (!decided.ok) return decided;
    const { cancelled, before } = decided.value;
    if (isCancelled(before)) return accepted(cancelled);
    const done = { ...cancelled, version: cancelled.version + 1 };
    const { status, quantity } = before;
    const audit = toAuditRow(call, {
      customerId,
      action: 'subscription.cancelled',
      subjectId: subscriptionId,
      details: { before: { status, quantity }, after: { status: 'deleted', refund: done.refund } },
      changed: [subscriptionId],
    });
    await saveCancellation(tx, { customerId, partnerId, referenceId: newId(), at: clock.now(), audit }, done, newId);
    return accepted(done);
  });
}

async function decide(
  tx: Transaction,
  call: Call,
  asked: Asked,
): Promise<Outcome<{ readonly cancelled: Cancelled; readonly before: Subscription }>> {
  const now = call.clock.now();
  const find = () => findCancelFacts(tx, call.actor.partner.partnerId, asked, now);
  const found = await findSettled(tx, call, asked.customerId, find, (facts) => (facts ? [facts.subscription] : []));
  if (!found) return notFound('subscription', asked.subscriptionId);
  const { subscription: before } = found;
  const { version, unitPrice } = before;
  const { currency } = unitPrice;
  const common = { subscription: before, effectiveOn: utcDay(now), version };
  // Before the version: a repeat of an end whose answer was lost still names the old one.
  if (isCancelled(before)) {
    const nothing = { refund: 'none' as const, dueLines: [], lines: [], net: sumMoney(currency, []) };
    return accepted({ cancelled: { ...common, ...nothing }, before });
  }
  if (asked.version !== undefined && asked.version !== version) return refused({ code: 'changed-meanwhile', version });
  const decided = decideCancellation(found, now);
  if (!decided.ok) return refused({ code: 'refused', refusals: decided.refused });
  const amounts = decided.value.lines.map(({ amount }) => amount);
  return accepted({ cancelled: { ...common, ...decided.value, net: sumMoney(currency, amounts) }, before });
}

function isCancelled(subscription: Subscription): boolean {
  return subscription.status === 'deleted' && subscription.endedReason === 'cancelled';
}
