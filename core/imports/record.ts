import type { BillingCycle, TermDuration } from '../values/period.ts';

/** What a row says, as it is kept until it is applied; an absent field was left empty. */
export type RecordFact = CustomerFact | SubscriptionFact | UserFact | PlanFact | BilledFact;

export type CustomerFact = {
  readonly customerId?: string;
  readonly name: string;
  readonly domain: string;
  readonly country?: string;
  readonly email?: string;
  readonly registrationNumber?: string;
};

export type SubscriptionFact = {
  readonly subscriptionId: string;
  readonly offerId: string;
  readonly quantity: number;
  readonly termDuration: TermDuration;
  readonly billingCycle: BillingCycle;
  readonly startsOn: string;
  readonly endsOn?: string;
  readonly status: 'active' | 'suspended';
  readonly autoRenew: boolean;
  readonly unitPrice?: string;
  readonly nickname?: string;
  readonly addOnOf?: string;
};

export type UserFact = {
  readonly userId?: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly usageLocation?: string;
  /** SKUs that the user has a license of. */
  readonly skuIds: readonly string[];
  /** Products that the catalog does not know, as the file calls them. */
  readonly unknownProducts: readonly string[];
};

export type PlanFact = { readonly skuId: string; readonly planId: string; readonly planName: string };

/** A line of a reconciliation file or of an invoice. */
export type BilledFact = {
  readonly subscriptionId: string;
  readonly offer: string;
  readonly chargeType: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly quantity: number;
  /** By which the month of its invoice is found; absent: of our line. */
  readonly bookedOn?: string;
};

/** Why a row of these is not used and nobody need care. */
export type RecordLeftOut = 'customer-kept' | 'subscription-kept' | 'not-running' | 'unknown-product';

/** Why a row of these cannot be relied on. */
export type RecordDoubt =
  | 'formula'
  | 'twice'
  | 'too-long'
  | 'not-an-id'
  | 'not-a-domain'
  | 'not-an-address'
  | 'not-a-country'
  | 'not-a-count'
  | 'unknown-status'
  | 'unknown-answer'
  | 'offer-unknown'
  | 'offer-ambiguous'
  | 'product-ambiguous'
  | 'too-many-seats'
  | 'starts-later'
  | 'base-needed'
  | 'base-unknown'
  | 'no-price'
  | 'other-country'
  | 'customer-unknown'
  | 'customer-elsewhere'
  | 'customer-ambiguous'
  | 'subscription-elsewhere'
  | 'other-domain'
  | 'user-ambiguous'
  | 'no-privileges'
  | 'no-person'
  | 'not-subscribed'
  | 'no-free-license'
  | 'license-refused';
