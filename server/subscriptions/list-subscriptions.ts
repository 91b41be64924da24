import type { TenantHolding } from '../../core/subscriptions/subscription.ts';
import { assessAll, type CustomerFacts, type Eligibility } from '../../core/upgrades/eligibility.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findSubscriptions, type HeldSubscription } from './subscription.store.ts';

/** A subscription with what it could go to, at the prices of the day. */
export type AssessedSubscription = HeldSubscription & {
  readonly eligibility: Eligibility;
  readonly prices: CustomerFacts['prices'];
  readonly pathSwitches: CustomerFacts['pathSwitches'];
  readonly pricesFrom: string | null;
};

/** A customer's subscriptions, each with its upgradability, and what the tenant holds elsewhere. Refused: role, unknown customer. */
export async function listSubscriptions(
  { actor, catalog, clock, database }: Call,
  customerId: string,
): Promise<Outcome<{ own: AssessedSubscription[]; elsewhere: TenantHolding[] }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findSubscriptions(tx, catalog, actor, clock.now(), customerId));
  if (!found) return notFound('customer', customerId);
  const { facts, held, pricesFrom } = found;
  const { prices, pathSwitches } = facts;
  return accepted({
    own: assessAll(facts, held).map((one) => ({ ...one, prices, pathSwitches, pricesFrom })),
    elsewhere: facts.holdings.filter((holding) => !holding.ours),
  });
}

/** One subscription. Refused: role, unknown customer or subscription. */
export async function showSubscription(
  call: Call,
  customerId: string,
  subscriptionId: string,
): Promise<Outcome<AssessedSubscription>> {
  const listed = await listSubscriptions(call, customerId);
  if (!listed.ok) return listed;
  const one = listed.value.own.find(({ subscription }) => subscription.subscriptionId === subscriptionId);
  return one ? accepted(one) : notFound('subscription', subscriptionId);
}

/** Target offers that can be had in at least one way. */
export function eligibleTargets({ targets }: Eligibility) {
  return targets.filter(({ types }) => types.some(({ refusals }) => refusals.length === 0)).map(({ target }) => target);
}

/** Names of all reasons that hold against anything, each once. */
export function refusalNames({ targets, refusals }: Eligibility): string[] {
  const all = [...refusals, ...targets.flatMap(({ types }) => types.flatMap((type) => type.refusals))];
  return [...new Set(all.map((refusal) => refusal.name))];
}
