import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { changeCustomer } from './change-customer.ts';
import type { Qualification } from '../../core/customers/qualification.ts';
import { saveQualification } from './profile.store.ts';

/**
 * Writes down what a partner has found out about a customer; it holds at once, for good.
 * Refused: role, unknown customer, one that is qualified otherwise.
 */
export async function qualifyCustomer(
  call: Call,
  customerId: string,
  qualification: Exclude<Qualification, 'none'>,
): Promise<Outcome<undefined>> {
  const { clock } = call;
  return changeCustomer(call, customerId, async (tx, found): Promise<Outcome<undefined>> => {
    if (found.qualification === qualification) return accepted(undefined);
    if (found.qualification !== 'none') {
      return refused({ code: 'invalid-field', field: 'qualification', expected: 'qualifiedOnce' });
    }
    await saveQualification(tx, customerId, qualification, clock.now().toString());
    const entry = { customerId, action: 'customer.qualified' as const, subjectId: customerId };
    await saveAudit(tx, [
      toAuditRow(call, {
        ...entry,
        details: { before: { qualification: found.qualification }, after: { qualification } },
      }),
    ]);
    return accepted(undefined);
  });
}
