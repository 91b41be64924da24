import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';

/** The address at which a Global admin of any tenant accepts the partner as its reseller, with or without privileges (R5). Refused: role. */
export function inviteCustomer({ actor }: Call, withPrivileges: boolean): Outcome<string> {
  const allowed = checkRole(actor.roles, 'requestRelationship');
  if (!allowed.ok) return allowed;
  const url = new URL('https://admin.microsoft.com/Adminportal/Home#/BillingAccounts/partner-invitation');
  url.search = new URLSearchParams({
    invType: 'ResellerRelationship',
    partnerId: actor.partner.partnerId,
    msppId: '0',
    DAP: String(withPrivileges),
  }).toString();
  return accepted(url.toString());
}
