import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { JoinLinkOnWire } from '../../contract/agents.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { useText } from '../text.ts';
import { useKept } from '../ui/useKept.ts';
import { RoleFields, type Roles } from './RoleFields.tsx';

type Props = {
  readonly rolesToGive: Roles;
  readonly invited: (made: JoinLinkOnWire) => void;
  readonly close: () => void;
};

/** Name, address and roles; what the server finds wrong stands at the field that it names. */
export function InviteDialog({ rolesToGive, invited, close }: Props) {
  const { say } = useText();
  const invite = useAct('inviteAgent');
  const [displayName, setName] = useKept('invite name', '');
  const [email, setEmail] = useKept('invite email', '');
  const [roles, setRoles] = useKept<Roles>('invite roles', []);
  const [tried, setTried] = useState(false);
  const problem = problemOf(invite.error);
  const known = problem?.code === 'agent-exists' ? `${problem.detail} ${problem.remedy}` : undefined;
  const found = problem?.fields ?? [];
  const wrong = (field: string, missing: string | undefined) =>
    missing ?? found.find((one) => one.field.split('.')[0] === field)?.message;
  const needed = (value: string, label: string) =>
    tried && value.trim() === '' ? say('error.required', { field: label }) : undefined;
  const perform = () => {
    setTried(true);
    if (displayName.trim() === '' || email.trim() === '') return;
    invite.mutate({ body: { displayName, email: email.trim(), roles } }, { onSuccess: invited });
  };
  return (
    <FormDialog
      title={say('settings.inviteUser')}
      submit={say('agents.invite')}
      act={invite}
      perform={perform}
      close={close}
      {...(known !== undefined && { problem: null })}
    >
      <span>{say('agents.inviteBody')}</span>
      <TextField
        label={say('agents.fullName')}
        value={displayName}
        change={setName}
        error={wrong('displayName', needed(displayName, say('agents.fullName')))}
      />
      <TextField
        type="email"
        label={say('signin.email')}
        value={email}
        change={setEmail}
        error={wrong('email', needed(email, say('signin.email')) ?? known)}
      />
      <RoleFields roles={roles} change={setRoles} rolesToGive={rolesToGive} error={wrong('roles', undefined)} />
    </FormDialog>
  );
}

type TextFieldProps = {
  readonly type?: 'email' | 'text';
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error: string | undefined;
};

function TextField({ type = 'text', label, value, change, error }: TextFieldProps) {
  return (
    <Field label={label} validationMessage={error}>
      <Input type={type} value={value} autoComplete="off" onChange={(_event, data) => change(data.value)} />
    </Field>
  );
}
