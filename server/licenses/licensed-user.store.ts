import type { Language } from '../../contract/values.ts';
import type { License, LicenseFault } from '../../core/licenses/license.ts';
import { escapeLike } from '../postgres/escape-like.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import type { Transaction } from '../postgres/database.ts';

export type LicensedUserRow = {
  user_id: string;
  display_name: string;
  user_principal_name: string;
  usage_location: string | null;
  licenses: (License & { readonly ours: boolean })[];
  /** The newest that is open; `sourceId` is the subscription of the license that could not be exchanged. */
  issue: { upgradeId: string; offerId: string; faults: LicenseFault[]; sourceId: string } | null;
};

export type UserFilter = 'unlicensed' | 'several' | 'noLocation' | 'openIssue';

export type LicensedUserPage = {
  readonly customerId: string;
  readonly partnerId: string;
  readonly now: Temporal.Instant;
  /** Folded. */
  readonly search: string | undefined;
  readonly filter: UserFilter | undefined;
  readonly by: 'display_name' | 'user_principal_name';
  readonly descending: boolean;
  readonly language: Language;
  readonly limit: number;
  /** Sort value and id of the last row of the page before. */
  readonly after: readonly [string, string] | undefined;
};

const PASSES: Readonly<Record<UserFilter, string>> = {
  unlicensed: 'n.licenses is null',
  several: 'n.licenses > 1',
  noLocation: 'u.usage_location is null',
  openIssue: `exists (select 1 from license_issues i
    where i.customer_id = u.customer_id and i.user_id = u.user_id and i.partner_id = $3 and i.status = 'open')`,
};

/** How many licenses each user holds is counted only where the filter asks for it. */
function chosenUsers(filter: UserFilter | undefined): { counted: string; chosen: string } {
  const counts = filter === 'unlicensed' || filter === 'several';
  return {
    counted: counts
      ? `counted as materialized (select t.user_id, count(*) as licenses
          from tenant_licenses($1, ${LIVING}, $2::timestamptz) t group by t.user_id),`
      : '',
    chosen: `from users u ${counts ? 'left join counted n using (user_id)' : ''}
      where u.customer_id = $1 and u.deleted_at is null and $2::timestamptz is not null and $3::uuid is not null
        and ($4::text is null or fold_for_search(u.display_name) like '%' || $4 || '%'
          or fold_for_search(u.user_principal_name) like '%' || $4 || '%')
        ${filter ? `and ${PASSES[filter]}` : ''}`,
  };
}

const LIVING = `array(select x.user_id from users x where x.customer_id = $1 and x.deleted_at is null)`;

function valuesOf({ customerId, now, partnerId, search }: LicensedUserPage): (string | null)[] {
  return [customerId, now.toString(), partnerId, search ? escapeLike(search) : null];
}

/** One page of a customer's living users, by the collation of the language; one row more than the limit tells that there is a next page. */
export async function findLicensedUsers(tx: Transaction, page: LicensedUserPage): Promise<LicensedUserRow[]> {
  const { filter, by, descending, language, limit, after } = page;
  const { counted, chosen } = chosenUsers(filter);
  const sortedOf = (table: string) => `${table}.${by} collate ${COLLATIONS[language]}`;
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  const orderOf = (table: string) => `${sortedOf(table)} ${direction}, ${table}.user_id ${direction}`;
  return tx.query<LicensedUserRow>(
    `with ${counted} page as materialized (
       select u.user_id, u.display_name, u.user_principal_name, u.usage_location ${chosen}
         and ($5::text is null or (${sortedOf('u')}, u.user_id) ${beyond} ($5, $6::uuid))
       order by ${orderOf('u')} limit $7),
     held as materialized (
       select t.user_id, json_agg(json_build_object(
         'subscriptionId', t.subscription_id, 'offerId', t.offer_id, 'switchedOff', t.switched_off,
         'ours', s.subscription_id is not null)) as licenses
       from tenant_licenses($1, array(select user_id from page), $2::timestamptz) t
       left join subscriptions s on s.customer_id = $1 and s.subscription_id = t.subscription_id and s.partner_id = $3
       group by t.user_id)
     select p.*, coalesce(h.licenses, '[]'::json) as licenses, (
       select json_build_object('upgradeId', i.upgrade_id, 'offerId', i.offer_id, 'faults', i.faults,
         'sourceId', coalesce(g.left_in, g.source_subscription_id))
       from license_issues i join upgrades g on g.customer_id = i.customer_id and g.upgrade_id = i.upgrade_id
       where i.customer_id = $1 and i.user_id = p.user_id and i.partner_id = $3 and i.status = 'open'
       order by i.upgrade_id desc limit 1) as issue
     from page p left join held h using (user_id)
     order by ${orderOf('p')}`,
    [...valuesOf(page), after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
}

/** How many users match, on whatever page. */
export async function countLicensedUsers(tx: Transaction, page: LicensedUserPage): Promise<number> {
  const { counted, chosen } = chosenUsers(page.filter);
  const [row] = await tx.query<{ count: number }>(
    `with ${counted} matching as (select 1 ${chosen}) select count(*)::integer as count from matching`,
    valuesOf(page),
  );
  return row?.count ?? 0;
}

/** How many living users hold each offer, beside the partner's own subscriptions. */
export async function countForeignLicenses(
  tx: Transaction,
  customerId: string,
  own: readonly string[],
  now: Temporal.Instant,
): Promise<{ offer_id: string; used: number }[]> {
  return tx.query<{ offer_id: string; used: number }>(
    `select t.offer_id, count(*)::integer as used from tenant_licenses($1, ${LIVING}, $2) t
     where t.subscription_id <> all ($3::uuid[]) group by t.offer_id order by t.offer_id`,
    [customerId, now.toString(), own],
  );
}
