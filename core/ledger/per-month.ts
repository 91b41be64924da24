import type { Platform } from '../catalog/offer.ts';
import { type Money, priceTimes, type UnitPrice } from '../values/money.ts';
import type { BillingCycle } from '../values/period.ts';
import { MONTHS_OF_CYCLE } from './charge-cycle.ts';

export type Priced = {
  readonly platform: Platform;
  readonly unitPrice: UnitPrice;
  readonly billingCycle: BillingCycle;
};

/** A month of so many seats: legacy prices are those of a month, new commerce ones of a charge cycle; a trial costs nothing. */
export function perMonth({ unitPrice, billingCycle, platform }: Priced, quantity: number): Money {
  if (billingCycle === 'none') return { minor: 0n, currency: unitPrice.currency };
  const months = platform === 'legacy' ? 1 : MONTHS_OF_CYCLE[billingCycle];
  return priceTimes(unitPrice, BigInt(quantity), BigInt(months));
}
