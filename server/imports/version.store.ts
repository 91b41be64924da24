import type { OfferMatrix } from '../../core/imports/offer-matrix.ts';
import type { Transaction } from '../postgres/database.ts';

/** What has versions of its own: the prices of a market or (`*`) of all without one, the paths of a platform. */
export type Scope = { readonly subject: 'prices' | 'paths'; readonly scope: string };

export type VersionRow = Scope & {
  version: number;
  price_list_id: string | null;
  paths: OfferMatrix | null;
  import_id: string | null;
  file_name: string | null;
  restored_from: number | null;
  effective_on: string;
  applied_at: string;
  applied_by_name: string | null;
};

const SELECT = `select v.subject, v.scope, v.version, v.price_list_id, v.paths, v.import_id, i.file_name, v.restored_from, v.effective_on,
    v.applied_at, a.display_name as applied_by_name
  from import_versions v left join imports i on i.partner_id = v.partner_id and i.import_id = v.import_id
  left join agents a on a.partner_id = v.partner_id and a.agent_id = v.applied_by
  where v.partner_id = $1`;

/** All versions of a partner, the newest of each scope first. */
export async function findVersions(tx: Transaction, partnerId: string): Promise<VersionRow[]> {
  return tx.query<VersionRow>(`${SELECT} order by v.subject desc, v.scope, v.version desc`, [partnerId]);
}

/** The version in force; undefined: nothing was imported for the scope yet. */
export async function findNewestVersion(
  tx: Transaction,
  partnerId: string,
  scope: Scope,
): Promise<VersionRow | undefined> {
  const [row] = await tx.query<VersionRow>(
    `${SELECT} and v.subject = $2 and v.scope = $3 order by v.version desc limit 1`,
    [partnerId, scope.subject, scope.scope],
  );
  return row;
}

export async function findVersion(
  tx: Transaction,
  partnerId: string,
  { subject, scope, version }: Scope & { readonly version: number },
): Promise<VersionRow | undefined> {
  const [row] = await tx.query<VersionRow>(`${SELECT} and v.subject = $2 and v.scope = $3 and v.version = $4`, [
    partnerId,
    subject,
    scope,
    version,
  ]);
  return row;
}

/** Versions of a partner are made one after the other. */
export async function lockVersions(tx: Transaction, partnerId: string): Promise<void> {
  await tx.query('select 1 from partners where partner_id = $1 for update', [partnerId]);
}

export type NewVersion = Scope & {
  readonly partnerId: string;
  readonly version: number;
  readonly priceListId: string | null;
  readonly paths: OfferMatrix | null;
  readonly importId: string | null;
  readonly restoredFrom: number | null;
  readonly effectiveOn: string;
  readonly at: Temporal.Instant;
  readonly agentId: string;
};

/** Saves a version, and points the partner at its list; before the first one, what was in force until then as version 0. */
export async function saveVersion(tx: Transaction, version: NewVersion): Promise<void> {
  const { partnerId, subject, scope, priceListId } = version;
  await tx.query(
    `insert into import_versions (partner_id, subject, scope, version, price_list_id, effective_on, applied_at, applied_by)
     select $1, $2, $3, 0, case when $2 <> 'prices' then null
         when $3 = '*' then (select price_list_id from partners where partner_id = $1)
         else (select price_list_id from market_price_lists where partner_id = $1 and market = $3) end, $4, $5, $6
     where $7 = 1 on conflict do nothing`,
    [partnerId, subject, scope, version.effectiveOn, version.at.toString(), version.agentId, version.version],
  );
  await tx.query(
    `insert into import_versions (partner_id, subject, scope, version, price_list_id, paths, import_id, restored_from, effective_on,
       applied_at, applied_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      partnerId,
      subject,
      scope,
      version.version,
      priceListId,
      version.paths === null ? null : JSON.stringify(version.paths),
      version.importId,
      version.restoredFrom,
      version.effectiveOn,
      version.at.toString(),
      version.agentId,
    ],
  );
  if (subject === 'prices' && scope === '*' && priceListId !== null)
    await tx.query('update partners set price_list_id = $2 where partner_id = $1', [partnerId, priceListId]);
}
