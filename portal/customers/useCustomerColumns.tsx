import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { CustomerOnWire } from '../../contract/customers.ts';
import { useToday } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { UsageBar } from '../ui/UsageBar.tsx';
import { PrivilegesBadge } from './PrivilegesBadge.tsx';
import { CustomerCell } from './CustomerCell.tsx';

const SOON_DAYS = 14;
const FAR_DAYS = 90;
const DAY_MS = 86_400_000;

const useStyles = makeStyles({
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  soon: { color: tokens.colorStatusWarningForeground3, fontWeight: tokens.fontWeightSemibold },
  count: { fontWeight: tokens.fontWeightSemibold },
});

/** A customer: what can be upgraded there, until when, and what wants attention. */
export function useCustomerColumns(): readonly Column<CustomerOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'customer',
        header: say('customers.colCustomer'),
        cell: ({ row: { original } }) => (
          <CustomerCell to={paths.subscriptions(original.customerId)} name={original.name} domain={original.domain} />
        ),
      },
      {
        id: 'upgradable',
        header: say('customers.colUpgradable'),
        meta: { align: 'end', width: '12%' },
        cell: ({ row: { original } }) => (
          <span
            className={mergeClasses(original.upgradableCount > 0 && styles.count)}
            title={say('customers.upgradableAria', { n: original.upgradableCount })}
          >
            {say('customers.upgradableCell', { n: original.upgradableCount })}
          </span>
        ),
      },
      {
        id: 'subscriptions',
        header: say('customers.colSubscriptions'),
        meta: { align: 'end', width: '10%', narrow: 'hidden' },
        cell: ({ row: { original } }) => format.number(original.subscriptionCount),
      },
      {
        id: 'licenses',
        header: say('customers.colLicenses'),
        meta: { width: '14%' },
        cell: ({ row: { original } }) => {
          const { assigned: used, total } = original.licenses;
          return <UsageBar used={used} total={total} text={say('subs.usedOf', { used, total })} />;
        },
      },
      {
        id: 'deadline',
        header: say('customers.colDeadline'),
        meta: { width: '14%' },
        cell: ({ row: { original } }) => <Deadline day={original.nextDeadline} />,
      },
      {
        id: 'privileges',
        header: say('customers.colPrivileges'),
        meta: { width: '15%' },
        cell: ({ row: { original } }) => (
          <PrivilegesBadge privileges={original.privileges} warning={original.privilegesWarning} />
        ),
      },
      {
        id: 'attention',
        header: say('customers.colAttention'),
        meta: { width: '15%' },
        cell: ({ row: { original } }) => <Attention customer={original} />,
      },
    ],
    [say, format, styles],
  );
}

function Deadline({ day }: { day: string | null }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const today = useToday();
  if (!today) return null;
  const days = day === null ? Infinity : Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
  if (day === null || days > FAR_DAYS) return <span className={styles.quiet}>{say('customers.deadlineNone')}</span>;
  return (
    <span>
      <time dateTime={day}>{format.day(day)}</time>
      <span className={mergeClasses(styles.quiet, days <= SOON_DAYS && styles.soon)}>
        {say('common.daysLeft', { n: days })}
      </span>
    </span>
  );
}

function Attention({ customer: { customerId, openWork, suspendedCount } }: { customer: CustomerOnWire }) {
  const { say } = useText();
  if (openWork) {
    return (
      <RouterLink to={paths.result(customerId, openWork.upgradeId)}>
        {say('customers.attOpenWork', { n: openWork.issues })}
      </RouterLink>
    );
  }
  return suspendedCount > 0 ? say('customers.attSuspended') : '–';
}
