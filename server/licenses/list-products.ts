import { getOffer, type Offer } from '../../core/catalog/offer.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findHeld, type HeldSubscription } from '../subscriptions/subscription.store.ts';
import { countForeignLicenses } from './licensed-user.store.ts';
import { readLicenses } from './read-licenses.ts';

/** A SKU that a customer's users have or can have. */
export type LicenseProduct = {
  readonly offer: Offer;
  /** False: through another partner or channel, which does not tell how many there are. */
  readonly ours: boolean;
  readonly used: number;
  readonly total: number | null;
  readonly free: number | null;
  readonly active: boolean;
};

/** The products of a customer as columns of its users. Refused: role, unknown customer, missing privileges. */
export function listLicenseProducts(call: Call, customerId: string): Promise<Outcome<LicenseProduct[]>> {
  return readLicenses(call, customerId, async (tx) => accepted(await findProducts(call, tx, customerId)));
}

/** First what the partner sold, in the order in which it was bought, then what users have from elsewhere. */
export async function findProducts(call: Call, tx: Transaction, customerId: string): Promise<LicenseProduct[]> {
  const { actor, catalog, clock } = call;
  const now = clock.now();
  const held = await findHeld(tx, actor.partner.partnerId, customerId, now);
  const own = held.map(({ subscription }) => subscription.subscriptionId);
  const foreign = await countForeignLicenses(tx, customerId, own, now);
  const skuOf = (offerId: string) => getOffer(catalog, offerId).skuId;
  // One that ended counts as long as users hold it (product decision 4).
  const living = held.filter(
    ({ subscription: { status }, assigned }) => (status !== 'deleted' && status !== 'pending') || assigned > 0,
  );
  const ours = Map.groupBy(living, ({ subscription }) => skuOf(subscription.offerId));
  const others = Map.groupBy(foreign, (one) => skuOf(one.offer_id));
  return [
    ...[...ours.values()].flatMap((all) => sumOf(call, all)),
    ...[...others.values()].flatMap((all) =>
      all.slice(0, 1).map(({ offer_id }) => ({
        offer: getOffer(catalog, offer_id),
        ours: false,
        used: sum(all.map(({ used }) => used)),
        total: null,
        free: null,
        active: false,
      })),
    ),
  ];
}

function sumOf({ catalog }: Call, held: readonly HeldSubscription[]): LicenseProduct[] {
  const active = held.filter(({ subscription }) => subscription.status === 'active');
  const counted = held.filter(({ subscription }) => subscription.status !== 'deleted');
  return held.slice(0, 1).map(({ subscription }) => ({
    offer: getOffer(catalog, subscription.offerId),
    ours: true,
    used: sum(held.map(({ assigned }) => assigned)),
    total: sum(counted.map((one) => one.subscription.quantity)),
    free: sum(active.map((one) => Math.max(one.subscription.quantity - one.assigned, 0))),
    active: active.length > 0,
  }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
