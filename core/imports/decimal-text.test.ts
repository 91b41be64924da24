import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDecimal, signOf, type SignCounts } from './decimal-text.ts';

const POINT: SignCounts = { '.': 3, ',': 0 };
const COMMA: SignCounts = { '.': 0, ',': 3 };
const BOTH: SignCounts = { '.': 1, ',': 3 };
const NEITHER: SignCounts = { '.': 0, ',': 0 };

describe('a number of a file', () => {
  it.each([
    ['12', null],
    ['4.50', '.'],
    ['4,5', ','],
    ['0.125', '.'],
    ['1.234', null],
    ['1234.567', '.'],
    ['1.234,50', ','],
    ['1,234.50', '.'],
    ['1.234.567', ','],
    ["1'234.50", '.'],
    ['1 234,50', ','],
    ['1.2.3', undefined],
    ['1,23,456.00', undefined],
    ['-4', undefined],
    ['4.50 USD', undefined],
    ['', undefined],
  ])('%s can be read with the sign %s alone', (text, sign) => {
    expect(signOf(text)).toBe(sign);
  });

  it.each([
    ['1.234,50', COMMA, '1234.5'],
    ['1,234.50', POINT, '1234.5'],
    ['1.234', POINT, '1.234'],
    ['1.234', COMMA, '1234'],
    ['007', NEITHER, '7'],
    ['4,50', NEITHER, '4.5'],
    ['1.234', NEITHER, { doubt: 'unclear-decimals' }],
    ['1.234', BOTH, { doubt: 'mixed-decimals' }],
    ['4.50', BOTH, { doubt: 'mixed-decimals' }],
    ['4,50', BOTH, '4.5'],
    ['1,1234567', COMMA, { doubt: 'too-precise' }],
    ['free', POINT, { doubt: 'not-a-number' }],
  ] as const)('%s is read by what the rest of the file tells', (text, counts, read) => {
    expect(readDecimal(text, counts)).toEqual(read);
  });

  it('is the same again after it was printed in either way', () => {
    const amounts = fc.tuple(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(amounts, fc.boolean(), ([whole, cents], turkish) => {
        const printed = new Intl.NumberFormat(turkish ? 'tr' : 'en', { minimumFractionDigits: 2 });
        const decimals = String(cents).padStart(2, '0').replace(/0+$/, '');
        const text = printed.format(`${whole}.${String(cents).padStart(2, '0')}` as Intl.StringNumericLiteral);
        expect(readDecimal(text, turkish ? COMMA : POINT)).toBe(decimals ? `${whole}.${decimals}` : String(whole));
      }),
    );
  });
});
