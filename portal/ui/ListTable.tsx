import { Checkbox, mergeClasses } from '@fluentui/react-components';
import { type Row as TableRow, type RowSelectionState, useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { type Column, type Features, features, type Sort } from './list-table.features.ts';
import { useTableStyles } from './list-table.styles.ts';
import { ListHeadCell } from './ListHeadCell.tsx';
import { singleKeysAreOff } from './useKeys.ts';

export type { Column };

const ROW_HEIGHT_PX = 49;
/** Shorter lists are drawn whole. */
const VIRTUAL_FROM = 100;

type Selection = {
  readonly selected: RowSelectionState;
  readonly change: (selected: RowSelectionState) => void;
  readonly selectAll: string;
  readonly selectRow: (name: string) => string;
  /** Rows that can be chosen. */
  readonly of: (id: string) => boolean;
};

type Props<Row extends object> = {
  /** What the list is, for a screen reader. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly nameOf: (row: Row) => string;
  /** The whole row opens the thing; its name is the real link. */
  readonly open?: (row: Row) => void;
  readonly tone?: (row: Row) => 'readOnly' | undefined;
  /** Further keys on a row, e.g. `i`. True: it was ours. */
  readonly rowKey?: (key: string, row: Row) => boolean;
  readonly selection?: Selection;
  /** What rows stand together under; a line says it where it changes. Such a list is drawn whole. */
  readonly groupOf?: (row: Row) => string;
  /** What makes neighbors one thing; such rows are joined by an edge. */
  readonly joinOf?: (row: Row) => string;
  readonly sort?: Sort;
};

/** The list of every list page: a sticky head, rows of one height, by keyboard too; on a narrow screen a list of labelled lines. */
export function ListTable<Row extends object>(props: Props<Row>) {
  const { label, columns, rows, idOf, selection, sort, groupOf } = props;
  const styles = useTableStyles();
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: idOf,
    enableRowSelection: (row) => selection?.of(row.id) ?? false,
    state: { rowSelection: selection?.selected ?? {} },
    onRowSelectionChange: (change) =>
      selection?.change(typeof change === 'function' ? change(selection.selected) : change),
  });
  const all = table.getRowModel().rows;
  const { body, drawn, above, below, measure } = useDrawnRows(all.length, groupOf !== undefined);
  return (
    <table className={styles.table} aria-rowcount={all.length + 1}>
      <caption className={styles.caption}>{label}</caption>
      <thead className={styles.head}>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {selection && (
              <th scope="col" className={mergeClasses(styles.headCell, styles.check)}>
                <Checkbox
                  aria-label={selection.selectAll}
                  checked={table.getIsAllRowsSelected() ? true : table.getIsSomeRowsSelected() ? 'mixed' : false}
                  onChange={() => table.toggleAllRowsSelected()}
                />
              </th>
            )}
            {group.headers.map((header) => (
              <ListHeadCell key={header.id} header={header} sort={sort} />
            ))}
          </tr>
        ))}
      </thead>
      <tbody ref={body} className={styles.body}>
        <Spacer height={above} />
        {drawn.map((index) => {
          const row = all[index];
          if (!row) return null;
          const group = groupOf?.(row.original);
          const before = all[index - 1];
          const begins = group !== undefined && (before === undefined || groupOf?.(before.original) !== group);
          return (
            <Fragment key={row.id}>
              {begins && (
                <tr className={styles.groupRow}>
                  <th scope="rowgroup" colSpan={columns.length + (selection ? 1 : 0)} className={styles.group}>
                    {group}
                  </th>
                </tr>
              )}
              <BodyRow
                {...props}
                row={row}
                index={index}
                entry={index === drawn[0]}
                last={all.length - 1}
                joined={joinedAt(all, index, props.joinOf)}
                measure={measure}
              />
            </Fragment>
          );
        })}
        <Spacer height={below} />
      </tbody>
    </table>
  );
}

/** How a row stands to its neighbors of the same thing: another one follows, or it is the last of them. */
function joinedAt<Row extends object>(
  all: readonly TableRow<Features, Row>[],
  index: number,
  joinOf: Props<Row>['joinOf'],
): 'further' | 'last' | undefined {
  const [before, own, after] = [index - 1, index, index + 1].map((place) => {
    const row = all[place];
    return row && joinOf?.(row.original);
  });
  if (own === undefined) return undefined;
  if (own === after) return 'further';
  return own === before ? 'last' : undefined;
}

/** Which rows are drawn: all of a short list, of a long one those in view; and how high the rest is. */
function useDrawnRows(count: number, whole: boolean) {
  const body = useRef<HTMLTableSectionElement>(null);
  const enabled = !whole && count >= VIRTUAL_FROM;
  const virtual = useWindowVirtualizer({
    count,
    enabled,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  if (!enabled) {
    return { body, drawn: Array.from({ length: count }, (_, index) => index), above: 0, below: 0, measure: undefined };
  }
  const items = virtual.getVirtualItems();
  const { scrollMargin } = virtual.options;
  return {
    body,
    drawn: items.map((item) => item.index),
    above: (items[0]?.start ?? scrollMargin) - scrollMargin,
    below: virtual.getTotalSize() + scrollMargin - (items.at(-1)?.end ?? 0),
    measure: virtual.measureElement,
  };
}

type BodyRowProps<Row extends object> = Props<Row> & {
  readonly row: TableRow<Features, Row>;
  readonly index: number;
  /** The row where Tab enters the list. */
  readonly entry: boolean;
  readonly last: number;
  /** With its neighbors: another one follows, or this is the last of them. */
  readonly joined: 'further' | 'last' | undefined;
  readonly measure: ((element: Element | null) => void) | undefined;
};

function BodyRow<Row extends object>(props: BodyRowProps<Row>) {
  const { row, index, entry, joined, measure, open, tone, selection, nameOf } = props;
  const styles = useTableStyles();
  const onClick = (event: MouseEvent) => {
    const inner =
      event.target instanceof Element &&
      event.target.closest('a, button, input, label, [role="menuitem"], [role="dialog"]');
    if (!inner && !window.getSelection()?.toString()) open?.(row.original);
  };
  return (
    <tr
      ref={measure}
      data-row={index}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selection ? row.getIsSelected() : undefined}
      tabIndex={entry ? 0 : -1}
      className={mergeClasses(
        styles.row,
        open && styles.opens,
        tone?.(row.original) === 'readOnly' && styles.readOnly,
        row.getIsSelected() && styles.selected,
        joined && styles.joined,
        joined === 'further' && styles.joinedOn,
      )}
      onKeyDown={(event) => onRowKey(event, props)}
      onClick={onClick}
    >
      {selection && (
        <td className={mergeClasses(styles.cell, styles.check)}>
          {row.getCanSelect() && (
            <Checkbox
              aria-label={selection.selectRow(nameOf(row.original))}
              checked={row.getIsSelected()}
              onChange={() => row.toggleSelected()}
            />
          )}
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
}

/** Arrows, Home and End move between rows from anywhere in one; Enter, Space and a page's own keys act on the row itself. */
function onRowKey<Row extends object>(
  event: KeyboardEvent,
  { row, index, last, open, rowKey }: BodyRowProps<Row>,
): void {
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

function Spacer({ height }: { height: number }) {
  const styles = useTableStyles();
  return height > 0 ? (
    <tr aria-hidden>
      <td className={styles.spacer} style={{ height }} />
    </tr>
  ) : null;
}
