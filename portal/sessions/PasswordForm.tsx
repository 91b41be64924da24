import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useText } from '../text.ts';

const schema = z.object({ email: z.email(), password: z.string().min(1) });

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

/** Address and password; what was wrong is said without telling which of the two. */
export function PasswordForm({ entered }: { entered: () => void }) {
  const styles = useStyles();
  const { say } = useText();
  const signIn = useAct('signIn');
  const { register, handleSubmit, formState } = useForm({ resolver: zodResolver(schema) });
  const { errors } = formState;
  const refused = problemOf(signIn.error);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => void handleSubmit((body) => signIn.mutate({ body }, { onSuccess: entered }))(event)}
    >
      {signIn.error && (
        <MessageBar intent="error" politeness="assertive">
          <MessageBarBody>
            {refused?.code === 'sign-in-failed' ? say('signin.wrong') : (refused?.detail ?? say('error.network'))}
          </MessageBarBody>
        </MessageBar>
      )}
      <Field label={say('signin.email')} validationMessage={errors.email && say('error.email')}>
        <Input type="email" autoComplete="username" {...register('email')} />
      </Field>
      <Field
        label={say('signin.password')}
        validationMessage={errors.password && say('error.required', { field: say('signin.password') })}
      >
        <Input type="password" autoComplete="current-password" {...register('password')} />
      </Field>
      <Button type="submit" appearance="primary" disabled={signIn.isPending}>
        {say('signin.submit')}
      </Button>
    </form>
  );
}
