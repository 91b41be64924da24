import type { PlanExclusion, ServicePlan } from './service-plan.ts';
import type { ProductSku } from './product.ts';
import type { UpgradePath } from './upgrade-path.ts';
import type { BillingCycle } from '../values/period.ts';

export type Platform = 'legacy' | 'newCommerce';

/** Something that can be subscribed to. `skuId` is what users are licensed for; two platforms may sell one SKU. */
export type Offer = {
  readonly offerId: string;
  readonly key: string;
  readonly platform: Platform;
  readonly name: { readonly en: string; readonly tr: string };
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly seats: { readonly min: number; readonly max: number };
  readonly billingCycles: readonly BillingCycle[];
  /** ISO country codes where the offer is sold; null: everywhere. */
  readonly markets: readonly string[] | null;
  /** Countries where no user may be licensed for it. */
  readonly prohibitedUsageLocations: readonly string[];
  readonly addOn: boolean;
  readonly servicePlans: readonly ServicePlan[];
  /** What it is sold as on new commerce; null on the legacy platform. */
  readonly product: ProductSku | null;
  /** True where no public id exists and one was made up, and said so. */
  readonly demoId: boolean;
};

/** All offers, paths, plan rules and products of a deployment; reference data, the same for every partner. */
export type Catalog = {
  readonly offers: ReadonlyMap<string, Offer>;
  readonly paths: readonly UpgradePath[];
  readonly exclusions: readonly PlanExclusion[];
  /** What new commerce sells, trials too. */
  readonly products: readonly ProductSku[];
  /** Whether enterprise suites with Teams are closed to customers who never had one (N57). */
  readonly teamsSuitesClosed: boolean;
};

/** @throws RangeError for an id that the catalog does not have: stored subscriptions always name a known offer. */
export function getOffer(catalog: Catalog, offerId: string): Offer {
  const offer = catalog.offers.get(offerId);
  if (!offer) throw new RangeError(`no offer ${offerId} in the catalog`);
  return offer;
}

/** The principal service families of an offer (product decision 12). */
export function principalFamilies(offer: Offer): ReadonlySet<string> {
  let families = cachedFamilies.get(offer);
  if (!families) {
    families = new Set(offer.servicePlans.filter((plan) => plan.role === 'principal').map((plan) => plan.family));
    cachedFamilies.set(offer, families);
  }
  return families;
}

/** What the target adds: principal families it has and the source has not; a higher tier of one family adds nothing. */
export function addedFamilies(source: Offer, target: Offer): string[] {
  const present = principalFamilies(source);
  return [...principalFamilies(target)].filter((family) => !present.has(family));
}

export function isSoldIn(offer: Offer, market: string): boolean {
  return offer.markets === null || offer.markets.includes(market);
}

/** Whether a partner can buy an offer for customers in a market today: it is sold in both countries (N55) and on the price list. */
export function isForSale(offer: Offer, markets: readonly string[], priced: Pick<ReadonlySet<string>, 'has'>): boolean {
  return markets.every((market) => isSoldIn(offer, market)) && priced.has(offer.offerId);
}

/** The add-ons that a subscription of the offer can carry in a market. No public source says which belong where: each fits any offer of its platform that is none itself. */
export function addOnsOf({ offers }: Catalog, { addOn, platform }: Offer, market: string): Offer[] {
  if (addOn) return [];
  return [...offers.values()].filter((one) => one.addOn && one.platform === platform && isSoldIn(one, market));
}

/** The offers of which an add-on needs one. */
export function basesOf({ offers }: Catalog, { addOn, platform }: Offer, market: string): Offer[] {
  if (!addOn) return [];
  return [...offers.values()].filter((one) => !one.addOn && one.platform === platform && isSoldIn(one, market));
}

const cachedFamilies = new WeakMap<Offer, ReadonlySet<string>>();
