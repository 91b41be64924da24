import type { TextKey } from '../text.ts';
import { isDownwards } from '../ui/useSorted.ts';

/** What each order of the list is called. */
export const SORT_TEXT = {
  newest: 'upgrades.sortNewest',
  oldest: 'upgrades.sortOldest',
  name: 'bulk.sortName',
  '-name': 'bulk.sortNameDescending',
  state: 'bulk.sortState',
  '-state': 'bulk.sortStateDescending',
  '-upgrades': 'bulk.sortUpgradesDescending',
  upgrades: 'bulk.sortUpgrades',
} as const satisfies Readonly<Record<string, TextKey>>;
type CampaignSort = keyof typeof SORT_TEXT;
export const SORTS = Object.keys(SORT_TEXT) as readonly CampaignSort[];

/** By the column that is pressed: numbers from the largest, names from A, the newest first. */
export const SORT_WAYS = {
  name: ['name', '-name'],
  state: ['state', '-state'],
  upgrades: ['-upgrades', 'upgrades'],
  created: ['newest', 'oldest'],
} as const;

export function sortOf(given: string | undefined): CampaignSort {
  return SORTS.find((one) => one === given) ?? 'newest';
}

export function isDescending(sort: string): boolean {
  return sort === 'newest' || isDownwards(sort);
}
