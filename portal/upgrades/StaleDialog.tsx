import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { RefusalOnWire } from '../../contract/refusals.ts';
import { ReasonBlock } from '../subscriptions/ReasonBlock.tsx';
import { useText } from '../text.ts';
import type { QuoteDifference } from './compare-quotes.ts';
import { shortNumber } from './short-number.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '10px' },
  table: { width: '100%', borderCollapse: 'collapse', fontVariantNumeric: 'tabular-nums' },
  cell: {
    padding: '8px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    textAlign: 'start',
    verticalAlign: 'top',
    fontWeight: 'inherit',
    ':last-child': { textAlign: 'end' },
    ':nth-child(2)': { textAlign: 'end' },
  },
  head: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  before: { color: tokens.colorNeutralForeground3 },
  after: { fontWeight: tokens.fontWeightSemibold },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

export type Stale = {
  readonly differences: readonly QuoteDifference[];
  readonly blockers: readonly RefusalOnWire[];
  readonly oldQuoteId: string;
  /** Absent while something stands in the way: there is nothing to take. */
  readonly newQuoteId: string | undefined;
};

/** Only what changed since the preview, before and now. Nothing was sent. */
export function StaleDialog({ stale, take, stop }: { stale: Stale; take: () => void; stop: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const { differences, blockers, oldQuoteId, newQuoteId } = stale;
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('stale.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <p>{say('stale.body')}</p>
            {differences.length > 0 && (
              <table className={styles.table}>
                <thead className={styles.head}>
                  <tr>
                    <td />
                    <th scope="col" className={styles.cell}>
                      {say('stale.before')}
                    </th>
                    <th scope="col" className={styles.cell}>
                      {say('stale.after')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {differences.map(({ what, before, after }) => (
                    <tr key={what}>
                      <th scope="row" className={styles.cell}>
                        {say(what)}
                      </th>
                      <td className={styles.cell}>
                        <del className={styles.before}>{before}</del>
                      </td>
                      <td className={styles.cell}>
                        <ins className={styles.after} style={{ textDecoration: 'none' }}>
                          {after}
                        </ins>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {blockers.length > 0 && <strong>{say('stale.whatBlocker')}</strong>}
            {blockers.map((reason, index) => (
              <ReasonBlock key={reason.name} number={index + 1} reason={reason} />
            ))}
            {newQuoteId && (
              <span className={styles.quiet}>
                {say('wizard.previewNo', { id: shortNumber(oldQuoteId) })} →{' '}
                {say('wizard.previewNo', { id: shortNumber(newQuoteId) })}
              </span>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={stop}>{say('stale.discard')}</Button>
            {newQuoteId && (
              <Button appearance="primary" onClick={take}>
                {say('stale.accept')}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
