import { makeStyles, tokens } from '@fluentui/react-components';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useText } from '../text.ts';
import { type Format, useFormat } from '../ui/format.ts';
import type { SubscriptionRow } from './rows.ts';
import { BILLED_TEXT, TERM_TEXT } from './term-text.ts';

const useStyles = makeStyles({
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
});

/** When a subscription renews or ends, how it is billed, what is scheduled, and what can be taken back until when. */
export function TermCell({ row }: { row: SubscriptionRow }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  if (row.kind === 'foreign') {
    const { termEndsOn } = row.foreign;
    return termEndsOn ? say('term.until', { date: format.day(termEndsOn) }) : '–';
  }
  const { own } = row;
  if (own.status === 'deleted') {
    return own.endedAt ? say('term.endsOn', { date: format.day(own.endedAt.slice(0, 10)) }) : null;
  }
  const notes = [termAndPlan(own, say), ...windows(own, say, format)];
  if (own.scheduledChange) {
    const { offerName: offer, quantity: n, ...planned } = own.scheduledChange;
    notes.push(`${say('term.scheduled', { offer, n })} · ${planOf(planned, say)}`);
  }
  return (
    <>
      {whatComes(own, say, format)}
      {notes.map((note) => (
        <span key={note} className={styles.quiet}>
          {note}
        </span>
      ))}
    </>
  );
}

type Say = ReturnType<typeof useText>['say'];

/** What happens by itself, and on which day. */
function whatComes(own: SubscriptionOnWire, say: Say, format: Format): string {
  const { status, statusUntil, autoRenew, termEndsOn, trial } = own;
  if (status === 'expired' && statusUntil) return say('term.disabledOn', { date: format.day(statusUntil) });
  if (status === 'disabled' && statusUntil) return say('term.deletedOn', { date: format.day(statusUntil) });
  if (!autoRenew) return say('term.endsOn', { date: format.day(termEndsOn) });
  const date = format.day(dayAfter(termEndsOn));
  return trial ? say('term.paidFrom', { date }) : say('term.renewsOn', { date });
}

function termAndPlan(own: SubscriptionOnWire, say: Say): string {
  const plan = own.trial ? say('term.trialPlan') : planOf(own, say);
  return own.autoRenew ? plan : `${plan} · ${say('term.autoRenewOff')}`;
}

/** The term of a subscription, and how it is billed. */
export function planOf(
  { termDuration, billingCycle }: Pick<SubscriptionOnWire, 'termDuration' | 'billingCycle'>,
  say: Say,
) {
  return `${say(TERM_TEXT[termDuration])}, ${say(BILLED_TEXT[billingCycle])}`;
}

/** What can be taken back, and until when; one sentence where all seats came with the purchase. */
function windows(own: SubscriptionOnWire, say: Say, format: Format): string[] {
  const { cancellableUntil, removableSeats, quantity } = own;
  const [first, ...others] = removableSeats;
  const allAtOnce = others.length === 0 && first?.quantity === quantity && first.until === cancellableUntil;
  const notes: string[] = [];
  if (cancellableUntil) {
    const date = format.dayAndTime(cancellableUntil);
    notes.push(say(allAtOnce ? 'term.takeBackUntil' : 'term.cancelUntil', { date }));
  }
  if (allAtOnce) return notes;
  return [
    ...notes,
    ...removableSeats.map((batch) =>
      say('term.removeUntil', { n: batch.quantity, date: format.dayAndTime(batch.until) }),
    ),
  ];
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
