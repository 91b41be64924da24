import { formatMoney, type Money } from '../values/money.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { type Billed, billedTogetherUntil } from './billed-ahead.ts';
import type { UpgradeDecision } from './upgrade-decision.ts';
import type { Difference } from './quote.ts';
import type { Refusal } from './refusal.ts';

/** What has become of an upgrade that was submitted (product decision 15). */
export type UpgradeState =
  | 'waitingForApproval'
  | 'held'
  | 'scheduled'
  | 'applied'
  | 'withdrawn'
  | 'rejected'
  | 'refused';

/** When a partner wants a second agent to look at an upgrade, and for how long each one waits. Null: not asked. */
export type ApprovalPolicy = {
  /** An upgrade cannot be undone (N5): every one is looked at. */
  readonly always: boolean;
  /** What is charged today, net, above this. */
  readonly netAbove: Money | null;
  /** More users than this hold a license of the subscription. */
  readonly usersAbove: number | null;
  /** More users than this need a person's work afterwards. */
  readonly workAbove: number | null;
  readonly officeHours: OfficeHours | null;
  /** The cooling-off delay: for so long it can be stopped (product decision 10). 0: none. */
  readonly delayMinutes: number;
};

export type OfficeHours = {
  /** IANA name, `Europe/Istanbul`. */
  readonly timeZone: string;
  /** Days of the week, Monday is 1. */
  readonly days: readonly number[];
  /** `09:00`; the first minute that belongs to them. */
  readonly from: string;
  /** `18:00`; the first minute that does not. */
  readonly until: string;
};

export const NO_POLICY: ApprovalPolicy = {
  always: false,
  netAbove: null,
  usersAbove: null,
  workAbove: null,
  officeHours: null,
  delayMinutes: 0,
};

/** One reason why a second agent is asked, with its evidence in a form that can be stored. */
export type ApprovalReason =
  | { readonly name: 'always' }
  | { readonly name: 'net-above'; readonly limit: string; readonly net: string; readonly currency: string }
  | { readonly name: 'users-above' | 'work-above'; readonly limit: number; readonly users: number }
  | { readonly name: 'outside-office-hours'; readonly timeZone: string; readonly from: string; readonly until: string };

/** Why an upgrade waits, and for how long at least; neither: it is applied at once. */
export type Waiting = { readonly reasons: readonly ApprovalReason[]; readonly delayMinutes: number };

/** Why an upgrade was given back instead of applied: all that differs from what was shown, or all that stands in the way. */
export type Returned = { readonly differences: readonly Difference[]; readonly refusals: readonly Refusal[] };

/** How long an approval is waited for. */
export const ASKED_FOR = Temporal.Duration.from({ hours: 30 * 24 });
/** How long an upgrade that waited may still be billed from the day that was shown: over a weekend with a holiday beside it. */
const PLANNED_DAY_HOLDS_DAYS = 7;

/** What a policy says of an upgrade submitted at a moment: every reason that holds, and the delay. */
export function decideWaiting(
  policy: ApprovalPolicy,
  { totals, transfer }: Pick<UpgradeDecision, 'totals' | 'transfer'>,
  at: Temporal.Instant,
): Waiting {
  const users = transfer.moves.length;
  const work = transfer.moves.filter((move) => move.faults.length > 0).length;
  return { reasons: reasonsFor(policy, { net: totals.net, users, work }, at), delayMinutes: policy.delayMinutes };
}

/** Every reason of a policy for so much money, so many users and so many of them who need work, at a moment. */
export function reasonsFor(
  policy: ApprovalPolicy,
  { net, users, work }: { readonly net: Money; readonly users: number; readonly work: number },
  at: Temporal.Instant,
): ApprovalReason[] {
  const { netAbove, usersAbove, workAbove, officeHours } = policy;
  const reasons: ApprovalReason[] = [];
  if (policy.always) reasons.push({ name: 'always' });
  if (netAbove && isAbove(net, netAbove)) {
    const { currency } = net;
    reasons.push({ name: 'net-above', limit: formatMoney(netAbove), net: formatMoney(net), currency });
  }
  if (usersAbove !== null && users > usersAbove) reasons.push({ name: 'users-above', limit: usersAbove, users });
  if (workAbove !== null && work > workAbove) reasons.push({ name: 'work-above', limit: workAbove, users: work });
  if (officeHours && !isWithin(officeHours, at)) {
    const { timeZone, from, until } = officeHours;
    reasons.push({ name: 'outside-office-hours', timeZone, from, until });
  }
  return reasons;
}

/**
 * What was told with the quote and what holds now, both: nobody who was told that it waits sees it done at once, and a rule that came
 * meanwhile counts as well.
 */
export function joinWaiting(told: Waiting, now: Waiting): Waiting {
  const known = new Set(now.reasons.map(({ name }) => name));
  return {
    reasons: [...now.reasons, ...told.reasons.filter(({ name }) => !known.has(name))],
    delayMinutes: Math.max(told.delayMinutes, now.delayMinutes),
  };
}

/** What is left of it when a second agent has said yes to some of the reasons already. */
export function withoutReasons(waiting: Waiting, settled: readonly ApprovalReason['name'][]): Waiting {
  return { ...waiting, reasons: waiting.reasons.filter(({ name }) => !settled.includes(name)) };
}

export function waits({ reasons, delayMinutes }: Waiting): boolean {
  return reasons.length > 0 || delayMinutes > 0;
}

/**
 * The day that an upgrade which waited is decided for (product decision 7): the planned one, which was shown, as long as the subscription, and
 * that which takes its seats, are what they were, the same service period of each runs and a week has not passed; otherwise today, which makes
 * other lines and so gives it back.
 */
export function dayToApply(
  { source, into }: { readonly source: Versioned; readonly into: Versioned | null },
  planned: PlannedDay,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  const { days } = planned.on.until(today, { largestUnit: 'days' });
  const isAsItWas = (one: Versioned, version: number | null) =>
    (version === null || one.version === version) &&
    Temporal.PlainDate.compare(today, billedTogetherUntil(one, planned.on)) <= 0;
  const holds =
    days >= 0 &&
    days <= PLANNED_DAY_HOLDS_DAYS &&
    isAsItWas(source, planned.version) &&
    (into === null || isAsItWas(into, planned.intoVersion));
  return holds ? planned.on : today;
}

type Versioned = Billed & Pick<Subscription, 'version'>;

type PlannedDay = {
  readonly on: Temporal.PlainDate;
  readonly version: number;
  /** That of the subscription which takes the seats; null: there is none, or it was quoted before this was kept. */
  readonly intoVersion: number | null;
};

/** An amount of another currency cannot be compared, so somebody looks. */
function isAbove(net: Money, limit: Money): boolean {
  return net.currency !== limit.currency || net.minor > limit.minor;
}

function isWithin({ timeZone, days, from, until }: OfficeHours, at: Temporal.Instant): boolean {
  const local = at.toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime();
  return (
    days.includes(local.dayOfWeek) &&
    Temporal.PlainTime.compare(time, Temporal.PlainTime.from(from)) >= 0 &&
    Temporal.PlainTime.compare(time, Temporal.PlainTime.from(until)) < 0
  );
}
