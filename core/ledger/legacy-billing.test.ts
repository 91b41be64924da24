import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseUnitPrice, sumMoney } from '../values/money.ts';
import { type BillingCycle, daysIn, isInFirstMonth, type Period, servicePeriodAt } from '../values/period.ts';
import type { BilledLine, BillingLine } from './charge.ts';
import {
  creditForCancellation,
  cycleFeesDue,
  legacyAmount,
  type LegacyTerms,
  linesForSeatChange,
  purchaseLine,
} from './legacy-billing.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const spanOf = ({ start, end }: Period) => `${start.toString()}..${end.toString()}`;
const textOf = (line: BillingLine | BilledLine) =>
  `${spanOf(line.period)} ${line.chargeType} x ${line.quantity}: ${formatMoney(line.amount)}`;
const minorOf = (lines: readonly (BillingLine | BilledLine)[]) =>
  lines.reduce((sum, { amount }) => sum + amount.minor, 0n);

const renewing = { autoRenew: true, termEndsOn: day('9999-12-31') };

/** A subscription and the lines billed for it that nobody took back, as a ledger keeps them. */
type Account = { terms: LegacyTerms; billed: readonly BilledLine[]; written: readonly BillingLine[] };

function buy(purchasedOn: string, billingCycle: BillingCycle, price: string, quantity: number): Account {
  const unitPrice = parseUnitPrice(price, 'USD');
  const terms = { purchasedOn: day(purchasedOn), billingCycle, unitPrice, quantity, ...renewing };
  const line = purchaseLine(terms);
  const empty = {
    terms: { ...terms, billedThrough: terms.purchasedOn.subtract({ days: 1 }) },
    billed: [],
    written: [],
  };
  return write(empty, [line], line.period.end);
}

function write(account: Account, lines: readonly BillingLine[], billedThrough: Temporal.PlainDate): Account {
  const takenBack = new Set(lines.map((line) => line.reverses?.chargeId));
  const written = [...account.written, ...lines];
  const added = lines.flatMap(({ reverses, ...line }, index) =>
    reverses !== null || line.amount.minor < 0n
      ? []
      : [{ ...line, chargeId: `line ${account.written.length + index}` }],
  );
  const kept = account.billed.filter((line) => !takenBack.has(line.chargeId ?? ''));
  return { terms: { ...account.terms, billedThrough }, billed: [...kept, ...added], written };
}

/** Bills what fell due, then changes the seats. */
function changeSeats(account: Account, quantity: number, on: Temporal.PlainDate): Account {
  const current = bill(account, on);
  const lines = linesForSeatChange(current.terms, current.billed, quantity, on);
  const after = write(current, lines, current.terms.billedThrough);
  return { ...after, terms: { ...after.terms, quantity } };
}

function bill(account: Account, through: Temporal.PlainDate): Account {
  const due = cycleFeesDue(account.terms, through);
  return write(account, due, due.at(-1)?.period.end ?? account.terms.billedThrough);
}

describe('the published examples, billed monthly at 4.00 (B3)', () => {
  const bought = buy('2018-01-13', 'monthly', '4.00', 1);

  it('bill the first and the second month from the purchase day', () => {
    expect(bought.written.map(textOf)).toEqual(['2018-01-13..2018-02-12 Cycle fee x 1: 4.00']);
    expect(cycleFeesDue(bought.terms, day('2018-02-13')).map(textOf)).toEqual([
      '2018-02-13..2018-03-12 Cycle fee x 1: 4.00',
    ]);
  });

  it('add a seat on February 1: everything back, 2.45 and 3.10, then 8.00 for the next month', () => {
    const lines = linesForSeatChange(bought.terms, bought.billed, 2, day('2018-02-01'));
    expect(lines.map(textOf)).toEqual([
      '2018-01-13..2018-02-12 Cancel instance prorate x 1: -4.00',
      '2018-01-13..2018-01-31 Cycle instance prorate x 1: 2.45',
      '2018-02-01..2018-02-12 Cycle instance prorate x 2: 3.10',
    ]);
    expect(lines.map((line) => `${line.days} of ${line.periodDays}`)).toEqual(['31 of 31', '19 of 31', '12 of 31']);
    const after = changeSeats(bought, 2, day('2018-02-01'));
    expect(cycleFeesDue(after.terms, day('2018-02-13')).map(textOf)).toEqual([
      '2018-02-13..2018-03-12 Cycle fee x 2: 8.00',
    ]);
  });

  it('end within the first month with everything back', () => {
    const credits = creditForCancellation(bought.terms, bought.billed, day('2018-02-01'));
    expect(credits.map(textOf)).toEqual(['2018-01-13..2018-02-12 Cancel fee x 1: -4.00']);
    expect(credits.map((line) => line.reverses?.chargeId)).toEqual(bought.billed.map((line) => line.chargeId));
  });
});

