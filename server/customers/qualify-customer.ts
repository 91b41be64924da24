import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findProfiles, type Qualification, saveQualification } from './profile.store.ts';

/**
 * Writes down what a partner has found out about a customer; it holds at once, for good.
 * Refused: role, unknown customer, one that is qualified otherwise.
 */
export async function qualifyCustomer(
  call: Call,
  customerId: string,
  qualification: Exclude<Qualification, 'none'>,
): Promise<Outcome<undefined>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'manageCustomers');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<undefined>> => {
    const found = await findProfiles(tx, partnerId, customerId);
    if (!found) return notFound('customer', customerId);
    if (found.qualification === qualification) return accepted(undefined);
    if (found.qualification !== 'none') {
      return refused({ code: 'invalid-field', field: 'qualification', expected: 'qualifiedOnce' });
    }
    await saveQualification(tx, customerId, qualification, clock.now().toString());
    const entry = { customerId, action: 'customer.qualified' as const, subjectId: customerId };
    await saveAudit(tx, [toAuditRow(call, { ...entry, details: { qualification } })]);
    return accepted(undefined);
  });
}
