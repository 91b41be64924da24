import {
  decideLicenseUpdate,
  type LicenseChange,
  type LicenseUpdate,
  type LicenseUpdateRefusal,
} from '../../core/licenses/update-licenses.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import { saveAudit } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkDirectory, checkRole, type Failure, notFound } from '../failure.ts';
import { findSubscriptions } from '../subscriptions/subscription.store.ts';
import { auditLicenses } from './license-audit.store.ts';
import { findLicenseHolder, saveLicenses } from './license.store.ts';

type Asked = LicenseUpdate & { readonly customerId: string; readonly userId: string };

export type LicensesRefused =
  | Failure
  | { readonly code: 'user-context-required' }
  | { readonly code: 'licenses-refused'; readonly refusals: readonly LicenseUpdateRefusal[] };

type Outcome = Result<LicenseChange, LicensesRefused>;

/**
 * Takes licenses from a user and gives others, all of it or nothing. They are given out of the partner's own active subscriptions; taken
 * away can be any.
 * Refused: role, an application alone (5.2), unknown customer or user, missing privileges, every reason against the licenses.
 */
export async function updateUserLicenses(call: Call, asked: Asked): Promise<Outcome> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'assignLicenses');
  if (!allowed.ok) return allowed;
  if (!actor.userContext) return refused({ code: 'user-context-required' });
  const { partnerId } = actor.partner;
  const { customerId, userId } = asked;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome> => {
    const now = clock.now();
    const found = await findSubscriptions(tx, catalog, actor, now, customerId);
    if (!found) return notFound('customer', customerId);
    const granted = checkDirectory(found.facts.privileges, 'assign_license', now);
    if (!granted.ok) return granted;
    const holder = await findLicenseHolder(tx, { customerId, userId }, now);
    if (!holder) return notFound('user', userId);
    const supply = found.held
      .filter(({ subscription }) => subscription.status === 'active')
      .map(({ subscription, assigned }) => ({ ...subscription, free: subscription.quantity - assigned }));
    const decided = decideLicenseUpdate(catalog, holder, supply, asked);
    if (!decided.ok) return refused({ code: 'licenses-refused', refusals: decided.refused });
    await saveLicenses(tx, customerId, [{ userId, ...decided.value }]);
    await saveAudit(tx, [auditLicenses(call, customerId, holder, decided.value)]);
    return accepted(decided.value);
  });
}
