import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findProfiles, type ProfilesRow } from './profile.store.ts';

/** Changes what a partner keeps of a customer, with the customer locked. Refused: role, unknown customer. */
export async function changeCustomer<Value>(
  { actor, database }: Call,
  customerId: string,
  work: (tx: Transaction, found: ProfilesRow) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'manageCustomers');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<Value>> => {
    const found = await findProfiles(tx, partnerId, customerId);
    return found ? work(tx, found) : notFound('customer', customerId);
  });
}
