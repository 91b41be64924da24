import { accepted, refused } from '../../core/values/result.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { checkName } from './check-name.ts';
import { changeDirectory } from './directory.ts';
import { findUser, saveUser, type UserFields, type UserRow } from './user.store.ts';

export type UserChanges = Partial<UserFields> & {
  /** `active` restores a deleted user. */
  readonly state?: 'active' | 'inactive' | undefined;
  /** Nobody signs in here as a customer's user, so that only the fact is kept. */
  readonly passwordReset?: boolean;
};

/**
 * Changes what is given of a user, all of it or nothing, and restores a deleted one; what is the same already changes nothing. A restored
 * user comes back without licenses and directory roles.
 * Refused: role, unknown customer or user, missing privileges, a deleted user that is not restored by the same act, deleting by a change,
 * a sign-in name that is taken or of another domain.
 */
export function updateUser(
  call: Call,
  { customerId, userId }: { readonly customerId: string; readonly userId: string },
  { state, passwordReset = false, ...fields }: UserChanges,
): Promise<Outcome<UserRow>> {
  return changeDirectory(call, customerId, 'write_users', async (tx): Promise<Outcome<UserRow>> => {
    const user = await findUser(tx, customerId, userId, call.clock.now());
    if (!user) return notFound('user', userId);
    const isDeleted = user.deleted_at !== null;
    if (state === undefined ? isDeleted : state === 'inactive') {
      return refused({ code: 'invalid-field', field: 'state', expected: 'userState' });
    }
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    const after: UserRow = { ...user, ...Object.fromEntries(given), deleted_at: null };
    const changed = given.map(([field]) => field as keyof UserFields).filter((field) => after[field] !== user[field]);
    const named = await checkNewName(tx, customerId, user, after);
    if (!named.ok) return named;
    const audit = [
      ...(isDeleted ? [acted(call, { customerId, userId }, 'user.restored', RESTORED)] : []),
      ...(changed.length > 0
        ? [acted(call, { customerId, userId }, 'user.updated', describe(user, after, changed))]
        : []),
      ...(passwordReset ? [acted(call, { customerId, userId }, 'user.password-reset')] : []),
    ];
    if (audit.length > 0) await saveUser(tx, customerId, after, audit);
    return accepted(after);
  });
}

const RESTORED = { before: { state: 'deleted' }, after: { state: 'active' } };

/** Which fields have changed; the values of names are not kept in the log. */
function describe(before: UserRow, after: UserRow, fields: readonly (keyof UserFields)[]) {
  if (!fields.includes('usage_location')) return { after: { fields } };
  return {
    before: { usageLocation: before.usage_location },
    after: { usageLocation: after.usage_location, fields },
  };
}

/** A name that stays is not asked for again, unless it may have been taken while its user was deleted. */
async function checkNewName(tx: Transaction, customerId: string, before: UserRow, after: UserRow) {
  const stays = before.user_principal_name === after.user_principal_name && before.deleted_at === null;
  const named = { userId: after.user_id, userPrincipalName: after.user_principal_name };
  return stays ? accepted(undefined) : checkName(tx, customerId, named);
}

function acted(
  call: Call,
  { customerId, userId }: { customerId: string; userId: string },
  action: AuditAction,
  details: object = {},
) {
  return toAuditRow(call, { customerId, action, subjectId: userId, details });
}
