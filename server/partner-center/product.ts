import { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import { catalogItemIdOf, type ProductTerm } from '../../core/catalog/product.ts';
import type { SkuInMarket } from '../catalog/list-offers.ts';
import type { Given } from './dialect.ts';
import { guid, kind, link, linkOf, resource, symbolOf } from './wire.ts';

export const TARGET_VIEW = 'OnlineServicesNCE';
export const SEGMENT = 'commercial';

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
    z.object({ duration: z.string(), billingCycle: z.enum(['monthly', 'annual']), description: z.string() }),
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
  { sku: { productId, skuId, terms }, offer }: SkuInMarket,
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
    isTrial: false,
    supportedBillingCycles: [...new Set(terms.map(({ billingCycle }) => billingCycle))],
    purchasePrerequisites: [],
    inventoryVariables: [],
    provisioningVariables: [],
    actions: [],
    dynamicAttributes: { isMicrosoftProduct: true, isAddon: offer.addOn, provisioningId: offer.skuId },
    links: {
      self: link(at(productId, 'skus', skuId)),
      availabilities: link(at(productId, 'skus', skuId, 'availabilities')),
    },
  });
}

/** Shown with its terms; it can be neither bought nor renewed here. */
export function presentAvailability({ sku }: SkuInMarket, { at, market }: Shelf, { call, wording }: Given) {
  const { productId, skuId, availabilityId, terms } = sku;
  const { currency } = call.actor.partner;
  return resource(availabilityKind, {
    id: availabilityId,
    productId,
    skuId,
    catalogItemId: catalogItemIdOf(sku),
    defaultCurrency: { code: currency, symbol: symbolOf(currency) },
    segment: SEGMENT,
    country: market,
    isPurchasable: false,
    isRenewable: false,
    terms: terms.map((term) => ({ ...term, description: describeTerm(term, wording.language) })),
    links: { self: link(at(productId, 'skus', skuId, 'availabilities', availabilityId)) },
  });
}

function describeTerm({ duration, billingCycle }: ProductTerm, language: Language): string {
  const { terms, cycles } = TERM_WORDS[language];
  return `${terms[duration]}, ${cycles[billingCycle]}`;
}

const TERM_WORDS = {
  en: {
    terms: { P1M: 'One month', P1Y: 'One year', P3Y: 'Three years' },
    cycles: { monthly: 'billed monthly', annual: 'billed yearly' },
  },
  tr: {
    terms: { P1M: 'Bir ay', P1Y: 'Bir yıl', P3Y: 'Üç yıl' },
    cycles: { monthly: 'aylık faturalanır', annual: 'yıllık faturalanır' },
  },
} as const;
