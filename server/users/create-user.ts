import { accepted } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { checkName } from './check-name.ts';
import { changeDirectory } from './directory.ts';
import { saveUser, type UserFields, type UserRow } from './user.store.ts';

/** Creates a user. Refused: role, unknown customer, missing privileges, a sign-in name that is taken or of another domain. */
export function createUser(call: Call, customerId: string, fields: UserFields): Promise<Outcome<UserRow>> {
  return changeDirectory(call, customerId, 'write_users', async (tx): Promise<Outcome<UserRow>> => {
    const userId = call.newId();
    const named = await checkName(tx, customerId, { userId, userPrincipalName: fields.user_principal_name });
    if (!named.ok) return named;
    const user = { ...fields, user_id: userId, deleted_at: null };
    const audit = toAuditRow(call, {
      customerId,
      action: 'user.created',
      subjectId: userId,
      details: { after: { usageLocation: fields.usage_location } },
    });
    await saveUser(tx, customerId, user, [audit]);
    return accepted(user);
  });
}
