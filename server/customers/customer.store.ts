import type { Language } from '../../contract/values.ts';
import { DEADLINES_OF_CUSTOMERS, nearestDeadline } from '../deadlines/deadline.store.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import { escapeLike } from '../postgres/escape-like.ts';
import type { Transaction } from '../postgres/database.ts';
import { tenantFacts, type TenantFactsRow } from '../subscriptions/customer-facts.store.ts';
import { type SubscriptionJson, subscriptionsJson } from '../subscriptions/subscription.store.ts';

/** A customer with all that decides about its subscriptions, except what holds for all customers of the partner. */
export type CustomerRow = TenantFactsRow & {
  customer_id: string;
  name: string;
  domain: string;
  country: string;
  reseller: boolean;
  kind: 'dap' | 'gdap' | null;
  ends_at: string | null;
  live: boolean | null;
  subscriptions: SubscriptionJson[];
  /** Subscriptions that an upgrade waits for. */
  waited_for: string[];
  /** The last day on which something can be changed that binds for a year or more. */
  next_deadline: string | null;
  open_upgrade_id: string | null;
  open_issues: number;
};

export type CustomerPage = {
  readonly search: string | undefined;
  /** Only names (folded) or domains that begin with a text. */
  readonly prefix?: { readonly of: 'name' | 'domain'; readonly text: string } | undefined;
  /** Only those that may pass a filter, as far as the database can tell. */
  readonly narrowedTo?: Narrowing | undefined;
  readonly by: 'name' | 'domain';
  readonly descending: boolean;
  readonly language: Language;
  readonly limit: number;
  /** Only those with a subscription of this offer that has not ended. */
  readonly holding?: string | undefined;
  /** Only those that have a deadline until a day. */
  readonly deadlineThrough?: string | undefined;
  /** Sort value and id of the last row of the page before. */
  readonly after: readonly [string, string] | undefined;
};

export type Narrowing = 'noPrivileges' | 'privilegesEnding' | 'openWork';

const NARROWED_TO: Readonly<Record<Narrowing, string>> = {
  noPrivileges: 'p.live is not true',
  privilegesEnding: `exists (select 1 from delegated_privileges e
    where e.customer_id = r.customer_id and e.partner_id = r.partner_id
      and e.ends_at > $1::timestamptz and e.ends_at <= $1::timestamptz + interval '720 hours')`,
  openWork: `exists (select 1 from license_issues i
    where i.customer_id = r.customer_id and i.partner_id = r.partner_id and i.status = 'open')`,
};

/** Whether customer `c` holds a subscription of an offer; the argument is an SQL expression, and null is any offer. */
const holds = (offerId: string) => `(${offerId}::text is null or exists (
  select 1 from subscriptions h where h.customer_id = c.customer_id and h.partner_id = r.partner_id
    and h.offer_id = ${offerId} and h.status <> 'deleted'))`;

const CUSTOMERS = `
  select c.customer_id, c.name, c.domain, c.country, r.reseller, p.kind, p.ends_at, p.live, w.open_upgrade_id, w.open_issues,
    ${tenantFacts}, ${subscriptionsJson('$1::timestamptz')} as subscriptions, ${nearestDeadline} as next_deadline,
    array(
      select u.source_subscription_id from upgrades u
      where u.customer_id = r.customer_id and u.partner_id = r.partner_id and u.state in ('waitingForApproval', 'held')) as waited_for
  from relationships r
  join customers c on c.customer_id = r.customer_id
  left join lateral (
    select kind, ends_at, (starts_at <= $1::timestamptz and (ends_at is null or ends_at > $1::timestamptz)) as live
    from delegated_privileges p where p.customer_id = r.customer_id and p.partner_id = r.partner_id
    order by live desc, kind desc, ends_at desc nulls first limit 1) p on true
  cross join lateral (
    select (array_agg(i.upgrade_id order by i.upgrade_id desc))[1] as open_upgrade_id, count(*)::integer as open_issues
    from license_issues i
    where i.customer_id = r.customer_id and i.partner_id = r.partner_id and i.status = 'open') w
  where r.partner_id = $2`;

const MATCHES = `($3::text is null or c.name_folded like '%' || $3 || '%' or c.domain like '%' || $3 || '%')`;

