import type { UnitPrice } from '../values/money.ts';
import { contains, type TermDuration } from '../values/period.ts';

/** A percentage off the partner's price, tied to an offer and a term; applied by itself where its conditions hold (N44, N46). */
export type Promotion = {
  readonly promotionId: string;
  readonly offerId: string;
  readonly termDuration: TermDuration;
  /** Hundredths of a percent: 1,500 is 15 %. */
  readonly discountBasisPoints: number;
  readonly validFrom: Temporal.PlainDate;
  readonly validUntil: Temporal.PlainDate;
  readonly conditions: PromotionConditions;
};

export type PromotionConditions = {
  readonly minSeats?: number | undefined;
  /** Counted over all partners, cancelled seats too. */
  readonly maxSeats?: number | undefined;
  readonly firstPurchase?: boolean | undefined;
  readonly redemptions?: number | undefined;
  /** Offers of which the customer must own one. */
  readonly prerequisiteOfferIds?: readonly string[] | undefined;
};

/** What a promotion is asked for, and what of the customer its conditions look at. */
export type PromotionCase = {
  readonly offerId: string;
  readonly termDuration: TermDuration;
  readonly quantity: number;
  readonly on: Temporal.PlainDate;
  /** Seats of the offer's SKU that the customer has already or has had, through whatever partner. */
  readonly seatsBefore: number;
  /** Whether the customer ever had the offer; what renews has. */
  readonly boughtBefore: boolean;
  readonly ownedOfferIds: ReadonlySet<string>;
  /** How often the customer had each promotion. */
  readonly redeemed: ReadonlyMap<string, number>;
};

/** The promotion that is applied: of those whose conditions hold, the one that takes off most (N44 to N46). Null: none. */
export function promotionFor(promotions: readonly Promotion[], asked: PromotionCase): Promotion | null {
  const holding = promotions.filter((one) => holds(one, asked));
  return holding.toSorted((one, other) => other.discountBasisPoints - one.discountBasisPoints)[0] ?? null;
}

/** A list price after a promotion, cut to the millionth as prices are kept. */
export function priceAfter({ micros, currency }: UnitPrice, promotion: Promotion | null): UnitPrice {
  const rest = 10_000 - (promotion?.discountBasisPoints ?? 0);
  return { micros: (micros * BigInt(rest)) / 10_000n, currency };
}

/** What decides about promotions in what a customer holds and held with the partner, and in the whole tenant. */
export function promotionHistory(
  held: readonly PromotedHolding[],
  { offerId, tenantSeats }: { readonly offerId: string; readonly tenantSeats: number },
): Pick<PromotionCase, 'seatsBefore' | 'boughtBefore' | 'ownedOfferIds' | 'redeemed'> {
  const ended = held.filter((one) => one.offerId === offerId && one.status === 'deleted');
  const redeemed = new Map<string, number>();
  for (const { promotionId } of held) {
    if (promotionId !== null) redeemed.set(promotionId, (redeemed.get(promotionId) ?? 0) + 1);
  }
  return {
    seatsBefore: ended.reduce((sum, { quantity }) => sum + quantity, tenantSeats),
    boughtBefore: tenantSeats > 0 || ended.length > 0,
    ownedOfferIds: new Set(held.filter(({ status }) => status !== 'deleted').map((one) => one.offerId)),
    redeemed,
  };
}

/** What of a subscription counts for promotions. */
export type PromotedHolding = {
  readonly offerId: string;
  readonly quantity: number;
  readonly status: string;
  readonly promotionId: string | null;
};

function holds(promotion: Promotion, asked: PromotionCase): boolean {
  const { validFrom, validUntil, conditions } = promotion;
  const { minSeats = 0, maxSeats = Infinity, redemptions = Infinity, firstPurchase, prerequisiteOfferIds } = conditions;
  const seats = asked.seatsBefore + asked.quantity;
  return (
    promotion.offerId === asked.offerId &&
    promotion.termDuration === asked.termDuration &&
    contains({ start: validFrom, end: validUntil }, asked.on) &&
    asked.quantity >= minSeats &&
    seats <= maxSeats &&
    !(firstPurchase && asked.boughtBefore) &&
    (asked.redeemed.get(promotion.promotionId) ?? 0) < redemptions &&
    (prerequisiteOfferIds?.some((one) => asked.ownedOfferIds.has(one)) ?? true)
  );
}
