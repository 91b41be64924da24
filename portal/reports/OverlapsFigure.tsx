import { makeStyles, tokens } from '@fluentui/react-components';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import type { CustomerOverlapOnWire } from '../../contract/overlaps.ts';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { overlapName } from '../licenses/OverlapSection.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Chart, type Drawing } from './Chart.tsx';
import { Figure, FigureTable, isTable, Nothing, type ReportAddress } from './Figure.tsx';
import { FIGURE_TEXTS } from './period.ts';

const useStyles = makeStyles({
  note: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** More bars than these say less. */
const MOST_BARS = 8;

/** What customers pay for twice: subscriptions whose services their users have by another one too. */
export function OverlapsFigure({ address }: { address: ReportAddress }) {
  const { say } = useText();
  const answer = useAnswer('reportOverlaps', {});
  return (
    <Figure
      name="overlaps"
      heading="overlaps.title"
      sub={say('reports.overlapsSub')}
      address={address}
      csv={{ name: 'reportOverlaps', call: {} }}
    >
      <Answered query={answer} texts={FIGURE_TEXTS}>
        {(report) =>
          report.items.length === 0 ? (
            <Nothing says="reports.noOverlaps" />
          ) : (
            <Shown report={report} table={isTable(address, 'overlaps')} />
          )
        }
      </Answered>
    </Figure>
  );
}

const pathOf = ({ customerId }: CustomerOverlapOnWire) => paths.subscriptions(customerId);

function Shown({ report, table }: { report: Value<'reportOverlaps'>; table: boolean }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const navigate = useNavigate();
  const { items, found, perMonth, customers } = report;
  const draw = useCallback(
    (drawing: Drawing, width: number) =>
      drawing.drawRows(
        width,
        items.slice(0, MOST_BARS).map((one) => ({
          label: `${one.customerName}: ${overlapName(one)}`,
          value: Number(one.perMonth.amount),
          shown: format.wholeMoney(one.perMonth),
        })),
      ),
    [items, format],
  );
  const pick = useCallback(
    (index: number) => {
      const one = items[index];
      if (one) void navigate(pathOf(one));
    },
    [items, navigate],
  );
  const summary = [
    say('reports.sumOverlaps', { n: found, amount: format.money(perMonth) }),
    ...(customers.all > customers.lookedAt
      ? [say('reports.lookedAt', { n: customers.lookedAt, all: customers.all })]
      : []),
  ].join(' ');
  return (
    <>
      {table ? (
        <OverlapTable items={items} />
      ) : (
        <Chart label={say('reports.chartAria', { title: say('overlaps.title'), summary })} draw={draw} pick={pick} />
      )}
      <p className={styles.note}>{summary}</p>
    </>
  );
}

function OverlapTable({ items }: { items: readonly CustomerOverlapOnWire[] }) {
  const { say } = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const byId = new Map(items.map((one) => [one.subscriptionId, one]));
  return (
    <FigureTable
      label={say('overlaps.title')}
      heads={[
        say('reports.colCustomer'),
        say('reports.colSubscription'),
        say('overlaps.colWithin'),
        say('overlaps.colFirstDay'),
        say('overlaps.colSeats'),
        say('overlaps.colMonth'),
        say('overlaps.colRest'),
      ]}
      words={4}
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
          overlapName(one),
          one.within.map(overlapName).join(', '),
          one.reductions[0] ? format.day(one.reductions[0].until) : '–',
          format.number(one.seats),
          format.money(one.perMonth),
          format.money(one.untilTermEnd),
        ],
      }))}
    />
  );
}
