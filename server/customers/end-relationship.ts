import { keepsRelationship } from '../../core/subscriptions/subscription.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { changeCustomer } from './change-customer.ts';
import { removeRelationship } from './profile.store.ts';

/**
 * Ends the partner's relationship with a customer, and its privileges with it: the customer is then none of this partner's. What was done
 * and billed stays written. Refused: role, unknown customer, a subscription of the partner that is neither suspended nor over (R11).
 */
export async function endRelationship(call: Call, customerId: string): Promise<Outcome<undefined>> {
  const { actor } = call;
  const { partnerId } = actor.partner;
  return changeCustomer(call, customerId, async (tx, found): Promise<Outcome<undefined>> => {
    if (found.statuses.some(keepsRelationship)) {
      return refused({ code: 'invalid-field', field: 'relationshipToPartner', expected: 'noneActive' });
    }
    await removeRelationship(tx, partnerId, customerId);
    const details = { before: { related: true }, after: { related: false } };
    const action = 'customer.relationship-ended';
    await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId: customerId, details })]);
    return accepted(undefined);
  });
}
