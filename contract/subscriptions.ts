import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { billingLine } from './ledger.ts';
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
  upgradeType,
} from './values.ts';

/** An offer that the subscription could go to: its price per seat and month, and the names of the services that it adds. */
const eligibleTarget = z.object({
  offerId: z.string(),
  name: z.string(),
  unitPrice: decimal.nullable(),
  adds: z.array(z.string()),
});

export const subscription = z.object({
  subscriptionId: id,
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
  billingCycle,
  unitPrice: decimal,
  currency: z.string(),
  autoRenew: z.boolean(),
  purchasedOn: day,
  termEndsOn: day,
  addOnOf: id.nullable(),
  version: z.number().int(),
  upgradability: z.object({
    upgradable: z.boolean(),
    eligibleTargets: z.array(eligibleTarget),
    /** How many more targets are listed and cannot be had now. */
    blockedTargets: z.number().int(),
    /** Names of the reasons that hold, each once. */
    refusalNames: z.array(z.string()),
  }),
});
export type SubscriptionOnWire = z.infer<typeof subscription>;

/** Bought through another partner or channel: it counts in the rules, and shows neither seller, id nor price. */
const foreignSubscription = z.object({
  offerId: z.string(),
  offerName: z.string(),
  channel,
  channelName: z.string(),
  status: subscriptionStatus,
});

const seatChange = z.object({
  subscriptionId: id,
  quantity: z.object({ before: z.number().int(), after: z.number().int() }),
  effectiveOn: day,
  dueLines: z.array(billingLine),
  lines: z.array(billingLine),
  net: money,
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
    tag: 'Subscriptions',
    summary: 'All subscriptions of a customer, each with what it could be upgraded to',
    params: z.object({ customerId: id }),
    status: 200,
    answer: z.object({ items: z.array(subscription), elsewhere: z.array(foreignSubscription) }),
    problems: ['role-not-allowed', 'not-found'],
  },
  showSubscription: {
    ...routes.showSubscription,
    tag: 'Subscriptions',
    summary: 'One subscription',
    params,
    status: 200,
    answer: subscription,
    problems: ['role-not-allowed', 'not-found'],
  },
  showEligibility: {
    ...routes.showEligibility,
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
          types: z.array(z.object({ upgradeType, eligible: z.boolean(), refusals: z.array(refusal) })),
        }),
      ),
      /** Filled when no target is listed at all. */
      refusals: z.array(refusal),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  previewSeats: {
    ...routes.previewSeats,
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
    tag: 'Subscriptions',
    summary: 'Set the number of seats; a repeat with the same number changes nothing',
    params,
    body: seats,
    status: 200,
    answer: seatChange,
    problems: ['role-not-allowed', 'not-found', 'changed-meanwhile', 'refused'],
  },
} as const satisfies Record<string, Endpoint>;
