import {
  Button,
  Divider,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  tokens,
} from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons';
import type { FormEvent } from 'react';
import { useSearchParams } from 'react-router';
import type { AcceptanceOnWire } from '../../contract/acceptance.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { type TextKey, useText } from '../text.ts';
import { Section } from '../ui/Section.tsx';
import { useKept } from '../ui/useKept.ts';
import { keepLink } from './kept-link.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px', alignItems: 'stretch' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** What the server says of a sign-in that proved nothing. */
const PROBLEMS: Readonly<Record<string, TextKey>> = {
  'provider-down': 'accept.signInDown',
  'provider-misconfigured': 'accept.signInMisconfigured',
  canceled: 'accept.signInCanceled',
  'not-begun': 'accept.signInNotBegun',
  'not-verified': 'accept.signInNotVerified',
  'other-tenant': 'accept.signInOtherTenant',
  'not-administrator': 'accept.signInNotAdministrator',
  'other-domain': 'accept.signInOtherDomain',
};

type Props = { readonly acceptance: AcceptanceOnWire; readonly token: string };

/** Proving to be an administrator by signing in to the organization’s own tenant; a new one says which it is. */
export function TenantSignIn({ acceptance, token }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const begin = useAct('beginCustomerSignIn');
  const [tenantId, setTenantId] = useKept(`tenant ${acceptance.customer.domain}`, '');
  const found = problemOf(begin.error)?.fields?.find(({ field }) => field === 'tenantId');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (begin.isPending) return;
    const body = { token, ...(acceptance.isNew && tenantId !== '' && { tenantId }) };
    begin.mutate(
      { body },
      {
        onSuccess: ({ url }) => {
          keepLink(token);
          window.location.assign(url);
        },
      },
    );
  };
  return (
    <Section title={say('accept.signInTitle')}>
      <SignInProblem domain={acceptance.customer.domain} />
      <form noValidate className={styles.fields} onSubmit={submit}>
        <span className={styles.quiet}>{say('accept.signInHint')}</span>
        {acceptance.isNew && (
          <Field
            label={say('accept.signInTenant')}
            hint={say('accept.orgTenantHint')}
            validationMessage={found?.message}
          >
            <Input value={tenantId} onChange={(_event, { value }) => setTenantId(value.trim())} />
          </Field>
        )}
        {begin.error && !found && <ProblemBar error={begin.error} />}
        <div>
          <Button type="submit" appearance="primary" icon={<PersonRegular />} disabledFocusable={begin.isPending}>
            {say('accept.signIn')}
          </Button>
        </div>
      </form>
      <Divider>{say('accept.signInOr')}</Divider>
    </Section>
  );
}

/** Why the administrator is here again, with the id under which the log says more. */
function SignInProblem({ domain }: { domain: string }) {
  const { say } = useText();
  const [search] = useSearchParams();
  const text = PROBLEMS[search.get('problem') ?? ''];
  if (text === undefined) return null;
  const id = search.get('id') ?? '';
  return (
    <MessageBar intent={text === 'accept.signInCanceled' ? 'info' : 'error'} layout="multiline" politeness="assertive">
      <MessageBarBody>
        {say(text, text === 'accept.signInOtherDomain' ? { domain } : {})}
        {/^[\w-]{1,64}$/.test(id) && text !== 'accept.signInCanceled' && ` ${say('signin.reference', { id })}`}
      </MessageBarBody>
    </MessageBar>
  );
}
