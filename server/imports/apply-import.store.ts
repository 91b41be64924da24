import type { Platform } from '../../core/catalog/offer.ts';
import type { Transaction } from '../postgres/database.ts';
import { baseListOf } from './compare-import.store.ts';
import type { ImportKey } from './import.store.ts';

type List = ImportKey & {
  readonly priceListId: string;
  readonly name: string;
  readonly currency: string;
  readonly market: string | null;
  readonly effectiveOn: string;
  readonly platform: Platform;
  readonly at: Temporal.Instant;
};

/**
 * Makes the list that an import comes to: the one in force until the day before, the file from the day on. What the file does not speak of stays: other
 * platforms, and offers of which a row is in doubt. The same content is the same list. Answers with the id of the list.
 */
export async function saveImportedList(tx: Transaction, list: List): Promise<string> {
  const { partnerId, importId, priceListId, market, effectiveOn, platform } = list;
  await tx.query(
    `insert into price_lists (price_list_id, name, currency, market, content_hash, created_at, partner_id)
     values ($1::uuid, $2, $3, $4, $1::uuid::text, $5, $6)`,
    [priceListId, list.name, list.currency, market, list.at.toString(), partnerId],
  );
  await tx.query(COPY_BASE, [partnerId, importId, market, effectiveOn, platform, priceListId]);
  await tx.query(ADD_FILE, [partnerId, importId, effectiveOn, priceListId]);
  const [hashed] = await tx.query<{ hash: string }>(
    `select encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', offer_id, term_duration, billing_cycle, valid_from, valid_until,
       unit_price), e'\\n' order by offer_id, term_duration, billing_cycle, valid_from), ''), 'utf8')), 'hex') as hash
     from prices where price_list_id = $1`,
    [priceListId],
  );
  const [same] = await tx.query<{ price_list_id: string }>(
    `select price_list_id from price_lists where partner_id = $1 and content_hash = $2 and currency = $3
       and market is not distinct from $4`,
    [partnerId, hashed?.hash, list.currency, market],
  );
  if (same) {
    await tx.query('delete from prices where price_list_id = $1', [priceListId]);
    await tx.query('delete from price_lists where price_list_id = $1', [priceListId]);
    return same.price_list_id;
  }
  await tx.query('update price_lists set content_hash = $2 where price_list_id = $1', [priceListId, hashed?.hash]);
  return priceListId;
}

/** Until when each price of the base holds: to the day before the file's first one for the same, or before the day where it has none. */
const COPY_BASE = `
  insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, valid_until, unit_price, partner_id)
  select $6, b.offer_id, b.term_duration, b.billing_cycle, b.valid_from, b.ends, b.unit_price, $1
  from (
    select p.*, case when f.platform <> $5 or d.offer_id is not null then p.valid_until
      else least(p.valid_until, coalesce(r.starts, $4::date) - 1) end as ends
    from prices p join offers f on f.offer_id = p.offer_id
    left join (select distinct offer_id from import_rows where partner_id = $1 and import_id = $2 and state = 'in-doubt') d
      on d.offer_id = p.offer_id
    left join (
      select offer_id, term_duration, billing_cycle, min(greatest(valid_from, $4::date)) as starts
      from import_rows
      where partner_id = $1 and import_id = $2 and state in ('new', 'changed', 'same') group by 1, 2, 3) r
      on r.offer_id = p.offer_id and r.term_duration = p.term_duration and r.billing_cycle = p.billing_cycle
    where p.price_list_id = ${baseListOf} and ($3::text is null or f.platform = 'newCommerce')) b
  where b.ends >= b.valid_from`;

const ADD_FILE = `
  insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, valid_until, unit_price, partner_id)
  select $4, offer_id, term_duration, billing_cycle, greatest(valid_from, $3::date), valid_until, unit_price, $1
  from import_rows
  where partner_id = $1 and import_id = $2 and state in ('new', 'changed', 'same')`;

export async function markApplied(
  tx: Transaction,
  { partnerId, importId }: ImportKey,
  version: number,
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `update imports set state = 'applied', version = $3, applied_at = $4 where partner_id = $1 and import_id = $2`,
    [partnerId, importId, version, at.toString()],
  );
}
