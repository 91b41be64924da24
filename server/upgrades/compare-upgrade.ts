import type { SellRates } from '../../core/ledger/sell-price.ts';
import { type Comparison, compareWays, type WaysRequest } from '../../core/upgrades/compare-ways.ts';
import type { UpgradeFacts } from '../../core/upgrades/upgrade-facts.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findSettled } from '../subscriptions/up-to-date.store.ts';
import { findUpgradeFacts, subscriptionsOf } from './upgrade-facts.store.ts';

type Asked = WaysRequest & { readonly customerId: string; readonly subscriptionId: string };

export type ComparedUpgrade = Comparison & {
  readonly facts: UpgradeFacts;
  readonly effectiveOn: Temporal.PlainDate;
  readonly rates: SellRates;
};

/**
 * All ways from a subscription to one target, on the day on which an upgrade submitted now is applied; waiting at the list prices and promotions of the
 * day after the term. Nothing is stored. Refused: role, unknown subscription.
 */
export async function compareUpgrade(
  call: Call,
  { customerId, subscriptionId, ...request }: Asked,
): Promise<Outcome<ComparedUpgrade>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const reader = { actor, catalog, now: clock.now() };
  const of = { customerId, subscriptionId };
  return database.writeOf(actor.partner.partnerId, customerId, async (tx): Promise<Outcome<ComparedUpgrade>> => {
    const find = () => findUpgradeFacts(tx, reader, of);
    const found = await findSettled(tx, call, customerId, find, subscriptionsOf);
    if (!found) return notFound('subscription', subscriptionId);
    const { facts, effectiveOn, rates } = found;
    const on = facts.subscription.termEndsOn.add({ days: 1 });
    const later = await findUpgradeFacts(tx, reader, { ...of, on });
    return accepted({ ...compareWays(facts, request, effectiveOn, later?.facts ?? facts), facts, effectiveOn, rates });
  });
}
