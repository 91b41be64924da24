import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, Clock16Regular, ErrorCircle16Regular } from '@fluentui/react-icons';
import type { DeliveryOnWire } from '../../contract/webhooks.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { StatusBadge, type Tone } from '../ui/StatusBadge.tsx';
import { AttemptText } from './WebhookBadge.tsx';

const useStyles = makeStyles({
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
});

export function useDeliveryColumns(open: (row: DeliveryOnWire) => void): readonly Column<DeliveryOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  return [
    {
      id: 'event',
      header: say('settings.deliveryEvent'),
      cell: ({ row: { original } }) => <EventCell delivery={original} open={() => open(original)} />,
    },
    {
      id: 'time',
      header: say('settings.deliveryTime'),
      meta: { width: '18%' },
      cell: ({ row: { original } }) => format.dayAndTime(original.happenedAt),
    },
    {
      id: 'state',
      header: say('settings.hookState'),
      meta: { width: '16%' },
      cell: ({ row: { original } }) => <DeliveryBadge state={original.state} />,
    },
    {
      id: 'last',
      header: say('settings.hookLast'),
      meta: { width: '24%' },
      cell: ({ row: { original } }) => <LastCell delivery={original} />,
    },
  ];
}

const BADGES: Readonly<Record<DeliveryOnWire['state'], { tone: Tone; text: TextKey; icon: React.ReactNode }>> = {
  delivered: { tone: 'success', text: 'settings.deliveryDelivered', icon: <CheckmarkCircle16Regular /> },
  pending: { tone: 'neutral', text: 'settings.deliveryPending', icon: <Clock16Regular /> },
  failed: { tone: 'danger', text: 'settings.deliveryFailed', icon: <ErrorCircle16Regular /> },
};

/** How far a delivery has come. */
export function DeliveryBadge({ state }: Pick<DeliveryOnWire, 'state'>) {
  const { say } = useText();
  const { tone, text, icon } = BADGES[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {say(text)}
    </StatusBadge>
  );
}

function EventCell({ delivery: { text, event }, open }: { delivery: DeliveryOnWire; open: () => void }) {
  const styles = useStyles();
  return (
    <>
      <Link as="button" onClick={open}>
        {text}
      </Link>
      <span className={styles.quiet}>{event}</span>
    </>
  );
}

function LastCell({ delivery: { attempts } }: { delivery: DeliveryOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const last = attempts.at(-1);
  if (!last) return say('settings.hookNothing');
  return (
    <span>
      <AttemptText attempt={last} />
      {attempts.length > 1 && (
        <span className={styles.quiet}>{say('settings.deliveryAttempts', { n: attempts.length })}</span>
      )}
    </span>
  );
}
