import { findBlocking, nextCheck, refusalsAgainst } from '../../core/upgrades/blocking.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Actor, Call, Context } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Routine } from '../jobs/routine.ts';
import { isUnavailable, type Transaction } from '../postgres/database.ts';
import { findSubscriptions } from '../subscriptions/subscription.store.ts';
import { type DueWatch, findDueWatches, findWatch, saveLook, type Watch } from './watch.store.ts';

const LOOKS_EVERY_MS = 30_000;
const TAKEN_AT_ONCE = 50;

/** Looks at the watches whose day has come. The server does it, so that its audit rows name no agent. */
export function watchRoutine(context: Context): Routine {
  const run = async () => {
    const today = utcDay(context.clock.now()).toString();
    const due = await context.database.asSystem((tx) => findDueWatches(tx, today, TAKEN_AT_ONCE));
    for (const one of due) {
      await lookWhenDue(context, one, today).catch((error: unknown) => {
        if (isUnavailable(error)) throw error;
        // One that cannot be looked at must not keep the others waiting.
        context.log.error({ err: error, watchId: one.watchId }, 'watch');
      });
    }
    return false;
  };
  return { name: 'watches', everyMs: LOOKS_EVERY_MS, run };
}

/** Looks at a watch now instead of on its day. Refused: role, unknown watch. */
export async function checkWatch(
  call: Call,
  named: { readonly customerId: string; readonly watchId: string },
): Promise<Outcome<Watch>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'upgrade');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, named.customerId, async (tx): Promise<Outcome<Watch>> => {
    const watch = await findWatch(tx, partnerId, named);
    if (!watch) return notFound('watch', named.watchId);
    await look(tx, call, watch);
    return accepted((await findWatch(tx, partnerId, named)) ?? watch);
  });
}

/** Under the customer's lock, so that of several servers one looks and the others find nothing due any more. */
async function lookWhenDue(context: Context, { customerId, watchId, partner }: DueWatch, today: string): Promise<void> {
  const acting = { ...context, correlationId: watchId, actor: { agentId: null, partner, userContext: true } };
  await context.database.change(partner.partnerId, customerId, async (tx) => {
    const watch = await findWatch(tx, partner.partnerId, { customerId, watchId });
    if (watch?.checkOn && watch.checkOn <= today) await look(tx, acting, watch);
  });
}

type Looking = Context & {
  readonly correlationId: string;
  readonly actor: Pick<Actor, 'partner' | 'userContext'> & { readonly agentId: string | null };
};

/** The same facts and the same rules as the list of subscriptions; what they say is kept with the watch and in the audit log. */
async function look(tx: Transaction, looking: Looking, watch: Watch): Promise<void> {
  const { catalog, clock, actor } = looking;
  const { customerId, watchId, subscriptionId, targetOfferId } = watch;
  const now = clock.now();
  const found = await findSubscriptions(tx, catalog, actor, now, customerId);
  const held = found?.held.find(({ subscription }) => subscription.subscriptionId === subscriptionId);
  if (!found || !held) return;
  const refusals = refusalsAgainst({ ...found.facts, ...held }, targetOfferId);
  const next = nextCheck(findBlocking(refusals), utcDay(now));
  const checkOn = refusals.length === 0 ? null : (next?.toString() ?? null);
  const audit = toAuditRow(looking, {
    customerId,
    action: refusals.length === 0 ? 'watch.cleared' : 'watch.still-refused',
    subjectId: watchId,
    details: { subscriptionId, targetOfferId, reasons: refusals.map(({ name }) => name), checkOn },
  });
  await saveLook(tx, watch, { at: now.toString(), found: refusals, checkOn }, audit);
}
