import { describe, expect, it } from 'vitest';
import { formatUnitPrice, parseUnitPrice } from '../values/money.ts';
import { priceAfter, type Promotion, promotionFor, type PromotionCase, promotionHistory } from './promotion.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const spring: Promotion = {
  promotionId: 'spring',
  offerId: 'basic',
  termDuration: 'P1Y',
  discountBasisPoints: 1500,
  validFrom: day('2026-03-01'),
  validUntil: day('2026-05-31'),
  conditions: {},
};
const asked: PromotionCase = {
  offerId: 'basic',
  termDuration: 'P1Y',
  quantity: 10,
  on: day('2026-04-01'),
  seatsBefore: 0,
  boughtBefore: false,
  ownedOfferIds: new Set(),
  redeemed: new Map(),
};
const applied = (promotion: Partial<Promotion>, bent: Partial<PromotionCase> = {}) =>
  promotionFor([{ ...spring, ...promotion }], { ...asked, ...bent })?.promotionId ?? null;

describe('a promotion (N44, N46)', () => {
  it('is applied by itself to its offer and its term, on its days, the last one too', () => {
    expect(applied({})).toBe('spring');
    expect(applied({}, { offerId: 'standard' })).toBeNull();
    expect(applied({}, { termDuration: 'P1M' })).toBeNull();
    expect(['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map((on) => applied({}, { on: day(on) }))).toEqual([
      null,
      'spring',
      'spring',
      null,
    ]);
  });

  it('counts seats through all partners up to its most, and asks for its least', () => {
    const conditions = { minSeats: 5, maxSeats: 100 };
    expect(applied({ conditions }, { quantity: 4 })).toBeNull();
    expect(applied({ conditions }, { quantity: 5, seatsBefore: 95 })).toBe('spring');
    expect(applied({ conditions }, { quantity: 5, seatsBefore: 96 })).toBeNull();
  });

  it('can be for a first purchase, for so many times, and for those who own something', () => {
    expect(applied({ conditions: { firstPurchase: true } }, { boughtBefore: true })).toBeNull();
    expect(applied({ conditions: { redemptions: 1 } }, { redeemed: new Map([['spring', 1]]) })).toBeNull();
    const conditions = { prerequisiteOfferIds: ['audio', 'phone'] };
    expect(applied({ conditions })).toBeNull();
    expect(applied({ conditions }, { ownedOfferIds: new Set(['phone']) })).toBe('spring');
  });

  it('that takes off most is the one of several', () => {
    const best = { ...spring, promotionId: 'best', discountBasisPoints: 2000 };
    expect(promotionFor([spring, best], asked)?.promotionId).toBe('best');
  });

  it('comes off the list price, cut to the millionth', () => {
    expect(formatUnitPrice(priceAfter(parseUnitPrice('10.00', 'USD'), spring))).toBe('8.50');
    expect(formatUnitPrice(priceAfter(parseUnitPrice('0.000001', 'USD'), spring))).toBe('0.00');
    expect(formatUnitPrice(priceAfter(parseUnitPrice('10.00', 'USD'), null))).toBe('10.00');
  });

  it('knows a customer by what it holds and held: cancelled seats and old redemptions count', () => {
    const held = [
      { offerId: 'basic', quantity: 7, status: 'deleted', promotionId: 'spring' },
      { offerId: 'phone', quantity: 3, status: 'active', promotionId: null },
    ];
    expect(promotionHistory(held, { offerId: 'basic', tenantSeats: 20 })).toEqual({
      seatsBefore: 27,
      boughtBefore: true,
      ownedOfferIds: new Set(['phone']),
      redeemed: new Map([['spring', 1]]),
    });
    expect(promotionHistory(held, { offerId: 'audio', tenantSeats: 0 }).boughtBefore).toBe(false);
  });
});
