import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';

export const FILTERS = ['upgradable', 'deadline', 'noPrivileges', 'privilegesEnding', 'openWork'] as const;
type Filter = (typeof FILTERS)[number];
export const SORTS = ['name', '-name', 'domain', '-upgradable', 'deadline'] as const;
type Sort = (typeof SORTS)[number];

export type CustomersKey = 'q' | 'filter' | 'path' | 'sort';

const PAGE = 200;

/** The question that the address of the customer list asks. */
export function callForCustomers(get: (key: CustomersKey) => string | undefined) {
  const [search, path] = [get('q'), get('path')];
  const filter = FILTERS.find((one): one is Filter => one === get('filter'));
  const sort = SORTS.find((one): one is Sort => one === get('sort')) ?? 'name';
  return (cursor: string | undefined): Call<Endpoints['listCustomers']> => ({
    query: {
      limit: PAGE,
      sort,
      ...(search && { search }),
      ...(filter && { filter }),
      ...(path && { path }),
      ...(cursor && { cursor }),
    },
  });
}
