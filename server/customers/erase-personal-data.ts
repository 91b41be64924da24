import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { eraseContacts, eraseRequests, eraseUsers, eraseWords, findErasable } from './erasure.store.ts';

/**
 * Deletes what is known of the people of a customer, for good; what was charged, and what was done, stays as it is written. A repeat finds nothing
 * more to delete. Refused: role, unknown customer, another name than the customer's, anything of it that still lives.
 */
export async function erasePersonalData(
  call: Call,
  { customerId, name }: { readonly customerId: string; readonly name: string },
): Promise<Outcome<{ users: number }>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'erasePersonalData');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const ids = { customerId, partnerId };
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<{ users: number }>> => {
    const found = await findErasable(tx, ids);
    if (!found) return notFound('customer', customerId);
    if (found.name.normalize() !== name.normalize()) {
      return refused({ code: 'invalid-field', field: 'name', expected: 'nameOfCustomer' });
    }
    if (found.in_use) return refused({ code: 'invalid-field', field: 'customerId', expected: 'nothingInUse' });
    await eraseContacts(tx, ids);
    await eraseRequests(tx, ids);
    await eraseWords(tx, ids);
    const users = await eraseUsers(tx, customerId);
    const action = 'customer.personal-data-erased';
    await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId: customerId, details: { users } })]);
    return accepted({ users });
  });
}