describe('the published examples, billed annually at 4.00 a month (B4)', () => {
  const bought = buy('2018-01-13', 'annual', '4.00', 1);

  it('bill the whole year at once', () => {
    expect(bought.written.map(textOf)).toEqual(['2018-01-13..2019-01-12 Prorate fees when purchase x 1: 48.00']);
  });

  it('add a seat on February 1: everything back, then 2.50 and 91.00 at full precision (C4)', () => {
    const lines = linesForSeatChange(bought.terms, bought.billed, 2, day('2018-02-01'));
    expect(lines.map(textOf)).toEqual([
      '2018-01-13..2019-01-12 Cancel instance prorate x 1: -48.00',
      '2018-01-13..2018-01-31 Prorate fees when purchase x 1: 2.50',
      '2018-02-01..2019-01-12 Prorate fees when purchase x 2: 91.00',
    ]);
    expect(lines.map((line) => line.days)).toEqual([365, 19, 346]);
  });

  it('end within the first month with everything back', () => {
    expect(creditForCancellation(bought.terms, bought.billed, day('2018-02-01')).map(textOf)).toEqual([
      '2018-01-13..2019-01-12 Cancel fee x 1: -48.00',
    ]);
  });

  it('bill 36 months from March 20, 2020 in three whole years of 48.00, the last to the day on which it ends', () => {
    const { terms } = buy('2020-03-20', 'annual', '4.00', 1);
    const bounded = { ...terms, autoRenew: false, termEndsOn: day('2023-03-19') };
    const unbilled = { ...bounded, billedThrough: day('2020-03-19') };
    // The published charge dates run a month early from the second year on: they bill 28 days twice, and the last 28 never.
    const years = ['2020-03-20..2021-03-19', '2021-03-20..2022-03-19', '2022-03-20..2023-03-19'];
    for (const rounding of ['full-precision', 'daily-price-cut'] as const) {
      const lines = cycleFeesDue(unbilled, day('2025-01-01'), rounding);
      expect(lines.map(textOf)).toEqual(years.map((year) => `${year} Prorate fees when purchase x 1: 48.00`));
      expect(lines.map((line) => `${line.days} of ${line.periodDays}`)).toEqual(Array(3).fill('365 of 365'));
      expect(minorOf(lines)).toBe(14_400n);
    }
    for (const [on, through] of [
      ['2021-03-19', 1],
      ['2021-03-20', 2],
      ['2022-03-20', 3],
    ] as const)
      expect(cycleFeesDue(unbilled, day(on))).toHaveLength(through);
  });

  it('bill 41.82 for the rest of the year from March 1', () => {
    const days = daysIn({ start: day('2018-03-01'), end: day('2019-01-12') });
    expect(formatMoney(legacyAmount(bought.terms, { quantity: 1, days, periodDays: 365 }))).toBe('41.82');
  });
});

