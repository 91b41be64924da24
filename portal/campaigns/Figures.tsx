import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(124px, 1fr))',
    gap: '12px 20px',
    margin: 0,
    padding: '14px 20px',
    [SCREEN.belowTable]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', padding: '12px 16px' },
  },
  key: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  value: {
    margin: 0,
    fontSize: '20px',
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  of: { fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  amount: { display: 'block', whiteSpace: 'nowrap' },
});

type Figure = { readonly key: string; readonly value: ReactNode };

function FigureList({ figures }: { figures: readonly Figure[] }) {
  const styles = useStyles();
  return (
    <Panel>
      <dl className={styles.list}>
        {figures.map(({ key, value }) => (
          <div key={key}>
            <dt className={styles.key}>{key}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** What the plan would send, and what it comes to; it follows what is left out. */
export function PlanFigures({ campaign: { rows, totals } }: { campaign: CampaignOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { net, month } = useAmounts(totals.money);
  const figures: readonly Figure[] = [
    {
      key: say('bulk.factEligible'),
      value: (
        <>
          {format.number(rows.eligible + rows.notStarted)}{' '}
          <span className={styles.of}>/ {format.number(rows.total)}</span>
        </>
      ),
    },
    { key: say('bulk.factBlocked'), value: format.number(rows.refused) },
    ...(totals.needApproval > 0 ? [{ key: say('bulk.factApproval'), value: format.number(totals.needApproval) }] : []),
    { key: say('bulk.factLicenses'), value: format.number(totals.licenses) },
    { key: say('bulk.factAccounts'), value: format.number(totals.work) },
    { key: say('bulk.factNet'), value: net },
    { key: say('bulk.factMonthly'), value: month },
  ];
  return <FigureList figures={figures} />;
}

/** What came of it: three figures, and what was paid for. */
export function ReportFigures({ campaign: { rows, progress, totals } }: { campaign: CampaignOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const { net, month } = useAmounts(totals.money);
  const left = rows.total - progress.done - progress.failed - progress.running;
  const figures: readonly Figure[] = [
    { key: say('bulk.factDone'), value: format.number(progress.done) },
    { key: say('bulk.factFailed'), value: format.number(progress.failed) },
    { key: say('bulk.factLeft'), value: format.number(left) },
    { key: say('bulk.factNet'), value: net },
    { key: say('bulk.factMonthly'), value: month },
  ];
  return <FigureList figures={figures} />;
}

/** A line for each currency. */
function useAmounts(money: CampaignOnWire['totals']['money']) {
  const format = useFormat();
  const styles = useStyles();
  const lines = (texts: readonly string[]) =>
    texts.length === 0
      ? '–'
      : texts.map((text) => (
          <span key={text} className={styles.amount}>
            {text}
          </span>
        ));
  return {
    net: lines(money.map(({ net }) => format.money(net))),
    month: lines(money.map(({ perMonth }) => format.signedMoney(perMonth))),
  };
}
