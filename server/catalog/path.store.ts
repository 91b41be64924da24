import type { OfferMatrix } from '../../core/imports/offer-matrix.ts';
import type { PathSwitch } from '../../core/catalog/upgrade-path.ts';
import type { Transaction } from '../postgres/database.ts';
import { toPathSwitch } from '../subscriptions/customer-facts.store.ts';

type SwitchRow = {
  path_id: string;
  enabled: boolean;
  markets: string[] | null;
  valid_from: string | null;
  valid_until: string | null;
};

/** The partner's own words on paths, by path id. */
export async function findPathSwitches(tx: Transaction, partnerId: string): Promise<Map<string, PathSwitch>> {
  const rows = await tx.query<SwitchRow>('select * from path_switches where partner_id = $1', [partnerId]);
  return new Map(
    rows.map(({ path_id: pathId, valid_from: validFrom, valid_until: validUntil, enabled, markets }) => [
      pathId,
      toPathSwitch({ pathId, enabled, markets, validFrom, validUntil }),
    ]),
  );
}

/** What the partner's offer matrices in force give, one for each platform that has one. */
export async function findMatrices(tx: Transaction, partnerId: string): Promise<OfferMatrix[]> {
  const rows = await tx.query<{ paths: OfferMatrix }>('select paths from partner_matrices where partner_id = $1', [
    partnerId,
  ]);
  return rows.map(({ paths }) => paths);
}

/** Replaces the partner's word on one path. */
export async function savePathSwitch(tx: Transaction, partnerId: string, wanted: PathSwitch): Promise<void> {
  const { pathId, enabled, markets, validFrom, validUntil } = wanted;
  await tx.query(
    `insert into path_switches (partner_id, path_id, enabled, markets, valid_from, valid_until) values ($1, $2, $3, $4, $5, $6)
     on conflict (partner_id, path_id) do update set enabled = excluded.enabled, markets = excluded.markets,
       valid_from = excluded.valid_from, valid_until = excluded.valid_until`,
    [partnerId, pathId, enabled, markets, validFrom?.toString() ?? null, validUntil?.toString() ?? null],
  );
}

export async function deletePathSwitch(tx: Transaction, partnerId: string, pathId: string): Promise<void> {
  await tx.query('delete from path_switches where partner_id = $1 and path_id = $2', [partnerId, pathId]);
}
