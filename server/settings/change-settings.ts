import { isDeepStrictEqual } from 'node:util';
import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { findSettings, lockSettings, type PartnerSettings, saveSettings } from './settings.store.ts';

/** What the partner has set for itself. Refused: role. */
export async function showSettings({ actor, database }: Call): Promise<Outcome<PartnerSettings>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findSettings(tx, partnerId)));
}

/** Replaces what the partner has set. The same again changes nothing. Refused: role. */
export async function changeSettings(call: Call, wanted: PartnerSettings): Promise<Outcome<PartnerSettings>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<PartnerSettings>> => {
    const before = await lockSettings(tx, partnerId);
    if (isDeepStrictEqual(before, wanted)) return accepted(wanted);
    await saveSettings(tx, partnerId, wanted);
    const details = { before, after: wanted };
    await saveAudit(tx, [
      toAuditRow(call, { customerId: partnerId, action: 'settings.changed', subjectId: partnerId, details }),
    ]);
    return accepted(wanted);
  });
}
