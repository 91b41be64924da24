import type { License } from '../../core/licenses/license.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkDirectory, checkRole, notFound, type Outcome } from '../failure.ts';
import { findPrivileges } from '../subscriptions/customer-facts.store.ts';
import { findLicenseHolder } from './license.store.ts';

type Asked = { readonly customerId: string; readonly userId: string };

/** Every license of a user, through whatever channel. Refused: role, unknown customer or user, missing privileges. */
export async function listUserLicenses(
  { actor, clock, database }: Call,
  asked: Asked,
): Promise<Outcome<readonly License[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const now = clock.now();
  return database.read(partnerId, async (tx): Promise<Outcome<readonly License[]>> => {
    const privileges = await findPrivileges(tx, partnerId, asked.customerId);
    if (!privileges) return notFound('customer', asked.customerId);
    const granted = checkDirectory(privileges, 'read_licenses', now);
    if (!granted.ok) return granted;
    const holder = await findLicenseHolder(tx, asked, now);
    return holder ? accepted(holder.licenses) : notFound('user', asked.userId);
  });
}
