import { getOffer } from '../../core/catalog/offer.ts';
import type { BillingLine } from '../../core/ledger/charge.ts';
import { decideSeatChange } from '../../core/subscriptions/change-seats.ts';
import { sumMoney } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findSeatFacts, saveSeats, type SeatsChanged } from './seats.store.ts';

type Asked = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly quantity: number;
  readonly version?: number | undefined;
};

/** What a change of seats would cost today; nothing is done. Refused as the change itself. */
export async function previewSeats(call: Call, asked: Asked): Promise<Outcome<SeatsChanged>> {
  const allowed = checkRole(call.actor.roles, 'changeSeats');
  if (!allowed.ok) return allowed;
  return call.database.read(call.actor.partner.partnerId, (tx) => decide(tx, call, asked));
}

/**
 * Sets the number of seats and writes its charges (R16). A repeat with the same number changes nothing.
 * Refused: role, unknown subscription, another version than the one looked at, every reason against the number.
 */
export async function changeSeats(call: Call, asked: Asked): Promise<Outcome<SeatsChanged>> {
  const allowed = checkRole(call.actor.roles, 'changeSeats');
  if (!allowed.ok) return allowed;
  return call.database.change(call.actor.partner.partnerId, asked.customerId, (tx) => setSeats(tx, call, asked));
}

/** Sets the number of seats in a transaction that holds the customer. */
export async function setSeats(tx: Transaction, call: Call, asked: Asked): Promise<Outcome<SeatsChanged>> {
  const { actor, clock, newId } = call;
  const decided = await decide(tx, call, asked);
  if (!decided.ok || decided.value.before === decided.value.after) return decided;
  const changed = { ...decided.value, version: decided.value.version + 1 };
  const { before, after } = changed;
  const { customerId, subscriptionId } = asked;
  const audit = toAuditRow(call, {
    customerId,
    action: 'seats.changed',
    subjectId: subscriptionId,
    details: { before: { quantity: before }, after: { quantity: after } },
    changed: [subscriptionId],
  });
  const at = clock.now().toString();
  const reference = { customerId, partnerId: actor.partner.partnerId, referenceId: newId(), at, audit };
  await saveSeats(tx, reference, changed, newId);
  return accepted(changed);
}

async function decide(tx: Transaction, { actor, catalog, clock }: Call, asked: Asked): Promise<Outcome<SeatsChanged>> {
  const now = clock.now();
  const found = await findSeatFacts(tx, actor.partner.partnerId, asked.customerId, asked.subscriptionId, now);
  if (!found) return notFound('subscription', asked.subscriptionId);
  const { subscription } = found;
  const { version, quantity: before } = subscription;
  const on = utcDay(now);
  const answer = (dueLines: readonly BillingLine[], lines: readonly BillingLine[]): Outcome<SeatsChanged> => {
    const amounts = lines.map((line) => line.amount);
    const net = sumMoney(subscription.unitPrice.currency, amounts);
    const { subscriptionId, quantity: after } = asked;
    return accepted({ subscriptionId, before, after, effectiveOn: on, dueLines, lines, net, version });
  };
  // Before the version: a repeat of a change whose answer was lost still names the old one.
  if (asked.quantity === before) return answer([], []);
  if (asked.version !== undefined && asked.version !== version) return refused({ code: 'changed-meanwhile', version });
  const decided = decideSeatChange({ ...found, offer: getOffer(catalog, subscription.offerId) }, asked.quantity, on);
  return decided.ok
    ? answer(decided.value.dueLines, decided.value.lines)
    : refused({ code: 'refused', refusals: decided.refused });
}