describe('an upgrade, billed as cancellation plus purchase (B6)', () => {
  const bought = buy('2018-01-13', 'monthly', '5.00', 10);
  const creditOn = (on: string) => {
    const current = bill(bought, day(on));
    return creditForCancellation(current.terms, current.billed, day(on)).map(textOf);
  };

  it('of 10 seats from 5.00 to 20.00 on February 1 gives 50.00 back and bills 200.00 (B6.4)', () => {
    expect(creditOn('2018-02-01')).toEqual(['2018-01-13..2018-02-12 Cancel fee x 10: -50.00']);
    const unitPrice = parseUnitPrice('20.00', 'USD');
    const line = purchaseLine({ purchasedOn: day('2018-02-01'), billingCycle: 'monthly', unitPrice, quantity: 10 });
    expect(textOf(line)).toBe('2018-02-01..2018-02-28 Cycle fee x 10: 200.00');
  });

  it('gives the remaining days back after the first month, the day itself included (B6.2)', () => {
    expect(creditOn('2018-03-01')).toEqual(['2018-03-01..2018-03-12 Cancel fee x 10: -21.43']);
    expect(creditOn('2018-03-12')).toEqual(['2018-03-12..2018-03-12 Cancel fee x 10: -1.79']);
    expect(creditOn('2018-03-13')).toEqual(['2018-03-13..2018-04-12 Cancel fee x 10: -50.00']);
  });

  it('gives everything back until the last day of the first month and the rest from the day after (B1.4)', () => {
    expect(creditOn('2018-02-12')).toEqual(['2018-01-13..2018-02-12 Cancel fee x 10: -50.00']);
    expect(creditOn('2018-02-14')).toEqual(['2018-02-14..2018-03-12 Cancel fee x 10: -48.21']);
  });

  it('gives everything back again in the first month after a renewal, and nothing of the year before', () => {
    const renewed = bill(buy('2018-01-13', 'annual', '5.00', 10), day('2019-02-12'));
    const on = (text: string) => creditForCancellation(renewed.terms, renewed.billed, day(text)).map(textOf);
    expect(on('2019-02-12')).toEqual(['2019-01-13..2020-01-12 Cancel fee x 10: -600.00']);
    expect(on('2019-02-13')).toEqual(['2019-02-13..2020-01-12 Cancel fee x 10: -549.04']);
  });

  it('of an annual subscription counts the 366 days of a leap year', () => {
    const leap = buy('2020-01-13', 'annual', '4.00', 1);
    const credits = creditForCancellation(leap.terms, leap.billed, day('2020-03-13'));
    expect(credits.map(textOf)).toEqual(['2020-03-13..2021-01-12 Cancel fee x 1: -40.13']);
    expect(credits.map((line) => `${line.days} of ${line.periodDays}`)).toEqual(['306 of 366']);
  });

  it('on the day of purchase gives back what that day billed', () => {
    expect(creditOn('2018-01-13')).toEqual(['2018-01-13..2018-02-12 Cancel fee x 10: -50.00']);
  });

  it('in the first month takes back each standing line of earlier changes of seats by its own name', () => {
    const grown = changeSeats(bought, 12, day('2018-01-20'));
    const credits = creditForCancellation(grown.terms, grown.billed, day('2018-02-01'));
    expect(credits.map(textOf)).toEqual([
      '2018-01-13..2018-01-19 Cancel fee x 10: -11.29',
      '2018-01-20..2018-02-12 Cancel fee x 12: -46.45',
    ]);
    expect(credits.map((line) => line.reverses?.chargeId)).toEqual(grown.billed.map((line) => line.chargeId));
  });
});

