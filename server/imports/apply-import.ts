import { isRecordKind, type ListKind } from '../../core/imports/file-kind.ts';
import { PLATFORM_OF_KIND } from '../../core/imports/read-row.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { applyRecords } from './apply-records.ts';
import { markApplied, saveImportedList } from './apply-import.store.ts';
import { compareImport, findMatrix } from './compare-import.ts';
import { changesOf, scopeOf } from './compare-import.store.ts';
import { deleteImport, findImport, findImportRows, type ImportKey, type ImportRow } from './import.store.ts';
import {
  findNewestVersion,
  findVersion,
  lockVersions,
  saveVersion,
  type Scope,
  type VersionRow,
} from './version.store.ts';

type Checked = ImportRow & {
  kind: ListKind;
  counts: NonNullable<ImportRow['counts']>;
  effective_on: string;
};

/** Compares an import again, as of another day. Refused: role, unknown import, a day that has passed, one that is applied. */
export async function checkImport(
  call: Call,
  importId: string,
  effectiveOn: Temporal.PlainDate,
): Promise<Outcome<ImportRow>> {
  return onChecked(call, importId, async (tx, key, { kind }): Promise<Outcome<ImportRow>> => {
    // A file that is compared with an invoice is of any month.
    const isPast = Temporal.PlainDate.compare(effectiveOn, utcDay(call.clock.now())) < 0;
    if (isPast && !isRecordKind(kind))
      return refused({ code: 'invalid-field', field: 'effectiveOn', expected: 'todayOrLater' });
    await compareImport(tx, call, { ...key, effectiveOn });
    const row = await findImport(tx, key.partnerId, importId);
    return row ? accepted(row) : notFound('import', importId);
  });
}

/**
 * Makes an import the partner's newest version, all of it or nothing: prices from its day on, paths at once. Compared again under the lock; where that comes
 * out otherwise than it was shown, nothing is done. Without any change nothing is written but that it was applied. A repeat answers as the first time.
 * Refused: role, unknown import, not read to its end, changed meanwhile, rows in doubt unless they shall be left out.
 */
export async function applyImport(
  call: Call,
  importId: string,
  { leaveOutDoubts }: { readonly leaveOutDoubts: boolean },
): Promise<Outcome<ImportRow>> {
  const { partnerId } = call.actor.partner;
  const asked = await call.database.read(partnerId, (tx) => findImport(tx, partnerId, importId));
  if (asked?.kind && isRecordKind(asked.kind)) return applyRecords(call, { partnerId, importId }, { leaveOutDoubts });
  return onChecked(call, importId, async (tx, key, before): Promise<Outcome<ImportRow>> => {
    const today = utcDay(call.clock.now());
    const shown = Temporal.PlainDate.from(before.effective_on);
    const effectiveOn = Temporal.PlainDate.compare(shown, today) < 0 ? today : shown;
    await compareImport(tx, call, { ...key, effectiveOn });
    const found = (await findImport(tx, key.partnerId, importId)) as Checked;
    const isMoved = found.compared_with !== before.compared_with || found.compared_list !== before.compared_list;
    if (isMoved || !isSame(found.counts, before.counts)) return refused({ code: 'import-overtaken' });
    if (found.counts['in-doubt'] > 0 && !leaveOutDoubts) {
      const doubtful = await findImportRows(tx, key, { state: 'in-doubt', after: 0, limit: MOST_LINES });
      return refused({ code: 'import-in-doubt', lines: doubtful.flatMap(({ line }) => line ?? []) });
    }
    await apply(tx, call, key, found, effectiveOn.toString());
    const applied = await findImport(tx, key.partnerId, importId);
    return applied ? accepted(applied) : notFound('import', importId);
  });
}

/** As many lines as a person reads in one answer. */
const MOST_LINES = 20;

