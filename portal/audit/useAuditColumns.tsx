import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, Warning16Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import type { AuditEntryOnWire } from '../../contract/audit.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';

const useStyles = makeStyles({
  who: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  address: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
});

export function useAuditColumns(): readonly Column<AuditEntryOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'time',
        header: say('audit.colTime'),
        meta: { width: '8%' },
        cell: ({ row: { original } }) => <time dateTime={original.at}>{format.time(original.at)}</time>,
      },
      {
        id: 'who',
        header: say('audit.colActor'),
        meta: { width: '19%' },
        cell: ({ row: { original } }) => <Who entry={original} />,
      },
      {
        id: 'what',
        header: say('audit.colAction'),
        meta: { width: '23%' },
        cell: ({ row: { original } }) => original.actionText,
      },
      {
        id: 'target',
        header: say('audit.colTarget'),
        cell: ({ row: { original } }) => <Target entry={original} />,
      },
      {
        id: 'outcome',
        header: say('audit.colOutcome'),
        meta: { width: '12%' },
        cell: ({ row: { original } }) => <Outcome entry={original} />,
      },
      {
        id: 'address',
        header: say('audit.colIp'),
        meta: { width: '12%' },
        cell: ({ row: { original } }) => <span className={styles.address}>{original.address ?? '–'}</span>,
      },
    ],
    [say, format, styles],
  );
}

function Who({ entry: { actor, client } }: { entry: AuditEntryOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const through = client && say('audit.api', { client: client.name });
  // An application that acts in its own name is its client.
  if (client && actor?.name === client.name) return <span className={styles.who}>{through}</span>;
  return (
    <>
      <span className={styles.who}>{actor?.name ?? say('audit.server')}</span>
      {through && <span className={styles.quiet}>{through}</span>}
    </>
  );
}

function Target({ entry: { customer, subject } }: { entry: AuditEntryOnWire }) {
  const styles = useStyles();
  const named = [subject.name, customer?.name].filter((one) => one !== null && one !== undefined);
  const [first, ...rest] = named.length > 0 ? named : [subject.id];
  return (
    <>
      {first}
      {rest.length > 0 && <span className={styles.quiet}>{rest.join(' · ')}</span>}
    </>
  );
}

export function Outcome({ entry: { outcome } }: { entry: AuditEntryOnWire }) {
  const { say } = useText();
  return outcome === 'done' ? (
    <StatusBadge tone="success" icon={<CheckmarkCircle16Regular />}>
      {say('audit.ok')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="warning" icon={<Warning16Regular />}>
      {say('audit.refused')}
    </StatusBadge>
  );
}
