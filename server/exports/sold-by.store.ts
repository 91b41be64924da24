import type { Transaction } from '../postgres/database.ts';

/** The lists that a partner goes by: its own, of all markets without one (`*`), and one for each market that has one. */
export async function findListsInForce(tx: Transaction, partnerId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ market: string; price_list_id: string }>(
    `select '*' as market, price_list_id from partners where partner_id = $1 and price_list_id is not null
     union all select market, price_list_id from market_price_lists where partner_id = $1`,
    [partnerId],
  );
  return new Map(rows.map(({ market, price_list_id: id }) => [market, id]));
}
