import type { DirectoryRole } from '../customers/relationship.ts';
import type { EndedReason, Subscription, SubscriptionStatus, TenantHolding } from '../subscriptions/subscription.ts';
import type { BillingCycle } from '../values/period.ts';

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
  | { readonly name: 'licenses-still-assigned'; readonly assigned: number; readonly requested: number } // W5
  | { readonly name: 'reseller-relationship-missing' } // R8
  | { readonly name: 'offer-unknown'; readonly offerId: string } // N55
  | { readonly name: 'product-not-purchasable'; readonly catalogItemId: string } // N7
  | { readonly name: 'offer-not-sold'; readonly offerId: string; readonly market: string } // N55
  | { readonly name: 'add-on-without-base'; readonly offerId: string } // N15
  | { readonly name: 'offer-is-no-add-on'; readonly offerId: string }; // N15

export type RefusalName = Refusal['name'];

/** Condition 1 fails. One that has ended says how, and what it became. */
export function notActive(subscription: Subscription): Refusal {
  const { status } = subscription;
  const { endedReason, successorId } = status === 'deleted' ? subscription : { endedReason: null, successorId: null };
  return { name: 'subscription-not-active', status, endedReason, successorId };
}

/** One service family that the target would add and another subscription already gives. */
export type ServiceOverlap = { readonly family: string; readonly holding: TenantHolding };

export type AddOn = { readonly subscriptionId: string; readonly offerId: string };
