import { z } from 'zod';
import { isPathOpen } from '../../core/catalog/upgrade-path.ts';
import type { Offer } from '../../core/catalog/offer.ts';
import type { Given } from './dialect.ts';
import { cultureOf, kind, link, linkOf, resource } from './wire.ts';

const CATEGORIES = {
  enterprise: { id: 'Enterprise_Key', name: 'Enterprise', rank: 20 },
  smallBusiness: { id: 'SmallBusiness_Key', name: 'Small business', rank: 30 },
} as const;

const offerCategory = kind('OfferCategory', {
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
  supportedBillingCycles: z.array(z.enum(['monthly', 'annual'])),
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

/** An offer of the legacy catalog in full. */
export function presentOffer(
  offer: Offer,
  { call, wording }: Pick<Given, 'call' | 'wording'>,
): z.output<typeof offerKind> {
  const { market } = call.actor.partner;
  const locale = cultureOf(wording.language);
  const name = offer.name[wording.language];
  return resource(offerKind, {
    id: offer.offerId,
    name,
    description: name,
    minimumQuantity: offer.seats.min,
    maximumQuantity: offer.seats.max,
    rank: 0,
    uri: `/${offer.skuId}/Offers/${offer.offerId}`,
    locale,
    country: market,
    category: presentCategory(categoryOf(offer), market, locale),
    limitUnitOfMeasure: 'none',
    prerequisiteOffers: [],
    isAddOn: offer.addOn,
    hasAddOns: false,
    isAvailableForPurchase: true,
    billing: 'license',
    supportedBillingCycles: [...offer.billingCycles],
    isAutoRenewable: true,
    isInternal: false,
    isTrial: false,
    conversionTargetOffers: [],
    partnerQualifications: ['none'],
    product: { id: offer.skuId, name, unit: 'Licenses' },
    unitType: 'Licenses',
    upgradeTargetOffers: call.catalog.paths
      .filter((path) => path.fromOfferId === offer.offerId && isPathOpen(path, undefined, market, today(call)))
      .map((path) => path.toOfferId),
    links: { self: link(`/offers/${offer.offerId}?country=${market}`) },
  });
}

export function categoryOf(offer: Offer): keyof typeof CATEGORIES {
  return offer.seats.max <= SMALL_BUSINESS_SEATS ? 'smallBusiness' : 'enterprise';
}

export function presentCategory(key: keyof typeof CATEGORIES, country: string, locale: string) {
  return resource(offerCategory, { ...CATEGORIES[key], locale, country });
}

function today({ clock }: Given['call']): Temporal.PlainDate {
  return clock.now().toZonedDateTimeISO('UTC').toPlainDate();
}
