import { useText } from '../text.ts';
import type { Column, Sort } from './list-table.features.ts';
import { useAddress } from './useAddress.ts';

type FileCell = string | { readonly decimal: string };

/**
 * The rows of a list that came as a whole, in the order that its address names: by a column's first cell in a file, upwards or (`-`) downwards.
 * What has none comes last either way. Without an order they stay as they came.
 */
export function useSorted<Row extends object>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): { readonly rows: readonly Row[]; readonly sort: Sort } {
  const { language } = useText();
  const address = useAddress<'sort'>();
  const value = address.get('sort') ?? '';
  const cells = new Map(columns.map(({ id = '', file = {} }) => [id, Object.values(file)[0]]));
  const sortable = [...cells].flatMap(([id, cell]) => (cell ? [id] : []));
  const cell = cells.get(value.replace(/^-/, ''));
  return {
    rows: cell ? inOrder(rows, cell, isDownwards(value) ? -1 : 1, new Intl.Collator(language)) : rows,
    sort: {
      value,
      ways: Object.fromEntries(sortable.map((id) => [id, [id, `-${id}`]])),
      descending: isDownwards,
      change: (sort) => address.set({ sort }),
    },
  };
}

/** Of an order that the name of what it goes by tells, with a minus where it runs downwards. */
export function isDownwards(sort: string): boolean {
  return sort.startsWith('-');
}

function inOrder<Row>(
  rows: readonly Row[],
  cell: (row: Row) => FileCell,
  direction: 1 | -1,
  { compare }: Intl.Collator,
): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: cell(row) }));
  return keyed
    .toSorted(({ key: one }, { key: other }) => {
      if (one === '' || other === '') return Number(one === '') - Number(other === '');
      return direction * (isText(one) && isText(other) ? compare(one, other) : numberOf(one) - numberOf(other));
    })
    .map(({ row }) => row);
}

function isText(cell: FileCell): cell is string {
  return typeof cell === 'string';
}

function numberOf(cell: FileCell): number {
  return Number(isText(cell) ? cell : cell.decimal);
}
