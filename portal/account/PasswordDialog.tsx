import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
} from '@fluentui/react-components';
import { useForm } from 'react-hook-form';
import { problemOf } from '../api/client.ts';
import { Refused } from '../sessions/Refused.tsx';
import { useText } from '../text.ts';
import { PasswordInput } from '../ui/PasswordInput.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  line: { margin: 0 },
});

type Props = {
  readonly title: string;
  readonly body: string;
  readonly submit: string;
  readonly act: { readonly isPending: boolean; readonly error: Error | null };
  readonly perform: (password: string) => void;
  readonly close: () => void;
};

/** Asks for the present password before something that a taken session alone must not do. */
export function PasswordDialog({ title, body, submit, act, perform, close }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const { register, handleSubmit, formState } = useForm<{ password: string }>({ defaultValues: { password: '' } });
  const label = say('account.presentPassword');
  const found = problemOf(act.error)?.fields?.find(({ field }) => field === 'password');
  const wrong = formState.errors.password ? say('error.required', { field: label }) : found?.message;
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => void handleSubmit(({ password }) => !act.isPending && perform(password))(event)}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {act.error && !found && <Refused error={act.error} />}
              <p className={styles.line}>{body}</p>
              <Field label={label} validationMessage={wrong}>
                <PasswordInput
                  autoComplete="current-password"
                  showText={say('signin.showPassword')}
                  {...register('password', { required: true })}
                />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{say('common.cancel')}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={act.isPending}>
                {submit}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