function isSame(one: object, other: object): boolean {
  const flat = (counts: object) => JSON.stringify(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return flat(one) === flat(other);
}

async function apply(tx: Transaction, call: Call, key: ImportKey, found: Checked, effectiveOn: string): Promise<void> {
  const { actor, clock, newId } = call;
  const at = clock.now();
  const scope = scopeOf(found.kind, found.market);
  const newest = await findNewestVersion(tx, key.partnerId, scope);
  if (newest && changesOf(found.counts) === 0) return markApplied(tx, key, newest.version, at);
  const version = (newest?.version ?? 0) + 1;
  const platform = PLATFORM_OF_KIND[found.kind];
  const { currency } = actor.partner;
  const list = {
    ...key,
    priceListId: newId(),
    name: found.file_name,
    currency,
    market: found.market,
    effectiveOn,
    platform,
    at,
  };
  const isPrices = scope.subject === 'prices';
  await saveVersion(tx, {
    ...scope,
    partnerId: key.partnerId,
    version,
    priceListId: isPrices ? await saveImportedList(tx, list) : null,
    paths: isPrices ? null : await findMatrix(tx, key, platform),
    importId: key.importId,
    restoredFrom: null,
    effectiveOn,
    at,
    agentId: actor.agentId,
  });
  await markApplied(tx, key, version, at);
  const { subject, scope: name } = scope;
  const details = { importId: key.importId, version, effectiveOn, counts: found.counts };
  await tell(tx, call, { subject, scope: name }, 'import.applied', details);
}

async function tell(
  tx: Transaction,
  call: Call,
  { subject, scope }: Scope,
  action: 'import.applied' | 'import.restored',
  details: object,
): Promise<void> {
  const customerId = call.actor.partner.partnerId;
  await saveAudit(tx, [toAuditRow(call, { customerId, action, subjectId: `${subject} ${scope}`, details })]);
}

/** Throws an import away that was not applied. Refused: role, unknown import, one that is applied. */
export async function removeImport(call: Call, importId: string): Promise<Outcome<undefined>> {
  const allowed = checkRole(call.actor.roles, 'importPrices');
  if (!allowed.ok) return allowed;
  const { partnerId } = call.actor.partner;
  return call.database.write(partnerId, async (tx): Promise<Outcome<undefined>> => {
    const found = await findImport(tx, partnerId, importId);
    if (!found) return notFound('import', importId);
    if (found.version !== null) return refused({ code: 'import-applied', version: found.version });
    if (found.state === 'applying' || found.state === 'applied') return refused({ code: 'import-begun' });
    await deleteImport(tx, { partnerId, importId });
    return accepted(undefined);
  });
}

/** Puts an older version in force again, as a new one with its content. Refused: role, unknown version. */
export async function restoreVersion(
  call: Call,
  wanted: Scope & { readonly version: number },
): Promise<Outcome<VersionRow>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'importPrices');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<VersionRow>> => {
    await lockVersions(tx, partnerId);
    const [found, newest] = [await findVersion(tx, partnerId, wanted), await findNewestVersion(tx, partnerId, wanted)];
    if (!found || !newest) return notFound('importVersion', String(wanted.version));
    // A repeat, or what is in force anyway.
    if (newest.version === found.version || newest.restored_from === found.version) return accepted(newest);
    const [at, version] = [clock.now(), newest.version + 1];
    await saveVersion(tx, {
      subject: wanted.subject,
      scope: wanted.scope,
      partnerId,
      version,
      priceListId: found.price_list_id,
      paths: found.paths,
      importId: found.import_id,
      restoredFrom: found.version,
      effectiveOn: utcDay(at).toString(),
      at,
      agentId: actor.agentId,
    });
    await tell(tx, call, wanted, 'import.restored', { version, restoredFrom: found.version });
    const saved = await findNewestVersion(tx, partnerId, wanted);
    return saved ? accepted(saved) : notFound('importVersion', String(version));
  });
}

/** With the partner's versions locked and the import as it stands; a repeat of what was applied answers with it. */
async function onChecked(
  call: Call,
  importId: string,
  work: (tx: Transaction, key: ImportKey, found: Checked) => Promise<Outcome<ImportRow>>,
): Promise<Outcome<ImportRow>> {
  const allowed = checkRole(call.actor.roles, 'importPrices');
  if (!allowed.ok) return allowed;
  const { partnerId } = call.actor.partner;
  const key = { partnerId, importId };
  return call.database.write(partnerId, async (tx) => {
    await lockVersions(tx, partnerId);
    const found = await findImport(tx, partnerId, importId);
    if (!found) return notFound('import', importId);
    if (found.state === 'reading') return refused({ code: 'import-not-read' });
    const isDone = found.state === 'applied' || found.state === 'applying';
    return isDone ? accepted(found) : work(tx, key, found as Checked);
  });
}
