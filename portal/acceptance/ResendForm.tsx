import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { FormEvent } from 'react';
import type { AcceptanceOnWire } from '../../contract/acceptance.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';
import { Section } from '../ui/Section.tsx';
import { useKept } from '../ui/useKept.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px', alignItems: 'stretch' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The way back once more, by mail, for an administrator who did not keep it. */
export function ResendForm({ acceptance, token }: { acceptance: AcceptanceOnWire; token: string }) {
  const { say } = useText();
  const styles = useStyles();
  const resend = useAct('resendConfirmation');
  const [email, setEmail] = useKept(`resend ${acceptance.customer.domain}`, '');
  const found = problemOf(resend.error)?.fields?.find(({ field }) => field === 'email');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!resend.isPending) resend.mutate({ body: { token, email } });
  };
  return (
    <Section title={say('accept.resendTitle')}>
      <form noValidate className={styles.fields} onSubmit={submit}>
        <span className={styles.quiet}>{say('accept.resendHint', { domain: acceptance.customer.domain })}</span>
        <Field label={say('accept.email')} validationMessage={found?.message}>
          <Input type="email" autoComplete="email" value={email} onChange={(_event, { value }) => setEmail(value)} />
        </Field>
        {resend.error && !found && <ProblemBar error={resend.error} />}
        <div>
          <Button type="submit" disabledFocusable={resend.isPending}>
            {say('accept.resend')}
          </Button>
        </div>
        <span role="status" className={styles.quiet}>
          {resend.data && say('accept.resent', { email: resend.data.email })}
          {resend.data && acceptance.mailKept && ` ${say('accept.mailKept')}`}
        </span>
      </form>
    </Section>
  );
}
