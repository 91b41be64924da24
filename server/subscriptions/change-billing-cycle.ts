import { decideBillingCycle } from '../../core/subscriptions/change-billing-cycle.ts';
import { type BillingCycle, utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findBilledOrder, saveBillingCycle } from './billing-cycle.store.ts';
import { findCurrentFacts } from './purchase-subscription.ts';

type Asked = { readonly customerId: string; readonly orderId: string; readonly billingCycle: BillingCycle };

/**
 * Changes how often an order of the legacy platform is billed, from today on, with a new term at today's prices (B5). A repeat changes nothing.
 * Refused: role, unknown order, every reason against any of its subscriptions.
 */
export async function changeBillingCycle(call: Call, asked: Asked): Promise<Outcome<undefined>> {
  const { actor, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'purchase');
  if (!allowed.ok) return allowed;
  const { customerId, orderId, billingCycle } = asked;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<undefined>> => {
    const now = clock.now();
    const facts = await findCurrentFacts(tx, call, customerId);
    const lines = await findBilledOrder(tx, { customerId, partnerId, orderId }, now);
    if (!facts || lines.length === 0) return notFound('order', orderId);
    const decided = decideBillingCycle({ ...facts, lines }, billingCycle, utcDay(now));
    if (!decided.ok) return refused({ code: 'refused', refusals: decided.refused });
    if (decided.value.length === 0) return accepted(undefined);
    const before = lines[0]?.subscription.billingCycle;
    const changed = decided.value.map(({ subscriptionId }) => subscriptionId);
    const audit = toAuditRow(call, {
      customerId,
      action: 'order.billing-cycle-changed',
      subjectId: orderId,
      details: { before: { billingCycle: before }, after: { billingCycle, subscriptions: changed } },
      changed,
    });
    await saveBillingCycle(tx, { customerId, partnerId, referenceId: newId(), at: now, audit }, decided.value, newId);
    return accepted(undefined);
  });
}
