import type { Language } from '../../contract/values.ts';
import { foldForSearch } from '../../core/values/fold.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, type Outcome } from '../failure.ts';
import { type Candidate, findCandidates } from './choose.store.ts';
import type { CampaignFilter } from './chosen.ts';

type Asked = CampaignFilter & { readonly limit: number; readonly cursor?: number | undefined };
type Found = { readonly rows: readonly Candidate[]; readonly total: number; readonly nextCursor: string | null };

/** The subscriptions that a filter would choose, a page of them and how many in all; nothing is kept. Refused: role. */
export async function listCandidates(
  { actor, database }: Call,
  { limit, cursor: skip = 0, ...filter }: Asked,
  language: Language,
): Promise<Outcome<Found>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const folded = { ...filter, search: filter.search && foldForSearch(filter.search) };
  const rows = await database.read(partnerId, (tx) =>
    findCandidates(tx, partnerId, { filter: folded, language, skip, limit }),
  );
  const total = rows[0]?.total ?? 0;
  const next = skip + rows.length;
  return accepted({ rows, total, nextCursor: next < total ? String(next) : null });
}
