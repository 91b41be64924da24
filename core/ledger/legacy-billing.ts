import { exponentOf, type Money, priceTimes, roundHalfUp, sumMoney, type UnitPrice } from '../values/money.ts';
import { type BillingCycle, contains, daysIn, isInFirstMonth, type Period, servicePeriodAt } from '../values/period.ts';
import type { BilledLine, BillingLine, ChargeType } from './charge.ts';

/** What billing needs to know of a subscription. */
export type LegacyTerms = {
  readonly purchasedOn: Temporal.PlainDate;
  readonly billingCycle: BillingCycle;
  readonly unitPrice: UnitPrice;
  readonly quantity: number;
  readonly billedThrough: Temporal.PlainDate;
  readonly autoRenew: boolean;
  /** Last day of the term; nothing is billed after it unless the subscription renews. */
  readonly termEndsOn: Temporal.PlainDate;
};

/**
 * How a slice of a service period is rounded (C4). `full-precision`: once, at the end; `daily-price-cut`: as in the published examples that
 * first write down a daily price, to cents for a year and to a tenth of a cent for a month, and multiply that.
 */
export type LegacyRounding = 'full-precision' | 'daily-price-cut';

/**
 * The rounding of the legacy platform: price of the service period / its days x days of the slice x seats, each line rounded half up by
 * magnitude (B2, product decision 8). A year has its real 365 or 366 days. No slice costs more than its whole period.
 */
export function legacyAmount(
  { unitPrice, billingCycle }: Pick<LegacyTerms, 'unitPrice' | 'billingCycle'>,
  { quantity, days, periodDays }: { quantity: number; days: number; periodDays: number },
  rounding: LegacyRounding = 'full-precision',
): Money {
  const isYear = billingCycle === 'annual';
  const months = isYear ? 12n : 1n;
  const exact = (slice: number) => priceTimes(unitPrice, months * BigInt(quantity) * BigInt(slice), BigInt(periodDays));
  if (rounding === 'full-precision' || days === periodDays) return exact(days);
  const { micros, currency } = unitPrice;
  const unit = 10n ** BigInt(6 - exponentOf(currency) - (isYear ? 0 : 1));
  const daily = roundHalfUp(micros * months, unit * BigInt(periodDays)) * unit;
  const cut = priceTimes({ micros: daily, currency }, BigInt(quantity) * BigInt(days), 1n);
  const whole = exact(periodDays);
  return cut.minor > whole.minor ? whole : cut;
}

/**
 * The fees of every service period that began after the last billed day, up to and with the one that holds the day (B1.2), and none past
 * the end of a term that is not renewed.
 */
export function cycleFeesDue(
  terms: LegacyTerms,
  through: Temporal.PlainDate,
  rounding?: LegacyRounding,
): BillingLine[] {
  const lines: BillingLine[] = [];
  const last = terms.autoRenew ? through : earlier(through, terms.termEndsOn);
  let next = terms.billedThrough.add({ days: 1 });
  while (Temporal.PlainDate.compare(next, last) <= 0) {
    const period = servicePeriodAt(terms.purchasedOn, terms.billingCycle, next);
    const slice = { period: withinTerm(terms, period), quantity: terms.quantity };
    lines.push(lineOf(terms, feeType(terms.billingCycle), period, slice, rounding));
    next = period.end.add({ days: 1 });
  }
  return lines;
}

/** What a whole service period costs at this price. */
export function periodFee(terms: Pick<LegacyTerms, 'unitPrice' | 'billingCycle' | 'quantity'>): Money {
  return legacyAmount(terms, { quantity: terms.quantity, days: 1, periodDays: 1 });
}

/** What the days after the last billed one will cost until a day, that day included, if nothing changes. Shown, never billed. */
export function feesUntil(terms: LegacyTerms, until: Temporal.PlainDate, rounding?: LegacyRounding): Money {
  const fees = cycleFeesDue(terms, until, rounding).map(({ period, periodDays }) => {
    const days = daysIn({ start: period.start, end: earlier(period.end, until) });
    return legacyAmount(terms, { quantity: terms.quantity, days, periodDays }, rounding);
  });
  return sumMoney(terms.unitPrice.currency, fees);
}

/** The first line of a subscription bought on this day. */
export function purchaseLine(
  terms: Pick<LegacyTerms, 'purchasedOn' | 'billingCycle' | 'unitPrice' | 'quantity'>,
): BillingLine {
  const period = servicePeriodAt(terms.purchasedOn, terms.billingCycle, terms.purchasedOn);
  return lineOf(terms, feeType(terms.billingCycle), period, { period, quantity: terms.quantity });
}

/**
 * The credit of a subscription that ends on this day: in the first month of purchase or renewal everything billed for the running service
 * period, line by line; later the remaining days, the day itself included (B1.4, B6.1, B6.2). Never more than was billed.
 */
