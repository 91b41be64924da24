import { Button, Field, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useSession } from '../frame/useSession.ts';
import { Refused } from '../sessions/Refused.tsx';
import { useText } from '../text.ts';
import { PasswordInput } from '../ui/PasswordInput.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', rowGap: '12px', maxWidth: '400px' },
  act: { alignSelf: 'flex-start' },
});

type Passwords = { readonly password: string; readonly newPassword: string };

/** The present password and a new one; the new one is typed once, because it can be looked at. */
export function ChangePassword() {
  const styles = useStyles();
  const { say } = useText();
  const { data: session } = useSession();
  const change = useAct('changePassword');
  // The fields hold what was typed in them by themselves; new ones are empty.
  const [round, setRound] = useState(0);
  const { register, handleSubmit, formState, reset, setFocus } = useForm<Passwords>({
    defaultValues: { password: '', newPassword: '' },
  });
  const found = problemOf(change.error)?.fields ?? [];
  const field = (name: keyof Passwords, label: string) => ({
    label,
    validationMessage: formState.errors[name]
      ? say('error.required', { field: label })
      : found.find((one) => one.field === name)?.message,
  });
  const submit = (body: Passwords) =>
    change.mutate(
      { body },
      {
        onSuccess: () => {
          reset();
          setRound(round + 1);
        },
        onError: (error) => {
          const wrong = problemOf(error)?.fields?.[0]?.field;
          if (wrong === 'password' || wrong === 'newPassword') setFocus(wrong);
        },
      },
    );
  return (
    <form key={round} className={styles.form} noValidate onSubmit={(event) => void handleSubmit(submit)(event)}>
      {change.error && found.length === 0 && <Refused error={change.error} />}
      {change.isSuccess && (
        <MessageBar intent="success" politeness="polite" layout="multiline">
          <MessageBarBody>{say('account.passwordChanged')}</MessageBarBody>
        </MessageBar>
      )}
      {/* Tells password managers whose password it is. */}
      <input type="text" autoComplete="username" value={session?.agent.email ?? ''} readOnly hidden />
      <Field {...field('password', say('account.presentPassword'))}>
        <PasswordInput
          autoComplete="current-password"
          showText={say('signin.showPassword')}
          {...register('password', { required: true })}
        />
      </Field>
      <Field {...field('newPassword', say('account.newPassword'))} hint={say('account.passwordHint')}>
        <PasswordInput
          autoComplete="new-password"
          showText={say('signin.showPassword')}
          {...register('newPassword', { required: true })}
        />
      </Field>
      <Button type="submit" className={styles.act} disabledFocusable={change.isPending}>
        {say('account.changePassword')}
      </Button>
    </form>
  );
}
