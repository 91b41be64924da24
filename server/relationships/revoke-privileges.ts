import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { removeGrant } from './relationship.store.ts';

/**
 * Gives delegated admin privileges back to the customer. The relationship stays: what needs no privileges goes on (R10).
 * Refused: role, unknown customer or privileges.
 */
export async function revokePrivileges(
  call: Call,
  { customerId, privilegesId }: { readonly customerId: string; readonly privilegesId: string },
): Promise<Outcome<undefined>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'manageCustomers');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<undefined>> => {
    if (!(await removeGrant(tx, { customerId, partnerId, privilegesId }))) return notFound('privileges', privilegesId);
    const entry = { customerId, action: 'privileges.revoked' as const, subjectId: privilegesId };
    await saveAudit(tx, [toAuditRow(call, { ...entry, details: { by: 'partner' } })]);
    return accepted(undefined);
  });
}
