import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { CustomerProductOnWire } from '../../contract/license-list.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { CustomerCell } from '../customers/CustomerCell.tsx';

const SOON_DAYS = 14;

const useStyles = makeStyles({
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  soon: { color: tokens.colorStatusWarningForeground3, fontWeight: tokens.fontWeightSemibold },
  some: { fontWeight: tokens.fontWeightSemibold },
  amount: { fontVariantNumeric: 'tabular-nums' },
});

/** A product of a customer: how many licenses there are, how many nobody uses, and until when fewer are possible. */
export function useLicenseColumns(): readonly Column<CustomerProductOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'customer',
        header: say('allLicenses.colCustomer'),
        cell: ({ row: { original } }) => (
          <CustomerCell to={paths.users(original.customerId)} name={original.customerName} domain={original.domain} />
        ),
      },
      {
        id: 'product',
        header: say('allLicenses.colProduct'),
        meta: { width: '21%' },
        cell: ({ row: { original } }) => original.productName,
      },
      {
        id: 'seats',
        header: say('allLicenses.colSeats'),
        meta: { width: '8%', align: 'end' },
        cell: ({ row: { original } }) => format.number(original.seats),
      },
      {
        id: 'assigned',
        header: say('allLicenses.colAssigned'),
        meta: { width: '8%', align: 'end' },
        cell: ({ row: { original } }) => format.number(original.assigned),
      },
      {
        id: 'unused',
        header: say('allLicenses.colUnused'),
        meta: { width: '12%', align: 'end' },
        cell: ({ row: { original } }) => (
          <span className={mergeClasses(original.unused > 0 && styles.some)}>{format.number(original.unused)}</span>
        ),
      },
      {
        id: 'cost',
        header: say('allLicenses.colCost'),
        meta: { width: '11%', align: 'end' },
        cell: ({ row: { original } }) => (
          <span className={styles.amount}>{original.unusedCost ? format.money(original.unusedCost) : '–'}</span>
        ),
      },
      {
        id: 'deadline',
        header: say('allLicenses.colDeadline'),
        meta: { width: '11%' },
        cell: ({ row: { original } }) => <LastDay deadline={original.deadline} />,
      },
      {
        id: 'issues',
        header: say('allLicenses.colIssues'),
        meta: { width: '10%' },
        cell: ({ row: { original } }) => <OpenWork product={original} />,
      },
    ],
    [say, format, styles],
  );
}

function LastDay({ deadline }: Pick<CustomerProductOnWire, 'deadline'>) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  if (!deadline) return '–';
  const { day, daysLeft } = deadline;
  return (
    <span>
      <time dateTime={day}>{format.day(day)}</time>
      <span className={mergeClasses(styles.quiet, daysLeft <= SOON_DAYS && styles.soon)}>
        {say('common.daysLeft', { n: daysLeft })}
      </span>
    </span>
  );
}

function OpenWork({ product: { customerId, openWork } }: { readonly product: CustomerProductOnWire }) {
  const { say } = useText();
  if (!openWork) return '–';
  return (
    <RouterLink to={paths.result(customerId, openWork.upgradeId)}>
      {say('customers.attOpenWork', { n: openWork.issues })}
    </RouterLink>
  );
}
