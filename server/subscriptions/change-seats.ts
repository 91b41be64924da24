import { getOffer } from '../../core/catalog/offer.ts';
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
  const { actor, clock, database, newId } = call;
  const allowed = checkRole(actor.roles, 'changeSeats');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, asked.customerId, async (tx) => {
    const decided = await decide(tx, call, asked);
    if (!decided.ok || decided.value.lines.length === 0) return decided;
    const changed = { ...decided.value, version: decided.value.version + 1 };
    const { before, after } = changed;
    const audit = toAuditRow(call, {
      customerId: asked.customerId,
      action: 'seats.changed',
      subjectId: asked.subscriptionId,
      details: { before, after },
    });
    const reference = {
      customerId: asked.customerId,
      partnerId,
      referenceId: newId(),
      at: clock.now().toString(),
      audit,
    };
    await saveSeats(tx, reference, changed, newId);
    return accepted(changed);
  });
}

async function decide(tx: Transaction, { actor, catalog, clock }: Call, asked: Asked): Promise<Outcome<SeatsChanged>> {
  const on = utcDay(clock.now());
  const found = await findSeatFacts(tx, actor.partner.partnerId, asked.customerId, asked.subscriptionId, on);
  if (!found) return notFound('subscription', asked.subscriptionId);
  const { subscription } = found;
  const { version, quantity: before } = subscription;
  if (asked.version !== undefined && asked.version !== version) return refused({ code: 'changed-meanwhile', version });
  const decided = decideSeatChange({ ...found, offer: getOffer(catalog, subscription.offerId) }, asked.quantity, on);
  if (!decided.ok) return refused({ code: 'refused', refusals: decided.refused });
  const { dueLines, lines } = decided.value;
  return accepted({
    subscriptionId: asked.subscriptionId,
    before,
    after: asked.quantity,
    effectiveOn: on,
    dueLines,
    lines,
    net: sumMoney(
      subscription.unitPrice.currency,
      lines.map((line) => line.amount),
    ),
    version,
  });
}
