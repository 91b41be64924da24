import type { DelegatedPrivileges } from '../../core/customers/relationship.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAgreement } from '../customers/agreement.store.ts';
import { claimDomain } from '../customers/new-customer.store.ts';
import type { Outcome } from '../failure.ts';
import { lockTenants, saveGrant, saveRelationship, saveTenant } from './acceptance.store.ts';
import type { Answered, Answering } from './answer-request.ts';
import { sendConfirmation } from './send-confirmation.ts';
import { answerRequest, type Request } from './request.store.ts';

export type Organization = { readonly tenantId: string; readonly name: string; readonly country: string };
export type Agreement = { readonly firstName: string; readonly lastName: string };

/** The template of the Microsoft Customer Agreement (https://learn.microsoft.com/partner-center/developer/get-agreement-metadata). */
const CUSTOMER_AGREEMENT = '117a77b0-9360-443b-8795-c6dedc750cf9';
const HOURS_A_DAY = 24;

/** Creates the customer where it is none yet, the relationship and the privileges, and sends the way back. */
export async function acceptRequest(answering: Answering): Promise<Outcome<Answered>> {
  const { tx, shown, answer, now, context, email, audit, desk } = answering;
  if (shown.agreementNeeded && !answer.agreement) {
    return refused({ code: 'invalid-field', field: 'agreement', expected: 'agreementPerson' });
  }
  const tenant = await tenantOf(answering);
  if (!tenant.ok) return tenant;
  const customerId = tenant.value;
  const { partnerId, requestId } = shown;
  const at = now.toString();
  const isFirst = await saveRelationship(tx, { partnerId, customerId, at }, shown.indirectReseller);
  const grant = grantOf(shown, now);
  if (grant) await saveGrant(tx, { customerId, partnerId, privilegesId: context.newId() }, grant);
  if (shown.agreementNeeded && answer.agreement) {
    const agreement = {
      type: 'MicrosoftCustomerAgreement',
      templateId: CUSTOMER_AGREEMENT,
      agreedAt: at,
      ...answer.agreement,
      email,
      phoneNumber: null,
      userId: null,
    } as const;
    await saveAgreement(tx, { customerId, partnerId, agreementId: context.newId(), at }, agreement);
  }
  await answerRequest(tx, shown, { state: 'accepted', customerId, at });
  const { privileges, roles, days, families } = shown;
  await audit({
    customerId,
    action: isFirst ? 'relationship.accepted' : 'relationship.renewed',
    subjectId: requestId,
    details: { privileges, roles, days, families, agreement: shown.agreementNeeded },
  });
  await sendConfirmation(tx, shown, { to: email, now, newId: context.newId, ...desk });
  return accepted('accepted');
}

/** The grant that a request asks for, from the moment of its acceptance on; undefined: none (R3). */
export function grantOf(
  { privileges, roles, days, families }: Pick<Request, 'privileges' | 'roles' | 'days' | 'families'>,
  now: Temporal.Instant,
): DelegatedPrivileges | undefined {
  if (privileges === 'none') return undefined;
  const endsAt = days === null ? null : now.add({ hours: days * HOURS_A_DAY });
  return { kind: privileges, roles, families, startsAt: now, endsAt };
}

/** The tenant that accepts; created where nobody serves it yet. Its domain was proved, and must go with its id. */
async function tenantOf({ tx, shown, answer, now }: Answering): Promise<Outcome<string>> {
  if (shown.relation) return servedIn(shown.relation.country, shown.market, shown.customerId ?? '');
  const { organization } = answer;
  if (!organization) return refused({ code: 'invalid-field', field: 'organization', expected: 'organization' });
  const { tenantId, name, country } = organization;
  await claimDomain(tx, shown.domain);
  const [known, ...others] = await lockTenants(tx, shown.domain, tenantId);
  const isOther = known && (known.customer_id !== tenantId || known.domain !== shown.domain);
  if (isOther || others.length > 0 || tenantId === shown.partnerId) {
    return refused({ code: 'invalid-field', field: 'organization.tenantId', expected: 'tenantOfDomain' });
  }
  const served = servedIn(known?.country ?? country, shown.market, tenantId);
  if (!served.ok || known) return served;
  await saveTenant(tx, { customerId: tenantId, name, domain: shown.domain, country, at: now.toString() });
  return served;
}

/** The market rule: what counts is the country that the tenant is set to (R2). */
function servedIn(country: string, market: string, customerId: string): Outcome<string> {
  return country === market
    ? accepted(customerId)
    : refused({ code: 'invalid-field', field: 'organization.country', expected: 'servedCountry' });
}
