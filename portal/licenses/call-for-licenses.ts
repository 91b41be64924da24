import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { sortOf, type LicenseSort } from './sorts.ts';

/** What narrows the list. */
export const FILTERS = ['q', 'unused', 'days', 'openWork', 'product'] as const;
export type LicensesKey = (typeof FILTERS)[number] | 'sort';

const PAGE = 100;
const SOON_DAYS = '30';

type Query = NonNullable<Call<Endpoints['listAllLicenses']>['query']>;
type Get = (key: LicensesKey) => string | undefined;

/** What the address of the list asks for. */
export function filtersOf(get: Get): Query & { readonly sort: LicenseSort } {
  const [search, skuId] = [get('q'), get('product')];
  return {
    sort: sortOf(get('sort')),
    ...(search && { search }),
    ...(get('unused') && { unused: 'true' }),
    ...(get('days') && { days: SOON_DAYS }),
    ...(get('openWork') && { openWork: 'true' }),
    ...(skuId && { skuId }),
  };
}

/** The question, page by page. */
export function callForLicenses(get: Get) {
  const filters = filtersOf(get);
  return (cursor: string | undefined): Call<Endpoints['listAllLicenses']> => ({
    query: { ...filters, limit: PAGE, ...(cursor && { cursor }) },
  });
}
