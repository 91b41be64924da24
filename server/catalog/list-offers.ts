import { type Catalog, getOffer, isSoldIn, type Offer } from '../../core/catalog/offer.ts';
import type { ProductSku, ProductTerm } from '../../core/catalog/product.ts';
import { isPathOpen, type PathSwitch, type UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { withMatrices } from '../../core/imports/offer-matrix.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { findPartnerFacts, productPrices, toPathSwitch } from '../subscriptions/customer-facts.store.ts';

export type OffersInMarkets = {
  readonly offers: readonly Offer[];
  /** Ids of those that the partner's price list of the day holds. */
  readonly priced: ReadonlySet<string>;
  /** What the partner switched on or off of the upgrade paths. */
  readonly pathSwitches: ReadonlyMap<string, PathSwitch>;
  /** The paths with what its offer matrices give. */
  readonly paths: readonly UpgradePath[];
};

/** The legacy offers that are sold in all these markets, in the order of the catalog. Refused: role. */
export async function listOffers(
  { actor, catalog, clock, database }: Call,
  markets: readonly string[],
): Promise<Outcome<OffersInMarkets>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findPartnerFacts(tx, partnerId, clock.now()));
  const { prices, switches } = found;
  const offers = [...catalog.offers.values()].filter(
    (offer) => offer.platform === 'legacy' && markets.every((market) => isSoldIn(offer, market)),
  );
  const pathSwitches = new Map(switches.map((one) => [one.pathId, toPathSwitch(one)]));
  const ofPartner = prices.filter(({ market }) => market === null);
  const { paths } = withMatrices(catalog, found.matrices);
  return accepted({ offers, priced: new Set(ofPartner.map(({ offerId }) => offerId)), pathSwitches, paths });
}

/** A SKU of new commerce as it can be had in a market today. */
export type SkuInMarket = {
  readonly sku: ProductSku;
  readonly offer: Offer;
  /** Those of its terms that the price list of the market has. */
  readonly terms: readonly ProductTerm[];
  /** What it can be upgraded to there, or what a trial becomes (N3, N49). */
  readonly targets: readonly ProductSku[];
};

/** What new commerce sells in a market, in the order of the catalog; what no price list has cannot be bought. Refused: role. */
export async function listProducts(
  { actor, catalog, clock, database }: Call,
  market: string,
): Promise<Outcome<SkuInMarket[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const now = clock.now();
  const found = await database.read(partnerId, (tx) => findPartnerFacts(tx, partnerId, now));
  const prices = productPrices(found, catalog, market);
  const ofPartner = withMatrices(catalog, found.matrices);
  const switches = new Map(found.switches.map((one) => [one.pathId, toPathSwitch(one)]));
  const isOpen = (path: UpgradePath) => isPathOpen(path, switches.get(path.pathId), market, utcDay(now));
  return accepted(
    catalog.products.flatMap((sku) => {
      const offer = getOffer(catalog, sku.offerId);
      const terms = sku.terms.filter((term) => prices.get(sku.offerId)?.some((price) => isSameTerm(price, term)));
      if (!isSoldIn(offer, market) || terms.length === 0) return [];
      return [{ sku, offer, terms, targets: targetsOf(sku, ofPartner, isOpen) }];
    }),
  );
}

function isSameTerm(one: ProductTerm, other: ProductTerm): boolean {
  return one.duration === other.duration && one.billingCycle === other.billingCycle;
}

function targetsOf(
  { offerId, trial }: ProductSku,
  { paths, products }: Catalog,
  isOpen: (path: UpgradePath) => boolean,
): ProductSku[] {
  const targetIds = trial
    ? [trial.becomesOfferId]
    : paths.filter((path) => path.fromOfferId === offerId && isOpen(path)).map(({ toOfferId }) => toOfferId);
  return targetIds.flatMap((targetId) => products.find((product) => product.offerId === targetId) ?? []);
}