describe('a change of seats', () => {
  const standing = (account: Account) => account.billed.map(textOf);

  it('on the day of purchase leaves one line with the new number', () => {
    const after = changeSeats(buy('2018-01-13', 'monthly', '4.00', 1), 5, day('2018-01-13'));
    expect(standing(after)).toEqual(['2018-01-13..2018-02-12 Cycle instance prorate x 5: 20.00']);
  });

  it('to the same number bills nothing', () => {
    const { terms, billed } = buy('2018-01-13', 'monthly', '4.00', 7);
    expect(linesForSeatChange(terms, billed, 7, day('2018-02-01'))).toEqual([]);
  });

  it('twice on one day leaves the last number of that day', () => {
    const once = changeSeats(buy('2018-01-13', 'monthly', '4.00', 1), 2, day('2018-02-01'));
    expect(standing(changeSeats(once, 3, day('2018-02-01')))).toEqual([
      '2018-01-13..2018-01-31 Cycle instance prorate x 1: 2.45',
      '2018-02-01..2018-02-12 Cycle instance prorate x 3: 4.65',
    ]);
  });

  it('three times in one period leaves one line for each number of seats', () => {
    const first = changeSeats(buy('2018-01-13', 'monthly', '4.00', 1), 2, day('2018-02-01'));
    const second = changeSeats(first, 5, day('2018-02-06'));
    expect(standing(changeSeats(second, 3, day('2018-02-10')))).toEqual([
      '2018-01-13..2018-01-31 Cycle instance prorate x 1: 2.45',
      '2018-02-01..2018-02-05 Cycle instance prorate x 2: 1.29',
      '2018-02-06..2018-02-09 Cycle instance prorate x 5: 2.58',
      '2018-02-10..2018-02-12 Cycle instance prorate x 3: 1.16',
    ]);
  });

  it('on the last day of a period bills that one day at the new number', () => {
    const after = changeSeats(buy('2018-01-13', 'monthly', '4.00', 1), 2, day('2018-02-12'));
    expect(standing(after)).toEqual([
      '2018-01-13..2018-02-11 Cycle instance prorate x 1: 3.87',
      '2018-02-12..2018-02-12 Cycle instance prorate x 2: 0.26',
    ]);
  });

  it('divides a period that is clipped at the month end by its real days', () => {
    const after = changeSeats(buy('2018-01-31', 'monthly', '4.00', 1), 2, day('2018-02-14'));
    expect(standing(after)).toEqual([
      '2018-01-31..2018-02-13 Cycle instance prorate x 1: 2.00',
      '2018-02-14..2018-02-27 Cycle instance prorate x 2: 4.00',
    ]);
  });

  it('leaves the months before as they were billed', () => {
    const after = changeSeats(buy('2018-01-13', 'monthly', '4.00', 1), 2, day('2018-03-01'));
    expect(standing(after)).toEqual([
      '2018-01-13..2018-02-12 Cycle fee x 1: 4.00',
      '2018-02-13..2018-02-28 Cycle instance prorate x 1: 2.29',
      '2018-03-01..2018-03-12 Cycle instance prorate x 2: 3.43',
    ]);
  });

  it('takes back a fee that fell due in the same act, although it has no name yet', () => {
    const { terms, billed } = buy('2018-01-13', 'monthly', '4.00', 1);
    const due = cycleFeesDue(terms, day('2018-03-01'));
    const lines = linesForSeatChange(terms, [...billed, ...due], 2, day('2018-03-01'));
    expect(lines.map(textOf)).toEqual([
      '2018-02-13..2018-03-12 Cancel instance prorate x 1: -4.00',
      '2018-02-13..2018-02-28 Cycle instance prorate x 1: 2.29',
      '2018-03-01..2018-03-12 Cycle instance prorate x 2: 3.43',
    ]);
    expect(lines.map((line) => line.reverses)).toEqual([due[0], null, null]);
  });
});

describe('a term that is not renewed', () => {
  const once = (cycle: BillingCycle = 'monthly', termEndsOn = '2019-01-12'): Account => {
    const { terms, ...account } = buy('2018-01-13', cycle, '4.00', 1);
    return { ...account, terms: { ...terms, autoRenew: false, termEndsOn: day(termEndsOn) } };
  };

  it.each([
    ['monthly', 12],
    ['annual', 1],
  ] as const)('is billed to its last day and no further, %s', (cycle, periods) => {
    const { written, terms } = bill(once(cycle), day('2020-06-01'));
    expect(written).toHaveLength(periods);
    expect(terms.billedThrough.toString()).toBe('2019-01-12');
    expect(cycleFeesDue(terms, day('2021-06-01'))).toEqual([]);
  });

  it('that ends within a service period is billed for the days until then', () => {
    const { written, terms } = bill(once('monthly', '2018-02-20'), day('2018-03-20'));
    expect(written.map(textOf)).toEqual([
      '2018-01-13..2018-02-12 Cycle fee x 1: 4.00',
      '2018-02-13..2018-02-20 Cycle fee x 1: 1.14',
    ]);
    expect(creditForCancellation(terms, written, day('2018-02-19')).map(textOf)).toEqual([
      '2018-02-19..2018-02-20 Cancel fee x 1: -0.29',
    ]);
    expect(bill({ ...once(), terms }, day('2018-06-01')).written).toHaveLength(1);
  });

  it('gives nothing back and bills no change of seats once it is over', () => {
    const { billed, terms } = bill(once(), day('2020-06-01'));
    for (const on of ['2019-01-13', '2019-02-01', '2019-05-05'].map(day)) {
      expect(creditForCancellation(terms, billed, on)).toEqual([]);
      expect(linesForSeatChange(terms, billed, 5, on)).toEqual([]);
    }
  });
});

