import type { IncomingMessage } from 'node:http';
import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { applyImport, checkImport, removeImport, restoreVersion } from './apply-import.ts';
import { presentImport, presentImportRow, presentVersion } from './import.presenter.ts';
import { listImportRows, listImports, listVersions, showImport } from './list-imports.ts';
import { readImport } from './read-import.ts';

export function importRoutes(mount: Mount): void {
  mount.signedIn('listImports', async ({ call, wording }) => {
    const listed = await listImports(call);
    return listed.ok ? accepted({ items: listed.value.map((one) => presentImport(one, wording)) }) : listed;
  });
  mount.signedIn('sendImport', async ({ call, query, body, reply, wording }) => {
    const { importId = call.newId(), fileName } = query;
    const upload = body as IncomingMessage;
    // The answer can still be given where the rest of the file is not wanted.
    const bytes = upload.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const read = await readImport(call, { importId, fileName, bytes });
    if (!upload.readableEnded) void reply.header('connection', 'close');
    return read.ok ? accepted(presentImport(read.value, wording)) : read;
  });
  mount.signedIn('showImport', async ({ call, params, wording }) => {
    const found = await showImport(call, params.importId);
    return found.ok ? accepted(presentImport(found.value, wording)) : found;
  });
  mount.signedIn('listImportRows', async ({ call, params, query, wording }) => {
    const { state, limit, cursor } = query;
    const found = await listImportRows(call, params.importId, { state, after: Number(cursor ?? 0), limit });
    if (!found.ok) return found;
    const { currency } = call.actor.partner;
    const items = found.value.rows.map((row) => presentImportRow(row, currency, wording));
    return accepted({ items, nextCursor: found.value.next === null ? null : String(found.value.next) });
  });
  mount.signedIn('checkImport', async ({ call, params, body, wording }) => {
    const checked = await checkImport(call, params.importId, Temporal.PlainDate.from(body.effectiveOn));
    return checked.ok ? accepted(presentImport(checked.value, wording)) : checked;
  });
  mount.signedIn('applyImport', async ({ call, params, body, wording }) => {
    const applied = await applyImport(call, params.importId, body);
    return applied.ok ? accepted(presentImport(applied.value, wording)) : applied;
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
