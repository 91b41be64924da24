import { defaultPrivileges } from '../../core/customers/relationship.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { claimDomain, saveNewCustomer } from './new-customer.store.ts';
import { type BillingProfile, saveBillingProfile } from './profile.store.ts';

export type NewCustomer = {
  readonly name: string;
  /** In lower case. */
  readonly domain: string;
  readonly country: string;
  readonly registrationNumber: string | null;
  readonly billing: BillingProfile & { readonly email: string };
};

/** The customer and its first user. */
export type CreatedCustomer = {
  readonly customerId: string;
  readonly userName: string;
};

/**
 * Creates a customer with its reseller relationship, the default granular privileges, and its first user `admin@{domain}`.
 * Refused: role, a country other than the partner's (R2), a domain that a customer has.
 */
export async function createCustomer(call: Call, asked: NewCustomer): Promise<Outcome<CreatedCustomer>> {
  const { actor, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'manageCustomers');
  if (!allowed.ok) return allowed;
  const { partnerId, market } = actor.partner;
  const { name, domain, country, registrationNumber, billing } = asked;
  if (country !== market) return refused({ code: 'invalid-field', field: 'country', expected: 'partnerMarket' });
  const customerId = newId();
  const userName = `admin@${domain}`;
  const displayName = [billing.firstName, billing.lastName].filter(Boolean).join(' ') || name;
  // As the system: until it is written, there is no relationship by which the partner could see or write the customer.
  return database.asSystem(async (tx): Promise<Outcome<CreatedCustomer>> => {
    if (!(await claimDomain(tx, domain))) {
      return refused({ code: 'invalid-field', field: 'domain', expected: 'newDomain' });
    }
    await saveNewCustomer(tx, {
      customerId,
      partnerId,
      name,
      domain,
      country,
      registrationNumber,
      email: billing.email,
      address: billing.address,
      privileges: { ...defaultPrivileges(clock.now()), privilegesId: newId() },
      admin: { userId: newId(), userPrincipalName: userName, displayName },
      at: clock.now().toString(),
    });
    await saveBillingProfile(tx, partnerId, customerId, billing);
    const entry = {
      customerId,
      action: 'customer.created' as const,
      subjectId: customerId,
      details: { after: { country } },
    };
    await saveAudit(tx, [toAuditRow(call, entry)]);
    return accepted({ customerId, userName });
  });
}
