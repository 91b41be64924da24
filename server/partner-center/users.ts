import { z } from 'zod';
import { country, storable, text, userPrincipalName } from '../../contract/values.ts';
import { createUser } from '../users/create-user.ts';
import { deleteUser } from '../users/delete-user.ts';
import { listUsers, showUser } from '../users/list-users.ts';
import { makePassword } from '../users/make-password.ts';
import { updateUser } from '../users/update-user.ts';
import type { UserFields, UserRow } from '../users/user.store.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { readTexts } from './fields.ts';
import { foldEnum, type Input } from './input.ts';
import { NOTHING } from './operation.ts';
import { nextPage, PAGE_QUERY, pageOf, readFilter } from './paging.ts';
import { collection, collectionOf, guid, kind, link, linkOf, moment, resource } from './wire.ts';

const PATH = '/customers/:customerid/users';
const ONE = `${PATH}/:userid`;

const customerUser = kind('CustomerUser', {
  id: guid,
  userPrincipalName: z.string(),
  displayName: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  usageLocation: z.string().optional(),
  userDomainType: z.literal('managed'),
  state: z.enum(['active', 'inactive']),
  softDeletionTime: moment.optional(),
  /** Once, where the password was made here. */
  passwordProfile: z.object({ password: z.string(), forceChangePassword: z.boolean() }).optional(),
  links: z.object({ self: linkOf }),
});

/** Lengths: https://learn.microsoft.com/graph/api/resources/user. An empty first or last name is none. */
const fields = z.object({
  userPrincipalName,
  displayName: text(256),
  firstName: storable.trim().max(64).optional(),
  lastName: storable.trim().max(64).optional(),
  usageLocation: z.string().trim().toUpperCase().pipe(country).optional(),
});
const passwordProfile = z.object({ password: z.string().optional(), forceChangePassword: z.boolean().optional() });
const newUser = fields.extend({ passwordProfile: passwordProfile.optional() });
const changes = newUser.partial().extend({ state: z.enum(['active', 'inactive']).optional() });

/** A customer's users; the same for every partner of the customer. */
export function userResources(dialect: Dialect): void {
  const query = {
    ...PAGE_QUERY,
    filter: 'JSON with field UserState, operator equals and value Inactive: those deleted in the last 30 days',
    sortField: 'DisplayName or UserPrincipalName; absent: DisplayName',
    sortDirection: 'Ascending or Descending; absent: Ascending',
  };
  dialect.get(PATH, { summary: 'A customer’s users, page by page', query, answer: collectionOf(customerUser) }, list);
  dialect.post(
    PATH,
    { asks: 'manageUsers', summary: 'Create a user', body: newUser, status: 201, answer: customerUser },
    create,
  );
  dialect.get(ONE, { summary: 'One user', answer: customerUser }, async ({ call, id, wording }) => {
    const shown = await showUser(call, id('customer'), id('user'));
    if (!shown.ok) throw faultOf(shown.refused, wording);
    return present(shown.value, id('customer'));
  });
  dialect.patch(
    ONE,
    {
      asks: 'manageUsers',
      summary: 'Change what is given of a user; state active restores a deleted one',
      body: changes,
      answer: customerUser,
    },
    (given) => update(given, given.body.has('passwordProfile') ? given.body.object('passwordProfile') : undefined),
  );
  dialect.patch(
    `${ONE}/resetpassword`,
    {
      asks: 'manageUsers',
      summary: 'Give a user another password',
      body: z.object({ passwordProfile }).partial(),
      answer: customerUser,
    },
    (given) => update(given, given.body.has('passwordProfile') ? given.body.object('passwordProfile') : given.body),
  );
  dialect.delete(
    ONE,
    { asks: 'manageUsers', summary: 'Delete a user', status: 204, answer: NOTHING },
    async ({ call, id, wording }) => {
      const deleted = await deleteUser(call, { customerId: id('customer'), userId: id('user') });
      if (!deleted.ok) throw faultOf(deleted.refused, wording);
      return undefined;
    },
  );
}

