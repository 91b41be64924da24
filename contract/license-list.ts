import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/license-list.en.json' with { type: 'json' };
import tr from './texts/license-list.tr.json' with { type: 'json' };
import { columnsLeftOut, day, id, money, pageLimit, pageOf, storable, text } from './values.ts';

/** The head of the file of licenses over all customers. */
export const LICENSE_LIST_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;
export type LicenseColumn = keyof typeof en.columns;
export const LICENSE_COLUMNS = Object.keys(en.columns) as [LicenseColumn, ...LicenseColumn[]];

const customerProduct = z.object({
  customerId: id,
  customerName: z.string(),
  domain: z.string(),
  skuId: id,
  productName: z.string(),
  /** Of all its subscriptions that have not ended. */
  seats: z.number().int(),
  /** Users of an ended subscription among them, as long as they keep their licenses. */
  assigned: z.number().int(),
  /** Seats of active subscriptions that nobody holds a license of. */
  unused: z.number().int(),
  /** What the unused ones cost each month; null: none is billed, or not in one currency. */
  unusedCost: money.nullable(),
  /** The next last day on which seats can be taken back, or the number that renews can be lowered; null: nothing of it is active. */
  deadline: z.object({ day, daysLeft: z.number().int() }).nullable(),
  /** Accounts that upgrades to this product left to a person, and the newest such upgrade. */
  openWork: z.object({ upgradeId: id, issues: z.number().int() }).nullable(),
});
export type CustomerProductOnWire = z.infer<typeof customerProduct>;

const LICENSE_SORTS = [
  '-unused',
  'unused',
  'deadline',
  '-deadline',
  'customer',
  '-customer',
  'product',
  '-product',
  '-seats',
  'seats',
  '-assigned',
  'assigned',
] as const;

export const licenseListEndpoints = {
  listAllLicenses: {
    ...routes.listAllLicenses,
    asks: 'view',
    tag: 'Users and licenses',
    summary: 'The products of all customers with their licenses, page by page; as CSV all that match',
    query: z.object({
      /** Part of the customer’s name or domain. */
      search: storable.trim().max(200).optional(),
      /** Only products with seats that nobody uses. */
      unused: z.enum(['true']).optional(),
      /** Only products with a deadline within so many days from today. */
      days: z.coerce.number().int().min(1).max(3660).optional(),
      /** Only products with accounts that an upgrade left to a person. */
      openWork: z.enum(['true']).optional(),
      skuId: id.optional(),
      sort: z.enum(LICENSE_SORTS).default('-unused'),
      limit: pageLimit,
      /** Holds the sort value of a row, so it is as long as the longest name. */
      cursor: text(2000).optional(),
      /** Columns of the file that are left out, parted by commas. */
      without: columnsLeftOut(LICENSE_COLUMNS).optional(),
    }),
    csv: true,
    status: 200,
    answer: pageOf(customerProduct),
    problems: ['role-not-allowed'],
  },
  listLicenseFilters: {
    ...routes.listLicenseFilters,
    asks: 'view',
    tag: 'Users and licenses',
    summary: 'The products that the list of licenses can be filtered by',
    status: 200,
    answer: z.object({ products: z.array(z.object({ skuId: id, name: z.string() })) }),
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
