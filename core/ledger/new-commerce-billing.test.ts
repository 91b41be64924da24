import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseUnitPrice, sumMoney } from '../values/money.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import type { BillingLine } from './charge.ts';
import { chargeCycleAt, termEnd } from './charge-cycle.ts';
import {
  creditFromDay,
  cycleChargesDue,
  lineFromDay,
  linesForQuantity,
  newCommerceAmount,
  type NewCommerceRounding,
} from './new-commerce-billing.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const usd = (minor: bigint) => ({ minor, currency: 'USD' });
const textOf = ({ chargeType, period, quantity, amount }: BillingLine) =>
  `${chargeType} ${period.start.toString().slice(5)}..${period.end.toString().slice(5)} x ${quantity}: ${formatMoney(amount)}`;
const netOf = (lines: readonly BillingLine[]) =>
  sumMoney(
    'USD',
    lines.map(({ amount }) => amount),
  );

type Bought = { start: string; price: string; quantity: number; term?: TermDuration; billingCycle?: BillingCycle };

function termsOf({ start, price, quantity, term = 'P1M', billingCycle = 'monthly' }: Bought) {
  const termStartsOn = day(start);
  return {
    termStartsOn,
    termEndsOn: termEnd(termStartsOn, term),
    termDuration: term,
    billingCycle,
    unitPrice: parseUnitPrice(price, 'USD'),
    promotionId: null,
    quantity,
    billedThrough: termStartsOn.subtract({ days: 1 }),
  };
}

describe('the published examples of new commerce (B8)', () => {
  const bought = termsOf({ start: '2021-06-18', price: '10.08', quantity: 10 });

  it('bill 10 seats at 10.08 from June 18 for a month, and the same again when the term renews', () => {
    const first = lineFromDay(bought, 'new', 10, day('2021-06-18'));
    expect(textOf(first)).toBe('new 06-18..07-17 x 10: 100.80');
    const renewed = termsOf({ start: '2021-07-18', price: '10.08', quantity: 10 });
    expect(textOf(lineFromDay(renewed, 'renew', 10, day('2021-07-18')))).toBe('renew 07-18..08-17 x 10: 100.80');
  });

  it('bill a yearly term month by month, cycle charges after the first', () => {
    const yearly = { ...termsOf({ start: '2021-06-18', price: '10.08', quantity: 10, term: 'P1Y' }) };
    const due = cycleChargesDue({ ...yearly, billedThrough: day('2021-07-17') }, day('2022-12-31'));
    expect(due).toHaveLength(11);
    expect(due.slice(0, 2).map(textOf)).toEqual([
      'cycleCharge 07-18..08-17 x 10: 100.80',
      'cycleCharge 08-18..09-17 x 10: 100.80',
    ]);
    expect(due.at(-1)?.period.end.toString()).toBe('2022-06-17');
  });

  it('bill a prepaid year in one line of 1,209.60', () => {
    const prepaid = termsOf({
      start: '2021-06-18',
      price: '120.96',
      quantity: 10,
      term: 'P1Y',
      billingCycle: 'annual',
    });
    expect(formatMoney(lineFromDay(prepaid, 'new', 10, day('2021-06-18')).amount)).toBe('1209.60');
  });

  const charged = usd(10080n);
  const addTwo = (rounding?: NewCommerceRounding) =>
    linesForQuantity(bought, 12, { on: day('2021-06-20'), charged }, rounding).map(textOf);

  it('add two seats on June 20: 94.08 back and 112.89 for the 28 of 30 days that are left', () => {
    expect(addTwo('as-printed')).toEqual([
      'addQuantity 06-20..07-17 x 10: -94.08',
      'addQuantity 06-20..07-17 x 12: 112.89',
    ]);
  });

  it('add two seats by the documented formula instead, which cuts the price of a seat: 94.00 and 112.80 (C5)', () => {
    expect(addTwo()).toEqual(addTwo('cut-unit'));
    expect(addTwo()).toEqual(['addQuantity 06-20..07-17 x 10: -94.00', 'addQuantity 06-20..07-17 x 12: 112.80']);
  });

  const upgrade = (rounding?: NewCommerceRounding) => {
    const source = termsOf({ start: '2021-06-18', price: '10.08', quantity: 300 });
    const target = { ...source, unitPrice: parseUnitPrice('6.43', 'USD') };
    const on = day('2021-06-25');
    const bill = lineFromDay(source, 'new', 300, source.termStartsOn, rounding);
    const credit = creditFromDay(source, 'convert', 300, { on, charged: bill.amount }, rounding);
    return [bill, credit, lineFromDay(target, 'convert', 300, on, rounding)];
  };

  it('upgrade 300 seats from 10.08 to 6.43 on June 25: 3,024.00, then 2,316.00 back and 1,476.00, 23 of 30 days', () => {
    for (const rounding of ['cut-unit', 'as-printed'] as const) {
      expect(upgrade(rounding).map(textOf)).toEqual([
        'new 06-18..07-17 x 300: 3024.00',
        'convert 06-25..07-17 x 300: -2316.00',
        'convert 06-25..07-17 x 300: 1476.00',
      ]);
    }
    expect(upgrade()[1]).toMatchObject({ days: 23, periodDays: 30 });
  });

  it('upgrade by the cut of the product instead: 2,318.40 back, the exact value (C5)', () => {
    expect(upgrade('cut-total').map(({ amount }) => formatMoney(amount))).toEqual(['3024.00', '-2318.40', '1478.90']);
  });

  it('turn a trial of 25 seats paid on its first day at 52.61: 0, 0, 1,315.25', () => {
    const on = day('2021-06-25');
    const trial = {
      ...termsOf({ start: '2021-06-25', price: '0', quantity: 25, billingCycle: 'none' }),
      termEndsOn: day('2021-07-24'),
    };
    const paid = termsOf({ start: '2021-06-25', price: '52.61', quantity: 25, term: 'P1Y' });
    const bill = lineFromDay(trial, 'new', 25, on);
    const lines = [
      bill,
      creditFromDay(trial, 'convert', 25, { on, charged: bill.amount }),
      lineFromDay(paid, 'convert', 25, on),
    ];
    expect(lines.map(({ amount }) => formatMoney(amount))).toEqual(['0.00', '0.00', '1315.25']);
  });
});

