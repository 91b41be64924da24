import { makeStyles, tokens } from '@fluentui/react-components';
import type { QuoteOnWire } from '../../contract/upgrades.ts';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { WAY_TEXT } from './ways.ts';

const useStyles = makeStyles({
  way: { margin: '8px 0 0', fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
});

/** Which way an upgrade on new commerce is, for how many seats, and the term that they have then. Nothing on the legacy platform. */
export function QuotedWay({ quote: { way, term, quantity } }: { quote: QuoteOnWire }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  if (way === 'replacement') return null;
  return (
    <p className={styles.way}>
      {say(WAY_TEXT[way])} · {say('common.licenses', { n: quantity })}
      {term && (
        <span className={styles.quiet}>
          {say(TERM_TEXT[term.termDuration])}, {say(BILLED_TEXT[term.billingCycle])} ·{' '}
          {say('term.until', { date: format.day(term.endsOn) })}
        </span>
      )}
      <span className={styles.quiet}>{say('confirm.warn')}</span>
    </p>
  );
}
