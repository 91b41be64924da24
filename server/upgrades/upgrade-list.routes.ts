import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { countUpgrades, exportUpgrades, listAllUpgrades, listUpgradeFilters } from './list-all-upgrades.ts';
import { presentCustomerUpgrade, presentUpgradeFilters, upgradeFile } from './upgrade-list.presenter.ts';

export function upgradeListRoutes(mount: Mount): void {
  mount.signedIn('listAllUpgrades', async ({ call, query, wording, request, reply }) => {
    const { without, limit, cursor, ...asked } = query;
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportUpgrades(call, asked, wording.language);
      if (!exported.ok) return exported;
      const file = upgradeFile(without, wording.language);
      await sendCsv(reply, {
        name: datedName('upgrades', call),
        language: wording.language,
        header: file.header,
        lots: exported.value,
        cells: (row) => file.cells(presentCustomerUpgrade(row, wording)),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const listed = await listAllUpgrades(call, { ...asked, limit, cursor }, wording.language);
    if (!listed.ok) return listed;
    const { rows, nextCursor } = listed.value;
    return accepted({ items: rows.map((row) => presentCustomerUpgrade(row, wording)), nextCursor });
  });
  mount.signedIn('listUpgradeFilters', async ({ call, wording }) => {
    const found = await listUpgradeFilters(call);
    return found.ok ? accepted(presentUpgradeFilters(found.value, wording)) : found;
  });
  mount.signedIn('countUpgrades', ({ call }) => countUpgrades(call));
}
