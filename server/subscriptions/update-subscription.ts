import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { setSeats } from './change-seats.ts';
import { findSeatFacts, saveTerms } from './seats.store.ts';

type Asked = {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The version that was looked at; absent: whatever it is now. */
  readonly version?: number | undefined;
  readonly quantity?: number | undefined;
  readonly friendlyName?: string | undefined;
  readonly autoRenew?: boolean | undefined;
};

/**
 * Changes what is given of a subscription, all of it or nothing. What is the same already changes nothing, so a repeat is harmless.
 * Refused: role, unknown subscription, another version than the one looked at, an ended one, every reason against the number of seats.
 */
export async function updateSubscription(call: Call, asked: Asked): Promise<Outcome<undefined>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'changeSeats');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const { customerId, subscriptionId } = asked;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<undefined>> => {
    const found = await findSeatFacts(tx, partnerId, customerId, subscriptionId, clock.now());
    if (!found) return notFound('subscription', subscriptionId);
    const { status, version, quantity, friendlyName, autoRenew } = found.subscription;
    const terms = { friendlyName: asked.friendlyName ?? friendlyName, autoRenew: asked.autoRenew ?? autoRenew };
    const newSeats = asked.quantity ?? quantity;
    const changesTerms = terms.friendlyName !== friendlyName || terms.autoRenew !== autoRenew;
    if (!changesTerms && newSeats === quantity) return accepted(undefined);
    if (asked.version !== undefined && asked.version !== version)
      return refused({ code: 'changed-meanwhile', version });
    if (status === 'deleted') {
      const { endedReason, successorId } = found.subscription;
      return refused({
        code: 'refused',
        refusals: [{ name: 'subscription-not-active', status, endedReason, successorId }],
      });
    }
    const seats = await setSeats(tx, call, { customerId, subscriptionId, quantity: newSeats });
    if (!seats.ok) return seats;
    if (changesTerms) {
      await saveTerms(tx, { customerId, subscriptionId }, terms);
      const details = { before: { friendlyName, autoRenew }, after: terms };
      const changed = [subscriptionId];
      await saveAudit(tx, [
        toAuditRow(call, { customerId, action: 'subscription.updated', subjectId: subscriptionId, details, changed }),
      ]);
    }
    return accepted(undefined);
  });
}
