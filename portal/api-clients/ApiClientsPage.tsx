import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { AddRegular, PlugConnectedRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import type { SecretOnWire } from '../../contract/api-clients.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListTools } from '../frame/ListTools.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TabHead } from '../ui/TabHead.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { useSorted } from '../ui/useSorted.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import { NewClientDialog } from './NewClientDialog.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { type Change, useClientColumns } from './useClientColumns.tsx';

/** What is open over the list. */
type Shown =
  | { readonly dialog: 'new' }
  | ({ readonly dialog: 'change' } & Change)
  | { readonly dialog: 'secret'; readonly made: SecretOnWire };

function NewButton({ create }: { create: () => void }) {
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  return (
    <Button {...opener} appearance="primary" icon={<AddRegular />} onClick={create}>
      {say('settings.newClient')}
    </Button>
  );
}

/** The programs that may act for the partner: each with a secret that is seen once. */
export function ApiClientsPage() {
  const { say } = useText();
  const mayManage = useMay('manageApiClients');
  const clients = useAnswer('listApiClients', {});
  const [shown, show] = useState<Shown>();
  const columns = useClientColumns((change) => show({ dialog: 'change', ...change }));
  const choice = useColumnChoice('api-clients', columns);
  const sorted = useSorted(clients.data?.items ?? [], choice.shown);
  const create = () => show({ dialog: 'new' });
  const close = () => show(undefined);
  const showSecret = (made: SecretOnWire) => show({ dialog: 'secret', made });
  // The row that opened the dialog goes with the client; the focus must not go with it.
  const leaveRow = async () => {
    await clients.refetch();
    flushSync(close);
    const main = document.getElementById('main');
    (main?.querySelector<HTMLElement>('[data-row]') ?? main?.querySelector('button'))?.focus();
  };
  const isEmpty = clients.data?.items.length === 0;
  return (
    <>
      <TabHead
        lead={say('settings.apiLead')}
        tools={!isEmpty && clients.data && <ListTools name="api-clients" choice={choice} rows={sorted.rows} />}
        action={mayManage && !isEmpty && <NewButton create={create} />}
      />
      <Panel>
        <Answered query={clients} texts={TEXTS}>
          {({ items }) =>
            items.length === 0 ? (
              <StateBlock
                icon={<PlugConnectedRegular />}
                title={say('settings.emptyClients')}
                body={say('settings.emptyClientsBody')}
              >
                <NewButton create={create} />
              </StateBlock>
            ) : (
              <>
                <ListTable
                  label={say('settings.tabApi')}
                  columns={choice.shown}
                  {...sorted}
                  idOf={(row) => row.clientId}
                  nameOf={(row) => row.name}
                />
                <TableFoot range={say('a11y.filtered', { n: items.length })} />
              </>
            )
          }
        </Answered>
      </Panel>
      {shown?.dialog === 'new' && clients.data && (
        <NewClientDialog rolesToGive={clients.data.rolesToGive} made={showSecret} close={close} />
      )}
      {shown?.dialog === 'change' && (
        <ChangeDialog {...shown} rotated={showSecret} revoked={() => void leaveRow()} close={close} />
      )}
      {shown?.dialog === 'secret' && <SecretDialog made={shown.made} close={close} />}
    </>
  );
}

const TEXTS = {
  loading: 'settings.loadingClients',
  error: 'settings.clientsErrorTitle',
  noPermission: 'settings.noClientsPermTitle',
} as const;
