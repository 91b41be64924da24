import { Button, makeStyles } from '@fluentui/react-components';
import { BoxRegular, SearchRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { useParams } from 'react-router';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { type TextKey, useText } from '../text.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useKeys } from '../ui/useKeys.ts';
import { type SubscriptionRow, toRows } from './rows.ts';
import { SeatsDialog } from './SeatsDialog.tsx';
import { useColumns } from './useColumns.tsx';
import { useUpgradeCards } from './upgrade-card.ts';
import { WhyNotPanel } from './WhyNotPanel.tsx';

/** A colleague’s upgrade is seen after this long at the latest. */
const ASKED_AGAIN_MS = 10_000;

const useStyles = makeStyles({ summary: { whiteSpace: 'nowrap' } });

type Address = ReturnType<typeof useAddress<'q' | 'filter' | 'ended' | 'why'>>;

function SubscriptionsToolbar({ address, found }: { address: Address; found: Value<'listSubscriptions'> | undefined }) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const summary = found && {
    up: found.items.filter((one) => one.upgradability.upgradable).length,
    n: found.items.filter((one) => one.status !== 'deleted').length + found.elsewhere.length,
  };
  const chip = (text: TextKey, key: 'filter' | 'ended', value: string) => (
    <FilterChip
      text={say(text)}
      on={address.get(key) === value}
      change={(on) => address.set({ [key]: on ? value : undefined })}
    />
  );
  return (
    <Toolbar end={summary && <span className={styles.summary}>{say('subs.summary', summary)}</span>}>
      <ListSearch
        label={say('common.search')}
        value={address.get('q') ?? ''}
        change={(q) => address.set({ q })}
        field={search}
      />
      {chip('subs.filterUpgradable', 'filter', 'upgradable')}
      {chip('subs.filterOwn', 'filter', 'own')}
      {chip('subs.filterInactive', 'ended', '1')}
    </Toolbar>
  );
}

/** A customer’s subscriptions: which can be upgraded, why the others cannot, and what other channels sold. */
export function SubscriptionsPage() {
  const { customerId = '' } = useParams();
  const address = useAddress<'q' | 'filter' | 'ended' | 'why'>();
  const listed = useAnswer('listSubscriptions', { params: { customerId } }, { every: ASKED_AGAIN_MS });
  const [seatsOf, changeSeatsOf] = useState<SubscriptionOnWire>();
  const why = address.get('why');
  return (
    <>
      <SubscriptionsToolbar address={address} found={listed.data} />
      <Panel>
        <Answered query={listed} texts={TEXTS}>
          {(found) => (
            <>
              <SubscriptionsTable customerId={customerId} found={found} address={address} changeSeats={changeSeatsOf} />
              {why && (
                <WhyNotPanel
                  customerId={customerId}
                  subscription={found.items.find((one) => one.subscriptionId === why)}
                  subscriptions={found.items}
                  changeSeats={changeSeatsOf}
                  close={() => address.set({ why: undefined })}
                />
              )}
            </>
          )}
        </Answered>
      </Panel>
      {seatsOf && <SeatsDialog customerId={customerId} subscription={seatsOf} close={() => changeSeatsOf(undefined)} />}
    </>
  );
}

const TEXTS = { loading: 'subs.loading', error: 'subs.errorTitle', noPermission: 'customers.noPermTitle' } as const;

type TableProps = {
  readonly customerId: string;
  readonly found: Value<'listSubscriptions'>;
  readonly address: Address;
  readonly changeSeats: (subscription: SubscriptionOnWire) => void;
};

function SubscriptionsTable({ customerId, found, address, changeSeats }: TableProps) {
  const { say, language } = useText();
  const cards = useUpgradeCards();
  const columns = useColumns({ customerId, cards, changeSeats, showReasons: (why) => address.set({ why }) });
  const filter = address.get('filter');
  const rows = toRows(
    found,
    {
      search: address.get('q') ?? '',
      upgradable: filter === 'upgradable',
      own: filter === 'own',
      ended: address.get('ended') === '1',
    },
    language,
  );
  if (rows.length === 0) {
    const hidden = found.items.length + found.elsewhere.length > 0;
    const showAll = () => address.set({ q: undefined, filter: undefined, ended: '1' });
    return <Nothing clear={hidden ? showAll : undefined} />;
  }
  return (
    <>
      <ListTable<SubscriptionRow>
        label={say('subs.title')}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        nameOf={(row) => row.name}
        tone={(row) => (row.kind === 'foreign' ? 'readOnly' : undefined)}
        rowKey={(key, row) =>
          key === 'i' && row.kind === 'own' && row.own.upgradability.upgradable && cards.pin(row.id)
        }
      />
      <TableFoot range={say('a11y.filtered', { n: rows.length })}>
        <span>
          {say('wizard.exVat')} · {say('common.perUserMonth')}
        </span>
      </TableFoot>
    </>
  );
}

function Nothing({ clear }: { clear: (() => void) | undefined }) {
  const { say } = useText();
  return clear ? (
    <StateBlock
      icon={<SearchRegular />}
      tone="neutral"
      title={say('customers.noMatchTitle')}
      body={say('subs.noMatchBody')}
    >
      <Button onClick={clear}>{say('common.clearFilters')}</Button>
    </StateBlock>
  ) : (
    <StateBlock icon={<BoxRegular />} title={say('subs.emptyTitle')} body={say('subs.emptyBody')} />
  );
}
