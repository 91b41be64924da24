import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Catalog, Offer } from '../../core/catalog/offer.ts';
import type { ServicePlan } from '../../core/catalog/service-plan.ts';
import type { UpgradePath } from '../../core/catalog/upgrade-path.ts';

const SHIPPED = new URL('../../catalog/', import.meta.url);

const source = z.string();
const markets = z
  .array(z.string().regex(/^[A-Z]{2}$/))
  .min(1)
  .nullable();
const files = {
  'sources.json': z.strictObject({ sources: z.record(z.string(), z.string().min(1)) }),
  'service-plans.json': z.strictObject({
    servicePlans: z.array(
      z.strictObject({
        planName: z.string().min(1),
        planId: z.guid(),
        name: z.string().min(1),
        family: z.string().min(1),
        tier: z.number().int().min(1),
        role: z.enum(['principal', 'companion']),
        dependsOn: z.string().optional(),
        reason: z.string().min(1),
        source,
      }),
    ),
  }),
  'offers.json': z.strictObject({
    offers: z.array(
      z.strictObject({
        key: z.string().regex(/^[a-z0-9-]+$/),
        offerId: z.string().regex(/^[0-9a-z:-]+$/),
        platform: z.enum(['legacy', 'newCommerce']),
        name: z.strictObject({ en: z.string().min(1), tr: z.string().min(1) }),
        skuId: z.guid(),
        skuPartNumber: z.string().min(1),
        seats: z
          .strictObject({ min: z.number().int().min(1), max: z.number().int().min(1) })
          .refine(({ min, max }) => min <= max, 'min is above max'),
        billingCycles: z.array(z.enum(['monthly', 'annual'])).min(1),
        markets,
        prohibitedUsageLocations: z.array(z.string()).optional(),
        addOn: z.boolean(),
        demoId: z.boolean(),
        servicePlans: z.array(z.string()),
        source,
        planSource: source,
        seatSource: source,
      }),
    ),
  }),
  'upgrade-paths.json': z.strictObject({
    upgradePaths: z.array(
      z.strictObject({
        pathId: z.string().min(1),
        platform: z.enum(['legacy', 'newCommerce']),
        from: z.string(),
        to: z.string(),
        standing: z.enum(['listed', 'open', 'refused']),
        enabled: z.boolean(),
        markets,
        sources: z.array(source).min(1),
        note: z.string(),
      }),
    ),
  }),
  'plan-exclusions.json': z.strictObject({
    planExclusions: z.array(
      z.strictObject({
        group: z.string().min(1),
        plans: z.array(z.string()).min(2),
        allowedTogether: z.array(z.tuple([z.string(), z.string()])),
        source,
      }),
    ),
  }),
  'demo-prices.json': z.strictObject({
    priceLists: z.array(
      z.strictObject({
        currency: z.string().regex(/^[A-Z]{3}$/),
        name: z.string().min(1),
        prices: z.array(
          z.strictObject({
            offer: z.string(),
            unitPrice: z.string().regex(/^\d{1,12}(\.\d{1,6})?$/),
            billingCycles: z.array(z.enum(['monthly', 'annual'])).min(1),
            validFrom: z.iso.date(),
            source,
          }),
        ),
      }),
    ),
  }),
} as const;

type Files = { [Name in keyof typeof files]: z.infer<(typeof files)[Name]> };
export type ShippedPriceList = Files['demo-prices.json']['priceLists'][number];

/** What the demo world adds to the shipped facts: offers that do not exist and made-up limits. */
export type CatalogAdditions = {
  readonly servicePlans: Files['service-plans.json']['servicePlans'];
  readonly offers: Files['offers.json']['offers'];
  readonly prohibitedUsageLocations: Readonly<Record<string, readonly string[]>>;
};

export type LoadedCatalog = { readonly catalog: Catalog; readonly priceLists: readonly ShippedPriceList[] };

/**
 * Reads and checks the shipped catalog: its form, that every source, plan and offer named exists, and that nothing is there twice.
 * @throws CatalogError naming the file and the entry.
 */
