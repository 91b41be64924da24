import type { BillingCycle, TermDuration } from '../values/period.ts';

/** What a subscription is to become when its term ends: all of it as it will be, not only what differs (N39). */
export type PlannedChange = {
  readonly offerId: string;
  readonly quantity: number;
  readonly termDuration: TermDuration;
  readonly billingCycle: BillingCycle;
  /** A last day of the next term that another subscription or the calendar gives it (N24). */
  readonly customTermEndsOn: Temporal.PlainDate | null;
};

/** A change that waits for the renewal. */
export type ScheduledChange = PlannedChange & {
  /** Absent in changes that were scheduled before this was kept. */
  readonly scheduled?: Scheduling;
};

/** By whom and when a change was scheduled. */
export type Scheduling = { readonly by: string; readonly at: Temporal.Instant };
