import type { Language } from '../../contract/values.ts';
import { type AuditRow, auditParts } from '../audit/audit.store.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import type { Transaction } from '../postgres/database.ts';

/** What can be said about a user; null: nothing. */
export type UserFields = {
  readonly user_principal_name: string;
  readonly display_name: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly usage_location: string | null;
};
export type UserRow = UserFields & { readonly user_id: string; readonly deleted_at: string | null };

export type UserPage = {
  readonly state: 'active' | 'inactive';
  readonly by: 'display_name' | 'user_principal_name';
  readonly descending: boolean;
  readonly language: Language;
  readonly limit: number;
  /** Sort value and id of the last row of the page before. */
  readonly after: readonly [string, string] | undefined;
};

const COLUMNS = `u.user_id, u.user_principal_name, u.display_name, u.first_name, u.last_name, u.usage_location, u.deleted_at`;

/**
 * One page of a customer's users by the collation of the language: the living ones, or the deleted ones that can be restored. One more than
 * the limit tells that there is a next page.
 */
export async function findUsers(
  tx: Transaction,
  customerId: string,
  now: Temporal.Instant,
  { state, by, descending, language, limit, after }: UserPage,
): Promise<UserRow[]> {
  const sorted = `u.${by} collate ${COLLATIONS[language]}`;
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  return tx.query<UserRow>(
    `select ${COLUMNS} from users u where u.customer_id = $1 and (u.deleted_at is null) = $6 and keeps_user(u.deleted_at, $2)
       and ($3::text is null or (${sorted}, u.user_id) ${beyond} ($3, $4::uuid))
     order by ${sorted} ${direction}, u.user_id ${direction} limit $5`,
    [customerId, now.toString(), after?.[0] ?? null, after?.[1] ?? null, limit + 1, state === 'active'],
  );
}

/** A user, also a deleted one that can be restored. */
export async function findUser(
  tx: Transaction,
  customerId: string,
  userId: string,
  now: Temporal.Instant,
): Promise<UserRow | undefined> {
  const [row] = await tx.query<UserRow>(
    `select ${COLUMNS} from users u where u.customer_id = $1 and u.user_id = $2 and keeps_user(u.deleted_at, $3)`,
    [customerId, userId, now.toString()],
  );
  return row;
}

/** The customer's domain, and whether a living user other than this one has the name. */
export async function findNaming(
  tx: Transaction,
  customerId: string,
  { userId, userPrincipalName }: { userId: string; userPrincipalName: string },
): Promise<{ domain: string; taken: boolean }> {
  const [row] = await tx.query<{ domain: string; taken: boolean }>(
    `select c.domain, exists (
       select 1 from users u where u.customer_id = c.customer_id and u.user_id <> $2 and u.deleted_at is null
         and lower(u.user_principal_name) = lower($3)) as taken
     from customers c where c.customer_id = $1`,
    [customerId, userId, userPrincipalName],
  );
  if (!row) throw new RangeError(`no customer ${customerId}`);
  return row;
}

/** Creates a user, or writes what is said about one who is alive from now on. The sign-in name becomes an address that stays. */
export async function saveUser(
  tx: Transaction,
  customerId: string,
  { user_id, user_principal_name, display_name, first_name, last_name, usage_location }: Omit<UserRow, 'deleted_at'>,
  audit: readonly AuditRow[],
): Promise<void> {
  await tx.query(
    `with saved as (
       insert into users (customer_id, user_id, user_principal_name, display_name, first_name, last_name, usage_location)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (customer_id, user_id) do update set user_principal_name = $3, display_name = $4, first_name = $5,
         last_name = $6, usage_location = $7, deleted_at = null),
     addressed as (
       insert into user_addresses (customer_id, user_id, address) values ($1, $2, lower($3)) on conflict do nothing),
     ${auditParts('$8::jsonb')}
     select 1`,
    [
      customerId,
      user_id,
      user_principal_name,
      display_name,
      first_name,
      last_name,
      usage_location,
      JSON.stringify(audit),
    ],
  );
}

/**
 * Deletes a living user: licenses are free at once, directory roles end, open license issues are left. It tells the partner's own
 * subscriptions and upgrades that this changed.
 */
export async function removeUser(
  tx: Transaction,
  { customerId, userId, agentId, at }: { customerId: string; userId: string; agentId: string; at: string },
): Promise<{ freed: string[]; left: string[] }> {
  const [removed] = await tx.query<{ freed: string[] }>(
    `with freed as (
       delete from licenses where customer_id = $1 and user_id = $2 returning subscription_id),
     resigned as (
       delete from directory_role_members where customer_id = $1 and user_id = $2)
     update users set deleted_at = $3 where customer_id = $1 and user_id = $2
     returning (select coalesce(array_agg(s.subscription_id), '{}') from subscriptions s
       where s.customer_id = $1 and s.subscription_id in (select subscription_id from freed)) as freed`,
    [customerId, userId, at],
  );
  const left = await tx.query<{ upgrade_id: string }>(
    'select upgrade_id from leave_license_issues($1, $2, $3, $4) as upgrade_id',
    [customerId, userId, agentId, at],
  );
  return { freed: removed?.freed ?? [], left: left.map((one) => one.upgrade_id) };
}
