import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { hasSubscription } from '../subscriptions/subscription.store.ts';
import { findVisitors, removeVisit, saveVisit, type Visit, type Visitor } from './visit.store.ts';

/** A page says again every half minute that it is open; a browser lets one that is not in sight do so once a minute. */
const LASTS_SECONDS = 150;

type Visited = Pick<Visit, 'customerId' | 'subscriptionId' | 'visitId'>;

/** Begins or renews a visit, and tells who else is there. Refused: role, unknown subscription. */
export async function visitUpgrade(
  call: Call,
  visited: Visited,
): Promise<Outcome<{ others: readonly Visitor[]; until: Temporal.Instant }>> {
  const now = call.clock.now();
  const until = now.add({ seconds: LASTS_SECONDS });
  return onVisit(call, visited, async (tx, visit) => {
    await saveVisit(tx, visit, now.toString(), until.toString());
    return { others: await findVisitors(tx, visit, now.toString()), until };
  });
}

/** Ends a visit. Refused: role, unknown subscription. */
export async function leaveUpgrade(call: Call, visited: Visited): Promise<Outcome<undefined>> {
  return onVisit(call, visited, async (tx, visit) => {
    await removeVisit(tx, visit);
    return undefined;
  });
}

/** Does something with one's own visit to a subscription of the partner. It waits for no act of the customer. */
async function onVisit<Value>(
  { actor, database }: Call,
  visited: Visited,
  work: (tx: Transaction, visit: Visit) => Promise<Value>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const { customerId, subscriptionId, visitId } = visited;
  return database.writeOf(partnerId, customerId, async (tx): Promise<Outcome<Value>> => {
    const isHeld = await hasSubscription(tx, partnerId, customerId, subscriptionId);
    if (!isHeld) return notFound('subscription', subscriptionId);
    const visit = { customerId, subscriptionId, visitId, partnerId, agentId: actor.agentId };
    return accepted(await work(tx, visit));
  });
}