describe('a day before the purchase, on a clock that was moved back', () => {
  it('changes seats from the first day of the first period', () => {
    const { terms, billed } = buy('2018-01-13', 'monthly', '4.00', 1);
    expect(linesForSeatChange(terms, billed, 2, day('2017-12-01')).map(textOf)).toEqual([
      '2018-01-13..2018-02-12 Cancel instance prorate x 1: -4.00',
      '2018-01-13..2018-02-12 Cycle instance prorate x 2: 8.00',
    ]);
  });

  it('gives back what the first period billed, and no more', () => {
    const { terms, billed } = buy('2018-01-13', 'annual', '4.00', 1);
    expect(creditForCancellation(terms, billed, day('2016-12-01')).map(textOf)).toEqual([
      '2018-01-13..2019-01-12 Cancel fee x 1: -48.00',
    ]);
  });
});

const price = fc.integer({ min: 1, max: 100_000_000 }).map((micros) => ({ micros: BigInt(micros), currency: 'USD' }));
const seats = fc.integer({ min: 1, max: 300 });
/** Mostly near month ends and leap days, where a period is clipped. */
const purchaseDay = fc.oneof(
  fc.integer({ min: 0, max: 9 * 365 }).map((days) => day('2016-01-01').add({ days })),
  fc.constantFrom('2016-02-29', '2019-12-31', '2020-01-29', '2020-01-31', '2023-08-31', '2024-02-29').map(day),
);
/** Any history: a purchase, then changes of seats, some on one day, some periods apart. */
const history = fc
  .record({
    purchasedOn: purchaseDay,
    billingCycle: fc.constantFrom('monthly' as const, 'annual' as const),
    unitPrice: price,
    quantity: seats,
    changes: fc.array(fc.record({ daysLater: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(200)), seats }), {
      maxLength: 6,
    }),
    endsAfter: fc.nat(40),
  })
  .map(({ purchasedOn, billingCycle, unitPrice, quantity, changes, endsAfter }) => {
    const terms = { purchasedOn, billingCycle, unitPrice, quantity, ...renewing };
    const first = purchaseLine(terms);
    const unbilled = { ...terms, billedThrough: purchasedOn.subtract({ days: 1 }) };
    let account = write({ terms: unbilled, billed: [], written: [] }, [first], first.period.end);
    let on = purchasedOn;
    for (const change of changes) {
      on = on.add({ days: change.daysLater });
      account = changeSeats(account, change.seats, on);
    }
    on = on.add({ days: endsAfter });
    account = bill(account, on);
    const running = servicePeriodAt(purchasedOn, billingCycle, on);
    const slices = account.billed.filter((line) => Temporal.PlainDate.compare(running.start, line.period.start) <= 0);
    return { account, on, running, slices };
  });

