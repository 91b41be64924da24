import type { ChangeAsked } from '../../core/subscriptions/schedule-change.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { notActive } from '../../core/upgrades/refusal.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Failure, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { changeAutoRenew, findCurrent, reactivate, suspend } from './change-lifecycle.ts';
import { setSeats } from './change-seats.ts';
import { schedule, unschedule } from './schedule-change.ts';
import { saveName } from './seats.store.ts';

type Asked = {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The version that was looked at; absent: whatever it is now. */
  readonly version?: number | undefined;
  readonly quantity?: number | undefined;
  readonly friendlyName?: string | undefined;
  readonly autoRenew?: boolean | undefined;
  readonly status?: 'active' | 'suspended' | undefined;
  /** What it becomes when it renews; null: as it is. */
  readonly scheduledChange?: ChangeAsked | null | undefined;
};

/**
 * Changes what is given of a subscription, all of it or nothing. What is the same already changes nothing, so a repeat is harmless.
 * Refused: role, unknown subscription, another version than the one looked at, an ended one, every reason against one of the changes.
 */
export async function updateSubscription(call: Call, asked: Asked): Promise<Outcome<undefined>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'changeSeats');
  if (!allowed.ok) return allowed;
  try {
    return await database.change(actor.partner.partnerId, asked.customerId, async (tx): Promise<Outcome<undefined>> => {
      const found = await findCurrent(tx, call, asked);
      if (!found) return notFound('subscription', asked.subscriptionId);
      const steps = stepsOf(found.subscription, asked);
      if (steps.length === 0) return accepted(undefined);
      const { version, status } = found.subscription;
      if (asked.version !== undefined && asked.version !== version)
        return refused({ code: 'changed-meanwhile', version });
      if (status === 'deleted') return refused({ code: 'refused', refusals: [notActive(found.subscription)] });
      for (const step of steps) {
        const done = await step(tx, call);
        if (!done.ok) throw new Undone(done.refused);
      }
      return accepted(undefined);
    });
  } catch (error) {
    if (error instanceof Undone) return refused(error.failure);
    throw error;
  }
}

/** Takes back what the transaction has written before one of its changes was refused. */
class Undone extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

type Step = (tx: Transaction, call: Call) => Promise<Outcome<unknown>>;

/** What differs, in an order in which each is possible after the one before. */
function stepsOf(subscription: Subscription, asked: Asked): Step[] {
  const { customerId, subscriptionId } = subscription;
  const { status, autoRenew, friendlyName, quantity, scheduledChange } = asked;
  const of = { customerId, subscriptionId };
  const steps: Step[] = [];
  if (status === 'active' && status !== subscription.status) steps.push((tx, call) => reactivate(tx, call, of));
  if (autoRenew !== undefined && autoRenew !== subscription.autoRenew)
    steps.push((tx, call) => changeAutoRenew(tx, call, { ...of, autoRenew }));
  if (friendlyName !== undefined && friendlyName !== subscription.friendlyName)
    steps.push((tx, call) => rename(tx, call, subscription, friendlyName));
  if (quantity !== undefined && quantity !== subscription.quantity)
    steps.push((tx, call) => setSeats(tx, call, { ...of, quantity }));
  if (scheduledChange) steps.push((tx, call) => schedule(tx, call, { ...of, ...scheduledChange }));
  if (scheduledChange === null && subscription.scheduledChange) steps.push((tx, call) => unschedule(tx, call, of));
  if (status === 'suspended' && status !== subscription.status) steps.push((tx, call) => suspend(tx, call, of));
  return steps;
}

async function rename(
  tx: Transaction,
  call: Call,
  { customerId, subscriptionId, friendlyName }: Subscription,
  name: string,
): Promise<Outcome<undefined>> {
  await saveName(tx, { customerId, subscriptionId }, name);
  const details = { before: { friendlyName }, after: { friendlyName: name } };
  const changed = [subscriptionId];
  await saveAudit(tx, [
    toAuditRow(call, { customerId, action: 'subscription.updated', subjectId: subscriptionId, details, changed }),
  ]);
  return accepted(undefined);
}
