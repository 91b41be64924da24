import { Button, Field, Input, makeStyles, Switch } from '@fluentui/react-components';
import { type FormEvent, useId, useState } from 'react';
import type { IdentityProviderOnWire } from '../../contract/identity-providers.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useFirstWrong } from '../frame/FormDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { type TextKey, useText } from '../text.ts';
import { SidePanel } from '../ui/SidePanel.tsx';
import { useKept } from '../ui/useKept.ts';
import { bodyOf, formOf, NEEDED, type ProviderForm, TEXT_FIELDS } from './provider-form.ts';
import { ProviderTest } from './ProviderTest.tsx';
import { RoleMap } from './RoleMap.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '14px', paddingBottom: '16px' },
});

type Props = {
  readonly provider: IdentityProviderOnWire | undefined;
  readonly saved: (provider: IdentityProviderOnWire) => void;
  readonly close: () => void;
};

/** Everything about one provider; what the server finds wrong stands at the field that it names. */
export function ProviderPanel({ provider, saved, close }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const id = useId();
  const { form, set } = useProviderForm(provider);
  const [tried, setTried] = useState(false);
  const { save, isPending, error } = useSave(provider);
  const { form: element, tried: lead } = useFirstWrong(error);
  const found = problemOf(error)?.fields ?? [];
  const isMissing = (name: string) =>
    NEEDED.some((one) => one === name && form[one].trim() === '' && !(provider && one === 'clientSecret'));
  const wrong = (name: keyof ProviderForm, label = '') =>
    tried && isMissing(name)
      ? say('error.required', { field: label })
      : found.find((one) => one.field.split('.')[0] === name)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    lead();
    if (!isPending && !NEEDED.some(isMissing)) save(form, saved);
  };
  return (
    <SidePanel
      open
      close={close}
      closeText={say('common.close')}
      title={provider ? provider.name : say('provider.add')}
      foot={<Buttons form={id} isPending={isPending} close={close} />}
    >
      <form ref={element} id={id} noValidate className={styles.form} onSubmit={submit}>
        {error && found.length === 0 && <ProblemBar error={error} />}
        <TextFields
          form={form}
          set={set}
          hintOf={(name, hint) =>
            name === 'clientSecret' && provider ? say('provider.secretKept') : hint && say(hint)
          }
          wrong={wrong}
        />
        <ProviderTest issuer={form.issuer} />
        <Field
          label={say('provider.roleClaim')}
          hint={say('provider.roleClaimHint')}
          validationMessage={wrong('roleClaim')}
        >
          <Input
            value={form.roleClaim}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, { value }) => set({ roleClaim: value })}
          />
        </Field>
        {form.roleClaim.trim() !== '' && (
          <RoleMap map={form.roleMap} wrong={wrong('roleMap')} change={(roleMap) => set({ roleMap })} />
        )}
        <Field hint={say('provider.createsHint')}>
          <Switch
            label={say('provider.creates')}
            checked={form.createsAgents}
            onChange={(_event, { checked }) => set({ createsAgents: checked })}
          />
        </Field>
      </form>
    </SidePanel>
  );
}

/** What is written, of which all but the secret is kept. */
function useProviderForm(provider: IdentityProviderOnWire | undefined) {
  const [clientSecret, setSecret] = useState('');
  const [kept, setKept] = useKept(`provider ${provider?.providerId}`, () => formOf(provider));
  const set = ({ clientSecret: secret, ...changed }: Partial<ProviderForm>) => {
    if (secret !== undefined) setSecret(secret);
    setKept((before) => ({ ...before, ...changed }));
  };
  return { form: { ...kept, clientSecret }, set };
}

function Buttons({ form, isPending, close }: { form: string; isPending: boolean; close: () => void }) {
  const { say } = useText();
  return (
    <>
      <Button type="submit" form={form} appearance="primary" disabledFocusable={isPending}>
        {say('common.save')}
      </Button>
      <Button disabled={isPending} onClick={close}>
        {say('common.cancel')}
      </Button>
    </>
  );
}

type FieldsProps = {
  readonly form: ProviderForm;
  readonly set: (changed: Partial<ProviderForm>) => void;
  readonly hintOf: (name: keyof ProviderForm, hint: TextKey | undefined) => string | undefined;
  readonly wrong: (name: keyof ProviderForm, label: string) => string | undefined;
};

function TextFields({ form, set, hintOf, wrong }: FieldsProps) {
  const { say } = useText();
  return TEXT_FIELDS.map(({ name, label, hint, type }) => (
    <Field key={name} label={say(label)} hint={hintOf(name, hint)} validationMessage={wrong(name, say(label))}>
      <Input
        type={type ?? 'text'}
        value={form[name]}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        spellCheck={false}
        onChange={(_event, { value }) => set({ [name]: value })}
      />
    </Field>
  ));
}

function useSave(provider: IdentityProviderOnWire | undefined) {
  const create = useAct('createIdentityProvider');
  const change = useAct('changeIdentityProvider');
  const { isPending, error } = provider ? change : create;
  const save = (form: ProviderForm, saved: (provider: IdentityProviderOnWire) => void) => {
    const body = bodyOf(form);
    if (provider) change.mutate({ params: { providerId: provider.providerId }, body }, { onSuccess: saved });
    else create.mutate({ body: { ...body, clientSecret: form.clientSecret } }, { onSuccess: saved });
  };
  return { save, isPending, error };
}
