import { Button, Toast, ToastTitle, useRestoreFocusTarget, useToastController } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { JoinLinkOnWire, ManagedAgentOnWire } from '../../contract/agents.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ListTools } from '../frame/ListTools.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { ROLE_TEXT } from '../frame/roles.ts';
import { TOASTER } from '../frame/toaster.ts';
import { useMay, useSession } from '../frame/useSession.ts';
import { type TextKey, useText } from '../text.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { TabHead } from '../ui/TabHead.tsx';
import { TableFoot } from '../ui/TableFoot.tsx';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { useSorted } from '../ui/useSorted.ts';
import { ConfirmActDialog, type EndingAct } from './ConfirmActDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { RolesDialog } from './RolesDialog.tsx';
import { useAgentColumns } from './useAgentColumns.tsx';

/** What is open over the list. */
type Shown =
  | { readonly dialog: 'invite' }
  | { readonly dialog: 'roles'; readonly agent: ManagedAgentOnWire }
  | { readonly dialog: 'confirm'; readonly act: EndingAct; readonly agent: ManagedAgentOnWire }
  | { readonly dialog: 'link'; readonly made: JoinLinkOnWire };

function InviteButton({ invite }: { invite: () => void }) {
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  if (!useMay('manageAgents')) return null;
  return (
    <Button {...opener} appearance="primary" icon={<AddRegular />} onClick={invite}>
      {say('settings.inviteUser')}
    </Button>
  );
}

/** The people of the partner: who is in, as what, and how they sign in. */
export function AgentsPage() {
  const { say } = useText();
  const agents = useAnswer('listAgents', {});
  const restore = useAct('restoreAgent');
  const [shown, show] = useState<Shown>();
  const tell = useTold();
  const columns = useAgentColumns((act, agent) => {
    if (act === 'changeRoles') show({ dialog: 'roles', agent });
    else if (act === 'restore') {
      restore.mutate({ params: agent }, { onSuccess: () => tell('agents.restored', agent.displayName) });
    } else show({ dialog: 'confirm', act, agent });
  });
  const choice = useColumnChoice('agents', columns);
  const sorted = useSorted(agents.data?.items ?? [], choice.shown);
  const close = () => show(undefined);
  const showLink = (made: JoinLinkOnWire) => show({ dialog: 'link', made });
  return (
    <>
      <TabHead
        lead={useLead()}
        tools={agents.data && <ListTools name="users" choice={choice} rows={sorted.rows} />}
        action={<InviteButton invite={() => show({ dialog: 'invite' })} />}
      />
      {restore.error && <ProblemBar error={restore.error} />}
      <Panel>
        <Answered query={agents} texts={TEXTS}>
          {({ items }) => (
            <>
              <ListTable
                label={say('settings.tabUsers')}
                columns={choice.shown}
                {...sorted}
                idOf={(row) => row.agentId}
                nameOf={(row) => row.displayName}
                tone={(row) => (row.state === 'removed' ? 'readOnly' : undefined)}
              />
              <TableFoot range={say('a11y.filtered', { n: items.length })} />
            </>
          )}
        </Answered>
      </Panel>
      {shown?.dialog === 'invite' && (
        <InviteDialog rolesToGive={agents.data?.rolesToGive ?? []} invited={showLink} close={close} />
      )}
      {shown?.dialog === 'roles' && (
        <RolesDialog
          agent={shown.agent}
          rolesToGive={agents.data?.rolesToGive ?? []}
          done={() => {
            tell('agents.rolesChanged', shown.agent.displayName);
            close();
          }}
          close={close}
        />
      )}
      {shown?.dialog === 'confirm' && (
        <ConfirmActDialog
          {...shown}
          linked={showLink}
          done={(text) => {
            tell(text, shown.agent.displayName);
            close();
          }}
          close={close}
        />
      )}
      {shown?.dialog === 'link' && <LinkDialog made={shown.made} close={close} />}
    </>
  );
}

/** Who may do what the portal is for. */
function useLead(): string {
  const { say } = useText();
  const upgraders = useSession().data?.rolesThatMay['upgrade'] ?? [];
  return say('settings.rolesHelp', { roles: upgraders.map((role) => say(ROLE_TEXT[role])).join(', ') });
}

/** Echoes an act that was done to somebody. */
function useTold() {
  const { say } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  return (text: TextKey, name: string) =>
    dispatchToast(
      <Toast>
        <ToastTitle>{say(text, { name })}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
}

const TEXTS = {
  loading: 'agents.loading',
  error: 'agents.errorTitle',
  noPermission: 'agents.noPermTitle',
} as const;
