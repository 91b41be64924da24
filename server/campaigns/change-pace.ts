import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { findPace, savePace } from './pace.store.ts';

export type Pace = { readonly rowsPerMinute: number };

/** How fast the partner's campaigns run. Refused: role. */
export async function showPace({ actor, database }: Call): Promise<Outcome<Pace>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted({ rowsPerMinute: await database.read(partnerId, (tx) => findPace(tx, partnerId)) });
}

/** Changes it; it holds for what runs, too. The same again changes nothing. Refused: role. */
export async function changePace(call: Call, { rowsPerMinute }: Pace): Promise<Outcome<Pace>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<Pace>> => {
    const before = await findPace(tx, partnerId);
    if (before === rowsPerMinute) return accepted({ rowsPerMinute });
    await savePace(tx, partnerId, rowsPerMinute);
    const details = { before: { rowsPerMinute: before }, after: { rowsPerMinute } };
    const entry = { customerId: partnerId, action: 'campaign-pace.changed', subjectId: partnerId, details } as const;
    await saveAudit(tx, [toAuditRow(call, entry)]);
    return accepted({ rowsPerMinute });
  });
}
