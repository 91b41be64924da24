import type { Platform } from '../catalog/offer.ts';
import type { UnitPrice } from '../values/money.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import type { ScheduledChange } from './scheduled-change.ts';

/** Who sold a subscription; `csp` comes with the partner that did. */
export type Channel = 'csp' | 'direct' | 'open' | 'ea' | 'retail';

export type EndedReason = 'cancelled' | 'upgraded' | 'expired';

/** How often one subscription can be changed on new commerce; the service says about so many (N32). */
export const MOST_UPDATES = 1200;

type Holding = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly partnerId: string;
  readonly offerId: string;
  /** That of its offer; its rules hold. */
  readonly platform: Platform;
  readonly orderId: string;
  readonly friendlyName: string | null;
  readonly quantity: number;
  readonly termDuration: TermDuration;
  readonly billingCycle: BillingCycle;
  readonly autoRenew: boolean;
  /**
   * Price per seat at which the subscription is billed until it renews: on the legacy platform that of a month, on new commerce that of a
   * whole charge cycle, a promotion taken off.
   */
  readonly unitPrice: UnitPrice;
  /** First day; legacy service periods and terms are counted from it. */
  readonly purchasedOn: Temporal.PlainDate;
  /** First day of the running term; new commerce charge cycles are counted from it. */
  readonly termStartsOn: Temporal.PlainDate;
  readonly termEndsOn: Temporal.PlainDate;
  /** Last day that charges were written for. */
  readonly billedThrough: Temporal.PlainDate;
  /** A field of its own beside the status (L1). */
  readonly provisioning: 'success' | 'pending' | 'failed';
  readonly addOnOf: string | null;
  /** The first day on which the status is another by itself, if it ever is: after a term, or 30 and 90 days of the expiry chain (L2, L3). */
  readonly statusUntil: Temporal.PlainDate | null;
  /** Until when it can be cancelled for a refund (N33); null: never, as after an upgrade (N38), and on the legacy platform. */
  readonly cancellableUntil: Temporal.Instant | null;
  /** What becomes of it when it renews (N39); null: the same again. */
  readonly scheduledChange: ScheduledChange | null;
  readonly promotionId: string | null;
  /** How often it was changed; there is a limit (N32). */
  readonly updates: number;
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
 * Another subscription anywhere in the customer's tenant, reduced to what conditions 3 and 4 need. `subscriptionId` is that of the
 * partner's own or of its record of a foreign one, else null: nothing of another partner's business is revealed (R7, M9).
 */
export type TenantHolding = {
  readonly subscriptionId: string | null;
  readonly offerId: string;
  readonly channel: Channel;
  readonly ours: boolean;
  readonly status: Exclude<SubscriptionStatus, 'deleted'>;
  /** The last day of its term; null where nobody knows. */
  readonly endsOn: Temporal.PlainDate | null;
};
