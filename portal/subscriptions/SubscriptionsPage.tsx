import { Button, makeStyles, useRestoreFocusTarget } from '@fluentui/react-components';
import { AddRegular, BoxRegular } from '@fluentui/react-icons';
import { type ReactNode, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { useAnswer, type Value } from '../api/query.ts';
import { EndRecordDialog, type RecordAct } from '../channels/RecordActs.tsx';
import { RecordDialog } from '../channels/RecordDialog.tsx';
import { WatchBars } from '../channels/WatchBars.tsx';
import { Answered } from '../frame/Answered.tsx';
import { ListTools } from '../frame/ListTools.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { useMay } from '../frame/useSession.ts';
import { OverlapSection } from '../licenses/OverlapSection.tsx';
import { type TextKey, useText } from '../text.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { useKeys } from '../ui/useKeys.ts';
import { type RowFilter, type SubscriptionRow, toRows } from './rows.ts';
import { type Opened, SubscriptionDialogs } from './SubscriptionDialogs.tsx';
import type { OpenAct, SubscriptionAct } from './acts.ts';
import { useColumns } from './useColumns.tsx';
import { type UpgradeCards, useUpgradeCards } from './upgrade-card.ts';
import { WhyNotPanel } from './WhyNotPanel.tsx';

/** A colleague’s upgrade is seen after this long at the latest. */
const ASKED_AGAIN_MS = 10_000;

const useStyles = makeStyles({ summary: { whiteSpace: 'nowrap' }, record: { flexShrink: 0, whiteSpace: 'nowrap' } });

type Address = ReturnType<typeof useAddress<'q' | 'filter' | 'ended' | 'why'>>;

function SubscriptionsToolbar({
  address,
  found,
  record,
  tools,
}: {
  address: Address;
  found: Value<'listSubscriptions'> | undefined;
  record: () => void;
  tools: ReactNode;
}) {
  const { say } = useText();
  const styles = useStyles();
  const mayRecord = useMay('recordSubscriptions');
  const opener = useRestoreFocusTarget();
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
    <Toolbar
      end={
        <>
          {summary && <span className={styles.summary}>{say('subs.summary', summary)}</span>}
          {tools}
        </>
      }
    >
      <ListSearch
        label={say('common.search')}
        value={address.get('q') ?? ''}
        change={(q) => address.set({ q })}
        field={search}
      />
      {chip('subs.filterUpgradable', 'filter', 'upgradable')}
      {chip('subs.filterOwn', 'filter', 'own')}
      {chip('subs.filterInactive', 'ended', '1')}
      {mayRecord && found && (
        <Button {...opener} className={styles.record} appearance="subtle" icon={<AddRegular />} onClick={record}>
          {say('record.open')}
        </Button>
      )}
    </Toolbar>
  );
}