export function creditForCancellation(
  terms: LegacyTerms,
  billed: readonly BilledLine[],
  on: Temporal.PlainDate,
  rounding?: LegacyRounding,
): BillingLine[] {
  const running = servicePeriodAt(terms.purchasedOn, terms.billingCycle, on);
  const current = billed.filter((line) => contains(running, line.period.start));
  if (isInFirstMonth(terms.purchasedOn, on)) return current.map((line) => reversalOf(line, 'Cancel fee'));
  if (current.length === 0) return [];
  const unused = { start: on, end: withinTerm(terms, running).end };
  const slice = { period: unused, quantity: terms.quantity };
  return isEmpty(unused) ? [] : [negative(lineOf(terms, 'Cancel fee', running, slice, rounding))];
}

/**
 * The lines of a change of seats: everything billed for the running service period is taken back, then one line for each slice of it
 * with a constant number of seats; the day of the change belongs to the new number (B2, B3, B4). None after the end of a term that is not
 * renewed.
 */
export function linesForSeatChange(
  terms: LegacyTerms,
  billed: readonly BilledLine[],
  quantity: number,
  on: Temporal.PlainDate,
  rounding?: LegacyRounding,
): BillingLine[] {
  if (quantity === terms.quantity) return [];
  const running = servicePeriodAt(terms.purchasedOn, terms.billingCycle, on);
  // A clock that was moved back may lie before the purchase; no slice begins before its period.
  const begins = later(on, running.start);
  const changed = { start: begins, end: withinTerm(terms, running).end };
  if (isEmpty(changed)) return [];
  const current = billed.filter((line) => contains(running, line.period.start));
  const type = terms.billingCycle === 'annual' ? 'Prorate fees when purchase' : 'Cycle instance prorate';
  const kept = current
    .filter((line) => Temporal.PlainDate.compare(line.period.start, begins) < 0)
    .map((line) => ({
      period: { start: line.period.start, end: earlier(line.period.end, begins.subtract({ days: 1 })) },
      quantity: line.quantity,
    }));
  const slices = [...kept, { period: changed, quantity }];
  return [
    ...current.map((line) => reversalOf(line, 'Cancel instance prorate')),
    ...slices.map((slice) => lineOf(terms, type, running, slice, rounding)),
  ];
}

/**
 * The lines of another billing frequency from a day on: the remaining days of the running service period back, the day itself included, and a whole
 * new period at the price of the day. A line that begins with the day or later is taken back whole and by its name: the new period holds it too,
 * and the next act would credit it again (B2). The names run against intuition (B5.2, B5.3).
 */
export function linesForNewCycle(
  terms: LegacyTerms,
  billed: readonly BilledLine[],
  next: Pick<LegacyTerms, 'billingCycle' | 'unitPrice'>,
  on: Temporal.PlainDate,
  rounding?: LegacyRounding,
): { readonly credits: BillingLine[]; readonly charge: BillingLine } {
  const { billingCycle, quantity } = terms;
  const running = servicePeriodAt(terms.purchasedOn, billingCycle, on);
  const credits = billed
    .filter((line) => contains(running, line.period.start))
    .flatMap((line): BillingLine[] => {
      const type = 'Prorate fees when convert to a new offering';
      if (Temporal.PlainDate.compare(line.period.start, on) >= 0) return [reversalOf(line, type)];
      const unused = { start: on, end: earlier(line.period.end, withinTerm(terms, running).end) };
      const slice = { period: unused, quantity: line.quantity };
      const { unitPrice } = line;
      return isEmpty(unused) ? [] : [negative(lineOf({ billingCycle, unitPrice }, type, running, slice, rounding))];
    });
  const period = servicePeriodAt(on, next.billingCycle, on);
  const charge = lineOf(next, 'Prorate fees when convert away from current offering', period, { period, quantity });
  return { credits, charge };
}

function feeType(cycle: BillingCycle): ChargeType {
  return cycle === 'annual' ? 'Prorate fees when purchase' : 'Cycle fee';
}

function lineOf(
  terms: Pick<LegacyTerms, 'unitPrice' | 'billingCycle'>,
  chargeType: ChargeType,
  servicePeriod: Period,
  { period, quantity }: { readonly period: Period; readonly quantity: number },
  rounding?: LegacyRounding,
): BillingLine {
  const [days, periodDays] = [daysIn(period), daysIn(servicePeriod)];
  const amount = legacyAmount(terms, { quantity, days, periodDays }, rounding);
  return { chargeType, period, days, periodDays, quantity, unitPrice: terms.unitPrice, amount, reverses: null };
}

function reversalOf(billed: BilledLine, chargeType: ChargeType): BillingLine {
  const { chargeId: _, ...line } = billed;
  return { ...negative({ ...line, reverses: billed }), chargeType };
}

function negative(line: BillingLine): BillingLine {
  return { ...line, amount: { ...line.amount, minor: -line.amount.minor } };
}

/** The part of a service period that is billed; empty where it begins after the end of a term that is not renewed. */
function withinTerm({ autoRenew, termEndsOn }: LegacyTerms, { start, end }: Period): Period {
  return { start, end: autoRenew ? end : earlier(end, termEndsOn) };
}

function isEmpty({ start, end }: Period): boolean {
  return Temporal.PlainDate.compare(end, start) < 0;
}

function earlier(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) <= 0 ? one : other;
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) >= 0 ? one : other;
}
