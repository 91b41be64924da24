import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';

/** Days back; `all`: from the beginning. */
export const PERIODS = ['1', '7', '30', '90', 'all'] as const;
export type Period = (typeof PERIODS)[number];
const USUAL: Period = '90';

export type AuditKey = 'q' | 'who' | 'what' | 'period' | 'outcome' | 'customer' | 'correlation' | 'entry';

const PAGE = 50;
const DAY_MS = 86_400_000;

export function periodOf(given: string | undefined): Period {
  return PERIODS.find((one) => one === given) ?? USUAL;
}

type Query = NonNullable<Call<Endpoints['listAudit']>['query']>;

/** What the address of the log asks for. `today`: the deployment's day; a period begins with a day, so that a page is asked for once. */
export function filtersOf(get: (key: AuditKey) => string | undefined, today: string): Query {
  const period = periodOf(get('period'));
  const from = period === 'all' ? undefined : new Date(Date.parse(today) - Number(period) * DAY_MS).toISOString();
  const given: Record<string, string | undefined> = {
    search: get('q'),
    agentId: get('who'),
    action: get('what'),
    outcome: get('outcome') === 'refused' ? 'refused' : undefined,
    customerId: get('customer'),
    correlationId: get('correlation'),
    from,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Query;
}

/** The question, page by page. */
export function callForAudit(filters: Query) {
  return (cursor: string | undefined): Call<Endpoints['listAudit']> => ({
    query: { ...filters, limit: PAGE, ...(cursor && { cursor }) },
  });
}
