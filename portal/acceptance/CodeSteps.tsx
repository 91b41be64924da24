import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { AcceptanceOnWire } from '../../contract/acceptance.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';
import { Section } from '../ui/Section.tsx';
import { useKept } from '../ui/useKept.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px', alignItems: 'stretch' },
  code: { maxWidth: '180px' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A code that was found right, with the browser's part of it, and until when it holds. */
export type ProvedCode = { readonly proof: string; readonly code: string; readonly until: string };

type Props = {
  readonly acceptance: AcceptanceOnWire;
  readonly token: string;
  readonly proved: (code: ProvedCode) => void;
};

/** Proving to be an administrator by a code: where it goes, and then whether it is right, before anything else is asked for. */
export function CodeSteps({ acceptance, token, proved }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const send = useAct('sendCode');
  const [email, setEmail] = useKept(`email ${acceptance.customer.domain}`, '');
  const [sent, setSent] = useState<{ readonly proof: string; readonly email: string }>();
  const found = problemOf(send.error)?.fields?.find(({ field }) => field === 'email');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (send.isPending) return;
    send.mutate({ body: { token, email } }, { onSuccess: ({ proof }) => setSent({ proof, email }) });
  };
  return (
    <Section title={say('accept.prove')}>
      <form noValidate className={styles.fields} onSubmit={submit}>
        <span className={styles.quiet}>{say('accept.proveHint', { domain: acceptance.customer.domain })}</span>
        <Field label={say('accept.email')} validationMessage={found?.message}>
          <Input type="email" autoComplete="email" value={email} onChange={(_event, { value }) => setEmail(value)} />
        </Field>
        {send.error && !found && <ProblemBar error={send.error} />}
        <div>
          <Button
            type="submit"
            appearance={sent || acceptance.canSignIn ? 'secondary' : 'primary'}
            disabledFocusable={send.isPending}
          >
            {say(sent ? 'accept.newCode' : 'accept.sendCode')}
          </Button>
        </div>
        <span role="status" className={styles.quiet}>
          {sent && say('accept.codeSent', { email: sent.email })}
          {sent && acceptance.mailKept && ` ${say('accept.mailKept')}`}
        </span>
      </form>
      {sent && <CodeCheck key={sent.proof} token={token} proof={sent.proof} proved={proved} />}
    </Section>
  );
}

type CheckProps = Pick<Props, 'token' | 'proved'> & { readonly proof: string };

function CodeCheck({ token, proof, proved }: CheckProps) {
  const { say } = useText();
  const styles = useStyles();
  const check = useAct('checkCode');
  const [typed, setTyped] = useState('');
  const found = problemOf(check.error)?.fields?.find(({ field }) => field === 'code');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (check.isPending) return;
    const code = typed.replaceAll(/\s/g, '');
    check.mutate({ body: { token, proof, code } }, { onSuccess: ({ until }) => proved({ proof, code, until }) });
  };
  return (
    <form noValidate className={styles.fields} onSubmit={submit}>
      <Field label={say('accept.code')} validationMessage={found?.message}>
        <Input
          className={styles.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          maxLength={9}
          value={typed}
          onChange={(_event, { value }) => setTyped(value)}
        />
      </Field>
      {check.error && !found && <ProblemBar error={check.error} />}
      <div>
        <Button type="submit" appearance="primary" disabledFocusable={check.isPending}>
          {say('accept.checkCode')}
        </Button>
      </div>
    </form>
  );
}
