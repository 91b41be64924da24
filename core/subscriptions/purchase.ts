import type { Platform } from '../catalog/offer.ts';
import type { PromotedHolding } from '../catalog/promotion.ts';
import type { BillingLine } from '../ledger/charge.ts';
import type { CustomerFacts } from '../upgrades/upgrade-facts.ts';
import type { UnitPrice } from '../values/money.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import type { SeatBatch } from './seat-batch.ts';
import type { Subscription } from './subscription.ts';

/** What decides about purchases of one customer. Delegated privileges do not: a partner without them may still buy (R10). */
export type PurchaseFacts = Pick<
  CustomerFacts,
  | 'catalog'
  | 'now'
  | 'partnerMarket'
  | 'customerMarket'
  | 'prices'
  | 'productPrices'
  | 'promotions'
  | 'tenantSeats'
  | 'qualification'
  | 'holdings'
  | 'skusEverHeld'
  | 'rounding'
> & {
  readonly reseller: boolean;
  /** The customer's subscriptions with this partner, ended ones too. */
  readonly held: readonly Subscription[];
  /** What those subscriptions were before they were upgraded or renewed. */
  readonly formerly: readonly PromotedHolding[];
  /** That of the partner's price list. */
  readonly currency: string;
};

export type PurchaseRequest = {
  /** An offer's id or a catalog item id, or what a client calls one. */
  readonly offerId: string;
  readonly quantity: number;
  readonly billingCycle: BillingCycle;
  readonly termDuration: TermDuration;
  /** The last day of the first term, where it is to end with another subscription's or a calendar month (N24). */
  readonly endsOn: Temporal.PlainDate | null;
  readonly friendlyName: string | null;
  /** The subscription that an add-on hangs on. */
  readonly addOnOf: string | null;
};

/** A subscription as it is bought, with its first bill. */
export type Purchase = Omit<PurchaseRequest, 'endsOn'> & {
  readonly platform: Platform;
  readonly unitPrice: UnitPrice;
  readonly promotionId: string | null;
  readonly purchasedOn: Temporal.PlainDate;
  readonly termEndsOn: Temporal.PlainDate;
  readonly cancellableUntil: Temporal.Instant | null;
  /** Its first seats, with the window in which they can be given back; null: they never can. */
  readonly batch: SeatBatch | null;
  readonly charges: readonly BillingLine[];
};
