import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useText } from '../text.ts';
import { PasswordInput } from '../ui/PasswordInput.tsx';
import { Refused } from './Refused.tsx';

const schema = z.object({ email: z.email(), password: z.string().min(1) });
export type Credentials = z.infer<typeof schema>;

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

type Props = {
  readonly entered: () => void;
  /** Where the account has a second factor. */
  readonly halfway: (credentials: Credentials) => void;
  /** True where it is the only way in. */
  readonly only: boolean;
};

/** Address and password; what was wrong is said without telling which of the two. */
export function PasswordForm({ entered, halfway, only }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const signIn = useAct('signIn');
  const { register, handleSubmit, formState } = useForm({ resolver: zodResolver(schema) });
  const { errors } = formState;
  const enter = (body: Credentials) =>
    signIn.mutate(
      { body },
      {
        onSuccess: entered,
        onError: (error) => problemOf(error)?.code === 'second-factor-needed' && halfway(body),
      },
    );
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void handleSubmit(enter)(event)}>
      {signIn.error && <Refused error={signIn.error} />}
      <Field label={say('signin.email')} validationMessage={errors.email && say('error.email')}>
        <Input type="email" autoComplete="username" {...register('email')} />
      </Field>
      <Field
        label={say('signin.password')}
        validationMessage={errors.password && say('error.required', { field: say('signin.password') })}
      >
        <PasswordInput
          autoComplete="current-password"
          showText={say('signin.showPassword')}
          {...register('password')}
        />
      </Field>
      <Button type="submit" appearance={only ? 'primary' : 'secondary'} disabledFocusable={signIn.isPending}>
        {say('signin.submit')}
      </Button>
    </form>
  );
}
