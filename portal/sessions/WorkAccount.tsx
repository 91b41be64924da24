import { Button, Divider, Field, Input, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Value } from '../api/query.ts';
import { type TextKey, useText } from '../text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  button: { minHeight: '40px' },
});

const WORK_ACCOUNT = '/api/sign-in/work-account';

/** What the server says of a sign-in that came to nothing. */
const PROBLEMS: Readonly<Record<string, TextKey>> = {
  'no-provider': 'signin.noProvider',
  'unknown-domain': 'signin.unknownDomain',
  'provider-down': 'signin.providerDown',
  'provider-misconfigured': 'signin.providerMisconfigured',
  canceled: 'signin.canceled',
  'not-begun': 'signin.notBegun',
  'not-verified': 'signin.notVerified',
  'unknown-agent': 'signin.unknownAgent',
};

type Props = {
  readonly way: Value<'listSignInWays'>['workAccount'];
  /** What stands below: the other ways in. */
  readonly others: string;
};

/** Signing in at the company’s identity provider: directly, or found by the domain of an address. */
export function WorkAccount({ way, others }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const [search] = useSearchParams();
  const next = search.get('next');
  const go = (domain?: string) => {
    const query = new URLSearchParams({ ...(next !== null && { next }), ...(domain !== undefined && { domain }) });
    window.location.assign(`${WORK_ACCOUNT}?${query.toString()}`);
  };
  return (
    <>
      <WorkAccountProblem />
      {way === 'direct' && (
        <Button className={styles.button} appearance="primary" icon={<PersonRegular />} onClick={() => go()}>
          {say('signin.withWork')}
        </Button>
      )}
      {way === 'byDomain' && <DomainForm go={go} />}
      {way !== 'none' && <Divider>{others}</Divider>}
    </>
  );
}

function DomainForm({ go }: { go: (domain: string) => void }) {
  const { say } = useText();
  const styles = useStyles();
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  const domain = /^[^\s@]+@([^\s@]+)$/.exec(email.trim())?.[1];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (domain !== undefined) go(domain);
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <Field
        label={say('signin.workEmail')}
        hint={say('signin.workEmailHint')}
        validationMessage={tried && domain === undefined ? say('error.email') : undefined}
      >
        <Input
          type="email"
          name="work-email"
          autoComplete="email"
          value={email}
          onChange={(_event, { value }) => setEmail(value)}
        />
      </Field>
      <Button type="submit" className={styles.button} appearance="primary" icon={<PersonRegular />}>
        {say('signin.withWork')}
      </Button>
    </form>
  );
}

/** Why the person is here again, with the id under which the log says more. */
function WorkAccountProblem() {
  const { say } = useText();
  const [search] = useSearchParams();
  const text = PROBLEMS[search.get('problem') ?? ''];
  if (text === undefined) return null;
  const id = search.get('id') ?? '';
  return (
    <MessageBar intent={text === 'signin.canceled' ? 'info' : 'error'} layout="multiline" politeness="assertive">
      <MessageBarBody>
        {say(text)}
        {/^[\w-]{1,64}$/.test(id) && text !== 'signin.canceled' && ` ${say('signin.reference', { id })}`}
      </MessageBarBody>
    </MessageBar>
  );
}
