import type { DelegatedPrivileges } from '../../core/customers/relationship.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import type { Transaction } from '../postgres/database.ts';
import type { PostalAddress } from './profile.store.ts';

/** Holds a domain until the end of the transaction. False: a customer has it, whoever serves it. */
export async function claimDomain(tx: Transaction, domain: string): Promise<boolean> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`domain ${domain}`]);
  return (await tx.query('select 1 from customers where domain = $1 limit 1', [domain])).length === 0;
}

/** Whether there is a customer of this id or domain, whoever serves it. As the system. */
export async function hasCustomer(
  tx: Transaction,
  { customerId, domain }: { readonly customerId: string; readonly domain: string },
): Promise<boolean> {
  const found = await tx.query('select 1 from customers where customer_id = $1 or domain = $2 limit 1', [
    customerId,
    domain,
  ]);
  return found.length > 0;
}

type CustomerToSave = {
  readonly customerId: string;
  readonly partnerId: string;
  readonly name: string;
  readonly domain: string;
  readonly country: string;
  readonly email: string | null;
  readonly registrationNumber: string | null;
  readonly address: PostalAddress;
  readonly privileges: DelegatedPrivileges & { readonly privilegesId: string };
  /** Null: it has users of its own, which come later. */
  readonly admin: { readonly userId: string; readonly userPrincipalName: string; readonly displayName: string } | null;
  readonly at: string;
};

/** Writes a customer, its reseller relationship with privileges, and its first user if it has one, in one statement. */
export async function saveNewCustomer(tx: Transaction, { privileges, admin, ...of }: CustomerToSave): Promise<void> {
  await tx.query(
    `with w as (select * from jsonb_to_record($1::jsonb) as w (customer_id uuid, partner_id uuid, name text, name_folded text,
         domain text, country text, email text, registration_number text, address jsonb, at timestamptz, privileges_id uuid,
         kind text, roles text[], families text[], starts_at timestamptz, ends_at timestamptz, user_id uuid, upn text,
         display_name text)),
       customer as (
         insert into customers (customer_id, name, name_folded, domain, country, email, registration_number, address, created_at)
         select customer_id, name, name_folded, domain, country, email, registration_number, address, at from w),
       related as (
         insert into relationships (customer_id, partner_id, reseller, created_at)
         select customer_id, partner_id, true, at from w),
       granted as (
         insert into delegated_privileges (customer_id, partner_id, privileges_id, kind, roles, families, starts_at, ends_at)
         select customer_id, partner_id, privileges_id, kind, roles, families, starts_at, ends_at from w),
       admin as (
         insert into users (customer_id, user_id, user_principal_name, display_name, usage_location)
         select customer_id, user_id, upn, display_name, country from w where user_id is not null)
     insert into user_addresses (customer_id, user_id, address) select customer_id, user_id, upn from w where user_id is not null`,
    [
      JSON.stringify({
        customer_id: of.customerId,
        partner_id: of.partnerId,
        name: of.name,
        name_folded: foldForSearch(of.name),
        domain: of.domain,
        country: of.country,
        email: of.email,
        registration_number: of.registrationNumber,
        address: of.address,
        at: of.at,
        privileges_id: privileges.privilegesId,
        kind: privileges.kind,
        roles: privileges.roles,
        families: privileges.families,
        starts_at: privileges.startsAt.toString(),
        ends_at: privileges.endsAt?.toString() ?? null,
        user_id: admin?.userId ?? null,
        upn: admin?.userPrincipalName ?? null,
        display_name: admin?.displayName ?? null,
      }),
    ],
  );
}
