import type { Role } from '../../core/access/may.ts';
import type { DirectoryRole } from '../../core/customers/relationship.ts';
import type { Channel, EndedReason, SubscriptionStatus } from '../../core/subscriptions/subscription.ts';
import type { NewClient } from '../identity/api-client.store.ts';
import type { BillingCycle, TermDuration } from '../../core/values/period.ts';

/** A world to load: partners with their agents, customers with all they hold. Moments are absolute; demo/ makes them from the clock. */
export type World = {
  readonly partners: readonly SeedPartner[];
  readonly agents: readonly SeedAgent[];
  readonly apiClients: readonly NewClient[];
  readonly customers: readonly SeedCustomer[];
};

export type SeedPartner = {
  readonly partnerId: string;
  readonly name: string;
  readonly domain: string;
  readonly market: string;
  readonly currency: string;
  readonly language: 'tr' | 'en';
};

export type SeedAgent = {
  readonly partnerId: string;
  readonly agentId: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
};

export type SeedPrivileges = {
  readonly kind: 'dap' | 'gdap';
  readonly roles: readonly DirectoryRole[];
  readonly families: readonly string[] | null;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant | null;
};

export type SeedCustomer = {
  readonly customerId: string;
  readonly name: string;
  readonly domain: string;
  readonly country: string;
  readonly relationships: readonly { readonly partnerId: string; readonly privileges: readonly SeedPrivileges[] }[];
  readonly subscriptions: readonly SeedSubscription[];
  readonly users: readonly SeedUser[];
};

export type SeedSubscription = {
  readonly subscriptionId: string;
  /** null on channels without a partner. */
  readonly partnerId: string | null;
  readonly channel: Channel;
  readonly offerId: string;
  readonly quantity: number;
  /** Absent: a year, and a month where nothing is billed, which is a trial; on the legacy platform always a year. */
  readonly termDuration?: TermDuration | undefined;
  readonly billingCycle: BillingCycle;
  readonly purchasedOn: Temporal.PlainDate;
  /** Absent: the last day of the term that runs on the day of loading, or ran at its end. */
  readonly termEndsOn?: Temporal.PlainDate | undefined;
  /** Absent: the day of loading, or of its end. Fees are written for every service period or charge cycle that began by then. */
  readonly billedThrough?: Temporal.PlainDate | undefined;
  /** Absent: the seller's list price of the purchase day; 0 where there is none. */
  readonly unitPrice?: string | undefined;
  readonly status: SubscriptionStatus;
  readonly provisioning: 'success' | 'pending' | 'failed';
  readonly ended?: { readonly reason: EndedReason; readonly at: Temporal.Instant } | undefined;
  readonly autoRenew: boolean;
  readonly friendlyName?: string | undefined;
  readonly addOnOf?: string | undefined;
};

export type SeedUser = {
  readonly userId: string;
  readonly displayName: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly userPrincipalName: string;
  readonly usageLocation: string | null;
  readonly addresses: readonly string[];
  readonly licenses: readonly { readonly subscriptionId: string; readonly switchedOff: readonly string[] }[];
};
