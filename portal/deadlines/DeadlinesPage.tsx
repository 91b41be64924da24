import { Button, makeStyles, mergeClasses, Select, useRestoreFocusTarget } from '@fluentui/react-components';
import { CalendarLtrRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { DeadlineOnWire } from '../../contract/deadlines.ts';
import { usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { useFormat } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { addressWith, useAddress } from '../ui/useAddress.ts';
import { type ColumnChoice, useColumnChoice } from '../ui/useColumnChoice.ts';
import { useKeys } from '../ui/useKeys.ts';
import { CalendarDialog } from './CalendarDialog.tsx';
import {
  callForDeadlines,
  DAYS,
  DEADLINE_LISTS,
  DEADLINE_SORTS,
  type DeadlineKey,
  filtersOf,
} from './call-for-deadlines.ts';
import { useDeadlineColumns } from './useDeadlineColumns.tsx';

const useStyles = makeStyles({
  old: { opacity: 0.6 },
  sort: { minWidth: '150px', flexShrink: 0 },
});

const LIST_TEXT = { commitment: 'deadlines.commitments', monthToMonth: 'deadlines.monthToMonth' } as const;
const SORT_TEXT: Readonly<Record<(typeof DEADLINE_SORTS)[number], TextKey>> = {
  day: 'deadlines.sortDay',
  customer: 'deadlines.sortCustomer',
  unused: 'deadlines.sortUnused',
  value: 'deadlines.sortValue',
};

type Address = ReturnType<typeof useAddress<DeadlineKey>>;
type Counts = Readonly<Record<(typeof DEADLINE_LISTS)[number], number>>;

type TabsProps = {
  readonly list: string;
  readonly search: string | undefined;
  readonly counts: Counts | null | undefined;
};

/** What is searched for stays, whichever list it is looked for in. */
function DeadlineTabs({ list, search, counts }: TabsProps) {
  const { say } = useText();
  const format = useFormat();
  return (
    <Tabs
      label={say('deadlines.title')}
      tabs={DEADLINE_LISTS.map((one) => ({
        to: addressWith(paths.deadlines, { list: one === 'commitment' ? undefined : one, q: search }),
        text: counts ? `${say(LIST_TEXT[one])} ${format.number(counts[one])}` : say(LIST_TEXT[one]),
        current: one === list,
      }))}
    />
  );
}

type ToolbarProps = { readonly address: Address; readonly choice: ColumnChoice<DeadlineOnWire> };

/** The nearest day, the most seats and the highest value first. */
const SORT_WAYS = { customer: ['customer'], day: ['day'], seats: ['unused'], value: ['value'] } as const;

function sortBy(address: Address, value: string): void {
  address.set({ sort: value === 'day' ? undefined : value });
}

function DeadlinesToolbar({ address, choice }: ToolbarProps) {
  const { say } = useText();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const filters = filtersOf(address.get);
  return (
    <Toolbar
      end={
        <>
          <Select
            className={styles.sort}
            aria-label={say('common.sort')}
            value={filters.sort}
            onChange={(_event, { value }) => sortBy(address, value)}
          >
            {DEADLINE_SORTS.map((one) => (
              <option key={one} value={one}>
                {say(SORT_TEXT[one])}
              </option>
            ))}
          </Select>
          <ColumnMenu label={say('common.columns')} choice={choice} />
          <SaveFile name="listDeadlines" call={{ query: filters }} compact={say('deadlines.title')} />
        </>
      }
    >
      <ListSearch
        label={say('deadlines.search')}
        value={address.get('q') ?? ''}
        change={(q) => address.set({ q })}
        field={search}
      />
      {DAYS.map((one) => (
        <FilterChip
          key={one}
          text={say('deadlines.within', { n: Number(one) })}
          on={filters.days === one}
          change={(on) => address.set({ days: on ? one : undefined })}
        />
      ))}
      <FilterChip
        text={say('deadlines.unusedOnly')}
        on={filters.unused === 'true'}
        change={(on) => address.set({ unused: on ? 'true' : undefined })}
      />
    </Toolbar>
  );
}

function Nothing({ clear }: { readonly clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('deadlines.noMatchBody')}
      icon={<CalendarLtrRegular />}
      title={say('deadlines.emptyTitle')}
      body={say('deadlines.emptyBody')}
    />
  );
}

function CalendarButton({ address }: { address: Address }) {
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  const [open, setOpen] = useState(false);
  if (!useMay('view')) return null;
  return (
    <>
      <Button {...opener} icon={<CalendarLtrRegular />} onClick={() => setOpen(true)}>
        {say('calendar.open')}
      </Button>
      {open && <CalendarDialog filters={filtersOf(address.get)} close={() => setOpen(false)} />}
    </>
  );
}

/** The last day on which something can still be changed, for each subscription of every customer. */
export function DeadlinesPage() {
  const { say } = useText();
  const styles = useStyles();
  const navigate = useNavigate();
  const address = useAddress<DeadlineKey>();
  const pages = usePages('listDeadlines', callForDeadlines(address.get));
  const choice = useColumnChoice('deadlines', useDeadlineColumns());
  const { list = 'commitment', search, days, unused } = filtersOf(address.get);
  const filtered = search !== undefined || days !== undefined || unused !== undefined;
  const clear = () => address.set({ q: undefined, days: undefined, unused: undefined });
  return (
    <>
      <PageHead
        title={say('deadlines.title')}
        facts={<span>{say(list === 'commitment' ? 'deadlines.leadCommitments' : 'deadlines.leadMonthToMonth')}</span>}
        action={<CalendarButton address={address} />}
      />
      <DeadlineTabs list={list} search={search} counts={pages.data?.pages[0]?.within90} />
      <DeadlinesToolbar address={address} choice={choice} />
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {({ pages: loaded }) => {
            const rows = loaded.flatMap((page) => page.items);
            if (rows.length === 0) return <Nothing clear={filtered ? clear : undefined} />;
            return (
              <>
                <ListTable
                  label={say(LIST_TEXT[list])}
                  columns={choice.shown}
                  rows={rows}
                  idOf={(row) => row.subscriptionId}
                  nameOf={(row) => row.customerName}
                  open={(row) => void navigate(paths.subscriptions(row.customerId))}
                  sort={{
                    value: filtersOf(address.get).sort ?? 'day',
                    ways: SORT_WAYS,
                    descending: (value) => value === 'unused' || value === 'value',
                    change: (value) => sortBy(address, value),
                  }}
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
  loading: 'deadlines.loading',
  error: 'deadlines.errorTitle',
  noPermission: 'deadlines.noPermTitle',
} as const;
