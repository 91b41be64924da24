import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/catalog.en.json' with { type: 'json' };
import tr from './texts/catalog.tr.json' with { type: 'json' };
import { billingCycle, countries, country, day, money, segment, storable, termDuration, text } from './values.ts';
import { rule } from './words.ts';

/** Where paths come from, and the columns of what is saved. */
export const CATALOG_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

export const platform = z.enum(['legacy', 'newCommerce']);

const path = z.object({
  pathId: z.string(),
  from: z.object({ offerId: z.string(), name: z.string() }),
  to: z.object({ offerId: z.string(), name: z.string() }),
  standing: z.enum(['listed', 'open', 'refused']),
  /** What holds for the partner today. */
  open: z.boolean(),
  /** The partner’s own word; null while the catalog’s holds. */
  switched: z
    .object({
      enabled: z.boolean(),
      markets: z.array(country).nullable(),
      validFrom: day.nullable(),
      validUntil: day.nullable(),
    })
    .nullable(),
  markets: z.array(country).nullable(),
  sources: z.array(z.string()),
  note: z.string(),
});
export type PathOnWire = z.infer<typeof path>;

const offer = z.object({
  offerId: z.string(),
  name: z.string(),
  platform,
  skuId: z.string(),
  skuPartNumber: z.string(),
  seats: z.object({ min: z.number().int(), max: z.number().int() }),
  billingCycles: z.array(billingCycle),
  /** For how long it is bought, and how often that is billed. */
  terms: z.array(z.object({ termDuration, billingCycle })),
  trial: z.boolean(),
  /** It hangs on another subscription. */
  addOn: z.boolean(),
  markets: z.array(country).nullable(),
  /** Whom new commerce sells it to; null on the legacy platform. */
  segment: segment.nullable(),
  /** The last day on which it is sold; null: no end is known. */
  endOfSaleOn: day.nullable(),
  /** Of one license and month by the partner’s list of the day; null: the list has none. */
  monthlyPrice: money.nullable(),
  demoId: z.boolean(),
  servicePlans: z.array(
    z.object({
      planName: z.string(),
      name: z.string(),
      family: z.string(),
      tier: z.number().int(),
      role: z.enum(['principal', 'companion']),
    }),
  ),
});
export type OfferOnWire = z.infer<typeof offer>;

export const catalogEndpoints = {
  listOffers: {
    ...routes.listOffers,
    asks: 'view',
    tag: 'Catalog',
    summary: 'All offers with their service plans and the price of the day; as CSV the same',
    query: z.object({
      /** Part of the name, of the id or the SKU, or of the name of a service. */
      search: storable.trim().max(200).optional(),
      platform: platform.optional(),
      /** Absent: in the order of the catalog. */
      sort: z.enum(['name', '-name', 'price', '-price']).optional(),
    }),
    csv: true,
    status: 200,
    answer: z.object({ items: z.array(offer) }),
    problems: ['role-not-allowed'],
  },
  listPaths: {
    ...routes.listPaths,
    asks: 'view',
    tag: 'Catalog',
    summary: 'The upgrade paths with their sources, and which are open for the partner today',
    status: 200,
    answer: z.object({ items: z.array(path) }),
    problems: ['role-not-allowed'],
  },
  switchPath: {
    ...routes.switchPath,
    asks: 'switchPaths',
    tag: 'Catalog',
    summary:
      'Switch a path for the partner: on, it is open in these markets and on these days alone; off, it is closed there, and elsewhere the catalog’s word holds',
    params: z.object({ pathId: text(200) }),
    body: z
      .strictObject({
        enabled: z.boolean(),
        markets: countries.nullable().default(null),
        validFrom: day.nullable().default(null),
        validUntil: day.nullable().default(null),
      })
      .refine(({ validFrom, validUntil }) => !validFrom || !validUntil || validFrom <= validUntil, {
        path: ['validUntil'],
        ...rule('endAfterStart'),
      }),
    status: 200,
    answer: path,
    problems: ['role-not-allowed', 'not-found', 'path-refused-by-name'],
  },
  removePathSwitch: {
    ...routes.removePathSwitch,
    asks: 'switchPaths',
    tag: 'Catalog',
    summary: 'Take the partner’s own word on a path back, so that the catalog’s holds again',
    params: z.object({ pathId: text(200) }),
    status: 200,
    answer: path,
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
