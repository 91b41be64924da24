import { getOffer } from '../catalog/offer.ts';
import { settleIssues } from '../licenses/settle-issue.ts';
import type { TransferPlan } from '../licenses/plan-transfer.ts';
import { decideCancellation } from '../subscriptions/cancel.ts';
import { decideSeatChange } from '../subscriptions/change-seats.ts';
import { decideAutoRenew, decideReactivation, decideSuspension } from '../subscriptions/change-status.ts';
import { decideScheduledChange } from '../subscriptions/schedule-change.ts';
import { batchOf, type SeatBatch } from '../subscriptions/seat-batch.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { BillingCycle, TermDuration } from '../values/period.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import {
  book,
  buy,
  CHAIN,
  count,
  endOf,
  factsOf,
  holdersOf,
  licensedUser,
  living,
  tenantSeats,
  TRIAL,
  type World,
} from './history.fixture.ts';
import type { UpgradeDecision } from './upgrade-decision.ts';
import { offerOf } from './upgrade-facts.fixture.ts';

/** What somebody tries; `which` counts round the subscriptions that live. An act that is refused changes nothing. */
export type Act = { readonly which: number } & (
  | { readonly what: 'buy'; readonly quantity: number; readonly termDuration: TermDuration; readonly yearly: boolean }
  | { readonly what: 'seats' | 'license'; readonly quantity: number }
  | Move
  | { readonly what: 'schedule'; readonly quantity: number; readonly upgrades: boolean }
  | { readonly what: 'cancel' | 'suspend' | 'reactivate' | 'renew' | 'do not renew' | 'settle' }
);

/** An upgrade to the next product: of all seats or some, into a subscription of it or not, with another billing plan or term or not. */
export type Move = {
  readonly what: 'move';
  readonly quantity: number | undefined;
  readonly into: boolean;
  readonly chosen: number;
  readonly transfers: boolean;
  readonly term: { readonly termDuration?: TermDuration; readonly billingCycle?: BillingCycle };
};

/** True: it was done. */
export function play(world: World, act: Act): boolean {
  if (act.what === 'buy') {
    const key = [TRIAL, ...CHAIN][act.which % (CHAIN.length + 1)] ?? TRIAL;
    const billingCycle = act.yearly && act.termDuration !== 'P1M' ? 'annual' : 'monthly';
    buy(world, { ...act, key, billingCycle });
    return true;
  }
  const all = living(world);
  const subscription = all[act.which % Math.max(1, all.length)];
  if (!subscription) return false;
  switch (act.what) {
    case 'seats':
      return changeSeats(world, subscription, act.quantity);
    case 'license':
      return giveLicenses(world, subscription, act.quantity);
    case 'move':
      return move(world, subscription, act);
    case 'schedule':
      return schedule(world, subscription, act);
    case 'cancel':
      return cancel(world, subscription);
    case 'settle':
      return settle(world, subscription);
    default:
      return changeStatus(world, subscription, act.what);
  }
}

function changeSeats(world: World, subscription: Subscription, quantity: number): boolean {
  const { subscriptionId, offerId } = subscription;
  const offer = getOffer(world.catalog, offerId);
  const facts = {
    ...factsOf(world, subscription),
    offer,
    assigned: holdersOf(world, subscriptionId).length,
    losing: [],
    batches: world.batches.get(subscriptionId) ?? [],
    tenantSeats: tenantSeats(world).get(offer.skuId) ?? 0,
  };
  const decided = decideSeatChange(facts, quantity, world.now);
  if (!decided.ok) return false;
  const { quantity: after, lines, batches } = decided.value;
  book(world, subscriptionId, lines);
  world.batches.set(subscriptionId, batches ?? []);
  world.subscriptions.set(subscriptionId, changed(subscription, { quantity: after }));
  count(world, quantity - subscription.quantity);
  return true;
}

