import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DataBarVerticalRegular, TableRegular } from '@fluentui/react-icons';
import { type ReactNode, useMemo } from 'react';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { SaveFile } from '../frame/SaveFile.tsx';
import { type TextKey, useText } from '../text.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';
import type { useAddress } from '../ui/useAddress.ts';

export const FIGURES = ['upgrades', 'uplift', 'opportunities', 'refusals', 'issues', 'overlaps'] as const;
export type FigureName = (typeof FIGURES)[number];
export type ReportAddress = ReturnType<typeof useAddress<'period' | 'view'>>;

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', rowGap: '12px', minWidth: 0 },
  /** A table has more columns than half a page has room for. */
  whole: { gridColumn: '1 / -1' },
  head: { display: 'flex', alignItems: 'flex-start', columnGap: '8px', [SCREEN.belowTable]: { flexWrap: 'wrap' } },
  text: { flexGrow: 1, minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: '22px',
    fontWeight: tokens.fontWeightSemibold,
  },
  sub: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  acts: { display: 'flex', flexShrink: 0 },
  nothing: { margin: 0, padding: '24px 0', color: tokens.colorNeutralForeground2 },
  table: {
    margin: '0 -20px',
    ':last-child': { marginBottom: '-16px' },
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
});

type Csv =
  | 'reportUpgrades'
  | 'reportUplift'
  | 'reportOpportunities'
  | 'reportRefusals'
  | 'reportIssues'
  | 'reportOverlaps';

/** Which figures are tables now: `view=table` has all of them. */
export function isTable(address: ReportAddress, name: FigureName): boolean {
  const view = address.get('view');
  return view === 'table' || (view?.split(',').includes(name) ?? false);
}

function toggled(address: ReportAddress, name: FigureName): string | undefined {
  const shown = FIGURES.filter((one) => isTable(address, one) !== (one === name));
  return shown.length === FIGURES.length ? 'table' : shown.join(',') || undefined;
}

type Props<N extends Csv> = {
  readonly name: FigureName;
  readonly heading: TextKey;
  readonly sub: ReactNode;
  readonly address: ReportAddress;
  readonly csv: { readonly name: N; readonly call: Call<Endpoints[N]> };
  readonly children: ReactNode;
};

/** A figure of the reports: as a plot or as a table, and behind it a file. */
export function Figure<N extends Csv>({ name, heading, sub, address, csv, children }: Props<N>) {
  const { say } = useText();
  const styles = useStyles();
  const table = isTable(address, name);
  const words = say(heading);
  return (
    <Panel padded className={mergeClasses(styles.panel, table && styles.whole)}>
      <div className={styles.head}>
        <div className={styles.text}>
          <h2 className={styles.title}>{words}</h2>
          <p className={styles.sub}>{sub}</p>
        </div>
        <div className={styles.acts}>
          <Button
            appearance="subtle"
            size="small"
            icon={table ? <DataBarVerticalRegular /> : <TableRegular />}
            aria-label={say('reports.viewOf', {
              view: say(table ? 'reports.asChart' : 'reports.asTable'),
              title: words,
            })}
            onClick={() => address.set({ view: toggled(address, name) })}
          >
            {say(table ? 'reports.asChart' : 'reports.asTable')}
          </Button>
          <SaveFile {...csv} compact={words} />
        </div>
      </div>
      {children}
    </Panel>
  );
}

/** In place of a figure that has nothing to show. */
export function Nothing({ says }: { says: TextKey }) {
  const { say } = useText();
  return <p className={useStyles().nothing}>{say(says)}</p>;
}

export type TableRow = { readonly id: string; readonly name: string; readonly cells: readonly ReactNode[] };

/** The same as a table; `words` says how many of its first columns are words, the rest are figures. */
export function FigureTable({
  label,
  heads,
  words,
  rows,
  open,
}: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly words: number;
  readonly rows: readonly TableRow[];
  readonly open?: (row: TableRow) => void;
}) {
  const styles = useStyles();
  const columns = useMemo(
    () =>
      heads.map((header, index): Column<TableRow> => ({
        id: String(index),
        header,
        meta: index < words ? {} : { align: 'end' },
        cell: ({ row: { original } }) => original.cells[index],
      })),
    [heads, words],
  );
  return (
    <div className={styles.table}>
      <ListTable
        label={label}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        nameOf={(row) => row.name}
        {...(open && { open })}
      />
    </div>
  );
}
