import { decideUpgrade, type UpgradeRequest } from '../../core/upgrades/decide-upgrade.ts';
import { QUOTE_LIFETIME } from '../../core/upgrades/quote.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { type QuoteRecord, saveQuote, toQuoteRecord } from './quote.store.ts';
import { findUpgradeFacts } from './upgrade.store.ts';

type Asked = UpgradeRequest & {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The id that the quote gets; absent: a new one. */
  readonly quoteId?: string;
};

/**
 * A priced, dated preview of one upgrade: the same decision as the act, kept for 15 minutes. Nothing of the customer changes.
 * Refused: role, unknown subscription, every reason against the upgrade.
 */
export async function quoteUpgrade(
  call: Call,
  { customerId, subscriptionId, quoteId = call.newId(), ...request }: Asked,
): Promise<Outcome<QuoteRecord>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const now = clock.now();
  const on = utcDay(now);
  return database.write(actor.partner.partnerId, async (tx): Promise<Outcome<QuoteRecord>> => {
    const found = await findUpgradeFacts(tx, { actor, catalog, now }, { customerId, subscriptionId, on });
    if (!found) return notFound('subscription', subscriptionId);
    const decided = decideUpgrade(found.facts, request, on);
    if (!decided.ok) return refused({ code: 'refused', refusals: decided.refused });
    const record = toQuoteRecord(decided.value, quoteId, now.add(QUOTE_LIFETIME));
    // A decided upgrade has a price, and a price has its list.
    const priceListId = found.priceListId ?? '';
    const { agentId, partner } = actor;
    await saveQuote(tx, decided.value, record, { partnerId: partner.partnerId, agentId, priceListId, at: now });
    return accepted(record);
  });
}