/** An act of somebody: what was scheduled is given up, and it is one more change (N32, N40). */
function changed(subscription: Subscription, what: Partial<Subscription>): Subscription {
  const [updates, version] = [subscription.updates + 1, subscription.version + 1];
  return { ...subscription, updates, version, scheduledChange: null, ...what } as Subscription;
}

/** Gives licenses to new users while there are seats for them. */
function giveLicenses(world: World, { subscriptionId, quantity, status }: Subscription, most: number): boolean {
  const free = quantity - holdersOf(world, subscriptionId).length;
  const given = status === 'active' ? Math.max(0, Math.min(free, most)) : 0;
  const known = world.licenses.size;
  const users = Array.from({ length: given }, (_, index) => `user ${world.ledger.length} ${known + index}`);
  for (const userId of users) world.licenses.set(userId, subscriptionId);
  return given > 0;
}

function move(world: World, source: Subscription, { quantity, into, chosen, transfers, term }: Move): boolean {
  const { key } = getOffer(world.catalog, source.offerId);
  const target = offerOf(world.catalog, [TRIAL, ...CHAIN][[TRIAL, ...CHAIN].indexOf(key) + 1] ?? key);
  const taking = living(world).find((one) => one.offerId === target.offerId);
  if (into && !taking) return false;
  const request = {
    targetOfferId: target.offerId,
    upgradeType: transfers ? ('upgrade_with_license_transfer' as const) : ('upgrade_only' as const),
    quantity: quantity === undefined ? undefined : Math.max(1, Math.min(quantity, source.quantity)),
    userIds: holdersOf(world, source.subscriptionId).slice(0, chosen),
    ...(into ? { targetSubscriptionId: taking?.subscriptionId } : term),
  };
  const on = world.now.toZonedDateTimeISO('UTC').toPlainDate();
  const decided = decideUpgrade(factsOf(world, source), request, on);
  if (!decided.ok) return false;
  const targetId = writeMove(world, decided.value);
  writeLicenses(world, decided.value, targetId);
  return true;
}

/** Each side loses and gets the seats that its lines are for. */
function writeMove(world: World, decision: UpgradeDecision): string {
  const { source, into, way, credits, charges, dueLines, targetDueLines, term, target } = decision;
  const seatsOf = (lines: typeof credits) => lines.reduce((sum, line) => sum + line.quantity, 0);
  const [gone, come] = [seatsOf(credits), seatsOf(charges)];
  const { subscriptionId } = source;
  const targetId =
    way === 'inPlace' ? subscriptionId : (into?.subscriptionId ?? `moved ${world.subscriptions.size + 1}`);
  book(world, subscriptionId, [...dueLines, ...credits]);
  book(world, targetId, [...targetDueLines, ...charges]);
  const left = source.quantity - gone;
  const isTrial = source.billingCycle === 'none';
  if (isTrial) count(world, decision.quantity - source.quantity);
  if (way === 'existing' && into) {
    const { billedThrough } = term;
    world.subscriptions.set(targetId, changed(into, { quantity: into.quantity + come, billedThrough }));
  } else {
    const { offerId } = target;
    const statusUntil = term.termEndsOn.add({ days: 1 });
    const bought = { ...term, offerId, quantity: come, unitPrice: decision.targetUnitPrice, statusUntil };
    world.subscriptions.set(targetId, changed({ ...source, subscriptionId: targetId }, bought));
    const batches = term.cancellableUntil ? [batchOf(come, world.now)] : [];
    world.batches.set(targetId, batches);
  }
  if (way === 'inPlace') return targetId;
  const ended = { status: 'deleted', endedReason: 'upgraded', endedAt: world.now, successorId: targetId } as const;
  world.subscriptions.set(subscriptionId, changed(source, { quantity: left, ...(left === 0 && ended) }));
  world.batches.set(subscriptionId, staying(world.batches.get(subscriptionId) ?? [], left));
  return targetId;
}

