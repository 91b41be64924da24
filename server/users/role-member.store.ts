import type { Language } from '../../contract/values.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import type { Transaction } from '../postgres/database.ts';

export type RoleMemberRow = {
  readonly user_id: string;
  readonly display_name: string;
  readonly user_principal_name: string;
};
type Membership = { readonly customerId: string; readonly roleId: string; readonly userId: string };

/** Who has a role, by name in the order of the language. */
export async function findRoleMembers(
  tx: Transaction,
  { customerId, roleId }: Omit<Membership, 'userId'>,
  language: Language,
): Promise<RoleMemberRow[]> {
  return tx.query<RoleMemberRow>(
    `select u.user_id, u.display_name, u.user_principal_name
     from directory_role_members m join users u on u.customer_id = m.customer_id and u.user_id = m.user_id
     where m.customer_id = $1 and m.role_id = $2
     order by u.display_name collate ${COLLATIONS[language]}, u.user_id`,
    [customerId, roleId],
  );
}

export async function findRolesOfUser(
  tx: Transaction,
  { customerId, userId }: Omit<Membership, 'roleId'>,
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ role_id: string }>(
    'select role_id from directory_role_members where customer_id = $1 and user_id = $2',
    [customerId, userId],
  );
  return new Set(rows.map((row) => row.role_id));
}

export async function saveRoleMember(
  tx: Transaction,
  { customerId, roleId, userId }: Membership,
  audit: AuditRow,
): Promise<void> {
  await tx.query(
    `with added as (insert into directory_role_members (customer_id, role_id, user_id) values ($1, $2, $3)),
     ${auditParts('$4::jsonb')} select 1`,
    [customerId, roleId, userId, JSON.stringify([audit])],
  );
}

export async function removeRoleMember(
  tx: Transaction,
  { customerId, roleId, userId }: Membership,
  audit: AuditRow,
): Promise<void> {
  await tx.query(
    `with removed as (
       delete from directory_role_members where customer_id = $1 and role_id = $2 and user_id = $3),
     ${auditParts('$4::jsonb')} select 1`,
    [customerId, roleId, userId, JSON.stringify([audit])],
  );
}
