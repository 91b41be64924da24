import type { TextKey } from '../text.ts';

/** What each order of the list is called. */
export const SORT_TEXT = {
  '-unused': 'allLicenses.sortUnused',
  unused: 'allLicenses.sortUnusedAscending',
  deadline: 'allLicenses.sortDeadline',
  '-deadline': 'allLicenses.sortDeadlineDescending',
  customer: 'allLicenses.sortCustomer',
  '-customer': 'allLicenses.sortCustomerDescending',
  product: 'allLicenses.sortProduct',
  '-product': 'allLicenses.sortProductDescending',
  '-seats': 'allLicenses.sortSeats',
  seats: 'allLicenses.sortSeatsAscending',
  '-assigned': 'allLicenses.sortAssigned',
  assigned: 'allLicenses.sortAssignedAscending',
} as const satisfies Readonly<Record<string, TextKey>>;
export type LicenseSort = keyof typeof SORT_TEXT;
export const SORTS = Object.keys(SORT_TEXT) as readonly LicenseSort[];
export const FIRST_SORT = '-unused';

/** By the column that is pressed: numbers from the largest, names from A, days from the nearest. */
export const SORT_WAYS = {
  customer: ['customer', '-customer'],
  product: ['product', '-product'],
  seats: ['-seats', 'seats'],
  assigned: ['-assigned', 'assigned'],
  unused: ['-unused', 'unused'],
  deadline: ['deadline', '-deadline'],
} as const;

export function sortOf(given: string | undefined): LicenseSort {
  return SORTS.find((one) => one === given) ?? FIRST_SORT;
}
