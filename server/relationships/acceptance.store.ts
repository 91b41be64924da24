import type { DelegatedPrivileges } from '../../core/customers/relationship.ts';
import type { SubscriptionStatus } from '../../core/subscriptions/subscription.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import type { Transaction } from '../postgres/database.ts';
import { type IndirectReseller, type Request, requestColumns, type RequestRow } from './request.store.ts';

/** What a link leads to, with all that decides about it. */
export type LinkFacts = Omit<RequestRow, 'mail'> & {
  readonly kind: 'answer' | 'manage';
  readonly partner: string;
  readonly partnerDomain: string;
  readonly market: string;
  /** Of the customer that the request is for; null: no such relationship. */
  readonly relation: {
    readonly grants: readonly GrantJson[];
    readonly agreed: boolean;
    readonly country: string;
    readonly statuses: readonly SubscriptionStatus[];
  } | null;
};

export type GrantJson = Pick<DelegatedPrivileges, 'kind' | 'roles' | 'families'> & {
  readonly startsAt: string;
  readonly endsAt: string | null;
};

/** Asked as the system: whoever has the link is not signed in. Undefined: a link that was never given out. */
export async function findByLink(
  tx: Transaction,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<LinkFacts | undefined> {
  const [row] = await tx.query<LinkFacts>(
    `select ${requestColumns('$2::timestamptz')}, l.kind, p.name as partner, p.domain as "partnerDomain", p.market,
       (select json_build_object('country', c.country,
          'grants', (select coalesce(json_agg(json_build_object('kind', d.kind, 'roles', d.roles, 'families', d.families,
              'startsAt', d.starts_at, 'endsAt', d.ends_at) order by d.privileges_id), '[]')
            from delegated_privileges d where d.customer_id = s.customer_id and d.partner_id = s.partner_id
              and (d.ends_at is null or d.ends_at > $2::timestamptz)),
          'agreed', exists (select 1 from agreements a where a.customer_id = s.customer_id
            and a.partner_id = s.partner_id and a.type = 'MicrosoftCustomerAgreement'),
          'statuses', array(select u.status from subscriptions u
            where u.customer_id = s.customer_id and u.partner_id = s.partner_id))
        from relationships s join customers c on c.customer_id = s.customer_id
        where s.customer_id = r.asked_customer_id and s.partner_id = r.partner_id) as relation
     from relationship_links l
     join relationship_requests r on r.partner_id = l.partner_id and r.request_id = l.request_id
     join partners p on p.partner_id = l.partner_id
     where l.token_hash = $1`,
    [tokenHash, now.toString()],
  );
  return row;
}

/** Whom a request is for: a customer, or who has a domain. */
type OfCustomer = Pick<Request, 'customerId' | 'domain'>;

/**
 * Whether a code may go to an address: it is one of a Global Administrator of the customer, or none of them is known, as in a tenant that
 * is new or whose roles nobody has read. Where the request knows no customer it is who has the domain: another partner may serve it already.
 */
export async function mayProve(tx: Transaction, of: OfCustomer, roleId: string, email: string): Promise<boolean> {
  const [row] = await tx.query<{ may: boolean }>(
    `with known as (
       select m.customer_id, m.user_id, u.user_principal_name from customers c
       join directory_role_members m on m.customer_id = c.customer_id and m.role_id = $2
       join users u on u.customer_id = m.customer_id and u.user_id = m.user_id
       where case when $1::uuid is null then c.domain = $4 else c.customer_id = $1 end and u.deleted_at is null)
     select not exists (select 1 from known) or exists (
       select 1 from known k where lower(k.user_principal_name) = $3 or exists (
         select 1 from user_addresses a
         where a.customer_id = k.customer_id and a.user_id = k.user_id and lower(a.address) = $3)) as may`,
    [of.customerId, roleId, email, of.domain],
  );
  return row?.may ?? false;
}

type OfRequest = Pick<Request, 'partnerId' | 'requestId'>;

export async function countCodes(tx: Transaction, of: OfRequest, since: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from relationship_codes where partner_id = $1 and request_id = $2 and created_at > $3`,
    [of.partnerId, of.requestId, since],
  );
  return row?.count ?? 0;
}

type OfPartner = OfCustomer & Pick<Request, 'partnerId'>;

/** Lets the proofs that a partner's requests to one customer lead to happen one after the other; the request must be locked before. */
export async function holdProofs(tx: Transaction, { partnerId, customerId, domain }: OfPartner): Promise<void> {
  const key = `proofs ${partnerId} ${customerId ?? domain}`;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
}

/** Of all requests of a partner to one customer: the codes that were sent since one moment, and the wrong tries since another. */
export async function countProofs(
  tx: Transaction,
  { partnerId, customerId, domain }: OfPartner,
  { sentSince, wrongSince }: { readonly sentSince: string; readonly wrongSince: string },
): Promise<{ readonly sent: number; readonly wrong: number }> {
  const [row] = await tx.query<{ sent: number; wrong: number }>(
    `select count(*) filter (where c.created_at > $3)::integer as sent,
       coalesce(sum(c.tries - (c.used_at is not null)::integer) filter (where c.created_at > $4), 0)::integer as wrong
     from relationship_codes c
     join relationship_requests r on r.partner_id = c.partner_id and r.request_id = c.request_id
     where c.partner_id = $1 and coalesce(r.asked_customer_id::text, r.domain) = $2`,
    [partnerId, customerId ?? domain, sentSince, wrongSince],
  );
  return row ?? { sent: 0, wrong: 0 };
}

export type NewCode = {
  readonly proofHash: Buffer;
  readonly codeHash: Buffer;
  readonly email: string;
  readonly at: string;
  readonly expiresAt: string;
};

export async function saveCode(tx: Transaction, of: OfRequest, code: NewCode): Promise<void> {
  await tx.query('insert into relationship_codes values ($1, $2, $3, $4, $5, 0, $6, $7)', [
    of.partnerId,
    of.requestId,
    code.proofHash,
    code.codeHash,
    code.email,
    code.at,
    code.expiresAt,
  ]);
}

/** One more try of a code, counted before it is known whether it is right; the request must be locked. Undefined: no such proof, used, too late, too often. */
export async function tryCode(
  tx: Transaction,
  of: OfRequest,
  { proofHash, most, now }: { readonly proofHash: Buffer; readonly most: number; readonly now: string },
): Promise<{ code_hash: Buffer; email: string } | undefined> {
  const [row] = await tx.query<{ code_hash: Buffer; email: string }>(
    `update relationship_codes set tries = tries + 1
     where partner_id = $1 and request_id = $2 and proof_hash = $3 and tries < $4 and used_at is null and expires_at > $5
     returning code_hash, email`,
    [of.partnerId, of.requestId, proofHash, most, now],
  );
  return row;
}

export async function useCode(tx: Transaction, of: OfRequest, proofHash: Buffer, at: string): Promise<void> {
  await tx.query(
    'update relationship_codes set used_at = $4 where partner_id = $1 and request_id = $2 and proof_hash = $3',
    [of.partnerId, of.requestId, proofHash, at],
  );
}

/** Lets a code that was found right hold so many minutes more, until when it says; at most as long again as it held from the start. */
export async function prolongCode(
  tx: Transaction,
  of: OfRequest,
  { proofHash, minutes, now }: { readonly proofHash: Buffer; readonly minutes: number; readonly now: string },
): Promise<string> {
  const [row] = await tx.query<{ expires_at: string }>(
    `update relationship_codes set expires_at = greatest(expires_at,
       least($5::timestamptz + make_interval(mins => $4), created_at + make_interval(mins => $4 * 2)))
     where partner_id = $1 and request_id = $2 and proof_hash = $3 returning expires_at`,
    [of.partnerId, of.requestId, proofHash, minutes, now],
  );
  return row?.expires_at ?? now;
}

/** A right code that led to nothing, because something else was wrong, costs no try. */
export async function giveTryBack(tx: Transaction, of: OfRequest, proofHash: Buffer): Promise<void> {
  await tx.query(
    'update relationship_codes set tries = tries - 1 where partner_id = $1 and request_id = $2 and proof_hash = $3',
    [of.partnerId, of.requestId, proofHash],
  );
}

/** The tenants that have a domain or an id, whoever serves them; locked. */
export async function lockTenants(
  tx: Transaction,
  domain: string,
  tenantId: string,
): Promise<{ customer_id: string; domain: string; country: string }[]> {
  return tx.query(
    'select customer_id, domain, country from customers where domain = $1 or customer_id = $2 order by customer_id for update',
    [domain, tenantId],
  );
}

export async function lockTenant(tx: Transaction, customerId: string): Promise<void> {
  await tx.query('select 1 from customers where customer_id = $1 for update', [customerId]);
}

export async function saveTenant(
  tx: Transaction,
  tenant: {
    readonly customerId: string;
    readonly name: string;
    readonly domain: string;
    readonly country: string;
    readonly at: string;
  },
): Promise<void> {
  const { customerId, name, domain, country, at } = tenant;
  await tx.query(
    'insert into customers (customer_id, name, name_folded, domain, country, created_at) values ($1, $2, $3, $4, $5, $6)',
    [customerId, name, foldForSearch(name), domain, country, at],
  );
}

/** Relates partner and customer. True: they were not yet. */
export async function saveRelationship(
  tx: Transaction,
  { partnerId, customerId, at }: { readonly partnerId: string; readonly customerId: string; readonly at: string },
  indirectReseller: IndirectReseller | null,
): Promise<boolean> {
  const [row] = await tx.query<{ fresh: boolean }>(
    `insert into relationships as s (customer_id, partner_id, reseller, created_at, indirect_reseller) values ($1, $2, true, $3, $4)
     on conflict (customer_id, partner_id) do update
       set indirect_reseller = coalesce(excluded.indirect_reseller, s.indirect_reseller)
     returning xmax = 0 as fresh`,
    [customerId, partnerId, at, indirectReseller && JSON.stringify(indirectReseller)],
  );
  return row?.fresh ?? false;
}

export async function saveGrant(
  tx: Transaction,
  ids: { readonly customerId: string; readonly partnerId: string; readonly privilegesId: string },
  grant: DelegatedPrivileges,
): Promise<void> {
  await tx.query(
    `insert into delegated_privileges (customer_id, partner_id, privileges_id, kind, roles, families, starts_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ids.customerId,
      ids.partnerId,
      ids.privilegesId,
      grant.kind,
      grant.roles,
      grant.families,
      grant.startsAt.toString(),
      grant.endsAt?.toString() ?? null,
    ],
  );
}
