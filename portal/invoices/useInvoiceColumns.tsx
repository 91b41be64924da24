import { makeStyles, tokens } from '@fluentui/react-components';
import type { InvoiceLineOnWire } from '../../contract/invoices.ts';
import type { Value } from '../api/query.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  amount: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  how: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  ask: {
    width: 'max-content',
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

type CustomerTotal = Value<'showInvoice'>['customers'][number];
type Money = CustomerTotal['cost'];

function Amount({ of }: { of: Money }) {
  const format = useFormat();
  return <span className={useStyles().amount}>{format.money(of)}</span>;
}

/** What an invoice comes to for each customer: cost, sell price and tax apart. */
export function useCustomerColumns(): readonly Column<CustomerTotal>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const hint = ({ marginBasisPoints, vatBasisPoints }: CustomerTotal) =>
    say('invoices.rates', { margin: format.percent(marginBasisPoints), vat: format.percent(vatBasisPoints) });
  const amount = (id: 'cost' | 'sell' | 'tax' | 'gross', header: string): Column<CustomerTotal> => ({
    id,
    header,
    meta: { align: 'end', width: '16%' },
    cell: ({ row: { original } }) => <Amount of={original[id]} />,
  });
  return [
    {
      id: 'customer',
      header: say('invoices.colCustomer'),
      cell: ({ row: { original } }) => (
        <div>
          <span className={styles.name}>{original.customer.name ?? say('invoices.formerCustomer')}</span>
          <span className={styles.quiet}>{hint(original)}</span>
        </div>
      ),
    },
    amount('cost', say('invoices.colCost')),
    amount('sell', say('invoices.colSell')),
    amount('tax', say('invoices.colTax')),
    amount('gross', say('invoices.colGross')),
  ];
}

/** The lines, each with how it came about. */
export function useLineColumns(): readonly Column<InvoiceLineOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'what',
      header: say('invoices.colWhat'),
      cell: ({ row: { original } }) => (
        <div>
          <span className={styles.name}>{original.customer.name ?? say('invoices.formerCustomer')}</span>
          <span className={styles.quiet}>{original.subscription.offerName}</span>
        </div>
      ),
    },
    {
      id: 'type',
      header: say('invoices.colType'),
      meta: { width: '34%' },
      cell: ({ row: { original } }) => (
        <div>
          <span translate="no">{original.chargeType}</span>
          <details className={styles.how}>
            <summary className={styles.ask}>{say('invoices.how')}</summary>
            {original.explained.sentence}
          </details>
        </div>
      ),
    },
    {
      id: 'period',
      header: say('invoices.colPeriod'),
      meta: { width: '20%' },
      cell: ({ row: { original } }) => format.dayRange(original.periodStart, original.periodEnd),
    },
    {
      id: 'amount',
      header: say('invoices.colAmount'),
      meta: { align: 'end', width: '14%' },
      cell: ({ row: { original } }) => <Amount of={original.amount} />,
    },
  ];
}
