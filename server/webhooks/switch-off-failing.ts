import { saveAudit, toSystemAuditRow } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { forgetDeliveries, giveUpWaiting } from './event-delivery.store.ts';
import { settingsOf } from './manage-webhooks.ts';
import { takeFailing } from './webhook.store.ts';

const FAILS_FOR = { hours: 5 * 24 };
const KEPT_FOR = { hours: 30 * 24 };
const EVERY_MS = 60_000;
const AT_ONCE = 50;
const FORGOTTEN_AT_ONCE = 1_000;

/** Switches off webhooks of partners' own that have failed for five days, and forgets deliveries after thirty. */
export function webhookUpkeep(context: Context): Routine {
  return {
    name: 'webhook upkeep',
    everyMs: EVERY_MS,
    run: async () => {
      const more = await switchOffFailing(context);
      const before = context.clock.now().subtract(KEPT_FOR).toString();
      const moreToForget = await context.database.asSystem((tx) => forgetDeliveries(tx, before, FORGOTTEN_AT_ONCE));
      return more || moreToForget;
    },
  };
}

async function switchOffFailing(context: Context): Promise<boolean> {
  const { clock, database } = context;
  const now = clock.now();
  return database.asSystem(async (tx) => {
    const taken = await takeFailing(tx, {
      until: now.subtract(FAILS_FOR).toString(),
      now: now.toString(),
      most: AT_ONCE,
    });
    for (const webhook of taken) {
      await giveUpWaiting(tx, webhook);
      const { partnerId, webhookId, failingSince } = webhook;
      const after = { ...settingsOf(webhook), failingSince };
      const entry = { customerId: partnerId, action: 'webhook.disabled', subjectId: webhookId } as const;
      const details = { before: { ...settingsOf(webhook), enabled: true }, after };
      await saveAudit(tx, [toSystemAuditRow(context, partnerId, { ...entry, details })]);
    }
    return taken.length === AT_ONCE;
  });
}
