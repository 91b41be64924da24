import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseUnitPrice, type UnitPrice } from '../values/money.ts';
import { type BillingCycle, servicePeriodAt, termAt } from '../values/period.ts';
import { type BilledLine, type BillingLine, LEGACY_CREDITS } from './charge.ts';
import {
  creditForCancellation,
  cycleFeesDue,
  type LegacyRounding,
  type LegacyTerms,
  linesForNewCycle,
  linesForSeatChange,
  purchaseLine,
} from './legacy-billing.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Temporal.PlainDate.compare(one, other) < 0;
const minorOf = (lines: readonly BillingLine[]) => lines.reduce((sum, { amount }) => sum + amount.minor, 0n);
const textOf = ({ chargeType, period, quantity, amount }: BillingLine) =>
  `${chargeType} ${period.start.toString()}..${period.end.toString()} x ${quantity}: ${formatMoney(amount)}`;

type Prices = Readonly<Record<'monthly' | 'annual', UnitPrice>>;
type Cycle = keyof Prices;

/** A subscription and its ledger: what stands in it is read as the server reads it. */
class Account {
  terms: LegacyTerms;
  readonly written: BillingLine[] = [];
  private standing: BilledLine[] = [];
  private readonly prices: Prices;
  private readonly rounding: LegacyRounding | undefined;

  constructor(
    bought: { on: Temporal.PlainDate; cycle: Cycle; quantity: number; prices: Prices },
    rounding?: LegacyRounding,
  ) {
    const { on, cycle, quantity, prices } = bought;
    this.prices = prices;
    this.rounding = rounding;
    const terms = { purchasedOn: on, billingCycle: cycle, unitPrice: prices[cycle], quantity, autoRenew: true };
    const line = purchaseLine(terms);
    this.terms = { ...terms, billedThrough: line.period.end, termEndsOn: termAt(on, on).end };
    this.write([line]);
  }

  changeSeats(quantity: number, on: Temporal.PlainDate): BillingLine[] {
    this.bill(on);
    const lines = linesForSeatChange(this.terms, this.standing, quantity, on, this.rounding);
    this.terms = { ...this.terms, quantity };
    return this.write(lines);
  }

  changeCycle(cycle: BillingCycle, on: Temporal.PlainDate): BillingLine[] {
    if (cycle === 'none' || cycle === 'triennial' || cycle === this.terms.billingCycle) return [];
    this.bill(on);
    const next = { billingCycle: cycle, unitPrice: this.prices[cycle] };
    const { credits, charge } = linesForNewCycle(this.terms, this.standing, next, on, this.rounding);
    const billedThrough = charge.period.end;
    this.terms = { ...this.terms, ...next, purchasedOn: on, termEndsOn: termAt(on, on).end, billedThrough };
    return this.write([...credits, charge]);
  }

  cancel(on: Temporal.PlainDate): BillingLine[] {
    this.bill(on);
    return this.write(creditForCancellation(this.terms, this.standing, on, this.rounding));
  }

  bill(through: Temporal.PlainDate): void {
    const due = cycleFeesDue(this.terms, through, this.rounding);
    this.terms = { ...this.terms, billedThrough: due.at(-1)?.period.end ?? this.terms.billedThrough };
    this.write(due);
  }

  private write(lines: BillingLine[]): BillingLine[] {
    const takenBack = new Set(lines.map(({ reverses }) => reverses?.chargeId));
    const added = lines
      .map((line, index) => ({ ...line, chargeId: `line ${this.written.length + index}` }))
      .filter(({ chargeType, reverses }) => !LEGACY_CREDITS.includes(chargeType) && reverses === null)
      .map(({ reverses: _, ...line }): BilledLine => line);
    this.standing = [...this.standing.filter(({ chargeId }) => !takenBack.has(chargeId)), ...added];
    this.written.push(...lines);
    return lines;
  }
}

it('A credit that comes to 0.00 does not stand as a charge, so that no later act charges its days again', () => {
  const [monthly, annual] = [parseUnitPrice('0.00', 'USD'), parseUnitPrice('5.00', 'USD')];
  const account = new Account({ on: day('2026-11-02'), cycle: 'monthly', quantity: 10, prices: { monthly, annual } });
  expect(account.changeCycle('annual', day('2026-11-16')).map(textOf)[0]).toBe(
    'Prorate fees when convert to a new offering 2026-11-16..2026-12-01 x 10: 0.00',
  );
  expect(account.changeSeats(11, day('2026-11-20')).map(textOf)).toEqual([
    'Cancel instance prorate 2026-11-16..2027-11-15 x 10: -600.00',
    'Prorate fees when purchase 2026-11-16..2026-11-19 x 10: 6.58',
    'Prorate fees when purchase 2026-11-20..2027-11-15 x 11: 652.77',
  ]);
});

