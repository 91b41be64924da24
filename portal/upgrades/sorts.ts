import type { TextKey } from '../text.ts';
import { isDownwards } from '../ui/useSorted.ts';

/** What each order of the list is called. */
export const SORT_TEXT = {
  newest: 'upgrades.sortNewest',
  oldest: 'upgrades.sortOldest',
  customer: 'upgrades.sortCustomer',
  '-customer': 'upgrades.sortCustomerDescending',
  licenses: 'upgrades.sortLicenses',
  '-licenses': 'upgrades.sortLicensesDescending',
  net: 'upgrades.sortNet',
  '-net': 'upgrades.sortNetDescending',
} as const satisfies Readonly<Record<string, TextKey>>;
export type UpgradeSort = keyof typeof SORT_TEXT;
export const SORTS = Object.keys(SORT_TEXT) as readonly UpgradeSort[];

/** By the column that is pressed: numbers from the largest, names from A. */
export const SORT_WAYS = {
  customer: ['customer', '-customer'],
  when: ['newest', 'oldest'],
  licenses: ['-licenses', 'licenses'],
  net: ['-net', 'net'],
} as const;

export function sortOf(given: string | undefined): UpgradeSort {
  return SORTS.find((one) => one === given) ?? 'newest';
}

export function isDescending(sort: string): boolean {
  return sort === 'newest' || isDownwards(sort);
}