describe('whatever changes of seats came before', () => {
  it('the standing lines cover the running service period without gap or overlap, the last with the present number', () => {
    fc.assert(
      fc.property(history, ({ account, running, slices }) => {
        const inOrder = slices.toSorted((one, other) =>
          Temporal.PlainDate.compare(one.period.start, other.period.start),
        );
        let next = running.start;
        for (const { period } of inOrder) {
          expect(period.start.toString()).toBe(next.toString());
          expect(Temporal.PlainDate.compare(period.start, period.end)).toBeLessThanOrEqual(0);
          next = period.end.add({ days: 1 });
        }
        expect(next.toString()).toBe(running.end.add({ days: 1 }).toString());
        expect(inOrder.at(-1)?.quantity).toBe(account.terms.quantity);
      }),
    );
  });

  it('all lines ever written sum to those that stand, and each line is taken back once at most', () => {
    fc.assert(
      fc.property(history, ({ account: { written, billed } }) => {
        expect(minorOf(written)).toBe(minorOf(billed));
        const takenBack = written.flatMap(({ reverses }) => reverses?.chargeId ?? []);
        expect(new Set(takenBack).size).toBe(takenBack.length);
      }),
    );
  });

  it('the standing lines are off the exact price of the days and seats by half a cent each at most', () => {
    fc.assert(
      fc.property(history, ({ account: { terms }, running, slices }) => {
        const months = terms.billingCycle === 'annual' ? 12n : 1n;
        const seatDays = slices.reduce((sum, { days, quantity }) => sum + BigInt(days * quantity), 0n);
        // In millionths of a cent times the days of the period, so that nothing is divided.
        const [periodDays, billed] = [BigInt(daysIn(running)), minorOf(slices)];
        const off = billed * 10_000n * periodDays - terms.unitPrice.micros * months * seatDays;
        const limit = (BigInt(slices.length) * 10_000n * periodDays) / 2n;
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('a cancellation gives everything back in the first month, later a part, and never more than was billed', () => {
    fc.assert(
      fc.property(history, ({ account: { terms, billed }, on, running, slices }) => {
        const credits = creditForCancellation(terms, billed, on);
        const [credit, paid] = [minorOf(credits), minorOf(slices)];
        expect(credit).toBeLessThanOrEqual(0n);
        expect(-credit).toBeLessThanOrEqual(paid);
        if (isInFirstMonth(terms.purchasedOn, on)) expect(-credit).toBe(paid);
        else expect(credits.map(({ period }) => spanOf(period))).toEqual([spanOf({ start: on, end: running.end })]);
        expect(
          sumMoney(
            'USD',
            credits.map((line) => line.amount),
          ).minor,
        ).toBe(credit);
      }),
    );
  });

  it('every line says how it was computed', () => {
    fc.assert(
      fc.property(history, ({ account: { terms, written } }) => {
        for (const line of written) {
          const amount = legacyAmount({ ...terms, unitPrice: line.unitPrice }, line);
          expect(line.amount.minor < 0n ? -line.amount.minor : line.amount.minor).toBe(amount.minor);
          expect(line.days).toBe(daysIn(line.period));
        }
      }),
    );
  });
});

describe('the fees that fell due', () => {
  const unbilled = fc.record({
    terms: fc.record({
      purchasedOn: purchaseDay,
      billingCycle: fc.constantFrom('monthly' as const, 'annual' as const),
      unitPrice: price,
      quantity: seats,
      autoRenew: fc.constant(true),
      termEndsOn: fc.constant(renewing.termEndsOn),
    }),
    days: fc.nat(1500),
  });

  it('follow each other from the day after the last bill through the period of the day asked for', () => {
    fc.assert(
      fc.property(unbilled, ({ terms, days }) => {
        const through = terms.purchasedOn.add({ days });
        const lines = cycleFeesDue({ ...terms, billedThrough: terms.purchasedOn.subtract({ days: 1 }) }, through);
        let next = terms.purchasedOn;
        for (const { period, days: billedDays, periodDays } of lines) {
          expect(period.start.toString()).toBe(next.toString());
          expect(billedDays).toBe(periodDays);
          next = period.end.add({ days: 1 });
        }
        const last = servicePeriodAt(terms.purchasedOn, terms.billingCycle, through);
        expect(next.toString()).toBe(last.end.add({ days: 1 }).toString());
      }),
    );
  });

  it('are the same whether billed at once or in between', () => {
    fc.assert(
      fc.property(unbilled, fc.nat(1500), ({ terms, days }, pause) => {
        const [start, through] = [terms.purchasedOn, terms.purchasedOn.add({ days: days + pause })];
        const fresh = { ...terms, billedThrough: start.subtract({ days: 1 }) };
        const before = cycleFeesDue(fresh, start.add({ days }));
        const after = cycleFeesDue({ ...terms, billedThrough: before.at(-1)?.period.end ?? start }, through);
        expect([...before, ...after].map(textOf)).toEqual(cycleFeesDue(fresh, through).map(textOf));
      }),
    );
  });

  it('are none while the last bill reaches further', () => {
    const { terms } = buy('2018-01-13', 'monthly', '4.00', 1);
    expect(cycleFeesDue(terms, day('2018-02-12'))).toEqual([]);
    expect(cycleFeesDue(terms, day('2018-02-13'))).toHaveLength(1);
  });
});
