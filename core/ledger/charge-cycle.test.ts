import { describe, expect, it } from 'vitest';
import { daysIn, type Period, type TermDuration } from '../values/period.ts';
import { chargeCycleAt, type Term, termEnd } from './charge-cycle.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const spanOf = ({ start, end }: Period) => `${start.toString()}..${end.toString()}`;

function termFrom(start: string, termDuration: TermDuration, billingCycle: Term['billingCycle'] = 'monthly'): Term {
  const termStartsOn = day(start);
  return { termStartsOn, termEndsOn: termEnd(termStartsOn, termDuration), termDuration, billingCycle };
}

/** Every charge cycle of a term, in order. */
function cyclesOf(term: Term): Period[] {
  const cycles: Period[] = [];
  let next = term.termStartsOn;
  while (Temporal.PlainDate.compare(next, term.termEndsOn) <= 0) {
    const { period } = chargeCycleAt(term, next);
    cycles.push(period);
    next = period.end.add({ days: 1 });
  }
  return cycles;
}

/** Every day of four years, the leap day among them. */
const FOUR_YEARS = Array.from({ length: 1461 }, (_, index) => day('2020-01-01').add({ days: index }));
const dayNumber = (year: number, month: number, wanted: number) => {
  const last = [31, year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return { last, clipped: Math.min(wanted, last) };
};

/** The day so many months later, by what the documents say: `from` tells from which end of the month days are counted. */
function monthsLater({ year, month, day: of }: Temporal.PlainDate, months: number, from: 'start' | 'end'): string {
  const index = year * 12 + month - 1 + months;
  const [laterYear, laterMonth] = [Math.floor(index / 12), (index % 12) + 1];
  const { last, clipped } = dayNumber(laterYear, laterMonth, of);
  const fromEnd = dayNumber(year, month, of).last - of;
  const number = from === 'end' ? last - fromEnd : clipped;
  return `${laterYear}-${String(laterMonth).padStart(2, '0')}-${String(number).padStart(2, '0')}`;
}

describe('a monthly term', () => {
  it.each([
    ['2021-01-31', '2021-02-27'],
    ['2021-01-30', '2021-02-27'],
    ['2021-02-28', '2021-03-27'],
    ['2021-06-18', '2021-07-17'],
    ['2020-01-31', '2020-02-28'],
  ])('that begins on %s ends on %s (B9.1)', (start, end) => {
    expect(cyclesOf(termFrom(start, 'P1M')).map(spanOf)).toEqual([`${start}..${end}`]);
  });

  it('of any start in four years renews on the same day of the next month, clipped at its end (B9.1)', () => {
    for (const start of FOUR_YEARS) {
      const renewsOn = termEnd(start, 'P1M').add({ days: 1 });
      expect(renewsOn.toString()).toBe(monthsLater(start, 1, 'start'));
    }
  });
});

describe('a yearly term that is billed monthly', () => {
  const startsOf = (start: string) => cyclesOf(termFrom(start, 'P1Y')).map(({ start }) => start.toString().slice(5));

  it('from the last day of a month begins each cycle on the last day of its month and ends a year later (B9.2)', () => {
    const cycles = cyclesOf(termFrom('2021-01-31', 'P1Y'));
    expect(startsOf('2021-01-31')).toEqual(
      '01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31'.split(' '),
    );
    expect(cycles.at(-1)?.end.toString()).toBe('2022-01-30');
  });

  it('from the day before the last begins each cycle on the day before the last (B9.3)', () => {
    expect(startsOf('2021-01-30').slice(0, 5)).toEqual('01-30 02-27 03-30 04-29 05-30'.split(' '));
  });

  it('of any start in four years begins its cycles on the documented days and covers the year without gap (B9)', () => {
    for (const start of FOUR_YEARS) {
      const cycles = cyclesOf(termFrom(start.toString(), 'P1Y'));
      const from = start.daysInMonth - start.day <= 1 ? 'end' : 'start';
      expect(cycles.map((one) => one.start.toString())).toEqual(
        Array.from({ length: 12 }, (_, months) => monthsLater(start, months, from)),
      );
      expect(cycles.at(-1)?.end.add({ days: 1 }).toString()).toBe(monthsLater(start, 12, 'start'));
    }
  });
});

describe('a term of three years', () => {
  it('that is billed monthly keeps counting from the ends of the months, in a leap year too (B9.2)', () => {
    const cycles = cyclesOf(termFrom('2023-02-28', 'P3Y'));
    expect(cycles).toHaveLength(36);
    expect(cycles.slice(11, 14).map(spanOf)).toEqual([
      '2024-01-31..2024-02-28',
      '2024-02-29..2024-03-30',
      '2024-03-31..2024-04-29',
    ]);
    expect(cycles.at(-1)?.end.toString()).toBe('2026-02-27');
  });

  it('of any start in four years has three yearly cycles or one for all, without gap', () => {
    for (const start of FOUR_YEARS) {
      const yearly = cyclesOf(termFrom(start.toString(), 'P3Y', 'annual'));
      expect(yearly.map((one) => one.start.toString())).toEqual([0, 12, 24].map((n) => monthsLater(start, n, 'start')));
      const [whole, ...more] = cyclesOf(termFrom(start.toString(), 'P3Y', 'triennial'));
      expect(more).toEqual([]);
      expect(whole?.end).toEqual(yearly.at(-1)?.end);
    }
  });
});

describe('a term that ends early, with another one or with a calendar month', () => {
  it.each([
    ['2022-07-15', 'P1Y', 'monthly', '2023-06-30', '2023-06-15..2023-06-30', 16, 30],
    ['2022-07-15', 'P1M', 'monthly', '2022-07-31', '2022-07-15..2022-07-31', 17, 31],
    ['2022-07-01', 'P3Y', 'annual', '2024-10-01', '2024-07-01..2024-10-01', 93, 365],
  ] as const)('from %s for %s billed %s until %s: its last cycle is %s, %i of %i days (N25)', (...given) => {
    const [start, duration, billing, endsOn, last, days, nominalDays] = given;
    const term = { ...termFrom(start, duration, billing), termEndsOn: day(endsOn) };
    const { period, nominal } = chargeCycleAt(term, day(endsOn));
    expect([spanOf(period), daysIn(period), daysIn(nominal)]).toEqual([last, days, nominalDays]);
  });
});

it('A trial is one cycle, however long it is (B10.1)', () => {
  const trial = { ...termFrom('2021-06-01', 'P1M', 'none'), termEndsOn: day('2021-06-30') };
  expect(cyclesOf(trial).map(spanOf)).toEqual(['2021-06-01..2021-06-30']);
});
