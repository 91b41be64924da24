import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { DocumentSearchRegular } from '@fluentui/react-icons';
import type { BilledUpgradeOnWire } from '../../contract/customer-billing.ts';
import { usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { QuoteLines } from '../invoices/QuoteLines.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { shortNumber } from '../upgrades/short-number.ts';
import { BILLING_TEXTS } from './billing-address.ts';
import { Difference } from './useLineColumns.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  amount: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
});

const differs = ({ missing, unexpected }: BilledUpgradeOnWire) => missing.length > 0 || unexpected.length > 0;

function useColumns(customerId: string): readonly Column<BilledUpgradeOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'upgrade',
      header: say('billing.colUpgrade'),
      cell: ({ row: { original } }) => (
        <div>
          <RouterLink to={paths.result(customerId, original.upgradeId)} className={styles.name} appearance="subtle">
            {say('confirm.line', { from: original.sourceName, to: original.targetName })}
          </RouterLink>
          <div className={styles.quiet}>
            <span translate="no">{shortNumber(original.upgradeId)}</span>
            <QuoteLines {...original} />
          </div>
        </div>
      ),
    },
    {
      id: 'date',
      header: say('billing.colDate'),
      meta: { width: '13%' },
      cell: ({ row: { original } }) => format.dayAndTime(original.appliedAt),
    },
    {
      id: 'quoted',
      header: say('billing.colQuoted'),
      meta: { align: 'end', width: '14%' },
      cell: ({ row: { original } }) => <span className={styles.amount}>{format.money(original.quoted)}</span>,
    },
    {
      id: 'billed',
      header: say('billing.colBilled'),
      meta: { align: 'end', width: '14%' },
      cell: ({ row: { original } }) => <span className={styles.amount}>{format.money(original.billed)}</span>,
    },
    {
      id: 'difference',
      header: say('billing.colDifference'),
      meta: { width: '24%' },
      cell: ({ row: { original } }) => <Difference of={original.difference} differs={differs(original)} />,
    },
  ];
}

/** Whether each upgrade was billed as it was approved. */
export function ComparisonView({ customerId }: { readonly customerId: string }) {
  const { say } = useText();
  const columns = useColumns(customerId);
  const pages = usePages('listBilledUpgrades', (cursor) => ({
    params: { customerId },
    query: cursor === undefined ? {} : { cursor },
  }));
  return (
    <Answered query={pages} texts={BILLING_TEXTS}>
      {({ pages: loaded }) => {
        const rows = loaded.flatMap((page) => page.items);
        return (
          <>
            {rows.length > 0 && <Checked customerId={customerId} differing={rows.filter(differs).length} />}
            <Panel>
              {rows.length === 0 ? (
                <StateBlock
                  icon={<DocumentSearchRegular />}
                  title={say('billing.checkEmptyTitle')}
                  body={say('billing.checkEmptyBody')}
                />
              ) : (
                <>
                  <ListTable
                    label={say('billing.tabCheck')}
                    columns={columns}
                    rows={rows}
                    idOf={(row) => row.upgradeId}
                    nameOf={(row) => row.targetName}
                  />
                  <ListFoot rows={rows.length} pages={pages} />
                </>
              )}
            </Panel>
          </>
        );
      }}
    </Answered>
  );
}

function Checked({ customerId, differing }: { readonly customerId: string; readonly differing: number }) {
  const { say } = useText();
  return differing === 0 ? (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>{say('billing.allAsQuoted')}</MessageBarBody>
    </MessageBar>
  ) : (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('invoices.differing', { n: differing })}</MessageBarTitle>
        <p>{say('billing.differsHelp')}</p>
        <SaveFile name="listCustomerCharges" call={{ params: { customerId } }} />
      </MessageBarBody>
    </MessageBar>
  );
}
