import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import {
  billingCycle,
  channel,
  country,
  day,
  decimal,
  id,
  moment,
  provisioningStatus,
  subscriptionStatus,
} from './values.ts';

/** Only served with YUKSELT_SANDBOX=1. */
export const sandboxEndpoints = {
  moveClock: {
    ...routes.moveClock,
    tag: 'Sandbox',
    open: true,
    summary: 'Move the deployment’s clock; it goes on from there',
    body: z.strictObject({ now: moment }),
    status: 200,
    answer: z.object({ now: moment }),
    problems: [],
  },
  resetSandbox: {
    ...routes.resetSandbox,
    tag: 'Sandbox',
    open: true,
    summary: 'Throw everything away and load a named scenario',
    body: z.strictObject({ scenario: z.enum(['demo', 'empty']) }),
    status: 200,
    answer: z.object({ scenario: z.string(), now: moment, customers: z.number().int() }),
    problems: [],
  },
  seedSubscription: {
    ...routes.seedSubscription,
    tag: 'Sandbox',
    open: true,
    summary: 'Create a subscription in any state, with any dates and price, and licensed users',
    body: z.strictObject({
      partnerId: id,
      customerId: id,
      /** Given: the customer is created when it does not exist, with a reseller relationship and DAP. */
      customerName: z.string().trim().min(1).max(200).optional(),
      country: country.optional(),
      subscriptionId: id.optional(),
      offerId: z.string().trim().min(1).max(100).toLowerCase(),
      quantity: z.number().int().min(1).max(10_000_000),
      status: subscriptionStatus.default('active'),
      provisioning: provisioningStatus.default('success'),
      billingCycle: billingCycle.default('monthly'),
      purchasedOn: day,
      unitPrice: decimal.optional(),
      channel: channel.default('csp'),
      autoRenew: z.boolean().default(true),
      friendlyName: z.string().trim().min(1).max(200).optional(),
      addOnOf: id.optional(),
      /** How many users are made and licensed. */
      users: z.number().int().min(0).max(10_000).default(0),
    }),
    status: 201,
    answer: z.object({ customerId: id, subscriptionId: id, userIds: z.array(id) }),
    problems: ['not-found'],
  },
  completeProvisioning: {
    ...routes.completeProvisioning,
    tag: 'Sandbox',
    open: true,
    summary: 'Let a pending order finish, well or not',
    params: z.object({ customerId: id, subscriptionId: id }),
    body: z.strictObject({ provisioning: provisioningStatus }),
    status: 200,
    answer: z.object({ subscriptionId: id, provisioning: provisioningStatus }),
    problems: ['not-found'],
  },
} as const satisfies Record<string, Endpoint>;
