import { makeStyles, tokens } from '@fluentui/react-components';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', fontVariantNumeric: 'tabular-nums' },
  cell: {
    padding: '8px 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    textAlign: 'start',
    verticalAlign: 'top',
    fontWeight: 'inherit',
    overflowWrap: 'anywhere',
  },
  head: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  before: { color: tokens.colorNeutralForeground3 },
  after: { fontWeight: tokens.fontWeightSemibold, textDecorationLine: 'none' },
  note: { margin: 0, padding: '12px 16px' },
});

type Given = NonNullable<UpgradeOnWire['returned']>;
type Point = Given['differences'][number]['point'];

const POINT_TEXT: Readonly<Record<Exclude<Point, 'lines'>, TextKey>> = {
  quantity: 'stale.whatLicenses',
  unitPrice: 'stale.whatPrice',
  credit: 'stale.whatCredit',
  charge: 'stale.whatCharge',
  net: 'stale.whatNet',
  users: 'stale.whatAccounts',
  usersNotMoving: 'stale.whatWork',
};
const AMOUNTS: ReadonlySet<Point> = new Set(['unitPrice', 'credit', 'charge', 'net']);

/** What differs from what was shown: before, and now. */
export function Differences({ differences, currency }: { differences: Given['differences']; currency: string }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const write = (point: Point, texts: readonly string[]) =>
    texts.map((text) => (AMOUNTS.has(point) ? format.money({ amount: text, currency }) : text)).join(', ') || '–';
  const shown = differences.flatMap((one) => (one.point === 'lines' ? [] : [{ ...one, point: one.point }]));
  if (shown.length === 0) return <p className={styles.note}>{say('result.linesDiffer')}</p>;
  return (
    <table className={styles.table}>
      <thead className={styles.head}>
        <tr>
          <td className={styles.cell} />
          <th scope="col" className={styles.cell}>
            {say('stale.before')}
          </th>
          <th scope="col" className={styles.cell}>
            {say('stale.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ point, before, after }) => (
          <tr key={point}>
            <th scope="row" className={styles.cell}>
              {say(POINT_TEXT[point])}
            </th>
            <td className={styles.cell}>
              <del className={styles.before}>{write(point, before)}</del>
            </td>
            <td className={styles.cell}>
              <ins className={styles.after}>{write(point, after)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
