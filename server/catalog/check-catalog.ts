import { CatalogError, type CatalogFiles } from './catalog-files.ts';

type Plans = CatalogFiles['service-plans.json']['servicePlans'];
type Offers = CatalogFiles['offers.json']['offers'];
type FileName = keyof CatalogFiles;

/**
 * Checks what no schema of one entry sees: that every source, plan and offer named exists, that entries fit each other, and that nothing is
 * there twice. @throws CatalogError naming the file and the entry.
 */
export function checkCatalog(read: CatalogFiles, plans: Plans, offers: Offers): void {
  const sources = new Set(Object.keys(read['sources.json'].sources));
  const planNames = uniqueOf('service-plans.json', plans, (plan) => plan.planName);
  const offerKeys = uniqueOf('offers.json', offers, (offer) => offer.key);
  uniqueOf('offers.json', offers, (offer) => offer.offerId);
  for (const plan of plans) {
    mustKnow('service-plans.json', plan.planName, 'source', sources, [plan.source]);
    mustKnow('service-plans.json', plan.planName, 'service plan', planNames, plan.dependsOn ? [plan.dependsOn] : []);
  }
  for (const offer of offers) {
    mustKnow('offers.json', offer.key, 'source', sources, [offer.source, offer.planSource, offer.seatSource]);
    mustKnow('offers.json', offer.key, 'service plan', planNames, offer.servicePlans);
  }
  checkPaths(read['upgrade-paths.json'], offers, sources);
  checkExclusions(read['plan-exclusions.json'], planNames, sources);
  checkPrices(read['demo-prices.json'], offerKeys, sources);
  checkProducts(read['products.json'], offerKeys, sources);
}

function checkProducts(
  { products }: CatalogFiles['products.json'],
  offerKeys: ReadonlySet<string>,
  sources: ReadonlySet<string>,
): void {
  const file = 'products.json';
  uniqueOf(file, products, ({ productId, skuId }) => `${productId}:${skuId}`);
  for (const { productId, offer, ...product } of products) {
    mustKnow(file, productId, 'offer', offerKeys, [offer]);
    mustKnow(file, productId, 'source', sources, [product.source, product.termSource, product.availabilitySource]);
  }
}

function checkPaths(
  { upgradePaths }: CatalogFiles['upgrade-paths.json'],
  offers: Offers,
  sources: ReadonlySet<string>,
): void {
  const file = 'upgrade-paths.json';
  const byKey = new Map(offers.map((offer) => [offer.key, offer]));
  uniqueOf(file, upgradePaths, (path) => path.pathId);
  uniqueOf(file, upgradePaths, ({ from, to }) => `${from} to ${to}`);
  for (const { pathId, platform, from, to, standing, enabled, ...path } of upgradePaths) {
    mustKnow(file, pathId, 'offer', new Set(byKey.keys()), [from, to]);
    mustKnow(file, pathId, 'source', sources, path.sources);
    for (const key of [from, to]) {
      if (byKey.get(key)?.platform !== platform)
        throw new CatalogError(file, pathId, `${key} is not of the platform ${platform}`);
    }
    if (byKey.get(from)?.skuId === byKey.get(to)?.skuId)
      throw new CatalogError(file, pathId, 'leads to the SKU that it comes from');
    if (standing === 'refused' && enabled) throw new CatalogError(file, pathId, 'refused by name and enabled');
  }
}

function checkExclusions(
  { planExclusions, plansWithoutOffer }: CatalogFiles['plan-exclusions.json'],
  planNames: ReadonlySet<string>,
  sources: ReadonlySet<string>,
): void {
  const file = 'plan-exclusions.json';
  uniqueOf(file, planExclusions, (exclusion) => exclusion.group);
  const without = uniqueOf(file, plansWithoutOffer, (name) => name);
  for (const name of without) {
    if (planNames.has(name)) throw new CatalogError(file, 'plansWithoutOffer', `${name} is a service plan of an offer`);
  }
  const known = new Set([...planNames, ...without]);
  for (const { group, plans, allowedTogether, source } of planExclusions) {
    mustKnow(file, group, 'source', sources, [source]);
    mustKnow(file, group, 'service plan', known, plans);
    mustKnow(
      file,
      group,
      'plan of the group',
      uniqueOf(file, plans, (name) => name),
      allowedTogether.flat(),
    );
  }
  const named = new Set(planExclusions.flatMap(({ plans }) => plans));
  mustKnow(file, 'plansWithoutOffer', 'plan of a group', named, plansWithoutOffer);
}

function checkPrices(
  { priceLists }: CatalogFiles['demo-prices.json'],
  offerKeys: ReadonlySet<string>,
  sources: ReadonlySet<string>,
): void {
  const file = 'demo-prices.json';
  for (const { prices } of priceLists) {
    const days = prices.flatMap(({ offer, billingCycles, validFrom }) =>
      billingCycles.map((cycle) => `${offer}, ${cycle}, from ${validFrom}`),
    );
    uniqueOf(file, days, (text) => text);
    for (const { offer, source } of prices) {
      mustKnow(file, offer, 'offer', offerKeys, [offer]);
      mustKnow(file, offer, 'source', sources, [source]);
    }
  }
}

function mustKnow(
  file: FileName,
  entry: string,
  what: string,
  known: ReadonlySet<string>,
  names: readonly string[],
): void {
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new CatalogError(file, entry, `unknown ${what} ${unknown}`);
}

function uniqueOf<Entry>(
  file: FileName,
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const name of entries.map(nameOf)) {
    if (seen.has(name)) throw new CatalogError(file, name, 'there twice');
    seen.add(name);
  }
  return seen;
}
