import { makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { CustomerUpgradeOnWire } from '../../contract/approvals.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { SCREEN } from '../ui/screen.ts';
import { DecideButtons } from './DecideButtons.tsx';
import { UpgradeState } from './UpgradeState.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  status: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: '6px',
    padding: '4px 0',
    [SCREEN.belowTable]: { alignItems: 'flex-end' },
  },
});

/** Columns of the list across customers; where a second person is asked, the status column takes the answer. */
export function useUpgradeColumns(): readonly Column<CustomerUpgradeOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'customer',
        header: say('upgrades.colCustomer'),
        cell: ({ row: { original } }) => (
          <RouterLink
            to={paths.result(original.customerId, original.upgradeId)}
            className={styles.name}
            appearance="subtle"
          >
            {original.customerName}
          </RouterLink>
        ),
      },
      {
        id: 'path',
        header: say('upgrades.colPath'),
        meta: { width: '22%' },
        cell: ({ row: { original } }) => (
          <span>
            {original.target.offerName}
            <span className={styles.quiet}>{say('upgrades.fromOffer', { offer: original.source.offerName })}</span>
          </span>
        ),
      },
      {
        id: 'when',
        header: say('upgrades.colWhen'),
        meta: { width: '14%' },
        cell: ({ row: { original } }) => (
          <span>
            {format.dayAndTime(original.submittedAt)}
            <span className={styles.quiet}>{original.submittedBy}</span>
          </span>
        ),
      },
      {
        id: 'licenses',
        header: say('upgrades.colLicenses'),
        meta: { width: '9%', align: 'end' },
        cell: ({ row: { original } }) => format.number(original.quantity),
      },
      {
        id: 'net',
        header: say('upgrades.colNet'),
        meta: { width: '11%', align: 'end' },
        cell: ({ row: { original } }) => format.money(original.totals.net),
      },
      {
        id: 'status',
        header: say('upgrades.colStatus'),
        meta: { width: '22%' },
        cell: ({ row: { original } }) => (
          <span className={styles.status}>
            <UpgradeState upgrade={original} />
            <DecideButtons upgrade={original} of={original.customerName} />
          </span>
        ),
      },
    ],
    [say, format, styles],
  );
}
