import type { DelegatedPrivileges } from '../../core/customers/relationship.ts';
import type { Transaction } from '../postgres/database.ts';
import type { GrantJson } from './acceptance.store.ts';
import type { IndirectReseller } from './request.store.ts';

export type GrantRow = GrantJson & { readonly privilegesId: string };

export type RelationshipFacts = {
  readonly customer_id: string;
  readonly name: string;
  readonly domain: string;
  readonly created_at: string;
  readonly indirect_reseller: IndirectReseller | null;
  readonly grants: readonly GrantRow[];
  readonly open_request: { readonly requestId: string; readonly expiresAt: string } | null;
};

/** Grants as core reads them, each with its id. */
export function toGrants(rows: readonly GrantRow[]): (DelegatedPrivileges & { readonly privilegesId: string })[] {
  return rows.map((row) => ({
    ...row,
    startsAt: Temporal.Instant.from(row.startsAt),
    endsAt: row.endsAt === null ? null : Temporal.Instant.from(row.endsAt),
  }));
}

const GRANTS = `(select coalesce(json_agg(json_build_object('privilegesId', d.privileges_id, 'kind', d.kind, 'roles', d.roles,
    'families', d.families, 'startsAt', d.starts_at, 'endsAt', d.ends_at) order by d.ends_at nulls last), '[]')
  from delegated_privileges d where d.customer_id = s.customer_id and d.partner_id = s.partner_id)`;

const FACTS = `
  select s.customer_id, c.name, c.domain, s.created_at, s.indirect_reseller, ${GRANTS} as grants,
    (select json_build_object('requestId', r.request_id, 'expiresAt', r.expires_at) from relationship_requests r
      where r.partner_id = s.partner_id and r.asked_customer_id = s.customer_id and r.state = 'open'
        and r.expires_at > $2::timestamptz order by r.request_id desc limit 1) as open_request
  from relationships s join customers c on c.customer_id = s.customer_id`;

export async function findRelationship(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  now: Temporal.Instant,
): Promise<RelationshipFacts | undefined> {
  const [row] = await tx.query<RelationshipFacts>(`${FACTS} where s.partner_id = $1 and s.customer_id = $3`, [
    partnerId,
    now.toString(),
    customerId,
  ]);
  return row;
}

export type OverviewFilter = 'ending' | 'lapsed' | 'none' | 'requested';

/** What a row must be like to pass; `next_end` is the first end to come, `held` whether anything was ever granted. */
const PASSES: Readonly<Record<OverviewFilter, string>> = {
  ending: `next_end <= $2::timestamptz + interval '720 hours'`,
  lapsed: 'held and not live',
  none: 'not held',
  requested: 'open_request is not null',
};
const NEVER = `'infinity'::timestamptz`;

/** Relationships by what of them ends next, those without an end last; one more than the limit tells of a next page. */
export async function findRelationships(
  tx: Transaction,
  partnerId: string,
  now: Temporal.Instant,
  page: {
    readonly filter: OverviewFilter | undefined;
    readonly limit: number;
    readonly after: readonly [string, string] | undefined;
  },
): Promise<(RelationshipFacts & { readonly sort_at: string })[]> {
  return tx.query(
    `select * from (
       select f.*, coalesce(next_end, ${NEVER}) as sort_at, held, live from (${FACTS} where s.partner_id = $1) f
       cross join lateral (
         select min(d.ends_at) filter (where d.ends_at > $2::timestamptz) as next_end, count(*) > 0 as held,
           coalesce(bool_or(d.starts_at <= $2::timestamptz and (d.ends_at is null or d.ends_at > $2::timestamptz)), false) as live
         from delegated_privileges d where d.customer_id = f.customer_id and d.partner_id = $1) e
       where ${page.filter ? PASSES[page.filter] : 'true'}) found
     where $3::timestamptz is null or (sort_at, customer_id) > ($3, $4::uuid)
     order by sort_at, customer_id limit $5`,
    [partnerId, now.toString(), page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
  );
}

/** Gives one grant back. False: there is none. */
export async function removeGrant(
  tx: Transaction,
  ids: { readonly customerId: string; readonly partnerId: string; readonly privilegesId: string },
): Promise<boolean> {
  const removed = await tx.query(
    'delete from delegated_privileges where customer_id = $1 and partner_id = $2 and privileges_id = $3 returning 1',
    [ids.customerId, ids.partnerId, ids.privilegesId],
  );
  return removed.length > 0;
}

/** Takes back all that a partner was granted. */
export async function removeGrants(tx: Transaction, customerId: string, partnerId: string): Promise<void> {
  await tx.query('delete from delegated_privileges where customer_id = $1 and partner_id = $2', [
    customerId,
    partnerId,
  ]);
}

export type EndingGrant = {
  readonly customer_id: string;
  readonly partner_id: string;
  readonly privileges_id: string;
  /** All that the partner holds there. */
  readonly grants: readonly GrantRow[];
};

/** Grants whose next warning is due, locked; what another server holds is skipped. */
export async function takeEndingGrants(tx: Transaction, now: Temporal.Instant, most: number): Promise<EndingGrant[]> {
  return tx.query<EndingGrant>(
    `select s.customer_id, s.partner_id, s.privileges_id, ${GRANTS} as grants from delegated_privileges s
     where s.ends_at > $1::timestamptz and s.ends_at <= $1::timestamptz + interval '720 hours' and s.starts_at <= $1::timestamptz
       and (s.warned_days is null
         or s.warned_days > 7 and s.ends_at <= $1::timestamptz + interval '168 hours'
         or s.warned_days > 1 and s.ends_at <= $1::timestamptz + interval '24 hours')
     order by s.ends_at limit $2 for update of s skip locked`,
    [now.toString(), most],
  );
}

export async function markWarned(
  tx: Transaction,
  { customer_id, partner_id, privileges_id }: EndingGrant,
  days: number,
): Promise<void> {
  await tx.query(
    'update delegated_privileges set warned_days = $4 where customer_id = $1 and partner_id = $2 and privileges_id = $3',
    [customer_id, partner_id, privileges_id, days],
  );
}

/** Whether the partner has a customer of a domain; of others it is not told. */
export async function findPartnersCustomer(tx: Transaction, partnerId: string, domain: string): Promise<boolean> {
  const found = await tx.query(
    `select 1 from relationships s join customers c on c.customer_id = s.customer_id
     where s.partner_id = $1 and c.domain = $2 limit 1`,
    [partnerId, domain],
  );
  return found.length > 0;
}
