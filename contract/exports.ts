import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { country, id } from './values.ts';

/** The lists that can be taken along, those of an import in the form that the import reads. */
export const EXPORTS = [
  'customers',
  'subscriptions',
  'users',
  'newCommercePrices',
  'legacyPrices',
  'newCommerceMatrix',
  'legacyMatrix',
] as const;
export type ExportName = (typeof EXPORTS)[number];

const common = { asks: 'exportData', tag: 'Exports', status: 200, answer: z.undefined() } as const;

export const exportEndpoints = {
  exportList: {
    ...routes.exportList,
    ...common,
    summary:
      'A list as CSV: with comma, decimal point and English headings in every language, and prices and offer matrices as an import reads them',
    query: z.object({
      list: z.enum(EXPORTS),
      /** Of `newCommercePrices`; absent: the partner’s own market. */
      market: country.optional(),
      /** Of subscriptions and users; absent: all of the partner’s customers. */
      customerId: id.optional(),
    }),
    file: 'text/csv',
    problems: ['role-not-allowed', 'not-found'],
  },
  exportArchive: {
    ...routes.exportArchive,
    ...common,
    summary:
      'All that the partner has, as a ZIP of CSV and JSON with a README that says what each file is. Secrets and passwords are not in it',
    file: 'application/zip',
    problems: ['role-not-allowed'],
  },
} as const satisfies Record<string, Endpoint>;
