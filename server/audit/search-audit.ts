import type { Language } from '../../contract/values.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import { saveAudit, toAuditRow } from './audit.store.ts';
import {
  type AuditActor,
  type AuditPlace,
  type AuditQuery,
  type AuditRecord,
  findAuditActions,
  findAuditActors,
  findAuditRecords,
} from './audit-search.store.ts';

/** What somebody looks for in the log; what is absent is not asked for. */
export type AuditSearch = {
  readonly search?: string | undefined;
  readonly action?: string | undefined;
  readonly agentId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: 'done' | 'refused' | undefined;
  readonly correlationId?: string | undefined;
  /** UTC moments, both within. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};

const SORT = '-at';
const BEGINNING = Temporal.Instant.from('1990-01-01T00:00:00Z');
const ROWS_AT_ONCE = 1000;

/** The partner's log, the newest first, page by page. Refused: role, a cursor that is not ours. */
export async function searchAudit(
  { actor, clock, database }: Call,
  { cursor, limit, ...asked }: AuditSearch & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Outcome<{ readonly records: readonly AuditRecord[]; readonly nextCursor: string | null }>> {
  const allowed = checkRole(actor.roles, 'viewAudit');
  if (!allowed.ok) return allowed;
  const after = cursor === undefined ? undefined : placeOf(cursor);
  if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  const { partnerId } = actor.partner;
  const query = queryOf(asked, clock.now());
  const found = await database.read(partnerId, (tx) => findAuditRecords(tx, partnerId, { ...query, after, limit }));
  const records = found.slice(0, limit);
  const last = found.length > limit ? records.at(-1) : undefined;
  return accepted({ records, nextCursor: last ? writeCursor(SORT, last.at, last.audit_id) : null });
}

/** What the log can be filtered by: its acts, and whoever may stand in it. Refused: role. */
export async function listAuditFilters(
  { actor, database }: Call,
  language: Language,
): Promise<Outcome<{ readonly actions: readonly AuditAction[]; readonly actors: readonly AuditActor[] }>> {
  const allowed = checkRole(actor.roles, 'viewAudit');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) =>
    accepted({
      actions: await findAuditActions(tx, partnerId),
      actors: await findAuditActors(tx, partnerId, language),
    }),
  );
}

/**
 * Everything that is looked for, as of now, in lots of a thousand rows; that it was taken away is written into the log before the first.
 * Refused: role.
 */
export async function exportAudit(call: Call, asked: AuditSearch): Promise<Outcome<AsyncGenerator<AuditRecord[]>>> {
  const { actor, clock, database } = call;
  const allowed = checkRole(actor.roles, 'viewAudit');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const query = queryOf(asked, clock.now());
  const filters = Object.fromEntries(
    Object.entries(asked).filter(([key, value]) => value !== undefined && key !== 'search'),
  );
  // What was searched for may be a person's name, which the log must not keep.
  const after = { ...filters, ...(asked.search && { search: true }) };
  await database.write(partnerId, (tx) =>
    saveAudit(tx, [
      toAuditRow(call, { customerId: partnerId, action: 'audit.exported', subjectId: partnerId, details: { after } }),
    ]),
  );
  return accepted(lots());

  async function* lots(): AsyncGenerator<AuditRecord[]> {
    let place: AuditPlace | undefined;
    do {
      const page = { ...query, after: place, limit: ROWS_AT_ONCE };
      const found = await database.read(partnerId, (tx) => findAuditRecords(tx, partnerId, page));
      const records = found.slice(0, ROWS_AT_ONCE);
      const last = found.length > ROWS_AT_ONCE ? records.at(-1) : undefined;
      place = last && [last.at, last.audit_id];
      yield records;
    } while (place);
  }
}

function queryOf(
  { search, action, from, until, ...rest }: AuditSearch,
  now: Temporal.Instant,
): Omit<AuditQuery, 'limit'> {
  return {
    ...rest,
    search: search ? foldForSearch(search) : undefined,
    actions: action === undefined ? undefined : [action],
    from: from === undefined ? BEGINNING : Temporal.Instant.from(from),
    until: until === undefined ? now : Temporal.Instant.from(until),
  };
}

function placeOf(cursor: string): AuditPlace | undefined {
  const read = readCursor(cursor, SORT);
  try {
    return read && [Temporal.Instant.from(read[0].replace(' ', 'T')).toString(), read[1]];
  } catch {
    return undefined;
  }
}
