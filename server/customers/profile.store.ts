import type { SubscriptionStatus } from '../../core/subscriptions/subscription.ts';
import type { Transaction } from '../postgres/database.ts';
import type { Qualification } from '../../core/customers/qualification.ts';

export const ADDRESS_PARTS = [
  'addressLine1',
  'addressLine2',
  'city',
  'state',
  'postalCode',
  'phoneNumber',
  'firstName',
  'lastName',
] as const;
/** An address without its country, as far as it is known. */
export type PostalAddress = Readonly<Partial<Record<(typeof ADDRESS_PARTS)[number], string>>>;

/** Whom a partner's bills for a customer go to. `companyName` null: the customer's own name. */
export type BillingProfile = {
  readonly companyName: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly culture: string;
  readonly language: string;
  readonly address: PostalAddress;
};

/** A customer with its profiles; `billing` is null where the partner never gave any. */
export type ProfilesRow = {
  readonly customer_id: string;
  readonly name: string;
  readonly domain: string;
  readonly country: string;
  readonly email: string | null;
  readonly address: PostalAddress;
  readonly registration_number: string | null;
  readonly qualification: Qualification;
  readonly qualified_at: string | null;
  readonly billing: (BillingProfile & { readonly version: number }) | null;
  /** Of the subscriptions that the partner sold. */
  readonly statuses: readonly SubscriptionStatus[];
};

/** Undefined: no customer that the partner is related to. */
export async function findProfiles(
  tx: Transaction,
  partnerId: string,
  customerId: string,
): Promise<ProfilesRow | undefined> {
  const [row] = await tx.query<ProfilesRow>(
    `select c.customer_id, c.name, c.domain, c.country, c.email, c.address, c.registration_number, c.qualification,
       c.qualified_at,
       (select json_build_object('companyName', b.company_name, 'firstName', b.first_name, 'lastName', b.last_name,
          'email', b.email, 'culture', b.culture, 'language', b.language, 'address', b.address, 'version', b.version)
        from billing_profiles b where b.customer_id = r.customer_id and b.partner_id = r.partner_id) as billing,
       array(select s.status from subscriptions s
        where s.customer_id = r.customer_id and s.partner_id = r.partner_id) as statuses
     from relationships r join customers c on c.customer_id = r.customer_id
     where r.customer_id = $1 and r.partner_id = $2`,
    [customerId, partnerId],
  );
  return row;
}

export async function saveBillingProfile(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  profile: BillingProfile,
): Promise<void> {
  await tx.query(
    `insert into billing_profiles as b (customer_id, partner_id, company_name, first_name, last_name, email, culture, language, address)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (customer_id, partner_id) do update set company_name = excluded.company_name,
       first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
       culture = excluded.culture, language = excluded.language, address = excluded.address, version = b.version + 1`,
    [
      customerId,
      partnerId,
      profile.companyName,
      profile.firstName,
      profile.lastName,
      profile.email,
      profile.culture,
      profile.language,
      JSON.stringify(profile.address),
    ],
  );
}

export async function saveQualification(
  tx: Transaction,
  customerId: string,
  qualification: Qualification,
  at: string,
): Promise<void> {
  await tx.query('update customers set qualification = $2, qualified_at = $3 where customer_id = $1', [
    customerId,
    qualification,
    at,
  ]);
}

/** Removes the relationship with its privileges; all else of the customer stays, and the partner no longer sees it. */
export async function removeRelationship(tx: Transaction, partnerId: string, customerId: string): Promise<void> {
  await tx.query(
    `with revoked as (delete from delegated_privileges where customer_id = $1 and partner_id = $2)
     delete from relationships where customer_id = $1 and partner_id = $2`,
    [customerId, partnerId],
  );
}
