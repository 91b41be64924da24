import { defaultPrivileges } from '../../core/customers/relationship.ts';
import type { CustomerFact } from '../../core/imports/record.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { hasCustomer, saveNewCustomer } from '../customers/new-customer.store.ts';
import type { Transaction } from '../postgres/database.ts';

/**
 * Writes a customer that a file brings, as one that is created; its users come with a file of theirs. The domain is held until the end. False: the domain or id
 * is taken.
 */
export async function addCustomer(tx: Transaction, call: Call, fact: CustomerFact, importId: string): Promise<boolean> {
  const { actor, clock, newId } = call;
  const { partnerId, market } = actor.partner;
  const { name, domain, country = market } = fact;
  const customerId = fact.customerId ?? newId();
  if (await hasCustomer(tx, { customerId, domain })) return false;
  await saveNewCustomer(tx, {
    customerId,
    partnerId,
    name,
    domain,
    country,
    registrationNumber: fact.registrationNumber ?? null,
    email: fact.email ?? null,
    address: {},
    privileges: { ...defaultPrivileges(clock.now()), privilegesId: newId() },
    admin: null,
    at: clock.now().toString(),
  });
  const details = { after: { country }, importId };
  await saveAudit(tx, [toAuditRow(call, { customerId, action: 'customer.created', subjectId: customerId, details })]);
  return true;
}
