import { makeStyles, mergeClasses, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ChevronRight16Regular, CheckmarkCircle20Filled, Clock20Regular } from '@fluentui/react-icons';
import { useParams } from 'react-router';
import type { CustomerOnWire } from '../../contract/customers.ts';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { useAnswer } from '../api/query.ts';
import { CUSTOMER_TEXTS } from '../customers/CustomerPage.tsx';
import { Answered } from '../frame/Answered.tsx';
import { OverlapSection } from '../licenses/OverlapSection.tsx';
import { type HelpPage, paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { SCREEN } from '../ui/screen.ts';
import { NotApplied } from './NotApplied.tsx';
import { shortNumber } from './short-number.ts';
import { WAY_TEXT } from './ways.ts';
import { Worklist } from './Worklist.tsx';

/** What a colleague settles is seen after this long at the latest. */
const ASKED_AGAIN_MS = 10_000;

const useStyles = makeStyles({
  steps: {
    listStyleType: 'none',
    margin: 0,
    padding: '14px 20px',
    display: 'grid',
    gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
    gap: '12px',
    [SCREEN.belowTable]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  step: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: '8px' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  open: { color: tokens.colorBrandForeground1 },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  title: {
    margin: '8px 0 0',
    fontSize: tokens.fontSizeBase400,
    lineHeight: '22px',
    fontWeight: tokens.fontWeightSemibold,
  },
  cards: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    gap: '12px',
    [SCREEN.belowTable]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  card: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: '12px',
    height: '100%',
    boxSizing: 'border-box',
    padding: '12px 16px',
  },
  cardLink: { fontWeight: tokens.fontWeightSemibold },
});

/** What an upgrade came to, and the accounts and services that still need a person. */
export function ResultPage() {
  const { customerId = '', upgradeId = '' } = useParams();
  const customer = useAnswer('showCustomer', { params: { customerId } });
  const upgrade = useAnswer('showUpgrade', { params: { customerId, upgradeId } }, { every: ASKED_AGAIN_MS });
  return (
    <Answered page query={customer} texts={CUSTOMER_TEXTS}>
      {(shown) => (
        <Answered
          page
          query={upgrade}
          texts={{ loading: 'upgrades.loading', error: 'upgrades.errorTitle', notFound: 'result.notFoundTitle' }}
        >
          {(done) => <Result customer={shown} upgrade={done} />}
        </Answered>
      )}
    </Answered>
  );
}

function Result({ customer, upgrade }: { customer: CustomerOnWire; upgrade: UpgradeOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const { customerId, name } = customer;
  const { source, target, quantity, totals, licenses, submittedBy, submittedAt } = upgrade;
  const atRenewal = upgrade.way === 'renewal';
  const open = licenses.openIssues;
  const applied = upgrade.state === 'applied';
  return (
    <>
      <PageHead
        crumbs={{
          label: say('app.breadcrumb'),
          way: [
            { text: say('customers.title'), to: paths.customers },
            { text: name, to: paths.subscriptions(customerId) },
            { text: say('customer.tabHistory'), to: paths.history(customerId) },
          ],
          here: shortNumber(upgrade.upgradeId),
        }}
        title={say('confirm.line', { from: source.offerName, to: target.offerName })}
        facts={
          <>
            <RouterLink to={paths.subscriptions(customerId)}>{name}</RouterLink>
            {upgrade.way !== 'replacement' && <span>{say(WAY_TEXT[upgrade.way])}</span>}
            <span>{say('common.licenses', { n: quantity })}</span>
            <span>
              {say(applied && !atRenewal ? 'result.factCost' : 'result.factShown', {
                amount: format.money(totals.net),
              })}
            </span>
            <span>
              {submittedBy !== null && `${submittedBy}, `}
              <time dateTime={submittedAt}>{format.dayAndTime(submittedAt)}</time>
            </span>
          </>
        }
      />
      {applied ? (
        <>
          <MessageBar intent={open > 0 ? 'info' : 'success'}>
            <MessageBarBody>
              {open > 0
                ? say('result.doneWork', { n: open })
                : say(atRenewal ? 'result.doneRenewal' : 'result.doneAll')}
            </MessageBarBody>
          </MessageBar>
          <Panel>
            <Steps upgrade={upgrade} />
          </Panel>
          <Worklist customer={customer} upgrade={upgrade} />
          <OverlapSection customerId={customerId} />
          <NextSteps />
        </>
      ) : (
        <NotApplied upgrade={upgrade} />
      )}
    </>
  );
}

function Steps({ upgrade }: { upgrade: UpgradeOnWire }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const { submittedAt, appliedAt, licenses, totals } = upgrade;
  const atRenewal = upgrade.way === 'renewal';
  // Between the plan and the renewal are days; all else is done in one moment.
  const timeOf = (at: string) => (atRenewal ? format.dayAndTime(at) : format.time(at));
  const all = licenses.moved + licenses.openIssues + licenses.settledIssues;
  const steps: readonly { readonly text: TextKey; readonly hint: string; readonly done: boolean }[] = [
    { text: atRenewal ? 'result.stagePlanned' : 'result.stageSubmitted', hint: timeOf(submittedAt), done: true },
    { text: 'result.stageConverted', hint: timeOf(appliedAt ?? submittedAt), done: true },
    {
      text: 'result.stageLicenses',
      hint: `${format.number(licenses.moved)} / ${format.number(all)}`,
      done: licenses.openIssues === 0,
    },
    {
      text: 'result.stageBilling',
      hint: `${format.money(totals.credit)} · ${format.money(totals.charge)}`,
      done: true,
    },
  ];
  return (
    <ol className={styles.steps} aria-live="polite">
      {steps.map(({ text, hint, done }) => (
        <li key={text} className={styles.step}>
          <span className={done ? styles.done : styles.open}>
            {done ? <CheckmarkCircle20Filled /> : <Clock20Regular />}
          </span>
          <span>
            <span className={styles.name}>{say(text)}</span>
            <span className={styles.quiet}>{hint}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

const NEXT: readonly { readonly page: HelpPage; readonly text: TextKey; readonly hint: TextKey }[] = [
  { page: 'switching-plans', text: 'result.next1', hint: 'result.next1Hint' },
  { page: 'requesting-privileges', text: 'result.next2', hint: 'result.next2Hint' },
  { page: 'billing-scenarios', text: 'result.next3', hint: 'result.next3Hint' },
];

/** The three ways on that the program names at the end of the flow (R14). */
function NextSteps() {
  const styles = useStyles();
  const { say } = useText();
  return (
    <section aria-labelledby="next-steps">
      <h2 id="next-steps" className={mergeClasses(styles.title)}>
        {say('result.nextSteps')}
      </h2>
      <ul className={styles.cards}>
        {NEXT.map(({ page, text, hint }) => (
          <li key={page}>
            <Panel className={styles.card}>
              <span>
                <RouterLink to={paths.help(page)} className={styles.cardLink}>
                  {say(text)}
                </RouterLink>
                <span className={styles.quiet}>{say(hint)}</span>
              </span>
              <ChevronRight16Regular aria-hidden />
            </Panel>
          </li>
        ))}
      </ul>
    </section>
  );
}
