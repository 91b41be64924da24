import { z } from 'zod';
import { billingCycle, countries, currency, day, price } from '../../contract/values.ts';

const source = z.string();
const markets = countries.nullable();

/** The form of each file of the shipped catalog. */
export const CATALOG_FILES = {
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
        billingCycles: z.array(billingCycle).min(1),
        markets,
        prohibitedUsageLocations: countries.optional(),
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
    /** Named by the source, but in no offer here. */
    plansWithoutOffer: z.array(z.string()),
    planExclusions: z.array(
      z.strictObject({
        group: z.string().min(1),
        plans: z.array(z.string()).min(2),
        allowedTogether: z.array(z.tuple([z.string(), z.string()])),
        source,
      }),
    ),
  }),
  'products.json': z.strictObject({
    products: z.array(
      z.strictObject({
        productId: z.string().regex(/^[0-9A-Z]{12}$/),
        skuId: z.string().regex(/^[0-9A-Z]{4}$/),
        availabilityId: z.string().regex(/^[0-9A-Z]{12}$/),
        offer: z.string(),
        terms: z.array(z.strictObject({ duration: z.enum(['P1M', 'P1Y', 'P3Y']), billingCycle })).min(1),
        source,
        termSource: source,
        availabilitySource: source,
      }),
    ),
  }),
  'demo-prices.json': z.strictObject({
    priceLists: z.array(
      z.strictObject({
        currency,
        name: z.string().min(1),
        prices: z.array(
          z.strictObject({
            offer: z.string(),
            unitPrice: price,
            billingCycles: z.array(billingCycle).min(1),
            validFrom: day,
            source,
          }),
        ),
      }),
    ),
  }),
} as const;

export type CatalogFiles = {
  [Name in keyof typeof CATALOG_FILES]: z.infer<(typeof CATALOG_FILES)[Name]>;
};

/** A catalog file that cannot be used; says which file and which entry. */
export class CatalogError extends Error {
  constructor(file: keyof CatalogFiles, entry: string | null, what: string) {
    super(`catalog/${file}${entry === null ? '' : `, entry ${entry}`}: ${what}`);
  }
}
