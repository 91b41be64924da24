import type { Readable } from 'node:stream';
import type { ExportName } from '../../contract/exports.ts';
import type { PrintedFile } from '../../core/imports/print-file.ts';
import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { legacyPrices, newCommercePrices, offerMatrix } from './import-files.ts';
import { LISTS, type ListFile } from './lists.ts';
import { fromPrinted, writeArchive } from './write-archive.ts';

type Asked = {
  readonly list: ExportName;
  readonly market?: string | undefined;
  readonly customerId?: string | undefined;
};

/** One list as a file. Refused: role, no price list for the market. */
export async function exportList(call: Call, { list, market, customerId }: Asked): Promise<Outcome<ListFile>> {
  const allowed = checkRole(call.actor.roles, 'exportData');
  if (!allowed.ok) return allowed;
  const of = market ?? call.actor.partner.market;
  const printed = { newCommercePrices, legacyPrices, newCommerceMatrix, legacyMatrix };
  const file =
    list in printed
      ? await printed[list as keyof typeof printed](call, of)
      : LISTS[list as keyof typeof LISTS](call, customerId);
  if (!file) return notFound('priceList', list === 'legacyPrices' ? '*' : of);
  await leaveTrace(call, { file: list, ...(list === 'newCommercePrices' && { markets: [of] }) });
  return accepted('rows' in file ? fromPrinted(file) : file);
}

/** All that the partner has, as it is written. Refused: role. */
export async function exportArchive(call: Call): Promise<Outcome<Readable>> {
  const allowed = checkRole(call.actor.roles, 'exportData');
  if (!allowed.ok) return allowed;
  await leaveTrace(call, { file: 'archive' });
  return accepted(writeArchive(call));
}

function newCommerceMatrix(call: Call): Promise<PrintedFile> {
  return offerMatrix(call, 'newCommerce');
}

function legacyMatrix(call: Call): Promise<PrintedFile> {
  return offerMatrix(call, 'legacy');
}

/** That something was taken along is told before the first byte of it goes out. */
async function leaveTrace(call: Call, details: object): Promise<void> {
  const { partnerId } = call.actor.partner;
  const entry = { customerId: partnerId, action: 'data.exported', subjectId: partnerId, details } as const;
  await call.database.write(partnerId, (tx) => saveAudit(tx, [toAuditRow(call, entry)]));
}
