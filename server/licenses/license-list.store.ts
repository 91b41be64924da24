import type { Platform } from '../../core/catalog/offer.ts';
import type { BillingCycle } from '../../core/values/period.ts';
import type { Language } from '../../contract/values.ts';
import { OPEN_WINDOWS, seatsDay } from '../deadlines/deadline.store.ts';
import { COLLATIONS } from '../postgres/collation.ts';
import { escapeLike } from '../postgres/escape-like.ts';
import type { Transaction } from '../postgres/database.ts';

type Column = 'unused' | 'deadline' | 'customer' | 'product' | 'seats' | 'assigned';
export type LicenseSort = Column | `-${Column}`;

/** Active subscriptions of a product with seats that nobody uses. */
type UnusedJson = {
  platform: Platform;
  billingCycle: BillingCycle;
  unitPrice: string;
  currency: string;
  unused: number;
};

export type CustomerProductRow = {
  customer_id: string;
  customer_name: string;
  domain: string;
  sku_id: string;
  seats: number;
  assigned: number;
  unused: number;
  deadline: string | null;
  open_upgrade_id: string | null;
  open_issues: number;
  unused_seats: UnusedJson[];
  sort_value: string;
};

export type LicenseFilter = {
  /** Part of the customer's name or domain, folded for search. */
  readonly search?: string | undefined;
  readonly unusedOnly: boolean;
  /** The last day of a deadline; undefined: no matter. */
  readonly through?: string | undefined;
  readonly openWorkOnly: boolean;
  readonly skuId?: string | undefined;
};

type Page = LicenseFilter & {
  readonly sort: LicenseSort;
  readonly language: Language;
  /** SKUs of the catalog in the order of their names. */
  readonly skuIds: readonly string[];
  readonly limit: number;
  /** Where the page before ended: sort value, customer and SKU of its last row. */
  readonly after?: readonly [string, string, string] | undefined;
};

/** What rows are sorted by, in SQL. What has no deadline comes after all others. */
const SORTS: Readonly<Record<Column, { by: string; type: string }>> = {
  unused: { by: 'h.unused', type: 'integer' },
  seats: { by: 'h.seats', type: 'integer' },
  assigned: { by: 'h.assigned', type: 'integer' },
  deadline: { by: `coalesce(h.deadline, '9999-12-31')`, type: 'date' },
  customer: { by: 'c.name', type: 'text' },
  product: { by: 'h.place', type: 'integer' },
};

/** Whether subscription `s` counts: users of an ended one do as long as they keep their licenses (product decision 4). */
const COUNTS = `(s.status not in ('deleted', 'pending') or s.assigned > 0) and keeps_licenses(s.ended_at, $1::timestamptz)`;

/**
 * Products by customer, in one statement: what is counted is kept with each subscription, and more is read of those alone that are on the page.
 */
export async function findCustomerProducts(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  { search, unusedOnly, through, openWorkOnly, skuId, sort, language, skuIds, limit, after }: Page,
): Promise<CustomerProductRow[]> {
  const column = sort.replace('-', '') as Column;
  const { by, type } = SORTS[column];
  const key = column === 'customer' ? `${by} collate ${COLLATIONS[language]}` : by;
  const [direction, beyond] = sort.startsWith('-') ? ['desc', '<'] : ['asc', '>'];
  return tx.query<CustomerProductRow>(
    `with w as materialized (${OPEN_WINDOWS}),
     issues as materialized (
       select i.customer_id, o.sku_id, count(*)::integer as open_issues,
         (array_agg(i.upgrade_id order by i.upgrade_id desc))[1] as open_upgrade_id
       from license_issues i join offers o on o.offer_id = i.offer_id
       where i.partner_id = $2 and i.status = 'open' group by i.customer_id, o.sku_id),
     held as (
       select s.customer_id, o.sku_id, array_position($3::text[], o.sku_id) as place,
         coalesce(sum(s.quantity) filter (where s.status <> 'deleted'), 0)::integer as seats, sum(s.assigned)::integer as assigned,
         coalesce(sum(greatest(s.quantity - s.assigned, 0)) filter (where s.status = 'active'), 0)::integer as unused,
         min(${seatsDay('s')}) as deadline
       from subscriptions s join offers o on o.offer_id = s.offer_id
       left join w on w.customer_id = s.customer_id and w.subscription_id = s.subscription_id
       where s.partner_id = $2 and ${COUNTS} and ($4::text is null or o.sku_id = $4)
       group by s.customer_id, o.sku_id),
     page as (
       select h.*, c.name as customer_name, c.domain, i.open_upgrade_id, coalesce(i.open_issues, 0) as open_issues, ${by} as sort_value
       from held h join customers c on c.customer_id = h.customer_id
       left join issues i on i.customer_id = h.customer_id and i.sku_id = h.sku_id
       where ($5::text is null or c.name_folded like '%' || $5 || '%' or c.domain like '%' || $5 || '%')
         and ($6::date is null or h.deadline <= $6)
         ${unusedOnly ? 'and h.unused > 0' : ''} ${openWorkOnly ? 'and i.open_issues > 0' : ''}
         and ($7::text is null or (${key}, h.customer_id, h.sku_id) ${beyond} ($7::${type}, $8::uuid, $9::text))
       order by ${key} ${direction}, h.customer_id ${direction}, h.sku_id ${direction} limit $10)
     select p.*, p.deadline::text, p.sort_value::text,
       (select coalesce(json_agg(json_build_object('platform', s.platform, 'billingCycle', s.billing_cycle,
           'unitPrice', s.unit_price::text, 'currency', s.currency, 'unused', s.quantity - s.assigned)), '[]')
         from subscriptions s join offers o on o.offer_id = s.offer_id
         where s.customer_id = p.customer_id and s.partner_id = $2 and o.sku_id = p.sku_id
           and s.status = 'active' and s.assigned < s.quantity) as unused_seats
     from page p
     order by p.sort_value${column === 'customer' ? ` collate ${COLLATIONS[language]}` : ''} ${direction},
       p.customer_id ${direction}, p.sku_id ${direction}`,
    [
      now.toString(),
      partnerId,
      skuIds,
      skuId ?? null,
      search ? escapeLike(search) : null,
      through ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      after?.[2] ?? null,
      limit,
    ],
  );
}

/** The SKUs of which a customer has a subscription of the partner that has not ended. */
export async function findHeldSkus(tx: Transaction, partnerId: string): Promise<string[]> {
  const rows = await tx.query<{ sku_id: string }>(
    `select distinct o.sku_id from offers o where exists (
       select 1 from subscriptions s where s.partner_id = $1 and s.offer_id = o.offer_id and s.status <> 'deleted')`,
    [partnerId],
  );
  return rows.map(({ sku_id: skuId }) => skuId);
}
