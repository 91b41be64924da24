import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useParams } from 'react-router';
import { useAnswer, usePages, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { Section } from '../ui/Section.tsx';
import { INVOICE_TEXTS } from './InvoicesPage.tsx';
import { InvoiceStatus } from './InvoiceStatus.tsx';
import { PLATFORM_TEXT } from './platform-text.ts';
import { QuoteLines } from './QuoteLines.tsx';
import { useCustomerColumns, useLineColumns } from './useInvoiceColumns.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: '20px' },
  files: { display: 'flex', flexWrap: 'wrap', columnGap: '8px', rowGap: '8px' },
  differing: { margin: '4px 0 0', paddingInlineStart: '20px' },
});

type Shown = Value<'showInvoice'>;

/** One invoice: what it comes to for each customer, whether it is what was approved, and its lines. */
export function InvoicePage() {
  const { invoiceNumber = '' } = useParams();
  const { say } = useText();
  const styles = useStyles();
  const columns = useCustomerColumns();
  const invoice = useAnswer('showInvoice', { params: { invoiceNumber } });
  return (
    <Answered page query={invoice} texts={INVOICE_TEXTS}>
      {(shown) => (
        <>
          <Head invoice={shown} />
          <div className={styles.page}>
            <Checked invoice={shown} />
            <Section title={say('invoices.byCustomer')}>
              <Panel>
                <ListTable
                  label={say('invoices.byCustomer')}
                  columns={columns}
                  rows={shown.customers}
                  idOf={(row) => row.customer.customerId}
                  nameOf={(row) => row.customer.name ?? row.customer.customerId}
                />
              </Panel>
            </Section>
            <Section title={say('invoices.lines')}>
              <Lines invoiceNumber={shown.invoiceNumber} />
            </Section>
          </div>
        </>
      )}
    </Answered>
  );
}

function Head({ invoice }: { invoice: Shown }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { invoiceNumber, periodStart, periodEnd, platform, status, total, totals } = invoice;
  return (
    <PageHead
      crumbs={{
        label: say('app.breadcrumb'),
        way: [{ text: say('invoices.title'), to: paths.invoices }],
        here: invoiceNumber,
      }}
      title={`${format.dayRange(periodStart, periodEnd)}, ${say(PLATFORM_TEXT[platform])}`}
      facts={
        <>
          <InvoiceStatus status={status} />
          <span>{say('invoices.cost', { amount: format.money(total) })}</span>
          <span>{say('invoices.sell', { amount: format.money(totals.sell) })}</span>
          <span>{say('invoices.tax', { amount: format.money(totals.tax) })}</span>
        </>
      }
      action={
        <div className={styles.files}>
          <SaveFile name="printInvoice" call={{ params: { invoiceNumber } }} as="pdf" />
          <SaveFile name="listInvoiceLines" call={{ params: { invoiceNumber } }} />
        </div>
      }
    />
  );
}

/** Whether the lines are those of the closing, and whether upgrades were billed as their quotes told. */
function Checked({ invoice: { unchanged, quotes } }: { invoice: Shown }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <>
      {unchanged === false && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{say('invoices.changed')}</MessageBarBody>
        </MessageBar>
      )}
      {quotes.differing.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say('invoices.differing', { n: quotes.differing.length })}</MessageBarTitle>
            <ul className={styles.differing}>
              {quotes.differing.map(({ upgradeId, customer, missing, unexpected }) => (
                <li key={upgradeId}>
                  <RouterLink to={paths.result(customer.customerId, upgradeId)} inline>
                    {customer.name ?? customer.customerId}
                  </RouterLink>
                  <QuoteLines missing={missing} unexpected={unexpected} />
                </li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
      {quotes.compared > 0 && quotes.differing.length === 0 && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{say('invoices.asQuoted', { n: quotes.compared })}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

function Lines({ invoiceNumber }: { invoiceNumber: string }) {
  const { say } = useText();
  const columns = useLineColumns();
  const pages = usePages('listInvoiceLines', (cursor) => ({
    params: { invoiceNumber },
    query: cursor === undefined ? {} : { cursor },
  }));
  return (
    <Panel>
      <Answered query={pages} texts={INVOICE_TEXTS}>
        {({ pages: loaded }) => {
          const rows = loaded.flatMap((page) => page.items);
          return (
            <>
              <ListTable
                label={say('invoices.lines')}
                columns={columns}
                rows={rows}
                idOf={(row) => row.chargeId}
                nameOf={(row) => row.subscription.name}
              />
              <ListFoot rows={rows.length} pages={pages} />
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}
