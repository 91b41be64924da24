import { makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components';
import { PeopleRegular } from '@fluentui/react-icons';
import { useMemo, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { CustomerOnWire } from '../../contract/customers.ts';
import { usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay, useToday } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton, RouterLink } from '../ui/RouterLink.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { UsageBar } from '../ui/UsageBar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { type ColumnChoice, useColumnChoice } from '../ui/useColumnChoice.ts';
import { useKeys } from '../ui/useKeys.ts';
import { callForCustomers, FILTERS, SORTS } from './call-for-customers.ts';
import { WatchBars } from '../channels/WatchBars.tsx';
import { PrivilegesBadge } from './PrivilegesBadge.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';

const SOON_DAYS = 14;
const FAR_DAYS = 90;
const DAY_MS = 86_400_000;

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
  soon: { color: tokens.colorStatusWarningForeground3, fontWeight: tokens.fontWeightSemibold },
  old: { opacity: 0.6 },
  count: { fontWeight: tokens.fontWeightSemibold },
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

function useColumns(): readonly Column<CustomerOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return useMemo(
    () => [
      {
        id: 'customer',
        header: say('customers.colCustomer'),
        cell: ({ row: { original } }) => (
          <>
            <RouterLink to={paths.subscriptions(original.customerId)} className={styles.name} appearance="subtle">
              {original.name}
            </RouterLink>
            <span className={styles.quiet}>{original.domain}</span>
          </>
        ),
      },
      {
        id: 'upgradable',
        header: say('customers.colUpgradable'),
        meta: { align: 'end', width: '12%' },
        cell: ({ row: { original } }) => (
          <span
            className={mergeClasses(original.upgradableCount > 0 && styles.count)}
            title={say('customers.upgradableAria', { n: original.upgradableCount })}
          >
            {say('customers.upgradableCell', { n: original.upgradableCount })}
          </span>
        ),
      },
      {
        id: 'subscriptions',
        header: say('customers.colSubscriptions'),
        meta: { align: 'end', width: '10%', narrow: 'hidden' },
        cell: ({ row: { original } }) => format.number(original.subscriptionCount),
      },
      {
        id: 'licenses',
        header: say('customers.colLicenses'),
        meta: { width: '14%' },
        cell: ({ row: { original } }) => {
          const { assigned: used, total } = original.licenses;
          return <UsageBar used={used} total={total} text={say('subs.usedOf', { used, total })} />;
        },
      },
      {
        id: 'deadline',
        header: say('customers.colDeadline'),
        meta: { width: '14%' },
        cell: ({ row: { original } }) => <Deadline day={original.nextDeadline} />,
      },
      {
        id: 'privileges',
        header: say('customers.colPrivileges'),
        meta: { width: '15%' },
        cell: ({ row: { original } }) => (
          <PrivilegesBadge privileges={original.privileges} warning={original.privilegesWarning} />
        ),
      },
      {
        id: 'attention',
        header: say('customers.colAttention'),
        meta: { width: '15%' },
        cell: ({ row: { original } }) => <Attention customer={original} />,
      },
    ],
    [say, format, styles],
  );
}

function Deadline({ day }: { day: string | null }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const today = useToday();
  if (!today) return null;
  const days = day === null ? Infinity : Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
  if (day === null || days > FAR_DAYS) return <span className={styles.quiet}>{say('customers.deadlineNone')}</span>;
  return (
    <span>
      <time dateTime={day}>{format.day(day)}</time>
      <span className={mergeClasses(styles.quiet, days <= SOON_DAYS && styles.soon)}>
        {say('common.daysLeft', { n: days })}
      </span>
    </span>
  );
}

function Attention({ customer: { customerId, openWork, suspendedCount } }: { customer: CustomerOnWire }) {
  const { say } = useText();
  if (openWork) {
    return (
      <RouterLink to={paths.result(customerId, openWork.upgradeId)}>
        {say('customers.attOpenWork', { n: openWork.issues })}
      </RouterLink>
    );
  }
  return suspendedCount > 0 ? say('customers.attSuspended') : '–';
}

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

type Address = ReturnType<typeof useAddress<'q' | 'filter' | 'sort'>>;

type ToolbarProps = { readonly address: Address; readonly choice: ColumnChoice<CustomerOnWire> };

function CustomersToolbar({ address, choice }: ToolbarProps) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const filter = address.get('filter');
  const sort = SORTS.find((one) => one === address.get('sort')) ?? 'name';
  return (
    <div className={styles.bars}>
      <Toolbar
        end={
          <>
            <Select
              className={styles.sort}
              aria-label={say('common.sort')}
              value={sort}
              onChange={(_event, { value }) => address.set({ sort: value === 'name' ? undefined : value })}
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
          value={address.get('q') ?? ''}
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
    </div>
  );
}

/** Finding a customer, and seeing where there is something to do. */
export function CustomersPage() {
  const { say } = useText();
  const styles = useStyles();
  const navigate = useNavigate();
  const address = useAddress<'q' | 'filter' | 'sort'>();
  const query = address.get('q');
  const mayRecord = useMay('recordSubscriptions');
  const pages = usePages('listCustomers', callForCustomers(address.get));
  const choice = useColumnChoice('customers', useColumns());
  const total = pages.data?.pages[0]?.total;
  const filtered = query !== undefined || address.get('filter') !== undefined;
  const clear = () => address.set({ q: undefined, filter: undefined });
  return (
    <>
      <PageHead
        title={say('customers.title')}
        facts={total && (total.more ? say('customers.factMany') : say('customers.factCustomers', { n: total.count }))}
        action={
          mayRecord && (
            <RouterButton appearance="subtle" to={paths.recordImport}>
              {say('recordImport.open')}
            </RouterButton>
          )
        }
      />
      <WatchBars />
      <CustomersToolbar address={address} choice={choice} />
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
