import { perMonth, type Priced } from '../ledger/per-month.ts';
import { type Money, sumMoney } from '../values/money.ts';

/** A subscription of a product with seats that nobody holds a license of. */
export type UnusedSeats = Priced & { readonly unused: number };

/**
 * What seats that nobody uses cost each month, at the prices at which they are billed. Null: nobody can say, as none of them is billed, or they
 * are billed in more than one currency.
 */
export function costOfUnused(seats: readonly UnusedSeats[]): Money | null {
  const billed = seats.filter(({ billingCycle, unused }) => billingCycle !== 'none' && unused > 0);
  const [currency, ...others] = new Set(billed.map(({ unitPrice }) => unitPrice.currency));
  if (currency === undefined || others.length > 0) return null;
  return sumMoney(
    currency,
    billed.map((one) => perMonth(one, one.unused)),
  );
}
