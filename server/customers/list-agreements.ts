import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { type Agreement, type AgreementType, findAgreements } from './agreement.store.ts';
import { findProfiles } from './profile.store.ts';

/** What the partner attested of a customer, of one type or all. Refused: role, unknown customer. */
export async function listAgreements(
  { actor, database }: Call,
  customerId: string,
  type: AgreementType | undefined,
): Promise<Outcome<Agreement[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) => {
    const found = await findProfiles(tx, partnerId, customerId);
    return found ? accepted(await findAgreements(tx, partnerId, customerId, type)) : notFound('customer', customerId);
  });
}
