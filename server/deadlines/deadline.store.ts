import type { Language } from '../../contract/values.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import { escapeLike } from '../postgres/escape-like.ts';
import type { Transaction } from '../postgres/database.ts';
import { type BatchJson, batchesJson } from '../subscriptions/batch.store.ts';
import { type SubscriptionJson, subscriptionJson } from '../subscriptions/subscription.store.ts';

/**
 * The day of `nextDeadline` of subscription `s`; null: none. It is `change_until`, or the last day of a window that closes before: `w` is what
 * `openWindows` gives.
 */
const deadlineDay = (s: string) => `least(${s}.change_until,
  case when ${s}.change_until is not null and ${s}.platform = 'newCommerce' and ${s}.cancellable_until > $1::timestamptz
    then ((${s}.cancellable_until - interval '1 microsecond') at time zone 'utc')::date end,
  case when ${s}.status = 'active' and ${s}.platform = 'newCommerce' and ${s}.billing_cycle <> 'none' then w.closes_on end,
  case when ${s}.status = 'active' and ${s}.platform = 'legacy' and ${s}.billing_cycle <> 'none'
      and (${s}.term_starts_on + interval '1 month')::date > ($1::timestamptz at time zone 'utc')::date
    then (${s}.term_starts_on + interval '1 month')::date - 1 end)`;

/**
 * The next last day on which fewer seats of subscription `s` are possible; null: it is not active. New commerce: while a window of seats is open (N26),
 * else what renews (N39); legacy: any day of the term, the last one among them. `w` is what `OPEN_WINDOWS` gives.
 */
export const seatsDay = (s: string) => `case when ${s}.status = 'active' then least(${s}.change_until,
  case when ${s}.platform = 'newCommerce' and ${s}.billing_cycle <> 'none' then w.closes_on end) end`;

/** Whether the next term of subscription `s` binds for a year or more, as `isCommitment` says. */
const commits = (s: string) =>
  `(${s}.billing_cycle = 'none' or coalesce(${s}.scheduled_change ->> 'termDuration', ${s}.term_duration) <> 'P1M')`;

/** The days on which windows of seats close that are open at $1, by subscription of the partner $2. */
export const OPEN_WINDOWS = `
  select b.customer_id, b.subscription_id,
    ((min(b.removable_until) - interval '1 microsecond') at time zone 'utc')::date as closes_on
  from seat_batches b where b.partner_id = $2 and b.removable_until > $1::timestamptz
  group by b.customer_id, b.subscription_id`;

/** The same window of subscription `s` alone, to stand beside it in a `from`. */
const windowOf = (s: string) => `left join lateral (
  select ((min(b.removable_until) - interval '1 microsecond') at time zone 'utc')::date as closes_on
  from seat_batches b where b.customer_id = ${s}.customer_id and b.subscription_id = ${s}.subscription_id
    and b.removable_until > $1::timestamptz) w on true`;

/** The nearest deadline of customer `c` with the partner $2 that binds for a year or more, at $1; null: none. */
export const nearestDeadline = `(
  select min(${deadlineDay('s')})::text from subscriptions s ${windowOf('s')}
  where s.customer_id = c.customer_id and s.partner_id = $2 and s.change_until is not null and ${commits('s')})`;

/** The same of all customers that have one, as `deadlines` with `customer_id` and `day`: parts of a `with`. */
export const DEADLINES_OF_CUSTOMERS = `w as materialized (${OPEN_WINDOWS}),
  deadlines as (
    select s.customer_id, min(${deadlineDay('s')}) as day from subscriptions s
    left join w on w.customer_id = s.customer_id and w.subscription_id = s.subscription_id
    where s.partner_id = $2 and s.change_until is not null and ${commits('s')}
    group by s.customer_id)`;

export type DeadlineSort = 'day' | 'customer' | 'unused' | 'value';
export type DeadlineRow = {
  customer_id: string;
  customer_name: string;
  domain: string;
  subscription: SubscriptionJson;
  batches: BatchJson[];
  day: string;
  sort_value: string;
};

