import { CATALOG_TEXTS, type OfferOnWire } from '../../contract/catalog.ts';
import type { ListedPriceOnWire, PriceListOnWire } from '../../contract/prices.ts';
import { REASON_TEXTS } from '../../contract/refusals.ts';
import { getOffer } from '../../core/catalog/offer.ts';
import { parseUnitPrice } from '../../core/values/money.ts';
import type { Cell } from '../../contract/csv.ts';
import { familyName, offerName, type Wording } from '../http/reason.presenter.ts';
import { presentUnitPrice } from './map.presenter.ts';
import type { PriceListRow, PriceRow } from './price.store.ts';

export function presentPriceList({
  price_list_id: priceListId,
  created_at: at,
  ...row
}: PriceListRow): PriceListOnWire {
  const { name, currency, market, prices, valid_from: validFrom, valid_until: validUntil, use } = row;
  const createdAt = Temporal.Instant.from(at).toString();
  return { priceListId, name, currency, market, createdAt, prices, validFrom, validUntil, use };
}

export function presentPrice(row: PriceRow, currency: string, wording: Wording): ListedPriceOnWire {
  return {
    offerId: row.offer_id,
    name: offerName(row.offer_id, wording),
    platform: getOffer(wording.catalog, row.offer_id).platform,
    termDuration: row.term_duration,
    billingCycle: row.billing_cycle,
    price: presentUnitPrice(parseUnitPrice(row.unit_price, currency)),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  };
}

/** A price as a line of CSV; days are ISO, as spreadsheets read them in any language. */
export function priceCells(one: ListedPriceOnWire, { language }: Wording): Cell[] {
  const words = REASON_TEXTS[language];
  return [
    one.name,
    CATALOG_TEXTS[language].platforms[one.platform],
    one.offerId,
    words.termDurations[one.termDuration],
    words.billingCycles[one.billingCycle],
    one.validFrom,
    one.validUntil ?? '',
    { decimal: one.price.amount },
    one.price.currency,
  ];
}

/** An offer as a line of CSV. */
export function offerCells(one: OfferOnWire, wording: Wording): Cell[] {
  const { language } = wording;
  const principal = one.servicePlans.filter(({ role }) => role === 'principal');
  const families = [...new Set(principal.map(({ family }) => familyName(family, wording)))];
  return [
    one.name,
    CATALOG_TEXTS[language].platforms[one.platform],
    one.offerId,
    one.skuPartNumber,
    families.join(' | '),
    { decimal: String(one.seats.min) },
    { decimal: String(one.seats.max) },
    one.segment ? REASON_TEXTS[language].segments[one.segment] : '',
    one.endOfSaleOn ?? '',
    one.monthlyPrice ? { decimal: one.monthlyPrice.amount } : '',
    one.monthlyPrice?.currency ?? '',
  ];
}