export function loadCatalog(additions?: CatalogAdditions, directory: URL = SHIPPED): LoadedCatalog {
  const read = Object.fromEntries(
    Object.entries(files).map(([name, schema]) => [name, readFile(directory, name, schema)]),
  ) as Files;
  const plans = [...read['service-plans.json'].servicePlans, ...(additions?.servicePlans ?? [])];
  const offers = [...read['offers.json'].offers, ...(additions?.offers ?? [])];
  checkReferences(read, plans, offers);
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
    },
    priceLists: read['demo-prices.json'].priceLists,
  };
}

/** A catalog file that cannot be used. */
export class CatalogError extends Error {}

function readFile(directory: URL, name: string, schema: z.ZodType): unknown {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(new URL(name, directory), 'utf8'));
  } catch (error) {
    throw new CatalogError(`catalog/${name} cannot be read: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [list, index, ...field] = issue?.path ?? [];
  const entry = (content as Record<string, unknown[]>)[String(list)]?.[Number(index)] as
    | Record<string, string>
    | undefined;
  const named = entry?.['key'] ?? entry?.['pathId'] ?? entry?.['planName'] ?? entry?.['group'] ?? '?';
  throw new CatalogError(
    `catalog/${name}, entry ${String(index ?? list)} (${named}), ${field.join('.') || 'form'}: ${issue?.message ?? ''}`,
  );
}

function checkReferences(
  read: Files,
  plans: Files['service-plans.json']['servicePlans'],
  offers: Files['offers.json']['offers'],
): void {
  const { sources } = read['sources.json'];
  const planNames = unique(
    'service-plans.json',
    plans.map((plan) => plan.planName),
  );
  const keys = unique(
    'offers.json',
    offers.map((offer) => offer.key),
  );
  unique(
    'offers.json',
    offers.map((offer) => offer.offerId),
  );
  const paths = read['upgrade-paths.json'].upgradePaths;
  unique(
    'upgrade-paths.json',
    paths.map((path) => path.pathId),
  );
  const known = (file: string, entry: string, what: string, names: ReadonlySet<string>, name: string) => {
    if (!names.has(name)) throw new CatalogError(`catalog/${file}, entry ${entry}: unknown ${what} ${name}`);
  };
  const sourceNames = new Set(Object.keys(sources));
  for (const plan of plans) {
    known('service-plans.json', plan.planName, 'source', sourceNames, plan.source);
    if (plan.dependsOn) known('service-plans.json', plan.planName, 'service plan', planNames, plan.dependsOn);
  }
  for (const offer of offers) {
    for (const name of [offer.source, offer.planSource, offer.seatSource])
      known('offers.json', offer.key, 'source', sourceNames, name);
    for (const name of offer.servicePlans) known('offers.json', offer.key, 'service plan', planNames, name);
  }
  for (const path of paths) {
    for (const key of [path.from, path.to]) known('upgrade-paths.json', path.pathId, 'offer', keys, key);
    for (const name of path.sources) known('upgrade-paths.json', path.pathId, 'source', sourceNames, name);
    if (path.standing === 'refused' && path.enabled) {
      throw new CatalogError(`catalog/upgrade-paths.json, entry ${path.pathId}: refused by name and enabled`);
    }
  }
  for (const { prices } of read['demo-prices.json'].priceLists) {
    for (const price of prices) known('demo-prices.json', price.offer, 'offer', keys, price.offer);
  }
}

function unique(file: string, names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new CatalogError(`catalog/${file}, entry ${name}: there twice`);
    seen.add(name);
  }
  return seen;
}

function toServicePlan({
  dependsOn,
  reason: _reason,
  source: _source,
  ...plan
}: Files['service-plans.json']['servicePlans'][number]): ServicePlan {
  return { ...plan, dependsOn: dependsOn ?? null };
}

function toOffer(
  {
    source: _source,
    planSource: _plans,
    seatSource: _seats,
    servicePlans,
    ...offer
  }: Files['offers.json']['offers'][number],
  planByName: ReadonlyMap<string, ServicePlan>,
  prohibitedUsageLocations: readonly string[],
): Offer {
  return {
    ...offer,
    prohibitedUsageLocations: [...(offer.prohibitedUsageLocations ?? []), ...prohibitedUsageLocations],
    servicePlans: servicePlans.flatMap((name) => planByName.get(name) ?? []),
  };
}
