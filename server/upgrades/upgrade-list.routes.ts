import { Readable } from 'node:stream';
import { accepted } from '../../core/values/result.ts';
import { toCsv, toCsvRows } from '../http/csv.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import type { Wording } from '../http/reason.presenter.ts';
import { countUpgrades, exportUpgrades, listAllUpgrades, listUpgradeFilters } from './list-all-upgrades.ts';
import { presentCustomerUpgrade, presentUpgradeFilters, upgradeFile } from './upgrade-list.presenter.ts';
import type { CustomerUpgradeRow } from './upgrade-list.store.ts';

export function upgradeListRoutes(mount: Mount): void {
  mount.signedIn('listAllUpgrades', async ({ call, query, wording, request, reply }) => {
    const { without, limit, cursor, ...asked } = query;
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportUpgrades(call, asked, wording.language);
      if (!exported.ok) return exported;
      const day = call.clock.now().toString().slice(0, 10);
      await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="upgrades-${day}.csv"`)
        .send(Readable.from(csvOf(exported.value, without, wording)));
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

async function* csvOf(
  lots: AsyncIterable<readonly CustomerUpgradeRow[]>,
  without: string | undefined,
  wording: Wording,
) {
  const file = upgradeFile(without, wording.language);
  yield toCsv(wording.language, file.header, []);
  for await (const rows of lots) {
    yield toCsvRows(
      wording.language,
      rows.map((row) => file.cells(presentCustomerUpgrade(row, wording))),
    );
  }
}
