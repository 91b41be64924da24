import { alignedEnds, type AlignedEnd } from '../../core/subscriptions/coterminous.ts';
import {
  assessScheduled,
  type ChangeAsked,
  decideScheduledChange,
  type ScheduledTarget,
  type ScheduleFacts,
} from '../../core/subscriptions/schedule-change.ts';
import type { PlannedChange, ScheduledChange } from '../../core/subscriptions/scheduled-change.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import type { TermDuration } from '../../core/values/period.ts';
import { getOffer } from '../../core/catalog/offer.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { change, findCurrent, inHand, type LifecycleChanged, type OfSubscription } from './change-lifecycle.ts';
import { findSubscriptions } from './subscription.store.ts';

/** What is scheduled for a renewal, what could be, and the last days that the next term may be given, by its length. */
export type ShownSchedule = {
  readonly subscription: Subscription;
  readonly targets: readonly ScheduledTarget[];
  readonly ends: readonly (AlignedEnd & { readonly termDuration: TermDuration })[];
};

/** Refused: role, unknown customer or subscription. */
export async function showScheduledChange(call: Call, asked: OfSubscription): Promise<Outcome<ShownSchedule>> {
  const { actor, catalog, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const facts = await database.readOf(actor.partner.partnerId, asked.customerId, (tx) => findFacts(tx, call, asked));
  if (!facts) return notFound('subscription', asked.subscriptionId);
  const { subscription, others } = facts;
  const { product } = getOffer(catalog, subscription.offerId);
  const renews = subscription.status === 'active' && subscription.autoRenew;
  const durations = renews && product ? [...new Set(product.terms.map(({ duration }) => duration))] : [];
  const startsOn = subscription.termEndsOn.add({ days: 1 });
  const ends = durations.flatMap((termDuration) =>
    alignedEnds({ startsOn, termDuration, others }).map((end) => ({ ...end, termDuration })),
  );
  // All seats go on, so that nobody loses one.
  return accepted({ subscription, targets: assessScheduled({ ...facts, losing: [] }), ends });
}

/**
 * Schedules what a subscription becomes when it renews, in place of what was scheduled before; a repeat changes nothing (N39).
 * Refused: role, unknown subscription, another version than the one looked at, every reason against the change.
 */
export async function scheduleChange(
  call: Call,
  asked: OfSubscription & ChangeAsked,
): Promise<Outcome<LifecycleChanged>> {
  return inHand(call, asked, (tx) => schedule(tx, call, asked));
}

/** Removes what is scheduled; where nothing is, nothing changes. Refused: role, unknown subscription, another version. */
export async function unscheduleChange(call: Call, asked: OfSubscription): Promise<Outcome<LifecycleChanged>> {
  return inHand(call, asked, (tx) => unschedule(tx, call, asked));
}

export async function schedule(
  tx: Transaction,
  call: Call,
  asked: OfSubscription & ChangeAsked,
): Promise<Outcome<LifecycleChanged>> {
  // What a term that is over became is there before it is decided about.
  const settled = await findCurrent(tx, call, asked);
  const facts = await findFacts(tx, call, asked);
  if (!facts || !settled) return notFound('subscription', asked.subscriptionId);
  const decided = decideScheduledChange({ ...facts, losing: settled.losing }, asked);
  const scheduled = { by: call.actor.agentId, at: call.clock.now() };
  return change(tx, call, asked, {
    isDone: ({ scheduledChange }) => decided.ok && sameChange(scheduledChange, decided.value),
    decide: ({ subscription }) =>
      decided.ok
        ? accepted({ after: become(subscription, { ...decided.value, scheduled }), dueLines: [], lines: [] })
        : decided,
    entry: (_before, { scheduledChange }) => {
      // By whom and when, every entry tells by itself.
      const { scheduled: _told, ...change } = scheduledChange ?? {};
      const customTermEndsOn = scheduledChange?.customTermEndsOn?.toString() ?? null;
      return { action: 'subscription.change-scheduled', details: { ...change, customTermEndsOn } };
    },
  });
}

export async function unschedule(
  tx: Transaction,
  call: Call,
  asked: OfSubscription,
): Promise<Outcome<LifecycleChanged>> {
  return change(tx, call, asked, {
    isDone: ({ scheduledChange }) => scheduledChange === null,
    decide: ({ subscription }) => accepted({ after: become(subscription, null), dueLines: [], lines: [] }),
    entry: () => ({ action: 'subscription.change-removed', details: {} }),
  });
}

function become(subscription: Subscription, scheduledChange: ScheduledChange | null): Subscription {
  return { ...subscription, scheduledChange, version: subscription.version + 1 };
}

/** Whoever scheduled it. */
function sameChange(one: ScheduledChange | null, other: PlannedChange): boolean {
  const keys = Object.keys(other) as (keyof PlannedChange)[];
  return one !== null && keys.every((key) => String(one[key]) === String(other[key]));
}

async function findFacts(
  tx: Transaction,
  { actor, catalog, clock }: Call,
  { customerId, subscriptionId }: OfSubscription,
): Promise<Omit<ScheduleFacts, 'losing'> | undefined> {
  const found = await findSubscriptions(tx, catalog, actor, clock.now(), customerId);
  const own = found?.held.find(({ subscription }) => subscription.subscriptionId === subscriptionId);
  if (!found || !own) return undefined;
  const others = found.held.flatMap(({ subscription }) => (subscription === own.subscription ? [] : [subscription]));
  return { ...found.facts, ...own, others };
}
