import { IMPORT_TEXTS } from '../../contract/imports.ts';
import { may } from '../../core/access/may.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { withUpload } from '../http/upload.ts';
import { applyImport, checkImport, removeImport, restoreVersion } from './apply-import.ts';
import { presentImport, presentImportRow, presentVersion } from './import.presenter.ts';
import { exportImportRows, listImportRows, listImports, listVersions, showImport } from './list-imports.ts';
import { readImport } from './read-import.ts';
import { toImportCells } from './record.presenter.ts';

/** What was billed is told to those who may see invoices. */
function currencyFor({ actor }: Pick<Call, 'actor'>): string | null {
  return may(actor.roles, 'viewInvoices') ? actor.partner.currency : null;
}

export function importRoutes(mount: Mount): void {
  mount.signedIn('listImports', async ({ call, wording }) => {
    const listed = await listImports(call);
    return listed.ok
      ? accepted({ items: listed.value.map((one) => presentImport(one, currencyFor(call), wording)) })
      : listed;
  });
  mount.signedIn('sendImport', async ({ call, query, body, reply, wording }) => {
    const { importId = call.newId(), fileName } = query;
    const read = await withUpload({ body, reply }, (bytes) => readImport(call, { importId, fileName, bytes }));
    return read.ok ? accepted(presentImport(read.value, currencyFor(call), wording)) : read;
  });
  mount.signedIn('showImport', async ({ call, params, wording }) => {
    const found = await showImport(call, params.importId);
    return found.ok ? accepted(presentImport(found.value, currencyFor(call), wording)) : found;
  });
  mount.signedIn('listImportRows', async ({ call, params, query, wording, request, reply }) => {
    const { state, limit, cursor } = query;
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportImportRows(call, params.importId, state);
      if (!exported.ok) return exported;
      const { language } = wording;
      await sendCsv(reply, {
        name: datedName('import', call),
        language,
        header: IMPORT_TEXTS[language].columns,
        lots: exported.value,
        cells: (row) => toImportCells(presentImportRow(row, call.actor.partner.currency, wording), language),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const found = await listImportRows(call, params.importId, { state, after: Number(cursor ?? 0), limit });
    if (!found.ok) return found;
    const { currency } = call.actor.partner;
    const items = found.value.rows.map((row) => presentImportRow(row, currency, wording));
    return accepted({ items, nextCursor: found.value.next === null ? null : String(found.value.next) });
  });
  mount.signedIn('checkImport', async ({ call, params, body, wording }) => {
    const checked = await checkImport(call, params.importId, Temporal.PlainDate.from(body.effectiveOn));
    return checked.ok ? accepted(presentImport(checked.value, currencyFor(call), wording)) : checked;
  });
  mount.signedIn('applyImport', async ({ call, params, body, wording }) => {
    const applied = await applyImport(call, params.importId, body);
    return applied.ok ? accepted(presentImport(applied.value, currencyFor(call), wording)) : applied;
  });
  mount.signedIn('removeImport', ({ call, params }) => removeImport(call, params.importId));
  mount.signedIn('listImportVersions', async ({ call }) => {
    const listed = await listVersions(call);
    if (!listed.ok) return listed;
    const keyOf = ({ subject, scope }: { subject: string; scope: string }) => `${subject} ${scope}`;
    const items = listed.value.map((row, at, all) =>
      presentVersion(row, at === 0 || keyOf(all[at - 1] ?? row) !== keyOf(row)),
    );
    return accepted({ items });
  });
  mount.signedIn('restoreImportVersion', async ({ call, body }) => {
    const restored = await restoreVersion(call, body);
    return restored.ok ? accepted(presentVersion(restored.value, true)) : restored;
  });
}
