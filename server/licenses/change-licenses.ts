import { decideForUsers, type DecidedUser, type LicenseUpdateOfMany } from '../../core/licenses/update-many.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkDirectory, checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findSubscriptions } from '../subscriptions/subscription.store.ts';
import { auditLicenses } from './license-audit.store.ts';
import { findLicenseHolders, saveLicenses } from './license.store.ts';

export type AskedOfMany = LicenseUpdateOfMany & { readonly customerId: string; readonly userIds: readonly string[] };

/** What giving and taking licenses would do, user by user. Refused: as the act, but for what single users cannot have. */
export async function previewLicenses(call: Call, asked: AskedOfMany): Promise<Outcome<readonly DecidedUser[]>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'assignLicenses');
  if (!allowed.ok) return allowed;
  return database.readOf(actor.partner.partnerId, asked.customerId, (tx) => decide(call, tx, asked));
}

/**
 * Gives, replaces and takes licenses of some users, for all of them or for none.
 * Refused: role, an application alone (5.2), unknown customer or user, missing privileges, a user who cannot have what is asked.
 */
export async function changeLicenses(call: Call, asked: AskedOfMany): Promise<Outcome<readonly DecidedUser[]>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'assignLicenses');
  if (!allowed.ok) return allowed;
  const { customerId } = asked;
  return database.change(actor.partner.partnerId, customerId, async (tx): Promise<Outcome<readonly DecidedUser[]>> => {
    const found = await decide(call, tx, asked);
    if (!found.ok) return found;
    const decided = found.value;
    const cannot = decided.filter(({ outcome }) => !outcome.ok).map(({ holder }) => holder.displayName);
    if (cannot.length > 0) return refused({ code: 'licenses-not-changed', users: cannot });
    const changes = decided.flatMap(({ holder, outcome }) =>
      outcome.ok && outcome.value.removed.length + outcome.value.given.length > 0
        ? [{ holder, userId: holder.userId, ...outcome.value }]
        : [],
    );
    if (changes.length > 0) {
      await saveLicenses(tx, customerId, changes);
      await saveAudit(
        tx,
        changes.map(({ holder, ...change }) => auditLicenses(call, customerId, holder, change)),
      );
    }
    return accepted(decided);
  });
}

async function decide(
  { actor, catalog, clock }: Call,
  tx: Transaction,
  { customerId, userIds, ...update }: AskedOfMany,
): Promise<Outcome<readonly DecidedUser[]>> {
  if (!actor.userContext) return refused({ code: 'refused', refusals: [{ name: 'user-context-required' }] });
  const now = clock.now();
  const found = await findSubscriptions(tx, catalog, actor, now, customerId);
  if (!found) return notFound('customer', customerId);
  const granted = checkDirectory(found.facts.privileges, 'assign_license', now);
  if (!granted.ok) return granted;
  const holders = await findLicenseHolders(tx, { customerId, userIds }, now);
  const missing = userIds.find((userId) => !holders.some((holder) => holder.userId === userId));
  if (missing !== undefined) return notFound('user', missing);
  const own = new Set(found.held.map(({ subscription }) => subscription.subscriptionId));
  const supply = found.held
    .filter(({ subscription }) => subscription.status === 'active')
    .map(({ subscription, assigned }) => ({ ...subscription, free: subscription.quantity - assigned }));
  return accepted(decideForUsers(catalog, holders, { supply, own }, update));
}
