import { managedFamilies } from '../../core/customers/managed-services.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findSubscriptions } from '../subscriptions/subscription.store.ts';

/** The service families that the partner manages for a customer by its privileges. Refused: role, unknown customer. */
export async function listManagedServices(
  { actor, catalog, clock, database }: Call,
  customerId: string,
): Promise<Outcome<string[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const now = clock.now();
  const found = await database.read(actor.partner.partnerId, (tx) =>
    findSubscriptions(tx, catalog, actor, now, customerId),
  );
  if (!found) return notFound('customer', customerId);
  const subscriptions = found.held.map(({ subscription }) => subscription);
  return accepted(managedFamilies(catalog, subscriptions, found.facts.privileges, now));
}
