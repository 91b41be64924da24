import { z } from 'zod';
import { termDuration } from '../../contract/values.ts';
import { getOffer } from '../../core/catalog/offer.ts';
import { type Order, orderStatus } from '../../core/subscriptions/order.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { changeBillingCycle } from '../subscriptions/change-billing-cycle.ts';
import { listOrders, showOrder } from '../subscriptions/list-orders.ts';
import { addToOrder, purchaseSubscriptions } from '../subscriptions/purchase-subscription.ts';
import { actIdOf } from './act-id.ts';
import { checkRole } from '../failure.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { guidOf, type Input } from './input.ts';
import { billingCycles, cycleOf, itemOf } from './purchase-line.ts';
import { offerIdOnWire, offerLink } from './product.ts';
import { collection, collectionOf, dayOnWire, guid, kind, link, linkOf, moment, resource, symbolOf } from './wire.ts';

const PATH = '/customers/:customerid/orders';

const orderLine = kind('OrderLineItem', {
  lineItemNumber: z.int(),
  offerId: z.string(),
  subscriptionId: guid,
  parentSubscriptionId: guid.optional(),
  friendlyName: z.string(),
  quantity: z.int(),
  termDuration: z.string(),
  links: z.object({ subscription: linkOf, offer: linkOf }),
});
export const orderKind = kind('Order', {
  id: guid,
  referenceCustomerId: guid,
  billingCycle: billingCycles,
  currencyCode: z.string(),
  currencySymbol: z.string(),
  lineItems: z.array(orderLine),
  creationDate: moment,
  status: z.enum(['completed', 'pending', 'unknown']),
  transactionType: z.literal('UserPurchase'),
  links: z.object({ self: linkOf }),
});
const lineToBuy = z.object({
  lineItemNumber: z.int().optional(),
  offerId: z.string(),
  quantity: z.int(),
  friendlyName: z.string().optional(),
  parentSubscriptionId: guid.optional(),
  termDuration: termDuration.optional(),
  customTermEndDate: z.string().optional(),
});
const toBuy = z.object({ lineItems: z.array(lineToBuy), billingCycle: billingCycles.optional() });

/** Orders: what was bought together. */
export function orderResources(dialect: Dialect): void {
  const one = `${PATH}/:orderid`;
  const create = 'Buy subscriptions, all lines or none';
  const extend = 'Buy add-ons to subscriptions of the order, or change how often it is billed';
  dialect.get(PATH, { summary: 'A customer’s orders', answer: collectionOf(orderKind) }, list);
  dialect.post(PATH, { asks: 'purchase', summary: create, body: toBuy, status: 201, answer: orderKind }, createOrder);
  dialect.get(one, { summary: 'One order', answer: orderKind }, async (given) =>
    presentOrder(await find(given), given),
  );
  dialect.patch(one, { asks: 'purchase', summary: extend, body: toBuy, answer: orderKind }, extendOrder);
}

async function list(given: Given) {
  const listed = await listOrders(given.call, given.id('customer'));
  if (!listed.ok) throw faultOf(listed.refused, given.wording);
  return collection(
    listed.value.map((order) => presentOrder(order, given)),
    `/customers/${given.id('customer')}/orders`,
  );
}

async function createOrder(given: Given) {
  const { body, call, wording } = given;
  const customerId = given.id('customer');
  const billingCycle = cycleOf(body);
  const orderId = call.newId();
  const lines = linesOf(body).map((line) => ({ ...toRequest(line, wording), billingCycle, orderId }));
  const actId = actIdOf(given, `${customerId} orders`);
  const bought = await purchaseSubscriptions(call, { customerId, actId, lines });
  if (!bought.ok) throw faultOf(bought.refused, wording);
  const [order] = bought.value;
  if (!order) throw new RangeError('a purchase without an order');
  return presentOrder(order, given);
}

/** Lines that are there already stay as they are: seats are changed at the subscription. */
async function extendOrder(given: Given) {
  const { body, call, wording } = given;
  const allowed = checkRole(call.actor.roles, 'purchase');
  if (!allowed.ok) throw faultOf(allowed.refused, wording);
  const order = await find(given);
  await changeCycle(order, given);
  const added = addOnsIn(body, order);
  if (added.length === 0) return presentOrder(await find(given), given);
  const { orderId } = order;
  const actId = actIdOf(given, `${orderId} add-ons`);
  const asked = {
    customerId: given.id('customer'),
    orderId,
    actId,
    lines: added.map((line) => toRequest(line, wording)),
  };
  const extended = await addToOrder(call, asked);
  if (!extended.ok) throw faultOf(extended.refused, wording);
  return presentOrder(extended.value, given);
}

