import type { Language } from '../../contract/values.ts';
import { BUILT_IN_ROLES, type BuiltInRole } from '../../core/customers/directory-role.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { notFound, type Outcome } from '../failure.ts';
import { readDirectory } from './directory.ts';
import { findRoleMembers, findRolesOfUser, type RoleMemberRow } from './role-member.store.ts';
import { findUser } from './user.store.ts';

type Roles = Promise<Outcome<readonly BuiltInRole[]>>;

/** The directory roles that a customer's users can have. Refused: role, unknown customer, missing privileges. */
export function listDirectoryRoles(call: Call, customerId: string): Roles {
  return readDirectory(call, customerId, 'read_roles', () => Promise.resolve(accepted(BUILT_IN_ROLES)));
}

/** The directory roles that a user has. Refused: role, unknown customer or user, missing privileges. */
export function listRolesOfUser(call: Call, key: { readonly customerId: string; readonly userId: string }): Roles {
  return readDirectory(call, key.customerId, 'read_roles', async (tx) => {
    if (!(await findUser(tx, key.customerId, key.userId, call.clock.now()))) return notFound('user', key.userId);
    const held = await findRolesOfUser(tx, key);
    return accepted(BUILT_IN_ROLES.filter(({ roleId }) => held.has(roleId)));
  });
}

/** Who has a directory role. Refused: role, unknown customer or directory role, missing privileges. */
export function listRoleMembers(
  call: Call,
  key: { readonly customerId: string; readonly roleId: string },
  language: Language,
): Promise<Outcome<RoleMemberRow[]>> {
  return readDirectory(call, key.customerId, 'read_roles', async (tx) =>
    isKnownRole(key.roleId)
      ? accepted(await findRoleMembers(tx, key, language))
      : notFound('directoryRole', key.roleId),
  );
}

function isKnownRole(roleId: string): boolean {
  return BUILT_IN_ROLES.some((one) => one.roleId === roleId);
}
