import { orderGroups } from '../../core/subscriptions/cart.ts';
import type { Order } from '../../core/subscriptions/order.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findCart, saveOrdered } from './cart.store.ts';
import { noCart } from './keep-cart.ts';
import { findOrders } from './order.store.ts';
import { buy } from './purchase-subscription.ts';

type Asked = {
  readonly customerId: string;
  readonly cartId: string;
  /** Names the act, as in a purchase. */
  readonly actId: string;
};

/** The orders that a cart became; or nothing was done, and these orders of it have reasons against them. */
export type CheckedOut = {
  readonly orders: Order[];
  readonly errors: readonly { readonly orderGroup: number; readonly refusals: readonly Refusal[] }[];
};

/**
 * Orders what stands in a cart, all of it or nothing: one order for each billing cycle. A cart with reasons against it stays as it was.
 * Refused: role, unknown cart, one that was ordered.
 */
export async function checkOutCart(call: Call, asked: Asked): Promise<Outcome<CheckedOut>> {
  const allowed = checkRole(call.actor.roles, 'purchase');
  if (!allowed.ok) return allowed;
  return call.database.change(call.actor.partner.partnerId, asked.customerId, (tx) => checkOut(tx, call, asked));
}

async function checkOut(tx: Transaction, call: Call, asked: Asked): Promise<Outcome<CheckedOut>> {
  const { customerId, cartId, actId } = asked;
  const { partnerId } = call.actor.partner;
  const now = call.clock.now();
  const cart = await findCart(tx, partnerId, asked, now);
  if (!cart) return noCart(tx, partnerId, asked);
  if (cart.ordered) {
    const before = (await findOrders(tx, partnerId, customerId, now, { actId })) ?? [];
    return before.length > 0
      ? accepted({ orders: before, errors: [] })
      : refused({ code: 'cart-already-ordered', cartId });
  }
  const groups = orderGroups(cart.lines);
  const orderIds = groups.map(() => call.newId()).toSorted();
  const lines = cart.lines.map((line, index) => ({ ...line, orderId: orderIds[groups[index] ?? 0] ?? '' }));
  const bought = await buy(tx, call, { customerId, actId, lines });
  if (!bought.ok) return bought;
  const { orders, refusals } = bought.value;
  if (orders.length > 0) await saveOrdered(tx, cart, now);
  return accepted({ orders, errors: errorsOf(groups, refusals) });
}

function errorsOf(groups: readonly number[], refusals: readonly (readonly Refusal[])[]): CheckedOut['errors'] {
  return [...new Set(groups)]
    .map((orderGroup) => ({ orderGroup, refusals: refusals.filter((_, index) => groups[index] === orderGroup).flat() }))
    .filter((error) => error.refusals.length > 0);
}
