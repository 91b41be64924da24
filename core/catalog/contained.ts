import type { Catalog, Offer } from './offer.ts';
import type { ServicePlan } from './service-plan.ts';

/**
 * Whether who has some service plans misses nothing of others: each principal one is there, or one of its family and at least its tier. Companions
 * come with almost any product (product decision 12). Nothing is contained that has no principal plan.
 */
export function containsServices(having: readonly ServicePlan[], wanted: readonly ServicePlan[]): boolean {
  const principal = wanted.filter(({ role }) => role === 'principal');
  return (
    principal.length > 0 &&
    principal.every((plan) =>
      having.some(
        ({ planName, role, family, tier }) =>
          planName === plan.planName || (role === 'principal' && family === plan.family && tier >= plan.tier),
      ),
    )
  );
}

/** Offers of which the first brings nothing that the second does not; two that bring the same are there both ways, and each with itself. */
export function containedOffers({ offers }: Catalog): (readonly [inner: Offer, outer: Offer])[] {
  const all = [...offers.values()];
  return all.flatMap((inner) =>
    all
      .filter((outer) => containsServices(outer.servicePlans, inner.servicePlans))
      .map((outer) => [inner, outer] as const),
  );
}
