import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { saveAudit, toSystemAuditRow } from './audit.store.ts';
import { deleteExpired, findPartnersToExpire } from './expiry.store.ts';
import { holdChain } from './seal.store.ts';

const EVERY_MS = 3_600_000;

/**
 * Deletes what is older than a partner keeps its log, by whole seals from the oldest on, and says so in the log itself: from there on the
 * chain is verified.
 */
export function expireAudit(context: Context): Routine {
  return {
    name: 'delete expired audit rows',
    everyMs: EVERY_MS,
    async run() {
      let more = false;
      for (const partnerId of await context.database.asSystem(findPartnersToExpire)) {
        const deleted = await expireNext(context, partnerId);
        more ||= deleted;
      }
      return more;
    },
  };
}

async function expireNext({ database, clock, newId }: Context, partnerId: string): Promise<boolean> {
  return database.write(partnerId, async (tx) => {
    if (!(await holdChain(tx, partnerId))) return false;
    const at = clock.now().toString();
    const expired = await deleteExpired(tx, partnerId, at);
    if (!expired) return false;
    const entry = {
      customerId: partnerId,
      action: 'audit.expired',
      subjectId: partnerId,
      details: { ...expired },
    } as const;
    await saveAudit(tx, [toSystemAuditRow({ newId, clock }, partnerId, entry)]);
    return true;
  });
}
