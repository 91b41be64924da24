/** How often a subscription is billed: `triennial` on new commerce alone, `none` during a trial (N20). */
export type BillingCycle = 'monthly' | 'annual' | 'triennial' | 'none';

/** How long a subscription is committed, as ISO 8601 writes it (N20); on the legacy platform always a year. */
export type TermDuration = 'P1M' | 'P1Y' | 'P3Y';

/** A span of whole days; both ends belong to it. */
export type Period = { readonly start: Temporal.PlainDate; readonly end: Temporal.PlainDate };

export function daysIn(period: Period): number {
  return period.start.until(period.end, { largestUnit: 'days' }).days + 1;
}

export function contains(period: Period, day: Temporal.PlainDate): boolean {
  return compare(period.start, day) <= 0 && compare(day, period.end) <= 0;
}

/** The day of a moment. All business days are UTC days (product decision 9). */
export function utcDay(moment: Temporal.Instant): Temporal.PlainDate {
  return moment.toZonedDateTimeISO('UTC').toPlainDate();
}

/** The moment at which a day begins. */
export function startOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime('UTC').toInstant();
}

/**
 * The service period that holds a day. Periods are counted from the anchor day and clipped at the month end, without drift:
 * from January 31 they start on February 28, March 31, April 30 (product decision 8). A day before the anchor belongs to the first one.
 */
export function servicePeriodAt(anchor: Temporal.PlainDate, cycle: BillingCycle, day: Temporal.PlainDate): Period {
  return periodOfMonths(anchor, cycle === 'annual' ? 12 : 1, day);
}

/** The running year of a 12-month term: it begins on the purchase day and again with every renewal (B1.2). */
export function termAt(anchor: Temporal.PlainDate, day: Temporal.PlainDate): Period {
  return periodOfMonths(anchor, 12, day);
}

/** From the day of purchase or renewal to the day before the same day of the next month (product decision 8). */
export function isInFirstMonth(anchor: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  const { start } = termAt(anchor, day);
  return compare(day, start.add({ months: 1 })) < 0;
}

function periodOfMonths(anchor: Temporal.PlainDate, months: number, day: Temporal.PlainDate): Period {
  let index = Math.max(0, Math.floor(anchor.until(day, { largestUnit: 'months' }).months / months));
  // `until` does not count a clipped month as a whole one: January 31 to February 28 is 0 months and 28 days.
  if (compare(anchor.add({ months: (index + 1) * months }), day) <= 0) index += 1;
  return {
    start: anchor.add({ months: index * months }),
    end: anchor.add({ months: (index + 1) * months }).subtract({ days: 1 }),
  };
}

function compare(one: Temporal.PlainDate, other: Temporal.PlainDate): number {
  return Temporal.PlainDate.compare(one, other);
}
