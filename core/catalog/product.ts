import type { UnitPrice } from '../values/money.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import type { Catalog } from './offer.ts';

/** How long a new commerce subscription is committed, and how often it is billed. */
export type ProductTerm = { readonly duration: TermDuration; readonly billingCycle: BillingCycle };

/** A product of new commerce as it is sold: one of its SKUs. */
export type ProductSku = {
  readonly productId: string;
  readonly skuId: string;
  readonly availabilityId: string;
  /** The offer that it is in the catalog; its name, seat limits and what users are licensed for. */
  readonly offerId: string;
  readonly terms: readonly ProductTerm[];
  readonly segment: Segment;
  /** What a trial is, and the offer that it becomes (B10); null: it is paid for. */
  readonly trial: { readonly seats: number; readonly days: number; readonly becomesOfferId: string } | null;
  /** An enterprise suite with Teams, closed to customers who never had one where that rule is on (N57). */
  readonly teamsSuite: boolean;
  /** The standard offer of which it is the specialized form (N59); null: it is a standard one itself. */
  readonly specializes: string | null;
  /** The last day on which anybody can buy it or move to it (N58); null: no end is known. */
  readonly endOfSaleOn: Temporal.PlainDate | null;
};

/** Whom it may be sold to (N51). */
export type Segment = 'commercial' | 'education' | 'nonprofit' | 'government';

/** How a term can be billed where it is paid for: a billing plan is never longer than its term (N20, N21). */
export const BILLING_PLANS: Readonly<Record<TermDuration, readonly BillingCycle[]>> = {
  P1M: ['monthly'],
  P1Y: ['monthly', 'annual'],
  P3Y: ['monthly', 'annual', 'triennial'],
};

/** A list price of new commerce, per seat and charge cycle, in one market. */
export type ProductPrice = ProductTerm & { readonly unitPrice: UnitPrice };

/** The product that a catalog item id names (`Product:Sku:Availability`, in any case; N7). Undefined: none of ours. */
export function findProductSku({ products }: Catalog, catalogItemId: string): ProductSku | undefined {
  const asked = catalogItemId.toUpperCase();
  return products.find((one) => catalogItemIdOf(one) === asked);
}

export function catalogItemIdOf({ productId, skuId, availabilityId }: ProductSku): string {
  return `${productId}:${skuId}:${availabilityId}`;
}
