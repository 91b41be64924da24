import { type OfferMatrix, withMatrices } from '../../core/imports/offer-matrix.ts';
import { isRecordKind } from '../../core/imports/file-kind.ts';
import { PLATFORM_OF_KIND } from '../../core/imports/read-row.ts';
import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { comparePrices, saveComparison, scopeOf } from './compare-import.store.ts';
import { compareRecords } from './compare-records.ts';
import { compareRowsOfPaths, findMatrixRows } from './compare-paths.store.ts';
import { findImport, type ImportKey } from './import.store.ts';
import { findNewestVersion } from './version.store.ts';

/** Says of each row of an import what it would do from a day on. An import that is not read yet, or is applied, stays as it is. */
export async function compareImport(
  tx: Transaction,
  call: Call,
  { partnerId, importId, effectiveOn }: ImportKey & { readonly effectiveOn: Temporal.PlainDate },
): Promise<void> {
  const found = await findImport(tx, partnerId, importId);
  if (!found?.kind || found.state === 'applied' || found.state === 'applying') return;
  const { kind, market } = found;
  if (isRecordKind(kind))
    return compareRecords(tx, call, { partnerId, importId, kind, effectiveOn: effectiveOn.toString() });
  const asked = { partnerId, importId, kind, market, effectiveOn: effectiveOn.toString() };
  const scope = scopeOf(kind, market);
  if (scope.subject === 'prices') await comparePrices(tx, asked);
  else {
    const newest = await findNewestVersion(tx, partnerId, scope);
    const { paths } = withMatrices(call.catalog, newest?.paths ? [newest.paths] : []);
    const open = paths.filter(({ enabled, platform }) => enabled && platform === PLATFORM_OF_KIND[kind]);
    const matrix = await findMatrix(tx, { partnerId, importId }, PLATFORM_OF_KIND[kind]);
    await compareRowsOfPaths(tx, { partnerId, importId }, matrix, open);
  }
  await saveComparison(tx, asked);
}

/** What the rows of an offer matrix say together. */
export async function findMatrix(
  tx: Transaction,
  key: ImportKey,
  platform: OfferMatrix['platform'],
): Promise<OfferMatrix> {
  const rows = await findMatrixRows(tx, key);
  return {
    platform,
    offers: [...new Set(rows.map(({ offer_id }) => offer_id))],
    pairs: rows.flatMap(({ offer_id: from, to_offer_id: to }) => (to === null ? [] : [[from, to] as const])),
  };
}
