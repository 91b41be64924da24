import type { Offer } from '../catalog/offer.ts';
import type { ProductSku } from '../catalog/product.ts';
import { priceAfter, promotionFor, promotionHistory } from '../catalog/promotion.ts';
import { saleRefusals } from '../catalog/sale.ts';
import { termEnd } from '../ledger/charge-cycle.ts';
import { lineFromDay } from '../ledger/new-commerce-billing.ts';
import type { Refusal } from '../upgrades/refusal.ts';
import type { UnitPrice } from '../values/money.ts';
import { utcDay } from '../values/period.ts';
import { accepted, refused, type Result } from '../values/result.ts';
import { refusalsOfEnd } from './coterminous.ts';
import type { Purchase, PurchaseFacts, PurchaseRequest } from './purchase.ts';
import { batchOf } from './seat-batch.ts';

/** A product with its offer, as the catalog has them. */
type Sold = { readonly offer: Offer; readonly product: ProductSku };

/**
 * A purchase on new commerce: a term from that day, its first charge cycle billed at once at the list price of the day less the promotion that
 * holds (B8, N44), its seats in one batch, and seven days to cancel (N33). Refused with every reason that holds.
 */
export function purchaseProduct(
  facts: PurchaseFacts,
  request: PurchaseRequest,
  { offer, product }: Sold,
): Result<Purchase, Refusal[]> {
  const on = utcDay(facts.now);
  const listed = product.trial ? { micros: 0n, currency: facts.currency } : listPrice(facts, request, product);
  const termEndsOn = request.endsOn ?? usualEnd(product, request, on);
  const refusals = [
    ...saleRefusals(offer, facts),
    ...(product.trial ? trialRefusals(facts, { offer, product }) : termRefusals(request, product, listed)),
    ...seatRefusals(facts, offer, request.quantity),
    ...endRefusals(facts, request, product),
  ];
  if (refusals.length > 0 || !listed) return refused(refusals);
  const { offerId, skuId } = offer;
  const { quantity, termDuration } = request;
  const billingCycle = product.trial ? 'none' : request.billingCycle;
  const history = promotionHistory([...facts.held, ...facts.formerly], {
    offerId,
    tenantSeats: facts.tenantSeats.get(skuId) ?? 0,
  });
  const promotion = product.trial
    ? null
    : promotionFor(facts.promotions, { offerId, termDuration, quantity, on, ...history });
  const unitPrice = priceAfter(listed, promotion);
  const promotionId = promotion?.promotionId ?? null;
  const terms = { termStartsOn: on, termEndsOn, termDuration, billingCycle, unitPrice, promotionId };
  const { endsOn: _, ...bought } = request;
  const batch = product.trial ? null : batchOf(quantity, facts.now);
  return accepted({
    ...bought,
    offerId,
    billingCycle,
    platform: 'newCommerce',
    unitPrice,
    promotionId,
    purchasedOn: on,
    termEndsOn,
    cancellableUntil: batch?.removableUntil ?? null,
    batch,
    charges: [lineFromDay(terms, 'new', quantity, on, facts.rounding.newCommerce)],
  });
}

function listPrice(
  { productPrices }: PurchaseFacts,
  { termDuration, billingCycle }: PurchaseRequest,
  { offerId }: ProductSku,
): UnitPrice | undefined {
  const priced = productPrices.get(offerId) ?? [];
  return priced.find((one) => one.duration === termDuration && one.billingCycle === billingCycle)?.unitPrice;
}

function usualEnd(
  { trial }: ProductSku,
  { termDuration }: Pick<PurchaseRequest, 'termDuration'>,
  on: Temporal.PlainDate,
): Temporal.PlainDate {
  return trial ? on.add({ days: trial.days - 1 }) : termEnd(on, termDuration);
}

/** Sold for such a term, billed so often, and on the price list (N20, N21). */
function termRefusals(
  { termDuration, billingCycle }: PurchaseRequest,
  { offerId, terms }: ProductSku,
  listed: UnitPrice | undefined,
): Refusal[] {
  const ofDuration = terms.filter(({ duration }) => duration === termDuration);
  if (ofDuration.length === 0) return [{ name: 'term-not-offered', offerId, termDuration }];
  if (!ofDuration.some((term) => term.billingCycle === billingCycle)) {
    return [{ name: 'billing-cycle-not-supported', offerId, billingCycle }];
  }
  return listed ? [] : [{ name: 'target-not-priced', offerId }];
}

/** A trial is had once by a customer, and not by who has or had what it becomes (B10.1). It is not billed, however often that was asked for. */
function trialRefusals(
  { holdings, held, formerly }: PurchaseFacts,
  { offer: { offerId }, product: { trial } }: Sold,
): Refusal[] {
  const had = [...holdings, ...held, ...formerly].some(
    (one) => one.offerId === offerId || one.offerId === trial?.becomesOfferId,
  );
  return had ? [{ name: 'trial-had-before', offerId }] : [];
}

/** Within the limits of one subscription and of the whole tenant (N27, N28). */
function seatRefusals({ tenantSeats }: PurchaseFacts, offer: Offer, quantity: number): Refusal[] {
  const { offerId, skuId, seats } = offer;
  const { min, max } = seats;
  if (quantity < min || quantity > max) {
    return [{ name: 'quantity-out-of-range', offerId, min, max, requested: quantity }];
  }
  const held = tenantSeats.get(skuId) ?? 0;
  return held + quantity > max ? [{ name: 'tenant-maximum-exceeded', offerId, max, held, requested: quantity }] : [];
}

/** The first term may end with what the customer has or with a calendar month (N24); how long a trial is, is fixed. */
function endRefusals(
  { now, held }: PurchaseFacts,
  { endsOn, termDuration }: PurchaseRequest,
  product: ProductSku,
): Refusal[] {
  const startsOn = utcDay(now);
  const until = usualEnd(product, { termDuration }, startsOn);
  if (endsOn === null || endsOn.equals(until)) return [];
  if (product.trial) return [{ name: 'end-date-outside-term', endsOn, from: until, until }];
  return refusalsOfEnd({ startsOn, termDuration, others: held }, endsOn);
}
