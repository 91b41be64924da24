import type { BillingLine } from '../../core/ledger/charge.ts';
import { type Term, termEnd } from '../../core/ledger/charge-cycle.ts';
import { cycleChargesDue, lineFromDay, type NewCommerceTerms } from '../../core/ledger/new-commerce-billing.ts';
import type { SubscriptionStatus } from '../../core/subscriptions/subscription.ts';
import type { UnitPrice } from '../../core/values/money.ts';
import { contains, utcDay } from '../../core/values/period.ts';
import type { SeedSubscription } from './world.ts';

/** How long seats can be given back and a purchase be cancelled (N26, N33). */
const WINDOW = { hours: 168 };
/** A trial is as long (B10.1). */
const TRIAL_DAYS = 30;

/** What a new commerce subscription has come to since it was bought: its terms, what was billed for them, and its windows. */
export type NewCommerceHistory = Term & {
  readonly lines: readonly BillingLine[];
  readonly statusUntil: Temporal.PlainDate | null;
  readonly cancellableUntil: Temporal.Instant | null;
  /** When its seats were added: at the purchase, or when the running term began; null: a trial's, which are fixed. */
  readonly seatsAddedAt: Temporal.Instant | null;
  readonly seatsRemovableUntil: Temporal.Instant | null;
};

/**
 * The history of a seed at one price: `new` for its first charge cycle, `renew` for the first of each later term, `cycleCharge` for the others,
 * and what an end within its window gave back. It was bought at the hour of `now`, and renewed at midnight.
 */
export function newCommerceHistory(
  seed: SeedSubscription,
  unitPrice: UnitPrice,
  now: Temporal.Instant,
): NewCommerceHistory {
  const endedOn = seed.ended && utcDay(seed.ended.at);
  const lastDay = endedOn ?? utcDay(now);
  const through = seed.billedThrough ?? lastDay;
  const terms = termsOf(seed, lastDay);
  const lines = terms.flatMap((term, index) =>
    linesOf({ ...term, unitPrice, promotionId: null }, index === 0 ? 'new' : 'renew', seed.quantity, through),
  );
  const term = terms.at(-1) ?? firstTerm(seed);
  const isRenewed = terms.length > 1;
  const isTrial = seed.billingCycle === 'none';
  const begunAt = isRenewed ? atMidnight(term.termStartsOn) : boughtAt(seed.purchasedOn, now);
  const windowEnd = isTrial ? null : begunAt.add(WINDOW);
  const credit = endedOn && creditAtEnd(seed, { ...term, unitPrice, promotionId: null }, endedOn, windowEnd, lines);
  return {
    ...term,
    lines: credit ? [...lines, credit] : lines,
    statusUntil: statusUntil(seed.status, term.termEndsOn),
    cancellableUntil: windowEnd,
    seatsAddedAt: isTrial ? null : begunAt,
    seatsRemovableUntil: windowEnd,
  };
}

type Renewing = Pick<
  SeedSubscription,
  'purchasedOn' | 'billingCycle' | 'termDuration' | 'autoRenew' | 'status' | 'termEndsOn'
>;

/** The term that runs on a day, or ran last before it. */
export function runningTerm(seed: Renewing, day: Temporal.PlainDate): Term {
  return termsOf(seed, day).at(-1) ?? firstTerm(seed);
}

/** Every term up to the one that runs on the day; only what renews by itself has more than the first. */
function termsOf(seed: Renewing, lastDay: Temporal.PlainDate): Term[] {
  const terms = [firstTerm(seed)];
  const until = seed.termEndsOn ?? lastDay;
  for (let last = terms[0]; last && renews(seed) && isBefore(last.termEndsOn, until); last = terms.at(-1)) {
    const termStartsOn = last.termEndsOn.add({ days: 1 });
    terms.push({ ...last, termStartsOn, termEndsOn: termEnd(termStartsOn, last.termDuration) });
  }
  const last = terms.pop();
  return last ? [...terms, { ...last, termEndsOn: seed.termEndsOn ?? last.termEndsOn }] : terms;
}

/** The term that begins with the purchase; a trial's is 30 days. */
export function firstTerm({
  purchasedOn,
  billingCycle,
  termDuration,
}: Pick<Renewing, 'purchasedOn' | 'billingCycle' | 'termDuration'>): Term {
  const isTrial = billingCycle === 'none';
  const duration = termDuration ?? (isTrial ? 'P1M' : 'P1Y');
  return {
    termStartsOn: purchasedOn,
    termEndsOn: isTrial ? purchasedOn.add({ days: TRIAL_DAYS - 1 }) : termEnd(purchasedOn, duration),
    termDuration: duration,
    billingCycle,
  };
}

/** A trial becomes another subscription instead; and what is expired or disabled did not renew. */
function renews({ autoRenew, billingCycle, status }: Renewing): boolean {
  return autoRenew && billingCycle !== 'none' && status !== 'expired' && status !== 'disabled';
}

function linesOf(
  terms: NewCommerceTerms,
  first: 'new' | 'renew',
  quantity: number,
  through: Temporal.PlainDate,
): BillingLine[] {
  if (isBefore(through, terms.termStartsOn)) return [];
  const line = lineFromDay(terms, first, quantity, terms.termStartsOn);
  return [line, ...cycleChargesDue({ ...terms, quantity, billedThrough: line.period.end }, through)];
}

/** A cancellation within the window gives back the day itself and what is left of the cycle; an upgrade the same, whenever it was (N34, B8). */
function creditAtEnd(
  { ended, quantity }: SeedSubscription,
  terms: NewCommerceTerms,
  endedOn: Temporal.PlainDate,
  windowEnd: Temporal.Instant | null,
  lines: readonly BillingLine[],
): BillingLine | undefined {
  if (!ended || ended.reason === 'expired' || !lines.some(({ period }) => contains(period, endedOn))) return undefined;
  if (ended.reason === 'upgraded') return lineFromDay(terms, 'convert', -quantity, endedOn);
  const inWindow = windowEnd !== null && Temporal.Instant.compare(ended.at, windowEnd) <= 0;
  return inWindow ? lineFromDay(terms, 'cancelImmediate', -quantity, endedOn) : undefined;
}

/** The day after the term, and after the 30 and 90 days that follow it (L3). */
function statusUntil(status: SubscriptionStatus, termEndsOn: Temporal.PlainDate): Temporal.PlainDate | null {
  const days = { pending: null, active: 1, suspended: 1, expired: 31, disabled: 121, deleted: null }[status];
  return days === null ? null : termEndsOn.add({ days });
}

function boughtAt(purchasedOn: Temporal.PlainDate, now: Temporal.Instant): Temporal.Instant {
  const { hour, minute, second } = now.toZonedDateTimeISO('UTC');
  return purchasedOn.toZonedDateTime({ timeZone: 'UTC', plainTime: { hour, minute, second } }).toInstant();
}

function atMidnight(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime('UTC').toInstant();
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}
