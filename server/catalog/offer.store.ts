import { createHash } from 'node:crypto';
import type { Catalog } from '../../core/catalog/offer.ts';
import type { Transaction } from '../postgres/database.ts';
import type { ShippedPriceList } from './load-catalog.ts';

/** Tells the database which offers there are; every subscription names one. */
export async function saveOffers(tx: Transaction, catalog: Catalog): Promise<void> {
  const rows = [...catalog.offers.values()].map(({ offerId, key, platform, skuId }) => ({
    offer_id: offerId,
    key,
    platform,
    sku_id: skuId,
  }));
  await tx.query(
    `insert into offers select * from jsonb_to_recordset($1::jsonb) as r (offer_id text, key text, platform text, sku_id text)
     on conflict (offer_id) do update set key = excluded.key, platform = excluded.platform, sku_id = excluded.sku_id`,
    [JSON.stringify(rows)],
  );
}

/** Saves a price list as a version by its content; the same content is the same version. */
export async function savePriceList(
  tx: Transaction,
  catalog: Catalog,
  list: ShippedPriceList,
  { now, newId }: { now: Temporal.Instant; newId: () => string },
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(list)).digest('hex');
  const [fresh] = await tx.query<{ price_list_id: string }>(
    `insert into price_lists (price_list_id, name, currency, content_hash, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning price_list_id`,
    [newId(), list.name, list.currency, hash, now.toString()],
  );
  if (!fresh) return;
  const idOf = new Map([...catalog.offers.values()].map((offer) => [offer.key, offer.offerId]));
  const rows = list.prices.flatMap(({ offer, billingCycles, validFrom, unitPrice }) =>
    billingCycles.map((cycle) => ({
      offer_id: idOf.get(offer),
      billing_cycle: cycle,
      valid_from: validFrom,
      unit_price: unitPrice,
    })),
  );
  await tx.query(
    `insert into prices (price_list_id, offer_id, billing_cycle, valid_from, unit_price)
     select $1, r.* from jsonb_to_recordset($2::jsonb) as r (offer_id text, billing_cycle text, valid_from date, unit_price numeric)`,
    [fresh.price_list_id, JSON.stringify(rows)],
  );
}
