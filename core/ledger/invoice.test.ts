import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUpInvoice, compareWithQuote, monthOf } from './invoice.ts';
import { sellPrice } from './sell-price.ts';

const usd = (minor: bigint) => ({ minor, currency: 'USD' });
const rates = fc.record({
  marginBasisPoints: fc.integer({ min: -10_000, max: 100_000 }),
  vatBasisPoints: fc.integer({ min: 0, max: 10_000 }),
});

describe('what a line is sold on at', () => {
  it('is the cost with the margin, and the tax on that, each rounded once and half up', () => {
    const sold = sellPrice(usd(10_05n), { marginBasisPoints: 1000, vatBasisPoints: 2000 });
    expect([sold.sell.minor, sold.tax.minor, sold.gross.minor]).toEqual([11_06n, 2_21n, 13_27n]);
  });

  it('of a credit is what the same charge would be, taken back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), rates, (minor, at) => {
        const [charge, credit] = [sellPrice(usd(minor), at), sellPrice(usd(-minor), at)];
        expect([credit.sell.minor, credit.tax.minor]).toEqual([-charge.sell.minor, -charge.tax.minor]);
      }),
    );
  });
});

describe('an invoice', () => {
  it('adds up: its lines to its customers, and its customers to all of it', () => {
    const amounts = fc.array(
      fc.record({
        customerId: fc.constantFrom('a', 'b', 'c'),
        amount: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }).map(usd),
        lines: fc.integer({ min: 1, max: 5 }),
      }),
    );
    fc.assert(
      fc.property(amounts, rates, (given, at) => {
        const invoice = addUpInvoice('USD', given, () => at);
        for (const key of ['cost', 'sell', 'tax', 'gross'] as const) {
          const ofLines = given.reduce(
            (sum, { amount, lines }) => sum + sellPrice(amount, at)[key].minor * BigInt(lines),
            0n,
          );
          const ofCustomers = invoice.customers.reduce((sum, one) => sum + one[key].minor, 0n);
          expect([invoice[key].minor, ofCustomers]).toEqual([ofLines, ofLines]);
        }
        expect(invoice.lines).toBe(given.reduce((sum, { lines }) => sum + lines, 0));
      }),
    );
  });

  it.each([
    ['2026-11-01', '2026-11-01'],
    ['2026-11-30', '2026-11-01'],
    ['2028-02-29', '2028-02-01'],
  ])('of %s is that of the month of %s', (day, first) => {
    expect(monthOf(Temporal.PlainDate.from(day)).toString()).toBe(first);
  });
});

describe('a quote and the bill', () => {
  it('agree where the bill has what was promised, and beside it what was owed anyway', () => {
    expect(compareWithQuote(['credit', 'charge'], ['fee'], ['fee', 'charge', 'credit'])).toEqual({
      missing: [],
      unexpected: [],
    });
  });

  it('differ by what was not billed, and by what was billed twice', () => {
    expect(compareWithQuote(['credit', 'charge'], [], ['charge', 'charge'])).toEqual({
      missing: ['credit'],
      unexpected: ['charge'],
    });
  });
});
