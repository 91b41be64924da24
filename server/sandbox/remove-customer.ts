import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { clearCustomer } from './clear-world.store.ts';

/**
 * Throws a customer away as if it had never been, as a reset does with all of them: its charges go too, and so does what other partners hold
 * there; only the audit log remembers it. To be called in a sandbox alone. Refused: role, unknown customer.
 */
export async function removeCustomer(call: Call, customerId: string): Promise<Outcome<undefined>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'manageCustomers');
  if (!allowed.ok) return allowed;
  return database.asSystem(async (tx): Promise<Outcome<undefined>> => {
    if (!(await clearCustomer(tx, actor.partner.partnerId, customerId))) return notFound('customer', customerId);
    const entry = {
      customerId,
      action: 'customer.deleted' as const,
      subjectId: customerId,
      details: { before: { deleted: false }, after: { deleted: true } },
    };
    await saveAudit(tx, [toAuditRow(call, entry)]);
    return accepted(undefined);
  });
}
