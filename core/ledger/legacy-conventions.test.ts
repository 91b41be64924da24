import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { legacyAmount, linesForSeatChange, purchaseLine } from './legacy-billing.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const amountOf = (billingCycle: 'monthly' | 'annual', slice: [seats: number, days: number, of: number]) => {
  const [quantity, days, periodDays] = slice;
  const terms = { unitPrice: parseUnitPrice('4.00', 'USD'), billingCycle };
  return formatMoney(legacyAmount(terms, { quantity, days, periodDays }, 'daily-price-cut'));
};

describe('the published examples that first cut the daily price (C4)', () => {
  const terms = {
    purchasedOn: day('2018-01-13'),
    termEndsOn: day('2019-01-12'),
    billedThrough: day('2019-01-12'),
    billingCycle: 'annual' as const,
    unitPrice: parseUnitPrice('4.00', 'USD'),
    quantity: 1,
    autoRenew: true,
  };

  it('add a seat to a prepaid year of 48.00: 2.47 for 19 days and 89.96 for two seats of 44.98', () => {
    const lines = linesForSeatChange(terms, [purchaseLine(terms)], 2, day('2018-02-01'), 'daily-price-cut');
    expect(lines.map(({ amount }) => formatMoney(amount))).toEqual(['-48.00', '2.47', '89.96']);
    expect(amountOf('annual', [1, 346, 365])).toBe('44.98');
  });

  it('reactivate from March 1: 41.34 for the 318 days that are left', () => {
    expect(amountOf('annual', [1, 318, 365])).toBe('41.34');
  });

  it('bill 12 of the 28 days of a month of 4.00 as 1.72, where full precision has 1.71', () => {
    expect(amountOf('monthly', [1, 12, 28])).toBe('1.72');
    const exact = { unitPrice: parseUnitPrice('4.00', 'USD'), billingCycle: 'monthly' as const };
    expect(formatMoney(legacyAmount(exact, { quantity: 1, days: 12, periodDays: 28 }))).toBe('1.71');
  });

  it('bill the month of 31 days as full precision does: 2.45 and 3.10 (B3)', () => {
    expect([amountOf('monthly', [1, 19, 31]), amountOf('monthly', [2, 12, 31])]).toEqual(['2.45', '3.10']);
  });

  it('keep a whole period at its price: 48.00, not 365 times 0.13', () => {
    expect(amountOf('annual', [1, 365, 365])).toBe('48.00');
  });
});

it('By either convention no slice of a period costs more than all of it, so that no credit is above its charge', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 60_000_000n }),
      fc.constantFrom('monthly', 'annual'),
      fc.constantFrom('full-precision', 'daily-price-cut'),
      fc.integer({ min: 1, max: 31 }),
      (micros, billingCycle, rounding, days) => {
        const terms = { unitPrice: { micros, currency: 'USD' }, billingCycle };
        const periodDays = billingCycle === 'annual' ? 365 : 31;
        const of = (slice: number) => legacyAmount(terms, { quantity: 7, days: slice, periodDays }, rounding).minor;
        expect(of(days) <= of(periodDays) && of(days - 1) <= of(days)).toBe(true);
      },
    ),
  );
});
