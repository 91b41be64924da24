import { z } from 'zod';
import type { Offer } from '../../core/catalog/offer.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Language } from '../../contract/values.ts';
import { catalogItemIdOf, type ProductSku, type ProductTerm } from '../../core/catalog/product.ts';
import type { SkuInMarket } from '../catalog/list-offers.ts';
import type { Given } from './dialect.ts';
import { guid, kind, link, linkOf, resource, symbolOf } from './wire.ts';
import { billingCycles } from './purchase-line.ts';

export const TARGET_VIEW = 'OnlineServicesNCE';

export const productKind = kind('Product', {
  id: z.string(),
  title: z.string(),
  description: z.string(),
  productType: z.object({ id: z.string(), displayName: z.string() }),
  isMicrosoftProduct: z.boolean(),
  publisherName: z.string(),
  links: z.object({ self: linkOf, skus: linkOf }),
});
export const skuKind = kind('Sku', {
  id: z.string(),
  productId: z.string(),
  title: z.string(),
  description: z.string(),
  minimumQuantity: z.int(),
  maximumQuantity: z.int(),
  isTrial: z.boolean(),
  supportedBillingCycles: z.array(z.string()),
  purchasePrerequisites: z.array(z.string()),
  inventoryVariables: z.array(z.string()),
  provisioningVariables: z.array(z.string()),
  upgradeTargetOffers: z.array(z.string()),
  conversionTargetOffers: z.array(z.string()),
  actions: z.array(z.string()),
  dynamicAttributes: z.object({ isMicrosoftProduct: z.boolean(), isAddon: z.boolean(), provisioningId: guid }),
  links: z.object({ self: linkOf, availabilities: linkOf }),
});
export const availabilityKind = kind('Availability', {
  id: z.string(),
  productId: z.string(),
  skuId: z.string(),
  catalogItemId: z.string(),
  defaultCurrency: z.object({ code: z.string(), symbol: z.string() }),
  segment: z.string(),
  country: z.string(),
  isPurchasable: z.boolean(),
  isRenewable: z.boolean(),
  terms: z.array(
    z.object({
      duration: z.string(),
      billingCycle: billingCycles,
      description: z.string(),
      renewalOptions: z.array(z.object({ renewToId: z.string() })),
      cancellationPolicies: z.array(
        z.object({
          refundOptions: z.array(z.object({ sequenceId: z.int(), type: z.string(), expiresAfter: z.string() })),
        }),
      ),
    }),
  ),
  links: z.object({ self: linkOf }),
});

/** What can be seen in one place: addresses below it, and the SKUs of its market. */
export type Shelf = {
  readonly skus: readonly SkuInMarket[];
  readonly market: string;
  readonly at: (...parts: string[]) => string;
};

export function presentProduct({ sku: { productId }, offer }: SkuInMarket, { at }: Shelf, { wording }: Given) {
  const title = offer.name[wording.language];
  return resource(productKind, {
    id: productId,
    title,
    description: title,
    productType: { id: TARGET_VIEW, displayName: TARGET_VIEW },
    isMicrosoftProduct: true,
    publisherName: 'Microsoft Corporation',
    links: { self: link(at(productId)), skus: link(at(productId, 'skus')) },
  });
}

export function presentSku(
  { sku: { productId, skuId, trial }, offer, terms, targets }: SkuInMarket,
  { at }: Shelf,
  { wording }: Given,
) {
  const title = offer.name[wording.language];
  return resource(skuKind, {
    id: skuId,
    productId,
    title,
    description: title,
    minimumQuantity: offer.seats.min,
    maximumQuantity: offer.seats.max,
    isTrial: trial !== null,
    supportedBillingCycles: [...new Set(terms.map(({ billingCycle }) => billingCycle))],
    purchasePrerequisites: [],
    inventoryVariables: [],
    provisioningVariables: [],
    upgradeTargetOffers: trial ? [] : targets.map(skuIdOf),
    conversionTargetOffers: trial ? targets.map(skuIdOf) : [],
    actions: [],
    dynamicAttributes: { isMicrosoftProduct: true, isAddon: offer.addOn, provisioningId: offer.skuId },
    links: {
      self: link(at(productId, 'skus', skuId)),
      availabilities: link(at(productId, 'skus', skuId, 'availabilities')),
    },
  });
}

/** How an offer is called here: a product of new commerce by its catalog item id. */
export function offerIdOnWire({ offerId, product }: Offer): string {
  return product ? catalogItemIdOf(product) : offerId;
}

/** Where an offer is told of. */
export function offerLink({ offerId, product }: Offer, market: string) {
  const at = product ? `/products/${product.productId}/skus/${product.skuId}` : `/offers/${offerId}`;
  return link(`${at}?country=${market}`);
}

/** Shown with its terms; it renews as long as it is sold. */
export function presentAvailability({ sku, terms }: SkuInMarket, { at, market }: Shelf, { call, wording }: Given) {
  const { productId, skuId, availabilityId } = sku;
  const { currency } = call.actor.partner;
  const today = utcDay(call.clock.now());
  const isSold = sku.endOfSaleOn === null || Temporal.PlainDate.compare(today, sku.endOfSaleOn) <= 0;
  return resource(availabilityKind, {
    id: availabilityId,
    productId,
    skuId,
    catalogItemId: catalogItemIdOf(sku),
    defaultCurrency: { code: currency, symbol: symbolOf(currency) },
    segment: sku.segment,
    country: market,
    isPurchasable: isSold,
    isRenewable: isSold && sku.trial === null,
    terms: terms.map((term) => ({
      ...term,
      description: describeTerm(term, wording.language),
      renewalOptions: [],
      cancellationPolicies: sku.trial ? [] : [{ refundOptions: REFUND_OPTIONS }],
    })),
    links: { self: link(at(productId, 'skus', skuId, 'availabilities', availabilityId)) },
  });
}

/** Everything on the first day, what is left until the seventh (N34). */
const REFUND_OPTIONS = [
  { sequenceId: 0, type: 'Full', expiresAfter: 'P1D' },
  { sequenceId: 1, type: 'Partial', expiresAfter: 'P7D' },
];

function skuIdOf({ productId, skuId }: ProductSku): string {
  return `${productId}:${skuId}`;
}

function describeTerm({ duration, billingCycle }: ProductTerm, language: Language): string {
  const { terms, cycles } = TERM_WORDS[language];
  return `${terms[duration]}, ${cycles[billingCycle]}`;
}

const TERM_WORDS = {
  en: {
    terms: { P1M: 'One month', P1Y: 'One year', P3Y: 'Three years' },
    cycles: {
      monthly: 'billed monthly',
      annual: 'billed yearly',
      triennial: 'billed every three years',
      none: 'not billed',
    },
  },
  tr: {
    terms: { P1M: 'Bir ay', P1Y: 'Bir yıl', P3Y: 'Üç yıl' },
    cycles: {
      monthly: 'aylık faturalanır',
      annual: 'yıllık faturalanır',
      triennial: 'üç yılda bir faturalanır',
      none: 'faturalanmaz',
    },
  },
} as const;
