import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowDown12Regular, ArrowUp12Regular } from '@fluentui/react-icons';
import { FlexRender, type Header } from '@tanstack/react-table';
import type { Features, Sort } from './list-table.features.ts';
import { useTableStyles } from './list-table.styles.ts';

const useStyles = makeStyles({
  press: {
    display: 'inline-flex',
    alignItems: 'center',
    columnGap: '4px',
    margin: '0 -4px',
    padding: '4px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    font: 'inherit',
    textAlign: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  sorted: { color: tokens.colorNeutralForeground1 },
});

/** The head of a column; of one that sorts the list, the button for it. */
export function ListHeadCell<Row extends object>({
  header,
  sort,
}: {
  readonly header: Header<Features, Row>;
  readonly sort: Sort | undefined;
}) {
  const table = useTableStyles();
  const styles = useStyles();
  const { meta } = header.column.columnDef;
  const [first, second] = sort?.ways[header.column.id] ?? [];
  const sorted = sort !== undefined && (sort.value === first || sort.value === second);
  const down = sorted && sort.descending(sort.value);
  return (
    <th
      scope="col"
      aria-sort={sorted ? (down ? 'descending' : 'ascending') : undefined}
      style={meta?.width ? { width: meta.width } : undefined}
      className={mergeClasses(table.headCell, meta?.align && table.end)}
    >
      {sort && first ? (
        <button
          type="button"
          className={mergeClasses(styles.press, sorted && styles.sorted)}
          onClick={() => sort.change(sort.value === first ? (second ?? first) : first)}
        >
          <FlexRender header={header} />
          {sorted && (down ? <ArrowDown12Regular aria-hidden /> : <ArrowUp12Regular aria-hidden />)}
        </button>
      ) : (
        <FlexRender header={header} />
      )}
    </th>
  );
}
