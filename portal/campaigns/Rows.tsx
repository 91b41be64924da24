import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { TableSearchRegular } from '@fluentui/react-icons';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { CampaignRowOnWire } from '../../contract/campaign-rows.ts';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { useAct, usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { useFormat } from '../ui/format.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { FilterChip, ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { type ColumnChoice, useColumnChoice } from '../ui/useColumnChoice.ts';
import { useKeys } from '../ui/useKeys.ts';
import { callForRows, filterOf, queryOf, type RowFilter, type RowsKey } from './call-for-rows.ts';
import { RowPanel } from './RowPanel.tsx';
import { hasReasons, ROW_STATE_TEXT } from './RowState.tsx';
import { pageOf, useRowColumns } from './useRowColumns.tsx';

/** So many rows are read anew quickly; more of them take a while. */
const QUICK_ROWS = 600;
const SLOW_MS = 10_000;

const useStyles = makeStyles({
  bars: { display: 'flex', flexDirection: 'column', rowGap: '8px' },
  old: { opacity: 0.6 },
  selected: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

type Address = ReturnType<typeof useAddress<RowsKey>>;
type Props = { readonly campaign: CampaignOnWire; readonly runs: boolean; readonly every: number };

/** The rows of a campaign in their order; while it is planned, single ones or many are left out and put back. */
export function Rows({ campaign, runs, every }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const navigate = useNavigate();
  const address = useAddress<RowsKey>();
  const { campaignId, acts, target } = campaign;
  const change = useAct('changeCampaignRows');
  const { mutate } = change;
  const leaveOut = useCallback(
    (row: CampaignRowOnWire, out: boolean) =>
      mutate({ params: { campaignId }, body: { places: [row.place], leaveOut: out } }),
    [mutate, campaignId],
  );
  const { set } = address;
  const tell = useCallback((row: CampaignRowOnWire) => set({ row: String(row.place) }), [set]);
  const editable = acts.includes('change');
  const columns = useRowColumns({ runs, leaveOut: editable ? leaveOut : undefined, tell });
  const choice = useColumnChoice('campaignRows', columns, target ? ['to'] : []);
  const [selected, select] = useState<Record<string, true>>({});
  const pages = useRowPages(campaign, address, every);
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const told = rows.find(({ place }) => String(place) === address.get('row'));
  const movable = new Set(rows.filter(isMovable).map(({ place }) => String(place)));
  const places = Object.keys(selected).filter((place) => movable.has(place));
  const changeMany = (out: boolean) =>
    mutate(
      { params: { campaignId }, body: { places: places.map(Number), leaveOut: out } },
      { onSuccess: () => select({}) },
    );
  return (
    <>
      <RowsToolbar address={address} campaign={campaign} choice={choice} />
      {change.error && <ProblemBar error={change.error} />}
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {() =>
            rows.length === 0 ? (
              <Nothing address={address} />
            ) : (
              <>
                {editable && <Selected count={places.length} change={changeMany} />}
                <ListTable
                  label={say(runs ? 'bulk.step3' : 'bulk.step2')}
                  columns={choice.shown}
                  rows={rows}
                  idOf={(row) => String(row.place)}
                  nameOf={(row) => row.customerName}
                  open={(row) => (hasReasons(row) ? tell(row) : void navigate(pageOf(row)))}
                  {...(editable && {
                    selection: {
                      selected,
                      change: select,
                      selectAll: say('common.selectAll'),
                      selectRow: (name) => say('bulk.selectRow', { name }),
                      of: (id) => movable.has(id),
                    },
                  })}
                />
                <ListFoot rows={rows.length} pages={pages} />
              </>
            )
          }
        </Answered>
      </Panel>
      {told && <RowPanel row={told} close={() => address.set({ row: undefined })} />}
    </>
  );
}

/** The rows, read anew also where the campaign has come further by itself: they have then, too. */
function useRowPages({ campaignId, rows, state }: CampaignOnWire, address: Address, every: number) {
  const pages = usePages('listCampaignRows', callForRows(campaignId, address.get), {
    every: rows.total > QUICK_ROWS ? SLOW_MS : every,
  });
  const { refetch } = pages;
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== state) void refetch();
    before.current = state;
  }, [state, refetch]);
  return pages;
}

function Nothing({ address }: { address: Address }) {
  const { say } = useText();
  const filtered = address.get('q') !== undefined || address.get('filter') !== undefined;
  return (
    <NothingFound
      clear={filtered ? () => address.set({ q: undefined, filter: undefined }) : undefined}
      noMatch={say('bulk.noRowMatches')}
      icon={<TableSearchRegular />}
      title={say('bulk.noRowsTitle')}
      body={say('bulk.noRowsBody')}
    />
  );
}

function isMovable({ state }: CampaignRowOnWire): boolean {
  return state === 'eligible' || state === 'excluded';
}

/** What can be done to all rows that are chosen. */
function Selected({ count, change }: { count: number; change: (out: boolean) => void }) {
  const { say } = useText();
  const styles = useStyles();
  if (count === 0) return null;
  return (
    <div className={styles.selected}>
      <span role="status">{say('bulk.selected', { n: count })}</span>
      <Button size="small" onClick={() => change(true)}>
        {say('bulk.leaveOut')}
      </Button>
      <Button size="small" onClick={() => change(false)}>
        {say('bulk.putBack')}
      </Button>
    </div>
  );
}

type ToolbarProps = {
  readonly address: Address;
  readonly campaign: CampaignOnWire;
  readonly choice: ColumnChoice<CampaignRowOnWire>;
};

/** Search, and the states in which there are rows, with how many. */
function RowsToolbar({ address, campaign, choice }: ToolbarProps) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const { campaignId, rows, totals, acts, endedAt } = campaign;
  const filter = filterOf(address.get('filter'));
  const chip = (one: RowFilter | undefined, text: string, n: number) => (
    <FilterChip
      key={one ?? 'all'}
      text={`${text} ${format.number(n)}`}
      on={filter === one}
      change={(on) => address.set({ filter: on ? one : undefined })}
    />
  );
  return (
    <div className={styles.bars}>
      <Toolbar
        end={
          <>
            <ColumnMenu label={say('common.columns')} choice={choice} />
            {/* The report has a button of its own for all of it. */}
            {endedAt === null && (
              <SaveFile
                name="listCampaignRows"
                call={{ params: { campaignId }, query: queryOf(address.get) }}
                compact
              />
            )}
          </>
        }
      >
        <ListSearch
          label={say('bulk.searchRows')}
          value={address.get('q') ?? ''}
          change={(q) => address.set({ q })}
          field={search}
        />
      </Toolbar>
      <Toolbar>
        {chip(undefined, say('common.all'), rows.total)}
        {STATES.filter((one) => rows[one] > 0 || filter === one).map((one) =>
          chip(one, say(ROW_STATE_TEXT[one]), rows[one]),
        )}
        {acts.includes('submit') &&
          totals.needApproval > 0 &&
          chip('needsApproval', say('bulk.factApproval'), totals.needApproval)}
      </Toolbar>
    </div>
  );
}

const STATES = Object.keys(ROW_STATE_TEXT) as readonly (keyof typeof ROW_STATE_TEXT)[];

const TEXTS = { loading: 'bulk.loadingRows', error: 'bulk.errorRows', noPermission: 'bulk.noPermTitle' } as const;
