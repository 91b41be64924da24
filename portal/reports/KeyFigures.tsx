import { makeStyles, tokens } from '@fluentui/react-components';
import type { Value } from '../api/query.ts';
import { useText } from '../text.ts';
import { type Format, useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
    margin: 0,
    [SCREEN.belowTable]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
  },
  figure: {
    display: 'flex',
    flexDirection: 'column',
    padding: '12px 20px',
    borderRight: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderRightColor: 'transparent' },
  },
  key: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  value: {
    margin: 0,
    fontSize: '24px',
    lineHeight: '32px',
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
    [SCREEN.belowTable]: { fontSize: '20px', lineHeight: '26px' },
  },
  change: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

const WHOLE = 10_000;

/** Hundredths of a percent. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((WHOLE * part) / whole / 100) * 100;
}

function withSign(basisPoints: number, format: Format): string {
  return `${basisPoints > 0 ? '+' : ''}${format.percent(basisPoints)}`;
}

/** Four figures, each with its change against a year earlier. */
export function KeyFigures({ figures }: { figures: Value<'showFigures'> }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { yearBefore: before } = figures;
  const change = (now: number, then: number) =>
    then > 0
      ? say('reports.vsBefore', { change: withSign(share(now - then, then), format) })
      : say('reports.noneBefore');
  const [done, doneBefore] = [share(figures.withoutWork, figures.upgrades), share(before.withoutWork, before.upgrades)];
  const shown = [
    {
      key: say('reports.kpiUpgrades'),
      value: format.number(figures.upgrades),
      change: change(figures.upgrades, before.upgrades),
    },
    {
      key: say('reports.kpiLicenses'),
      value: format.number(figures.licenses),
      change: change(figures.licenses, before.licenses),
    },
    {
      key: say('reports.kpiUplift'),
      value: format.wholeMoney(figures.extraPerMonth),
      change: change(Number(figures.extraPerMonth.amount), Number(before.extraPerMonth.amount)),
    },
    {
      key: say('reports.kpiFirstTime'),
      value: figures.upgrades === 0 ? '–' : format.percent(done),
      change: before.upgrades > 0 ? say('reports.points', { n: (done - doneBefore) / 100 }) : say('reports.noneBefore'),
    },
  ];
  return (
    <Panel>
      <dl className={styles.list}>
        {shown.map((one) => (
          <div key={one.key} className={styles.figure}>
            <dt className={styles.key}>{one.key}</dt>
            <dd className={styles.value}>{one.value}</dd>
            <dd className={styles.change}>{one.change}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
