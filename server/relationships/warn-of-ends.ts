import { warningOf, warningOfGrant } from '../../core/customers/privilege-ends.ts';
import { type AuditRow, saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import { markWarned, takeEndingGrants, toGrants } from './relationship.store.ts';

const EVERY_MS = 60_000;
const TAKEN_AT_ONCE = 50;

/**
 * Puts down once for each grant that it ends within 30, 7 and 1 days, as an audit row that others are told from. A clock that was moved
 * on brings the nearest warning alone; what is held through another grant as well brings none.
 */
export function warnOfEndsRoutine(context: Context): Routine {
  const { clock, database } = context;
  return {
    name: 'ending privileges',
    everyMs: EVERY_MS,
    run: () =>
      database.asSystem(async (tx) => {
        const now = clock.now();
        const taken = await takeEndingGrants(tx, now, TAKEN_AT_ONCE);
        const rows: AuditRow[] = [];
        for (const ending of taken) {
          const held = toGrants(ending.grants);
          const grant = held.find(({ privilegesId }) => privilegesId === ending.privileges_id);
          const warning = grant && warningOfGrant(grant, held, now);
          const actor = { agentId: null, partner: { partnerId: ending.partner_id } };
          if (warning) {
            rows.push(
              toAuditRow(
                { ...context, actor, correlationId: context.newId() },
                {
                  customerId: ending.customer_id,
                  action: 'privileges.ending',
                  subjectId: ending.privileges_id,
                  details: { days: warning.days, endsAt: warning.endsAt.toString() },
                },
              ),
            );
          }
          const due = warningOf(grant?.endsAt ?? null, now);
          if (due !== undefined) await markWarned(tx, ending, due);
        }
        if (rows.length > 0) await saveAudit(tx, rows);
        return taken.length === TAKEN_AT_ONCE;
      }),
  };
}
