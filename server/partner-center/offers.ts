import { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import { isPathOpen, type PathSwitch, type UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { addOnsOf, basesOf, isForSale, type Offer } from '../../core/catalog/offer.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Given } from './dialect.ts';
import { cultureOf, kind, link, linkOf, resource } from './wire.ts';
import { billingCycles } from './purchase-line.ts';

/** Two of the four that the recorded catalog of 2019 has; trials and offers for non-profits are not in ours. */
export const CATEGORIES = {
  enterprise: { id: 'Enterprise_Key', name: 'Enterprise', rank: 20 },
  smallBusiness: { id: 'SmallBusiness_Key', name: 'Small business', rank: 30 },
} as const;

export type OfferCategory = keyof typeof CATEGORIES;

export const offerCategory = kind('OfferCategory', {
  id: z.string(),
  name: z.string(),
  rank: z.int(),
  locale: z.string(),
  country: z.string(),
});

export const offerKind = kind('Offer', {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  minimumQuantity: z.int(),
  maximumQuantity: z.int(),
  rank: z.int(),
  uri: z.string(),
  locale: z.string(),
  country: z.string(),
  category: offerCategory,
  limitUnitOfMeasure: z.string(),
  prerequisiteOffers: z.array(z.string()),
  isAddOn: z.boolean(),
  hasAddOns: z.boolean(),
  isAvailableForPurchase: z.boolean(),
  billing: z.literal('license'),
  supportedBillingCycles: z.array(billingCycles),
  isAutoRenewable: z.boolean(),
  isInternal: z.boolean(),
  isTrial: z.boolean(),
  conversionTargetOffers: z.array(z.string()),
  partnerQualifications: z.array(z.string()),
  product: z.object({ id: z.string(), name: z.string(), unit: z.string() }),
  unitType: z.string(),
  upgradeTargetOffers: z.array(z.string()),
  links: z.object({ self: linkOf }),
});

/** Offers for at most this many seats are those for small businesses. */
const SMALL_BUSINESS_SEATS = 300;

/** What is said of an offer beside the catalog: where it is sold, which offers have a price, and the partner’s switches of upgrade paths. */
type OfferFacts = {
  readonly country: string;
  readonly priced: Pick<ReadonlySet<string>, 'has'>;
  readonly pathSwitches: ReadonlyMap<string, PathSwitch>;
  readonly paths: readonly UpgradePath[];
};

/** An offer of the legacy catalog in full. */
export function presentOffer(
  offer: Offer,
  { call, wording }: Pick<Given, 'call' | 'wording'>,
  { country, priced, pathSwitches, paths }: OfferFacts,
): z.output<typeof offerKind> {
  const { catalog, actor } = call;
  const category = presentCategory(categoryOf(offer), country, wording.language);
  const locale = cultureOf(wording.language);
  const name = offer.name[wording.language];
  return resource(offerKind, {
    id: offer.offerId,
    name,
    description: name,
    minimumQuantity: offer.seats.min,
    maximumQuantity: offer.seats.max,
    rank: category.rank,
    uri: `/${offer.skuId}/Offers/${offer.offerId}`,
    locale,
    country,
    category,
    limitUnitOfMeasure: 'none',
    prerequisiteOffers: basesOf(catalog, offer, country).map(({ offerId }) => offerId),
    isAddOn: offer.addOn,
    hasAddOns: addOnsOf(catalog, offer, country).length > 0,
    isAvailableForPurchase: isForSale(offer, [actor.partner.market, country], priced),
    billing: 'license',
    supportedBillingCycles: [...offer.billingCycles],
    isAutoRenewable: true,
    isInternal: false,
    isTrial: false,
    conversionTargetOffers: [],
    partnerQualifications: ['none'],
    product: { id: offer.skuId, name, unit: 'Licenses' },
    unitType: 'Licenses',
    upgradeTargetOffers: paths
      .filter(
        (path) =>
          path.fromOfferId === offer.offerId &&
          isPathOpen(path, pathSwitches.get(path.pathId), country, utcDay(call.clock.now())),
      )
      .map((path) => path.toOfferId),
    links: { self: link(`/offers/${offer.offerId}?country=${country}`) },
  });
}

export function categoryOf(offer: Offer): OfferCategory {
  return offer.seats.max <= SMALL_BUSINESS_SEATS ? 'smallBusiness' : 'enterprise';
}

export function presentCategory(category: OfferCategory, country: string, language: Language) {
  return resource(offerCategory, { ...CATEGORIES[category], locale: cultureOf(language), country });
}
