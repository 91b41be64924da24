import type { Platform } from '../../core/catalog/offer.ts';
import { exponentOf } from '../../core/values/money.ts';
import type { Transaction } from '../postgres/database.ts';
import type { ImportKey } from './import.store.ts';
import { joinWhole } from './record.store.ts';

/** In minor units: what the file adds up to, and what our lines do. */
export type BilledTotals = { readonly file: string; readonly ours: string; readonly lines: number };

/**
 * Sets the lines of a reconciliation file against those of our invoice of a month: equal to the cent, with another amount, missing here, missing there.
 * Two lines are of one thing that are of the same subscription, charge type, days and number of seats; where there are several, those of equal amounts
 * belong together first.
 */
export async function compareBilled(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  { platform, currency, month }: { readonly platform: Platform; readonly currency: string; readonly month: string },
): Promise<BilledTotals> {
  const unit = 10 ** exponentOf(currency);
  const values = [partnerId, importId, month, platform, currency, unit];
  const [totals] = await joinWhole(tx, () => tx.query<BilledTotals>(COMPARE, values));
  return totals ?? { file: '0', ours: '0', lines: 0 };
}

const COMPARE = `
  with lines as materialized (
    select l.*, concat_ws(' ', l.subscription_id, lower(l.charge_type), l.period_start, l.period_end, abs(l.quantity)) as k,
      l.amount_minor::numeric / $6 as amount
    from bill_lines($3::date, $4, $5, null, null, null, null, null, null) l),
  ours as materialized (
    select *, row_number() over (partition by k, amount order by charge_id) as nth from lines),
  file as materialized (
    select place, row_key as k, unit_price as amount, row_number() over (partition by row_key, unit_price order by place) as nth
    from import_rows where partner_id = $1 and import_id = $2 and state = 'read' and row_key is not null),
  equal as materialized (
    select f.place, o.charge_id from file f join ours o on o.k = f.k and o.amount = f.amount and o.nth = f.nth),
  near as (
    select f.place, o.charge_id, o.amount
    from (select place, k, row_number() over (partition by k order by place) as nth from file
      where place not in (select place from equal)) f
    join (select charge_id, k, amount, row_number() over (partition by k order by charge_id) as nth from ours
      where charge_id not in (select charge_id from equal)) o on o.k = f.k and o.nth = f.nth),
  told as (
    update import_rows r set price_before = coalesce(n.amount, case when e.place is not null then r.unit_price end),
      state = case when e.place is not null then 'same' when n.place is not null then 'changed' else 'new' end
    from file f left join equal e on e.place = f.place left join near n on n.place = f.place
    where r.partner_id = $1 and r.import_id = $2 and r.place = f.place),
  missing as (
    insert into import_rows (partner_id, import_id, place, line, state, name, price_before, fact_before, customer_ref)
    select $1, $2, coalesce((select max(place) from import_rows where partner_id = $1 and import_id = $2), 0)
        + row_number() over (order by o.booked_on, o.charge_id), null, 'gone', coalesce(o.customer_name, ''), o.amount,
      jsonb_build_object('subscriptionId', o.subscription_id, 'offer', o.offer_id, 'chargeType', o.charge_type, 'startsOn', o.period_start,
        'endsOn', o.period_end, 'quantity', o.quantity), o.customer_id::text
    from ours o
    where o.charge_id not in (select charge_id from equal) and o.charge_id not in (select charge_id from near))
  select coalesce((select sum(amount * $6)::bigint from file), 0)::text as file,
    coalesce((select sum(amount_minor)::bigint from ours), 0)::text as ours, (select count(*)::integer from ours) as lines`;

/** The month that a file is most likely of: that in which most of its lines begin. */
export async function findBilledMonth(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
): Promise<string | undefined> {
  const [row] = await tx.query<{ day: string }>(
    `select (left(fact ->> 'bookedOn', 7) || '-01') as day from import_rows
     where partner_id = $1 and import_id = $2 and fact ? 'bookedOn' group by 1 order by count(*) desc, 1 desc limit 1`,
    [partnerId, importId],
  );
  return row?.day;
}
