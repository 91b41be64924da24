import { isSoldIn, type Offer } from '../../core/catalog/offer.ts';
import type { ProductSku } from '../../core/catalog/product.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { findPartnerFacts } from '../subscriptions/subscription.store.ts';

export type OffersInMarkets = {
  readonly offers: readonly Offer[];
  /** Ids of those that the partner's price list of the day holds. */
  readonly priced: ReadonlySet<string>;
};

/** The legacy offers that are sold in all these markets, in the order of the catalog. Refused: role. */
export async function listOffers(
  { actor, catalog, clock, database }: Call,
  markets: readonly string[],
): Promise<Outcome<OffersInMarkets>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const { prices } = await database.read(partnerId, (tx) => findPartnerFacts(tx, partnerId, clock.now()));
  const offers = [...catalog.offers.values()].filter(
    (offer) => offer.platform === 'legacy' && markets.every((market) => isSoldIn(offer, market)),
  );
  return accepted({ offers, priced: new Set(prices.map(({ offerId }) => offerId)) });
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
