import type { Catalog } from '../catalog/offer.ts';
import type { ProductPrice } from '../catalog/product.ts';
import type { PromotedHolding, Promotion } from '../catalog/promotion.ts';
import type { PathSwitch } from '../catalog/upgrade-path.ts';
import type { Qualification } from '../customers/qualification.ts';
import type { DelegatedPrivileges } from '../customers/relationship.ts';
import type { BilledLine } from '../ledger/charge.ts';
import type { RoundingConventions } from '../ledger/conventions.ts';
import type { LicensedUser } from '../licenses/license.ts';
import type { Subscription, TenantHolding } from '../subscriptions/subscription.ts';
import type { Money, UnitPrice } from '../values/money.ts';
import type { BillingCycle } from '../values/period.ts';
import type { AddOn } from './refusal.ts';

/** Everything that decides about upgrades of one customer's subscriptions, for one partner. */
export type CustomerFacts = {
  readonly catalog: Catalog;
  readonly now: Temporal.Instant;
  readonly partnerMarket: string;
  readonly customerMarket: string;
  readonly privileges: readonly DelegatedPrivileges[];
  /** Every living subscription of the tenant, through whatever partner or channel. */
  readonly holdings: readonly TenantHolding[];
  readonly pathSwitches: ReadonlyMap<string, PathSwitch>;
  /** List prices of the day, per offer and billing cycle. */
  readonly prices: ReadonlyMap<string, Partial<Record<BillingCycle, UnitPrice>>>;
  /** New commerce list prices of the day in the customer's market, by offer. */
  readonly productPrices: ReadonlyMap<string, readonly ProductPrice[]>;
  readonly promotions: readonly Promotion[];
  /** New commerce seats in the whole tenant, through whatever partner or channel, by SKU: the maximum is one for all (N28). */
  readonly tenantSeats: ReadonlyMap<string, number>;
  readonly qualification: Qualification;
  /** SKUs of which the customer has or ever had a subscription, through whatever partner or channel (N57). */
  readonly skusEverHeld: ReadonlySet<string>;
  /** How the partner has its lines rounded. */
  readonly rounding: RoundingConventions;
  /** False for an application without a signed-in user (E5). */
  readonly userContext: boolean;
};

export type SubscriptionFacts = CustomerFacts & {
  readonly subscription: Subscription;
  /** Living add-ons that depend on the subscription. */
  readonly addOns: readonly AddOn[];
  /** What the partner sold to the customer, this one too; on new commerce another of them can take the seats (N8). */
  readonly sold: readonly Subscription[];
};

export type UpgradeFacts = SubscriptionFacts & {
  /** What subscriptions that the partner sold were before they were upgraded or renewed; new commerce alone. */
  readonly formerly: readonly PromotedHolding[];
  /** Lines billed for the running service period of the source and not taken back. */
  readonly billed: readonly BilledLine[];
  /** What stands in the ledger for the running charge cycle of the source, credits taken off; new commerce alone. */
  readonly charged: Money;
  /** Users of the source, in the order in which free licenses go round. */
  readonly users: readonly LicensedUser[];
};
