import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { warning } from './relationships.ts';
import { routes } from './routes.ts';
import en from './texts/customers.en.json' with { type: 'json' };
import tr from './texts/customers.tr.json' with { type: 'json' };
import { country, day, id, moment, pageLimit, pageOf, storable, text } from './values.ts';

/** The words of the file of customers. */
export const CUSTOMER_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

export const customer = z.object({
  customerId: id,
  name: z.string(),
  domain: z.string(),
  country,
  reseller: z.boolean(),
  privileges: z.enum(['dap', 'gdap', 'lapsed', 'none']),
  privilegesEndAt: moment.nullable(),
  /** Privileges that end within 30 days and are held through nothing else after that. */
  privilegesWarning: warning.nullable(),
  subscriptionCount: z.number().int(),
  /** Subscriptions of which an upgrade can be begun; one for which an upgrade waits already is not counted. */
  upgradableCount: z.number().int(),
  suspendedCount: z.number().int(),
  licenses: z.object({ assigned: z.number().int(), total: z.number().int() }),
  /** The last day on which something can be changed that binds for a year or more; see GET /api/deadlines. */
  nextDeadline: day.nullable(),
  /** The newest upgrade with license issues that nobody has settled, and how many all upgrades have. */
  openWork: z.object({ upgradeId: id, issues: z.number().int() }).nullable(),
});
export type CustomerOnWire = z.infer<typeof customer>;

export const customerEndpoints = {
  listCustomers: {
    ...routes.listCustomers,
    asks: 'view',
    tag: 'Customers',
    summary:
      'The partner’s customers: searched and sorted by Turkish rules, page by page; all of them as CSV with Accept: text/csv',
    csv: true,
    query: z.object({
      search: storable.trim().max(200).optional(),
      /** `deadline`, `privilegesEnding`: within 30 days. */
      filter: z.enum(['upgradable', 'deadline', 'noPrivileges', 'privilegesEnding', 'openWork']).optional(),
      /** The id of an upgrade path (GET /api/paths): only customers with a subscription that could go along it now. */
      path: text(200).optional(),
      sort: z.enum(['name', '-name', 'domain', '-domain', 'deadline', '-upgradable']).default('name'),
      limit: pageLimit,
      /** Holds the sort value of a row, so it is as long as the longest name. */
      cursor: text(2000).optional(),
    }),
    status: 200,
    answer: pageOf(customer).extend({
      /** How many customers there are in all, counted to 1,000; on the first page. */
      total: z.object({ count: z.number().int(), more: z.boolean() }).nullable(),
      /** Sorted by what the rules say: how many were looked at, where there are more than could be; else null. */
      lookedAt: z.number().int().nullable(),
      /** What the path that was asked for leads from and to. */
      path: z.object({ from: z.string(), to: z.string(), fromOfferId: z.string(), toOfferId: z.string() }).nullable(),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  showCustomer: {
    ...routes.showCustomer,
    asks: 'view',
    tag: 'Customers',
    summary: 'One customer',
    params: z.object({ customerId: id }),
    status: 200,
    answer: customer,
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
