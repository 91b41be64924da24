import { type DayOrder, orderOf } from './day-text.ts';
import { type DecimalSign, signOf } from './decimal-text.ts';
import { type Columns, findColumns, type NoKind } from './file-kind.ts';
import type { Cells, FileFacts } from './row-reading.ts';

/** Looks at every row of a file once, before any is read: what one cell leaves open another tells. */
export function surveyFile(currency: string): {
  readonly see: (row: Cells, headings: readonly string[]) => void;
  readonly found: () => FileFacts | NoKind;
} {
  const signs: Record<DecimalSign, number> = { '.': 0, ',': 0 };
  const orders: Record<DayOrder, number> = { 'month-first': 0, 'day-first': 0 };
  let columns: Columns | NoKind = { name: 'unknown-kind' };
  let headings: readonly string[] | undefined;
  let market: string | null = null;
  let hasCurrency = false;
  return {
    see: (row, names) => {
      if (!headings) [headings, columns] = [names, findColumns(names)];
      if (!('places' in columns) || !row.isWhole) return;
      const cell = (name: string) => row.cells[(columns as Columns).places[name] ?? -1] ?? '';
      const sign = signOf(cell('price').replace(/^[-−]/, ''));
      if (sign) signs[sign] += 1;
      for (const day of [cell('from'), cell('until')]) {
        const order = orderOf(day);
        if (order) orders[order] += 1;
      }
      market ??= cell('market').toUpperCase() || null;
      hasCurrency ||= cell('currency').toUpperCase() === currency;
    },
    found: () =>
      'places' in columns
        ? { columns, headings: headings ?? [], signs, orders, market, currency, hasCurrency }
        : columns,
  };
}
