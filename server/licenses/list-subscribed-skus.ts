import { getOffer, type Offer } from '../../core/catalog/offer.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkDirectory, checkRole, notFound, type Outcome } from '../failure.ts';
import { findSubscriptions, type HeldSubscription } from '../subscriptions/subscription.store.ts';

/** How many licenses of one SKU there are, by what they are good for. */
export type SubscribedSku = {
  readonly offer: Offer;
  readonly active: number;
  /** Of expired subscriptions, in the days in which they still work. */
  readonly warning: number;
  readonly suspended: number;
  readonly consumed: number;
};

/**
 * The licenses of a customer by SKU, as far as this partner sold them. One of an ended subscription that users still hold stays as suspended
 * until its license issues are settled (product decision 4).
 * Refused: role, unknown customer, missing privileges.
 */
export async function listSubscribedSkus(call: Call, customerId: string): Promise<Outcome<SubscribedSku[]>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const now = clock.now();
  const found = await database.readOf(partnerId, customerId, (tx) =>
    findSubscriptions(tx, catalog, actor, now, customerId),
  );
  if (!found) return notFound('customer', customerId);
  const granted = checkDirectory(found.facts.privileges, 'read_skus', now);
  if (!granted.ok) return granted;
  const living = found.held.filter(
    ({ subscription: { status }, assigned }) => (status !== 'deleted' && status !== 'pending') || assigned > 0,
  );
  const bySku = Map.groupBy(living, ({ subscription }) => getOffer(catalog, subscription.offerId).skuId);
  return accepted(
    [...bySku.values()].flatMap(([first, ...others]) => (first ? [sumOf(call, [first, ...others])] : [])),
  );
}

function sumOf({ catalog }: Call, held: readonly [HeldSubscription, ...HeldSubscription[]]): SubscribedSku {
  const count = (units: (one: HeldSubscription) => number) => held.reduce((sum, one) => sum + units(one), 0);
  return {
    offer: getOffer(catalog, held[0].subscription.offerId),
    active: count(({ subscription }) => (subscription.status === 'active' ? subscription.quantity : 0)),
    warning: count(({ subscription }) => (subscription.status === 'expired' ? subscription.quantity : 0)),
    suspended: count(suspendedOf),
    consumed: count(({ assigned }) => assigned),
  };
}

function suspendedOf({ subscription, assigned }: HeldSubscription): number {
  if (subscription.status === 'deleted') return assigned;
  return subscription.status === 'suspended' || subscription.status === 'disabled' ? subscription.quantity : 0;
}
