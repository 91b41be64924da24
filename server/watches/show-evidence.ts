import { addedFamilies, getOffer } from '../../core/catalog/offer.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { type Blocking, findBlocking, nextCheck, refusalsAgainst } from '../../core/upgrades/blocking.ts';
import { listedTargets } from '../../core/upgrades/eligibility.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findSubscriptions } from '../subscriptions/subscription.store.ts';
import { findCustomerName, findWatchOf, type Watch, type Watched } from './watch.store.ts';
import { keepWatch } from './keep-watches.ts';

/** What stands between a subscription and one target. */
export type Evidence = {
  readonly subscription: Subscription;
  readonly targetOfferId: string;
  readonly checkedAt: Temporal.Instant;
  /** Families that the target would add. */
  readonly adds: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly blocking: readonly Blocking[];
  readonly nextCheckOn: Temporal.PlainDate | null;
  readonly watch: Watch | undefined;
};

/** The evidence for a refusal through other subscriptions (R7, R8). Refused: role, unknown subscription or offer, a target that is not listed. */
export async function showEvidence(call: Call, watched: Watched): Promise<Outcome<Evidence>> {
  const allowed = checkRole(call.actor.roles, 'view');
  if (!allowed.ok) return allowed;
  return call.database.read(call.actor.partner.partnerId, (tx) => findEvidence(tx, call, watched));
}

/** What a letter is written from. */
export type Letter = { readonly evidence: Evidence; readonly customerName: string; readonly watch: Watch | null };

/**
 * What a letter to the customer says, with a watch for the day after the last known end of what was bought elsewhere (T3). A watch that is
 * due earlier stays. Refused: role, as the evidence itself, and when nothing that was bought elsewhere stands in the way.
 */
export async function writeLetter(call: Call, watched: Watched): Promise<Outcome<Letter>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, watched.customerId, async (tx): Promise<Outcome<Letter>> => {
    const found = await findEvidence(tx, call, watched);
    if (!found.ok) return found;
    const evidence = found.value;
    if (evidence.blocking.every(({ holding }) => holding.ours)) return refused({ code: 'nothing-elsewhere' });
    const checkOn = evidence.nextCheckOn?.toString();
    const isSet = evidence.watch?.checkOn != null;
    const watch =
      isSet || checkOn === undefined
        ? evidence.watch
        : await keepWatch(tx, call, { ...watched, checkOn, byLetter: true });
    const customerName = await findCustomerName(tx, watched.customerId);
    return accepted({ evidence, customerName, watch: watch ?? null });
  });
}

async function findEvidence(
  tx: Transaction,
  { actor, catalog, clock }: Call,
  watched: Watched,
): Promise<Outcome<Evidence>> {
  const { customerId, subscriptionId, targetOfferId } = watched;
  const now = clock.now();
  const found = await findSubscriptions(tx, catalog, actor, now, customerId);
  const held = found?.held.find(({ subscription }) => subscription.subscriptionId === subscriptionId);
  if (!found || !held) return notFound('subscription', subscriptionId);
  if (!catalog.offers.has(targetOfferId)) return notFound('offer', targetOfferId);
  const facts = { ...found.facts, ...held };
  const refusals = refusalsAgainst(facts, targetOfferId);
  if (!listedTargets(facts).some((offer) => offer.offerId === targetOfferId)) {
    return refused({ code: 'refused', refusals });
  }
  const blocking = findBlocking(refusals);
  return accepted({
    subscription: held.subscription,
    targetOfferId,
    checkedAt: now,
    adds: addedFamilies(getOffer(catalog, held.subscription.offerId), getOffer(catalog, targetOfferId)),
    refusals,
    blocking,
    nextCheckOn: nextCheck(blocking, utcDay(now)),
    watch: await findWatchOf(tx, actor.partner.partnerId, watched),
  });
}
