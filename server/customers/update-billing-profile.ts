import { isDeepStrictEqual } from 'node:util';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { changeCustomer } from './change-customer.ts';
import { type BillingProfile, saveBillingProfile } from './profile.store.ts';

type Asked = {
  readonly customerId: string;
  /** The version that was looked at; absent: whatever it is now. */
  readonly version?: number | undefined;
  /** Absent: as it is. Another than the customer's is refused. */
  readonly country?: string | undefined;
  readonly profile: BillingProfile;
};

/**
 * Replaces the profile that the partner bills a customer by. The same profile again changes nothing.
 * Refused: role, unknown customer, another country, another version than the one looked at.
 */
export async function updateBillingProfile(
  call: Call,
  { customerId, version, country, profile }: Asked,
): Promise<Outcome<undefined>> {
  const { actor } = call;
  const { partnerId } = actor.partner;
  return changeCustomer(call, customerId, async (tx, found): Promise<Outcome<undefined>> => {
    if (country !== undefined && country !== found.country) {
      return refused({ code: 'invalid-field', field: 'country', expected: 'customerCountry' });
    }
    const { version: held = 0, ...before } = found.billing ?? {};
    if (isDeepStrictEqual(before, profile)) return accepted(undefined);
    if (version !== undefined && version !== held) return refused({ code: 'changed-meanwhile', version: held });
    await saveBillingProfile(tx, partnerId, customerId, profile);
    const details = { before: { version: held }, after: { version: held + 1 } };
    const action = 'customer.billing-profile-updated';
    await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId: customerId, details })]);
    return accepted(undefined);
  });
}
