import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { faultsAnswer, faultsBody } from './faults.ts';
import { routes } from './routes.ts';
import {
  billingCycle,
  channel,
  country,
  day,
  duration,
  endedReason,
  id,
  moment,
  offerId,
  price,
  provisioningStatus,
  quantity,
  subscriptionStatus,
  termDuration,
  text,
} from './values.ts';
import { rule } from './words.ts';

const scenario = z.enum(['demo', 'empty']);

/** Served in a sandbox alone. */
export const sandboxEndpoints = {
  showSandbox: {
    ...routes.showSandbox,
    tag: 'Sandbox',
    open: true,
    summary: 'What the sandbox is set to: its clock, the scenarios there are, and the fault rules with their counts',
    status: 200,
    answer: z.object({ now: moment, scenarios: z.array(scenario), faults: faultsAnswer }),
    problems: ['sandbox-only'],
  },
  moveClock: {
    ...routes.moveClock,
    tag: 'Sandbox',
    open: true,
    summary:
      'Move the deployment’s clock, to a moment or on by a duration, not back past a charge; it goes on from there, and nobody is signed out by it',
    body: z
      .strictObject({ now: moment.optional(), advance: duration.optional() })
      .refine((given) => (given.now === undefined) !== (given.advance === undefined), {
        ...rule('nowOrAdvance'),
        path: ['now'],
      }),
    status: 200,
    answer: z.object({ now: moment }),
    problems: ['sandbox-only'],
  },
  resetSandbox: {
    ...routes.resetSandbox,
    tag: 'Sandbox',
    open: true,
    summary: 'Throw everything away, fault rules too, and load a named scenario',
    body: z.strictObject({ scenario }),
    status: 200,
    answer: z.object({ scenario: z.string(), now: moment, customers: z.number().int() }),
    problems: ['sandbox-only'],
  },
  setFaults: {
    ...routes.setFaults,
    tag: 'Sandbox',
    open: true,
    summary: 'Set the fault rules anew; the first that strikes a request counts, and equal seeds give equal strikes',
    body: faultsBody,
    status: 200,
    answer: faultsAnswer,
    problems: ['sandbox-only'],
  },
  clearFaults: {
    ...routes.clearFaults,
    tag: 'Sandbox',
    open: true,
    summary: 'Take all fault rules away',
    status: 204,
    answer: z.undefined(),
    problems: ['sandbox-only'],
  },
  seedSubscription: {
    ...routes.seedSubscription,
    tag: 'Sandbox',
    open: true,
    summary: 'Create a subscription in any state, with any dates and price, and licensed users',
    body: z.strictObject({
      partnerId: id,
      customerId: id,
      /** Given: the customer is created when it does not exist. A partner that is not related to it gets a reseller relationship with DAP. */
      customerName: text(200).optional(),
      /** Of a customer that is created. */
      country: country.optional(),
      subscriptionId: id.optional(),
      offerId,
      quantity,
      status: subscriptionStatus.default('active'),
      provisioning: provisioningStatus.default('success'),
      /** Absent: a year, the only one on the legacy platform; a trial has a month that is not billed (`none`). */
      termDuration: termDuration.optional(),
      billingCycle: billingCycle.default('monthly'),
      purchasedOn: day,
      /** Absent: the last day of the term that runs today, or ran when it ended. */
      termEndsOn: day.optional(),
      /** Fees are written for every service period or charge cycle that began by this day; absent: by today, or by its end. */
      billedThrough: day.optional(),
      /** With the status `deleted`; absent: cancelled. */
      endedReason: endedReason.optional(),
      /** With the status `deleted`; absent: now, or the end of the first term if that is over. */
      endedAt: moment.optional(),
      /** Absent: the partner's list price of the purchase day. */
      unitPrice: price.optional(),
      channel: channel.default('csp'),
      autoRenew: z.boolean().default(true),
      friendlyName: text(200).optional(),
      addOnOf: id.optional(),
      /** How many users are made and licensed. */
      users: z.number().int().min(0).max(10_000).default(0),
    }),
    status: 201,
    answer: z.object({ customerId: id, subscriptionId: id, userIds: z.array(id) }),
    problems: ['sandbox-only', 'not-found'],
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
    problems: ['sandbox-only', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
