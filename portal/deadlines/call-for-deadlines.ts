import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';

export const DEADLINE_LISTS = ['commitment', 'monthToMonth'] as const;
export const DAYS = ['30', '60', '90'] as const;
export const DEADLINE_SORTS = ['day', 'customer', 'unused', 'value'] as const;
export type DeadlineKey = 'list' | 'q' | 'days' | 'unused' | 'sort';

const PAGE = 100;

type Query = NonNullable<Call<Endpoints['saveDeadlineCalendar']>['query']>;
type Get = (key: DeadlineKey) => string | undefined;

/** What the address of the deadlines asks for. */
export function filtersOf(get: Get): Query {
  const search = get('q');
  const days = DAYS.find((one) => one === get('days'));
  return {
    list: DEADLINE_LISTS.find((one) => one === get('list')) ?? 'commitment',
    sort: DEADLINE_SORTS.find((one) => one === get('sort')) ?? 'day',
    ...(search && { search }),
    ...(days && { days }),
    ...(get('unused') && { unused: 'true' }),
  };
}

/** The question, page by page. */
export function callForDeadlines(get: Get) {
  const filters = filtersOf(get);
  return (cursor: string | undefined): Call<Endpoints['listDeadlines']> => ({
    query: { ...filters, limit: PAGE, ...(cursor && { cursor }) },
  });
}
