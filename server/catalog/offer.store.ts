import { createHash } from 'node:crypto';
import type { Catalog, Offer } from '../../core/catalog/offer.ts';
import type { ProductSku } from '../../core/catalog/product.ts';
import type { Promotion } from '../../core/catalog/promotion.ts';
import type { Transaction } from '../postgres/database.ts';
import type { ShippedPriceList } from './product-prices.ts';

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
  await saveVersions(tx, catalog);
}

/** What an offer is called and sold as, as lines of invoices say it. */
export type OfferWords = {
  readonly name: Offer['name'];
  readonly product: Pick<ProductSku, 'productId' | 'skuId' | 'availabilityId'> | null;
};

/** Keeps the wording of each offer whose wording is another than the last one; lines that were written stay with theirs. */
async function saveVersions(tx: Transaction, catalog: Catalog): Promise<void> {
  const rows = [...catalog.offers.values()].map(({ offerId, name, product }) => ({
    offer_id: offerId,
    name,
    product: product && {
      productId: product.productId,
      skuId: product.skuId,
      availabilityId: product.availabilityId,
    },
  }));
  await tx.query(
    `insert into offer_versions
     select r.offer_id, coalesce(v.version, 0) + 1, r.name, r.product
     from jsonb_to_recordset($1::jsonb) as r (offer_id text, name jsonb, product jsonb)
     left join lateral (
       select l.version, l.name, l.product from offer_versions l where l.offer_id = r.offer_id order by l.version desc limit 1) v on true
     where v.version is null or v.name <> r.name or v.product is distinct from r.product
     on conflict do nothing`,
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
    `insert into price_lists (price_list_id, name, currency, market, content_hash, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning price_list_id`,
    [newId(), list.name, list.currency, list.market, hash, now.toString()],
  );
  if (!fresh) return;
  const idOf = new Map([...catalog.offers.values()].map((offer) => [offer.key, offer.offerId]));
  const rows = list.prices.map(({ offer, termDuration, billingCycle, validFrom, unitPrice }) => ({
    offer_id: idOf.get(offer),
    term_duration: termDuration,
    billing_cycle: billingCycle,
    valid_from: validFrom,
    unit_price: unitPrice,
  }));
  await tx.query(
    `insert into prices (price_list_id, offer_id, term_duration, billing_cycle, valid_from, unit_price)
     select $1, r.* from jsonb_to_recordset($2::jsonb)
       as r (offer_id text, term_duration text, billing_cycle text, valid_from date, unit_price numeric)`,
    [fresh.price_list_id, JSON.stringify(rows)],
  );
}

/** Tells the database which promotions there are; what was saved before under the same id is replaced. */
export async function savePromotions(tx: Transaction, promotions: readonly Promotion[]): Promise<void> {
  const rows = promotions.map((promotion) => ({
    promotion_id: promotion.promotionId,
    offer_id: promotion.offerId,
    term_duration: promotion.termDuration,
    discount_basis_points: promotion.discountBasisPoints,
    valid_from: promotion.validFrom.toString(),
    valid_until: promotion.validUntil.toString(),
    conditions: promotion.conditions,
  }));
  await tx.query(
    `insert into promotions select * from jsonb_populate_recordset(null::promotions, $1::jsonb)
     on conflict (promotion_id) do update set offer_id = excluded.offer_id, term_duration = excluded.term_duration,
       discount_basis_points = excluded.discount_basis_points, valid_from = excluded.valid_from,
       valid_until = excluded.valid_until, conditions = excluded.conditions`,
    [JSON.stringify(rows)],
  );
}
