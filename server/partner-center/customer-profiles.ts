import { createHash } from 'node:crypto';
import { z } from 'zod';
import { country, culture, languageCode, text } from '../../contract/values.ts';
import type { Actor } from '../context.ts';
import {
  ADDRESS_PARTS,
  type BillingProfile,
  type PostalAddress,
  type ProfilesRow,
} from '../customers/profile.store.ts';
import { showProfiles } from '../customers/show-profiles.ts';
import { updateBillingProfile } from '../customers/update-billing-profile.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { cultureOf, guid, kind, link, linkOf, resource } from './wire.ts';

const PATH = '/customers/:customerid/profiles';

const addressParts = z.object({
  addressLine1: z.string().optional(),
  addressLine2: z.string().optional(),
  city: z.string().optional(),
  postalCode: z.string().optional(),
  phoneNumber: z.string().optional(),
});
export const companyProfile = kind('CustomerCompanyProfile', {
  tenantId: guid,
  domain: z.string(),
  companyName: z.string(),
  address: z.object({ country: z.string(), region: z.string().optional(), ...addressParts.shape }),
  email: z.string().optional(),
  organizationRegistrationNumber: z.string().optional(),
  links: z.object({ self: linkOf }),
});
export const billingProfile = kind('CustomerBillingProfile', {
  id: guid,
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
  culture: z.string(),
  language: z.string(),
  companyName: z.string(),
  defaultAddress: z.object({
    country: z.string(),
    state: z.string().optional(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    ...addressParts.shape,
  }),
});

const part = text(200).optional();
/** An address as it is read; its region is a state by another name. */
export const givenAddress = z.object({
  country: z.string().trim().toUpperCase().pipe(country),
  region: part,
  ...(Object.fromEntries(ADDRESS_PARTS.map((name) => [name, part])) as Record<
    (typeof ADDRESS_PARTS)[number],
    typeof part
  >),
});
/** A billing profile as it is read. */
export const givenBilling = z.object({
  companyName: text(200),
  firstName: part,
  lastName: part,
  email: z.email().max(254),
  culture,
  language: languageCode,
  defaultAddress: givenAddress,
});
const replacement = z.object({
  ...givenBilling.shape,
  companyName: part,
  email: givenBilling.shape.email.optional(),
  defaultAddress: givenAddress.partial({ country: true }),
});

/** The profiles of one customer: its company, and whom this partner bills. */
export function customerProfileResources(dialect: Dialect): void {
  dialect.get(`${PATH}/company`, { summary: 'The company of a customer', answer: companyProfile }, async (given) =>
    presentCompany(await find(given)),
  );
  dialect.get(`${PATH}/billing`, { summary: 'Whom a customer’s bills go to', answer: billingProfile }, async (given) =>
    presentBilling(await find(given), given.call.actor),
  );
  dialect.put(
    `${PATH}/billing`,
    {
      asks: 'manageCustomers',
      summary: 'Replace whom the bills go to; with `If-Match` or `attributes.etag` only if nothing changed since',
      body: replacement,
      answer: billingProfile,
    },
    replaceBilling,
  );
}

async function replaceBilling(given: Given) {
  const { body, call, wording, id, header } = given;
  const profile = body.parse(replacement, wording.language);
  const customerId = id('customer');
  const replaced = await updateBillingProfile(call, {
    customerId,
    version: versionOf(body.object('attributes').text('etag') ?? header('if-match'), customerId, call.actor),
    country: profile.defaultAddress.country,
    profile: toBilling({ ...profile, companyName: profile.companyName ?? null }),
  });
  if (!replaced.ok) throw faultOf(replaced.refused, wording);
  return presentBilling(await find(given), call.actor);
}

type GivenBilling = Omit<z.output<typeof replacement>, 'companyName'> & { readonly companyName: string | null };

export function toBilling({ defaultAddress, ...profile }: GivenBilling): BillingProfile {
  const { firstName = null, lastName = null, email = null, companyName, culture, language } = profile;
  return { companyName, firstName, lastName, email, culture, language, address: toAddress(defaultAddress) };
}

function toAddress({ country: _, region, ...address }: GivenBilling['defaultAddress']): PostalAddress {
  const parts = { ...address, state: address.state ?? region };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

async function find({ call, id, wording }: Given): Promise<ProfilesRow> {
  const shown = await showProfiles(call, id('customer'));
  if (!shown.ok) throw faultOf(shown.refused, wording);
  return shown.value;
}

/** A list of customers knows of their companies no more than the name, domain and country. */
type Company = Pick<ProfilesRow, 'customer_id' | 'name' | 'domain' | 'country'> & Partial<ProfilesRow>;

export function presentCompany(row: Company) {
  const { state, firstName: _first, lastName: _last, ...address } = row.address ?? {};
  return resource(companyProfile, {
    tenantId: row.customer_id,
    domain: row.domain,
    companyName: row.name,
    address: { country: row.country, ...(state !== undefined && { region: state }), ...address },
    email: row.email ?? null,
    organizationRegistrationNumber: row.registration_number ?? null,
    links: { self: link(`/customers/${row.customer_id}/profiles/company`) },
  });
}

/** Until a profile is given, culture and language are the partner's, and the name is the customer's. */
export function presentBilling({ customer_id, name, country, billing }: ProfilesRow, actor: Actor) {
  const { language } = actor.partner;
  return resource(
    billingProfile,
    {
      id: customer_id,
      firstName: billing?.firstName ?? null,
      lastName: billing?.lastName ?? null,
      email: billing?.email ?? null,
      culture: billing?.culture ?? cultureOf(language),
      language: billing?.language ?? language,
      companyName: billing?.companyName ?? name,
      defaultAddress: { country, ...billing?.address },
    },
    { etag: etagOf(billing?.version ?? 0, customer_id, actor) },
  );
}

/** The service writes these etags as signed decimals of 64 bits: here the version, veiled by what it is the version of. */
function etagOf(version: number, customerId: string, actor: Actor): string {
  return BigInt.asIntN(64, veilOf(customerId, actor) ^ BigInt(version)).toString();
}

/** @throws Fault 400/2055: an etag that is none of ours is one that no longer holds. */
function versionOf(etag: string | undefined, customerId: string, actor: Actor): number | undefined {
  if (etag === undefined || etag === '*') return undefined;
  const digits = /^"?(-?\d{1,19})"?$/.exec(etag)?.[1];
  if (digits === undefined) throw new Fault(400, 2055, 'The etag is no longer valid. Read the profile again.');
  return Number(BigInt.asUintN(64, BigInt(digits)) ^ veilOf(customerId, actor));
}

function veilOf(customerId: string, { partner }: Actor): bigint {
  return createHash('sha256').update(`${partner.partnerId} ${customerId}`).digest().readBigUInt64BE();
}
