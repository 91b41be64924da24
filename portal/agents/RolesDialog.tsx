import type { ManagedAgentOnWire } from '../../contract/agents.ts';
import { problemOf } from '../api/client.ts';
import { askAgain, useAct } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { useText } from '../text.ts';
import { useKept } from '../ui/useKept.ts';
import { RoleFields, type Roles } from './RoleFields.tsx';

type Props = {
  readonly agent: ManagedAgentOnWire;
  readonly rolesToGive: Roles;
  readonly done: () => void;
  readonly close: () => void;
};

/** The roles of an agent, all at once. */
export function RolesDialog({ agent, rolesToGive, done, close }: Props) {
  const { say } = useText();
  const change = useAct('changeAgentRoles');
  const [roles, setRoles] = useKept<Roles>(`roles ${agent.agentId}`, agent.roles);
  const save = () =>
    // Perhaps a colleague was faster: what is true now is shown at once.
    change.mutate({ params: agent, body: { roles } }, { onSuccess: done, onError: askAgain });
  return (
    <FormDialog
      title={say('agents.rolesOf', { name: agent.displayName })}
      submit={say('common.save')}
      act={change}
      perform={save}
      close={close}
    >
      <RoleFields
        roles={roles}
        change={setRoles}
        rolesToGive={rolesToGive}
        takeGlobalAdmin={agent.hindrances.takeGlobalAdmin}
        error={problemOf(change.error)?.fields?.[0]?.message}
      />
    </FormDialog>
  );
}
