import { readFileSync } from 'node:fs';
import type { Catalog, Offer } from '../../core/catalog/offer.ts';
import type { ProductSku } from '../../core/catalog/product.ts';
import type { ServicePlan } from '../../core/catalog/service-plan.ts';
import type { UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { CATALOG_FILES, CatalogError, type CatalogFiles } from './catalog-files.ts';
import { checkCatalog } from './check-catalog.ts';

const CATALOG_FILE_NAMES = Object.keys(CATALOG_FILES) as (keyof CatalogFiles)[];
const SHIPPED = new URL('../../catalog/', import.meta.url);

export type ShippedPriceList = CatalogFiles['demo-prices.json']['priceLists'][number];

/** What the demo world adds to the shipped facts: offers that do not exist and made-up limits. */
export type CatalogAdditions = {
  readonly servicePlans: CatalogFiles['service-plans.json']['servicePlans'];
  readonly offers: CatalogFiles['offers.json']['offers'];
  readonly prohibitedUsageLocations: Readonly<Record<string, readonly string[]>>;
};

export type LoadedCatalog = { readonly catalog: Catalog; readonly priceLists: readonly ShippedPriceList[] };

/**
 * Reads and checks the shipped catalog: the form of its files, and that their entries fit each other.
 * @throws CatalogError naming the file and the entry.
 */
export function loadCatalog(additions?: CatalogAdditions, directory: URL = SHIPPED): LoadedCatalog {
  const read = Object.fromEntries(CATALOG_FILE_NAMES.map((name) => [name, readFile(directory, name)])) as CatalogFiles;
  const plans = [...read['service-plans.json'].servicePlans, ...(additions?.servicePlans ?? [])];
  const offers = [...read['offers.json'].offers, ...(additions?.offers ?? [])];
  checkCatalog(read, plans, offers);
  const planByName = new Map(plans.map((plan) => [plan.planName, toServicePlan(plan)]));
  const byKey = new Map(
    offers.map((offer) => [
      offer.key,
      toOffer(offer, planByName, additions?.prohibitedUsageLocations[offer.key] ?? []),
    ]),
  );
  return {
    catalog: {
      offers: new Map([...byKey.values()].map((offer) => [offer.offerId, offer])),
      paths: read['upgrade-paths.json'].upgradePaths.map(({ from, to, ...path }): UpgradePath => {
        return { ...path, fromOfferId: byKey.get(from)?.offerId ?? from, toOfferId: byKey.get(to)?.offerId ?? to };
      }),
      exclusions: read['plan-exclusions.json'].planExclusions,
      products: read['products.json'].products.map(({ productId, skuId, availabilityId, offer, terms }): ProductSku => {
        return { productId, skuId, availabilityId, offerId: byKey.get(offer)?.offerId ?? offer, terms };
      }),
    },
    priceLists: read['demo-prices.json'].priceLists,
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
    entry?.['key'] ?? entry?.['productId'] ?? entry?.['pathId'] ?? entry?.['planName'] ?? entry?.['group'] ?? '?';
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
  };
}
