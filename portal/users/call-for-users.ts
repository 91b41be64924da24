import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { TextKey } from '../text.ts';

export type UsersKey = 'q' | 'filter' | 'sort' | 'user';
type Query = NonNullable<Call<Endpoints['listUsers']>['query']>;

export const FILTERS = ['unlicensed', 'several', 'noLocation', 'openIssue'] as const;
export const FILTER_TEXT: Readonly<Record<(typeof FILTERS)[number], TextKey>> = {
  unlicensed: 'licenses.filterUnlicensed',
  several: 'licenses.filterSeveral',
  noLocation: 'licenses.filterNoLocation',
  openIssue: 'licenses.filterOpenIssue',
};
export const SORTS = ['name', '-name', 'signInName'] as const;
export const SORT_TEXT: Readonly<Record<(typeof SORTS)[number], TextKey>> = {
  name: 'licenses.sortName',
  '-name': 'licenses.sortNameDescending',
  signInName: 'licenses.sortSignInName',
};

const PAGE = 100;

/** Search, filter and order as they stand in the address. */
export function queryOf(get: (key: UsersKey) => string | undefined): Query {
  const search = get('q');
  const filter = FILTERS.find((one) => one === get('filter'));
  const sort = SORTS.find((one) => one === get('sort')) ?? 'name';
  return { sort, ...(search && { search }), ...(filter && { filter }) };
}

/** The question that the address of a customer's users asks. */
export function callForUsers(customerId: string, get: (key: UsersKey) => string | undefined) {
  return (cursor: string | undefined): Call<Endpoints['listUsers']> => ({
    params: { customerId },
    query: { ...queryOf(get), limit: PAGE, ...(cursor && { cursor }) },
  });
}
