import { isSoldIn, type Offer } from '../catalog/offer.ts';
import { findProductSku } from '../catalog/product.ts';
import type { BillingLine } from '../ledger/charge.ts';
import { purchaseLine } from '../ledger/legacy-billing.ts';
import type { CustomerFacts } from '../upgrades/eligibility.ts';
import type { Refusal } from '../upgrades/refusal.ts';
import type { UnitPrice } from '../values/money.ts';
import { type BillingCycle, termAt } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import type { Subscription } from './subscription.ts';

/** What decides about purchases of one customer. Delegated privileges do not: a partner without them may still buy (R10). */
export type PurchaseFacts = Pick<CustomerFacts, 'catalog' | 'partnerMarket' | 'customerMarket' | 'prices'> & {
  readonly reseller: boolean;
  /** The customer's subscriptions with this partner. */
  readonly held: readonly Pick<Subscription, 'subscriptionId' | 'offerId' | 'status'>[];
};

export type PurchaseRequest = {
  /** An offer's id, or what a client calls one. */
  readonly offerId: string;
  readonly quantity: number;
  readonly billingCycle: BillingCycle;
  readonly friendlyName: string | null;
  /** The subscription that an add-on hangs on. */
  readonly addOnOf: string | null;
};

/** A subscription as it is bought, with its first bill. */
export type Purchase = PurchaseRequest & {
  readonly unitPrice: UnitPrice;
  readonly purchasedOn: Temporal.PlainDate;
  readonly termEndsOn: Temporal.PlainDate;
  readonly charges: readonly BillingLine[];
};

/**
 * Decides a purchase on the legacy platform: a term of 12 months from that day, its first service period billed at once at the list price of the
 * day (B1.2, B3, B4). Refused with every reason that holds.
 */
export function decidePurchase(
  facts: PurchaseFacts,
  request: PurchaseRequest,
  on: Temporal.PlainDate,
): Result<Purchase, Refusal[]> {
  const offer = facts.catalog.offers.get(request.offerId.toLowerCase());
  const refusals = facts.reseller ? [] : [{ name: 'reseller-relationship-missing' } satisfies Refusal];
  if (offer?.platform !== 'legacy') return refused([...refusals, refusalOfUnknown(facts, request)]);
  const all = [...refusals, ...offerRefusals(facts, offer, request), ...baseRefusals(facts, offer, request)];
  const unitPrice = facts.prices.get(offer.offerId)?.[request.billingCycle];
  if (all.length > 0 || !unitPrice) return refused(all);
  const { quantity, billingCycle } = request;
  return accepted({
    ...request,
    offerId: offer.offerId,
    unitPrice,
    purchasedOn: on,
    termEndsOn: termAt(on, on).end,
    charges: [purchaseLine({ purchasedOn: on, billingCycle, unitPrice, quantity })],
  });
}

/** New commerce products are shown, but not sold yet. */
function refusalOfUnknown({ catalog }: PurchaseFacts, { offerId }: PurchaseRequest): Refusal {
  const product = findProductSku(catalog, offerId);
  return product ? { name: 'product-not-purchasable', catalogItemId: offerId } : { name: 'offer-unknown', offerId };
}

/** Sold in both countries (N55), priced, with this billing cycle, and within its limits (N27, N29). */
function offerRefusals(
  { partnerMarket, customerMarket, prices }: PurchaseFacts,
  offer: Offer,
  { billingCycle, quantity }: PurchaseRequest,
): Refusal[] {
  const { offerId } = offer;
  const refusals: Refusal[] = [];
  const closed = [partnerMarket, customerMarket].find((market) => !isSoldIn(offer, market));
  if (closed !== undefined) refusals.push({ name: 'offer-not-sold', offerId, market: closed });
  const priced = prices.get(offerId);
  if (!priced) refusals.push({ name: 'target-not-priced', offerId });
  if ((priced && !priced[billingCycle]) || !offer.billingCycles.includes(billingCycle)) {
    refusals.push({ name: 'billing-cycle-not-supported', offerId, billingCycle });
  }
  const { min, max } = offer.seats;
  if (quantity < min || quantity > max) {
    refusals.push({ name: 'quantity-out-of-range', offerId, min, max, requested: quantity });
  }
  return refusals;
}

/** An add-on hangs on an active subscription of the customer that is none itself; anything else hangs on nothing. */
function baseRefusals(
  { catalog, held }: PurchaseFacts,
  { offerId, addOn }: Offer,
  { addOnOf }: PurchaseRequest,
): Refusal[] {
  if (!addOn) return addOnOf === null ? [] : [{ name: 'offer-is-no-add-on', offerId }];
  const base = held.find((one) => one.subscriptionId === addOnOf);
  const carries = base?.status === 'active' && catalog.offers.get(base.offerId)?.addOn === false;
  return carries ? [] : [{ name: 'add-on-without-base', offerId }];
}
