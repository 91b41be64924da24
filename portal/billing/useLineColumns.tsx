import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, Warning16Regular } from '@fluentui/react-icons';
import type { CustomerChargeOnWire, UpcomingLineOnWire } from '../../contract/customer-billing.ts';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { shortNumber } from '../upgrades/short-number.ts';
import type { ShownCharge } from './join-acts.ts';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  act: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '8px', rowGap: '4px', padding: '2px 0' },
  amount: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', fontWeight: tokens.fontWeightSemibold },
  plain: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  how: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, textAlign: 'start' },
  ask: {
    width: 'max-content',
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

type Line = CustomerChargeOnWire | UpcomingLineOnWire;

/** What an amount is, for what and of how much; with the price for the customer where it is sold on at another one. */
function useAmountColumns<Row extends Line>(sold: boolean): readonly Column<Row>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'period',
      header: say('billing.colPeriod'),
      meta: { width: '15%' },
      cell: ({ row: { original } }) => format.dayRange(original.periodStart, original.periodEnd),
    },
    {
      id: 'unit',
      header: say('billing.colUnit'),
      meta: { align: 'end', width: '10%' },
      cell: ({ row: { original } }) => format.money({ amount: original.unitPrice, currency: original.amount.currency }),
    },
    {
      id: 'quantity',
      header: say('billing.colQty'),
      meta: { align: 'end', width: '7%' },
      cell: ({ row: { original } }) => format.number(original.quantity),
    },
    {
      id: 'amount',
      header: say('billing.colAmount'),
      meta: { align: 'end', width: '11%' },
      cell: ({ row: { original } }) => <span className={styles.amount}>{format.money(original.amount)}</span>,
    },
    ...(sold
      ? [
          {
            id: 'sold',
            header: say('invoices.colSell'),
            meta: { align: 'end', width: '13%' },
            cell: ({ row: { original } }) => (
              <span className={styles.plain}>
                {format.money(original.sold.sell)}
                <span className={styles.quiet}>
                  {say('billing.taxOf', { amount: format.money(original.sold.tax) })}
                </span>
              </span>
            ),
          } satisfies Column<Row>,
        ]
      : []),
  ];
}

/** The day on which a line is booked, and its invoice for those who may see it. */
export function useChargeColumns(sold: boolean): readonly Column<ShownCharge>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const amounts = useAmountColumns<ShownCharge>(sold);
  const maySeeInvoices = useMay('viewInvoices');
  return [
    {
      id: 'date',
      header: say('billing.colDate'),
      meta: { width: '12%' },
      cell: ({ row: { original } }) => (
        <>
          <time dateTime={original.bookedOn}>{format.day(original.bookedOn)}</time>
          <span className={styles.quiet} translate="no">
            {maySeeInvoices ? (
              <RouterLink to={paths.invoice(original.invoiceNumber)}>{original.invoiceNumber}</RouterLink>
            ) : (
              original.invoiceNumber
            )}
          </span>
        </>
      ),
    },
    {
      id: 'line',
      header: say('billing.colLine'),
      cell: ({ row: { original } }) => <What line={original} />,
    },
    ...amounts,
  ];
}

export function useUpcomingColumns(sold: boolean): readonly Column<UpcomingLineOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const amounts = useAmountColumns<UpcomingLineOnWire>(sold);
  return [
    {
      id: 'date',
      header: say('billing.colDate'),
      meta: { width: '12%' },
      cell: ({ row: { original } }) => <time dateTime={original.bookedOn}>{format.day(original.bookedOn)}</time>,
    },
    { id: 'line', header: say('billing.colLine'), cell: ({ row: { original } }) => <Said line={original} /> },
    ...amounts,
  ];
}

/** What it is and of what, and how it came about. */
function Said({ line: { explained, offerName, subscription } }: { readonly line: Line }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <>
      <span className={styles.name}>{say('billing.line', { what: explained.what, offer: offerName })}</span>
      {subscription.name !== offerName && <span className={styles.quiet}>{subscription.name}</span>}
      <details className={styles.how}>
        <summary className={styles.ask}>{say('invoices.how')}</summary>
        {explained.sentence}
      </details>
    </>
  );
}

/** The same, with the upgrade of which it is; said once for the lines that stand together. */
function What({ line }: { readonly line: ShownCharge }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <div>
      <Said line={line} />
      {line.beginsJoined && (
        <span className={styles.quiet}>
          {say(line.upgrade ? 'billing.joinedUpgrade' : 'billing.joinedAct', { n: line.joined })}
        </span>
      )}
      {line.endsAct && line.upgrade && <OfUpgrade line={line} upgrade={line.upgrade} />}
    </div>
  );
}

function OfUpgrade({
  line,
  upgrade: { upgradeId, difference },
}: {
  readonly line: ShownCharge;
  readonly upgrade: NonNullable<ShownCharge['upgrade']>;
}) {
  const styles = useStyles();
  return (
    <span className={styles.act}>
      <RouterLink to={paths.result(line.customerId, upgradeId)}>
        <span translate="no">{shortNumber(upgradeId)}</span>
      </RouterLink>
      {difference && <Difference of={difference} />}
    </span>
  );
}

/** Whether an upgrade was billed as it was approved, or by how much otherwise. */
export function Difference({ of, differs = isNot0(of) }: { readonly of: Money; readonly differs?: boolean }) {
  const { say } = useText();
  const format = useFormat();
  return differs ? (
    <StatusBadge tone="warning" icon={<Warning16Regular />}>
      {say('billing.differs', { diff: format.signedMoney(of) })}
    </StatusBadge>
  ) : (
    <StatusBadge tone="success" icon={<CheckmarkCircle16Regular />}>
      {say('billing.asPreviewed')}
    </StatusBadge>
  );
}

type Money = CustomerChargeOnWire['amount'];

function isNot0({ amount }: Money): boolean {
  return /[1-9]/.test(amount);
}

/** Whether anything is sold on at another price than it costs. */
export function isSoldOn(lines: readonly Pick<Line, 'sold'>[]): boolean {
  return lines.some(({ sold }) => sold.gross.amount !== sold.cost.amount);
}
