import { readFileSync } from 'node:fs';
import type { Catalog, Offer } from '../../core/catalog/offer.ts';
import type { ProductSku } from '../../core/catalog/product.ts';
import type { Promotion } from '../../core/catalog/promotion.ts';
import type { ServicePlan } from '../../core/catalog/service-plan.ts';
import type { UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { CATALOG_FILES, CatalogError, type CatalogFiles } from './catalog-files.ts';
import { checkCatalog, keyOfProduct } from './check-catalog.ts';
import { type ShippedPriceList, withProductPrices } from './product-prices.ts';

const CATALOG_FILE_NAMES = Object.keys(CATALOG_FILES) as (keyof CatalogFiles)[];
const SHIPPED = new URL('../../catalog/', import.meta.url);

/** What the demo world adds to the shipped facts: offers that do not exist and made-up limits. */
export type CatalogAdditions = {
  readonly servicePlans: CatalogFiles['service-plans.json']['servicePlans'];
  readonly offers: CatalogFiles['offers.json']['offers'];
  readonly products: CatalogFiles['products.json']['products'];
  readonly teamsSuitesClosed: boolean;
  readonly prohibitedUsageLocations: Readonly<Record<string, readonly string[]>>;
};

/** The catalog with the prices and promotions of the demo, which are no facts. */
export type LoadedCatalog = {
  readonly catalog: Catalog;
  readonly priceLists: readonly ShippedPriceList[];
  readonly promotions: readonly Promotion[];
};

/**
 * Reads and checks the shipped catalog: the form of its files, and that their entries fit each other.
 * @throws CatalogError naming the file and the entry.
 */
export function loadCatalog(additions?: CatalogAdditions, directory: URL = SHIPPED): LoadedCatalog {
  const read = Object.fromEntries(CATALOG_FILE_NAMES.map((name) => [name, readFile(directory, name)])) as CatalogFiles;
  const plans = [...read['service-plans.json'].servicePlans, ...(additions?.servicePlans ?? [])];
  const offers = [...read['offers.json'].offers, ...(additions?.offers ?? [])];
  const products = [...read['products.json'].products, ...(additions?.products ?? [])];
  checkCatalog(read, plans, offers, products);
  const planByName = new Map(plans.map((plan) => [plan.planName, toServicePlan(plan)]));
  const byKey = new Map(
    offers.map((offer) => [
      offer.key,
      toOffer(offer, planByName, additions?.prohibitedUsageLocations[offer.key] ?? []),
    ]),
  );
  for (const product of products) {
    const twin = byKey.get(product.offer);
    if (twin) byKey.set(keyOfProduct(product), toProductOffer(product, products, twin));
  }
  const sold = [...byKey.values()];
  const idOf = (key: string) => byKey.get(key)?.offerId ?? key;
  return {
    catalog: {
      offers: new Map(sold.map((offer) => [offer.offerId, offer])),
      paths: read['upgrade-paths.json'].upgradePaths.map(({ from, to, ...path }): UpgradePath => {
        return { ...path, fromOfferId: idOf(from), toOfferId: idOf(to) };
      }),
      exclusions: read['plan-exclusions.json'].planExclusions,
      products: sold.flatMap(({ product }) => product ?? []),
      teamsSuitesClosed: additions?.teamsSuitesClosed ?? true,
    },
    priceLists: read['demo-prices.json'].priceLists.map((list) =>
      withProductPrices(list, products, read['demo-prices.json'].productPriceRules),
    ),
    promotions: read['demo-promotions.json'].promotions.map((one) => toPromotion(one, idOf)),
  };
}

function readFile(directory: URL, name: keyof CatalogFiles): unknown {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(new URL(name, directory), 'utf8'));
  } catch (error) {
    throw new CatalogError(name, null, `cannot be read: ${(error as Error).message}`);
  }
  const parsed = CATALOG_FILES[name].safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [list, index, ...field] = issue?.path ?? [];
  const entry = (content as Record<string, unknown[]>)[String(list)]?.[Number(index)] as
    | Record<string, string>
    | undefined;
  const named =
    entry?.['key'] ??
    entry?.['productId'] ??
    entry?.['promotionId'] ??
    entry?.['pathId'] ??
    entry?.['planName'] ??
    entry?.['group'] ??
    '?';
  const place = `${String(index ?? list)} (${named}), ${field.join('.') || 'form'}`;
  throw new CatalogError(name, place, issue?.message ?? '');
}

function toServicePlan({
  dependsOn,
  reason: _reason,
  source: _source,
  ...plan
}: CatalogFiles['service-plans.json']['servicePlans'][number]): ServicePlan {
  return { ...plan, dependsOn: dependsOn ?? null };
}

function toOffer(
  {
    source: _source,
    planSource: _plans,
    seatSource: _seats,
    servicePlans,
    ...offer
  }: CatalogFiles['offers.json']['offers'][number],
  planByName: ReadonlyMap<string, ServicePlan>,
  prohibitedUsageLocations: readonly string[],
): Offer {
  return {
    ...offer,
    prohibitedUsageLocations: [...(offer.prohibitedUsageLocations ?? []), ...prohibitedUsageLocations],
    servicePlans: servicePlans.flatMap((name) => planByName.get(name) ?? []),
    product: null,
  };
}

type Product = CatalogFiles['products.json']['products'][number];

/** What new commerce sells of the SKU of a legacy offer: the product, or its trial with an id, a name and limits of its own. */
function toProductOffer(sold: Product, products: readonly Product[], twin: Offer): Offer {
  const { productId, skuId, availabilityId, terms, segment, trial, endOfSale } = sold;
  const offerId = idOfProduct(sold);
  const paid = products.find((one) => one.offer === sold.offer && !one.trial);
  const product: ProductSku = {
    productId,
    skuId,
    availabilityId,
    offerId,
    terms,
    segment,
    trial: trial && paid ? { seats: trial.seats, days: trial.days, becomesOfferId: idOfProduct(paid) } : null,
    teamsSuite: sold.teamsSuiteSource !== undefined,
    specializes: sold.specializes?.product.toLowerCase() ?? null,
    endOfSaleOn: endOfSale ? Temporal.PlainDate.from(endOfSale.on) : null,
  };
  const billingCycles = [...new Set(terms.map(({ billingCycle }) => billingCycle))];
  const offer = { ...twin, offerId, key: keyOfProduct(sold), platform: 'newCommerce' as const, billingCycles, product };
  return trial ? { ...offer, name: trial.name, seats: { min: trial.seats, max: trial.seats }, demoId: true } : offer;
}

function idOfProduct({ productId, skuId, trial }: Product): string {
  return trial?.offerId ?? `${productId}:${skuId}`.toLowerCase();
}

function toPromotion(
  promotion: CatalogFiles['demo-promotions.json']['promotions'][number],
  idOf: (key: string) => string,
): Promotion {
  const { offer, source: _, conditions, validFrom, validUntil, ...rest } = promotion;
  const { prerequisiteOffers, ...limits } = conditions;
  return {
    ...rest,
    offerId: idOf(offer),
    validFrom: Temporal.PlainDate.from(validFrom),
    validUntil: Temporal.PlainDate.from(validUntil),
    conditions: { ...limits, ...(prerequisiteOffers && { prerequisiteOfferIds: prerequisiteOffers.map(idOf) }) },
  };
}
