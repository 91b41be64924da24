import { Readable } from 'node:stream';
import { AUDIT_TEXTS } from '../../contract/audit.ts';
import type { Language } from '../../contract/values.ts';
import { accepted } from '../../core/values/result.ts';
import type { Actor } from '../context.ts';
import { toCsv, toCsvRows } from '../http/csv.ts';
import type { Mount } from '../http/mount.ts';
import type { AuditRecord } from './audit-search.store.ts';
import { actionText, presentEntry, presentVerification, toCells } from './audit.presenter.ts';
import { exportAudit, listAuditFilters, searchAudit } from './search-audit.ts';
import { showVerification, verifyWhole } from './show-verification.ts';

export function auditRoutes(mount: Mount): void {
  mount.signedIn('listAudit', async ({ call, query, language, request, reply }) => {
    const { partner } = call.actor;
    if (request.headers.accept?.includes('text/csv')) {
      const { limit: _limit, cursor: _cursor, ...asked } = query;
      const exported = await exportAudit(call, asked);
      if (!exported.ok) return exported;
      const day = call.clock.now().toString().slice(0, 10);
      await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="audit-${day}.csv"`)
        .send(Readable.from(csvOf(exported.value, partner, language)));
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

async function* csvOf(lots: AsyncIterable<AuditRecord[]>, partner: Actor['partner'], language: Language) {
  yield toCsv(language, AUDIT_TEXTS[language].columns, []);
  for await (const records of lots) {
    yield toCsvRows(
      language,
      records.map((row) => toCells(presentEntry(row, partner, language), language)),
    );
  }
}
