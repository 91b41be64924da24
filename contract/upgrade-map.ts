import { z } from 'zod';
import { platform } from './catalog.ts';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { serviceComparison } from './services.ts';
import { countries, country, day, money, offerId } from './values.ts';

const named = z.object({ offerId: z.string(), name: z.string() });

const mapOffer = named.extend({
  /** Of one license and month by the list of the day; null: the list has none. */
  price: money.nullable(),
  markets: countries.nullable(),
});
export type MapOfferOnWire = z.infer<typeof mapOffer>;

const services = serviceComparison.omit({ keeps: true });

const mapPath = z.object({
  pathId: z.string(),
  from: named,
  to: named,
  /** How it stands in the partner’s market today: `elsewhere` is open in other markets alone, `off` is known and switched off, `refused` is ruled out by name. */
  state: z.enum(['open', 'elsewhere', 'off', 'refused']),
  /** The markets in which it is open, where it is not in the partner’s own. */
  openIn: z.array(country),
  /** Where the rule speaks of some markets alone. */
  markets: countries.nullable(),
  /** What a license and month costs more, or less; null: the list lacks a price. */
  difference: money.nullable(),
  services: services.extend({ keeps: z.number().int() }),
  sources: z.array(z.object({ source: z.string(), text: z.string() })),
  note: z.string().nullable(),
  /** The partner’s own word; null while the catalog’s holds. */
  switched: z
    .object({
      enabled: z.boolean(),
      markets: z.array(country).nullable(),
      validFrom: day.nullable(),
      validUntil: day.nullable(),
    })
    .nullable(),
});
export type MapPathOnWire = z.infer<typeof mapPath>;

const upgradeMap = z.object({
  day,
  market: country,
  /** All offers of the platform that are no trials, also those that no path touches. */
  offers: z.array(mapOffer),
  paths: z.array(mapPath),
});
export type UpgradeMapOnWire = z.infer<typeof upgradeMap>;

const upgradeWay = z.object({
  from: mapOffer,
  to: mapOffer,
  /** What a license and month costs more at the end; null: the list lacks a price. */
  difference: money.nullable(),
  /** None where there is no way. */
  steps: z.array(mapPath.extend({ price: money })),
  /** What a month of the offers in between costs, by which ways are compared; null where there is no way. */
  between: money.nullable(),
  /** Why there is none; null where there is one. */
  none: z
    .object({
      reason: z.enum([
        'same-offer',
        'other-platform',
        'not-priced',
        'refused-by-name',
        'other-market',
        'switched-off',
        'unconnected',
      ]),
      /** Paths that would have to be open. */
      needed: z.array(mapPath),
    })
    .nullable(),
});
export type UpgradeWayOnWire = z.infer<typeof upgradeWay>;

export const upgradeMapEndpoints = {
  showUpgradeMap: {
    ...routes.showUpgradeMap,
    asks: 'view',
    tag: 'Catalog',
    summary:
      'The offers of a platform with the prices of the day, and how each upgrade path stands in the partner’s market',
    query: z.object({ platform }),
    status: 200,
    answer: upgradeMap,
    problems: ['role-not-allowed'],
  },
  findUpgradeWay: {
    ...routes.findUpgradeWay,
    asks: 'view',
    tag: 'Catalog',
    summary:
      'The cheapest way from one offer to another over open paths: that on which a month of the offers in between costs the least, then the one of fewer steps; or why there is none',
    query: z.object({ from: offerId, to: offerId }),
    status: 200,
    answer: upgradeWay,
    problems: ['role-not-allowed', 'not-found'],
  },
  countUpgradable: {
    ...routes.countUpgradable,
    asks: 'view',
    tag: 'Catalog',
    summary:
      'How many of the partner’s subscriptions of an offer could go to each target now, by the rules that lists use',
    query: z.object({ offerId }),
    status: 200,
    answer: z.object({
      /** Subscriptions of the offer that are not deleted. */
      subscriptions: z.number().int(),
      targets: z.array(z.object({ offerId: z.string(), count: z.number().int() })),
      /** True where there are more customers than were looked at: the numbers are the least. */
      more: z.boolean(),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