describe('a line of new commerce', () => {
  const terms = termsOf({ start: '2021-06-18', price: '10.08', quantity: 10, term: 'P1Y' });

  it('is cut and never rounded up: 112.896 is 112.89, and 112.89 back', () => {
    const measured = { quantity: 12, days: 28, periodDays: 30 };
    const cut = (quantity: number) => newCommerceAmount(terms.unitPrice, { ...measured, quantity }, 'cut-total').minor;
    expect([cut(12), cut(-12)]).toEqual([11289n, -11289n]);
  });

  it('names the promotion that its price is lower by', () => {
    expect(lineFromDay({ ...terms, promotionId: 'spring' }, 'new', 10, day('2021-06-18')).promotionId).toBe('spring');
  });

  it('of a day before the term is that of its first day, and there is none after it', () => {
    expect(textOf(lineFromDay(terms, 'new', 1, day('2021-06-01')))).toBe('new 06-18..07-17 x 1: 10.08');
    expect(() => lineFromDay(terms, 'addQuantity', 1, day('2022-06-18'))).toThrow('after the term');
  });

  it('of a day later is for exactly one day less, until the cycle is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 363 }), (index) => {
        const on = terms.termStartsOn.add({ days: index });
        const [today, tomorrow] = [on, on.add({ days: 1 })].map((one) => lineFromDay(terms, 'convert', 10, one));
        const endsToday = chargeCycleAt(terms, on).period.end.equals(on);
        expect(today?.days).toBe(endsToday ? 1 : (tomorrow?.days ?? 0) + 1);
      }),
    );
  });

  it('of nothing is written where the number of seats stays the same', () => {
    expect(linesForQuantity(terms, 10, { on: day('2021-07-01'), charged: usd(10080n) })).toEqual([]);
  });
});

const roundings = fc.constantFrom<NewCommerceRounding>('cut-unit', 'cut-total', 'as-printed');
/** Prices to the millionth, as a percentage off a list price may leave them. */
const prices = fc.bigInt({ min: 0n, max: 60_000_000n }).map((micros) => ({ micros, currency: 'USD' }));
const changes = fc.array(
  fc.record({ after: fc.nat(30), seats: fc.integer({ min: 1, max: 300 }), rounding: roundings }),
  { minLength: 1, maxLength: 6 },
);

describe('whatever is done in one charge cycle, by whichever conventions', () => {
  it('no act gives back more than was charged, and all acts together never more than was paid', () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 300 }), roundings, changes, (unitPrice, seats, first, acts) => {
        const terms = { ...termsOf({ start: '2021-06-18', price: '0', quantity: seats }), unitPrice };
        let charged = lineFromDay(terms, 'new', seats, terms.termStartsOn, first).amount;
        let quantity = seats;
        for (const act of acts.toSorted((one, other) => one.after - other.after)) {
          const on = terms.termStartsOn.add({ days: Math.min(act.after, 29) });
          const lines = linesForQuantity({ ...terms, quantity }, act.seats, { on, charged }, act.rounding);
          expect(-(lines[0]?.amount.minor ?? 0n) <= charged.minor).toBe(true);
          charged = sumMoney('USD', [charged, netOf(lines)]);
          expect(charged.minor >= 0n).toBe(true);
          quantity = act.seats;
        }
      }),
    );
  });

  it('two changes that end at the first number cost at most a cent for each seat', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 29 }),
        fc.integer({ min: 1, max: 300 }),
        roundings,
        (after, seats, rounding) => {
          const terms = termsOf({ start: '2021-06-18', price: '10.08', quantity: 10 });
          const on = terms.termStartsOn.add({ days: after });
          const there = linesForQuantity(terms, seats, { on, charged: usd(10080n) }, rounding);
          const charged = sumMoney('USD', [usd(10080n), netOf(there)]);
          const back = linesForQuantity({ ...terms, quantity: seats }, 10, { on, charged }, rounding);
          const { minor } = netOf([...there, ...back]);
          expect(minor >= -10n && minor <= 10n).toBe(true);
        },
      ),
    );
  });
});
