import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { hasSubscription } from '../subscriptions/subscription.store.ts';
import {
  deleteWatch,
  findWatch,
  findWatches,
  findWatchOf,
  saveWatch,
  type Watch,
  type Watched,
  type WatchPage,
} from './watch.store.ts';

/** A partner's watches, the newest first, page by page. Refused: role. */
export async function listWatches(
  { actor, database }: Call,
  page: WatchPage,
): Promise<Outcome<{ watches: Watch[]; nextCursor: string | null }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findWatches(tx, partnerId, page));
  const nextCursor = found.length > page.limit ? (found[page.limit - 1]?.watchId ?? null) : null;
  return accepted({ watches: found.slice(0, page.limit), nextCursor });
}

/** Sets a watch, or moves it to another day. Refused: role, unknown subscription or offer, a day that is not to come. */
export async function setWatch(call: Call, watched: Watched & { readonly checkOn: string }): Promise<Outcome<Watch>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  if (!catalog.offers.has(watched.targetOfferId)) return notFound('offer', watched.targetOfferId);
  const { partnerId } = actor.partner;
  return database.change(partnerId, watched.customerId, async (tx): Promise<Outcome<Watch>> => {
    const isHeld = await hasSubscription(tx, partnerId, watched.customerId, watched.subscriptionId);
    if (!isHeld) return notFound('subscription', watched.subscriptionId);
    if (watched.checkOn <= utcDay(clock.now()).toString()) {
      return refused({ code: 'invalid-field', field: 'checkOn', expected: 'futureDay' });
    }
    return accepted(await keepWatch(tx, call, { ...watched, byLetter: false }));
  });
}

/** Sets or moves a watch in a transaction that holds the customer; one that stands so already stays as it is. */
export async function keepWatch(
  tx: Transaction,
  call: Call,
  wanted: Watched & { readonly checkOn: string; readonly byLetter: boolean },
): Promise<Watch> {
  const { partner, agentId } = call.actor;
  const { partnerId } = partner;
  const there = await findWatchOf(tx, partnerId, wanted);
  if (there?.checkOn === wanted.checkOn) return there;
  const { customerId, subscriptionId, targetOfferId, checkOn, byLetter } = wanted;
  const watchId = there?.watchId ?? call.newId();
  const audit = toAuditRow(call, {
    customerId,
    action: 'watch.set',
    subjectId: watchId,
    details: { subscriptionId, targetOfferId, checkOn, byLetter },
  });
  const setAt = call.clock.now().toString();
  await saveWatch(tx, { ...wanted, watchId, partnerId, agentId, setAt }, audit);
  const kept = await findWatchOf(tx, partnerId, wanted);
  if (!kept) throw new RangeError(`watch ${watchId} is not there after it was set`);
  return kept;
}

/** Looks no more. Refused: role, unknown watch. */
export async function removeWatch(
  call: Call,
  named: { readonly customerId: string; readonly watchId: string },
): Promise<Outcome<undefined>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, named.customerId, async (tx): Promise<Outcome<undefined>> => {
    const watch = await findWatch(tx, partnerId, named);
    if (!watch) return notFound('watch', named.watchId);
    const { customerId, watchId, subscriptionId, targetOfferId } = watch;
    const details = { subscriptionId, targetOfferId };
    await deleteWatch(
      tx,
      watch,
      toAuditRow(call, { customerId, action: 'watch.removed', subjectId: watchId, details }),
    );
    return accepted(undefined);
  });
}
