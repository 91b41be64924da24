import type { Order } from '../../core/subscriptions/order.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findOrders } from './order.store.ts';

/** A customer's orders, those that upgrades made included. Refused: role, unknown customer. */
export async function listOrders({ actor, clock, database }: Call, customerId: string): Promise<Outcome<Order[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const orders = await database.readOf(partnerId, customerId, (tx) =>
    findOrders(tx, partnerId, customerId, clock.now()),
  );
  return orders ? accepted(orders) : notFound('customer', customerId);
}

/** One order. Refused: role, unknown customer or order. */
export async function showOrder(call: Call, customerId: string, orderId: string): Promise<Outcome<Order>> {
  const listed = await listOrders(call, customerId);
  if (!listed.ok) return listed;
  const order = listed.value.find((one) => one.orderId === orderId);
  return order ? accepted(order) : notFound('order', orderId);
}
