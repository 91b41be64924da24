import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  ProgressBar,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { CheckmarkCircleRegular, SearchRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { CustomerOnWire } from '../../contract/customers.ts';
import type { LicenseIssueOnWire, UpgradeOnWire } from '../../contract/upgrades.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useMay } from '../frame/useSession.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterLink } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { filterIssues, type IssuesAddress } from './filter-issues.ts';
import { IssuesToolbar } from './IssuesToolbar.tsx';
import { NO_ROLE_ID, useIssueColumns } from './useIssueColumns.tsx';
import { ResolveDialog } from './ResolveDialog.tsx';
import { useResolve } from './useResolve.ts';

const ASKED_AGAIN_MS = 10_000;

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: '4px 16px',
    marginTop: '8px',
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  lead: { margin: '2px 0 0', color: tokens.colorNeutralForeground2 },
  bar: { width: '150px' },
  word: { marginBottom: '10px' },
});

type Props = { readonly customer: CustomerOnWire; readonly upgrade: UpgradeOnWire };

/** The accounts and services that still need a person: worked off one by one or together. */
export function Worklist({ customer, upgrade }: Props) {
  const { customerId } = customer;
  const { upgradeId, licenses } = upgrade;
  const { say } = useText();
  const styles = useStyles();
  const issues = useAnswer('listIssues', { params: { customerId, upgradeId } }, { every: ASKED_AGAIN_MS });
  return (
    <section aria-labelledby="worklist">
      <div className={styles.head}>
        <div>
          <h2 id="worklist" className={styles.title}>
            {say('result.worklist')}
          </h2>
          {licenses.openIssues > 0 && <p className={styles.lead}>{say('result.worklistLead')}</p>}
        </div>
        <RouterLink to={paths.help('reassigning-licenses')}>{say('result.help')}</RouterLink>
      </div>
      <Answered query={issues} texts={{ loading: 'state.loading', error: 'result.errorTitle' }}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <StateBlock
                icon={<CheckmarkCircleRegular />}
                title={say('result.emptyTitle')}
                body={say('result.emptyBody', { n: licenses.moved })}
              />
            </Panel>
          ) : (
            <Issues items={items} customer={customer} upgrade={upgrade} />
          )
        }
      </Answered>
    </section>
  );
}

/** What an act came to, and why this agent may not act. */
function Words({ word }: Pick<ReturnType<typeof useResolve>, 'word'>) {
  const styles = useStyles();
  return (
    <>
      {word && (
        <MessageBar
          intent={word.intent}
          politeness={word.intent === 'error' ? 'assertive' : 'polite'}
          className={styles.word}
        >
          <MessageBarBody>{word.text}</MessageBarBody>
        </MessageBar>
      )}
      <WhyNot id={NO_ROLE_ID} action="resolveIssues" lead="result.noRole" />
    </>
  );
}

function Issues({ items, customer, upgrade }: Props & { items: readonly LicenseIssueOnWire[] }) {
  const { say } = useText();
  const styles = useStyles();
  const opener = useRestoreFocusTarget();
  const address = useAddress<'filter' | 'problem' | 'service' | 'q'>();
  const [selected, select] = useState<Record<string, true>>({});
  const resolve = useResolve({ customer, upgradeId: upgrade.upgradeId, done: () => select({}) });
  const may = useMay('resolveIssues');
  const choice = useColumnChoice('worklist', useIssueColumns({ country: customer.country, resolve }));
  const rows = filterIssues(items, address);
  const chosen = rows.filter((one) => selected[one.userId] && one.status === 'open');
  const done = items.filter((one) => one.status !== 'open').length;
  const progress = say('result.progress', { done, total: items.length });
  return (
    <>
      <IssuesToolbar items={items} address={address} upgrade={upgrade}>
        {chosen.length > 0 && (
          <Button
            {...opener}
            appearance="primary"
            disabledFocusable={resolve.busy}
            onClick={() => resolve.many(chosen)}
          >
            {say('result.resolveSelected', { n: chosen.length })}
          </Button>
        )}
        <ColumnMenu label={say('common.columns')} choice={choice} />
      </IssuesToolbar>
      <Words word={resolve.word} />
      <Panel>
        {rows.length === 0 ? (
          <NoMatch address={address} />
        ) : (
          <ListTable<LicenseIssueOnWire>
            label={say('result.worklist')}
            columns={choice.shown}
            rows={rows}
            idOf={(row) => row.userId}
            nameOf={(row) => row.displayName}
            tone={(row) => (row.status === 'open' ? undefined : 'readOnly')}
            selection={
              may
                ? {
                    selected,
                    change: select,
                    of: (id) => rows.some((row) => row.userId === id && row.status === 'open'),
                    selectAll: say('common.selectAll'),
                    selectRow: (name) => say('result.selectRow', { name }),
                  }
                : undefined
            }
          />
        )}
        <TableFoot range={progress}>
          <ProgressBar className={styles.bar} value={done / items.length} aria-label={progress} />
        </TableFoot>
      </Panel>
      {resolve.question && (
        <ResolveDialog
          question={resolve.question}
          country={customer.country}
          answer={resolve.answer}
          close={resolve.cancel}
          busy={resolve.busy}
        />
      )}
    </>
  );
}

function NoMatch({ address }: { address: IssuesAddress }) {
  const { say } = useText();
  return (
    <StateBlock
      icon={<SearchRegular />}
      tone="neutral"
      title={say('customers.noMatchTitle')}
      body={say('result.noMatchBody')}
    >
      <Button onClick={() => address.set({ filter: undefined, problem: undefined, service: undefined, q: undefined })}>
        {say('common.clearFilters')}
      </Button>
    </StateBlock>
  );
}
