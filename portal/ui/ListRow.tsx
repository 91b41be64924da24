import { Checkbox, mergeClasses } from '@fluentui/react-components';
import type { Row } from '@tanstack/react-table';
import { type KeyboardEvent, memo, type MouseEvent, type RefObject } from 'react';
import type { Features } from './list-table.features.ts';
import { useTableStyles } from './list-table.styles.ts';
import { singleKeysAreOff } from './useKeys.ts';

export type RowOfList = Row<Features, object>;

type Props = {
  readonly row: RowOfList;
  /** For its cells: other ones draw it anew. */
  readonly columns: unknown;
  readonly index: number;
  /** The row where Tab enters the list. */
  readonly entry: boolean;
  readonly last: number;
  /** With its neighbors: another one follows, or this is the last of them. */
  readonly joined: 'further' | 'last' | undefined;
  readonly measure: ((element: Element | null) => void) | undefined;
  readonly selected: boolean;
  /** In a list of which rows are chosen: what the box says, '' for a row that cannot be. */
  readonly select: string | undefined;
  readonly quiet: boolean;
  readonly opens: boolean;
  /** What it asks when something is done to it; it is not drawn anew when that changes. */
  readonly list: RefObject<{
    readonly open?: (row: object) => void;
    readonly rowKey?: (key: string, row: object) => boolean;
  }>;
};

/** A row of a list: drawn anew when it or its columns are others, not with everything that a page does around its list. */
export const ListRow = memo(function ListRow(props: Props) {
  const { row, index, entry, joined, measure, list, select, selected } = props;
  const styles = useTableStyles();
  const onClick = (event: MouseEvent) => {
    const inner =
      event.target instanceof Element &&
      event.target.closest('a, button, input, label, [role="menuitem"], [role="dialog"]');
    if (!inner && !window.getSelection()?.toString()) list.current.open?.(row.original);
  };
  return (
    <tr
      ref={measure}
      data-row={index}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={select === undefined ? undefined : selected}
      tabIndex={entry ? 0 : -1}
      className={mergeClasses(
        styles.row,
        props.opens && styles.opens,
        props.quiet && styles.readOnly,
        selected && styles.selected,
        joined && styles.joined,
        joined === 'further' && styles.joinedOn,
      )}
      onKeyDown={(event) => onRowKey(event, props)}
      onClick={onClick}
    >
      {select !== undefined && (
        <td className={mergeClasses(styles.cell, styles.check)}>
          {select && <Checkbox aria-label={select} checked={selected} onChange={() => row.toggleSelected()} />}
        </td>
      )}
      {/* Called, not mounted as a component: a new function for the same column must not take away what is open in a cell. */}
      {row.getAllCells().map((cell, place) => {
        const { meta, header, cell: draw } = cell.column.columnDef;
        const Cell = place === 0 ? 'th' : 'td';
        return (
          <Cell
            key={cell.id}
            scope={place === 0 ? 'row' : undefined}
            data-label={typeof header === 'string' ? header : ''}
            className={mergeClasses(
              styles.cell,
              place === 0 && styles.first,
              meta?.align && styles.end,
              meta?.narrow && styles.narrowHidden,
            )}
          >
            <div className={styles.value}>{typeof draw === 'function' ? draw(cell.getContext()) : draw}</div>
          </Cell>
        );
      })}
    </tr>
  );
}, isDrawnAlike);

/** The same thing in the same columns: the table makes a row of its own for it with every answer. */
function isDrawnAlike({ row: one, ...before }: Props, { row: other, ...after }: Props): boolean {
  const keys = Object.keys(before) as (keyof typeof before)[];
  return one.original === other.original && one.id === other.id && keys.every((key) => before[key] === after[key]);
}

/** Arrows, Home and End move between rows from anywhere in one; Enter, Space and a page's own keys act on the row itself. */
function onRowKey(event: KeyboardEvent, { row, index, last, list }: Props): void {
  const { open, rowKey } = list.current;
  // A card or menu of the row is drawn elsewhere, yet its keys come by here.
  if (event.defaultPrevented || !event.currentTarget.contains(event.target as Node)) return;
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus();
    return;
  }
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' && open) open(row.original);
  else if (event.key === ' ' && row.getCanSelect()) row.toggleSelected();
  else if (singleKeysAreOff() || !rowKey?.(event.key.toLowerCase(), row.original)) return;
  event.preventDefault();
}
