import { z } from 'zod';
import { platform } from './catalog.ts';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { billingCycle, country, currency, day, id, moment, money, storable, termDuration } from './values.ts';

const priceList = z.object({
  priceListId: id,
  name: z.string(),
  currency,
  /** Null: for every market that has no list of its own. */
  market: country.nullable(),
  /** When this deployment took it in. */
  createdAt: moment,
  prices: z.number().int(),
  validFrom: day,
  /** Null: no end is known. */
  validUntil: day.nullable(),
  /** What the partner uses it for: `own` for all that no list of a market speaks of, `market` for new commerce there; null: not at all. */
  use: z.enum(['own', 'market']).nullable(),
});
export type PriceListOnWire = z.infer<typeof priceList>;

const listedPrice = z.object({
  offerId: z.string(),
  name: z.string(),
  platform,
  termDuration,
  billingCycle,
  /** On the legacy platform per license and month; on new commerce per license and charge cycle. */
  price: money,
  validFrom: day,
  /** The last day, by the list’s word or because another price follows; null: no end is known. */
  validUntil: day.nullable(),
});
export type ListedPriceOnWire = z.infer<typeof listedPrice>;

export const priceEndpoints = {
  listPriceLists: {
    ...routes.listPriceLists,
    asks: 'view',
    tag: 'Catalog',
    summary: 'The price lists of the deployment, that of the partner first, then the newest first',
    status: 200,
    answer: z.object({ items: z.array(priceList) }),
    problems: ['role-not-allowed'],
  },
  listPrices: {
    ...routes.listPrices,
    asks: 'view',
    tag: 'Catalog',
    summary: 'The prices of a list by offer, term and billing plan; as CSV the same',
    query: z.object({
      /** Absent: the partner’s own. */
      priceListId: id.optional(),
      /** Part of the name of the offer, of its id or its SKU. */
      search: storable.trim().max(200).optional(),
      platform: platform.optional(),
      /** Only what is valid on the day of the deployment. */
      valid: z.literal('today').optional(),
    }),
    csv: true,
    status: 200,
    answer: z.object({ items: z.array(listedPrice) }),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
