import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { pricedLine, sellRates, sold } from './ledger.ts';
import { scheduledChange } from './lifecycle.ts';
import { refusal } from './refusals.ts';
import { serviceComparison } from './services.ts';
import {
  billingCycle,
  channel,
  day,
  decimal,
  endedReason,
  id,
  moment,
  money,
  provisioningStatus,
  quantity,
  subscriptionStatus,
  termDuration,
  upgradeType,
} from './values.ts';

/** An offer that the subscription could go to: its price per seat and month, and the names of the services that it adds. */
const eligibleTarget = z.object({
  offerId: z.string(),
  name: z.string(),
  unitPrice: decimal.nullable(),
  adds: z.array(z.string()),
});

/** An existing subscription that could take the seats of an upgrade. */
const destination = z.object({
  subscriptionId: id,
  friendlyName: z.string().nullable(),
  quantity: z.number().int(),
  termDuration,
  billingCycle,
  termEndsOn: day,
  unitPrice: decimal,
  eligible: z.boolean(),
  refusals: z.array(refusal),
});

export const subscription = z.object({
  subscriptionId: id,
  orderId: id,
  offerId: z.string(),
  offerName: z.string(),
  platform: z.enum(['legacy', 'newCommerce']),
  friendlyName: z.string().nullable(),
  status: subscriptionStatus,
  endedReason: endedReason.nullable(),
  endedAt: moment.nullable(),
  successorId: id.nullable(),
  provisioning: provisioningStatus,
  quantity: z.number().int(),
  assigned: z.number().int(),
  /** A trial of new commerce, which becomes a paid subscription when it ends unless auto-renew is off. */
  trial: z.boolean(),
  termDuration,
  billingCycle,
  /** Per seat: on the legacy platform and month, on new commerce and charge cycle, less the promotion. */
  unitPrice: decimal,
  currency: z.string(),
  promotionId: z.string().nullable(),
  autoRenew: z.boolean(),
  purchasedOn: day,
  termStartsOn: day,
  termEndsOn: day,
  /** The first day on which its status is another by itself; null: it never is. */
  statusUntil: day.nullable(),
  /** Until when it can still be canceled for a refund; null: no longer, or never. */
  cancellableUntil: moment.nullable(),
  /** Seats that can still be removed, each batch until its window closes; the newest first. */
  removableSeats: z.array(z.object({ quantity: z.number().int(), until: moment })),
  /** What it becomes when it renews; null: the same again. */
  scheduledChange: scheduledChange.nullable(),
  addOnOf: id.nullable(),
  version: z.number().int(),
  /** The upgrade that waits for an approval or is held. */
  waitingUpgrade: z.object({ upgradeId: id, state: z.enum(['waitingForApproval', 'held']) }).nullable(),
  upgradability: z.object({
    /** An upgrade can be begun: a target can be had, and no upgrade waits for the subscription already. */
    upgradable: z.boolean(),
    eligibleTargets: z.array(eligibleTarget),
    /** How many more targets are listed and cannot be had now. */
    blockedTargets: z.number().int(),
    /** Names of the reasons that hold, each once. */
    refusalNames: z.array(z.string()),
  }),
});
export type SubscriptionOnWire = z.infer<typeof subscription>;

/** Bought through another partner or channel: it counts in the rules, and shows neither seller, id, seats nor price. */
const foreignSubscription = z.object({
  offerId: z.string(),
  offerName: z.string(),
  channel,
  channelName: z.string(),
  status: subscriptionStatus,
  /** The last day of its term; null: nobody knows. */
  termEndsOn: day.nullable(),
  /** Of what this partner recorded itself; null: it is seen without. */
  recordedSubscriptionId: id.nullable(),
});

const seatChange = z.object({
  subscriptionId: id,
  quantity: z.object({ before: z.number().int(), after: z.number().int() }),
  /** Within what the number can be changed, as it was before. */
  limits: z.object({
    min: z.number().int(),
    max: z.number().int(),
    /** null: the legacy platform knows none of it. */
    newCommerce: z
      .object({
        /** Seats of the SKU that the tenant has beside this subscription, through whomever; both together have `max` at most. */
        heldElsewhere: z.number().int(),
        /** How many can be removed today. */
        removable: z.number().int(),
        updates: z.number().int(),
        mostUpdates: z.number().int(),
      })
      .nullable(),
  }),
  effectiveOn: day,
  dueLines: z.array(pricedLine),
  lines: z.array(pricedLine),
  net: money,
  /** What the net of its lines is sold on at, each line by itself, and by which rates. */
  sold,
  rates: sellRates,
  version: z.number().int(),
});

const params = z.object({ customerId: id, subscriptionId: id });
const seats = z.strictObject({
  quantity,
  /** The version that was looked at; another one is refused. */
  version: z.number().int().optional(),
});

export const subscriptionEndpoints = {
  listSubscriptions: {
    ...routes.listSubscriptions,
    asks: 'view',
    tag: 'Subscriptions',
    summary: 'All subscriptions of a customer, each with what it could be upgraded to',
    params: z.object({ customerId: id }),
    status: 200,
    answer: z.object({ items: z.array(subscription), elsewhere: z.array(foreignSubscription) }),
    problems: ['role-not-allowed', 'not-found'],
  },
  showSubscription: {
    ...routes.showSubscription,
    asks: 'view',
    tag: 'Subscriptions',
    summary: 'One subscription',
    params,
    status: 200,
    answer: subscription,
    problems: ['role-not-allowed', 'not-found'],
  },
  showEligibility: {
    ...routes.showEligibility,
    asks: 'view',
    tag: 'Upgrades',
    summary: 'For every listed target and both upgrade types: eligible, or every reason why not',
    params,
    status: 200,
    answer: z.object({
      subscriptionId: id,
      upgradable: z.boolean(),
      /** The day from which the newest of the prices is in force. */
      pricesFrom: day.nullable(),
      targets: z.array(
        eligibleTarget.extend({
          /** Its price per seat and month less that of the subscription. */
          difference: decimal.nullable(),
          services: serviceComparison,
          /** How many one subscription of it may have. */
          seats: z.object({ min: z.number().int(), max: z.number().int() }),
          types: z.array(z.object({ upgradeType, eligible: z.boolean(), refusals: z.array(refusal) })),
          /** With which terms new commerce sells it, each with its price per seat and charge cycle. */
          terms: z.array(z.object({ termDuration, billingCycle, unitPrice: decimal })),
          /** Subscriptions of it that are there already and could take the seats. */
          destinations: z.array(destination),
        }),
      ),
      /** Filled when no target is listed at all. */
      refusals: z.array(refusal),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  previewSeats: {
    ...routes.previewSeats,
    asks: 'changeSeats',
    tag: 'Subscriptions',
    summary: 'What a change of the number of seats would cost; nothing is done',
    params,
    body: seats,
    status: 200,
    answer: seatChange,
    problems: ['role-not-allowed', 'not-found', 'changed-meanwhile', 'refused'],
  },
  changeSeats: {
    ...routes.changeSeats,
    asks: 'changeSeats',
    tag: 'Subscriptions',
    summary: 'Set the number of seats; a repeat with the same number changes nothing',
    params,
    body: seats,
    status: 200,
    answer: seatChange,
    problems: ['role-not-allowed', 'not-found', 'changed-meanwhile', 'refused'],
  },
} as const satisfies Record<string, Endpoint>;
