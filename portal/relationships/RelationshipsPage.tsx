import { makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, HandshakeRegular } from '@fluentui/react-icons';
import { useNavigate } from 'react-router';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { RelationshipRowOnWire } from '../../contract/relationships.ts';
import { useAnswer, usePages } from '../api/query.ts';
import { PrivilegesBadge } from '../customers/PrivilegesBadge.tsx';
import { Answered } from '../frame/Answered.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton, RouterLink } from '../ui/RouterLink.tsx';
import { Section } from '../ui/Section.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { FilterChip, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { RequestList } from './RequestList.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
  },
});

const FILTERS = ['ending', 'lapsed', 'none', 'requested'] as const;
type Filter = (typeof FILTERS)[number];
const FILTER_TEXT: Readonly<Record<Filter, TextKey>> = {
  ending: 'rel.filterEnding',
  lapsed: 'rel.filterLapsed',
  none: 'rel.filterNone',
  requested: 'rel.filterRequested',
};

function callFor(filter: Filter | undefined) {
  return (cursor: string | undefined): Call<Endpoints['listRelationships']> => ({
    query: { ...(filter && { filter }), ...(cursor && { cursor }) },
  });
}

function useColumns(): readonly Column<RelationshipRowOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'customer',
      header: say('customers.colCustomer'),
      cell: ({ row: { original } }) => (
        <>
          <RouterLink to={paths.relationship(original.customerId)} className={styles.name} appearance="subtle">
            {original.name}
          </RouterLink>
          <span className={styles.quiet}>{original.domain}</span>
        </>
      ),
    },
    {
      id: 'privileges',
      header: say('customers.colPrivileges'),
      meta: { width: '20%' },
      cell: ({ row: { original } }) => <PrivilegesBadge privileges={original.privileges} warning={original.warning} />,
    },
    {
      id: 'ends',
      header: say('rel.colEnds'),
      meta: { width: '16%' },
      cell: ({ row: { original } }) =>
        original.endsAt ? format.day(original.endsAt) : original.privileges === 'dap' ? say('rel.noEnd') : '',
    },
    {
      id: 'open',
      header: say('rel.colOpen'),
      meta: { width: '20%' },
      cell: ({ row: { original } }) =>
        original.openRequest ? say('rel.openUntil', { date: format.day(original.openRequest.expiresAt) }) : '',
    },
    {
      id: 'since',
      header: say('rel.colSince'),
      meta: { width: '14%', narrow: 'hidden' },
      cell: ({ row: { original } }) => format.day(original.since),
    },
  ];
}

/** Every relationship of the partner, by what of it ends next, and whom it has asked. */
export function RelationshipsPage() {
  const { say } = useText();
  const navigate = useNavigate();
  const address = useAddress<'filter'>();
  const filter = FILTERS.find((one) => one === address.get('filter'));
  const pages = usePages('listRelationships', callFor(filter));
  const choice = useColumnChoice('relationships', useColumns());
  const mayAsk = useMay('requestRelationship');
  return (
    <>
      <PageHead
        title={say('rel.listTitle')}
        action={
          mayAsk && (
            <RouterButton appearance="primary" icon={<AddRegular />} to={paths.newRequest({})}>
              {say('rel.request')}
            </RouterButton>
          )
        }
      />
      <OpenRequests />
      <Toolbar
        end={
          <>
            <ColumnMenu label={say('common.columns')} choice={choice} />
            <SaveFile name="listRelationships" call={callFor(filter)(undefined)} compact />
          </>
        }
      >
        {FILTERS.map((one) => (
          <FilterChip
            key={one}
            text={say(FILTER_TEXT[one])}
            on={filter === one}
            change={(on) => address.set({ filter: on ? one : undefined })}
          />
        ))}
      </Toolbar>
      <Panel>
        <Answered query={pages} texts={{ loading: 'rel.listLoading', error: 'rel.listError' }}>
          {({ pages: loaded }) => {
            const rows = loaded.flatMap((page) => page.items);
            if (rows.length === 0) {
              return (
                <StateBlock icon={<HandshakeRegular />} title={say('rel.listNone')} body={say('rel.listNoneBody')} />
              );
            }
            return (
              <>
                <ListTable
                  label={say('rel.listTitle')}
                  columns={choice.shown}
                  rows={rows}
                  idOf={(row) => row.customerId}
                  nameOf={(row) => row.name}
                  open={(row) => void navigate(paths.relationship(row.customerId))}
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

/** Requests that wait for an answer, those to companies that are no customers yet included. */
function OpenRequests() {
  const { say } = useText();
  const open = useAnswer('listRelationshipRequests', { query: { state: 'open' } });
  if (!open.data || open.data.items.length === 0) return null;
  return (
    <Section title={say('rel.openRequests')}>
      <RequestList requests={open.data.items} named />
    </Section>
  );
}
