import type { FileRefusal } from '../../contract/imports.ts';
import { readRow } from '../../core/imports/read-row.ts';
import type { FileKind } from '../../core/imports/file-kind.ts';
import { signOfFile } from '../../core/imports/decimal-text.ts';
import { surveyFile } from '../../core/imports/survey-file.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Action } from '../../core/access/may.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findBilledMonth } from './compare-billed.store.ts';
import { createTurns } from '../jobs/turns.ts';
import { compareImport } from './compare-import.ts';
import {
  deleteImport,
  findImport,
  type ImportKey,
  type ImportRow,
  type ReadRow,
  saveReading,
  saveReadRows,
  startImport,
} from './import.store.ts';
import { readTable, type Table } from './read-table.ts';

/** A file takes a core and a part of the disk while it is read; what more comes waits to be sent on. */
const inTurn = createTurns({ atOnce: 4, waiting: 20 });

export type Sent = {
  readonly importId: string;
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
};

/**
 * Takes in a file, says how it was read, and compares it with what is in force today; nothing is applied. A repeat with the same id answers with the import
 * as it stands. Refused: role, a file that cannot be read or is none of the known ones.
 */
export async function readImport(call: Call, { importId, fileName, bytes }: Sent): Promise<Outcome<ImportRow>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'importPrices');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const key = { partnerId, importId };
  const at = clock.now();
  const by = { partnerId, agentId: actor.agentId };
  const isNew = await database.write(partnerId, (tx) => startImport(tx, by, { importId, fileName, at }));
  if (!isNew) return findKnown(call, key);
  const read = await inTurn(() => takeIn(call, key, bytes)).catch(async (error: unknown) => {
    await database.write(partnerId, (tx) => deleteImport(tx, key));
    throw error;
  });
  if (!read.ok) {
    await database.write(partnerId, (tx) => deleteImport(tx, key));
    return read;
  }
  await database.write(partnerId, async (tx) => {
    const month = await findBilledMonth(tx, key);
    const effectiveOn = month === undefined ? utcDay(at) : Temporal.PlainDate.from(month);
    await compareImport(tx, call, { ...key, effectiveOn });
  });
  return findKnown(call, key);
}

async function findKnown({ database }: Call, { partnerId, importId }: ImportKey): Promise<Outcome<ImportRow>> {
  const row = await database.read(partnerId, (tx) => findImport(tx, partnerId, importId));
  return row ? accepted(row) : notFound('import', importId);
}

async function takeIn(call: Call, key: ImportKey, bytes: AsyncIterable<Uint8Array>): Promise<Outcome<undefined>> {
  const survey = surveyFile(call.actor.partner.currency);
  const opened = await readTable(bytes, survey.see);
  if (!opened.ok) return unreadable(opened.refused);
  try {
    const facts = survey.found();
    if (!('columns' in facts && 'signs' in facts)) return unreadable(facts);
    const { kind } = facts.columns;
    const allowed = checkKind(call, kind);
    if (!allowed.ok) return allowed;
    if (kind === 'newCommercePrices' && !facts.market) return unreadable({ name: 'no-market' });
    return await keepRows(call, key, opened.value, facts);
  } finally {
    await opened.value.close();
  }
}

/** What else an agent must be allowed for what a file would do or show. */
const ACTION_OF: Readonly<Partial<Record<FileKind, Action>>> = {
  customers: 'manageCustomers',
  subscriptions: 'manageSubscriptions',
  users: 'manageUsers',
  legacyReconciliation: 'viewInvoices',
  newCommerceReconciliation: 'viewInvoices',
};

/** Refused: role. */
export function checkKind({ actor }: Pick<Call, 'actor'>, kind: FileKind): Outcome<undefined> {
  const action = ACTION_OF[kind];
  return action === undefined ? accepted(undefined) : checkRole(actor.roles, action);
}

function unreadable(refusal: FileRefusal) {
  return refused({ code: 'file-not-read' as const, refusal });
}

const LOT = 1000;

async function keepRows(
  { catalog, database }: Call,
  key: ImportKey,
  table: Table,
  facts: Parameters<typeof readRow>[1],
): Promise<Outcome<undefined>> {
  let [place, rows, restoredIds] = [0, 0, 0];
  let lot: ReadRow[] = [];
  const save = async () => {
    const isGoing = await database.write(key.partnerId, (tx) => saveReadRows(tx, key, lot, rows));
    lot = [];
    return isGoing;
  };
  for await (const row of table.rows()) {
    rows += 1;
    for (const reading of readRow(row, facts, catalog)) {
      place += 1;
      restoredIds += reading.restored;
      lot.push({ place, line: row.line, reading });
    }
    if (lot.length >= LOT && !(await save())) return notFound('import', key.importId);
  }
  if (!(await save())) return notFound('import', key.importId);
  const { separator, encoding, zippedAs, bytes } = table;
  const { columns, signs, market } = facts;
  const reading = {
    separator,
    encoding,
    zippedAs,
    bytes,
    decimalSign: signOfFile(signs),
    unknownColumns: columns.unknown,
    restoredIds,
  };
  await database.write(key.partnerId, (tx) => saveReading(tx, key, { kind: columns.kind, reading, market, rows }));
  return accepted(undefined);
}
