/** Days within which a renewal is near. */
export const NEAR_DAYS = 30;
/** The colors of series, by their place; Others come last and have their own. */
export const SERIES_COLORS = ['var(--chart1)', 'var(--chart2)', 'var(--chart3)'] as const;
export const OTHERS_COLOR = 'var(--chartOther)';

export type Series = { readonly name: string; readonly color: string; readonly counts: readonly number[] };

export type Row = { readonly label: string; readonly value: number; readonly shown: string };
