import { isWholeVerificationDue } from '../../core/audit/whole-verification.ts';
import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { beginWhole, continueWhole, moveMark } from './advance-verification.ts';
import { findLogsToVerify } from './verification.store.ts';

/** With one step of each partner at a look, the verification of a long log leaves room for what people do. */
const EVERY_MS = 1_000;

/**
 * Verifies each partner's log: what is new soon after it was sealed, and every night all of it. A whole verification goes on where the server
 * before left it.
 */
export function verifyAuditLogs(context: Context): Routine {
  const { clock, database } = context;
  return {
    name: 'verify the audit log',
    everyMs: EVERY_MS,
    async run() {
      for (const log of await database.asSystem(findLogsToVerify)) {
        const beganAt = log.began_at === null ? undefined : Temporal.Instant.from(log.began_at);
        const isDue = isWholeVerificationDue(log.partner_id, { beganAt, now: clock.now() });
        if (isDue && !log.is_running) await beginWhole(context, log.partner_id);
        if (isDue || log.is_running) await continueWhole(context, log.partner_id);
        if (log.is_behind) await moveMark(context, log.partner_id);
      }
      return false;
    },
  };
}
