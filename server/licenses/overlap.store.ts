import type { Catalog } from '../../core/catalog/offer.ts';
import type { OverlapFacts } from '../../core/licenses/overlap.ts';
import type { Transaction } from '../postgres/database.ts';
import { type BatchJson, toBatch } from '../subscriptions/batch.store.ts';
import { type SubscriptionJson, subscriptionJson, toHeld } from '../subscriptions/subscription.store.ts';

type Row = {
  customer_id: string;
  name: string;
  domain: string;
  subscriptions: SubscriptionJson[];
  batches: (BatchJson & { subscriptionId: string })[];
  licenses: OverlapFacts['licenses'];
};

export type CustomerOfOverlaps = {
  readonly customerId: string;
  readonly name: string;
  readonly domain: string;
  readonly facts: OverlapFacts;
};

/** What decides about the overlaps of some customers, in one query: active subscriptions of the partner, and the users with more than one of them. */
export async function findOverlapFacts(
  tx: Transaction,
  { partnerId, customerIds }: { readonly partnerId: string; readonly customerIds: readonly string[] },
  { catalog, now }: Pick<OverlapFacts, 'catalog' | 'now'>,
): Promise<CustomerOfOverlaps[]> {
  const rows = await tx.query<Row>(
    `select c.customer_id, c.name, c.domain,
       (select coalesce(json_agg(${subscriptionJson('s', '$3::timestamptz')}), '[]') from subscriptions s
         where s.customer_id = c.customer_id and s.partner_id = $2 and s.status = 'active') as subscriptions,
       (select coalesce(json_agg(json_build_object('subscriptionId', b.subscription_id, 'quantity', b.quantity,
           'addedAt', b.added_at, 'removableUntil', b.removable_until) order by b.added_at desc, b.batch_id desc), '[]')
         from seat_batches b where b.customer_id = c.customer_id and b.partner_id = $2
           and b.removable_until > $3::timestamptz) as batches,
       (select coalesce(json_agg(json_build_object('userId', l.user_id, 'subscriptionId', l.subscription_id,
           'switchedOff', l.switched_off)), '[]')
         from (select l.*, count(*) over (partition by l.user_id) as held
           from licenses l
           join subscriptions s on s.customer_id = l.customer_id and s.subscription_id = l.subscription_id
             and s.partner_id = $2 and s.status = 'active'
           join users u on u.customer_id = l.customer_id and u.user_id = l.user_id and u.deleted_at is null
           where l.customer_id = c.customer_id) l where l.held > 1) as licenses
     from customers c where c.customer_id = any ($1::uuid[]) order by array_position($1::uuid[], c.customer_id)`,
    [customerIds, partnerId, now.toString()],
    'find-overlap-facts',
  );
  return rows.map(({ customer_id: customerId, name, domain, subscriptions, batches, licenses }) => {
    const bySubscription = Map.groupBy(batches, ({ subscriptionId }) => subscriptionId);
    const held = toHeld(subscriptions).map(({ subscription, assigned }) => ({
      subscription,
      assigned,
      batches: (bySubscription.get(subscription.subscriptionId) ?? []).map(toBatch),
    }));
    return { customerId, name, domain, facts: { catalog, now, held, licenses } };
  });
}

/**
 * Customers that hold two subscriptions of which one's offer is contained in the other's, with users on both, those first of which one renews or ends
 * next; and how many there are in all.
 */
export async function findCustomersWithPairs(
  tx: Transaction,
  partnerId: string,
  { pairs, most }: { readonly pairs: ReturnType<PairsOf>; readonly most: number },
): Promise<{ ids: string[]; all: number }> {
  const rows = await tx.query<{ customer_id: string; every: number }>(
    `select s.customer_id, (count(*) over ())::integer as every
     from subscriptions s
     where s.partner_id = $1 and s.status = 'active' and s.assigned > 0 and exists (
       select 1 from subscriptions o
       join unnest($2::text[], $3::text[]) as p (inner_id, outer_id) on p.inner_id = s.offer_id and p.outer_id = o.offer_id
       where o.customer_id = s.customer_id and o.partner_id = $1 and o.status = 'active' and o.assigned > 0
         and o.subscription_id <> s.subscription_id)
     group by s.customer_id order by min(s.change_until), s.customer_id limit $4`,
    [partnerId, pairs.map(([inner]) => inner.offerId), pairs.map(([, outer]) => outer.offerId), most],
  );
  return { ids: rows.map(({ customer_id }) => customer_id), all: rows[0]?.every ?? 0 };
}

type PairsOf = (catalog: Catalog) => (readonly [{ readonly offerId: string }, { readonly offerId: string }])[];
