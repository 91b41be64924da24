import { useCallback, useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { Value } from '../api/query.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Chart, type Drawing } from './Chart.tsx';
import { OTHERS_COLOR, type Series, SERIES_COLORS } from './series.ts';
import { Figure, FigureTable, isTable, Nothing, type ReportAddress } from './Figure.tsx';
import { Legend } from './Legend.tsx';
import type { Period } from './period.ts';
import { FIGURE_TEXTS } from './period.ts';

/** How many upgrades there were each month, by what they led to. */
export function UpgradesFigure({ address, period }: { address: ReportAddress; period: Period }) {
  const { say } = useText();
  const call = { query: { period } };
  const answer = useAnswer('reportUpgrades', call, { keep: true });
  return (
    <Figure
      name="upgrades"
      heading="reports.overTime"
      sub={say('reports.overTimeSub')}
      address={address}
      csv={{ name: 'reportUpgrades', call }}
    >
      <Answered query={answer} texts={FIGURE_TEXTS}>
        {(report) =>
          report.series.length === 0 ? (
            <Nothing says="reports.emptyBody" />
          ) : (
            <Columns report={report} table={isTable(address, 'upgrades')} />
          )
        }
      </Answered>
    </Figure>
  );
}

function Columns({ report, table }: { report: Value<'reportUpgrades'>; table: boolean }) {
  const { say, language } = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { months } = report;
  const others = say('reports.others');
  const series = useMemo(() => withOthers(report, others), [report, others]);
  const monthName = useCallback(
    (month: string) => new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(new Date(month)),
    [language],
  );
  const draw = useCallback(
    (drawing: Drawing, width: number) => drawing.drawColumns(width, { months, series, monthName, format }),
    [months, series, monthName, format],
  );
  const pick = useCallback(() => void navigate(paths.upgrades), [navigate]);
  const totals = months.map((_month, index) => series.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0));
  const most = Math.max(...totals);
  const longMonth = (month: string) =>
    new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(month));
  if (table) {
    const all = report.series;
    return (
      <FigureTable
        label={say('reports.overTime')}
        heads={[say('reports.colMonth'), ...series.map(({ name }) => name), say('reports.colAll')]}
        words={1}
        rows={months.map((month, index) => ({
          id: month,
          name: longMonth(month),
          cells: [
            longMonth(month),
            ...series.map(({ counts }) => format.number(counts[index] ?? 0)),
            format.number(all.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0)),
          ],
        }))}
      />
    );
  }
  const summary = say('reports.sumUpgrades', {
    n: totals.reduce((sum, one) => sum + one, 0),
    top: most,
    month: longMonth(months[totals.indexOf(most)] ?? ''),
    offer: report.series[0]?.name ?? '',
  });
  return (
    <>
      <Legend entries={series} />
      <Chart label={say('reports.chartAria', { title: say('reports.overTime'), summary })} draw={draw} pick={pick} />
    </>
  );
}

/** Three series at most, and what is left together as the last one. */
function withOthers({ months, series }: Value<'reportUpgrades'>, others: string): Series[] {
  const most = SERIES_COLORS.map((color, index) => ({ color, one: series[index] }));
  const shown = most.flatMap(({ color, one }) => (one ? [{ name: one.name, color, counts: one.counts }] : []));
  const rest = series.slice(SERIES_COLORS.length);
  if (rest.length === 0) return shown;
  const counts = months.map((_month, index) => rest.reduce((sum, one) => sum + (one.counts[index] ?? 0), 0));
  return [...shown, { name: others, color: OTHERS_COLOR, counts }];
}