/** Of what stays, the seats that were added last are those that stay (N26). */
function staying(batches: readonly SeatBatch[], seats: number): SeatBatch[] {
  let left = seats;
  return batches.toReversed().flatMap((batch) => {
    const quantity = Math.min(left, batch.quantity);
    left -= quantity;
    return quantity > 0 ? [{ ...batch, quantity }] : [];
  });
}

/** Who moves gets a license there; whose license does not is left with an issue, and in place with a license of what was. */
function writeLicenses(world: World, { transfer, way, source }: UpgradeDecision, targetId: string): void {
  const former = `${source.subscriptionId} until ${world.now.toString()}`;
  for (const { user, faults } of transfer.moves satisfies TransferPlan['moves']) {
    if (faults.length === 0) {
      world.licenses.set(user.userId, targetId);
      world.issues.delete(user.userId);
      continue;
    }
    if (way === 'inPlace') world.licenses.set(user.userId, former);
    world.issues.set(user.userId, { targetId, faults });
  }
}

function schedule(
  world: World,
  subscription: Subscription,
  { quantity, upgrades }: { quantity: number; upgrades: boolean },
): boolean {
  const { key } = getOffer(world.catalog, subscription.offerId);
  const products: readonly string[] = [TRIAL, ...CHAIN];
  const next = offerOf(world.catalog, products[products.indexOf(key) + 1] ?? key);
  const facts = {
    ...factsOf(world, subscription),
    others: [],
    assigned: holdersOf(world, subscription.subscriptionId).length,
    losing: [],
  };
  const decided = decideScheduledChange(facts, { quantity, ...(upgrades && { offerId: next.offerId }) });
  if (!decided.ok) return false;
  world.subscriptions.set(subscription.subscriptionId, { ...subscription, scheduledChange: decided.value });
  return true;
}

function cancel(world: World, subscription: Subscription): boolean {
  const decided = decideCancellation({ ...factsOf(world, subscription), addOns: [] }, world.now);
  if (!decided.ok) return false;
  const { subscriptionId } = subscription;
  book(world, subscriptionId, [...decided.value.dueLines, ...decided.value.lines]);
  const ended = { status: 'deleted', endedReason: 'cancelled', endedAt: world.now, successorId: null } as const;
  world.subscriptions.set(subscriptionId, changed(subscription, ended));
  endOf(world, subscription);
  return true;
}

function changeStatus(
  world: World,
  subscription: Subscription,
  what: 'suspend' | 'reactivate' | 'renew' | 'do not renew',
): boolean {
  const on = world.now.toZonedDateTimeISO('UTC').toPlainDate();
  const rounding = { newCommerce: world.rounding };
  const decided =
    what === 'suspend'
      ? decideSuspension(subscription, [], on, rounding)
      : what === 'reactivate'
        ? decideReactivation(subscription, null, on, rounding)
        : decideAutoRenew(subscription, what === 'renew');
  if (!decided.ok) return false;
  book(world, subscription.subscriptionId, [...decided.value.dueLines, ...decided.value.lines]);
  world.subscriptions.set(subscription.subscriptionId, decided.value.after);
  return true;
}

/** Tries again to move everybody who was to move here, after somebody said where they are. */
function settle(world: World, target: Subscription): boolean {
  const { subscriptionId, offerId, quantity } = target;
  const waiting = [...world.issues].filter(([, { targetId }]) => targetId === subscriptionId);
  const issues = waiting.map(([userId, { faults }]) => ({ user: licensedUser(world, userId), faults }));
  const free = quantity - holdersOf(world, subscriptionId).length;
  const action = { action: 'setUsageLocation', usageLocation: 'TR' } as const;
  const settled = settleIssues(world.catalog, issues, action, getOffer(world.catalog, offerId), free);
  const moved = settled.filter(({ status }) => status === 'moved');
  for (const { user } of moved) {
    world.licenses.set(user.userId, subscriptionId);
    world.issues.delete(user.userId);
  }
  return moved.length > 0;
}
