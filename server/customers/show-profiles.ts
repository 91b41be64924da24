import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findProfiles, type ProfilesRow } from './profile.store.ts';

/** What is known of a customer beside its name, and whom this partner bills for it. Refused: role, unknown customer. */
export async function showProfiles({ actor, database }: Call, customerId: string): Promise<Outcome<ProfilesRow>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findProfiles(tx, partnerId, customerId));
  return found ? accepted(found) : notFound('customer', customerId);
}
