import { accepted, refused } from '../../core/values/result.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findNaming } from './user.store.ts';

/** Whether a user can have a sign-in name. Refused: another user has it, a domain that is not the customer's. */
export async function checkName(
  tx: Transaction,
  customerId: string,
  named: { userId: string; userPrincipalName: string },
): Promise<Outcome<undefined>> {
  const { domain, taken } = await findNaming(tx, customerId, named);
  const wrong = (expected: 'uniqueUser' | 'customerDomain') =>
    refused({ code: 'invalid-field', field: 'userPrincipalName', expected } as const);
  const [, domainOfName = ''] = named.userPrincipalName.split('@');
  if (domainOfName.toLowerCase() !== domain.toLowerCase()) return wrong('customerDomain');
  return taken ? wrong('uniqueUser') : accepted(undefined);
}
