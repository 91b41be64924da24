import type { BilledLine } from '../../core/ledger/charge.ts';
import type { RoundingConventions } from '../../core/ledger/conventions.ts';
import {
  decideAutoRenew,
  decideReactivation,
  decideSuspension,
  type SubscriptionChange,
} from '../../core/subscriptions/change-status.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import type { Refusal, UserLosing } from '../../core/upgrades/refusal.ts';
import { type Money, sumMoney } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused, type Result } from '../../core/values/result.ts';
import { type AuditEntry, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { toChargeRows } from '../ledger/charge.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { findSettled } from './up-to-date.store.ts';
import { saveSubscriptions } from './lifecycle.store.ts';
import { findSeatFacts } from './seats.store.ts';
import { findHeld } from './subscription.store.ts';

export type OfSubscription = {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The version that was looked at; absent: whatever it is now. */
  readonly version?: number | undefined;
  /** Says what would come of it, and does nothing. */
  readonly previews?: true;
};

/** What an act on the life of a subscription came to. */
export type LifecycleChanged = SubscriptionChange & { readonly effectiveOn: Temporal.PlainDate; readonly net: Money };

/** A subscription of a customer that is held, as the calendar has made it up to now. */
export type Found = {
  readonly subscription: Subscription;
  readonly billed: readonly BilledLine[];
  readonly assigned: number;
  readonly rounding: RoundingConventions;
  /** Users that find no seat in the number asked for, where one is. */
  readonly losing: readonly UserLosing[];
};

/** What suspending would come to today; nothing is done. Refused as the act itself. */
export function previewSuspension(call: Call, asked: OfSubscription): Promise<Outcome<LifecycleChanged>> {
  return suspendSubscription(call, { ...asked, previews: true });
}

/** What taking it back into use would come to today; nothing is done. Refused as the act itself. */
export function previewReactivation(call: Call, asked: OfSubscription): Promise<Outcome<LifecycleChanged>> {
  return reactivateSubscription(call, { ...asked, previews: true });
}

/**
 * Suspends a subscription; a repeat changes nothing. Refused: role, unknown subscription, another version than the one looked at, one that is
 * not active, a trial.
 */
export async function suspendSubscription(call: Call, asked: OfSubscription): Promise<Outcome<LifecycleChanged>> {
  return inHand(call, asked, (tx) => suspend(tx, call, asked));
}

/**
 * Takes a suspended subscription back into use; a repeat changes nothing. Refused: role, unknown subscription, another version, one that is not
 * suspended, an add-on whose base is not active.
 */
export async function reactivateSubscription(call: Call, asked: OfSubscription): Promise<Outcome<LifecycleChanged>> {
  return inHand(call, asked, (tx) => reactivate(tx, call, asked));
}

/** Says whether a subscription renews by itself. Refused: role, unknown subscription, another version, one whose term is over. */
export async function setAutoRenew(
  call: Call,
  asked: OfSubscription & { readonly autoRenew: boolean },
): Promise<Outcome<LifecycleChanged>> {
  return inHand(call, asked, (tx) => changeAutoRenew(tx, call, asked));
}

/** Does an act in a transaction that holds the customer, for a role that manages subscriptions. */
export async function inHand<Value>(
  { actor, database }: Call,
  { customerId, previews }: OfSubscription,
  act: (tx: Transaction) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'manageSubscriptions');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return previews ? database.writeOf(partnerId, customerId, act) : database.change(partnerId, customerId, act);
}

export async function suspend(tx: Transaction, call: Call, asked: OfSubscription): Promise<Outcome<LifecycleChanged>> {
  return change(tx, call, asked, {
    isDone: ({ status }) => status === 'suspended',
    decide: ({ subscription, billed, rounding }, on) => decideSuspension(subscription, billed, on, rounding),
  });
}

