import { z } from 'zod';
import type { BuiltInRole } from '../../core/customers/directory-role.ts';
import { addRoleMember, dropRoleMember } from '../users/change-role-members.ts';
import { listDirectoryRoles, listRoleMembers, listRolesOfUser } from '../users/list-role-members.ts';
import type { RoleMemberRow } from '../users/role-member.store.ts';
import type { Dialect, Given } from './dialect.ts';
import { faultOf } from './fault.ts';
import { guidOf } from './input.ts';
import { NOTHING } from './operation.ts';
import { collection, collectionOf, guid, kind, resource } from './wire.ts';

const PATH = '/customers/:customerid/directoryroles';
const MEMBERS = `${PATH}/:roleid/usermembers`;

const directoryRole = kind('DirectoryRole', { id: guid, name: z.string() });
const userMember = kind('UserMember', {
  id: guid,
  displayName: z.string(),
  userPrincipalName: z.string(),
  roleId: guid,
});

/** Roles in the customer's directory, and which users have them. */
export function directoryRoleResources(dialect: Dialect): void {
  dialect.get(
    PATH,
    { summary: 'The directory roles that users can have', answer: collectionOf(directoryRole) },
    async ({ call, id, wording }) => {
      const listed = await listDirectoryRoles(call, id('customer'));
      if (!listed.ok) throw faultOf(listed.refused, wording);
      return collection(listed.value.map(presentRole), `/customers/${id('customer')}/directoryroles`);
    },
  );
  dialect.get(
    '/customers/:customerid/users/:userid/directoryroles',
    { summary: 'The directory roles of a user', answer: collectionOf(directoryRole) },
    async ({ call, id, wording }) => {
      const listed = await listRolesOfUser(call, { customerId: id('customer'), userId: id('user') });
      if (!listed.ok) throw faultOf(listed.refused, wording);
      return collection(
        listed.value.map(presentRole),
        `/customers/${id('customer')}/users/${id('user')}/directoryroles`,
      );
    },
  );
  dialect.get(MEMBERS, { summary: 'Who has a directory role', answer: collectionOf(userMember) }, listMembers);
  dialect.post(
    MEMBERS,
    {
      asks: 'manageUsers',
      summary: 'Give a user a directory role',
      body: z.object({ id: guid }),
      status: 201,
      answer: userMember,
    },
    async (given) => {
      const userId = guidOf(given.body.text('id'), 'user');
      const added = await addRoleMember(given.call, { ...roleOf(given), userId });
      if (!added.ok) throw faultOf(added.refused, given.wording);
      return presentMember(added.value, roleOf(given).roleId);
    },
  );
  dialect.delete(
    `${MEMBERS}/:userid`,
    { asks: 'manageUsers', summary: 'Take a directory role from a user', status: 204, answer: NOTHING },
    async (given) => {
      const dropped = await dropRoleMember(given.call, { ...roleOf(given), userId: given.id('user') });
      if (!dropped.ok) throw faultOf(dropped.refused, given.wording);
      return undefined;
    },
  );
}

async function listMembers(given: Given) {
  const { customerId, roleId } = roleOf(given);
  const listed = await listRoleMembers(given.call, { customerId, roleId }, given.wording.language);
  if (!listed.ok) throw faultOf(listed.refused, given.wording);
  return collection(
    listed.value.map((member) => presentMember(member, roleId)),
    `/customers/${customerId}/directoryroles/${roleId}/usermembers`,
  );
}

function roleOf({ id, param }: Given) {
  return { customerId: id('customer'), roleId: guidOf(param('roleid'), 'role') };
}

function presentRole({ roleId, name }: BuiltInRole) {
  return resource(directoryRole, { id: roleId, name });
}

function presentMember(member: RoleMemberRow, roleId: string) {
  return resource(userMember, {
    id: member.user_id,
    displayName: member.display_name,
    userPrincipalName: member.user_principal_name,
    roleId,
  });
}
