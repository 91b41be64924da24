import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
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
    if (!(await findImport(tx, partnerId, importId))) return notFound('import', importId);
    const rows = await findImportRows(tx, { partnerId, importId }, { state, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    return accepted({ rows: page, next: rows.length > limit ? (page.at(-1)?.place ?? null) : null });
  });
}

/** What was applied, by scope, the newest version first. Refused: role. */
export async function listVersions({ actor, database }: Call): Promise<Outcome<VersionRow[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findVersions(tx, partnerId)));
}
