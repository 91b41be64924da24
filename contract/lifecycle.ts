import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { billingLine } from './ledger.ts';
import { refusal } from './refusals.ts';
import { routes } from './routes.ts';
import {
  billingCycle,
  day,
  decimal,
  id,
  moment,
  money,
  offerId,
  quantity,
  subscriptionStatus,
  termDuration,
} from './values.ts';

/** What becomes of a subscription when it renews, all of it. */
export const scheduledChange = z.object({
  offerId: z.string(),
  offerName: z.string(),
  quantity: z.number().int(),
  termDuration,
  billingCycle,
  /** The last day of the next term where it is not a whole one. */
  customTermEndsOn: day.nullable(),
});

/** A last day that a term may be given instead of its own. */
export const alignedEnd = z.object({
  endsOn: day,
  /** The subscription that ends on that day; null: a calendar month does. */
  alignsWith: id.nullable(),
});

const lifecycleChange = z.object({
  subscriptionId: id,
  status: subscriptionStatus,
  autoRenew: z.boolean(),
  /** The first day on which the status changes by itself; null: it never does. */
  statusUntil: day.nullable(),
  scheduledChange: scheduledChange.nullable(),
  effectiveOn: day,
  /** Fees of periods that began since the last bill. */
  dueLines: z.array(billingLine),
  lines: z.array(billingLine),
  net: money,
  version: z.number().int(),
});

const params = z.object({ customerId: id, subscriptionId: id });
const version = z.number().int().optional();
const ofVersion = z.strictObject({
  /** The version that was looked at; another one is refused. */
  version,
});
const CHANGES = {
  params,
  status: 200,
  answer: lifecycleChange,
  tag: 'Subscriptions',
  asks: 'manageSubscriptions',
} as const;
const PREVIEWS = { ...CHANGES, problems: ['role-not-allowed', 'not-found', 'refused'] } as const;
const ORDERS = {
  asks: 'purchase',
  tag: 'Subscriptions',
  params: z.object({ customerId: id, orderId: id }),
  body: z.strictObject({ billingCycle }),
  status: 200,
  answer: z.object({
    orderId: id,
    effectiveOn: day,
    /** What changes; empty: the order has the frequency already. */
    subscriptions: z.array(
      z.object({
        subscriptionId: id,
        offerId: z.string(),
        offerName: z.string(),
        /** Per seat and month. */
        unitPrice: decimal,
        termEndsOn: day,
      }),
    ),
    /** Fees of periods that began since the last bill. */
    dueLines: z.array(billingLine),
    lines: z.array(billingLine),
    net: money,
  }),
  problems: ['role-not-allowed', 'not-found', 'refused'],
} as const;
const PROBLEMS = ['role-not-allowed', 'not-found', 'changed-meanwhile', 'refused'] as const;

export const lifecycleEndpoints = {
  previewSuspension: {
    ...routes.previewSuspension,
    ...PREVIEWS,
    summary: 'What suspending would put on the bill today; nothing is done',
  },
  previewReactivation: {
    ...routes.previewReactivation,
    ...PREVIEWS,
    summary: 'What taking it back into use would put on the bill today; nothing is done',
  },
  previewBillingCycle: {
    ...routes.previewBillingCycle,
    ...ORDERS,
    summary: 'What another billing frequency would put on the bill today; nothing is done',
  },
  changeBillingCycle: {
    ...routes.changeBillingCycle,
    ...ORDERS,
    summary: 'Bill an order of the legacy platform more or less often, with a new term at the prices of the day',
  },
  suspendSubscription: {
    ...routes.suspendSubscription,
    ...CHANGES,
    summary:
      'Suspend: users lose access. Legacy billing stops with a credit; new commerce is billed on and no longer renews',
    body: ofVersion,
    problems: PROBLEMS,
  },
  reactivateSubscription: {
    ...routes.reactivateSubscription,
    ...CHANGES,
    summary: 'Take a suspended subscription back into use; the legacy platform charges the rest of the period',
    body: ofVersion,
    problems: PROBLEMS,
  },
  setAutoRenew: {
    ...routes.setAutoRenew,
    ...CHANGES,
    summary: 'Say whether it renews by itself; turning it off removes what was scheduled',
    body: z.strictObject({ autoRenew: z.boolean(), version }),
    problems: PROBLEMS,
  },
  showScheduledChange: {
    ...routes.showScheduledChange,
    asks: 'view',
    tag: 'Subscriptions',
    summary: 'What is scheduled for the renewal, what could be, and the last days that its next term may be given',
    params,
    status: 200,
    answer: z.object({
      scheduledChange: scheduledChange.nullable(),
      /** The first day of the next term; null: it does not renew. */
      renewsOn: day.nullable(),
      /** Until when the subscription can be cancelled for a refund. */
      cancellableUntil: moment.nullable(),
      /** Every listed offer: it can be scheduled, or every reason why not. */
      targets: z.array(
        z.object({ offerId: z.string(), name: z.string(), eligible: z.boolean(), refusals: z.array(refusal) }),
      ),
      ends: z.array(alignedEnd.extend({ termDuration })),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  scheduleChange: {
    ...routes.scheduleChange,
    ...CHANGES,
    summary: 'Schedule what is different from the next term on, in place of what was scheduled before',
    body: z.strictObject({
      offerId: offerId.optional(),
      quantity: quantity.optional(),
      termDuration: termDuration.optional(),
      billingCycle: billingCycle.optional(),
      /** A last day for the next term; one of `ends`. */
      termEndsOn: day.nullish(),
      version,
    }),
    problems: PROBLEMS,
  },
  unscheduleChange: {
    ...routes.unscheduleChange,
    ...CHANGES,
    summary: 'Remove what is scheduled; it renews as it is',
    problems: PROBLEMS,
  },
} as const satisfies Record<string, Endpoint>;
