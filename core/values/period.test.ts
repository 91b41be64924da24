import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, daysIn, isInFirstMonth, type Period, servicePeriodAt, termAt, utcDay } from './period.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const spanOf = ({ start, end }: Period) => `${start.toString()}..${end.toString()}`;

const anyDay = fc.integer({ min: 0, max: 15 * 365 }).map((days) => day('2016-01-01').add({ days }));
const anyCycle = fc.constantFrom('monthly' as const, 'annual' as const);
/** A purchase day and a day up to six years later. */
const anchorAndDay = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 6 * 366 }))
  .map(([anchor, days]) => ({ anchor, on: anchor.add({ days }) }));

describe('a monthly service period', () => {
  it('runs from the purchase day to the day before the same day of the next month (B3)', () => {
    expect(spanOf(servicePeriodAt(day('2018-01-13'), 'monthly', day('2018-01-13')))).toBe('2018-01-13..2018-02-12');
    expect(spanOf(servicePeriodAt(day('2018-01-13'), 'monthly', day('2018-02-12')))).toBe('2018-01-13..2018-02-12');
    expect(spanOf(servicePeriodAt(day('2018-01-13'), 'monthly', day('2018-02-13')))).toBe('2018-02-13..2018-03-12');
  });

  it('bought on January 31 is clipped at each month end and does not drift (decision 8)', () => {
    const starts = ['2018-01-31', '2018-02-28', '2018-03-31', '2018-04-30', '2018-05-31'];
    const periods = starts.map((start) => servicePeriodAt(day('2018-01-31'), 'monthly', day(start)));
    expect(periods.map(spanOf)).toEqual([
      '2018-01-31..2018-02-27',
      '2018-02-28..2018-03-30',
      '2018-03-31..2018-04-29',
      '2018-04-30..2018-05-30',
      '2018-05-31..2018-06-29',
    ]);
    expect(periods.map(daysIn)).toEqual([28, 31, 30, 31, 30]);
  });

  it('reaches February 29 in a leap year', () => {
    expect(spanOf(servicePeriodAt(day('2020-01-31'), 'monthly', day('2020-02-29')))).toBe('2020-02-29..2020-03-30');
    expect(spanOf(servicePeriodAt(day('2020-01-30'), 'monthly', day('2020-02-28')))).toBe('2020-01-30..2020-02-28');
  });

  it('that holds a day before the purchase is the first one', () => {
    expect(spanOf(servicePeriodAt(day('2018-01-13'), 'monthly', day('2017-06-01')))).toBe('2018-01-13..2018-02-12');
  });
});

describe('an annual service period', () => {
  it('has the real 365 or 366 days of its year', () => {
    expect(daysIn(servicePeriodAt(day('2018-01-13'), 'annual', day('2018-01-13')))).toBe(365);
    expect(daysIn(servicePeriodAt(day('2020-01-13'), 'annual', day('2020-06-01')))).toBe(366);
    expect(daysIn(servicePeriodAt(day('2019-03-01'), 'annual', day('2019-03-01')))).toBe(366);
  });

  it('bought on February 29 begins on February 28 in common years and on February 29 again in leap years', () => {
    const on = (text: string) => spanOf(servicePeriodAt(day('2016-02-29'), 'annual', day(text)));
    expect(on('2017-02-27')).toBe('2016-02-29..2017-02-27');
    expect(on('2017-02-28')).toBe('2017-02-28..2018-02-27');
    expect(on('2020-02-28')).toBe('2019-02-28..2020-02-28');
    expect(on('2020-02-29')).toBe('2020-02-29..2021-02-27');
  });

  it('is the running year of the term (B1.2)', () => {
    fc.assert(
      fc.property(anchorAndDay, ({ anchor, on }) => {
        expect(spanOf(termAt(anchor, on))).toBe(spanOf(servicePeriodAt(anchor, 'annual', on)));
      }),
    );
  });
});

describe('service periods', () => {
  it('hold the day that was asked for, and every day of one gives the same one', () => {
    fc.assert(
      fc.property(anchorAndDay, anyCycle, ({ anchor, on }, cycle) => {
        const period = servicePeriodAt(anchor, cycle, on);
        expect(contains(period, on)).toBe(true);
        expect(spanOf(servicePeriodAt(anchor, cycle, period.start))).toBe(spanOf(period));
        expect(spanOf(servicePeriodAt(anchor, cycle, period.end))).toBe(spanOf(period));
      }),
    );
  });

  it('follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(anchorAndDay, anyCycle, ({ anchor, on }, cycle) => {
        const { end } = servicePeriodAt(anchor, cycle, on);
        const next = end.add({ days: 1 });
        expect(servicePeriodAt(anchor, cycle, next).start.toString()).toBe(next.toString());
      }),
    );
  });

  it('begin on the day of the month of the purchase, or on the last day of a shorter month', () => {
    fc.assert(
      fc.property(anchorAndDay, ({ anchor, on }) => {
        const { start } = servicePeriodAt(anchor, 'monthly', on);
        expect(start.day).toBe(Math.min(anchor.day, start.daysInMonth));
      }),
    );
  });
});

describe('the first month', () => {
  it.each([
    ['2018-01-13', '2018-01-13', true],
    ['2018-01-13', '2018-02-12', true],
    ['2018-01-13', '2018-02-13', false],
    ['2018-01-13', '2018-12-31', false],
    ['2018-01-31', '2018-02-27', true],
    ['2018-01-31', '2018-02-28', false],
    ['2020-01-31', '2020-02-28', true],
    ['2020-01-31', '2020-02-29', false],
  ])('of a purchase on %s, asked on %s: %s', (purchase, asked, inIt) => {
    expect(isInFirstMonth(day(purchase), day(asked))).toBe(inIt);
  });

  it('begins again with every renewal (B1.4)', () => {
    expect(isInFirstMonth(day('2018-01-13'), day('2019-01-12'))).toBe(false);
    expect(isInFirstMonth(day('2018-01-13'), day('2019-01-13'))).toBe(true);
    expect(isInFirstMonth(day('2018-01-13'), day('2019-02-12'))).toBe(true);
    expect(isInFirstMonth(day('2018-01-13'), day('2019-02-13'))).toBe(false);
  });

  it('is the first monthly service period of a subscription', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 364 }), (anchor, days) => {
        const on = anchor.add({ days });
        expect(isInFirstMonth(anchor, on)).toBe(contains(servicePeriodAt(anchor, 'monthly', anchor), on));
      }),
    );
  });
});

describe('a day', () => {
  it('is the day in UTC, wherever anybody sits (decision 9)', () => {
    expect(utcDay(Temporal.Instant.from('2026-11-16T01:30:00+03:00')).toString()).toBe('2026-11-15');
    expect(utcDay(Temporal.Instant.from('2026-11-16T00:00:00Z')).toString()).toBe('2026-11-16');
    expect(utcDay(Temporal.Instant.from('2026-11-15T23:59:59.999Z')).toString()).toBe('2026-11-15');
  });

  it('at either end of a period belongs to it', () => {
    const period = { start: day('2018-01-13'), end: day('2018-02-12') };
    const asked = ['2018-01-12', '2018-01-13', '2018-02-12', '2018-02-13'];
    expect(asked.map((text) => contains(period, day(text)))).toEqual([false, true, true, false]);
    expect(daysIn(period)).toBe(31);
  });
});
