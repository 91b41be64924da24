import { containsServices } from '../catalog/contained.ts';
import { type Catalog, getOffer } from '../catalog/offer.ts';
import { perMonth } from '../ledger/per-month.ts';
import { restOfTerm } from '../ledger/rest-of-term.ts';
import { openBatches, type SeatBatch, seatsIn } from '../subscriptions/seat-batch.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Money } from '../values/money.ts';
import { utcDay } from '../values/period.ts';
import type { License } from './license.ts';

export type OverlapFacts = {
  readonly catalog: Catalog;
  readonly now: Temporal.Instant;
  /** What the partner sold to one customer. */
  readonly held: readonly {
    readonly subscription: Subscription;
    /** Users that hold a license of it. */
    readonly assigned: number;
    /** Of new commerce; none on the legacy platform. */
    readonly batches: readonly SeatBatch[];
  }[];
  /** Licenses of these subscriptions; those of users with one alone can be left out. */
  readonly licenses: readonly (Omit<License, 'offerId'> & { readonly userId: string })[];
};

/**
 * How seats can go. `removeSeats` and `cancel`: at once, as long as their window is open (N26, N33), on the legacy platform on any day (B3, B6).
 * `scheduleSeats` and `turnAutoRenewOff`: with the term (N39, L7). `ends`: they go with the term by themselves.
 */
export type Reduction = {
  readonly act: 'removeSeats' | 'cancel' | 'scheduleSeats' | 'turnAutoRenewOff' | 'ends';
  readonly seats: number;
  /** The last UTC day on which it is possible, or on which they are there. */
  readonly until: Temporal.PlainDate;
};

/** A subscription of which users have all services by another license too. */
export type Overlap = {
  readonly subscription: Subscription;
  readonly assigned: number;
  /** Users who would miss nothing without it. */
  readonly users: number;
  /** What gives them the same, and to how many of them; most first. */
  readonly within: readonly { readonly subscription: Subscription; readonly users: number }[];
  /** Seats that nobody would miss: those of the users, or all where every user has the same elsewhere. */
  readonly seats: number;
  readonly perMonth: Money;
  /** From today until its term ends. */
  readonly untilTermEnd: Money;
  readonly reductions: readonly Reduction[];
};

type Held = OverlapFacts['held'][number];
type Holding = { readonly held: Held; readonly license: OverlapFacts['licenses'][number] };

/**
 * Active subscriptions whose services are wholly contained in another that the same users hold, the one that costs most first. Where two bring the
 * same, the dearer one could go. Trials are left out on both sides: they cost nothing, and end.
 */
export function findOverlaps(facts: OverlapFacts): Overlap[] {
  const { catalog, held, licenses } = facts;
  const counted = new Map(
    held
      .filter(({ subscription: { status, billingCycle } }) => status === 'active' && billingCycle !== 'none')
      .map((one) => [one.subscription.subscriptionId, one]),
  );
  const within = new Map<Held, Map<Held, number>>();
  for (const own of Map.groupBy(licenses, ({ userId }) => userId).values()) {
    const holdings = own.flatMap((license) => {
      const one = counted.get(license.subscriptionId);
      return one ? [{ held: one, license }] : [];
    });
    for (const [spare, kept] of spareOf(catalog, holdings)) {
      const users = within.get(spare) ?? new Map<Held, number>();
      within.set(spare, users.set(kept, (users.get(kept) ?? 0) + 1));
    }
  }
  return [...within]
    .flatMap(([spare, users]) => toOverlap(facts, spare, users) ?? [])
    .toSorted((one, other) => Number(other.untilTermEnd.minor - one.untilTermEnd.minor));
}

/** What one user could do without, each with what gives the same. */
function spareOf(catalog: Catalog, holdings: readonly Holding[]): [spare: Held, kept: Held][] {
  const outdone = (one: Holding) => holdings.filter((other) => other !== one && outdoes(catalog, other, one));
  const kept = holdings.filter((one) => outdone(one).length === 0);
  return holdings.flatMap((one): [Held, Held][] => {
    const better = outdone(one).find((other) => kept.includes(other));
    return better ? [[one.held, better.held]] : [];
  });
}

