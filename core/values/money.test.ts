import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exponentOf,
  formatMoney,
  formatUnitPrice,
  parseMoney,
  parseUnitPrice,
  priceTimes,
  roundHalfUp,
  sumMoney,
} from './money.ts';

const currency = fc.constantFrom('TRY', 'USD', 'EUR', 'INR', 'JPY', 'KRW', 'KWD', 'TND');
const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe('rounding half up by magnitude (decision 8)', () => {
  it.each([
    ['1.715', '1.72'],
    ['-1.715', '-1.72'],
    ['1.714999', '1.71'],
    ['-1.714999', '-1.71'],
    ['0.005', '0.01'],
    ['-0.005', '-0.01'],
    ['0.004999', '0.00'],
    ['-0.004999', '0.00'],
    ['2.675', '2.68'],
  ])('makes %s into %s', (exact, rounded) => {
    expect(formatMoney(priceTimes(parseUnitPrice(exact, 'USD'), 1n, 1n))).toBe(rounded);
  });

  it('gives a charge and its credit the same magnitude', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 9n }), (numerator, denominator) => {
        expect(roundHalfUp(-numerator, denominator)).toBe(-roundHalfUp(numerator, denominator));
        expect(roundHalfUp(numerator, -denominator)).toBe(-roundHalfUp(numerator, denominator));
        expect(roundHalfUp(-numerator, -denominator)).toBe(roundHalfUp(numerator, denominator));
      }),
    );
  });

  it('is never off by more than half a minor unit, and takes the half upwards', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (numerator, denominator) => {
          const twiceTooMuch = 2n * (roundHalfUp(numerator, denominator) * denominator - numerator);
          expect(twiceTooMuch).toBeGreaterThan(-denominator);
          expect(twiceTooMuch).toBeLessThanOrEqual(denominator);
        },
      ),
    );
  });
});

describe('a unit price times seats and days', () => {
  it('is rounded once, at the end', () => {
    const price = parseUnitPrice('4.00', 'USD');
    expect(formatMoney(priceTimes(price, 12n, 31n))).toBe('1.55');
    expect(formatMoney(priceTimes(price, 12n * 2n, 31n))).toBe('3.10');
    expect(formatMoney(priceTimes(price, 12n * 1000n, 31n))).toBe('1548.39');
  });

  it('follows the minor unit of its currency', () => {
    expect(formatMoney(priceTimes(parseUnitPrice('100', 'JPY'), 1n, 3n))).toBe('33');
    expect(formatMoney(priceTimes(parseUnitPrice('100', 'TRY'), 1n, 3n))).toBe('33.33');
    expect(formatMoney(priceTimes(parseUnitPrice('100', 'KWD'), 1n, 3n))).toBe('33.333');
  });

  it('keeps all six decimals of a price', () => {
    expect(formatMoney(priceTimes(parseUnitPrice('0.000001', 'USD'), 10_000_000n, 1n))).toBe('10.00');
  });
});

describe('an amount', () => {
  it.each([
    ['USD', 2],
    ['TRY', 2],
    ['INR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['CLP', 0],
    ['KWD', 3],
    ['TND', 3],
  ])('in %s has %i decimals (ISO 4217)', (code, decimals) => {
    expect(exponentOf(code)).toBe(decimals);
    expect(formatMoney({ minor: 0n, currency: code })).toBe(decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`);
  });

  it.each([
    [1230n, 'USD', '12.30'],
    [-5n, 'USD', '-0.05'],
    [5000n, 'JPY', '5000'],
    [-1n, 'KWD', '-0.001'],
  ])('of %s minor units in %s is written %s', (minor, code, text) => {
    expect(formatMoney({ minor, currency: code })).toBe(text);
  });

  it('is the same after it was written and read', () => {
    fc.assert(
      fc.property(amount, currency, (minor, code) => {
        expect(parseMoney(formatMoney({ minor, currency: code }), code)).toEqual({ minor, currency: code });
      }),
    );
  });

  it.each(['', '-', '.5', '5.', '+5', '1,50', '1e3', ' 5', '5 ', '--5', '١', '5.001'])(
    'cannot be read from "%s"',
    (text) => {
      expect(() => parseMoney(text, 'USD')).toThrow(SyntaxError);
    },
  );

  it('may carry zeros past the last minor unit, nothing else', () => {
    expect(parseMoney('5.000000', 'USD').minor).toBe(500n);
    expect(parseMoney('5.0', 'JPY').minor).toBe(5n);
    expect(() => parseMoney('5.5', 'JPY')).toThrow(SyntaxError);
  });
});

describe('a unit price', () => {
  it.each([
    ['5', 'USD', '5.00'],
    ['6.125', 'USD', '6.125'],
    ['6.120000', 'USD', '6.12'],
    ['0.000001', 'USD', '0.000001'],
    ['500', 'JPY', '500'],
    ['500.5', 'JPY', '500.5'],
    ['1.5', 'KWD', '1.500'],
  ])('read as %s in %s is written %s', (text, code, written) => {
    expect(formatUnitPrice(parseUnitPrice(text, code))).toBe(written);
  });

  it('is the same after it was written and read', () => {
    fc.assert(
      fc.property(amount, currency, (micros, code) => {
        expect(parseUnitPrice(formatUnitPrice({ micros, currency: code }), code)).toEqual({ micros, currency: code });
      }),
    );
  });

  it('has at most six decimals', () => {
    expect(() => parseUnitPrice('1.0000001', 'USD')).toThrow(SyntaxError);
  });
});

describe('a sum', () => {
  it('of no amounts is zero in its currency', () => {
    expect(sumMoney('TRY', [])).toEqual({ minor: 0n, currency: 'TRY' });
  });

  it('does not depend on the order of its amounts', () => {
    fc.assert(
      fc.property(fc.array(amount), (minors) => {
        const amounts = minors.map((minor) => ({ minor, currency: 'USD' }));
        expect(sumMoney('USD', amounts.toReversed())).toEqual(sumMoney('USD', amounts));
      }),
    );
  });

  it('never mixes currencies', () => {
    expect(() => sumMoney('USD', [{ minor: 1n, currency: 'TRY' }])).toThrow(RangeError);
  });
});