async function list(given: Given) {
  const { call, query, wording, id } = given;
  const page = pageOf(given);
  const filter = query.text('filter');
  const sortField = query.choice('sortField', SORT_FIELDS) ?? 'displayName';
  const sortDirection = query.choice('sortDirection', ['ascending', 'descending']) ?? 'ascending';
  const asked = {
    state: stateOf(filter),
    by: sortField === 'displayName' ? ('display_name' as const) : ('user_principal_name' as const),
    descending: sortDirection === 'descending',
    ...page,
  };
  const found = await listUsers(call, id('customer'), asked, wording.language);
  if (!found.ok) throw faultOf(found.refused, wording);
  const { users, nextCursor } = found.value;
  const inQuery = new URLSearchParams({
    size: String(page.limit),
    sortField,
    sortDirection,
    ...(filter && { filter }),
  });
  const self = `/customers/${id('customer')}/users?${inQuery.toString()}`;
  return collection(
    users.map((user) => present(user, id('customer'))),
    self,
    nextCursor === null ? undefined : nextPage(self, page, nextCursor),
  );
}

const SORT_FIELDS = ['displayName', 'userPrincipalName'] as const;

/** Documentation names the field in two ways. */
function stateOf(filter: string | undefined): 'active' | 'inactive' {
  if (filter === undefined || filter === '') return 'active';
  const { field, operator, value } = readFilter(filter);
  const state = foldEnum(value);
  const known = (field === 'userstate' || field === 'userstatus') && operator === 'equals';
  if (known && (state === 'active' || state === 'inactive')) return state;
  throw new Fault(400, 3000, 'filter must ask for UserState equals Inactive or Active.');
}

async function create(given: Given) {
  const { call, body, wording, id } = given;
  const made = madePassword(body.object('passwordProfile'));
  const { userPrincipalName: name, displayName, ...optional } = readTexts(body, fields, wording.language);
  const user = { user_principal_name: name, display_name: displayName, ...columnsOf(optional) };
  const created = await createUser(call, id('customer'), { ...NO_FIELDS, ...user });
  if (!created.ok) throw faultOf(created.refused, wording);
  return present(created.value, id('customer'), made);
}

const NO_FIELDS = { first_name: null, last_name: null, usage_location: null };

/** With a password profile the password is another one from now on. */
async function update({ call, body, wording, id }: Given, profile: Input | undefined) {
  const made = profile && madePassword(profile);
  const given = readTexts(body, fields.partial(), wording.language);
  const state = body.choice('state', ['active', 'inactive']);
  const key = { customerId: id('customer'), userId: id('user') };
  const updated = await updateUser(call, key, {
    ...columnsOf(given),
    state,
    passwordReset: profile !== undefined,
  });
  if (!updated.ok) throw faultOf(updated.refused, wording);
  return present(updated.value, key.customerId, made);
}

type Made = { readonly password: string; readonly forceChangePassword: boolean };

/** Undefined where the client gave a password: it is not kept, since nobody signs in here as a customer's user. */
function madePassword(profile: Input): Made | undefined {
  const given = profile.text('password');
  const forceChangePassword = profile.flag('forceChangePassword') ?? true;
  return given ? undefined : { password: makePassword(), forceChangePassword };
}

/** What is absent stays absent. */
function columnsOf(given: { [Field in keyof z.output<typeof fields>]?: string | undefined }): Partial<UserFields> {
  const columns = {
    user_principal_name: given.userPrincipalName,
    display_name: given.displayName,
    first_name: given.firstName === '' ? null : given.firstName,
    last_name: given.lastName === '' ? null : given.lastName,
    usage_location: given.usageLocation,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

function present(user: UserRow, customerId: string, made?: Made) {
  return resource(customerUser, {
    id: user.user_id,
    userPrincipalName: user.user_principal_name,
    displayName: user.display_name,
    firstName: user.first_name,
    lastName: user.last_name,
    usageLocation: user.usage_location,
    userDomainType: 'managed',
    state: user.deleted_at === null ? 'active' : 'inactive',
    softDeletionTime: user.deleted_at === null ? null : Temporal.Instant.from(user.deleted_at).toString(),
    passwordProfile: made,
    links: { self: link(`/customers/${customerId}/users/${user.user_id}`) },
  });
}
