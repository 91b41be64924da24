import { may } from '../../core/access/may.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import {
  countAllUpgrades,
  type CustomerUpgradeRow,
  findAllUpgrades,
  type UpgradeCounts,
  type UpgradeTab,
} from './upgrade-list.store.ts';

type Asked = {
  readonly tab: UpgradeTab;
  readonly search?: string | undefined;
  readonly sort: 'newest' | 'oldest';
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** Upgrades of all customers, page by page. Refused: role. */
export async function listAllUpgrades(
  call: Call,
  { tab, search, sort, limit, cursor }: Asked,
): Promise<Outcome<{ rows: CustomerUpgradeRow[]; nextCursor: string | null }>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const rows = await database.read(actor.partner.partnerId, (tx) =>
    findAllUpgrades(tx, readerOf(call), {
      tab,
      search: search && foldForSearch(search),
      oldestFirst: sort === 'oldest',
      limit: limit + 1,
      after: cursor,
    }),
  );
  const nextCursor = rows.length > limit ? (rows[limit - 1]?.upgrade_id ?? null) : null;
  return accepted({ rows: rows.slice(0, limit), nextCursor });
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
