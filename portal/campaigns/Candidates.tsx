import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { PeopleSearchRegular } from '@fluentui/react-icons';
import { useMemo, useRef } from 'react';
import type { CampaignCandidateOnWire } from '../../contract/campaigns.ts';
import { usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useKeys } from '../ui/useKeys.ts';
import type { CampaignForm, CandidatesQuery } from './campaign-form.ts';

const useStyles = makeStyles({
  old: { opacity: 0.6 },
  name: { fontWeight: tokens.fontWeightSemibold },
  count: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
});

const PAGE = 100;

function useColumns(): readonly Column<CampaignCandidateOnWire>[] {
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
            <span className={styles.name}>{original.customerName}</span>
            {original.friendlyName && <span className={styles.quiet}>{original.friendlyName}</span>}
          </>
        ),
      },
      {
        id: 'subscription',
        header: say('bulk.colSubscription'),
        meta: { width: '20%' },
        cell: ({
          row: {
            original: { subscriptionId },
          },
        }) => (
          <span translate="no" title={subscriptionId}>
            {`${subscriptionId.slice(0, 4)}…${subscriptionId.slice(-4)}`}
          </span>
        ),
      },
      {
        id: 'licenses',
        header: say('upgrades.colLicenses'),
        meta: { align: 'end', width: '12%' },
        cell: ({ row: { original } }) => format.number(original.licenses),
      },
      {
        id: 'endsOn',
        header: say('customers.colDeadline'),
        meta: { width: '18%' },
        cell: ({ row: { original } }) =>
          original.endsOn === null ? '–' : <time dateTime={original.endsOn}>{format.day(original.endsOn)}</time>,
      },
    ],
    [say, format, styles],
  );
}

type Props = {
  readonly query: CandidatesQuery;
  readonly form: CampaignForm;
  readonly change: (changes: Partial<CampaignForm>) => void;
  /** Whether they are picked one by one, or all of them are meant. */
  readonly picks: boolean;
};

/** The subscriptions that are meant, before anything is planned. */
export function Candidates({ query, form, change, picks }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const columns = useColumns();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const pages = usePages('listCampaignCandidates', (cursor) => ({
    query: { ...query, limit: PAGE, ...(cursor && { cursor: Number(cursor) }) },
  }));
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const total = pages.data?.pages[0]?.total;
  const picked = Object.keys(form.picked).length;
  const pick = (selected: Readonly<Record<string, boolean>>) => {
    const owners = new Map(rows.map(({ subscriptionId, customerId }) => [subscriptionId, customerId]));
    const chosen = Object.keys(selected).filter((id) => selected[id]);
    change({ picked: Object.fromEntries(chosen.map((id) => [id, owners.get(id) ?? form.picked[id] ?? ''])) });
  };
  return (
    <>
      <Toolbar
        end={
          total !== undefined && (
            <span role="status" className={styles.count}>
              {picks ? say('bulk.selected', { n: picked }) : say('bulk.matching', { n: total })}
            </span>
          )
        }
      >
        <ListSearch
          label={say('bulk.searchRows')}
          value={form.search}
          change={(value) => change({ search: value })}
          field={search}
        />
      </Toolbar>
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {() =>
            rows.length === 0 ? (
              <Nothing />
            ) : (
              <>
                <ListTable
                  label={say('bulk.customersBy')}
                  columns={columns}
                  rows={rows}
                  idOf={(row) => row.subscriptionId}
                  nameOf={(row) => row.customerName}
                  {...(picks && {
                    selection: {
                      selected: Object.fromEntries(Object.keys(form.picked).map((id) => [id, true])),
                      change: pick,
                      selectAll: say('common.selectAll'),
                      selectRow: (name) => say('bulk.selectRow', { name }),
                      of: () => true,
                    },
                  })}
                />
                <ListFoot rows={rows.length} pages={pages} />
              </>
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

function Nothing() {
  const { say } = useText();
  return (
    <StateBlock
      icon={<PeopleSearchRegular />}
      tone="neutral"
      title={say('customers.noMatchTitle')}
      body={say('bulk.noCandidates')}
    />
  );
}

const TEXTS = { loading: 'bulk.loadingRows', error: 'bulk.errorRows', noPermission: 'bulk.noPermTitle' } as const;
