import type { OfferMatrix } from '../../core/imports/offer-matrix.ts';
import type { Transaction } from '../postgres/database.ts';
import type { ImportKey } from './import.store.ts';

/** Each pair that an offer matrix gives, once, and its offers that become none. */
export async function findMatrixRows(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
): Promise<{ offer_id: string; to_offer_id: string | null }[]> {
  return tx.query(
    `select distinct offer_id, to_offer_id from import_rows
     where partner_id = $1 and import_id = $2 and offer_id is not null and state not in ('in-doubt', 'gone') order by 1, 2`,
    [partnerId, importId],
  );
}

type Pair = { readonly fromOfferId: string; readonly toOfferId: string };

/** Says of each pair whether its path is open already; paths that are and that the matrix does not give are gone. */
export async function compareRowsOfPaths(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  matrix: OfferMatrix,
  open: readonly Pair[],
): Promise<void> {
  const key = [partnerId, importId];
  const given = new Set(matrix.pairs.map((pair) => pair.join(' ')));
  const gone = open.filter(
    ({ fromOfferId, toOfferId }) => matrix.offers.includes(fromOfferId) && !given.has(`${fromOfferId} ${toOfferId}`),
  );
  await tx.query(`delete from import_rows where partner_id = $1 and import_id = $2 and state = 'gone'`, key);
  await tx.query(
    `update import_rows r set state = case when r.to_offer_id is null or exists (
         select 1 from jsonb_to_recordset($3::jsonb) as o ("fromOfferId" text, "toOfferId" text)
         where o."fromOfferId" = r.offer_id and o."toOfferId" = r.to_offer_id) then 'same' else 'new' end
     where r.partner_id = $1 and r.import_id = $2 and r.offer_id is not null and r.state not in ('in-doubt', 'left-out')`,
    [...key, JSON.stringify(open)],
  );
  await tx.query(
    `insert into import_rows (partner_id, import_id, place, line, state, name, offer_id, to_offer_id)
     select $1, $2, (select max(place) from import_rows where partner_id = $1 and import_id = $2) + o.place, null, 'gone', '', o.pair ->> 'fromOfferId',
       o.pair ->> 'toOfferId'
     from jsonb_array_elements($3::jsonb) with ordinality as o (pair, place)`,
    [...key, JSON.stringify(gone)],
  );
}
