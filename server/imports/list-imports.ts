import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  findImport,
  findImportRows,
  findImports,
  type ImportLineRow,
  type ImportRow,
  type RowState,
} from './import.store.ts';
import { findVersions, type VersionRow } from './version.store.ts';

const MOST = 50;

/** The partner's imports, the newest first. Refused: role. */
export async function listImports({ actor, database }: Call): Promise<Outcome<ImportRow[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findImports(tx, partnerId, MOST)));
}

/** One import as it stands, also while it is read. Refused: role, unknown import. */
export async function showImport({ actor, database }: Call, importId: string): Promise<Outcome<ImportRow>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findImport(tx, partnerId, importId));
  return found ? accepted(found) : notFound('import', importId);
}

type Page = { readonly state: RowState | undefined; readonly after: number; readonly limit: number };

/** A page of what an import says, with where the next one begins. Refused: role, unknown import. */
export async function listImportRows(
  { actor, database }: Call,
  importId: string,
  { state, after, limit }: Page,
): Promise<Outcome<{ readonly rows: readonly ImportLineRow[]; readonly next: number | null }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) => {
    const seen = await findVisible(tx, actor, importId);
    if (!seen.ok) return seen;
    const rows = await findImportRows(tx, { partnerId, importId }, { state, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    return accepted({ rows: page, next: rows.length > limit ? (page.at(-1)?.place ?? null) : null });
  });
}

const LOT = 1000;

/** All that an import says, or all rows of one state, in lots. Refused: as one page. */
export async function exportImportRows(
  { actor, database }: Call,
  importId: string,
  state: RowState | undefined,
): Promise<Outcome<AsyncGenerator<readonly ImportLineRow[]>>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const found = await database.read(partnerId, (tx) => findVisible(tx, actor, importId));
  return found.ok ? accepted(lots()) : found;

  async function* lots(): AsyncGenerator<readonly ImportLineRow[]> {
    for (let after = 0; ;) {
      const page = { state, after, limit: LOT };
      const rows = await database.read(partnerId, (tx) => findImportRows(tx, { partnerId, importId }, page));
      if (rows.length === 0) return;
      yield rows;
      after = rows.at(-1)?.place ?? after;
    }
  }
}

/** Lines of a bill are for those who may see invoices. */
async function findVisible(tx: Transaction, actor: Call['actor'], importId: string): Promise<Outcome<undefined>> {
  const found = await findImport(tx, actor.partner.partnerId, importId);
  if (!found) return notFound('import', importId);
  const isBill = found.kind === 'legacyReconciliation' || found.kind === 'newCommerceReconciliation';
  return isBill ? checkRole(actor.roles, 'viewInvoices') : accepted(undefined);
}

/** What was applied, by scope, the newest version first. Refused: role. */
export async function listVersions({ actor, database }: Call): Promise<Outcome<VersionRow[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findVersions(tx, partnerId)));
}
