import { makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { CustomerUpgradeOnWire } from '../../contract/upgrade-list.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { SCREEN } from '../ui/screen.ts';
import { shortNumber } from './short-number.ts';
import { DecideButtons } from './DecideButtons.tsx';
import { UpgradeState } from './UpgradeState.tsx';
import { WAY_TEXT } from './ways.ts';

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
  const styles = useStyles();
  const plain = usePlainColumns();
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
        id: 'number',
        header: say('upgrades.colNumber'),
        meta: { width: '9%' },
        cell: ({ row: { original } }) => <span translate="no">{shortNumber(original.upgradeId)}</span>,
      },
      {
        id: 'path',
        header: say('upgrades.colPath'),
        meta: { width: '20%' },
        cell: ({ row: { original } }) => (
          <span>
            {original.target.offerName}
            <span className={styles.quiet}>{say('upgrades.fromOffer', { offer: original.source.offerName })}</span>
          </span>
        ),
      },
      ...plain,
      {
        id: 'status',
        header: say('upgrades.colStatus'),
        meta: { width: '19%' },
        cell: ({ row: { original } }) => (
          <span className={styles.status}>
            <UpgradeState upgrade={original} />
            <DecideButtons upgrade={original} of={original.customerName} />
          </span>
        ),
      },
    ],
    [say, styles, plain],
  );
}

/** What is one value each. */
function usePlainColumns(): readonly Column<CustomerUpgradeOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'when',
        header: say('upgrades.colWhen'),
        meta: { width: '13%' },
        cell: ({ row: { original } }) => format.dayAndTime(original.submittedAt),
      },
      {
        id: 'by',
        header: say('upgrades.colBy'),
        meta: { width: '12%' },
        cell: ({ row: { original } }) => original.submittedBy,
      },
      {
        id: 'licenses',
        header: say('upgrades.colLicenses'),
        meta: { width: '8%', align: 'end' },
        cell: ({ row: { original } }) => format.number(original.quantity),
      },
      {
        id: 'net',
        header: say('upgrades.colNet'),
        meta: { width: '10%', align: 'end' },
        cell: ({ row: { original } }) => format.money(original.totals.net),
      },
      {
        id: 'way',
        header: say('compare.colWay'),
        meta: { width: '12%' },
        cell: ({ row: { original } }) => say(WAY_TEXT[original.way]),
      },
    ],
    [say, format],
  );
}
