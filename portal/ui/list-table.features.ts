import { type ColumnDef, rowSelectionFeature, tableFeatures } from '@tanstack/react-table';

type Meta = { readonly width?: string; readonly align?: 'end'; readonly narrow?: 'hidden' };
const META: Meta = {};
export const features = tableFeatures({ rowSelectionFeature, columnMeta: META });
export type Features = typeof features;
/** A column: its `header` is text, its first `cell` names the row. */
export type Column<Row extends object> = ColumnDef<Features, Row> & {
  /** What stands for it in a file, by heads. */
  readonly file?: Readonly<Record<string, (row: Row) => string | { readonly decimal: string }>>;
};

/** By what a list is sorted: for columns that can be, the way of the first press, and that of the next where there is another. */
export type Sort = {
  readonly value: string;
  readonly ways: Readonly<Record<string, readonly [first: string, second?: string]>>;
  /** Which of all those values run downwards. */
  readonly descending: (value: string) => boolean;
  readonly change: (value: string) => void;
};