describe('another billing frequency on the first day of a service period', () => {
  const prices = { monthly: parseUnitPrice('5.00', 'USD'), annual: parseUnitPrice('5.00', 'USD') };
  const bought = () => new Account({ on: day('2026-11-02'), cycle: 'monthly', quantity: 10, prices });

  it('takes back the line of that day by its name, so that the next act finds the new one alone', () => {
    const account = bought();
    expect(account.changeCycle('annual', day('2026-11-02')).map(textOf)).toEqual([
      'Prorate fees when convert to a new offering 2026-11-02..2026-12-01 x 10: -50.00',
      'Prorate fees when convert away from current offering 2026-11-02..2027-11-01 x 10: 600.00',
    ]);
    expect(account.written.map(({ reverses }) => reverses?.chargeId ?? null)).toEqual([null, 'line 0', null]);
    expect(account.cancel(day('2026-11-05')).map(textOf)).toEqual(['Cancel fee 2026-11-02..2027-11-01 x 10: -600.00']);
    expect(minorOf(account.written)).toBe(0n);
  });

  it('of a later period as well, and as often as one likes (B5.1)', () => {
    const account = bought();
    const on = day('2026-12-02');
    for (const cycle of ['annual', 'monthly', 'annual', 'monthly'] as const) account.changeCycle(cycle, on);
    expect(account.changeSeats(12, day('2026-12-12')).map(textOf)).toEqual([
      'Cancel instance prorate 2026-12-02..2027-01-01 x 10: -50.00',
      'Cycle instance prorate 2026-12-02..2026-12-11 x 10: 16.13',
      'Cycle instance prorate 2026-12-12..2027-01-01 x 12: 40.65',
    ]);
  });

  it('and on the day on which seats were changed, whose line begins that day', () => {
    const account = bought();
    account.changeSeats(20, day('2026-11-12'));
    expect(account.changeCycle('annual', day('2026-11-12')).map(textOf)).toEqual([
      'Prorate fees when convert to a new offering 2026-11-12..2026-12-01 x 20: -66.67',
      'Prorate fees when convert away from current offering 2026-11-12..2027-11-11 x 20: 1200.00',
    ]);
    expect(account.cancel(day('2026-11-13')).map(textOf)).toEqual(['Cancel fee 2026-11-12..2027-11-11 x 20: -1200.00']);
  });
});

describe('whatever acts follow each other in a service period', () => {
  const price = fc.integer({ min: 1, max: 100_000_000 }).map((micros) => ({ micros: BigInt(micros), currency: 'USD' }));
  const cycle = fc.constantFrom('monthly' as const, 'annual' as const);
  const daysLater = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(9));
  const seats = fc.integer({ min: 1, max: 300 });
  const act = fc.oneof(fc.record({ daysLater, seats }), fc.record({ daysLater, cycle }));
  const story = fc.record({
    on: fc.integer({ min: 0, max: 9 * 365 }).map((days) => day('2016-01-01').add({ days })),
    cycle,
    quantity: seats,
    prices: fc.record({ monthly: price, annual: price }),
    rounding: fc.constantFrom('full-precision' as const, 'daily-price-cut' as const),
    periodsLater: fc.nat(2),
    acts: fc.array(act, { maxLength: 6 }),
    cancelledAfter: daysLater,
  });

  it('credits never exceed what was charged for it (B2)', () => {
    fc.assert(
      fc.property(story, ({ periodsLater, acts, cancelledAfter, rounding, ...bought }) => {
        const account = new Account(bought, rounding);
        for (let left = periodsLater; left > 0; left -= 1) account.bill(account.terms.billedThrough.add({ days: 1 }));
        let on = servicePeriodAt(bought.on, bought.cycle, account.terms.billedThrough).start;
        const begin = on;
        const net = () => minorOf(account.written.filter(({ period }) => !isBefore(period.start, begin)));
        for (const one of acts) {
          on = on.add({ days: one.daysLater });
          if ('seats' in one) account.changeSeats(one.seats, on);
          else account.changeCycle(one.cycle, on);
          expect(net()).toBeGreaterThanOrEqual(0n);
        }
        account.cancel(on.add({ days: cancelledAfter }));
        expect(net()).toBeGreaterThanOrEqual(0n);
        const takenBack = account.written.flatMap(({ reverses }) => reverses?.chargeId ?? []);
        expect(new Set(takenBack).size).toBe(takenBack.length);
      }),
    );
  });
});
