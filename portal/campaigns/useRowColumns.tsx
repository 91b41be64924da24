import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { CampaignRowOnWire } from '../../contract/campaign-rows.ts';
import { paths } from '../paths.ts';
import { wayToClear } from '../subscriptions/ReasonBlock.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterButton, RouterLink } from '../ui/RouterLink.tsx';
import { Spoken } from '../ui/Spoken.tsx';
import { hasReasons, RowState } from './RowState.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
});

/** Where a row leads: to its result, or to what the customer has. */
export function pageOf({ customerId, upgradeId }: CampaignRowOnWire): string {
  return upgradeId === null ? paths.subscriptions(customerId) : paths.result(customerId, upgradeId);
}

type Given = {
  /** Whether rows are sent or were, and not only planned. */
  readonly runs: boolean;
  /** Absent where the plan cannot be changed. */
  readonly leaveOut: ((row: CampaignRowOnWire, out: boolean) => void) | undefined;
  readonly tell: (row: CampaignRowOnWire) => void;
};

/** Columns of the rows: what each comes to, how it stands, and the one act that fits. */
export function useRowColumns({ runs, leaveOut, tell }: Given): readonly Column<CampaignRowOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'customer',
        header: say('customers.colCustomer'),
        cell: ({ row: { original } }) => (
          <>
            <RouterLink to={pageOf(original)} className={styles.name} appearance="subtle">
              {original.customerName}
            </RouterLink>
            <span className={styles.quiet}>{original.friendlyName ?? original.source.name}</span>
          </>
        ),
      },
      {
        id: 'place',
        header: say('bulk.colRow'),
        meta: { align: 'end', width: '6%', narrow: 'hidden' },
        cell: ({ row: { original } }) => format.number(original.line ?? original.place),
      },
      {
        id: 'to',
        header: say('bulk.to'),
        meta: { width: '20%' },
        cell: ({ row: { original } }) => original.target.name,
      },
      {
        id: 'licenses',
        header: say('upgrades.colLicenses'),
        meta: { align: 'end', width: '8%' },
        cell: ({ row: { original } }) => format.number(original.licenses),
      },
      {
        id: 'net',
        header: say('upgrades.colNet'),
        meta: { align: 'end', width: '11%' },
        cell: ({ row: { original } }) => (original.money ? format.money(original.money.net) : '–'),
      },
      {
        id: 'work',
        header: say('bulk.colAccounts'),
        meta: { align: 'end', width: '8%' },
        cell: ({ row: { original } }) => (original.money ? format.number(original.work) : '–'),
      },
      {
        id: 'state',
        header: say(runs ? 'bulk.colProgress' : 'bulk.colEligibility'),
        meta: { width: '24%' },
        cell: ({ row: { original } }) => <RowState row={original} tell={() => tell(original)} />,
      },
      {
        id: 'act',
        header: say('bulk.colAct'),
        meta: { align: 'end', width: '17%' },
        cell: ({ row: { original } }) => <RowAct row={original} leaveOut={leaveOut} tell={tell} />,
      },
    ],
    [say, format, styles, runs, leaveOut, tell],
  );
}

/** What can be done about a row: left out or put back, or the first thing that clears what stands in its way. */
function RowAct({ row, leaveOut, tell }: Omit<Given, 'runs'> & { row: CampaignRowOnWire }) {
  const { say } = useText();
  const { state, customerId, customerName } = row;
  if (leaveOut && (state === 'eligible' || state === 'excluded')) {
    const out = state === 'eligible';
    const text = say(out ? 'bulk.leaveOut' : 'bulk.putBack');
    return (
      <Button
        size="small"
        appearance={out ? 'subtle' : 'secondary'}
        aria-label={`${text}: ${customerName}`}
        onClick={() => leaveOut(row, out)}
      >
        {text}
      </Button>
    );
  }
  if (!hasReasons(row)) return null;
  const reasons = row.outcome ? row.outcome.refusals : row.refusals;
  const way = reasons.map((reason) => wayToClear(reason, customerId)).find((one) => one !== undefined);
  return way ? (
    <RouterButton size="small" to={way.to}>
      {say(way.text)}
      <Spoken>: {customerName}</Spoken>
    </RouterButton>
  ) : (
    <Button size="small" aria-label={`${say('bulk.why')} ${customerName}`} onClick={() => tell(row)}>
      {say('bulk.why')}
    </Button>
  );
}
