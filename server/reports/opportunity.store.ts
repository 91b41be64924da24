import type { PromotedHolding } from '../../core/catalog/promotion.ts';
import type { Transaction } from '../postgres/database.ts';
import { formerHoldingsJson } from '../subscriptions/former-holdings.store.ts';

/**
 * Customers with a subscription that an upgrade path leads on from, those first of which one renews or ends next; and how many there are in all.
 */
export async function findCandidates(
  tx: Transaction,
  partnerId: string,
  { fromOfferIds, most }: { readonly fromOfferIds: readonly string[]; readonly most: number },
): Promise<{ ids: string[]; all: number }> {
  const rows = await tx.query<{ customer_id: string; every: number }>(
    `select s.customer_id, (count(*) over ())::integer as every
     from subscriptions s join customers c on c.customer_id = s.customer_id
     where s.partner_id = $1 and s.status = 'active' and s.provisioning = 'success' and s.offer_id = any ($2)
     group by s.customer_id order by min(s.change_until), s.customer_id limit $3`,
    [partnerId, fromOfferIds, most],
  );
  return { ids: rows.map(({ customer_id }) => customer_id), all: rows[0]?.every ?? 0 };
}

/** What subscriptions of these customers were before, for the conditions of promotions. */
export async function findFormerly(
  tx: Transaction,
  partnerId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly PromotedHolding[]>> {
  const rows = await tx.query<{ customer_id: string; formerly: PromotedHolding[] }>(
    `select c.customer_id, ${formerHoldingsJson({ customerId: 'c.customer_id', partnerId: '$1::uuid' })} as formerly
     from customers c where c.customer_id = any ($2::uuid[])`,
    [partnerId, ids],
  );
  return new Map(rows.map(({ customer_id, formerly }) => [customer_id, formerly]));
}
