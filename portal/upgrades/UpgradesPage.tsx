import { Button, makeStyles, mergeClasses, Select } from '@fluentui/react-components';
import { ArrowCircleUpRegular, SearchRegular } from '@fluentui/react-icons';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { useAnswer, usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useKeys } from '../ui/useKeys.ts';
import { callForUpgrades, tabOf, UPGRADE_TABS, type UpgradeTab } from './call-for-upgrades.ts';
import { useUpgradeColumns } from './useUpgradeColumns.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';

/** What colleagues submit and decide is seen after this long at the latest. */
const ASKED_AGAIN_MS = 10_000;

const useStyles = makeStyles({
  old: { opacity: 0.6 },
  sort: { minWidth: '150px', flexShrink: 0 },
});

const TAB_TEXT: Readonly<Record<UpgradeTab, TextKey>> = {
  all: 'upgrades.tabAll',
  toApprove: 'upgrades.tabApproval',
  waiting: 'upgrades.tabWaiting',
  needsWork: 'upgrades.tabNeedsWork',
  failed: 'upgrades.tabFailed',
};

type Address = ReturnType<typeof useAddress<'q' | 'tab' | 'sort'>>;

function UpgradesTabs({ tab }: { tab: UpgradeTab }) {
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
        to: one === 'all' ? paths.upgrades : `${paths.upgrades}?tab=${one}`,
        text: textOf(one),
        current: one === tab,
      }))}
    />
  );
}

function UpgradesToolbar({ address }: { address: Address }) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  return (
    <Toolbar
      end={
        <Select
          className={styles.sort}
          aria-label={say('common.sort')}
          value={address.get('sort') === 'oldest' ? 'oldest' : 'newest'}
          onChange={(_event, { value }) => address.set({ sort: value === 'oldest' ? value : undefined })}
        >
          <option value="newest">{say('upgrades.sortNewest')}</option>
          <option value="oldest">{say('upgrades.sortOldest')}</option>
        </Select>
      }
    >
      <ListSearch
        label={say('upgrades.search')}
        value={address.get('q') ?? ''}
        change={(q) => address.set({ q })}
        field={search}
      />
    </Toolbar>
  );
}

function Nothing({ tab, clear }: { tab: UpgradeTab; clear: (() => void) | undefined }) {
  const { say } = useText();
  if (clear) {
    return (
      <StateBlock
        icon={<SearchRegular />}
        tone="neutral"
        title={say('customers.noMatchTitle')}
        body={say('upgrades.noMatchBody')}
      >
        <Button onClick={clear}>{say('common.clearFilters')}</Button>
      </StateBlock>
    );
  }
  const texts: Readonly<Record<'title' | 'body', TextKey>> =
    tab === 'all'
      ? { title: 'upgrades.emptyTitle', body: 'upgrades.emptyBody' }
      : {
          title: tab === 'toApprove' ? 'upgrades.emptyApproveTitle' : 'upgrades.emptyTabTitle',
          body: 'upgrades.emptyTabBody',
        };
  return <StateBlock icon={<ArrowCircleUpRegular />} title={say(texts.title)} body={say(texts.body)} />;
}

/** Upgrades of all customers: what waits, what needs work, and what a second person is asked about. */
export function UpgradesPage() {
  const { say } = useText();
  const styles = useStyles();
  const navigate = useNavigate();
  const address = useAddress<'q' | 'tab' | 'sort'>();
  const tab = tabOf(address.get('tab'));
  const pages = usePages('listAllUpgrades', callForUpgrades(address.get), { every: ASKED_AGAIN_MS });
  const columns = useUpgradeColumns();
  return (
    <>
      <PageHead title={say('upgrades.title')} />
      <UpgradesTabs tab={tab} />
      <UpgradesToolbar address={address} />
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {({ pages: loaded }) => {
            const rows = loaded.flatMap((page) => page.items);
            if (rows.length === 0) {
              const clear = address.get('q') === undefined ? undefined : () => address.set({ q: undefined });
              return <Nothing tab={tab} clear={clear} />;
            }
            return (
              <>
                <ListTable
                  label={say('upgrades.title')}
                  columns={columns}
                  rows={rows}
                  idOf={(row) => row.upgradeId}
                  nameOf={(row) => row.customerName}
                  open={(row) => void navigate(paths.result(row.customerId, row.upgradeId))}
                />
                <ListFoot rows={rows.length} pages={pages} />
              </>
            );
          }}
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
