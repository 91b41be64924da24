import type { Language } from '../../contract/values.ts';
import type { Transaction } from '../postgres/database.ts';

export type CustomerRow = {
  customer_id: string;
  name: string;
  domain: string;
  country: string;
  reseller: boolean;
  kind: 'dap' | 'gdap' | null;
  ends_at: string | null;
  live: boolean | null;
  subscription_count: number;
};

export type CustomerPage = {
  readonly search: string | undefined;
  readonly by: 'name' | 'domain';
  readonly descending: boolean;
  readonly language: Language;
  readonly limit: number;
  /** Sort value and id of the last row of the page before. */
  readonly after: readonly [string, string] | undefined;
};

const COLLATIONS: Readonly<Record<Language, string>> = { tr: '"tr-x-icu"', en: '"en-x-icu"' };

const CUSTOMERS = `
  select c.customer_id, c.name, c.domain, c.country, r.reseller, p.kind, p.ends_at, p.live, n.subscription_count
  from relationships r
  join customers c on c.customer_id = r.customer_id
  left join lateral (
    select kind, ends_at, (ends_at is null or ends_at > $2::timestamptz) as live
    from delegated_privileges p where p.customer_id = r.customer_id and p.partner_id = r.partner_id
    order by live desc, kind desc, ends_at desc nulls first limit 1) p on true
  cross join lateral (
    select count(*)::integer as subscription_count from subscriptions s
    where s.customer_id = r.customer_id and s.partner_id = r.partner_id and s.status <> 'deleted') n
  where r.partner_id = $1`;

/** One page of a partner's customers, by the collation of the language; one row more than the limit tells that there is a next page. */
export async function findCustomers(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  { search, by, descending, language, limit, after }: CustomerPage,
): Promise<CustomerRow[]> {
  const sorted = `c.${by} collate ${COLLATIONS[language]}`;
  const [direction, beyond] = descending ? ['desc', '<'] : ['asc', '>'];
  return tx.query<CustomerRow>(
    `${CUSTOMERS}
       and ($3::text is null or c.name_folded like '%' || $3 || '%' or c.domain like '%' || $3 || '%')
       and ($4::text is null or (${sorted}, c.customer_id) ${beyond} ($4, $5::uuid))
     order by ${sorted} ${direction}, c.customer_id ${direction}
     limit $6`,
    [partnerId, now.toString(), search ? escapeLike(search) : null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
}

export async function findCustomer(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  customerId: string,
): Promise<CustomerRow | undefined> {
  const [row] = await tx.query<CustomerRow>(`${CUSTOMERS} and c.customer_id = $3`, [
    partnerId,
    now.toString(),
    customerId,
  ]);
  return row;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
