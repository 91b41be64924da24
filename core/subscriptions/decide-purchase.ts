import { getOffer, type Offer } from '../catalog/offer.ts';
import { findProductSku } from '../catalog/product.ts';
import { marketRefusals } from '../catalog/sale.ts';
import { purchaseLine } from '../ledger/legacy-billing.ts';
import type { Refusal } from '../upgrades/refusal.ts';
import { termAt, utcDay } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import type { Purchase, PurchaseFacts, PurchaseRequest } from './purchase.ts';
import { purchaseProduct } from './purchase-product.ts';

/**
 * Decides a purchase from this day on, by the rules of the platform that sells the offer. An offer is called by its id, a product of new
 * commerce by its catalog item id as well. Refused with every reason that holds.
 */
export function decidePurchase(facts: PurchaseFacts, request: PurchaseRequest): Result<Purchase, Refusal[]> {
  const { catalog } = facts;
  const named = findProductSku(catalog, request.offerId)?.offerId ?? request.offerId.toLowerCase();
  const offer = catalog.offers.get(named);
  const refusals: Refusal[] = facts.reseller ? [] : [{ name: 'reseller-relationship-missing' }];
  if (!offer) return refused([...refusals, { name: 'offer-unknown', offerId: request.offerId }]);
  const decided = offer.product
    ? purchaseProduct(facts, request, { offer, product: offer.product })
    : purchaseLegacy(facts, request, offer);
  const all = [...refusals, ...(decided.ok ? [] : decided.refused), ...baseRefusals(facts, offer, request)];
  return all.length > 0 ? refused(all) : decided;
}

/** Decides several purchases of one act, each as if those before it had been made. */
export function decidePurchases(
  facts: PurchaseFacts,
  requests: readonly PurchaseRequest[],
): Result<Purchase, Refusal[]>[] {
  let known = facts;
  return requests.map((request) => {
    const decided = decidePurchase(known, request);
    if (decided.ok) known = withPurchase(known, decided.value);
    return decided;
  });
}

/** What counts for the next purchase: the seats of the SKU in the tenant, and what the customer owns. */
function withPurchase(facts: PurchaseFacts, { offerId, platform, quantity, termEndsOn }: Purchase): PurchaseFacts {
  const owned = { subscriptionId: null, offerId, channel: 'csp', ours: true, status: 'active' } as const;
  const holdings = [...facts.holdings, { ...owned, endsOn: termEndsOn }];
  if (platform === 'legacy') return { ...facts, holdings };
  const { skuId } = getOffer(facts.catalog, offerId);
  const seats = (facts.tenantSeats.get(skuId) ?? 0) + quantity;
  return { ...facts, holdings, tenantSeats: new Map([...facts.tenantSeats, [skuId, seats]]) };
}

/** A term of 12 months from that day, its first service period billed at once at the list price of the day (B1.2, B3, B4). */
function purchaseLegacy(facts: PurchaseFacts, request: PurchaseRequest, offer: Offer): Result<Purchase, Refusal[]> {
  const { offerId } = offer;
  const { quantity, billingCycle, termDuration } = request;
  const refusals = offerRefusals(facts, offer, request);
  if (termDuration !== 'P1Y') refusals.push({ name: 'term-not-offered', offerId, termDuration });
  if (request.endsOn !== null) refusals.push({ name: 'end-date-not-supported' });
  const unitPrice = facts.prices.get(offerId)?.[billingCycle];
  if (refusals.length > 0 || !unitPrice) return refused(refusals);
  const on = utcDay(facts.now);
  const { endsOn: _, ...bought } = request;
  return accepted({
    ...bought,
    offerId,
    platform: 'legacy',
    unitPrice,
    promotionId: null,
    purchasedOn: on,
    termEndsOn: termAt(on, on).end,
    cancellableUntil: null,
    batch: null,
    charges: [purchaseLine({ purchasedOn: on, billingCycle, unitPrice, quantity })],
  });
}

/** Sold to the customer (N55), priced, with this billing cycle, and within its limits (N27, N29). */
function offerRefusals(facts: PurchaseFacts, offer: Offer, { billingCycle, quantity }: PurchaseRequest): Refusal[] {
  const { offerId } = offer;
  const refusals = marketRefusals(offer, facts);
  const priced = facts.prices.get(offerId);
  if (!priced) refusals.push({ name: 'target-not-priced', offerId });
  if ((priced && !priced[billingCycle]) || !offer.billingCycles.includes(billingCycle)) {
    refusals.push({ name: 'billing-cycle-not-supported', offerId, billingCycle });
  }
  const { min, max } = offer.seats;
  if (quantity < min || quantity > max) {
    refusals.push({ name: 'quantity-out-of-range', offerId, min, max, requested: quantity });
  }
  const most = MOST_SUBSCRIPTIONS;
  const owned = facts.holdings.filter((one) => one.ours && one.offerId === offerId);
  if (max <= BUSINESS_SEATS && owned.length >= most) refusals.push({ name: 'too-many-subscriptions', offerId, most });
  return refusals;
}

/** A business plan has at most so many seats, and a customer so many subscriptions of it through one partner (N27, N29). */
const BUSINESS_SEATS = 300;
const MOST_SUBSCRIPTIONS = 2;

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
