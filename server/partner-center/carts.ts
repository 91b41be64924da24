import { z } from 'zod';
import { termDuration } from '../../contract/values.ts';
import { orderGroups } from '../../core/subscriptions/cart.ts';
import type { PurchaseRequest } from '../../core/subscriptions/purchase.ts';
import type { Refusal, RefusalName } from '../../core/upgrades/refusal.ts';
import { checkOutCart } from '../subscriptions/check-out-cart.ts';
import { type AssessedCart, createCart, showCart, updateCart } from '../subscriptions/keep-cart.ts';
import { actIdOf } from './act-id.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { guidOf } from './input.ts';
import { orderKind, presentOrder } from './orders.ts';
import { billingCycles, cycleOf, itemOf } from './purchase-line.ts';
import { dayOnWire, guid, kind, link, linkOf, moment, resource } from './wire.ts';

const PATH = '/customers/:customerid/carts';

/** Of the texts that the Java SDK knows, those that can happen here; any other would break it. */
const errorCodes = z.enum([
  'catalog_item_id_is_not_valid',
  'subscription_is_not_valid',
  'unable_to_process_cart_line_item',
]);
const cartError = kind('CartError', { errorCode: errorCodes, errorDescription: z.string() });
const cartLine = kind('CartLineItem', {
  id: z.int(),
  catalogItemId: z.string(),
  friendlyName: z.string().optional(),
  quantity: z.int(),
  currencyCode: z.string(),
  billingCycle: billingCycles,
  termDuration: z.string(),
  customTermEndDate: moment.optional(),
  orderGroup: z.string(),
  error: cartError.optional(),
});
const cartKind = kind('Cart', {
  id: guid,
  creationTimestamp: moment,
  lastModifiedTimestamp: moment,
  expirationTimestamp: moment,
  lastModifiedUser: guid,
  status: z.enum(['Active', 'Ordered']),
  lineItems: z.array(cartLine),
  links: z.object({ self: linkOf }),
});
const orderError = kind('OrderError', { orderGroupId: z.string(), code: z.int(), description: z.string() });
const checkoutResult = kind('CartCheckoutResult', { orders: z.array(orderKind), orderErrors: z.array(orderError) });
const content = z.object({
  lineItems: z.array(
    z.object({
      catalogItemId: z.string(),
      quantity: z.int(),
      billingCycle: billingCycles.optional(),
      termDuration: termDuration.optional(),
      customTermEndDate: z.string().optional(),
      friendlyName: z.string().optional(),
    }),
  ),
});

/** Carts: what is put together before it is ordered. A line that cannot be bought says why, whenever the cart is looked at. */
export function cartResources(dialect: Dialect): void {
  const one = `${PATH}/:cartid`;
  const checkout =
    'Order all of it or nothing, one order for each billing cycle; the reasons why not come as orderErrors';
  dialect.post(
    PATH,
    { asks: 'purchase', summary: 'Begin a cart', body: content, status: 201, answer: cartKind },
    create,
  );
  dialect.get(one, { summary: 'One cart', answer: cartKind }, async (given) =>
    present(await showCart(given.call, idsOf(given)), given),
  );
  dialect.put(one, { asks: 'purchase', summary: 'Replace what stands in it', body: content, answer: cartKind }, update);
  dialect.post(
    `${one}/checkout`,
    { asks: 'purchase', summary: checkout, status: 201, answer: checkoutResult },
    checkOut,
  );
}

async function create(given: Given) {
  const created = await createCart(given.call, { customerId: given.id('customer'), lines: linesOf(given) });
  return present(created, given);
}

async function update(given: Given) {
  const updated = await updateCart(given.call, { ...idsOf(given), lines: linesOf(given) });
  return present(updated, given);
}

async function checkOut(given: Given) {
  const { call, wording } = given;
  const ids = idsOf(given);
  const done = await checkOutCart(call, { ...ids, actId: actIdOf(given, `${ids.cartId} checkout`) });
  if (!done.ok) throw faultOf(done.refused, wording);
  const { orders, errors } = done.value;
  return resource(checkoutResult, {
    orders: orders.map((order) => presentOrder(order, given)),
    orderErrors: errors.map(({ orderGroup, refusals }) => {
      const { code, message } = faultOf({ code: 'refused', refusals }, wording);
      return resource(orderError, { orderGroupId: String(orderGroup), code, description: message });
    }),
  });
}

function idsOf({ id, param }: Given) {
  return { customerId: id('customer'), cartId: guidOf(param('cartid'), 'cart') };
}

/** @throws Fault 400/800009 for a cart of nothing, or with what cannot be kept. */
function linesOf({ body, wording }: Given): PurchaseRequest[] {
  const lines = body.list('lineItems');
  if (lines.length === 0) throw new Fault(400, 800009, 'lineItems must name at least one item to buy.');
  return lines.map((line) => {
    if (line.list('addonItems').length > 0) {
      throw new Fault(
        400,
        800009,
        'Add-ons are bought by updating the order of their subscription; leave addonItems out.',
      );
    }
    return { ...itemOf(line, 'catalogItemId', wording), billingCycle: cycleOf(line), addOnOf: null };
  });
}

function present(outcome: Awaited<ReturnType<typeof showCart>>, given: Given): z.output<typeof cartKind> {
  if (!outcome.ok) throw faultOf(outcome.refused, given.wording);
  const { cart } = outcome.value;
  return resource(cartKind, {
    id: cart.cartId,
    creationTimestamp: cart.createdAt.toString(),
    lastModifiedTimestamp: cart.modifiedAt.toString(),
    expirationTimestamp: cart.expiresAt.toString(),
    lastModifiedUser: cart.modifiedBy,
    status: cart.ordered ? 'Ordered' : 'Active',
    lineItems: presentLines(outcome.value, given),
    links: { self: link(`/customers/${cart.customerId}/carts/${cart.cartId}`) },
  });
}

function presentLines({ cart, refusals }: AssessedCart, given: Given) {
  const groups = orderGroups(cart.lines);
  return cart.lines.map((line, index) =>
    resource(cartLine, {
      id: index,
      catalogItemId: line.offerId,
      friendlyName: line.friendlyName,
      quantity: line.quantity,
      currencyCode: given.call.actor.partner.currency,
      billingCycle: line.billingCycle,
      termDuration: line.termDuration,
      customTermEndDate: line.endsOn && dayOnWire(line.endsOn),
      orderGroup: String(groups[index]),
      error: presentError(refusals[index] ?? [], given),
    }),
  );
}

function presentError(refusals: readonly Refusal[], { wording }: Given) {
  const [first] = refusals;
  if (!first) return undefined;
  const { message } = faultOf({ code: 'refused', refusals }, wording);
  return resource(cartError, { errorCode: codeOf(first.name), errorDescription: message });
}

function codeOf(name: RefusalName): z.output<typeof errorCodes> {
  switch (name) {
    case 'offer-unknown':
    case 'offer-not-sold':
    case 'offer-end-of-sale':
    case 'teams-suite-closed':
    case 'segment-not-qualified':
      return 'catalog_item_id_is_not_valid';
    case 'add-on-without-base':
      return 'subscription_is_not_valid';
    default:
      return 'unable_to_process_cart_line_item';
  }
}
