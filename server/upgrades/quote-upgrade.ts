import { decideWaiting } from '../../core/upgrades/approval.ts';
import { decideUpgrade } from '../../core/upgrades/decide-upgrade.ts';
import type { UpgradeDecision, UpgradeRequest } from '../../core/upgrades/upgrade-decision.ts';
import { QUOTE_LIFETIME } from '../../core/upgrades/quote.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findSettled } from '../subscriptions/up-to-date.store.ts';
import { type QuoteRecord, saveQuote, toQuoteRecord } from './quote.store.ts';
import { findUpgradeFacts, subscriptionsOf } from './upgrade-facts.store.ts';

type Asked = UpgradeRequest & {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The id that the quote gets; absent: a new one. */
  readonly quoteId?: string;
};

/** What else must hold of what was decided, in the transaction that keeps the quote. */
type Check = (tx: Transaction, decision: UpgradeDecision) => Promise<Outcome<undefined>>;

/**
 * A priced, dated preview of one upgrade: the same decision as the act, kept for 15 minutes, for the day on which it is applied when the
 * partner holds upgrades for a while. It tells whether it will wait. Nothing of the customer changes.
 * Refused: role, unknown subscription, every reason against the upgrade, and what the check refuses.
 */
export async function quoteUpgrade(
  call: Call,
  { customerId, subscriptionId, quoteId = call.newId(), ...request }: Asked,
  check: Check = async () => accepted(undefined),
): Promise<Outcome<QuoteRecord>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const now = clock.now();
  return database.writeOf(actor.partner.partnerId, customerId, async (tx): Promise<Outcome<QuoteRecord>> => {
    const find = () => findUpgradeFacts(tx, { actor, catalog, now }, { customerId, subscriptionId });
    const found = await findSettled(tx, call, customerId, find, subscriptionsOf);
    if (!found) return notFound('subscription', subscriptionId);
    const decided = decideUpgrade(found.facts, request, found.effectiveOn);
    if (!decided.ok) return refused({ code: 'refused', refusals: decided.refused });
    const checked = await check(tx, decided.value);
    if (!checked.ok) return checked;
    const waiting = decideWaiting(found.policy, decided.value, now);
    const record = toQuoteRecord(decided.value, {
      quoteId,
      expiresAt: now.add(QUOTE_LIFETIME),
      waiting,
      rates: found.rates,
    });
    // A decided upgrade has a price, and a price has its list.
    const priceListId = found.priceListId ?? '';
    const { agentId, partner } = actor;
    await saveQuote(tx, decided.value, record, {
      partnerId: partner.partnerId,
      agentId,
      priceListId,
      at: now,
      asked: request,
    });
    return accepted(record);
  });
}
