import {
  Button,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
} from '@fluentui/react-components';
import { ArrowCircleUpRegular } from '@fluentui/react-icons';
import { useNavigate } from 'react-router';
import type { CustomerUpgradeOnWire, UpgradeColumn } from '../../contract/upgrade-list.ts';
import { useAnswer, usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useToday } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { addressWith, useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { useNewRows } from '../ui/useNewRows.ts';
import {
  callForUpgrades,
  FILTERS,
  filtersOf,
  tabOf,
  UPGRADE_TABS,
  type UpgradesKey,
  type UpgradeTab,
} from './call-for-upgrades.ts';
import { isDescending, SORT_WAYS } from './sorts.ts';
import { type UpgradesAddress, UpgradesToolbar } from './UpgradesToolbar.tsx';
import { useUpgradeColumns } from './useUpgradeColumns.tsx';

/** What colleagues submit and decide is seen after this long at the latest. */
const ASKED_AGAIN_MS = 10_000;

const useStyles = makeStyles({ old: { opacity: 0.6 } });

const TAB_TEXT: Readonly<Record<UpgradeTab, TextKey>> = {
  all: 'upgrades.tabAll',
  toApprove: 'upgrades.tabApproval',
  waiting: 'upgrades.tabWaiting',
  needsWork: 'upgrades.tabNeedsWork',
  failed: 'upgrades.tabFailed',
};

/** What is searched for stays, whichever tab it is looked for in. */
function UpgradesTabs({ tab, search }: { tab: UpgradeTab; search: string | undefined }) {
  const { say } = useText();
  const format = useFormat();
  const counts = useAnswer('countUpgrades', {}, { every: ASKED_AGAIN_MS }).data;
  const textOf = (one: UpgradeTab) => {
    const count = one === 'all' ? undefined : counts?.[one];
    return count === undefined ? say(TAB_TEXT[one]) : `${say(TAB_TEXT[one])} ${format.number(count)}`;
  };
  return (
    <Tabs
      label={say('upgrades.title')}
      tabs={UPGRADE_TABS.map((one) => ({
        to: addressWith(paths.upgrades, { tab: one === 'all' ? undefined : one, q: search }),
        text: textOf(one),
        current: one === tab,
      }))}
    />
  );
}

function Nothing({ tab, clear }: { tab: UpgradeTab; clear: (() => void) | undefined }) {
  const { say } = useText();
  const texts: Readonly<Record<'title' | 'body', TextKey>> =
    tab === 'all'
      ? { title: 'upgrades.emptyTitle', body: 'upgrades.emptyBody' }
      : {
          title: tab === 'toApprove' ? 'upgrades.emptyApproveTitle' : 'upgrades.emptyTabTitle',
          body: 'upgrades.emptyTabBody',
        };
  return (
    <NothingFound
      clear={clear}
      noMatch={say('upgrades.noMatchBody')}
      icon={<ArrowCircleUpRegular />}
      title={say(texts.title)}
      body={say(texts.body)}
    />
  );
}

/** What of the file stands for a column of the list. */
const FILE_COLUMNS: Readonly<Record<string, readonly UpgradeColumn[]>> = {
  path: ['from', 'to'],
  net: ['net', 'currency'],
  status: ['status', 'openAccounts'],
};

/** Columns that are left out until they are asked for. */
const OFF = ['number', 'way'];

/** Upgrades of all customers: what waits, what needs work, and what a second person is asked about. */
export function UpgradesPage() {
  const { say } = useText();
  const address = useAddress<UpgradesKey>();
  const filters = filtersOf(address.get, useToday());
  const choice = useColumnChoice('upgrades', useUpgradeColumns(), OFF);
  const left = choice.choices.filter((one) => !one.shown).flatMap(({ id }) => FILE_COLUMNS[id] ?? id);
  return (
    <>
      <PageHead title={say('upgrades.title')} />
      <UpgradesTabs tab={tabOf(address.get('tab'))} search={address.get('q')} />
      <UpgradesToolbar
        address={address}
        end={
          <>
            <ColumnMenu label={say('common.columns')} choice={choice} />
            <SaveFile
              name="listAllUpgrades"
              call={{ query: { ...filters, ...(left.length > 0 && { without: left.join(',') }) } }}
              compact
            />
          </>
        }
      />
      <Upgrades address={address} filters={filters} columns={choice.shown} />
    </>
  );
}

type UpgradesProps = {
  readonly address: UpgradesAddress;
  readonly filters: ReturnType<typeof filtersOf>;
  readonly columns: readonly Column<CustomerUpgradeOnWire>[];
};

function Upgrades({ address, filters, columns }: UpgradesProps) {
  const { say } = useText();
  const styles = useStyles();
  const navigate = useNavigate();
  const pages = usePages('listAllUpgrades', callForUpgrades(filters), { every: ASKED_AGAIN_MS });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const { shown, waiting, show } = useNewRows({
    rows,
    idOf: (row) => row.upgradeId,
    question: JSON.stringify(filters),
    isFetching: pages.isFetching,
  });
  const filtered = FILTERS.some((key) => address.get(key) !== undefined);
  const clear = () => address.set(Object.fromEntries(FILTERS.map((key) => [key, undefined])));
  return (
    <>
      {waiting > 0 && (
        <MessageBar intent="info">
          <MessageBarBody>{say('upgrades.newRows', { n: waiting })}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={show}>{say('upgrades.showNew')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {() =>
            shown.length === 0 ? (
              <Nothing tab={filters.tab ?? 'all'} clear={filtered ? clear : undefined} />
            ) : (
              <>
                <ListTable
                  label={say('upgrades.title')}
                  columns={columns}
                  rows={shown}
                  idOf={(row) => row.upgradeId}
                  nameOf={(row) => row.customerName}
                  open={(row) => void navigate(paths.result(row.customerId, row.upgradeId))}
                  sort={{
                    value: filters.sort,
                    ways: SORT_WAYS,
                    descending: isDescending,
                    change: (sort) => address.set({ sort: sort === 'newest' ? undefined : sort }),
                  }}
                />
                <ListFoot rows={shown.length} pages={pages} />
              </>
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

const TEXTS = {
  loading: 'upgrades.loading',
  error: 'upgrades.errorTitle',
  noPermission: 'customers.noPermTitle',
} as const;
