import { z } from 'zod';
import {
  billingCycle,
  countries,
  country,
  currency,
  day,
  price,
  segment,
  termDuration,
} from '../../contract/values.ts';

const source = z.string();
const markets = countries.nullable();
const name = z.strictObject({ en: z.string().min(1), tr: z.string().min(1) });
const basisPoints = z.number().int().min(1).max(10_000);
const count = z.number().int().min(1);

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
        name,
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
        /** What there is to know about it. */
        note: name.nullable(),
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
        terms: z.array(z.strictObject({ duration: termDuration, billingCycle })).min(1),
        segment,
        source,
        termSource: source,
        availabilitySource: source,
        /** What says that it is an enterprise suite with Teams; absent: it is none. */
        teamsSuiteSource: source.optional(),
        /** The standard product of which it is the specialized form, `Product:Sku`. */
        specializes: z.strictObject({ product: z.string().regex(/^[0-9A-Z]{12}:[0-9A-Z]{4}$/), source }).optional(),
        endOfSale: z.strictObject({ on: day, source }).optional(),
        /** A trial is an offer of its own, and becomes the paid product of `offer` unless it is told not to. */
        trial: z.strictObject({ offerId: z.guid(), name, seats: count, days: count, source }).optional(),
      }),
    ),
  }),
  'demo-prices.json': z.strictObject({
    priceLists: z.array(
      z.strictObject({
        currency,
        market: country.nullable(),
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
    /** What a term and a billing plan of new commerce cost above the list price of a month; the latest that is valid counts. */
    productPriceRules: z.array(
      z.strictObject({
        duration: termDuration,
        billingCycle,
        upliftPercent: z.number().int().min(0).max(100),
        validFrom: day,
        source,
      }),
    ),
  }),
  'demo-promotions.json': z.strictObject({
    promotions: z.array(
      z.strictObject({
        promotionId: z.string().regex(/^demo-[a-z0-9-]+$/),
        offer: z.string(),
        termDuration,
        discountBasisPoints: basisPoints,
        validFrom: day,
        validUntil: day,
        conditions: z.strictObject({
          minSeats: count.optional(),
          maxSeats: count.optional(),
          firstPurchase: z.boolean().optional(),
          redemptions: count.optional(),
          prerequisiteOffers: z.array(z.string()).optional(),
        }),
        source,
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
