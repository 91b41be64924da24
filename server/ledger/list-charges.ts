import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findCharges, type SubscriptionCharges } from './charge.store.ts';

/** Every line written for a subscription. Refused: role, unknown subscription. */
export async function listCharges(
  { actor, database }: Call,
  customerId: string,
  subscriptionId: string,
): Promise<Outcome<SubscriptionCharges>> {
  const allowed = checkRole(actor.roles, 'viewBills');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.readOf(partnerId, customerId, (tx) =>
    findCharges(tx, partnerId, customerId, subscriptionId),
  );
  return found ? accepted(found) : notFound('subscription', subscriptionId);
}