/** Whether a license brings all that the other does, and is the one to stay if the other brings all of its too. */
function outdoes(catalog: Catalog, one: Holding, other: Holding): boolean {
  if (!brings(catalog, one, other)) return false;
  return !brings(catalog, other, one) || staysBefore(one.held.subscription, other.held.subscription);
}

function brings(catalog: Catalog, one: Holding, other: Holding): boolean {
  const [own, wanted] = [plansOf(catalog, one), plansOf(catalog, other)];
  return containsServices(own.all, wanted.all) && containsServices(own.on, wanted.on);
}

function plansOf(catalog: Catalog, { held, license }: Holding) {
  const all = getOffer(catalog, held.subscription.offerId).servicePlans;
  return { all, on: all.filter(({ planName }) => !license.switchedOff.includes(planName)) };
}

function staysBefore(one: Subscription, other: Subscription): boolean {
  const [price, otherPrice] = [perMonth(one, 1).minor, perMonth(other, 1).minor];
  if (price !== otherPrice) return price < otherPrice;
  return one.subscriptionId < other.subscriptionId;
}

function toOverlap(
  { catalog, now }: OverlapFacts,
  spare: Held,
  byKept: ReadonlyMap<Held, number>,
): Overlap | undefined {
  const { subscription, assigned } = spare;
  const users = [...byKept.values()].reduce((sum, one) => sum + one, 0);
  const isWhole = users >= assigned;
  const { min } = getOffer(catalog, subscription.offerId).seats;
  const seats = isWhole ? subscription.quantity : Math.min(users, subscription.quantity - min);
  if (seats <= 0) return undefined;
  return {
    subscription,
    assigned,
    users,
    within: [...byKept]
      .map(([kept, some]) => ({ subscription: kept.subscription, users: some }))
      .toSorted((one, other) => other.users - one.users),
    seats,
    perMonth: perMonth(subscription, seats),
    untilTermEnd: restOfTerm(subscription, seats, utcDay(now)),
    reductions: reductionsOf(spare, { seats, isWhole, now }),
  };
}

function reductionsOf(
  { subscription, batches }: Held,
  { seats, isWhole, now }: { readonly seats: number; readonly isWhole: boolean; readonly now: Temporal.Instant },
): Reduction[] {
  const { platform, cancellableUntil, statusUntil, termEndsOn, autoRenew, scheduledChange, quantity } = subscription;
  const lastDay = statusUntil?.subtract({ days: 1 }) ?? termEndsOn;
  if (platform === 'legacy') return [{ act: isWhole ? 'cancel' : 'removeSeats', seats, until: lastDay }];
  if (isWhole && cancellableUntil && Temporal.Instant.compare(now, cancellableUntil) < 0) {
    return [{ act: 'cancel', seats, until: lastDayBefore(cancellableUntil) }];
  }
  // One seat stays where all could go: a subscription without any has to be cancelled.
  const open = takeFrom(openBatches(batches, now), isWhole ? seats - 1 : seats);
  const atOnce = seatsIn(open);
  const closes = open
    .map(({ removableUntil }) => removableUntil)
    .toSorted((one, other) => Temporal.Instant.compare(one, other))[0];
  const rest = seats - atOnce;
  const planned = scheduledChange ? Math.max(0, quantity - scheduledChange.quantity) : 0;
  const isOver = !autoRenew || (!isWhole && planned >= rest);
  const then = isOver ? 'ends' : isWhole ? 'turnAutoRenewOff' : 'scheduleSeats';
  return [
    ...(closes ? [{ act: 'removeSeats', seats: atOnce, until: lastDayBefore(closes) } as const] : []),
    ...(rest > 0 ? [{ act: then, seats: rest, until: lastDay } as const] : []),
  ];
}

/** So many seats at most, out of the newest batches first, as they are taken back. */
function takeFrom(batches: readonly SeatBatch[], seats: number): SeatBatch[] {
  let left = seats;
  return batches.flatMap((batch) => {
    const quantity = Math.min(left, batch.quantity);
    left -= quantity;
    return quantity > 0 ? [{ ...batch, quantity }] : [];
  });
}

function lastDayBefore(moment: Temporal.Instant): Temporal.PlainDate {
  return utcDay(moment.subtract({ nanoseconds: 1 }));
}
