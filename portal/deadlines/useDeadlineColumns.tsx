import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { DeadlineOnWire } from '../../contract/deadlines.ts';
import { paths } from '../paths.ts';
import { BILLED_TEXT, TERM_TEXT } from '../subscriptions/term-text.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { UsageBar } from '../ui/UsageBar.tsx';
import { CustomerCell } from '../customers/CustomerCell.tsx';

const SOON_DAYS = 14;
const SUNDAY = 7;

const useStyles = makeStyles({
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  soon: { color: tokens.colorStatusWarningForeground3, fontWeight: tokens.fontWeightSemibold },
  acts: { display: 'block' },
  amount: { fontVariantNumeric: 'tabular-nums' },
});

/** Until when what can be done, and what comes of itself. */
export function useDeadlineColumns(): readonly Column<DeadlineOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'customer',
        header: say('deadlines.colCustomer'),
        cell: ({ row: { original } }) => (
          <CustomerCell
            to={paths.subscriptions(original.customerId)}
            name={original.customerName}
            domain={original.domain}
          />
        ),
      },
      {
        id: 'subscription',
        header: say('deadlines.colSubscription'),
        meta: { width: '19%' },
        cell: ({ row: { original } }) => (
          <span>
            {original.friendlyName ?? original.offerName}
            <span className={styles.quiet}>
              {original.billingCycle === 'none'
                ? say('term.trialPlan')
                : [say(TERM_TEXT[original.termDuration]), say(BILLED_TEXT[original.billingCycle])].join(', ')}
            </span>
          </span>
        ),
      },
      {
        id: 'day',
        header: say('deadlines.colDay'),
        meta: { width: '13%' },
        cell: ({ row: { original } }) => <LastDay deadline={original} />,
      },
      {
        id: 'possible',
        header: say('deadlines.colPossible'),
        meta: { width: '25%' },
        cell: ({ row: { original } }) => (
          <span>
            {original.possible.map((act) => (
              <span key={act} className={styles.acts}>
                {act}
              </span>
            ))}
            <span className={styles.quiet}>{say('deadlines.otherwise', { what: original.otherwise })}</span>
          </span>
        ),
      },
      {
        id: 'seats',
        header: say('deadlines.colSeats'),
        meta: { width: '12%' },
        cell: ({ row: { original } }) => <Seats deadline={original} />,
      },
      {
        id: 'value',
        header: say('deadlines.colValue'),
        meta: { width: '11%', align: 'end' },
        cell: ({ row: { original } }) => <span className={styles.amount}>{format.money(original.value)}</span>,
      },
    ],
    [say, format, styles],
  );
}

function LastDay({ deadline: { day, daysLeft, kind, until } }: { deadline: DeadlineOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const weekday = format.weekday(new Date(day).getUTCDay() || SUNDAY);
  return (
    <span>
      <time dateTime={day}>{format.day(day)}</time>
      <span className={mergeClasses(styles.quiet, daysLeft <= SOON_DAYS && styles.soon)}>
        {say('deadlines.day', { weekday, left: say('common.daysLeft', { n: daysLeft }) })}
      </span>
      {kind === 'window' && !until.includes('T00:00:00Z') && (
        <span className={styles.quiet}>{say('deadlines.until', { moment: format.dayAndTime(until) })}</span>
      )}
    </span>
  );
}

function Seats({ deadline: { seats } }: { deadline: DeadlineOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <span>
      <UsageBar
        used={seats.assigned}
        total={seats.total}
        text={say('subs.usedOf', { used: seats.assigned, total: seats.total })}
      />
      {seats.unused > 0 && (
        <span className={mergeClasses(styles.quiet, styles.soon)}>{say('deadlines.unused', { n: seats.unused })}</span>
      )}
    </span>
  );
}
