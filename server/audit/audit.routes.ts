import { AUDIT_TEXTS } from '../../contract/audit.ts';
import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { actionText, presentEntry, presentVerification, toCells } from './audit.presenter.ts';
import { exportAudit, listAuditFilters, searchAudit } from './search-audit.ts';
import { showVerification, verifyWhole } from './show-verification.ts';

export function auditRoutes(mount: Mount): void {
  mount.signedIn('listAudit', async ({ call, query, language, request, reply }) => {
    const { partner } = call.actor;
    if (wantsCsv(request.headers.accept)) {
      const { limit: _limit, cursor: _cursor, ...asked } = query;
      const exported = await exportAudit(call, asked);
      if (!exported.ok) return exported;
      await sendCsv(reply, {
        name: datedName('audit', call),
        language,
        header: AUDIT_TEXTS[language].columns,
        lots: exported.value,
        cells: (row) => toCells(presentEntry(row, partner, language), language),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const found = await searchAudit(call, query);
    if (!found.ok) return found;
    const { records, nextCursor } = found.value;
    return accepted({ items: records.map((row) => presentEntry(row, partner, language)), nextCursor });
  });
  mount.signedIn('listAuditFilters', async ({ call, language }) => {
    const found = await listAuditFilters(call, language);
    if (!found.ok) return found;
    const { actions, actors } = found.value;
    const named = actions.map((action) => ({ action, text: actionText(action, language) }));
    return accepted({
      actions: named.toSorted((one, other) => one.text.localeCompare(other.text, language)),
      actors: actors.map(({ agent_id: id, display_name: name }) => ({ id, name })),
    });
  });
  mount.signedIn('showAuditVerification', async ({ call }) => {
    const shown = await showVerification(call);
    return shown.ok ? accepted(presentVerification(shown.value)) : shown;
  });
  mount.signedIn('verifyAudit', async ({ call }) => {
    const shown = await verifyWhole(call);
    return shown.ok ? accepted(presentVerification(shown.value)) : shown;
  });
}
