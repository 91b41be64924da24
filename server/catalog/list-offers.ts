import { isSoldIn, type Offer } from '../../core/catalog/offer.ts';
import type { ProductSku } from '../../core/catalog/product.ts';
import type { PathSwitch } from '../../core/catalog/upgrade-path.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { findPartnerFacts, toPathSwitch } from '../subscriptions/subscription.store.ts';

export type OffersInMarkets = {
  readonly offers: readonly Offer[];
  /** Ids of those that the partner's price list of the day holds. */
  readonly priced: ReadonlySet<string>;
  /** What the partner switched on or off of the upgrade paths. */
  readonly pathSwitches: ReadonlyMap<string, PathSwitch>;
};

/** The legacy offers that are sold in all these markets, in the order of the catalog. Refused: role. */
export async function listOffers(
  { actor, catalog, clock, database }: Call,
  markets: readonly string[],
): Promise<Outcome<OffersInMarkets>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const { prices, switches } = await database.read(partnerId, (tx) => findPartnerFacts(tx, partnerId, clock.now()));
  const offers = [...catalog.offers.values()].filter(
    (offer) => offer.platform === 'legacy' && markets.every((market) => isSoldIn(offer, market)),
  );
  const pathSwitches = new Map(switches.map((one) => [one.pathId, toPathSwitch(one)]));
  return accepted({ offers, priced: new Set(prices.map(({ offerId }) => offerId)), pathSwitches });
}

/** A SKU of new commerce with the legacy offer of the same SKU. */
export type SkuInMarket = { readonly sku: ProductSku; readonly offer: Offer };

/** What new commerce sells in a market, in the order of the catalog. Refused: role. */
export function listProducts({ actor, catalog }: Call, market: string): Outcome<SkuInMarket[]> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  return accepted(
    catalog.products.flatMap((sku) => {
      const offer = catalog.offers.get(sku.offerId);
      return offer && isSoldIn(offer, market) ? [{ sku, offer }] : [];
    }),
  );
}
