import { Checkbox, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { ApiClientOnWire, SecretOnWire } from '../../contract/api-clients.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useText } from '../text.ts';
import { CheckboxGroup } from '../ui/CheckboxGroup.tsx';
import { useKept } from '../ui/useKept.ts';

type Roles = ApiClientOnWire['roles'];
type Props = {
  readonly rolesToGive: Roles;
  readonly made: (made: SecretOnWire) => void;
  readonly close: () => void;
};

/** A name and roles; what the server finds wrong stands at the field that it names. */
export function NewClientDialog({ rolesToGive, made, close }: Props) {
  const { say } = useText();
  const create = useAct('createApiClient');
  const [name, setName] = useKept('client name', '');
  const [roles, setRoles] = useKept<Roles>('client roles', ['adminAgent']);
  const [tried, setTried] = useState(false);
  const found = problemOf(create.error)?.fields ?? [];
  const wrong = (field: 'name' | 'roles', label: string, isMissing: boolean) =>
    tried && isMissing
      ? say('error.required', { field: label })
      : found.find((one) => one.field.split('.')[0] === field)?.message;
  const perform = () => {
    setTried(true);
    if (name.trim() === '' || roles.length === 0) return;
    create.mutate({ body: { name, roles } }, { onSuccess: made });
  };
  const give = (role: Roles[number], given: boolean) =>
    setRoles((before) => (given ? [...before, role] : before.filter((one) => one !== role)));
  const roleError = wrong('roles', say('settings.roles'), roles.length === 0);
  return (
    <FormDialog
      title={say('settings.newClient')}
      submit={say('settings.create')}
      act={create}
      perform={perform}
      close={close}
    >
      <Field
        label={say('common.name')}
        hint={say('settings.nameHint')}
        validationMessage={wrong('name', say('common.name'), name.trim() === '')}
      >
        <Input value={name} autoComplete="off" onChange={(_event, { value }) => setName(value)} />
      </Field>
      <CheckboxGroup label={say('settings.roles')} hint={say('settings.rolesHint')} error={roleError}>
        {rolesToGive.map((role) => (
          <Checkbox
            key={role}
            label={say(ROLE_TEXT[role])}
            checked={roles.includes(role)}
            onChange={(_event, { checked }) => give(role, checked === true)}
          />
        ))}
      </CheckboxGroup>
    </FormDialog>
  );
}
