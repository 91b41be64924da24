import { type Cart, expiryOf } from '../../core/subscriptions/cart.ts';
import { decidePurchases } from '../../core/subscriptions/decide-purchase.ts';
import type { PurchaseRequest } from '../../core/subscriptions/purchase.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findCart, saveCart } from './cart.store.ts';
import { findPurchaseFacts } from './purchase.store.ts';
import { findPrivileges } from './customer-facts.store.ts';

/** A cart with the reasons that hold today against each of its lines; none for one that was ordered. */
export type AssessedCart = { readonly cart: Cart; readonly refusals: readonly (readonly Refusal[])[] };

type CartIds = { readonly customerId: string; readonly cartId: string };

/** One cart. Refused: role, unknown cart. */
export async function showCart(call: Call, ids: CartIds): Promise<Outcome<AssessedCart>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx): Promise<Outcome<AssessedCart>> => {
    const cart = await findCart(tx, partnerId, ids, clock.now());
    return cart ? assess(tx, call, cart) : noCart(tx, partnerId, ids);
  });
}

/** That there is no such cart, or not even such a customer. */
export async function noCart(tx: Transaction, partnerId: string, { customerId, cartId }: CartIds) {
  const isKnown = (await findPrivileges(tx, partnerId, customerId)) !== undefined;
  return isKnown ? notFound('cart', cartId) : notFound('customer', customerId);
}

/** Begins a cart. What cannot be bought may stand in it; it says so. Refused: role, unknown customer. */
export async function createCart(
  call: Call,
  { customerId, lines }: { customerId: string; lines: readonly PurchaseRequest[] },
): Promise<Outcome<AssessedCart>> {
  const now = call.clock.now();
  const stamps = { createdAt: now, modifiedAt: now, modifiedBy: call.actor.agentId, expiresAt: expiryOf(now) };
  const cart: Cart = { customerId, cartId: call.newId(), lines, ...stamps, ordered: false };
  return change(call, customerId, async () => accepted(cart));
}

/** Replaces what stands in a cart. Refused: role, unknown cart, one that was ordered. */
export async function updateCart(
  call: Call,
  { lines, ...ids }: CartIds & { lines: readonly PurchaseRequest[] },
): Promise<Outcome<AssessedCart>> {
  const now = call.clock.now();
  return change(call, ids.customerId, async (tx): Promise<Outcome<Cart>> => {
    const cart = await findCart(tx, call.actor.partner.partnerId, ids, now);
    if (!cart) return noCart(tx, call.actor.partner.partnerId, ids);
    if (cart.ordered) return refused({ code: 'cart-already-ordered', cartId: ids.cartId });
    return accepted({ ...cart, lines, modifiedAt: now, modifiedBy: call.actor.agentId });
  });
}

/** Saves what a cart becomes, in a transaction that holds the customer. */
async function change(
  call: Call,
  customerId: string,
  make: (tx: Transaction) => Promise<Outcome<Cart>>,
): Promise<Outcome<AssessedCart>> {
  const allowed = checkRole(call.actor.roles, 'purchase');
  if (!allowed.ok) return allowed;
  const { partnerId } = call.actor.partner;
  return call.database.change(partnerId, customerId, async (tx): Promise<Outcome<AssessedCart>> => {
    const made = await make(tx);
    if (!made.ok) return made;
    const assessed = await assess(tx, call, made.value);
    if (assessed.ok) await saveCart(tx, partnerId, made.value);
    return assessed;
  });
}

async function assess(tx: Transaction, call: Call, cart: Cart): Promise<Outcome<AssessedCart>> {
  const now = call.clock.now();
  const facts = await findPurchaseFacts(tx, call, cart.customerId, now);
  if (!facts) return notFound('customer', cart.customerId);
  const decided = decidePurchases(facts, cart.lines);
  const refusals = decided.map((one) => (one.ok || cart.ordered ? [] : one.refused));
  return accepted({ cart, refusals });
}
