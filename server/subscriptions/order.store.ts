import { type Order, ordersOf } from '../../core/subscriptions/order.ts';
import type { Transaction } from '../postgres/database.ts';
import { subscriptionJson, type SubscriptionJson, toSubscription, toSubscriptionRow } from './subscription.store.ts';

type Among = {
  /** One order alone. */
  readonly orderId?: string | undefined;
  /** What one act has bought: its charges carry the act's id. */
  readonly actId?: string | undefined;
};

/** A customer's orders with this partner, oldest first. Undefined: no such customer. */
export async function findOrders(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  now: Temporal.Instant,
  { orderId, actId }: Among = {},
): Promise<Order[] | undefined> {
  const [row] = await tx.query<{ subscriptions: SubscriptionJson[] }>(
    `select (
       select coalesce(json_agg(${subscriptionJson('s', '$3::timestamptz')} order by s.purchased_on, s.subscription_id), '[]')
       from subscriptions s
       where s.customer_id = c.customer_id and s.partner_id = $2 and ($4::uuid is null or s.order_id = $4)
         and ($5::uuid is null or exists (select 1 from charges g
           where g.customer_id = s.customer_id and g.subscription_id = s.subscription_id and g.reference_id = $5))
     ) as subscriptions from customers c where c.customer_id = $1`,
    [customerId, partnerId, now.toString(), orderId ?? null, actId ?? null],
    'find-orders',
  );
  return row && ordersOf(row.subscriptions.map((one) => toSubscription(toSubscriptionRow(one))));
}
