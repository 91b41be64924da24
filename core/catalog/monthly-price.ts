import type { UnitPrice } from '../values/money.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import type { Offer } from './offer.ts';
import type { ProductPrice } from './product.ts';

/** List prices of one day, as customer facts have them. */
export type ListPrices = {
  readonly prices: ReadonlyMap<string, Partial<Record<BillingCycle, UnitPrice>>>;
  readonly productPrices: ReadonlyMap<string, readonly ProductPrice[]>;
};

/**
 * What one license of an offer costs for a month by the list, so that offers can be compared: on the legacy platform as it is printed, on new
 * commerce that of the longest usual term that is billed monthly. Undefined: the list has no such price.
 */
export function monthlyPrice({ offerId, platform }: Offer, lists: ListPrices): UnitPrice | undefined {
  if (platform === 'legacy') {
    const ofCycle = lists.prices.get(offerId);
    return ofCycle?.monthly ?? ofCycle?.annual;
  }
  const monthly = lists.productPrices.get(offerId)?.filter(({ billingCycle }) => billingCycle === 'monthly') ?? [];
  return USUAL_TERMS.flatMap((term) => monthly.filter(({ duration }) => duration === term))[0]?.unitPrice;
}

const USUAL_TERMS: readonly TermDuration[] = ['P1Y', 'P1M', 'P3Y'];
