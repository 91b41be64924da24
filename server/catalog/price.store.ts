import type { BillingCycle, TermDuration } from '../../core/values/period.ts';
import type { Transaction } from '../postgres/database.ts';

export type PriceListRow = {
  price_list_id: string;
  name: string;
  currency: string;
  market: string | null;
  created_at: string;
  prices: number;
  valid_from: string;
  valid_until: string | null;
  use: 'own' | 'market' | null;
};

/** The price lists of the deployment and of the partner, and which of them it uses: one for all markets, and one for each market that has a list (N56). */
export async function findPriceLists(tx: Transaction, partnerId: string): Promise<PriceListRow[]> {
  return tx.query<PriceListRow>(
    `select * from (select l.price_list_id, l.name, l.currency, l.market, l.created_at, p.prices, p.valid_from,
       nullif(p.valid_until, '9999-12-31') as valid_until,
       case when l.price_list_id = o.price_list_id then 'own'
         when exists (select 1 from market_price_lists m where m.partner_id = o.partner_id and m.price_list_id = l.price_list_id)
         then 'market' end as use
     from partners o, price_lists l
     join lateral (select count(*)::integer as prices, min(valid_from) as valid_from, max(valid_until) as valid_until
       from prices where price_list_id = l.price_list_id having count(*) > 0) p on true
     where o.partner_id = $1) lists
     order by use = 'own' desc nulls last, created_at desc, price_list_id`,
    [partnerId],
  );
}

export type PriceRow = {
  offer_id: string;
  term_duration: TermDuration;
  billing_cycle: BillingCycle;
  unit_price: string;
  valid_from: string;
  valid_until: string | null;
};

/** The prices of a list; each ends where the list says so, or on the day before the next one for the same. */
export async function findPrices(
  tx: Transaction,
  priceListId: string,
  { on }: { readonly on: Temporal.PlainDate | undefined },
): Promise<PriceRow[]> {
  return tx.query<PriceRow>(
    `select * from (
       select offer_id, term_duration, billing_cycle, unit_price::text, valid_from, nullif(least(valid_until,
         lead(valid_from) over (partition by offer_id, term_duration, billing_cycle order by valid_from) - 1), '9999-12-31') as valid_until
       from prices where price_list_id = $1) p
     where $2::date is null or ($2 >= valid_from and (valid_until is null or valid_until >= $2))`,
    [priceListId, on?.toString() ?? null],
  );
}
