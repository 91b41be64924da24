import { decidePurchases } from '../../core/subscriptions/decide-purchase.ts';
import type { PurchaseFacts, PurchaseRequest } from '../../core/subscriptions/purchase.ts';
import type { Order } from '../../core/subscriptions/order.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findOrders } from './order.store.ts';
import { findPurchaseFacts, type FoundPurchaseFacts, type OrderedPurchase, savePurchases } from './purchase.store.ts';
import { findSettled } from './up-to-date.store.ts';

/** One subscription to buy, and the order that it belongs to. */
export type OrderLine = PurchaseRequest & { readonly orderId: string };

type Asked = {
  readonly customerId: string;
  /** Names the act: a repeat under the same id buys nothing more and has the first result. */
  readonly actId: string;
  readonly lines: readonly OrderLine[];
};

/**
 * Buys subscriptions and writes their first charges: all lines or none, in one transaction that holds the customer.
 * Refused: role, unknown customer, every reason against any line.
 */
export async function purchaseSubscriptions(call: Call, asked: Asked): Promise<Outcome<Order[]>> {
  const allowed = checkRole(call.actor.roles, 'purchase');
  if (!allowed.ok) return allowed;
  const { partnerId } = call.actor.partner;
  return call.database.change(partnerId, asked.customerId, async (tx): Promise<Outcome<Order[]>> => {
    const bought = await buy(tx, call, asked);
    if (!bought.ok) return bought;
    const { orders, refusals } = bought.value;
    return refusals.length > 0 ? refused({ code: 'refused', refusals: refusals.flat() }) : accepted(orders);
  });
}

/**
 * Adds add-ons to an order, billed as often as the rest of it. Refused: as a purchase, unknown order, an add-on to a subscription of another order.
 */
export async function addToOrder(
  call: Call,
  {
    customerId,
    actId,
    orderId,
    lines,
  }: Omit<Asked, 'lines'> & {
    orderId: string;
    lines: readonly Omit<OrderLine, 'orderId' | 'billingCycle' | 'termDuration' | 'endsOn'>[];
  },
): Promise<Outcome<Order>> {
  const allowed = checkRole(call.actor.roles, 'purchase');
  if (!allowed.ok) return allowed;
  const { partnerId } = call.actor.partner;
  return call.database.change(partnerId, customerId, async (tx): Promise<Outcome<Order>> => {
    const find = () => findOrders(tx, partnerId, customerId, call.clock.now(), { orderId });
    const [order] = (await find()) ?? [];
    if (!order) return notFound('order', orderId);
    const [{ billingCycle, termDuration }] = order.lines;
    const foreign = lines.filter(({ addOnOf }) => !order.lines.some((one) => one.subscriptionId === addOnOf));
    if (foreign.length > 0) {
      const refusals = foreign.map(({ offerId }): Refusal => ({ name: 'add-on-without-base', offerId }));
      return refused({ code: 'refused', refusals });
    }
    const bought = await buy(tx, call, {
      customerId,
      actId,
      lines: lines.map((line) => ({ ...line, orderId, billingCycle, termDuration, endsOn: null })),
    });
    if (!bought.ok) return bought;
    const refusals = bought.value.refusals.flat();
    const [extended] = (await find()) ?? [];
    return refusals.length > 0 || !extended ? refused({ code: 'refused', refusals }) : accepted(extended);
  });
}

/** What a purchase came to: the orders, or for each line the reasons against it and nothing done. */
type Bought = { readonly orders: Order[]; readonly refusals: readonly (readonly Refusal[])[] };

/** Buys in a transaction that holds the customer. */
export async function buy(tx: Transaction, call: Call, asked: Asked): Promise<Outcome<Bought>> {
  const { customerId, actId, lines } = asked;
  const now = call.clock.now();
  const findBought = () => findOrders(tx, call.actor.partner.partnerId, customerId, now, { actId });
  const before = await findBought();
  if (!before) return notFound('customer', customerId);
  if (before.length > 0) return accepted({ orders: before, refusals: [] });
  const facts = await findCurrentFacts(tx, call, customerId);
  if (!facts) return notFound('customer', customerId);
  const decided = decideLines(facts, lines);
  if (!decided.ok) return accepted({ orders: [], refusals: decided.refused });
  await savePurchases(tx, call, { customerId, actId, at: now }, decided.value);
  return accepted({ orders: (await findBought()) ?? [], refusals: [] });
}

/** What decides about purchases, once all that the customer has is as the calendar has made it. */
export function findCurrentFacts(
  tx: Transaction,
  call: Call,
  customerId: string,
): Promise<FoundPurchaseFacts | undefined> {
  const find = () => findPurchaseFacts(tx, call, customerId, call.clock.now());
  return findSettled(tx, call, customerId, find, (found) => found?.held ?? []);
}

/** All lines, or for each the reasons against it (none for those that could be had). */
function decideLines(
  facts: PurchaseFacts,
  lines: readonly OrderLine[],
): Result<OrderedPurchase[], (readonly Refusal[])[]> {
  const decided = decidePurchases(facts, lines);
  const refusals = decided.map((one) => (one.ok ? [] : one.refused));
  if (refusals.some((reasons) => reasons.length > 0)) return refused(refusals);
  const purchases = decided.flatMap((one) => (one.ok ? [one.value] : []));
  return accepted(purchases.map((one, index) => ({ ...one, orderId: lines[index]?.orderId ?? '' })));
}
