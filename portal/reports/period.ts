export const PERIODS = ['last12', 'last90', 'thisYear'] as const;
export type Period = (typeof PERIODS)[number];
export const PERIOD_TEXT = {
  last12: 'reports.last12',
  last90: 'reports.last90',
  thisYear: 'reports.thisYear',
} as const;

export function periodOf(given: string | undefined): Period {
  return PERIODS.find((one) => one === given) ?? 'last12';
}

/** What a figure says while it has none. */
export const FIGURE_TEXTS = {
  loading: 'reports.loading',
  error: 'reports.errorTitle',
  noPermission: 'reports.noPermTitle',
} as const;