/** Another billing cycle, where the order sent has one (B5). @throws Fault 400: 6000 where a subscription is not active, 6001 where an offer lacks the cycle. */
async function changeCycle({ orderId, lines }: Order, given: Given): Promise<void> {
  const { body, call, wording } = given;
  const billingCycle = cycleOf(body, lines[0].billingCycle);
  if (billingCycle === lines[0].billingCycle) return;
  if (lines.some(({ status }) => status !== 'active')) {
    throw new Fault(400, 6000, 'The billing cycle changes only while every subscription of the order is active.');
  }
  const changed = await changeBillingCycle(call, { customerId: given.id('customer'), orderId, billingCycle });
  if (!changed.ok) throw faultOf(changed.refused, wording);
}

/** New lines name their parent; others repeat what is there. @throws Fault 400/4018 for an offer that is neither. */
function addOnsIn(body: Input, { lines }: Order): Input[] {
  const fresh = body.list('lineItems').filter((line) => !line.text('subscriptionId'));
  const foreign = fresh.find(
    (line) =>
      !line.text('parentSubscriptionId') &&
      !lines.some(({ offerId }) => line.text('offerId')?.toLowerCase().startsWith(offerId)),
  );
  if (foreign)
    throw new Fault(
      400,
      4018,
      'Only add-ons with a parentSubscriptionId can be added to an order; buy others by a new one.',
    );
  return fresh.filter((line) => line.text('parentSubscriptionId'));
}

/** In the order of their numbers. @throws Fault 400/800071 for a number that is there twice. */
function linesOf(body: Input): Input[] {
  const lines = body.list('lineItems').map((line, index) => ({ line, number: line.whole('lineItemNumber') ?? index }));
  if (lines.length === 0) throw new Fault(400, 3000, 'lineItems must name at least one offer to buy.');
  if (new Set(lines.map(({ number }) => number)).size < lines.length) {
    throw new Fault(400, 800071, 'Each of lineItems needs a lineItemNumber of its own, counted from 0.');
  }
  return lines.toSorted((one, other) => one.number - other.number).map(({ line }) => line);
}

function toRequest(line: Input, wording: Given['wording']) {
  const parent = line.text('parentSubscriptionId');
  return { ...itemOf(line, 'offerId', wording), addOnOf: parent ? guidOf(parent, 'parent subscription') : null };
}

async function find({ call, id, param, wording }: Given): Promise<Order> {
  const shown = await showOrder(call, id('customer'), guidOf(param('orderid'), 'order'));
  if (!shown.ok) throw faultOf(shown.refused, wording);
  return shown.value;
}

export function presentOrder(order: Order, given: Given): z.output<typeof orderKind> {
  const { orderId, lines } = order;
  const [{ customerId, billingCycle, unitPrice, purchasedOn }] = lines;
  return resource(orderKind, {
    id: orderId,
    referenceCustomerId: customerId,
    billingCycle,
    currencyCode: unitPrice.currency,
    currencySymbol: symbolOf(unitPrice.currency),
    lineItems: lines.map((line, index) => presentLine(line, index, given)),
    creationDate: dayOnWire(purchasedOn),
    status: orderStatus(order),
    transactionType: 'UserPurchase',
    links: { self: link(`/customers/${customerId}/orders/${orderId}`) },
  });
}

function presentLine(line: Subscription, lineItemNumber: number, { call, wording }: Given) {
  const { customerId, subscriptionId, offerId } = line;
  return resource(orderLine, {
    lineItemNumber,
    offerId: offerIdOnWire(getOffer(call.catalog, offerId)),
    subscriptionId,
    parentSubscriptionId: line.addOnOf,
    friendlyName: line.friendlyName ?? getOffer(call.catalog, offerId).name[wording.language],
    quantity: line.quantity,
    termDuration: line.termDuration,
    links: {
      subscription: link(`/customers/${customerId}/subscriptions/${subscriptionId}`),
      offer: offerLink(getOffer(call.catalog, offerId), call.actor.partner.market),
    },
  });
}
