import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { Layer20Regular } from '@fluentui/react-icons';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { ListedCampaignOnWire } from '../../contract/campaigns.ts';
import { usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { Choices } from '../ui/Choices.tsx';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { ListSearch, Toolbar } from '../ui/Toolbar.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { type ColumnChoice, useColumnChoice } from '../ui/useColumnChoice.ts';
import { useKeys } from '../ui/useKeys.ts';
import { callForCampaigns, type CampaignsKey, STATES } from './call-for-campaigns.ts';
import { STATE_TEXT } from './CampaignState.tsx';
import { isDescending, SORT_TEXT, SORT_WAYS, sortOf, SORTS } from './sorts.ts';
import { useCampaignColumns } from './useCampaignColumns.tsx';

/** How far the running ones are is seen after this long at the latest. */
const ASKED_AGAIN_MS = 10_000;

const useStyles = makeStyles({ old: { opacity: 0.6 } });

function Nothing({ clear }: { clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('bulk.noMatchBody')}
      icon={<Layer20Regular />}
      title={say('bulk.emptyTitle')}
      body={say('bulk.emptyBody')}
    />
  );
}

type Address = ReturnType<typeof useAddress<CampaignsKey>>;
type ToolbarProps = { readonly address: Address; readonly choice: ColumnChoice<ListedCampaignOnWire> };

function CampaignsToolbar({ address, choice }: ToolbarProps) {
  const { say } = useText();
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const status = say('upgrades.colStatus');
  return (
    <Toolbar
      end={
        <>
          <Choices
            label={say('common.sort')}
            value={sortOf(address.get('sort'))}
            options={SORTS.map((value) => ({ value, text: say(SORT_TEXT[value]) }))}
            change={(sort) => address.set({ sort: sort === 'newest' ? undefined : sort })}
          />
          <ColumnMenu label={say('common.columns')} choice={choice} />
          <SaveFile name="listCampaigns" call={callForCampaigns(address.get)(undefined)} compact />
        </>
      }
    >
      <ListSearch
        label={say('bulk.search')}
        value={address.get('q') ?? ''}
        change={(q) => address.set({ q })}
        field={search}
      />
      <Choices
        label={status}
        value={address.get('state') ?? ''}
        options={[
          { value: '', text: say('upgrades.anyOf', { what: status }) },
          ...STATES.map((value) => ({ value, text: say(STATE_TEXT[value]) })),
        ]}
        change={(state) => address.set({ state })}
      />
    </Toolbar>
  );
}

/** Campaigns: what is planned, what runs, and what came of it. */
export function CampaignsPage() {
  const { say } = useText();
  const styles = useStyles();
  const navigate = useNavigate();
  const address = useAddress<CampaignsKey>();
  const mayRun = useMay('runCampaigns');
  const pages = usePages('listCampaigns', callForCampaigns(address.get), { every: ASKED_AGAIN_MS });
  const choice = useColumnChoice('campaigns', useCampaignColumns());
  const filtered = address.get('q') !== undefined || address.get('state') !== undefined;
  const clear = () => address.set({ q: undefined, state: undefined });
  return (
    <>
      <PageHead
        title={say('nav.bulk')}
        action={
          mayRun && (
            <RouterButton appearance="primary" to={paths.newCampaign()}>
              {say('bulk.new')}
            </RouterButton>
          )
        }
      />
      <CampaignsToolbar address={address} choice={choice} />
      <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
        <Answered query={pages} texts={TEXTS}>
          {({ pages: found }) => {
            const rows = found.flatMap((page) => page.items);
            if (rows.length === 0) return <Nothing clear={filtered ? clear : undefined} />;
            return (
              <>
                <ListTable
                  label={say('nav.bulk')}
                  columns={choice.shown}
                  rows={rows}
                  idOf={(row) => row.campaignId}
                  nameOf={(row) => row.name}
                  open={(row) => void navigate(paths.campaign(row.campaignId))}
                  sort={{
                    value: sortOf(address.get('sort')),
                    ways: SORT_WAYS,
                    descending: isDescending,
                    change: (sort) => address.set({ sort: sort === 'newest' ? undefined : sort }),
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
  loading: 'bulk.loading',
  error: 'bulk.errorTitle',
  noPermission: 'bulk.noPermTitle',
} as const;
