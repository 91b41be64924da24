import { makeStyles, tokens } from '@fluentui/react-components';
import { ReceiptRegular } from '@fluentui/react-icons';
import type { NextInvoiceOnWire } from '../../contract/customer-billing.ts';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useMay } from '../frame/useSession.ts';
import { PLATFORM_TEXT } from '../invoices/platform-text.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Section } from '../ui/Section.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { BILLING_TEXTS } from './billing-address.ts';
import { Rounding } from './Rounding.tsx';
import { isSoldOn, useUpcomingColumns } from './useLineColumns.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: '20px' },
  sums: { display: 'flex', flexWrap: 'wrap', columnGap: '40px', rowGap: '12px', margin: 0 },
  label: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  figure: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: '16px',
    margin: '10px 0 0',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
});

type Next = Value<'showNextInvoice'>;

/** What is on the open month so far, and what the calendar will add until its end if nothing changes. */
export function NextInvoiceView({ customerId }: { readonly customerId: string }) {
  const next = useAnswer('showNextInvoice', { params: { customerId } });
  return (
    <Answered query={next} texts={BILLING_TEXTS}>
      {(found) => <NextInvoice customerId={customerId} next={found} />}
    </Answered>
  );
}

function NextInvoice({ customerId, next }: { readonly customerId: string; readonly next: Next }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { periodStart, periodEnd, invoices, upcoming } = next;
  const columns = useUpcomingColumns(isSoldOn(upcoming));
  if (invoices.length === 0) {
    return (
      <Panel>
        <StateBlock
          icon={<ReceiptRegular />}
          title={say('billing.nextEmptyTitle')}
          body={say('billing.nextEmptyBody', { period: format.dayRange(periodStart, periodEnd) })}
        />
      </Panel>
    );
  }
  return (
    <div className={styles.page}>
      {invoices.map((invoice) => (
        <Sums key={invoice.invoiceNumber} customerId={customerId} invoice={invoice} next={next} />
      ))}
      <Section title={say('billing.upcoming')} hint={say('billing.upcomingHint', { day: format.day(periodEnd) })}>
        <Panel>
          {upcoming.length === 0 ? (
            <StateBlock
              icon={<ReceiptRegular />}
              title={say('billing.upcomingEmptyTitle')}
              body={say('billing.upcomingEmptyBody')}
            />
          ) : (
            <>
              <ListTable
                label={say('billing.upcoming')}
                columns={columns}
                rows={upcoming}
                idOf={(row) => `${row.bookedOn} ${row.subscription.subscriptionId} ${row.periodStart}`}
                nameOf={(row) => row.explained.what}
              />
              <TableFoot range={say('a11y.filtered', { n: upcoming.length })} />
            </>
          )}
          <Rounding lines={invoices} />
        </Panel>
      </Section>
    </div>
  );
}

type SumsProps = { readonly customerId: string; readonly invoice: NextInvoiceOnWire; readonly next: Next };

function Sums({ customerId, invoice, next: { periodStart, periodEnd } }: SumsProps) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { platform, credits, charges, soFar, expected, lines, invoiceNumber } = invoice;
  const isSold = isSoldOn([{ sold: soFar }, { sold: expected }]);
  const period = `${format.dayRange(periodStart, periodEnd)}, ${say(PLATFORM_TEXT[platform])}`;
  const figures = [
    [say('billing.sumCredits'), credits],
    [say('billing.sumCharges'), charges],
    [say('billing.sumNet'), soFar.cost],
    [say('billing.expectedNet'), expected.cost],
    ...(isSold
      ? ([
          [say('billing.expectedSell'), expected.sell],
          [say('billing.expectedGross'), expected.gross],
        ] as const)
      : []),
  ] as const;
  return (
    <Section title={say('billing.previewTitle', { period })}>
      <Panel padded>
        <dl className={styles.sums}>
          {figures.map(([label, amount]) => (
            <div key={label}>
              <dt className={styles.label}>{label}</dt>
              <dd className={styles.figure}>{format.money(amount)}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.foot}>
          {!isSold && <span>{say('wizard.exVat')}</span>}
          <InvoiceNumber number={invoiceNumber} exists={lines > 0} />
          <RouterLink to={`${paths.customerBilling(customerId)}?month=${periodStart}`}>
            {say('billing.linesSoFar', { n: lines })}
          </RouterLink>
        </p>
      </Panel>
    </Section>
  );
}

/** An invoice is there once it has a line. */
function InvoiceNumber({ number, exists }: { readonly number: string; readonly exists: boolean }) {
  const maySee = useMay('viewInvoices');
  return (
    <span translate="no">
      {maySee && exists ? <RouterLink to={paths.invoice(number)}>{number}</RouterLink> : number}
    </span>
  );
}
