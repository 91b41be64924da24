import type { License } from '../../core/licenses/license.ts';
import type { LicenseChange, LicenseHolder } from '../../core/licenses/update-licenses.ts';
import { type AuditRow, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';

/** What the log keeps of a change: offers and services, no names. */
export function auditLicenses(
  call: Call,
  customerId: string,
  { userId, licenses }: LicenseHolder,
  { given, removed }: LicenseChange,
): AuditRow {
  const details = {
    before: describe(licenses),
    after: { ...describe(given), removed: describe(removed) },
  };
  return toAuditRow(call, { customerId, action: 'licenses.updated', subjectId: userId, details });
}

function describe(licenses: readonly License[]) {
  return { licenses: licenses.map(({ offerId, switchedOff }) => ({ offerId, switchedOff })) };
}
