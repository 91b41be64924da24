import { Checkbox, mergeClasses } from '@fluentui/react-components';
import { type Row as TableRow, type RowSelectionState, useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type RefObject, useLayoutEffect, useRef } from 'react';
import { type Column, type Features, features, type Sort } from './list-table.features.ts';
import { useTableStyles } from './list-table.styles.ts';
import { ListHeadCell } from './ListHeadCell.tsx';
import { ListRow, type RowOfList } from './ListRow.tsx';

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
  const latest = useLatest(props);
  const { body, drawn, above, below, measure } = useDrawnRows(all.length, groupOf !== undefined);
  return (
    <table className={styles.table} aria-rowcount={all.length + 1}>
      <caption className={styles.caption}>{label}</caption>
      <thead className={styles.head}>
        <tr>
          {selection && (
            <th scope="col" className={mergeClasses(styles.headCell, styles.check)}>
              <Checkbox
                aria-label={selection.selectAll}
                checked={table.getIsAllRowsSelected() ? true : table.getIsSomeRowsSelected() ? 'mixed' : false}
                onChange={() => table.toggleAllRowsSelected()}
              />
            </th>
          )}
          {table.getFlatHeaders().map((header) => (
            <ListHeadCell key={header.id} header={header} sort={sort} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} className={styles.body}>
        <Spacer height={above} />
        {drawn.map((index) => {
          const row = all[index];
          if (!row) return null;
          const group = groupAt(all, index, groupOf);
          return (
            <Fragment key={row.id}>
              {group !== undefined && <GroupRow text={group} span={columns.length + (selection ? 1 : 0)} />}
              <ListRow
                row={row as unknown as RowOfList}
                columns={columns}
                index={index}
                entry={index === drawn[0]}
                last={all.length - 1}
                joined={joinedAt(all, index, props.joinOf)}
                measure={measure}
                selected={row.getIsSelected()}
                select={selection && (row.getCanSelect() ? selection.selectRow(props.nameOf(row.original)) : '')}
                quiet={props.tone?.(row.original) === 'readOnly'}
                opens={props.open !== undefined}
                list={latest}
              />
            </Fragment>
          );
        })}
        <Spacer height={below} />
      </tbody>
    </table>
  );
}

/** What a list was last told to do, for rows that are not drawn anew with it. */
function useLatest<Row extends object>(props: Props<Row>): RefObject<Props<object>> {
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  return latest as unknown as RefObject<Props<object>>;
}

/** The group that begins at a row. */
function groupAt<Row extends object>(
  all: readonly TableRow<Features, Row>[],
  index: number,
  groupOf: Props<Row>['groupOf'],
): string | undefined {
  const [before, own] = [index - 1, index].map((place) => {
    const row = all[place];
    return row && groupOf?.(row.original);
  });
  return own === before ? undefined : own;
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

function GroupRow({ text, span }: { text: string; span: number }) {
  const styles = useTableStyles();
  return (
    <tr className={styles.groupRow}>
      <th scope="rowgroup" colSpan={span} className={styles.group}>
        {text}
      </th>
    </tr>
  );
}

function Spacer({ height }: { height: number }) {
  const styles = useTableStyles();
  return height > 0 ? (
    <tr aria-hidden>
      <td className={styles.spacer} style={{ height }} />
    </tr>
  ) : null;
}
