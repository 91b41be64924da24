import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { Transaction } from '../postgres/database.ts';

/** What is sold on without a margin or tax. */
export const NO_RATES: SellRates = { marginBasisPoints: 0, vatBasisPoints: 0 };

/** The rates by which a partner sells on to customer `c`, as JSON; `partnerId` is an SQL expression. What is not set is nothing. */
export const sellRatesJson = (partnerId: string) => `
  json_build_object(
    'marginBasisPoints', coalesce((select m.basis_points from customer_margins m
      where m.customer_id = c.customer_id and m.partner_id = ${partnerId}), 0),
    'vatBasisPoints', coalesce((select v.basis_points from vat_rates v
      where v.partner_id = ${partnerId} and v.market = c.country), 0))`;

/** The rates by which the partner sells on: tax by market, margin by customer; what is not set is nothing. */
export async function findSellRates(tx: Transaction, partnerId: string) {
  const vat = await tx.query<{ market: string; basis_points: number }>(
    'select market, basis_points from vat_rates where partner_id = $1 order by market',
    [partnerId],
  );
  const margins = await tx.query<{ customer_id: string; basis_points: number }>(
    'select customer_id, basis_points from customer_margins where partner_id = $1',
    [partnerId],
  );
  const vatOf = new Map(vat.map((row) => [row.market, row.basis_points]));
  const marginOf = new Map(margins.map((row) => [row.customer_id, row.basis_points]));
  return (customerId: string, country: string): SellRates => ({
    marginBasisPoints: marginOf.get(customerId) ?? 0,
    vatBasisPoints: vatOf.get(country) ?? 0,
  });
}
