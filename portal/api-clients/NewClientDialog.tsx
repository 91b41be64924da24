import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
} from '@fluentui/react-components';
import { type FormEvent, useRef, useState } from 'react';
import type { ApiClientOnWire, SecretOnWire } from '../../contract/api-clients.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useText } from '../text.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  roles: { display: 'flex', flexDirection: 'column' },
});

type Roles = ApiClientOnWire['roles'];
type Props = {
  readonly rolesToGive: Roles;
  readonly made: (made: SecretOnWire) => void;
  readonly close: () => void;
};

/** A name and roles; what the server finds wrong stands at the field that it names. */
export function NewClientDialog({ rolesToGive, made, close }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const create = useAct('createApiClient');
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Roles>(['adminAgent']);
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const found = problemOf(create.error)?.fields ?? [];
  const wrong = (field: 'name' | 'roles', label: string, isMissing: boolean) =>
    tried && isMissing
      ? say('error.required', { field: label })
      : found.find((one) => one.field.split('.')[0] === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '') field.current?.focus();
    if (create.isPending || name.trim() === '' || roles.length === 0) return;
    create.mutate({ body: { name, roles } }, { onSuccess: made });
  };
  const give = (role: Roles[number], given: boolean) =>
    setRoles((before) => (given ? [...before, role] : before.filter((one) => one !== role)));
  const roleError = wrong('roles', say('settings.roles'), roles.length === 0);
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && !create.isPending && close()}>
      <DialogSurface>
        <form noValidate onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{say('settings.newClient')}</DialogTitle>
            <DialogContent className={styles.content}>
              {create.error && found.length === 0 && <ProblemBar error={create.error} />}
              <Field
                label={say('common.name')}
                hint={say('settings.nameHint')}
                validationMessage={wrong('name', say('common.name'), name.trim() === '')}
              >
                <Input ref={field} value={name} autoComplete="off" onChange={(_event, { value }) => setName(value)} />
              </Field>
              <Field label={say('settings.roles')} hint={say('settings.rolesHint')} validationMessage={roleError}>
                <div role="group" className={styles.roles}>
                  {rolesToGive.map((role) => (
                    <Checkbox
                      key={role}
                      label={say(ROLE_TEXT[role])}
                      checked={roles.includes(role)}
                      onChange={(_event, { checked }) => give(role, checked === true)}
                    />
                  ))}
                </div>
              </Field>
            </DialogContent>
            <DialogActions>
              <Button disabled={create.isPending} onClick={close}>
                {say('common.cancel')}
              </Button>
              <Button type="submit" appearance="primary" disabledFocusable={create.isPending}>
                {say('settings.create')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
