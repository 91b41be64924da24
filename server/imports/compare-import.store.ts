import { PLATFORM_OF_KIND } from '../../core/imports/read-row.ts';
import type { ListKind } from '../../core/imports/file-kind.ts';
import type { Platform } from '../../core/catalog/offer.ts';
import type { Transaction } from '../postgres/database.ts';
import type { ImportKey, RowCounts } from './import.store.ts';
import { findNewestVersion, type Scope } from './version.store.ts';

/** What an import is about: prices of a market or of all, or paths of a platform. */
export function scopeOf(kind: ListKind, market: string | null): Scope {
  if (kind === 'newCommerceMatrix' || kind === 'legacyMatrix')
    return { subject: 'paths', scope: PLATFORM_OF_KIND[kind] };
  return { subject: 'prices', scope: market ?? '*' };
}

/** The list that prices of partner $1 are compared with: that of the market $3, or where it has none that for all markets. */
export const baseListOf = `coalesce(
  (select m.price_list_id from market_price_lists m where m.partner_id = $1 and m.market = $3),
  (select o.price_list_id from partners o where o.partner_id = $1))`;

type Asked = ImportKey & { readonly kind: ListKind; readonly market: string | null; readonly effectiveOn: string };

/**
 * Compares the prices of an import with those that hold on its day and after, and says of each row what it would do: again from the start, whenever asked.
 * What the list has for the same platform and the file does not is gone; where a row of an offer is in doubt, its prices stay.
 */
export async function comparePrices(
  tx: Transaction,
  { partnerId, importId, kind, market, effectiveOn }: Asked,
): Promise<void> {
  const key = [partnerId, importId];
  await tx.query(`delete from import_rows where partner_id = $1 and import_id = $2 and state = 'gone'`, key);
  await tx.query(
    `update import_rows set state = 'read', reason = null, price_before = null
     where partner_id = $1 and import_id = $2 and unit_price is not null`,
    key,
  );
  await tx.query(SORT_OUT, [...key, effectiveOn]);
  await tx.query(
    `update import_rows r set state = 'left-out', reason = 'offer-in-doubt'
     where r.partner_id = $1 and r.import_id = $2 and r.state = 'read' and r.offer_id in (
       select offer_id from import_rows where partner_id = $1 and import_id = $2 and state = 'in-doubt')`,
    key,
  );
  await tx.query(COMPARE, [...key, market, effectiveOn]);
  await tx.query(FIND_GONE, [...key, market, effectiveOn, PLATFORM_OF_KIND[kind] satisfies Platform]);
}

/**
 * Of rows that ended before the day, that repeat, or that another one for the same days takes the place of, one is left. Lines may overlap: the later start
 * holds (Partner Center documentation, pricing-and-offers). Two prices from one day on are in doubt, both.
 */
const SORT_OUT = `
  with keyed as (
    select place, valid_until, unit_price, greatest(valid_from, $3::date) as starts, valid_from,
      array[offer_id, term_duration, billing_cycle] as k
    from import_rows where partner_id = $1 and import_id = $2 and state = 'read' and unit_price is not null),
  judged as (
    select r.place, case
      when r.valid_until < $3::date then 'ended'
      when max(unit_price) over w <> min(unit_price) over w then 'duplicate'
      when row_number() over (partition by k, valid_from order by valid_until desc, place) > 1 then 'repeated'
      when r.valid_from < $3::date and r.valid_from < max(r.valid_from) filter (where r.valid_from <= $3::date and r.valid_until >= $3::date)
        over (partition by k) then 'superseded'
      end as reason
    from keyed r window w as (partition by k, valid_from, valid_until < $3::date))
  update import_rows r set reason = j.reason, state = case j.reason when 'duplicate' then 'in-doubt' else 'left-out' end
  from judged j where r.partner_id = $1 and r.import_id = $2 and r.place = j.place and j.reason is not null`;

const COMPARE = `
  update import_rows r set price_before = p.unit_price, state = case
      when p.unit_price is null then 'new' when p.unit_price = r.unit_price then 'same' else 'changed' end
  from import_rows i
  left join lateral (
    select p.unit_price from prices p where p.price_list_id = ${baseListOf} and p.offer_id = i.offer_id
      and p.term_duration = i.term_duration and p.billing_cycle = i.billing_cycle
      and greatest(i.valid_from, $4::date) between p.valid_from and p.valid_until
    order by p.valid_from desc limit 1) p on true
  where i.partner_id = $1 and i.import_id = $2 and i.state = 'read' and i.unit_price is not null
    and r.partner_id = $1 and r.import_id = $2 and r.place = i.place`;

/** Prices of the base from the day on, each until the next begins. */
const FIND_GONE = `
  with base as (
    select p.offer_id, p.term_duration, p.billing_cycle, p.unit_price, greatest(p.valid_from, $4::date) as starts
    from (select *, least(valid_until, lead(valid_from) over (partition by offer_id, term_duration, billing_cycle order by valid_from) - 1) as ends
      from prices where price_list_id = ${baseListOf}) p
    join offers f on f.offer_id = p.offer_id and f.platform = $5
    where p.ends >= $4::date)
  insert into import_rows (partner_id, import_id, place, line, state, name, offer_id, term_duration, billing_cycle, valid_from, price_before)
  select $1, $2, (select max(place) from import_rows where partner_id = $1 and import_id = $2)
      + row_number() over (order by b.offer_id, b.term_duration, b.billing_cycle, b.starts), null, 'gone', '', b.offer_id, b.term_duration,
    b.billing_cycle, b.starts, b.unit_price
  from base b
  where not exists (
      select 1 from import_rows r where r.partner_id = $1 and r.import_id = $2 and r.offer_id = b.offer_id and r.state = 'in-doubt')
    and not exists (
      select 1 from import_rows r where r.partner_id = $1 and r.import_id = $2 and r.offer_id = b.offer_id
        and r.term_duration = b.term_duration and r.billing_cycle = b.billing_cycle and r.state in ('new', 'changed', 'same')
        and (b.starts = greatest(r.valid_from, $4::date) or r.unit_price = b.unit_price and b.starts > r.valid_from or b.starts < r.valid_from))`;

/** Counts the rows by state, and keeps the counts with what they were counted against. */
export async function saveComparison(
  tx: Transaction,
  { partnerId, importId, kind, market, effectiveOn }: Asked,
): Promise<void> {
  const newest = await findNewestVersion(tx, partnerId, scopeOf(kind, market));
  await tx.query(
    `update imports set state = 'checked', effective_on = $4, compared_with = $5, compared_list = ${baseListOf}, counts = (
       select jsonb_build_object('new', count(*) filter (where state = 'new'), 'changed', count(*) filter (where state = 'changed'),
         'gone', count(*) filter (where state = 'gone'), 'same', count(*) filter (where state = 'same'),
         'left-out', count(*) filter (where state = 'left-out'), 'in-doubt', count(*) filter (where state = 'in-doubt'))
       from import_rows where partner_id = $1 and import_id = $2)
     where partner_id = $1 and import_id = $2`,
    [partnerId, importId, market, effectiveOn, newest?.version ?? null],
  );
}

export function changesOf(counts: RowCounts): number {
  return counts.new + counts.changed + counts.gone;
}
