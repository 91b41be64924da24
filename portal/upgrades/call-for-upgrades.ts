import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { sortOf, type UpgradeSort } from './sorts.ts';

export const UPGRADE_TABS = ['all', 'toApprove', 'waiting', 'needsWork', 'failed'] as const;
export type UpgradeTab = (typeof UPGRADE_TABS)[number];
/** Days back; `all`: from the beginning. */
export const PERIODS = ['all', '1', '7', '30', '90'] as const;

/** What narrows the list, beside its tab. */
export const FILTERS = ['q', 'state', 'way', 'offer', 'by', 'period'] as const;
export type UpgradesKey = (typeof FILTERS)[number] | 'tab' | 'sort';
type Get = (key: UpgradesKey) => string | undefined;

const PAGE = 100;
const DAY_MS = 86_400_000;

type Query = NonNullable<Call<Endpoints['listAllUpgrades']>['query']>;

export function tabOf(given: string | undefined): UpgradeTab {
  return UPGRADE_TABS.find((one) => one === given) ?? 'all';
}

/** What the address of the list asks for. `today`: the deployment's day, from which a period is counted back. */
export function filtersOf(get: Get, today: string | undefined): Query & { readonly sort: UpgradeSort } {
  const days = Number(PERIODS.find((one) => one === get('period')));
  const from = today && days > 0 ? new Date(Date.parse(today) - days * DAY_MS).toISOString().slice(0, 10) : undefined;
  const given: Readonly<Record<string, string | undefined>> = {
    search: get('q'),
    state: get('state'),
    way: get('way'),
    offerId: get('offer'),
    submittedById: get('by'),
    from,
  };
  const narrowed = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Query;
  return { ...narrowed, tab: tabOf(get('tab')), sort: sortOf(get('sort')) };
}

/** The question, page by page. */
export function callForUpgrades(filters: Query) {
  return (cursor: string | undefined): Call<Endpoints['listAllUpgrades']> => ({
    query: { ...filters, limit: PAGE, ...(cursor && { cursor }) },
  });
}
