import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import type { Mount } from '../http/mount.ts';
import { exportArchive, exportList } from './export-data.ts';

export function exportRoutes(mount: Mount): void {
  mount.signedIn('exportList', async ({ call, query, reply }) => {
    const file = await exportList(call, query);
    if (!file.ok) return file;
    // Other programs read it, so that it looks the same in every language.
    await sendCsv(reply, { name: datedName(query.list, call), language: 'en', ...file.value, cells: (row) => row });
    return accepted(undefined);
  });
  mount.signedIn('exportArchive', async ({ call, reply }) => {
    const archive = await exportArchive(call);
    if (!archive.ok) return archive;
    await reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${datedName('yukselt', call)}.zip"`)
      .send(archive.value);
    return accepted(undefined);
  });
}
