import { type BillingCycle, contains, type Period, type TermDuration } from '../values/period.ts';

/** The running term of a new commerce subscription, and how often it is billed. */
export type Term = {
  readonly termStartsOn: Temporal.PlainDate;
  readonly termEndsOn: Temporal.PlainDate;
  readonly termDuration: TermDuration;
  readonly billingCycle: BillingCycle;
};

/**
 * A charge cycle: `nominal` is as long as the price is for, `period` is what of it lies in the term; it is shorter only where the term ends
 * with another subscription's or with a calendar month (N24).
 */
export type ChargeCycle = { readonly nominal: Period; readonly period: Period };

/** The charge cycle that holds a day of the term (B7.2, B9). A day before the term belongs to the first cycle, one after it to the last. */
export function chargeCycleAt(term: Term, day: Temporal.PlainDate): ChargeCycle {
  const last = Temporal.PlainDate.compare(day, term.termEndsOn) > 0 ? term.termEndsOn : day;
  let index = 0;
  let cycle = nthCycle(term, index);
  while (!contains(cycle.nominal, last) && Temporal.PlainDate.compare(cycle.nominal.end, last) < 0) {
    index += 1;
    cycle = nthCycle(term, index);
  }
  return cycle;
}

/** The last day of a whole term that begins on a day; a trial is 30 days long (B9.1, B9.2, B10.1). */
export function termEnd(start: Temporal.PlainDate, duration: TermDuration): Temporal.PlainDate {
  return start.add({ months: MONTHS_OF_TERM[duration] }).subtract({ days: 1 });
}

export const MONTHS_OF_TERM: Readonly<Record<TermDuration, number>> = { P1M: 1, P1Y: 12, P3Y: 36 };
export const MONTHS_OF_CYCLE: Readonly<Record<Exclude<BillingCycle, 'none'>, number>> = {
  monthly: 1,
  annual: 12,
  triennial: 36,
};

function nthCycle(term: Term, index: number): ChargeCycle {
  if (term.billingCycle === 'none') {
    const whole = { start: term.termStartsOn, end: term.termEndsOn };
    return { nominal: whole, period: whole };
  }
  const months = MONTHS_OF_CYCLE[term.billingCycle];
  const isLast = (index + 1) * months >= MONTHS_OF_TERM[term.termDuration];
  const start = cycleStart(term, index * months);
  const end = isLast
    ? termEnd(term.termStartsOn, term.termDuration)
    : cycleStart(term, (index + 1) * months).subtract({ days: 1 });
  const cut = Temporal.PlainDate.compare(end, term.termEndsOn) > 0 ? term.termEndsOn : end;
  return { nominal: { start, end }, period: { start, end: cut } };
}

/**
 * Where the cycle so many months after the first begins. From the last day of a month and from the day before it, monthly cycles are counted
 * from the ends of the months (B9.2, B9.3); the last one ends with the term all the same, which begins and ends on the same day of a month,
 * clipped (B9.1).
 */
function cycleStart({ termStartsOn: first, billingCycle }: Term, months: number): Temporal.PlainDate {
  const same = first.add({ months });
  const fromEnd = first.daysInMonth - first.day;
  return fromEnd > 1 || billingCycle !== 'monthly' ? same : same.with({ day: same.daysInMonth - fromEnd });
}
