import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Chart, type Drawing } from './Chart.tsx';
import type { Row } from './series.ts';
import { Figure, FigureTable, isTable, Nothing, type ReportAddress, type TableRow } from './Figure.tsx';
import { FIGURE_TEXTS, type Period } from './period.ts';

/** More bars than these say less. */
const MOST_BARS = 8;

type Props = { readonly address: ReportAddress; readonly period: Period };

/** What upgrades bring a month, by path. */
export function UpliftFigure({ address, period }: Props) {
  const { say } = useText();
  const format = useFormat();
  const call = { query: { period } };
  const answer = useAnswer('reportUplift', call, { keep: true });
  return (
    <Figure
      name="uplift"
      heading="reports.upliftByPath"
      sub={say('reports.upliftSub')}
      address={address}
      csv={{ name: 'reportUplift', call }}
    >
      <Answered query={answer} texts={FIGURE_TEXTS}>
        {({ items }) => {
          const first = items[0];
          if (!first) return <Nothing says="reports.emptyBody" />;
          const rows = items.map(({ source, target, extraPerMonth, ...counts }) => ({
            label: `${source.name} → ${target.name}`,
            value: Number(extraPerMonth.amount),
            shown: format.wholeMoney(extraPerMonth),
            more: [format.number(counts.upgrades), format.number(counts.licenses)],
          }));
          const summary = say('reports.sumUplift', {
            n: items.length,
            path: rows[0]?.label ?? '',
            amount: format.wholeMoney(first.extraPerMonth),
          });
          return (
            <Rows
              heading="reports.upliftByPath"
              rows={rows}
              summary={summary}
              table={isTable(address, 'uplift')}
              heads={['reports.colPath', 'reports.axisUpgrades', 'reports.colLicenses', 'reports.axisMonthly']}
            />
          );
        }}
      </Answered>
    </Figure>
  );
}

/** What rules and roles said no to. */
export function RefusalsFigure({ address, period }: Props) {
  const { say } = useText();
  const format = useFormat();
  const mayAudit = useMay('viewAudit');
  const call = { query: { period } };
  const answer = useAnswer('reportRefusals', call, { keep: true });
  return (
    <Figure
      name="refusals"
      heading="reports.refusals"
      sub={say('reports.refusalsSub')}
      address={address}
      csv={{ name: 'reportRefusals', call }}
    >
      <Answered query={answer} texts={FIGURE_TEXTS}>
        {({ items }) => {
          const first = items[0];
          if (!first) return <Nothing says="reports.noRefusals" />;
          const rows = items.map(({ title, count }) => ({
            label: title,
            value: count,
            shown: format.number(count),
            more: [],
          }));
          const n = items.reduce((sum, { count }) => sum + count, 0);
          return (
            <Rows
              heading="reports.refusals"
              rows={rows}
              summary={say('reports.sumRefusals', { n, title: first.title })}
              table={isTable(address, 'refusals')}
              heads={['reports.colReason', 'reports.colRefused']}
              to={mayAudit ? `${paths.audit}?outcome=refused&period=all` : undefined}
            />
          );
        }}
      </Answered>
    </Figure>
  );
}

/** Accounts that still need a person after an upgrade. */
export function IssuesFigure({ address }: Pick<Props, 'address'>) {
  const { say } = useText();
  const format = useFormat();
  const answer = useAnswer('reportIssues', {});
  return (
    <Figure
      name="issues"
      heading="reports.issues"
      sub={say('reports.issuesSub')}
      address={address}
      csv={{ name: 'reportIssues', call: {} }}
    >
      <Answered query={answer} texts={FIGURE_TEXTS}>
        {({ items }) => {
          if (items.length === 0) return <Nothing says="reports.noIssues" />;
          const rows = items.map(({ name, accounts, upgrades }) => ({
            label: name,
            value: accounts,
            shown: format.number(accounts),
            more: [format.number(upgrades)],
          }));
          const sum = (ages: readonly string[]) =>
            items.reduce((total, { age, accounts }) => total + (ages.includes(age) ? accounts : 0), 0);
          const old = sum(['quarter', 'older']);
          return (
            <Rows
              heading="reports.issues"
              rows={rows}
              summary={say('reports.sumIssues', { n: old + sum(['week', 'month']), old })}
              table={isTable(address, 'issues')}
              heads={['reports.colAge', 'reports.axisUpgrades', 'reports.colAccounts']}
              to={`${paths.upgrades}?tab=needsWork`}
            />
          );
        }}
      </Answered>
    </Figure>
  );
}

type RowsProps = {
  readonly heading: TextKey;
  readonly rows: readonly (Row & { readonly more: readonly string[] })[];
  readonly summary: string;
  readonly table: boolean;
  /** Of the name, what is more, and the figure. */
  readonly heads: readonly TextKey[];
  /** The list behind them. */
  readonly to?: string | undefined;
};

function Rows({ heading, rows, summary, table, heads, to }: RowsProps) {
  const { say } = useText();
  const navigate = useNavigate();
  const draw = useCallback(
    (drawing: Drawing, width: number) => drawing.drawRows(width, rows.slice(0, MOST_BARS)),
    [rows],
  );
  const pick = useCallback(() => {
    if (to) void navigate(to);
  }, [to, navigate]);
  if (!table) {
    const label = say('reports.chartAria', { title: say(heading), summary });
    return <Chart label={label} draw={draw} pick={to ? pick : undefined} />;
  }
  const named = (label: string) =>
    to ? (
      <RouterLink to={to} appearance="subtle">
        {label}
      </RouterLink>
    ) : (
      label
    );
  return (
    <FigureTable
      label={say(heading)}
      heads={heads.map((head) => say(head))}
      words={1}
      {...(to && { open: (_row: TableRow) => pick() })}
      rows={rows.map(({ label, shown, more }) => ({ id: label, name: label, cells: [named(label), ...more, shown] }))}
    />
  );
}
