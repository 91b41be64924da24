import { Field, Input } from '@fluentui/react-components';
import { useForm } from 'react-hook-form';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { Refused } from '../sessions/Refused.tsx';
import { useText } from '../text.ts';
import { PasswordInput } from '../ui/PasswordInput.tsx';

type Proof = { readonly password: string; readonly code: string };

/** Switching the second factor off takes both factors. */
export function RemoveDialog({ close }: { close: () => void }) {
  const { say } = useText();
  const remove = useAct('removeSecondFactor');
  const { register, handleSubmit, formState } = useForm<Proof>({ defaultValues: { password: '', code: '' } });
  const found = problemOf(remove.error)?.fields ?? [];
  const field = (name: keyof Proof, label: string) => ({
    label,
    validationMessage: formState.errors[name]
      ? say('error.required', { field: label })
      : found.find((one) => one.field === name)?.message,
  });
  return (
    <FormDialog
      title={say('account.switchOffTitle')}
      submit={say('account.switchOff')}
      act={remove}
      perform={() => void handleSubmit((body) => remove.mutate({ body }, { onSuccess: close }))()}
      close={close}
      problem={remove.error && found.length === 0 && <Refused error={remove.error} />}
    >
      <Field {...field('password', say('account.presentPassword'))}>
        <PasswordInput
          autoComplete="current-password"
          showText={say('signin.showPassword')}
          {...register('password', { required: true })}
        />
      </Field>
      <Field {...field('code', say('account.anyCode'))} hint={say('account.anyCodeHint')}>
        <Input autoComplete="one-time-code" {...register('code', { required: true })} />
      </Field>
    </FormDialog>
  );
}
