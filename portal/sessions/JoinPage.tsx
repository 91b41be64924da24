import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { LinkDismissRegular } from '@fluentui/react-icons';
import { useForm } from 'react-hook-form';
import { useLocation, useNavigate } from 'react-router';
import { problemOf } from '../api/client.ts';
import { queryClient, useAct, useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { PasswordInput } from '../ui/PasswordInput.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { BareCard, CardHead } from './Card.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
});

/** Where a link leads that an administrator has passed on: its agent sets a password and is in. */
export function JoinPage() {
  const { say } = useText();
  // Behind the #, where neither a server nor the next site sees it.
  const token = useLocation().hash.slice(1);
  const link = useAnswer('showJoinLink', { body: { token } });
  const isOver = problemOf(link.error)?.code === 'link-not-valid';
  return (
    <BareCard title={say('join.title')}>
      {isOver ? (
        <StateBlock
          icon={<LinkDismissRegular />}
          tone="neutral"
          page
          title={say('join.notValidTitle')}
          body={say('join.notValidBody')}
        >
          <RouterButton to={paths.signIn}>{say('join.toSignIn')}</RouterButton>
        </StateBlock>
      ) : (
        <Answered query={link} texts={{ loading: 'join.loading', error: 'join.errorTitle' }} page>
          {(invited) => (
            <>
              <CardHead
                title={say('join.title')}
                lead={say('join.lead', { name: invited.displayName, partner: invited.partner })}
              />
              <NewPasswordForm token={token} email={invited.email} />
            </>
          )}
        </Answered>
      )}
    </BareCard>
  );
}

/** The new password, typed once, because it can be looked at. */
function NewPasswordForm({ token, email }: { token: string; email: string }) {
  const styles = useStyles();
  const { say } = useText();
  const navigate = useNavigate();
  const join = useAct('join');
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: { password: '' } });
  const refused = problemOf(join.error)?.fields?.find(({ field }) => field === 'password')?.message;
  const missing = formState.errors.password && say('error.required', { field: say('account.newPassword') });
  const entered = ({ session }: Value<'join'>) => {
    queryClient.clear();
    void navigate(session ? paths.customers : paths.signIn, { replace: true });
  };
  const submit = handleSubmit(({ password }) =>
    join.mutate({ body: { token, password } }, { onSuccess: entered, onError: () => setFocus('password') }),
  );
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      {join.error && refused === undefined && <ProblemBar error={join.error} />}
      <Field label={say('signin.email')}>
        <Input type="email" autoComplete="username" readOnly value={email} />
      </Field>
      <Field
        label={say('account.newPassword')}
        hint={say('account.passwordHint')}
        validationMessage={missing ?? refused}
      >
        <PasswordInput
          autoComplete="new-password"
          showText={say('signin.showPassword')}
          {...register('password', { required: true })}
        />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={join.isPending}>
        {say('join.submit')}
      </Button>
    </form>
  );
}
