import { getOffer } from '../../core/catalog/offer.ts';
import { decideSeatChange } from '../../core/subscriptions/change-seats.ts';
import { seatLimits } from '../../core/subscriptions/seat-limits.ts';
import type { SeatChange } from '../../core/subscriptions/seat-rules.ts';
import { sumMoney } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findCurrent } from './change-lifecycle.ts';
import { saveSeats, type SeatsChanged } from './seats.store.ts';

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
  return call.database.writeOf(call.actor.partner.partnerId, asked.customerId, (tx) => decide(tx, call, asked));
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

async function decide(tx: Transaction, call: Call, asked: Asked): Promise<Outcome<SeatsChanged>> {
  const { catalog, clock } = call;
  const now = clock.now();
  const { subscriptionId, quantity } = asked;
  const found = await findCurrent(tx, call, asked);
  if (!found) return notFound('subscription', subscriptionId);
  const { subscription, rates } = found;
  const { offerId, version, quantity: before, unitPrice } = subscription;
  const facts = { ...found, offer: getOffer(catalog, offerId) };
  const limits = seatLimits(facts, now);
  const effectiveOn = utcDay(now);
  const answer = ({ dueLines, lines, batches }: Omit<SeatChange, 'quantity'>): Outcome<SeatsChanged> => {
    const amounts = lines.map((line) => line.amount);
    const net = sumMoney(unitPrice.currency, amounts);
    const changed = { subscription, before, after: quantity, effectiveOn, dueLines, lines, net, rates };
    return accepted({ ...changed, batches, limits, version });
  };
  // Before the version: a repeat of a change whose answer was lost still names the old one.
  if (quantity === before) return answer({ dueLines: [], lines: [], batches: null });
  if (asked.version !== undefined && asked.version !== version) return refused({ code: 'changed-meanwhile', version });
  const decided = decideSeatChange(facts, quantity, now);
  return decided.ok ? answer(decided.value) : refused({ code: 'refused', refusals: decided.refused });
}
