import type { BillingCycle } from '../values/period.ts';
import type { Catalog } from './offer.ts';

/** How long a new commerce subscription is committed, as ISO 8601 writes it, and how often it is billed. */
export type ProductTerm = { readonly duration: 'P1M' | 'P1Y' | 'P3Y'; readonly billingCycle: BillingCycle };

/** A product of new commerce as it is sold: one of its SKUs, in the commercial segment. */
export type ProductSku = {
  readonly productId: string;
  readonly skuId: string;
  readonly availabilityId: string;
  /** The legacy offer of the same SKU; name, seat limits and what users are licensed for are those of both. */
  readonly offerId: string;
  readonly terms: readonly ProductTerm[];
};

/** The product that a catalog item id names (`Product:Sku:Availability`, in any case; N7). Undefined: none of ours. */
export function findProductSku({ products }: Catalog, catalogItemId: string): ProductSku | undefined {
  const asked = catalogItemId.toUpperCase();
  return products.find((one) => catalogItemIdOf(one) === asked);
}

export function catalogItemIdOf({ productId, skuId, availabilityId }: ProductSku): string {
  return `${productId}:${skuId}:${availabilityId}`;
}
