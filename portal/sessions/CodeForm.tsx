import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useText } from '../text.ts';
import type { Credentials } from './PasswordForm.tsx';
import { Refused } from './Refused.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  code: { '& input': { fontSize: '18px', letterSpacing: '2px', fontVariantNumeric: 'tabular-nums' } },
});

type Props = {
  readonly credentials: Credentials;
  readonly entered: () => void;
  readonly back: () => void;
};

/** The second step: the code of the app, or a recovery code, in one field that can be pasted into. */
export function CodeForm({ credentials, entered, back }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const signIn = useAct('signIn');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const [withRecovery, setRecovery] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [withRecovery]);
  const isWrong = problemOf(signIn.error)?.code === 'second-factor-wrong';
  const label = say(withRecovery ? 'signin.recoveryCode' : 'signin.code');
  const message = () => {
    if (tried && code.trim() === '') return say('error.required', { field: label });
    return isWrong ? say('signin.codeWrong') : undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (signIn.isPending || code.trim() === '') return field.current?.focus();
    const onError = () => {
      field.current?.select();
      field.current?.focus();
    };
    signIn.mutate({ body: { ...credentials, code } }, { onSuccess: entered, onError });
  };
  const switchKind = () => {
    signIn.reset();
    setTried(false);
    setCode('');
    setRecovery(!withRecovery);
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      {signIn.error && !isWrong && <Refused error={signIn.error} />}
      <Field
        label={label}
        hint={say(withRecovery ? 'signin.recoveryHint' : 'signin.codeHint')}
        validationMessage={message()}
      >
        <Input
          ref={field}
          className={styles.code}
          value={code}
          inputMode={withRecovery ? 'text' : 'numeric'}
          autoComplete={withRecovery ? 'off' : 'one-time-code'}
          onChange={(_event, { value }) => setCode(value)}
        />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={signIn.isPending}>
        {say('signin.submit')}
      </Button>
      <Button appearance="subtle" onClick={switchKind}>
        {say(withRecovery ? 'signin.useApp' : 'signin.useRecovery')}
      </Button>
      <Button appearance="subtle" onClick={back}>
        {say('signin.back')}
      </Button>
    </form>
  );
}
