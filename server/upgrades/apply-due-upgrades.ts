import { byClock, toAuditRow } from '../audit/audit.store.ts';
import type { Call, Context } from '../context.ts';
import { getAgent } from '../identity/agent.store.ts';
import type { Routine } from '../jobs/routine.ts';
import type { Transaction } from '../postgres/database.ts';
import { applyUpgrade } from './apply-upgrade.ts';
import { findDue, findToDecide, holdCustomer, saveEnding, type WaitingUpgrade } from './waiting-upgrade.store.ts';

const EVERY_MS = 1000;
const AT_ONCE = 50;

/**
 * Applies the upgrades whose delay has passed, and ends the requests for approval that nobody answered. Each goes in a transaction of its own
 * that holds the customer and looks again, so that of several servers one does it, and one that was killed left nothing behind.
 */
export function applyDueUpgrades(context: Context): Routine {
  return {
    name: 'apply due upgrades',
    everyMs: EVERY_MS,
    async run() {
      let after: WaitingUpgrade | undefined;
      do {
        const page = { after, limit: AT_ONCE };
        const due: WaitingUpgrade[] = await context.database.asSystem((tx) => findDue(tx, context.clock.now(), page));
        for (const upgrade of due) await endOne(context, upgrade);
        after = due.length === AT_ONCE ? due.at(-1) : undefined;
      } while (after);
      return false;
    },
  };
}

/** One that fails is tried again with the next look, and does not keep the others. */
async function endOne(context: Context, due: WaitingUpgrade): Promise<void> {
  const { partner_id: partnerId, customer_id: customerId, upgrade_id: upgradeId } = due;
  try {
    const seen = await context.database.change(partnerId, customerId, async (tx) => {
      const upgrade = await findToDecide(tx, partnerId, { customerId, upgradeId });
      if (!upgrade) return false;
      if (!isDue(upgrade, context)) return true;
      const call = await callOf(context, tx, upgrade);
      if (upgrade.state === 'held') await applyUpgrade(tx, upgrade, { call, source: byClock(call) });
      else await endRequest(tx, call, upgrade, 'not-answered');
      return true;
    });
    if (!seen) await endLeft(context, due);
  } catch (error) {
    context.log.error({ err: error, customerId, upgradeId }, 'an upgrade that is due could not be applied');
  }
}

function isDue({ state, due_at }: WaitingUpgrade, { clock }: Context): boolean {
  const waits = state === 'held' || state === 'waitingForApproval';
  return waits && due_at !== null && Temporal.Instant.compare(Temporal.Instant.from(due_at), clock.now()) <= 0;
}

/** The partner has left the customer and sees nothing of it any more, so what waits there can never be applied. */
async function endLeft(
  context: Context,
  { partner_id: partnerId, customer_id, upgrade_id }: WaitingUpgrade,
): Promise<void> {
  await context.database.asSystem(async (tx) => {
    await holdCustomer(tx, customer_id);
    const upgrade = await findToDecide(tx, partnerId, { customerId: customer_id, upgradeId: upgrade_id });
    if (!upgrade || !isDue(upgrade, context)) return;
    await endRequest(tx, await callOf(context, tx, upgrade), upgrade, 'customer-left');
  });
}

/** It ends without anybody's decision. */
async function endRequest(
  tx: Transaction,
  call: Call,
  upgrade: WaitingUpgrade,
  because: 'not-answered' | 'customer-left',
): Promise<void> {
  const audit = toAuditRow(byClock(call), {
    customerId: upgrade.customer_id,
    action: 'upgrade.withdrawn',
    subjectId: upgrade.upgrade_id,
    details: { quoteId: upgrade.quote_id, because },
  });
  const decided = { by: null, at: call.clock.now(), because };
  await saveEnding(tx, upgrade, { state: 'withdrawn', decided, audits: [audit] });
}

/** As whoever submitted it: what the partner may do with the customer decides, and a person stands behind it. */
async function callOf(context: Context, tx: Transaction, upgrade: WaitingUpgrade): Promise<Call> {
  const actor = await getAgent(tx, upgrade.partner_id, upgrade.submitted_by);
  return { ...context, actor, correlationId: context.newId() };
}
