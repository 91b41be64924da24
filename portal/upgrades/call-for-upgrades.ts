import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';

export const UPGRADE_TABS = ['all', 'toApprove', 'waiting', 'needsWork', 'failed'] as const;
export type UpgradeTab = (typeof UPGRADE_TABS)[number];

const PAGE = 100;

export function tabOf(given: string | undefined): UpgradeTab {
  return UPGRADE_TABS.find((one) => one === given) ?? 'all';
}

/** The question that the address of the list asks. */
export function callForUpgrades(get: (key: 'q' | 'tab' | 'sort') => string | undefined) {
  const search = get('q');
  const sort = get('sort') === 'oldest' ? 'oldest' : 'newest';
  return (cursor: string | undefined): Call<Endpoints['listAllUpgrades']> => ({
    query: { limit: PAGE, tab: tabOf(get('tab')), sort, ...(search && { search }), ...(cursor && { cursor }) },
  });
}
