import type { Language } from '../../contract/values.ts';
import { may } from '../../core/access/may.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted, refused } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { allPages } from '../http/all-pages.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import {
  countAllUpgrades,
  type CustomerUpgradeRow,
  findAllUpgrades,
  findUpgradeFilters,
  sortValueOf,
  type UpgradeCounts,
  type UpgradeFilter,
  type UpgradeFilters,
  type UpgradeSort,
} from './upgrade-list.store.ts';

type Asked = Omit<UpgradeFilter, 'number'> & {
  readonly sort: UpgradeSort;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

const ROWS_AT_ONCE = 1000;
/** Four digits or more of a number as it is shown, `1A2B-3C4D`, or a whole id. */
const NUMBER = /^[0-9a-f]{4,8}$|^[0-9a-f]{32}$/;

/** Upgrades of all customers, page by page. Refused: role, a cursor that is not ours or of another sort. */
export async function listAllUpgrades(
  call: Call,
  { sort, limit, cursor, search, ...filter }: Asked,
  language: Language,
): Promise<Outcome<{ rows: CustomerUpgradeRow[]; nextCursor: string | null }>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const after = cursor === undefined ? undefined : placeOf(cursor, sort);
  if (cursor !== undefined && !after) return refused({ code: 'invalid-field', field: 'cursor', expected: 'cursor' });
  const digits = search?.toLowerCase().replace(/[\s-]/g, '');
  const rows = await database.read(actor.partner.partnerId, (tx) =>
    findAllUpgrades(tx, readerOf(call), {
      ...filter,
      search: search && foldForSearch(search),
      number: digits && NUMBER.test(digits) ? digits : undefined,
      sort,
      language,
      limit: limit + 1,
      after,
    }),
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const nextCursor = last ? writeCursor(sort, sortValueOf(last, sort), last.upgrade_id) : null;
  return accepted({ rows: rows.slice(0, limit), nextCursor });
}

/** A place of this order; its value may come from somebody else's hand. */
function placeOf(cursor: string, sort: UpgradeSort): readonly [string, string] | undefined {
  const place = readCursor(cursor, sort);
  if (!place) return undefined;
  const isNumber = /licenses|net/.test(sort);
  const isId = sort === 'newest' || sort === 'oldest';
  if (isNumber && !/^-?\d{1,18}$/.test(place[0])) return undefined;
  return isId && place[0] !== place[1] ? undefined : place;
}

/** All that match, in lots of a thousand. Refused: role. */
export async function exportUpgrades(
  call: Call,
  asked: Omit<Asked, 'limit' | 'cursor'>,
  language: Language,
): Promise<Outcome<AsyncGenerator<readonly CustomerUpgradeRow[]>>> {
  const allowed = checkRole(call.actor.roles, 'view');
  return allowed.ok ? accepted(lots()) : allowed;

  async function* lots(): AsyncGenerator<readonly CustomerUpgradeRow[]> {
    const read = (cursor: string | undefined) =>
      listAllUpgrades(call, { ...asked, limit: ROWS_AT_ONCE, cursor }, language);
    for await (const { rows } of allPages(read)) yield rows;
  }
}

/** What the list can be filtered by. Refused: role. */
export async function listUpgradeFilters({ actor, database }: Call): Promise<Outcome<UpgradeFilters>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findUpgradeFilters(tx, partnerId)));
}

/** How many upgrades wait, need work or failed. Refused: role. */
export async function countUpgrades(call: Call): Promise<Outcome<UpgradeCounts>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  return accepted(await database.read(actor.partner.partnerId, (tx) => countAllUpgrades(tx, readerOf(call))));
}

function readerOf({ actor }: Call) {
  const { agentId, partner, roles } = actor;
  return { partnerId: partner.partnerId, agentId, approves: may(roles, 'approveUpgrades') };
}
