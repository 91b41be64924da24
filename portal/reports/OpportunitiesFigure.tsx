import { makeStyles, tokens } from '@fluentui/react-components';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import type { OpportunityOnWire } from '../../contract/reports.ts';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Chart, type Drawing } from './Chart.tsx';
import { NEAR_DAYS, SERIES_COLORS } from './series.ts';
import { Figure, FigureTable, isTable, Nothing, type ReportAddress } from './Figure.tsx';
import { Legend } from './Legend.tsx';
import { FIGURE_TEXTS } from './period.ts';

const useStyles = makeStyles({
  note: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  together: { display: 'flex', flexWrap: 'wrap', gap: '4px 16px', margin: 0, fontSize: tokens.fontSizeBase200 },
});

const pathOf = ({ customerId, subscriptionId, target }: OpportunityOnWire) =>
  `${paths.upgrade(customerId, subscriptionId)}?to=${encodeURIComponent(target.offerId)}`;

/** What could be upgraded today: what it would bring, how soon it renews, and for how many. */
export function OpportunitiesFigure({ address }: { address: ReportAddress }) {
  const { say } = useText();
  const answer = useAnswer('reportOpportunities', {});
  return (
    <Figure
      name="opportunities"
      heading="reports.opportunities"
      sub={say('reports.opportunitiesSub')}
      address={address}
      csv={{ name: 'reportOpportunities', call: {} }}
    >
      <Answered query={answer} texts={FIGURE_TEXTS}>
        {(report) =>
          report.items.length === 0 ? (
            <Nothing says="reports.noOpportunities" />
          ) : (
            <Dots report={report} table={isTable(address, 'opportunities')} />
          )
        }
      </Answered>
    </Figure>
  );
}

function Dots({ report, table }: { report: Value<'reportOpportunities'>; table: boolean }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const navigate = useNavigate();
  const { items } = report;
  const days = say('reports.axisDaysLeft');
  const draw = useCallback(
    (drawing: Drawing, width: number) =>
      drawing.drawDots(width, { items, format, days, money: ({ extraPerMonth }) => format.wholeMoney(extraPerMonth) }),
    [items, format, days],
  );
  const pick = useCallback(
    (index: number) => {
      const one = items[index];
      if (one) void navigate(pathOf(one));
    },
    [items, navigate],
  );
  const near = items.filter(({ daysLeft }) => daysLeft <= NEAR_DAYS).length;
  const total = format.wholeMoney(report.extraPerMonth);
  const summary = say('reports.sumOpportunities', { n: report.found, amount: total, near });
  return (
    <>
      {table ? (
        <OpportunityTable items={items} />
      ) : (
        <>
          <Legend
            entries={[
              { name: say('reports.near'), color: SERIES_COLORS[1] },
              { name: say('reports.later'), color: SERIES_COLORS[0] },
            ]}
          />
          <p className={styles.note}>{say('reports.axisNote', { currency: report.extraPerMonth.currency })}</p>
          <Chart
            label={say('reports.chartAria', { title: say('reports.opportunities'), summary })}
            draw={draw}
            pick={pick}
          />
        </>
      )}
      <p className={styles.note}>{[summary, ...boundsOf(report, say)].join(' ')}</p>
      <PlanTogether items={items} />
    </>
  );
}

const MOST_PATHS = 3;

/** The paths that most of them share, each with the way to a plan for all of it. */
function PlanTogether({ items }: { items: readonly OpportunityOnWire[] }) {
  const { say } = useText();
  const styles = useStyles();
  const may = useMay('runCampaigns');
  const shared = [...Map.groupBy(items, ({ source, target }) => `${source.offerId} ${target.offerId}`).values()]
    .filter((ones) => ones.length > 1)
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_PATHS);
  if (!may || shared.length === 0) return null;
  return (
    <p className={styles.together}>
      {say('bulk.planTogether')}
      {shared.map(([first]) => {
        if (!first) return null;
        const { source, target } = first;
        return (
          <RouterLink
            key={`${source.offerId} ${target.offerId}`}
            to={paths.newCampaign({ from: source.offerId, to: target.offerId })}
          >
            {say('confirm.line', { from: source.name, to: target.name })}
          </RouterLink>
        );
      })}
    </p>
  );
}

/** What of all there is is not shown. */
function boundsOf(
  { items, found, customers: { lookedAt, all } }: Value<'reportOpportunities'>,
  say: ReturnType<typeof useText>['say'],
): string[] {
  return [
    ...(found > items.length ? [say('reports.onlyMost', { n: items.length })] : []),
    ...(all > lookedAt ? [say('reports.lookedAt', { n: lookedAt, all })] : []),
  ];
}

function OpportunityTable({ items }: { items: readonly OpportunityOnWire[] }) {
  const { say } = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const heads = [
    say('reports.colCustomer'),
    say('reports.colSubscription'),
    say('reports.colNext'),
    say('reports.colLicenses'),
    say('reports.axisDaysLeft'),
    say('reports.axisMonthly'),
  ];
  const byId = new Map(items.map((one) => [one.subscriptionId, one]));
  return (
    <FigureTable
      label={say('reports.opportunities')}
      heads={heads}
      words={3}
      open={({ id }) => {
        const one = byId.get(id);
        if (one) void navigate(pathOf(one));
      }}
      rows={items.map((one) => ({
        id: one.subscriptionId,
        name: one.customerName,
        cells: [
          <RouterLink key="name" to={pathOf(one)} appearance="subtle">
            {one.customerName}
          </RouterLink>,
          one.source.name,
          one.target.name,
          format.number(one.licenses),
          format.number(one.daysLeft),
          format.wholeMoney(one.extraPerMonth),
        ],
      }))}
    />
  );
}
