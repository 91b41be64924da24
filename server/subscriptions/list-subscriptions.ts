import type { TenantHolding } from '../../core/subscriptions/subscription.ts';
import type { SeatBatch } from '../../core/subscriptions/seat-batch.ts';
import { assessAll, type Eligibility, isEligible } from '../../core/upgrades/eligibility.ts';
import type { CustomerFacts } from '../../core/upgrades/upgrade-facts.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findSubscriptions, type HeldSubscription, type WaitingForIt } from './subscription.store.ts';

/** A subscription with what it could go to, at the prices of the day. */
export type AssessedSubscription = HeldSubscription & {
  readonly eligibility: Eligibility;
  readonly prices: CustomerFacts['prices'];
  readonly productPrices: CustomerFacts['productPrices'];
  readonly pathSwitches: CustomerFacts['pathSwitches'];
  readonly paths: CustomerFacts['catalog']['paths'];
  readonly pricesFrom: string | null;
  /** Until when it can still be cancelled; null: no longer, or never. */
  readonly cancellableUntil: Temporal.Instant | null;
  /** Seats whose window is open, the newest first. */
  readonly removable: readonly SeatBatch[];
  readonly waitingUpgrade: WaitingForIt | null;
};

/** A customer's subscriptions, each with its upgradability, and what the tenant holds elsewhere. Refused: role, unknown customer. */
export async function listSubscriptions(
  { actor, catalog, clock, database }: Call,
  customerId: string,
): Promise<Outcome<{ own: AssessedSubscription[]; elsewhere: TenantHolding[] }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.readOf(partnerId, customerId, (tx) =>
    findSubscriptions(tx, catalog, actor, clock.now(), customerId),
  );
  if (!found) return notFound('customer', customerId);
  const { facts, held, pricesFrom, waiting, batches } = found;
  const { prices, productPrices, pathSwitches } = facts;
  const { paths } = facts.catalog;
  return accepted({
    own: assessAll(facts, held).map((one) => {
      const { subscriptionId, cancellableUntil: until } = one.subscription;
      const waitingUpgrade = waiting.get(subscriptionId) ?? null;
      const cancellableUntil = until && Temporal.Instant.compare(facts.now, until) < 0 ? until : null;
      const removable = batches.get(subscriptionId) ?? [];
      const known = { prices, productPrices, pathSwitches, paths };
      return { ...one, ...known, pricesFrom, cancellableUntil, removable, waitingUpgrade };
    }),
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
  return targets.filter(isEligible).map(({ target }) => target);
}

/** Names of all reasons that hold against anything, each once. */
export function refusalNames({ targets, refusals }: Eligibility): string[] {
  const all = [...refusals, ...targets.flatMap(({ types }) => types.flatMap((type) => type.refusals))];
  return [...new Set(all.map((refusal) => refusal.name))];
}
