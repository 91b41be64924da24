import type { DirectoryRole } from '../customers/relationship.ts';
import type { EndedReason, Subscription, SubscriptionStatus, TenantHolding } from '../subscriptions/subscription.ts';
import type { Segment } from '../catalog/product.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';

/**
 * One reason why not, with its evidence; never an exception. The words, the status and the action that clears it are looked up by name in
 * `contract/refusals.ts`; rule ids E1 to E15 of the commerce rules stand beside each.
 */
export type Refusal =
  | {
      readonly name: 'subscription-not-active'; // E2, condition 1
      readonly status: SubscriptionStatus;
      readonly endedReason: EndedReason | null;
      /** The subscription that an upgraded one became. */
      readonly successorId: string | null;
    }
  | { readonly name: 'subscription-not-provisioned'; readonly provisioning: 'pending' | 'failed' } // E9
  | { readonly name: 'delegated-privileges-missing' } // E1, condition 2
  | { readonly name: 'delegated-privileges-not-covering'; readonly families: readonly string[] } // E1
  | {
      readonly name: 'granular-role-missing'; // E11
      readonly role: DirectoryRole;
      readonly families: readonly string[];
    }
  | {
      readonly name: 'granular-privileges-lapsed'; // E11
      readonly role: DirectoryRole;
      readonly families: readonly string[];
      readonly endedAt: Temporal.Instant;
    }
  | { readonly name: 'services-already-owned'; readonly overlaps: readonly ServiceOverlap[] } // E3, condition 3
  | { readonly name: 'target-already-owned'; readonly holdings: readonly TenantHolding[] } // E4, condition 4
  | { readonly name: 'user-context-required' } // E5
  | { readonly name: 'add-ons-present'; readonly addOns: readonly AddOn[] } // E6
  | { readonly name: 'no-upgrade-path'; readonly offerId: string } // E7
  | { readonly name: 'target-not-listed'; readonly fromOfferId: string; readonly toOfferId: string } // E8
  | {
      readonly name: 'billing-cycle-not-supported'; // E10
      readonly offerId: string;
      readonly billingCycle: BillingCycle;
    }
  | { readonly name: 'target-not-priced'; readonly offerId: string } // E20
  | {
      readonly name: 'quantity-out-of-range'; // E15
      readonly offerId: string;
      readonly min: number;
      readonly max: number;
      readonly requested: number;
    }
  | { readonly name: 'partial-upgrade-not-supported'; readonly quantity: number; readonly requested: number } // N10
  | { readonly name: 'renewal-running'; readonly termEndsOn: Temporal.PlainDate } // N43
  | { readonly name: 'term-not-offered'; readonly offerId: string; readonly termDuration: TermDuration } // N20
  | {
      readonly name: 'term-shorter'; // N21
      readonly termDuration: TermDuration;
      readonly sourceTermDuration: TermDuration;
    }
  | {
      readonly name: 'billing-cycle-longer-than-term'; // N21
      readonly billingCycle: BillingCycle;
      readonly termDuration: TermDuration;
    }
  | {
      readonly name: 'tenant-maximum-exceeded'; // N28, N31
      readonly offerId: string;
      readonly max: number;
      /** Seats of the SKU in the whole tenant. */
      readonly held: number;
      readonly requested: number;
    }
  | { readonly name: 'destination-unknown'; readonly subscriptionId: string } // N8
  | { readonly name: 'destination-is-source'; readonly subscriptionId: string } // N17
  | { readonly name: 'destination-of-other-offer'; readonly subscriptionId: string; readonly offerId: string } // N17
  | { readonly name: 'destination-not-active'; readonly subscriptionId: string } // N16, code 1
  | { readonly name: 'destination-not-ready'; readonly subscriptionId: string } // N17
  | {
      readonly name: 'destination-in-window'; // N16, code 2
      readonly subscriptionId: string;
      readonly until: Temporal.Instant;
    }
  | {
      readonly name: 'destination-term-shorter'; // N16, code 3
      readonly subscriptionId: string;
      readonly termDuration: TermDuration;
    }
  | {
      readonly name: 'destination-ends-earlier'; // N16, code 4
      readonly subscriptionId: string;
      readonly termEndsOn: Temporal.PlainDate;
      readonly sourceEndsOn: Temporal.PlainDate;
    }
  | { readonly name: 'users-not-licensed'; readonly userIds: readonly string[] } // N9
  | {
      readonly name: 'licenses-still-assigned'; // W5
      readonly assigned: number;
      readonly requested: number;
      /** Those that would lose theirs; the first of them, if there are many. */
      readonly users: readonly UserLosing[];
    }
  | { readonly name: 'reseller-relationship-missing' } // R8
  | { readonly name: 'offer-unknown'; readonly offerId: string } // N55
  | { readonly name: 'offer-not-sold'; readonly offerId: string; readonly market: string } // N55
  | { readonly name: 'add-on-without-base'; readonly offerId: string } // N15
  | { readonly name: 'offer-is-no-add-on'; readonly offerId: string } // N15
  | { readonly name: 'trial-not-changeable' } // N50
  | { readonly name: 'trial-term-fixed' } // N50
  | { readonly name: 'not-suspended'; readonly status: SubscriptionStatus } // L4
  | { readonly name: 'base-not-active'; readonly baseSubscriptionId: string } // L3
  | { readonly name: 'auto-renew-off' } // N39
  | { readonly name: 'renewal-not-changeable' } // N39
  | { readonly name: 'segment-not-qualified'; readonly offerId: string; readonly segment: Segment } // E22, N53
  | { readonly name: 'offer-end-of-sale'; readonly offerId: string; readonly endedOn: Temporal.PlainDate } // E20, N58
  | { readonly name: 'teams-suite-closed'; readonly offerId: string } // N57
  | { readonly name: 'specialized-at-renewal'; readonly offerId: string; readonly renewsOn: Temporal.PlainDate } // N59
  | {
      readonly name: 'seats-not-removable'; // N26
      /** How many seats could go today. */
      readonly removable: number;
      readonly requested: number;
      /** When the number can be anything again. */
      readonly renewsOn: Temporal.PlainDate;
    }
  | { readonly name: 'too-many-updates'; readonly most: number } // E25
  | { readonly name: 'too-many-subscriptions'; readonly offerId: string; readonly most: number } // E16, N29
  | { readonly name: 'trial-had-before'; readonly offerId: string } // B10.1
  | { readonly name: 'end-date-not-supported' } // N24
  | {
      readonly name: 'end-date-outside-term'; // N24
      readonly endsOn: Temporal.PlainDate;
      readonly from: Temporal.PlainDate;
      readonly until: Temporal.PlainDate;
    }
  | { readonly name: 'end-date-matches-nothing'; readonly endsOn: Temporal.PlainDate } // N24
  | {
      readonly name: 'cancellation-window-passed';
      readonly until: Temporal.Instant | null;
      readonly renewsOn: Temporal.PlainDate;
    } // N33
  | { readonly name: 'billing-cycle-not-changeable' }; // B5.1

export type RefusalName = Refusal['name'];

/** Condition 1 fails. One that has ended says how, and what it became. */
export function notActive(subscription: Subscription): Refusal {
  const { status } = subscription;
  const { endedReason, successorId } = status === 'deleted' ? subscription : { endedReason: null, successorId: null };
  return { name: 'subscription-not-active', status, endedReason, successorId };
}

/** A user who finds no seat in a smaller number. */
export type UserLosing = {
  readonly userId: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
};

/** One service family that the target would add and another subscription already gives. */
export type ServiceOverlap = { readonly family: string; readonly holding: TenantHolding };

export type AddOn = { readonly subscriptionId: string; readonly offerId: string };