/** A customer’s subscriptions: which can be upgraded, why the others cannot, and what other channels sold. */
export function SubscriptionsPage() {
  const { customerId = '' } = useParams();
  const address = useAddress<'q' | 'filter' | 'ended' | 'why'>();
  const listed = useAnswer('listSubscriptions', { params: { customerId } }, { every: ASKED_AGAIN_MS });
  const [opened, setOpened] = useState<Opened>();
  const openAct: OpenAct = (act, subscription) => setOpened({ act, subscription });
  const records = useAnswer('listRecordedSubscriptions', { params: { customerId } }, { every: ASKED_AGAIN_MS });
  const [recordAct, openRecord] = useState<RecordAct>();
  const why = address.get('why');
  const { language } = useText();
  const cards = useUpgradeCards();
  const showReasons = (id: string) => address.set({ why: id });
  const choice = useColumnChoice('subscriptions', useColumns({ customerId, cards, openAct, showReasons, openRecord }));
  const rows = listed.data ? toRows(listed.data, records.data?.items ?? [], filterOf(address), language) : [];
  return (
    <>
      <WatchBars customerId={customerId} />
      <SubscriptionsToolbar
        address={address}
        found={listed.data}
        record={() => openRecord({ act: 'write' })}
        tools={<ListTools name={`subscriptions-${customerId}`} choice={choice} rows={rows} />}
      />
      <Panel>
        <Answered query={listed} texts={TEXTS}>
          {(found) => (
            <>
              {rows.length === 0 ? (
                <Nothing found={found} records={records.data?.items} address={address} />
              ) : (
                <SubscriptionsTable columns={choice.shown} rows={rows} cards={cards} />
              )}
              {why && (
                <WhyNotPanel
                  customerId={customerId}
                  subscription={found.items.find((one) => one.subscriptionId === why)}
                  subscriptions={found.items}
                  changeSeats={(one) => openAct('seats', one)}
                  close={() => address.set({ why: undefined })}
                />
              )}
            </>
          )}
        </Answered>
      </Panel>
      <Overlaps customerId={customerId} found={listed.data} openAct={openAct} />
      {recordAct && (
        <RecordDialogs
          customerId={customerId}
          seen={(listed.data?.elsewhere ?? []).filter((one) => one.recordedSubscriptionId === null)}
          opened={recordAct}
          close={() => openRecord(undefined)}
        />
      )}
      {opened && (
        <SubscriptionDialogs
          customerId={customerId}
          opened={opened}
          subscriptions={listed.data?.items ?? []}
          open={openAct}
          close={() => setOpened(undefined)}
        />
      )}
    </>
  );
}

/** What the users have twice, with the acts that are offered in the list. */
function Overlaps({
  customerId,
  found,
  openAct,
}: {
  customerId: string;
  found: Value<'listSubscriptions'> | undefined;
  openAct: OpenAct;
}) {
  const open = (act: SubscriptionAct, id: string) => {
    const subscription = found?.items.find(({ subscriptionId }) => subscriptionId === id);
    if (subscription) openAct(act, subscription);
  };
  return <OverlapSection customerId={customerId} open={open} />;
}

/** What is open over the list about a record. */
function RecordDialogs({
  opened: { act, record },
  ...props
}: {
  customerId: string;
  seen: Value<'listSubscriptions'>['elsewhere'];
  opened: RecordAct;
  close: () => void;
}) {
  if (act === 'write') return <RecordDialog {...props} record={record} />;
  return record ? <EndRecordDialog {...props} act={act} record={record} /> : null;
}

const TEXTS = { loading: 'subs.loading', error: 'subs.errorTitle', noPermission: 'customers.noPermTitle' } as const;

function filterOf(address: Address): RowFilter {
  const filter = address.get('filter');
  return {
    search: address.get('q') ?? '',
    upgradable: filter === 'upgradable',
    own: filter === 'own',
    ended: address.get('ended') === '1',
  };
}

type TableProps = {
  readonly columns: readonly Column<SubscriptionRow>[];
  readonly rows: readonly SubscriptionRow[];
  readonly cards: UpgradeCards;
};

function SubscriptionsTable({ columns, rows, cards }: TableProps) {
  const { say } = useText();
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

type NothingProps = {
  readonly found: Value<'listSubscriptions'>;
  readonly records: Value<'listRecordedSubscriptions'>['items'] | undefined;
  readonly address: Address;
};

/** Nothing is left; what the filters hide can be had back. */
function Nothing({ found: { items, elsewhere }, records = [], address }: NothingProps) {
  const { say } = useText();
  const hidden = items.length + elsewhere.length + records.length > 0;
  return (
    <NothingFound
      clear={hidden ? () => address.set({ q: undefined, filter: undefined, ended: '1' }) : undefined}
      noMatch={say('subs.noMatchBody')}
      icon={<BoxRegular />}
      title={say('subs.emptyTitle')}
      body={say('subs.emptyBody')}
    />
  );
}
