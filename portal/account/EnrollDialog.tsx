import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { problemOf } from '../api/client.ts';
import { useAct, type Value } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { OnceDialog, TakenAlong } from '../frame/OnceDialog.tsx';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { QrCode } from '../ui/QrCode.tsx';

const useStyles = makeStyles({
  codes: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))',
    gap: '4px 16px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    fontFamily: tokens.fontFamilyMonospace,
  },
  line: { margin: 0 },
});

type Props = { readonly enrolled: Value<'enrollSecondFactor'>; readonly close: () => void };

/** The QR code and a first code of the app; then the recovery codes, which only their button closes. */
export function EnrollDialog({ enrolled, close }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const confirm = useAct('confirmSecondFactor');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const perform = () => {
    setTried(true);
    if (code.trim() !== '') confirm.mutate({ body: { code } });
  };
  const missing = tried && code.trim() === '' ? say('error.required', { field: say('signin.code') }) : undefined;
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} close={close} />;
  return (
    <FormDialog
      title={say('account.enrollTitle')}
      submit={say('account.switchOn')}
      act={confirm}
      perform={perform}
      close={close}
    >
      <p className={styles.line}>{say('account.scan')}</p>
      <QrCode text={enrolled.address} label={say('account.qrCode')} />
      <div>
        <span>{say('account.secretText')}</span>
        <div>
          <TakenAlong
            text={enrolled.secret}
            shown={enrolled.secret.replace(/(.{4})(?=.)/g, '$1 ')}
            name={say('account.secret')}
          />
        </div>
      </div>
      <Field
        label={say('signin.code')}
        hint={say('account.codeHint')}
        validationMessage={missing ?? problemOf(confirm.error)?.fields?.[0]?.message}
      >
        <Input
          value={code}
          inputMode="numeric"
          autoComplete="one-time-code"
          onChange={(_event, { value }) => setCode(value)}
        />
      </Field>
    </FormDialog>
  );
}

function RecoveryCodes({ codes, close }: { codes: readonly string[]; close: () => void }) {
  const styles = useStyles();
  const { say } = useText();
  return (
    <OnceDialog
      title={say('account.recoveryTitle')}
      warning={say('account.recoveryOnce')}
      action={<CopyButton text={say('account.copyCodes')} copied={say('common.copied')} value={codes.join('\n')} />}
      done={say('account.kept')}
      close={close}
    >
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </OnceDialog>
  );
}
