import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { billingLine, pricedLine, sellRates, sold } from './ledger.ts';
import { alignedEnd } from './lifecycle.ts';
import { routes } from './routes.ts';
import { billingCycle, day, decimal, id, moment, money, quantity, termDuration, text } from './values.ts';

const purchaseLine = z.strictObject({
  /** An offer, or a product of new commerce by its catalog item id. */
  offerId: text(100),
  quantity,
  billingCycle,
  termDuration: termDuration.default('P1Y'),
  /** Last day of the first term, where it is to end with another subscription or a calendar month; new commerce alone. */
  endsOn: day.optional(),
  friendlyName: text(200).optional(),
  /** The subscription that an add-on hangs on. */
  addOnOf: id.optional(),
});
const lines = z.array(purchaseLine).min(1).max(20);

const purchase = z.object({
  offerId: z.string(),
  offerName: z.string(),
  platform: z.enum(['legacy', 'newCommerce']),
  quantity: z.number().int(),
  termDuration,
  billingCycle,
  /** Per seat: a month’s on the legacy platform, a charge cycle’s on new commerce, after the promotion. */
  unitPrice: decimal,
  promotionId: z.string().nullable(),
  purchasedOn: day,
  termEndsOn: day,
  /** Other last days that the first term may be given. */
  ends: z.array(alignedEnd),
  /** Until when it can be cancelled for a refund; null: there is no such window. */
  cancellableUntil: moment.nullable(),
  lines: z.array(pricedLine),
});

const cancellation = z.object({
  subscriptionId: id,
  effectiveOn: day,
  /** All that was charged for the running period, the rest of its days, or nothing. */
  refund: z.enum(['full', 'partial', 'none']),
  dueLines: z.array(billingLine),
  lines: z.array(billingLine),
  /** What comes back, a negative amount. */
  net: money,
  version: z.number().int(),
});

const customer = z.object({ customerId: id });
const subscription = z.object({ customerId: id, subscriptionId: id });

export const purchaseEndpoints = {
  previewPurchase: {
    ...routes.previewPurchase,
    asks: 'purchase',
    tag: 'Subscriptions',
    summary: 'What subscriptions would cost today, and their terms; nothing is done',
    params: customer,
    body: z.strictObject({ lines }),
    status: 200,
    answer: z.object({ items: z.array(purchase), net: money, sold, rates: sellRates }),
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  purchase: {
    ...routes.purchase,
    asks: 'purchase',
    tag: 'Subscriptions',
    summary: 'Buy subscriptions, all of them or none, one order for each billing frequency',
    params: customer,
    /** `purchaseId` is chosen by the caller: a repeat with the same one buys nothing more and has the first answer. */
    body: z.strictObject({ purchaseId: id, lines }),
    status: 201,
    answer: z.object({
      orders: z.array(
        z.object({
          orderId: id,
          subscriptions: z.array(
            z.object({ subscriptionId: id, offerId: z.string(), offerName: z.string(), quantity: z.number().int() }),
          ),
        }),
      ),
    }),
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  previewCancellation: {
    ...routes.previewCancellation,
    asks: 'changeSeats',
    tag: 'Subscriptions',
    summary: 'What would come back if the subscription were cancelled today; nothing is done',
    params: subscription,
    status: 200,
    answer: cancellation,
    problems: ['role-not-allowed', 'not-found', 'refused'],
  },
  cancelSubscription: {
    ...routes.cancelSubscription,
    asks: 'changeSeats',
    tag: 'Subscriptions',
    summary: 'Cancel a subscription for good; its users lose their licenses at once',
    params: subscription,
    body: z.strictObject({
      /** The version that was looked at; another one is refused. */
      version: z.number().int(),
    }),
    status: 200,
    answer: cancellation,
    problems: ['role-not-allowed', 'not-found', 'changed-meanwhile', 'refused'],
  },
} as const satisfies Record<string, Endpoint>;
