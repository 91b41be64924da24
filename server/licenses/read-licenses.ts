import type { Call } from '../context.ts';
import { checkDirectory, checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findPrivileges } from '../subscriptions/customer-facts.store.ts';

/** Looks at the licenses of a customer's users. Refused: role, unknown customer, missing privileges. */
export async function readLicenses<Value>(
  { actor, clock, database }: Call,
  customerId: string,
  work: (tx: Transaction) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.readOf(partnerId, customerId, async (tx): Promise<Outcome<Value>> => {
    const privileges = await findPrivileges(tx, partnerId, customerId);
    if (!privileges) return notFound('customer', customerId);
    const granted = checkDirectory(privileges, 'read_licenses', clock.now());
    return granted.ok ? work(tx) : granted;
  });
}
