import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { AddRegular, FlowRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useNavigate } from 'react-router';
import type { WebhookSecretOnWire } from '../../contract/webhooks.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListTools } from '../frame/ListTools.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { TabHead } from '../ui/TabHead.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { useSorted } from '../ui/useSorted.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import { RegistrationPanel } from './RegistrationPanel.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { type Ask, useWebhookColumns } from './useWebhookColumns.tsx';
import { WebhookDialog } from './WebhookDialog.tsx';

/** What is open over the list. */
type Shown =
  | { readonly dialog: 'new' }
  | ({ readonly dialog: 'ask' } & Ask)
  | { readonly dialog: 'secret'; readonly made: WebhookSecretOnWire };

function NewButton({ create }: { create: () => void }) {
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  return (
    <Button {...opener} appearance="primary" icon={<AddRegular />} onClick={create}>
      {say('settings.newHook')}
    </Button>
  );
}

function Nothing({ create }: { create: () => void }) {
  const { say } = useText();
  return (
    <StateBlock icon={<FlowRegular />} title={say('settings.emptyHooks')} body={say('settings.emptyHooksBody')}>
      <NewButton create={create} />
    </StateBlock>
  );
}

/** The addresses to which events of this partner are sent. */
export function WebhooksPage() {
  const { say } = useText();
  const navigate = useNavigate();
  const mayManage = useMay('manageWebhooks');
  const webhooks = useAnswer('listWebhooks', {}, { every: 10_000 });
  const [shown, show] = useState<Shown>();
  const events = webhooks.data?.events ?? [];
  const columns = useWebhookColumns(events, (ask) => show({ dialog: 'ask', ...ask }));
  const choice = useColumnChoice('webhooks', columns);
  const sorted = useSorted(webhooks.data?.items ?? [], choice.shown);
  const create = () => show({ dialog: 'new' });
  const close = () => show(undefined);
  const showSecret = (made: WebhookSecretOnWire) => show({ dialog: 'secret', made });
  // The row that opened the dialog goes with the webhook; the focus must not go with it.
  const leaveRow = async () => {
    await webhooks.refetch();
    flushSync(close);
    focusList();
  };
  const isEmpty = webhooks.data?.items.length === 0;
  return (
    <>
      <TabHead
        lead={say('settings.hooksLead')}
        tools={!isEmpty && webhooks.data && <ListTools name="webhooks" choice={choice} rows={sorted.rows} />}
        action={mayManage && !isEmpty && <NewButton create={create} />}
      />
      <Panel>
        <Answered query={webhooks} texts={TEXTS}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing create={create} />
            ) : (
              <>
                <ListTable
                  label={say('settings.tabHooks')}
                  columns={choice.shown}
                  {...sorted}
                  idOf={(row) => row.webhookId}
                  nameOf={(row) => row.url}
                  open={(row) => void navigate(paths.webhook(row.webhookId))}
                />
                <TableFoot range={say('a11y.filtered', { n: items.length })} />
              </>
            )
          }
        </Answered>
      </Panel>
      {webhooks.data?.registration && <RegistrationPanel registration={webhooks.data.registration} />}
      {shown?.dialog === 'new' && <WebhookDialog events={events} made={showSecret} close={close} />}
      {shown?.dialog === 'ask' && shown.act === 'edit' && (
        <WebhookDialog events={events} webhook={shown.webhook} close={close} />
      )}
      {shown?.dialog === 'ask' && shown.act !== 'edit' && (
        <ChangeDialog
          act={shown.act}
          webhook={shown.webhook}
          rotated={showSecret}
          removed={() => void leaveRow()}
          close={close}
        />
      )}
      {shown?.dialog === 'secret' && <SecretDialog made={shown.made} close={close} />}
    </>
  );
}

function focusList(): void {
  const main = document.getElementById('main');
  (main?.querySelector<HTMLElement>('[data-row]') ?? main?.querySelector('button'))?.focus();
}

const TEXTS = {
  loading: 'settings.loadingHooks',
  error: 'settings.hooksErrorTitle',
  noPermission: 'settings.noHooksPermTitle',
} as const;
