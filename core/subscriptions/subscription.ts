import type { UnitPrice } from '../values/money.ts';
import { type BillingCycle, termAt } from '../values/period.ts';

/** Who sold a subscription; `csp` comes with the partner that did. */
export type Channel = 'csp' | 'direct' | 'open' | 'ea' | 'retail';

export type EndedReason = 'cancelled' | 'upgraded' | 'expired';

type Holding = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly partnerId: string;
  readonly offerId: string;
  readonly orderId: string;
  readonly friendlyName: string | null;
  readonly quantity: number;
  readonly billingCycle: BillingCycle;
  readonly autoRenew: boolean;
  /** Price per seat and month at which the subscription is billed until it renews. */
  readonly unitPrice: UnitPrice;
  /** First day; service periods and terms are counted from it. */
  readonly purchasedOn: Temporal.PlainDate;
  readonly termEndsOn: Temporal.PlainDate;
  /** Last day that charges were written for. */
  readonly billedThrough: Temporal.PlainDate;
  /** A field of its own beside the status (L1). */
  readonly provisioning: 'success' | 'pending' | 'failed';
  readonly addOnOf: string | null;
  readonly version: number;
};

/** A customer's holding of an offer, sold by the partner. Only the ended state says how and when it ended (product decision 15). */
export type Subscription = Holding &
  (
    | { readonly status: 'pending' | 'active' | 'suspended' | 'expired' | 'disabled' }
    | {
        readonly status: 'deleted';
        readonly endedReason: EndedReason;
        readonly endedAt: Temporal.Instant;
        readonly successorId: string | null;
      }
  );

export type SubscriptionStatus = Subscription['status'];

/** What a subscription may do in each state (S11, L10; L2 for legacy). */
const MAY: Readonly<Record<SubscriptionStatus, { readonly upgrade: boolean; readonly changeSeats: boolean }>> = {
  pending: { upgrade: false, changeSeats: false },
  active: { upgrade: true, changeSeats: true },
  suspended: { upgrade: false, changeSeats: false },
  expired: { upgrade: false, changeSeats: false },
  disabled: { upgrade: false, changeSeats: false },
  deleted: { upgrade: false, changeSeats: false },
};

export function mayUpgrade(subscription: Subscription): boolean {
  return MAY[subscription.status].upgrade;
}

export function mayChangeSeats(subscription: Subscription): boolean {
  return MAY[subscription.status].changeSeats;
}

/** Whether it keeps the relationship that it was sold in: that ends when all else is suspended or over (R11). */
export function keepsRelationship(status: SubscriptionStatus): boolean {
  return status === 'active' || status === 'pending';
}

/**
 * The last day on which the running term can still be changed before it renews: on the legacy platform the last day of the term.
 * Null where nothing renews by itself.
 */
export function changeDeadline(subscription: Subscription, on: Temporal.PlainDate): Temporal.PlainDate | null {
  const renews = subscription.autoRenew && (subscription.status === 'active' || subscription.status === 'suspended');
  return renews ? termAt(subscription.purchasedOn, on).end : null;
}

/**
 * Another subscription anywhere in the customer's tenant, reduced to what conditions 3 and 4 need. `subscriptionId` is null for
 * whatever is not the partner's own: nothing of another partner's business is revealed (R7, M9).
 */
export type TenantHolding = {
  readonly subscriptionId: string | null;
  readonly offerId: string;
  readonly channel: Channel;
  readonly ours: boolean;
  readonly status: Exclude<SubscriptionStatus, 'deleted'>;
};
