import { makeStyles, tokens } from '@fluentui/react-components';
import { ReceiptRegular } from '@fluentui/react-icons';
import { useNavigate } from 'react-router';
import type { InvoiceOnWire } from '../../contract/invoices.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListTools } from '../frame/ListTools.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton, RouterLink } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { useSorted } from '../ui/useSorted.ts';
import { InvoiceStatus } from './InvoiceStatus.tsx';
import { PLATFORM_TEXT } from './platform-text.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  amount: { fontVariantNumeric: 'tabular-nums' },
});

function useColumns(): readonly Column<InvoiceOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'period',
      header: say('invoices.colPeriod'),
      file: {
        [say('invoices.colFrom')]: ({ periodStart }) => periodStart,
        [say('invoices.colUntil')]: ({ periodEnd }) => periodEnd,
      },
      cell: ({ row: { original } }) => (
        <RouterLink to={paths.invoice(original.invoiceNumber)} className={styles.name} appearance="subtle">
          {format.dayRange(original.periodStart, original.periodEnd)}
        </RouterLink>
      ),
    },
    {
      id: 'number',
      header: say('invoices.colNumber'),
      file: { [say('invoices.colNumber')]: ({ invoiceNumber }) => invoiceNumber },
      cell: ({ row: { original } }) => original.invoiceNumber,
    },
    {
      id: 'platform',
      header: say('invoices.colPlatform'),
      file: { [say('invoices.colPlatform')]: ({ platform }) => say(PLATFORM_TEXT[platform]) },
      cell: ({ row: { original } }) => say(PLATFORM_TEXT[original.platform]),
    },
    {
      id: 'state',
      header: say('invoices.colState'),
      file: {
        [say('invoices.colState')]: ({ status }) => say(status === 'open' ? 'invoices.open' : 'invoices.closed'),
      },
      cell: ({ row: { original } }) => <InvoiceStatus status={original.status} />,
    },
    {
      id: 'lines',
      header: say('invoices.colLines'),
      meta: { align: 'end', width: '10%' },
      file: { [say('invoices.colLines')]: ({ lines }) => ({ decimal: String(lines) }) },
      cell: ({ row: { original } }) => format.number(original.lines),
    },
    {
      id: 'total',
      header: say('invoices.colTotal'),
      meta: { align: 'end', width: '18%' },
      file: {
        [say('invoices.colTotal')]: ({ total }) => ({ decimal: total.amount }),
        [say('cat.currency')]: ({ total }) => total.currency,
      },
      cell: ({ row: { original } }) => <span className={styles.amount}>{format.money(original.total)}</span>,
    },
  ];
}

/** What the partner is charged: an invoice for each month and platform. */
export function InvoicesPage() {
  const { say } = useText();
  const go = useNavigate();
  const choice = useColumnChoice('invoices', useColumns());
  const invoices = useAnswer('listInvoices', {});
  const sorted = useSorted(invoices.data?.items ?? [], choice.shown);
  const mayImport = useMay('importPrices');
  return (
    <>
      <PageHead
        title={say('invoices.title')}
        action={
          sorted.rows.length > 0 && (
            <>
              {mayImport && (
                <RouterButton appearance="subtle" to={paths.imports}>
                  {say('imp.openBills')}
                </RouterButton>
              )}
              <ListTools name="invoices" choice={choice} rows={sorted.rows} />
            </>
          )
        }
      />
      <Panel>
        <Answered query={invoices} texts={INVOICE_TEXTS}>
          {() =>
            sorted.rows.length === 0 ? (
              <StateBlock
                icon={<ReceiptRegular />}
                title={say('invoices.emptyTitle')}
                body={say('invoices.emptyBody')}
              />
            ) : (
              <ListTable
                label={say('invoices.title')}
                columns={choice.shown}
                {...sorted}
                idOf={(row) => row.invoiceNumber}
                nameOf={(row) => row.invoiceNumber}
                open={(row) => void go(paths.invoice(row.invoiceNumber))}
              />
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

export const INVOICE_TEXTS = {
  loading: 'invoices.loading',
  error: 'invoices.errorTitle',
  noPermission: 'invoices.noPermTitle',
  notFound: 'invoices.notFoundTitle',
} as const;