export async function reactivate(
  tx: Transaction,
  call: Call,
  asked: OfSubscription,
): Promise<Outcome<LifecycleChanged>> {
  const held = await findHeld(tx, call.actor.partner.partnerId, asked.customerId, call.clock.now());
  return change(tx, call, asked, {
    isDone: ({ status }) => status === 'active',
    decide: ({ subscription, rounding }, on) => {
      const base = held.find((one) => one.subscription.subscriptionId === subscription.addOnOf);
      return decideReactivation(subscription, base?.subscription ?? null, on, rounding);
    },
  });
}

export async function changeAutoRenew(
  tx: Transaction,
  call: Call,
  asked: OfSubscription & { readonly autoRenew: boolean },
): Promise<Outcome<LifecycleChanged>> {
  return change(tx, call, asked, {
    isDone: ({ autoRenew }) => autoRenew === asked.autoRenew,
    decide: ({ subscription }) => decideAutoRenew(subscription, asked.autoRenew),
  });
}

type Act = {
  /** Whether it is so already, so that a repeat changes nothing. */
  readonly isDone: (subscription: Subscription) => boolean;
  readonly decide: (found: Found, on: Temporal.PlainDate) => Result<SubscriptionChange, readonly Refusal[]>;
  /** What the audit log tells of it; absent: what differs of status and renewal. */
  readonly entry?: (before: Subscription, after: Subscription) => Pick<AuditEntry, 'action' | 'details'>;
};

/** Decides and writes one act on a subscription of a customer that is held. */
export async function change(
  tx: Transaction,
  call: Call,
  asked: OfSubscription,
  { isDone, decide, entry = statusEntry }: Act,
): Promise<Outcome<LifecycleChanged>> {
  const on = utcDay(call.clock.now());
  const found = await findCurrent(tx, call, asked);
  if (!found) return notFound('subscription', asked.subscriptionId);
  const { subscription } = found;
  const answer = (made: SubscriptionChange): Outcome<LifecycleChanged> => {
    const amounts = made.lines.map(({ amount }) => amount);
    return accepted({ ...made, effectiveOn: on, net: sumMoney(subscription.unitPrice.currency, amounts) });
  };
  if (isDone(subscription)) return answer({ after: subscription, dueLines: [], lines: [] });
  const { version } = subscription;
  if (asked.version !== undefined && asked.version !== version) return refused({ code: 'changed-meanwhile', version });
  const decided = decide(found, on);
  if (!decided.ok) return refused({ code: 'refused', refusals: decided.refused });
  if (!asked.previews) await save(tx, call, subscription, decided.value, entry);
  return answer(decided.value);
}

/** A subscription after whatever its term’s end has brought by now (N43). Undefined: the partner has no such one. */
export function findCurrent(
  tx: Transaction,
  call: Call,
  { customerId, subscriptionId, quantity = null }: OfSubscription & { readonly quantity?: number | null | undefined },
): ReturnType<typeof findSeatFacts> {
  const { partnerId } = call.actor.partner;
  const now = call.clock.now();
  const find = () => findSeatFacts(tx, partnerId, customerId, subscriptionId, now, quantity);
  return findSettled(tx, call, customerId, find, (found) => (found ? [found.subscription] : []));
}

async function save(
  tx: Transaction,
  call: Call,
  before: Subscription,
  { after, dueLines, lines }: SubscriptionChange,
  entry: NonNullable<Act['entry']>,
): Promise<void> {
  const { clock, newId } = call;
  const { customerId, subscriptionId, partnerId } = before;
  const audit = toAuditRow(call, {
    customerId,
    subjectId: subscriptionId,
    changed: [subscriptionId],
    ...entry(before, after),
  });
  await saveSubscriptions(
    tx,
    {
      customerId,
      partnerId,
      at: clock.now(),
      referenceId: newId(),
      subscriptions: [after],
      charges: toChargeRows(lines, before, newId, { dueLines }),
      batches: new Map(),
      upgrades: [],
      audits: [audit],
    },
    newId,
  );
}

function statusEntry(before: Subscription, after: Subscription) {
  const describe = ({ status, autoRenew }: Subscription) => ({ status, autoRenew });
  return { action: 'subscription.updated', details: { before: describe(before), after: describe(after) } } as const;
}
