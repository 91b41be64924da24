import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { allPages } from '../http/all-pages.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { findRelationships, type OverviewFilter, type RelationshipFacts } from './relationship.store.ts';
import { findRequests, type RequestRow, type RequestState } from './request.store.ts';

const SORT = 'ends';
const ROWS_AT_ONCE = 1000;

type Asked = {
  readonly filter?: OverviewFilter | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** The partner’s relationships by what ends next. Refused: role, a cursor that is not ours. */
export async function listRelationships(
  { actor, clock, database }: Call,
  asked: Asked,
): Promise<Outcome<{ rows: readonly RelationshipFacts[]; nextCursor: string | null }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { filter, limit, cursor } = asked;
  const after = cursor === undefined ? undefined : readCursor(cursor, SORT);
  if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) => {
    const found = await findRelationships(tx, partnerId, clock.now(), { filter, limit, after });
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return accepted({ rows, nextCursor: last ? writeCursor(SORT, last.sort_at, last.customer_id) : null });
  });
}

/** All that the filter leaves, lot by lot. Refused: role. */
export async function exportRelationships(
  call: Call,
  { filter }: Pick<Asked, 'filter'>,
): Promise<Outcome<AsyncIterable<readonly RelationshipFacts[]>>> {
  const allowed = checkRole(call.actor.roles, 'view');
  return allowed.ok ? accepted(lots()) : allowed;

  async function* lots(): AsyncIterable<readonly RelationshipFacts[]> {
    const read = (cursor: string | undefined) => listRelationships(call, { filter, limit: ROWS_AT_ONCE, cursor });
    for await (const { rows } of allPages(read)) yield rows;
  }
}

/** The partner’s newest requests. Refused: role. */
export async function listRequests(
  { actor, clock, database }: Call,
  state: RequestState | undefined,
): Promise<Outcome<readonly RequestRow[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findRequests(tx, partnerId, clock.now(), { state })));
}
