import { makeStyles, tokens } from '@fluentui/react-components';
import { ReceiptRegular } from '@fluentui/react-icons';
import { useNavigate } from 'react-router';
import type { InvoiceOnWire } from '../../contract/invoices.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
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
      cell: ({ row: { original } }) => (
        <RouterLink to={paths.invoice(original.invoiceNumber)} className={styles.name} appearance="subtle">
          {format.dayRange(original.periodStart, original.periodEnd)}
        </RouterLink>
      ),
    },
    { id: 'number', header: say('invoices.colNumber'), cell: ({ row: { original } }) => original.invoiceNumber },
    {
      id: 'platform',
      header: say('invoices.colPlatform'),
      cell: ({ row: { original } }) => say(PLATFORM_TEXT[original.platform]),
    },
    {
      id: 'state',
      header: say('invoices.colState'),
      cell: ({ row: { original } }) => <InvoiceStatus status={original.status} />,
    },
    {
      id: 'lines',
      header: say('invoices.colLines'),
      meta: { align: 'end', width: '10%' },
      cell: ({ row: { original } }) => format.number(original.lines),
    },
    {
      id: 'total',
      header: say('invoices.colTotal'),
      meta: { align: 'end', width: '18%' },
      cell: ({ row: { original } }) => <span className={styles.amount}>{format.money(original.total)}</span>,
    },
  ];
}

/** What the partner is charged: an invoice for each month and platform. */
export function InvoicesPage() {
  const { say } = useText();
  const go = useNavigate();
  const columns = useColumns();
  const invoices = useAnswer('listInvoices', {});
  return (
    <>
      <PageHead title={say('invoices.title')} />
      <Panel>
        <Answered query={invoices} texts={INVOICE_TEXTS}>
          {({ items }) =>
            items.length === 0 ? (
              <StateBlock
                icon={<ReceiptRegular />}
                title={say('invoices.emptyTitle')}
                body={say('invoices.emptyBody')}
              />
            ) : (
              <ListTable
                label={say('invoices.title')}
                columns={columns}
                rows={items}
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
