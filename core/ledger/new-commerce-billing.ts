import { exponentOf, type Money, sumMoney, type UnitPrice } from '../values/money.ts';
import { daysIn, type Period } from '../values/period.ts';
import type { BillingLine, NewCommerceChargeType } from './charge.ts';
import { type ChargeCycle, chargeCycleAt, type Term } from './charge-cycle.ts';

/** What new commerce billing needs to know of a subscription; `unitPrice` is per seat and charge cycle, a promotion taken off. */
export type NewCommerceTerms = Term & {
  readonly unitPrice: UnitPrice;
  readonly promotionId: string | null;
};

/**
 * How a line is cut to the minor unit; never up (B7.5, C5). `cut-unit`: the effective unit price is cut, then multiplied, as the documented
 * formula says; `cut-total`: the product is cut. They differ by up to a cent for each seat. `as-printed`: whatever the published examples do,
 * which cut the product in changes of seats and the unit price everywhere else.
 */
export type NewCommerceRounding = 'cut-unit' | 'cut-total' | 'as-printed';

/** What an amount is computed of; the act decides about the cut where it follows the printed examples. */
type Measured = {
  /** Negative for a credit. */
  readonly quantity: number;
  readonly days: number;
  readonly periodDays: number;
  readonly chargeType?: NewCommerceChargeType;
};

/**
 * The rounding of new commerce: unit price / days of the charge cycle x days billed, for so many seats (B7.3); cut by magnitude, so that a
 * credit is never more than the charge for the same days.
 */
export function newCommerceAmount(
  unitPrice: UnitPrice,
  { quantity, days, periodDays, chargeType }: Measured,
  rounding: NewCommerceRounding = 'cut-unit',
): Money {
  const { micros, currency } = unitPrice;
  const divisor = 10n ** BigInt(6 - exponentOf(currency)) * BigInt(periodDays);
  const effective = micros * BigInt(days);
  const isSeatChange = chargeType === 'addQuantity' || chargeType === 'removeQuantity';
  const cutsTotal = rounding === 'cut-total' || (rounding === 'as-printed' && isSeatChange);
  const minor = cutsTotal ? (effective * BigInt(quantity)) / divisor : (effective / divisor) * BigInt(quantity);
  return { minor, currency };
}

/** One line for so many seats (a credit: negative) over some days of a charge cycle. */
export function lineOfCycle(
  terms: NewCommerceTerms,
  chargeType: NewCommerceChargeType,
  { nominal }: ChargeCycle,
  line: { readonly period: Period; readonly quantity: number },
  rounding?: NewCommerceRounding,
): BillingLine {
  const { unitPrice, promotionId } = terms;
  const [days, periodDays] = [daysIn(line.period), daysIn(nominal)];
  const amount = newCommerceAmount(unitPrice, { quantity: line.quantity, days, periodDays, chargeType }, rounding);
  const { period } = line;
  const quantity = Math.abs(line.quantity);
  return { chargeType, period, days, periodDays, quantity, unitPrice, amount, reverses: null, promotionId };
}

/**
 * The line for what is left of the running charge cycle, the day itself included; for a credit, a negative number of seats. A day before the
 * term counts as its first.
 * @throws RangeError for a day after the term, of which nothing is left: what is due by then comes first.
 */
export function lineFromDay(
  terms: NewCommerceTerms,
  chargeType: NewCommerceChargeType,
  quantity: number,
  on: Temporal.PlainDate,
  rounding?: NewCommerceRounding,
): BillingLine {
  const cycle = chargeCycleAt(terms, on);
  const { start: first, end } = cycle.period;
  if (isBefore(end, on)) throw new RangeError(`${on.toString()} is after the term, which ends on ${end.toString()}`);
  const start = isBefore(on, first) ? first : on;
  return lineOfCycle(terms, chargeType, cycle, { period: { start, end }, quantity }, rounding);
}

/**
 * The credit for what is left of the running charge cycle, the day itself included, for so many seats. `charged` is what stands in the
 * ledger for the cycle, credits taken off: conventions and prices may have changed since, and no act gives back more than was charged.
 */
export function creditFromDay(
  terms: NewCommerceTerms,
  chargeType: NewCommerceChargeType,
  quantity: number,
  { on, charged }: { readonly on: Temporal.PlainDate; readonly charged: Money },
  rounding?: NewCommerceRounding,
): BillingLine {
  const line = lineFromDay(terms, chargeType, -quantity, on, rounding);
  const most = charged.minor > 0n ? -charged.minor : 0n;
  return line.amount.minor < most ? { ...line, amount: { ...line.amount, minor: most } } : line;
}

/**
 * The lines of a change of seats: the old number back and the new one charged, both for what is left of the cycle; they belong together (B7.4).
 */
export function linesForQuantity(
  terms: NewCommerceTerms & { readonly quantity: number },
  quantity: number,
  { on, charged }: { readonly on: Temporal.PlainDate; readonly charged: Money },
  rounding?: NewCommerceRounding,
): BillingLine[] {
  if (quantity === terms.quantity) return [];
  const chargeType = quantity > terms.quantity ? 'addQuantity' : 'removeQuantity';
  return [
    creditFromDay(terms, chargeType, terms.quantity, { on, charged }, rounding),
    lineFromDay(terms, chargeType, quantity, on, rounding),
  ];
}

/** The lines of the charge cycles that began after the last billed day, up to and with the one that holds the day, within the term. */
export function cycleChargesDue(
  terms: NewCommerceTerms & { readonly quantity: number; readonly billedThrough: Temporal.PlainDate },
  through: Temporal.PlainDate,
  rounding?: NewCommerceRounding,
): BillingLine[] {
  const lines: BillingLine[] = [];
  const last = isBefore(through, terms.termEndsOn) ? through : terms.termEndsOn;
  let next = terms.billedThrough.add({ days: 1 });
  while (!isBefore(last, next)) {
    const line = lineFromDay(terms, 'cycleCharge', terms.quantity, next, rounding);
    lines.push(line);
    next = line.period.end.add({ days: 1 });
  }
  return lines;
}

/** What a whole charge cycle costs. */
export function cycleFee(terms: Pick<NewCommerceTerms, 'unitPrice'> & { readonly quantity: number }): Money {
  return newCommerceAmount(terms.unitPrice, { quantity: terms.quantity, days: 1, periodDays: 1 });
}

/** What the days after a day will cost until another, that day included, if nothing changes. Shown, never billed. */
export function chargesUntil(
  terms: NewCommerceTerms & { readonly quantity: number },
  after: Temporal.PlainDate,
  until: Temporal.PlainDate,
  rounding?: NewCommerceRounding,
): Money {
  const fees = cycleChargesDue({ ...terms, billedThrough: after }, until, rounding).map(({ period, periodDays }) => {
    const end = Temporal.PlainDate.compare(period.end, until) < 0 ? period.end : until;
    const days = daysIn({ start: period.start, end });
    return newCommerceAmount(terms.unitPrice, { quantity: terms.quantity, days, periodDays }, rounding);
  });
  return sumMoney(terms.unitPrice.currency, fees);
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}
