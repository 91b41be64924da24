import type { UpgradeRequest } from '../../core/upgrades/upgrade-decision.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import { findQuote } from './quote.store.ts';
import { quoteUpgrade } from './quote-upgrade.ts';
import type { UpgradeRow } from './upgrade.store.ts';
import { upgradeSubscription } from './upgrade-subscription.ts';

type Asked = UpgradeRequest & {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** Names the quote in between: a repeat with the same one returns the first result, also after a crash. */
  readonly quoteId: string;
};

/**
 * Quotes an upgrade and submits the quote, for callers that decide without looking at one. Refused: as either of the two, and where it would have to wait.
 */
export async function upgradeAtOnce(call: Call, asked: Asked): Promise<Outcome<UpgradeRow>> {
  const { customerId, quoteId } = asked;
  const { partnerId } = call.actor.partner;
  const known = await call.database.readOf(partnerId, customerId, (tx) =>
    findQuote(tx, partnerId, customerId, quoteId),
  );
  if (!known) {
    const quoted = await quoteUpgrade(call, asked);
    if (!quoted.ok) return quoted;
  }
  return upgradeSubscription(call, { customerId, quoteId, atOnce: true });
}