export type DeadlineAsked = {
  readonly commitments: boolean;
  /** The last day of the list; undefined: no end. */
  readonly through?: string | undefined;
  /** Part of the customer's name or domain, folded for search. */
  readonly search?: string | undefined;
  readonly unusedOnly: boolean;
  readonly sort: DeadlineSort;
  readonly language: Language;
  readonly limit: number;
  /** Sort value and subscription of the last row before. */
  readonly after?: readonly [string, string] | undefined;
};

/** How rows are sorted, and what the values are in SQL. Price times seats, as nothing else orders cycles of different lengths. */
const SORTS: Readonly<Record<DeadlineSort, { by: string; type: string; descending: boolean }>> = {
  day: { by: 'f.day', type: 'date', descending: false },
  customer: { by: 'f.name', type: 'text', descending: false },
  unused: { by: 'f.quantity - f.assigned', type: 'integer', descending: true },
  value: { by: 'f.unit_price * f.quantity', type: 'numeric', descending: true },
};

/** Deadlines of a partner's customers, in one statement; whole rows are read of those alone that are on the page. */
export async function findDeadlines(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  { commitments, through, search, unusedOnly, sort, language, limit, after }: DeadlineAsked,
): Promise<DeadlineRow[]> {
  const { by, type, descending } = SORTS[sort];
  const key = sort === 'customer' ? `(${by}) collate ${COLLATIONS[language]}` : by;
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  return tx.query<DeadlineRow>(
    `with w as materialized (${OPEN_WINDOWS}),
     found as (
       select s.customer_id, s.subscription_id, s.quantity, s.unit_price, s.assigned, c.name, c.domain, ${deadlineDay('s')} as day
       from subscriptions s
       join customers c on c.customer_id = s.customer_id
       left join w on w.customer_id = s.customer_id and w.subscription_id = s.subscription_id
       where s.partner_id = $2 and s.change_until is not null and ${commits('s')} = $3
         and ($4::text is null or c.name_folded like '%' || $4 || '%' or c.domain like '%' || $4 || '%')
         and ($5::date is null or ${deadlineDay('s')} <= $5::date)),
     page as (
       select f.*, ${by} as sort_value from found f
       where ${unusedOnly ? 'f.assigned < f.quantity' : 'true'}
         and ($6::text is null or (${key}, f.subscription_id) ${beyond} ($6::${type}, $7::uuid))
       order by ${key} ${direction}, f.subscription_id ${direction} limit $8)
     select p.customer_id, p.name as customer_name, p.domain, p.day::text, p.sort_value::text,
       ${subscriptionJson('s', '$1::timestamptz')} as subscription, ${batchesJson('s')} as batches
     from page p join subscriptions s on s.customer_id = p.customer_id and s.subscription_id = p.subscription_id
     order by ${key.replaceAll('f.', 'p.')} ${direction}, p.subscription_id ${direction}`,
    [
      now.toString(),
      partnerId,
      commitments,
      search ? escapeLike(search) : null,
      through ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
    ],
  );
}

export type DeadlineCounts = { readonly commitments: number; readonly monthToMonth: number };

/** How many deadlines are on each list until a day. */
export async function countDeadlines(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  through: string,
): Promise<DeadlineCounts> {
  const [row] = await tx.query<DeadlineCounts>(
    `with w as materialized (${OPEN_WINDOWS})
     select (count(*) filter (where ${commits('s')}))::integer as commitments,
       (count(*) filter (where not ${commits('s')}))::integer as "monthToMonth"
     from subscriptions s
     join customers c on c.customer_id = s.customer_id
     left join w on w.customer_id = s.customer_id and w.subscription_id = s.subscription_id
     where s.partner_id = $2 and s.change_until is not null and ${deadlineDay('s')} <= $3::date`,
    [now.toString(), partnerId, through],
  );
  return row ?? { commitments: 0, monthToMonth: 0 };
}
