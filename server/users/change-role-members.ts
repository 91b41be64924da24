import { BUILT_IN_ROLES } from '../../core/customers/directory-role.ts';
import { accepted } from '../../core/values/result.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { notFound, type Outcome } from '../failure.ts';
import { changeDirectory } from './directory.ts';
import { findRolesOfUser, removeRoleMember, type RoleMemberRow, saveRoleMember } from './role-member.store.ts';
import { findUser } from './user.store.ts';

type Membership = { readonly customerId: string; readonly roleId: string; readonly userId: string };

/** Gives a user a directory role; one who has it keeps it. Refused: role, unknown customer, directory role or user, missing privileges. */
export function addRoleMember(call: Call, membership: Membership): Promise<Outcome<RoleMemberRow>> {
  return changeMembership(call, membership, async (tx, isMember) => {
    if (!isMember) await saveRoleMember(tx, membership, acted(call, membership, 'role-member.added'));
    return true;
  });
}

/** Takes a directory role from a user. Refused: role, unknown customer or directory role, one who has it not, missing privileges. */
export function dropRoleMember(call: Call, membership: Membership): Promise<Outcome<RoleMemberRow>> {
  return changeMembership(call, membership, async (tx, isMember) => {
    if (isMember) await removeRoleMember(tx, membership, acted(call, membership, 'role-member.removed'));
    return isMember;
  });
}

type Change = (tx: Parameters<typeof saveRoleMember>[0], isMember: boolean) => Promise<boolean>;

function changeMembership(call: Call, membership: Membership, change: Change): Promise<Outcome<RoleMemberRow>> {
  const { customerId, roleId, userId } = membership;
  return changeDirectory(call, customerId, 'write_roles', async (tx): Promise<Outcome<RoleMemberRow>> => {
    if (!BUILT_IN_ROLES.some((one) => one.roleId === roleId)) return notFound('directoryRole', roleId);
    const user = await findUser(tx, customerId, userId, call.clock.now());
    if (!user || user.deleted_at !== null) return notFound('user', userId);
    const held = await findRolesOfUser(tx, membership);
    return (await change(tx, held.has(roleId))) ? accepted(user) : notFound('user', userId);
  });
}

function acted(call: Call, { customerId, roleId, userId }: Membership, action: AuditAction) {
  return toAuditRow(call, {
    customerId,
    action,
    subjectId: userId,
    details: { [action === 'role-member.added' ? 'after' : 'before']: { roleId } },
  });
}
