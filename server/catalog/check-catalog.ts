import type { Offer } from '../../core/catalog/offer.ts';
import { BILLING_PLANS } from '../../core/catalog/product.ts';
import { CatalogError, type CatalogFiles } from './catalog-files.ts';

type Plans = CatalogFiles['service-plans.json']['servicePlans'];
type Offers = CatalogFiles['offers.json']['offers'];
type Products = CatalogFiles['products.json']['products'];
type FileName = keyof CatalogFiles;
type Sources = ReadonlySet<string>;

/** What is sold of an offer: itself, and what new commerce sells of its SKU. */
type SoldOffer = Pick<Offer, 'platform' | 'skuId'> & { readonly product: Products[number] | null };
type Sold = ReadonlyMap<string, SoldOffer>;

/** The key of what new commerce sells of the SKU of an offer. */
export function keyOfProduct({ offer, trial }: Pick<Products[number], 'offer' | 'trial'>): string {
  return `nce-${offer}${trial ? '-trial' : ''}`;
}

/**
 * Checks what no schema of one entry sees: that every source, plan and offer named exists, that entries fit each other, and that nothing is
 * there twice. @throws CatalogError naming the file and the entry.
 */
export function checkCatalog(read: CatalogFiles, plans: Plans, offers: Offers, products: Products): void {
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
  checkExclusions(read['plan-exclusions.json'], planNames, sources);
  checkPrices(read['demo-prices.json'], offerKeys, sources);
  checkProducts(products, offers, sources);
  const sold: Sold = new Map<string, SoldOffer>([
    ...offers.map((offer) => [offer.key, { ...offer, product: null }] as const),
    ...products.map((product) => {
      const skuId = offers.find(({ key }) => key === product.offer)?.skuId ?? '';
      return [keyOfProduct(product), { platform: 'newCommerce' as const, skuId, product }] as const;
    }),
  ]);
  checkPaths(read['upgrade-paths.json'], sold, sources);
  checkPromotions(read['demo-promotions.json'], sold, sources);
}

function checkProducts(products: Products, offers: Offers, sources: Sources): void {
  const file = 'products.json';
  const legacy = new Set(offers.filter(({ platform }) => platform === 'legacy').map(({ key }) => key));
  uniqueOf(file, products, ({ productId, skuId }) => `${productId}:${skuId}`);
  uniqueOf(file, products, ({ availabilityId }) => availabilityId);
  const paid = uniqueOf(file, products.filter(({ trial }) => !trial).map(keyOfProduct), (key) => key);
  for (const { productId, offer, terms, trial, endOfSale, ...product } of products) {
    mustKnow(file, productId, 'offer', legacy, [offer]);
    const named = [product.source, product.termSource, product.availabilitySource, product.teamsSuiteSource];
    mustKnow(
      file,
      productId,
      'source',
      sources,
      [...named, endOfSale?.source, trial?.source].filter((one) => one !== undefined),
    );
    uniqueOf(file, terms, ({ duration, billingCycle }) => `${productId}, ${duration}, ${billingCycle}`);
    for (const { duration, billingCycle } of terms) {
      const fits = trial ? billingCycle === 'none' : BILLING_PLANS[duration].includes(billingCycle);
      if (!fits) throw new CatalogError(file, productId, `${duration} cannot be billed ${billingCycle}`);
    }
    if (trial) mustKnow(file, productId, 'paid product', paid, [keyOfProduct({ offer, trial: undefined })]);
  }
}

function checkPromotions({ promotions }: CatalogFiles['demo-promotions.json'], sold: Sold, sources: Sources): void {
  const file = 'demo-promotions.json';
  uniqueOf(file, promotions, ({ promotionId }) => promotionId);
  for (const { promotionId, offer, termDuration, conditions, source, ...promotion } of promotions) {
    mustKnow(file, promotionId, 'source', sources, [source]);
    mustKnow(file, promotionId, 'offer', sold, [offer, ...(conditions.prerequisiteOffers ?? [])]);
    const product = sold.get(offer)?.product;
    const paid = product && !product.trial && product.terms.some(({ duration }) => duration === termDuration);
    if (!paid) throw new CatalogError(file, promotionId, `${offer} is not sold for ${termDuration}`);
    if (promotion.validFrom > promotion.validUntil) throw new CatalogError(file, promotionId, 'ends before it begins');
    if ((conditions.minSeats ?? 1) > (conditions.maxSeats ?? Infinity))
      throw new CatalogError(file, promotionId, 'minSeats is above maxSeats');
  }
}

function checkPaths({ upgradePaths }: CatalogFiles['upgrade-paths.json'], sold: Sold, sources: Sources): void {
  const file = 'upgrade-paths.json';
  uniqueOf(file, upgradePaths, (path) => path.pathId);
  uniqueOf(file, upgradePaths, ({ from, to }) => `${from} to ${to}`);
  for (const { pathId, platform, from, to, standing, enabled, ...path } of upgradePaths) {
    mustKnow(file, pathId, 'offer', sold, [from, to]);
    mustKnow(file, pathId, 'source', sources, path.sources);
    for (const key of [from, to]) {
      if (sold.get(key)?.platform !== platform)
        throw new CatalogError(file, pathId, `${key} is not of the platform ${platform}`);
      if (sold.get(key)?.product?.trial) throw new CatalogError(file, pathId, `${key} is a trial, which is converted`);
    }
    if (sold.get(from)?.skuId === sold.get(to)?.skuId)
      throw new CatalogError(file, pathId, 'leads to the SKU that it comes from');
    if (standing === 'refused' && enabled) throw new CatalogError(file, pathId, 'refused by name and enabled');
  }
}

function checkExclusions(
  { planExclusions, plansWithoutOffer }: CatalogFiles['plan-exclusions.json'],
  planNames: ReadonlySet<string>,
  sources: Sources,
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
  { priceLists, productPriceRules }: CatalogFiles['demo-prices.json'],
  offerKeys: ReadonlySet<string>,
  sources: Sources,
): void {
  const file = 'demo-prices.json';
  const rules = productPriceRules.map(({ duration, billingCycle, validFrom, source }) => {
    const rule = `${duration}, ${billingCycle}, from ${validFrom}`;
    mustKnow(file, rule, 'source', sources, [source]);
    return rule;
  });
  uniqueOf(file, rules, (rule) => rule);
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
  known: Pick<ReadonlySet<string>, 'has'>,
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
