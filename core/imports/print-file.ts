import type { Catalog, Offer, Platform } from '../catalog/offer.ts';
import type { ProductSku, Segment } from '../catalog/product.ts';
import type { UpgradePath } from '../catalog/upgrade-path.ts';
import { formatUnitPrice, parseUnitPrice } from '../values/money.ts';
import { type BillingCycle } from '../values/period.ts';
import { MONTHS_OF_CYCLE, MONTHS_OF_TERM } from '../ledger/charge-cycle.ts';
import type { PriceFact } from './row-reading.ts';

/** A file as the import reads it. */
export type PrintedFile = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** What a partner goes by in a market, as a new commerce price list: prices are those of the whole term. */
export function printNewCommercePrices(
  prices: readonly PriceFact[],
  { catalog, market, currency }: { readonly catalog: Catalog; readonly market: string; readonly currency: string },
): PrintedFile {
  const products = new Map(catalog.products.map((product) => [product.offerId, product]));
  const rows = prices.flatMap((price) => {
    const product = products.get(price.offerId);
    return product ? [newCommerceRow(price, product, [market, currency])] : [];
  });
  return { header: NEW_COMMERCE, rows };

  function newCommerceRow(price: PriceFact, product: ProductSku, of: readonly [string, string]): string[] {
    const name = catalog.offers.get(price.offerId)?.name.en ?? '';
    const plan = PLANS[price.billingCycle];
    const tags = product.trial ? 'Trial' : '';
    const days = [price.validFrom, price.validUntil];
    const ids = [product.productId, product.skuId, name, price.termDuration, plan];
    return [...ids, ...of, priceOfTerm(price, currency), ...days, SEGMENTS[product.segment], tags];
  }
}

/** The license-based part of a partner's own list: a price of a month for each offer, whose billing cycles have it in common. */
export function printLegacyPrices(
  prices: readonly PriceFact[],
  { catalog, currency }: { readonly catalog: Catalog; readonly currency: string },
): PrintedFile {
  const legacy = prices.filter(({ offerId }) => catalog.offers.get(offerId)?.platform === 'legacy');
  const byDays = Map.groupBy(legacy, ({ offerId, validFrom, validUntil }) =>
    [offerId, validFrom, validUntil].join(' '),
  );
  const rows = [...byDays.values()].flatMap((same) => {
    const price = same.find(({ billingCycle }) => billingCycle === 'monthly') ?? same[0];
    if (!price) return [];
    const { offerId, validFrom, validUntil } = price;
    const name = catalog.offers.get(offerId)?.name.en ?? '';
    return [['UNC', validFrom, validUntil, name, offerId, exactly(price.unitPrice, currency)]];
  });
  return { header: LEGACY, rows };
}

/** The upgrade paths that are on for a partner, as an offer matrix. */
export function printMatrix(
  paths: readonly UpgradePath[],
  {
    catalog,
    platform,
    named,
  }: {
    readonly catalog: Catalog;
    readonly platform: Platform;
    /** Offers that the partner's matrix speaks of, also where they become none. */
    readonly named: readonly string[];
  },
): PrintedFile {
  const on = paths.filter((path) => path.platform === platform && path.enabled && path.standing !== 'refused');
  const sources = [...new Set([...on.map(({ fromOfferId }) => fromOfferId), ...named])];
  const isLegacy = platform === 'legacy';
  const rows = sources.toSorted().flatMap((fromOfferId) => {
    const offer = catalog.offers.get(fromOfferId);
    if (!offer) return [];
    const targets = on.filter((path) => path.fromOfferId === fromOfferId).map(({ toOfferId }) => toOfferId);
    const known = targets.toSorted().flatMap((id) => catalog.offers.get(id) ?? []);
    if (isLegacy) return [[offer.name.en, offer.offerId, known.map(({ offerId }) => offerId).join(';')]];
    return [[...skuOf(offer), offer.name.en, known.map((one) => skuOf(one).join('/')).join(';')]];
  });
  return { header: isLegacy ? LEGACY_MATRIX : NEW_COMMERCE_MATRIX, rows };
}

const NEW_COMMERCE = [
  'ProductId',
  'SkuId',
  'SkuTitle',
  'TermDuration',
  'BillingPlan',
  'Market',
  'Currency',
  'UnitPrice',
  'EffectiveStartDate',
  'EffectiveEndDate',
  'Segment',
  'Tags',
];
const LEGACY = ['A/C/D/U', 'Valid From Date', 'Valid To Date', 'Offer Display Name', 'Offer ID', 'List Price'];
const NEW_COMMERCE_MATRIX = ['ProductId', 'SkuId', 'SkuTitle', 'ProductSkuConversion'];
const LEGACY_MATRIX = ['Offer Display Name', 'Durable Offer ID', 'Can Convert To'];

const PLANS: Readonly<Record<BillingCycle, string>> = {
  monthly: 'Monthly',
  annual: 'Annual',
  triennial: 'Triennial',
  none: 'None',
};
const SEGMENTS: Readonly<Record<Segment, string>> = {
  commercial: 'Commercial',
  education: 'Education',
  nonprofit: 'Charity',
  government: 'Government',
};

function priceOfTerm({ unitPrice, billingCycle, termDuration }: PriceFact, currency: string): string {
  if (billingCycle === 'none') return exactly(unitPrice, currency);
  const cycles = BigInt(MONTHS_OF_TERM[termDuration] / MONTHS_OF_CYCLE[billingCycle]);
  const { micros } = parseUnitPrice(unitPrice, currency);
  return formatUnitPrice({ micros: micros * cycles, currency });
}

function exactly(unitPrice: string, currency: string): string {
  return formatUnitPrice(parseUnitPrice(unitPrice, currency));
}

function skuOf({ offerId, product }: Offer): readonly string[] {
  return product ? [product.productId, product.skuId] : offerId.toUpperCase().split(':');
}