/** One page of a partner's customers, by the collation of the language; one row more than the limit tells that there is a next page. */
export async function findCustomers(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  { search, prefix, narrowedTo, holding, by, descending, language, limit, deadlineThrough, after }: CustomerPage,
): Promise<CustomerRow[]> {
  const sorted = `c.${by} collate ${COLLATIONS[language]}`;
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  return tx.query<CustomerRow>(
    `${CUSTOMERS} and ${MATCHES} and ${narrowedTo ? NARROWED_TO[narrowedTo] : 'true'}
       and ($4::text is null or (${sorted}, c.customer_id) ${beyond} ($4, $5::uuid))
       and ($7::text is null or ${prefix?.of === 'domain' ? 'c.domain' : 'c.name_folded'} like $7 || '%')
       and ($8::text is null or ${nearestDeadline} <= $8) and ${holds('$9')}
     order by ${sorted} ${direction}, c.customer_id ${direction}
     limit $6`,
    [
      now.toString(),
      partnerId,
      search ? escapeLike(search) : null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
      prefix ? escapeLike(prefix.text) : null,
      deadlineThrough ?? null,
      holding ?? null,
    ],
  );
}

/** A customer in an order that is not that of a column: its place there, as text, and its id. */
export type Ranked = { readonly customer_id: string; readonly rank: string };

type RankedPage = Pick<CustomerPage, 'search' | 'holding' | 'deadlineThrough' | 'limit' | 'after'>;

/** Customers by their nearest deadline, those without one last; the place is the day. */
export async function rankByDeadline(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  { search, holding, deadlineThrough, limit, after }: RankedPage,
): Promise<Ranked[]> {
  const day = `coalesce(d.day, '9999-12-31')`;
  return tx.query<Ranked>(
    `with ${DEADLINES_OF_CUSTOMERS}
     select c.customer_id, ${day}::text as rank
     from relationships r join customers c on c.customer_id = r.customer_id left join deadlines d on d.customer_id = c.customer_id
     where r.partner_id = $2 and ${MATCHES} and ${holds('$8')} and ($4::date is null or d.day <= $4)
       and ($5::date is null or (${day}, c.customer_id) > ($5, $6::uuid))
     order by ${day}, c.customer_id limit $7`,
    [
      now.toString(),
      partnerId,
      search ? escapeLike(search) : null,
      deadlineThrough ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
      holding ?? null,
    ],
  );
}

/**
 * Customers by how many of their subscriptions an upgrade path leads on from, the most first; the place is that number. The rules allow no more
 * upgrades than that, and often fewer.
 */
export async function rankByPaths(
  tx: Transaction,
  partnerId: string,
  {
    search,
    holding,
    fromOfferIds,
    most,
  }: Pick<CustomerPage, 'search' | 'holding'> & { fromOfferIds: readonly string[]; most: number },
): Promise<Ranked[]> {
  return tx.query<Ranked>(
    `with led as (
       select s.customer_id, count(*) as paths from subscriptions s
       where s.partner_id = $1 and s.status = 'active' and s.provisioning = 'success' and s.offer_id = any ($2)
       group by s.customer_id)
     select c.customer_id, coalesce(l.paths, 0)::text as rank
     from relationships r join customers c on c.customer_id = r.customer_id left join led l on l.customer_id = c.customer_id
     where r.partner_id = $1 and ${MATCHES} and ${holds('$5')}
     order by coalesce(l.paths, 0) desc, c.customer_id limit $4`,
    [partnerId, fromOfferIds, search ? escapeLike(search) : null, most, holding ?? null],
  );
}

/** Customers by their ids, in the order of these. */
export async function findRanked(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  ids: readonly string[],
): Promise<CustomerRow[]> {
  if (ids.length === 0) return [];
  return tx.query<CustomerRow>(
    `${CUSTOMERS} and c.customer_id = any ($3::uuid[]) order by array_position($3::uuid[], c.customer_id)`,
    [now.toString(), partnerId, ids],
  );
}

/** How many customers match, counted no further than a bound. */
export async function countCustomers(
  tx: Transaction,
  partnerId: string,
  { search, most }: { search: string | undefined; most: number },
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from (
       select 1 from relationships r join customers c on c.customer_id = r.customer_id
       where r.partner_id = $1 and ${MATCHES.replaceAll('$3', '$2')} limit $3) matching`,
    [partnerId, search ? escapeLike(search) : null, most],
  );
  return row?.count ?? 0;
}

export async function findCustomer(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  customerId: string,
): Promise<CustomerRow | undefined> {
  const [row] = await tx.query<CustomerRow>(`${CUSTOMERS} and c.customer_id = $3`, [
    now.toString(),
    partnerId,
    customerId,
  ]);
  return row;
}

/** Some of a partner's customers that hold a subscription of an offer, in the order of their ids; one more than the limit tells that there are more. */
export async function findHolders(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  { offerId, limit, after }: { readonly offerId: string; readonly limit: number; readonly after: string | undefined },
): Promise<CustomerRow[]> {
  return tx.query<CustomerRow>(
    `${CUSTOMERS} and ($4::uuid is null or c.customer_id > $4) and ${holds('$3')}
     order by c.customer_id limit $5`,
    [now.toString(), partnerId, offerId, after ?? null, limit + 1],
  );
}
