import { decideBillingCycle, type NewCycle } from '../../core/subscriptions/change-billing-cycle.ts';
import { type BillingCycle, utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findBilledOrder, saveBillingCycle } from './billing-cycle.store.ts';
import { findCurrentFacts } from './purchase-subscription.ts';

type Asked = { readonly customerId: string; readonly orderId: string; readonly billingCycle: BillingCycle };

/** What another frequency would come to today, by subscription; nothing is done. Refused as the change itself. */
export async function previewBillingCycle(call: Call, asked: Asked): Promise<Outcome<readonly NewCycle[]>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'purchase');
  if (!allowed.ok) return allowed;
  return database.writeOf(actor.partner.partnerId, asked.customerId, async (tx) => {
    const decided = await decide(tx, call, asked);
    return decided.ok ? accepted(decided.value.changed) : decided;
  });
}

/**
 * Changes how often an order of the legacy platform is billed, from today on, with a new term at today's prices (B5). A repeat changes nothing.
 * Refused: role, unknown order, every reason against any of its subscriptions.
 */
export async function changeBillingCycle(call: Call, asked: Asked): Promise<Outcome<readonly NewCycle[]>> {
  const { actor, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'purchase');
  if (!allowed.ok) return allowed;
  const { customerId, orderId, billingCycle } = asked;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<readonly NewCycle[]>> => {
    const decided = await decide(tx, call, asked);
    if (!decided.ok) return decided;
    const { before, changed } = decided.value;
    if (changed.length === 0) return accepted(changed);
    const ids = changed.map((one) => one.before.subscriptionId);
    const audit = toAuditRow(call, {
      customerId,
      action: 'order.billing-cycle-changed',
      subjectId: orderId,
      details: { before: { billingCycle: before }, after: { billingCycle, subscriptions: ids } },
      changed: ids,
    });
    const act = { customerId, partnerId, referenceId: newId(), at: clock.now(), audit };
    await saveBillingCycle(tx, act, changed, newId);
    return accepted(changed);
  });
}

async function decide(
  tx: Transaction,
  call: Call,
  { customerId, orderId, billingCycle }: Asked,
): Promise<Outcome<{ readonly before: BillingCycle; readonly changed: readonly NewCycle[] }>> {
  const now = call.clock.now();
  const { partnerId } = call.actor.partner;
  const facts = await findCurrentFacts(tx, call, customerId);
  const lines = await findBilledOrder(tx, { customerId, partnerId, orderId }, now);
  const [first] = lines;
  if (!facts || !first) return notFound('order', orderId);
  const decided = decideBillingCycle({ ...facts, lines }, billingCycle, utcDay(now));
  if (!decided.ok) return refused({ code: 'refused', refusals: decided.refused });
  return accepted({ before: first.subscription.billingCycle, changed: decided.value });
}
