import type { License, LicensedUser } from '../../core/licenses/license.ts';
import type { LicenseHolder } from '../../core/licenses/update-licenses.ts';
import type { Transaction } from '../postgres/database.ts';

/** How many users hold a license of subscription `s`, which keeps the number. All arguments here are SQL expressions. */
export const assignedCount = (s: string, now: string) =>
  `(case when keeps_licenses(${s}.ended_at, ${now}) then ${s}.assigned else 0 end)`;

/** The users that hold a license of subscription `s`, in the form of `LicensedUser`, by user principal name. */
export const usersJson = (s: string, now: string) =>
  licensedUsers(
    `select u.user_id, u.display_name, u.user_principal_name, u.usage_location, l.switched_off,
       ${s}.customer_id, ${s}.subscription_id, ${s}.offer_id
     from licenses l
     join users u on u.customer_id = l.customer_id and u.user_id = l.user_id
     where l.customer_id = ${s}.customer_id and l.subscription_id = ${s}.subscription_id and keeps_licenses(${s}.ended_at, ${now})`,
    s,
    now,
  );

/** The users that hold a license of each of some subscriptions. */
export async function findLicensedUsers(
  tx: Transaction,
  { customerId, subscriptionIds }: { readonly customerId: string; readonly subscriptionIds: readonly string[] },
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, readonly LicensedUser[]>> {
  const rows = await tx.query<{ subscription_id: string; users: UsersJson }>(
    `select s.subscription_id, ${usersJson('s', '$3::timestamptz')} as users
     from subscriptions s where s.customer_id = $1 and s.subscription_id = any ($2::uuid[])`,
    [customerId, subscriptionIds, now.toString()],
    'find-licensed-users',
  );
  return new Map(rows.map(({ subscription_id, users }) => [subscription_id, users]));
}

/** The users of open or settled issues of upgrade `g`, likewise. One whose license on the ended source is gone has nothing switched off. */
export const usersOfIssuesJson = (g: string, userIds: string, now: string) =>
  licensedUsers(
    `select u.user_id, u.display_name, u.user_principal_name, u.usage_location,
       case when keeps_licenses(x.ended_at, ${now}) then l.switched_off end as switched_off,
       x.customer_id, x.subscription_id, x.offer_id
     from license_issues i
     join users u on u.customer_id = i.customer_id and u.user_id = i.user_id
     join subscriptions x on x.customer_id = i.customer_id and x.subscription_id = coalesce(${g}.left_in, ${g}.source_subscription_id)
     left join licenses l on l.customer_id = x.customer_id and l.subscription_id = x.subscription_id and l.user_id = u.user_id
     where i.customer_id = ${g}.customer_id and i.upgrade_id = ${g}.upgrade_id and i.user_id = any (${userIds})`,
    g,
    now,
  );

/** A user with every license held, through whatever channel; undefined: no such living user of the customer. */
export async function findLicenseHolder(
  tx: Transaction,
  { customerId, userId }: { readonly customerId: string; readonly userId: string },
  now: Temporal.Instant,
): Promise<LicenseHolder | undefined> {
  const [holder] = await findLicenseHolders(tx, { customerId, userIds: [userId] }, now);
  return holder;
}

/** Those of some users that are alive, with every license held, through whatever channel; by user principal name. */
export async function findLicenseHolders(
  tx: Transaction,
  { customerId, userIds }: { readonly customerId: string; readonly userIds: readonly string[] },
  now: Temporal.Instant,
): Promise<LicenseHolder[]> {
  const rows = await tx.query<{ holder: LicenseHolder }>(
    `with held as materialized (
       select t.user_id, json_agg(json_build_object(
         'subscriptionId', t.subscription_id, 'offerId', t.offer_id, 'switchedOff', t.switched_off)) as licenses
       from tenant_licenses($1, $2::uuid[], $3) t group by t.user_id)
     select json_build_object(
       'userId', u.user_id, 'displayName', u.display_name, 'userPrincipalName', u.user_principal_name,
       'usageLocation', u.usage_location, 'licenses', coalesce(l.licenses, '[]'::json),
       'sharedAddresses', coalesce(h.addresses, '[]'::json)) as holder
     from users u left join held l using (user_id)
     left join (${sharedAddresses('$1', 'select unnest($2::uuid[])')}) h using (user_id)
     where u.customer_id = $1 and u.user_id = any ($2::uuid[]) and u.deleted_at is null
     order by u.user_principal_name`,
    [customerId, userIds, now.toString()],
  );
  return rows.map(({ holder }) => holder);
}

type SavedChange = {
  readonly userId: string;
  readonly removed: readonly License[];
  readonly given: readonly License[];
};

/** Takes licenses from users and gives others; one that is held already takes over what is switched off. */
export async function saveLicenses(
  tx: Transaction,
  customerId: string,
  changes: readonly SavedChange[],
): Promise<void> {
  const rows = (of: 'removed' | 'given') =>
    JSON.stringify(
      changes.flatMap((change) =>
        change[of].map(({ subscriptionId, switchedOff }) => ({
          user_id: change.userId,
          subscription_id: subscriptionId,
          off: switchedOff,
        })),
      ),
    );
  await tx.query(
    `with g as (select * from jsonb_to_recordset($2::jsonb) as g (user_id uuid, subscription_id uuid, off text[])),
     gone as (
       delete from licenses l using jsonb_to_recordset($3::jsonb) as r (user_id uuid, subscription_id uuid)
       where l.customer_id = $1 and l.user_id = r.user_id and l.subscription_id = r.subscription_id
         and not exists (select 1 from g where g.user_id = l.user_id and g.subscription_id = l.subscription_id))
     insert into licenses (customer_id, subscription_id, user_id, switched_off)
     select $1, g.subscription_id, g.user_id, g.off from g
     on conflict (customer_id, subscription_id, user_id) do update set switched_off = excluded.switched_off`,
    [customerId, rows('given'), rows('removed')],
  );
}

/** Mail addresses that users have in common with other accounts; `chosen` is a list or a query of users. */
function sharedAddresses(customer: string, chosen: string): string {
  return `select a.user_id, json_agg(json_build_object('address', a.address, 'otherAccount', x.user_principal_name)) as addresses
    from user_addresses a
    join user_addresses b on b.customer_id = a.customer_id and b.address = a.address and b.user_id <> a.user_id
    join users x on x.customer_id = b.customer_id and x.user_id = b.user_id and x.deleted_at is null
    where a.customer_id = ${customer} and a.user_id in (${chosen})
    group by a.user_id`;
}

function licensedUsers(chosen: string, owner: string, now: string): string {
  const customer = `${owner}.customer_id`;
  return `(with chosen as materialized (${chosen}),
    others as (
      select t.user_id, json_agg(json_build_object(
        'subscriptionId', t.subscription_id, 'offerId', t.offer_id, 'switchedOff', t.switched_off)) as licenses
      from tenant_licenses(${customer}, (select array_agg(user_id) from chosen), ${now}) t
      where t.subscription_id not in (select subscription_id from chosen)
      group by t.user_id),
    shared as (${sharedAddresses(customer, 'select user_id from chosen')})
    select coalesce(json_agg(json_build_object(
      'userId', c.user_id, 'displayName', c.display_name, 'userPrincipalName', c.user_principal_name,
      'usageLocation', c.usage_location,
      'license', json_build_object('subscriptionId', c.subscription_id, 'offerId', c.offer_id,
        'switchedOff', coalesce(c.switched_off, '{}')),
      'otherLicenses', coalesce(o.licenses, '[]'::json),
      'sharedAddresses', coalesce(h.addresses, '[]'::json)) order by c.user_principal_name), '[]')
    from chosen c left join others o using (user_id) left join shared h using (user_id))`;
}

export type UsersJson = LicensedUser[];
