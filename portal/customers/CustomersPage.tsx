import { makeStyles, mergeClasses, Select, Tag, TagGroup } from '@fluentui/react-components';
import { PeopleRegular } from '@fluentui/react-icons';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { CustomerOnWire } from '../../contract/customers.ts';
import { usePages, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton, RouterLink } from '../ui/RouterLink.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { type ColumnChoice, useColumnChoice } from '../ui/useColumnChoice.ts';
import { isDownwards } from '../ui/useSorted.ts';
import { useKeys } from '../ui/useKeys.ts';
import { callForCustomers, type CustomersKey, FILTERS, SORTS } from './call-for-customers.ts';
import { useCustomerColumns } from './useCustomerColumns.tsx';
import { WatchBars } from '../channels/WatchBars.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';

const useStyles = makeStyles({
  old: { opacity: 0.6 },
  bars: { display: 'flex', flexDirection: 'column', rowGap: '8px' },
  sort: { minWidth: '150px', flexShrink: 0 },
});

const FILTER_TEXT: Readonly<Record<(typeof FILTERS)[number], TextKey>> = {
  upgradable: 'customers.filterUpgradable',
  deadline: 'customers.filterDeadline',
  noPrivileges: 'customers.filterNoPriv',
  privilegesEnding: 'customers.filterPrivEnding',
  openWork: 'customers.filterOpenWork',
};
const SORT_TEXT: Readonly<Record<(typeof SORTS)[number], TextKey>> = {
  name: 'customers.sortName',
  '-name': 'customers.sortNameDescending',
  domain: 'customers.sortDomain',
  '-upgradable': 'customers.sortUpgradable',
  deadline: 'customers.sortDeadline',
};

/** By the column that is pressed; most upgradable and next deadline come first, there is no other way. */
const SORT_WAYS = {
  customer: ['name', '-name'],
  upgradable: ['-upgradable'],
  deadline: ['deadline'],
} as const;

function Nothing({ query, clear }: { query: string | undefined; clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('customers.noMatchBody', { query: query ?? '' })}
      icon={<PeopleRegular />}
      title={say('customers.emptyTitle')}
      body={say('customers.emptyBody')}
    />
  );
}

type Address = ReturnType<typeof useAddress<CustomersKey>>;

function sortOf(address: Address) {
  return SORTS.find((one) => one === address.get('sort')) ?? 'name';
}

function sortBy(address: Address, value: string): void {
  address.set({ sort: value === 'name' ? undefined : value });
}

type ToolbarProps = {
  readonly address: Address;
  readonly choice: ColumnChoice<CustomerOnWire>;
  readonly path: Value<'listCustomers'>['path'] | undefined;
};

function CustomersToolbar({ address, choice, path }: ToolbarProps) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const mayRun = useMay('runCampaigns');
  const [q, filter] = [address.get('q'), address.get('filter')];
  const sort = sortOf(address);
  return (
    <div className={styles.bars}>
      <Toolbar
        end={
          <>
            <Select
              className={styles.sort}
              aria-label={say('common.sort')}
              value={sort}
              onChange={(_event, { value }) => sortBy(address, value)}
            >
              {SORTS.map((one) => (
                <option key={one} value={one}>
                  {say(SORT_TEXT[one])}
                </option>
              ))}
            </Select>
            <ColumnMenu label={say('common.columns')} choice={choice} />
            <SaveFile name="listCustomers" call={callForCustomers(address.get)(undefined)} compact />
          </>
        }
      >
        <ListSearch
          label={say('customers.searchPlaceholder')}
          value={q ?? ''}
          change={(q) => address.set({ q })}
          field={search}
        />
      </Toolbar>
      {/* A line of their own: in no language do five of them fit beside the search. */}
      <Toolbar>
        {FILTERS.map((one) => (
          <FilterChip
            key={one}
            text={say(FILTER_TEXT[one])}
            on={filter === one}
            change={(on) => address.set({ filter: on ? one : undefined })}
          />
        ))}
      </Toolbar>
      {path && (
        <Toolbar>
          <TagGroup onDismiss={() => address.set({ path: undefined })}>
            <Tag value="path" size="small" dismissible>
              {say('confirm.line', path)}
            </Tag>
          </TagGroup>
          {mayRun && (
            <RouterLink to={paths.newCampaign({ from: path.fromOfferId, to: path.toOfferId, ...(q && { q }) })}>
              {say('cat.startBulk')}
            </RouterLink>
          )}
        </Toolbar>
      )}
    </div>
  );
}

/** Finding a customer, and seeing where there is something to do. */
export function CustomersPage() {
  const { say } = useText();
  const styles = useStyles();
  const navigate = useNavigate();
  const address = useAddress<CustomersKey>();
  const query = address.get('q');
  const [mayRecord, mayImport] = [useMay('recordSubscriptions'), useMay('importPrices')];
  const pages = usePages('listCustomers', callForCustomers(address.get));
  const choice = useColumnChoice('customers', useCustomerColumns());
  const total = pages.data?.pages[0]?.total;
  const filtered = (['q', 'filter', 'path'] as const).some((key) => address.get(key) !== undefined);
  const clear = () => address.set({ q: undefined, filter: undefined, path: undefined });
  return (
    <>
      <PageHead
        title={say('customers.title')}
        facts={total && (total.more ? say('customers.factMany') : say('customers.factCustomers', { n: total.count }))}
        action={
          <>
            {mayImport && (
              <RouterButton appearance="subtle" to={paths.imports}>
                {say('imp.open')}
              </RouterButton>
            )}
            {mayRecord && (
              <RouterButton appearance="subtle" to={paths.recordImport}>
                {say('recordImport.open')}
              </RouterButton>
            )}
          </>
        }
      />
      <WatchBars />
      <CustomersToolbar address={address} choice={choice} path={pages.data?.pages[0]?.path} />
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {({ pages: loaded }) => {
            const rows = loaded.flatMap((page) => page.items);
            if (rows.length === 0) return <Nothing query={query} clear={filtered ? clear : undefined} />;
            const lookedAt = loaded.at(-1)?.lookedAt;
            return (
              <>
                <ListTable
                  label={say('customers.title')}
                  columns={choice.shown}
                  rows={rows}
                  idOf={(row) => row.customerId}
                  nameOf={(row) => row.name}
                  open={(row) => void navigate(paths.subscriptions(row.customerId))}
                  sort={{
                    value: sortOf(address),
                    ways: SORT_WAYS,
                    descending: isDownwards,
                    change: (value) => sortBy(address, value),
                  }}
                />
                <ListFoot rows={rows.length} pages={pages} />
                {lookedAt && <TableFoot range={say('customers.lookedAt', { n: lookedAt })} />}
              </>
            );
          }}
        </Answered>
      </Panel>
    </>
  );
}

const TEXTS = {
  loading: 'customers.loading',
  error: 'customers.errorTitle',
  noPermission: 'customers.noPermTitle',
} as const;
