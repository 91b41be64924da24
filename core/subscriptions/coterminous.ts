import { termEnd } from '../ledger/charge-cycle.ts';
import type { Refusal } from '../upgrades/refusal.ts';
import type { TermDuration } from '../values/period.ts';
import type { Subscription } from './subscription.ts';

/** A term that is to end on another day than its own: one that is bought, or the next one of a subscription that renews. */
export type TermToAlign = {
  readonly startsOn: Temporal.PlainDate;
  readonly termDuration: TermDuration;
  /** What this partner sold to the customer beside it. */
  readonly others: readonly Other[];
};
type Other = Pick<
  Subscription,
  'subscriptionId' | 'platform' | 'status' | 'billingCycle' | 'termDuration' | 'termEndsOn'
>;

/** A last day that a term may be given; `alignsWith` names the subscription that ends on it, null the calendar month. */
export type AlignedEnd = { readonly endsOn: Temporal.PlainDate; readonly alignsWith: string | null };

/**
 * The last days that a new commerce term may be given instead of its own, in order: those on which a running term of another active subscription
 * ends, as it is and as it will renew, and the last days of calendar months, all within the term (N24, N25).
 */
export function alignedEnds(term: TermToAlign): AlignedEnd[] {
  const { termDuration, others } = term;
  const ends = others.filter((other) => carries(other, termDuration)).flatMap((other) => endsOf(other, term));
  return [...ends, ...monthEnds(term)]
    .filter(({ endsOn }) => termDuration !== 'P1M' || !isAmbiguous(endsOn))
    .toSorted((one, other) => Temporal.PlainDate.compare(one.endsOn, other.endsOn));
}

/** Why a term may not end on a day; empty: it may. */
export function refusalsOfEnd(term: TermToAlign, endsOn: Temporal.PlainDate): Refusal[] {
  const { startsOn: from, termDuration } = term;
  const until = termEnd(from, termDuration);
  if (!isWithin(endsOn, from, until)) return [{ name: 'end-date-outside-term', endsOn, from, until }];
  const matches = alignedEnds(term).some((one) => one.endsOn.equals(endsOn));
  return matches ? [] : [{ name: 'end-date-matches-nothing', endsOn }];
}

/** A trial carries nothing, and a monthly subscription no longer one. */
function carries({ platform, status, billingCycle, termDuration }: Other, aligned: TermDuration): boolean {
  const runs = platform === 'newCommerce' && status === 'active' && billingCycle !== 'none';
  return runs && (termDuration !== 'P1M' || aligned === 'P1M');
}

function endsOf(other: Other, { startsOn, termDuration }: TermToAlign): AlignedEnd[] {
  const until = termEnd(startsOn, termDuration);
  const ends: AlignedEnd[] = [];
  let endsOn = other.termEndsOn;
  while (Temporal.PlainDate.compare(endsOn, until) <= 0) {
    if (isWithin(endsOn, startsOn, until)) ends.push({ endsOn, alignsWith: other.subscriptionId });
    endsOn = termEnd(endsOn.add({ days: 1 }), other.termDuration);
  }
  return ends;
}

function monthEnds({ startsOn, termDuration }: TermToAlign): AlignedEnd[] {
  const until = termEnd(startsOn, termDuration);
  const ends: AlignedEnd[] = [];
  let endsOn = lastOfMonth(startsOn);
  while (Temporal.PlainDate.compare(endsOn, until) <= 0) {
    ends.push({ endsOn, alignsWith: null });
    endsOn = lastOfMonth(endsOn.add({ days: 1 }));
  }
  return ends;
}

function lastOfMonth(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.with({ day: day.daysInMonth });
}

/** Monthly terms end on no day that some months lack, unless it is the last of its month. */
function isAmbiguous({ day, daysInMonth }: Temporal.PlainDate): boolean {
  return day >= 28 && day <= 30 && day !== daysInMonth;
}

function isWithin(day: Temporal.PlainDate, from: Temporal.PlainDate, until: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, until) <= 0;
}
