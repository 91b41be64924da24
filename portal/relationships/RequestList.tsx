import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import type { ComposedOnWire, RequestOnWire } from '../../contract/relationships.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useMay } from '../frame/useSession.ts';
import { type Say, useText } from '../text.ts';
import { type Format, useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { ActDialog } from './ActDialog.tsx';
import { EmailDialog } from './EmailDialog.tsx';
import { StandingBadge } from './StandingBadge.tsx';
import { STATES } from './texts.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  request: { display: 'flex', flexDirection: 'column', rowGap: '6px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '4px' },
});

type Props = {
  readonly requests: readonly RequestOnWire[];
  /** Where they are of several customers. */
  readonly named?: boolean;
};

/** Requests, the newest first: what was asked for, what became of it, and its email again while it is open. */
export function RequestList({ requests, named = false }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.list}>
      {requests.map((request) => (
        <RequestPanel key={request.requestId} request={request} named={named} />
      ))}
    </div>
  );
}

function RequestPanel({ request, named }: { request: RequestOnWire; named: boolean }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const mayAsk = useMay('requestRelationship');
  const mail = mailOf(request, say, format);
  return (
    <Panel padded className={styles.request}>
      <div className={styles.head}>
        {named && <span className={styles.name}>{`${request.customer.name} · ${request.customer.domain}`}</span>}
        <StandingBadge shown={STATES[request.state]} />
      </div>
      <span>{askedOf(request, say)}</span>
      <span className={styles.quiet}>{datesOf(request, say, format)}</span>
      {mail && <span className={styles.quiet}>{mail}</span>}
      {mayAsk && request.state === 'open' && <Acts requestId={request.requestId} />}
    </Panel>
  );
}

function askedOf({ privileges: { kind, roles, days } }: RequestOnWire, say: Say): string {
  if (kind === 'none') return say('rel.askedNone');
  if (kind === 'dap') return say('priv.dap');
  return say('rel.askedGranular', { roles: roles.map(({ name }) => name).join(', '), n: days ?? 0 });
}

function datesOf({ state, createdAt, expiresAt, answeredAt }: RequestOnWire, say: Say, format: Format): string {
  const date = format.day(createdAt);
  if (answeredAt !== null) return say('rel.answeredOn', { date, on: format.day(answeredAt) });
  if (state === 'expired') return say('rel.lapsedOn', { date, on: format.day(expiresAt) });
  return say('rel.requestedOn', { date, until: format.day(expiresAt) });
}

function mailOf({ mail }: RequestOnWire, say: Say, format: Format): string | undefined {
  switch (mail?.state) {
    case 'pending':
      return say('rel.mailPending');
    case 'sent':
      return say('rel.mailSent', { date: format.day(mail.at) });
    case 'failed':
      return say('rel.mailFailed', { error: mail.error ?? '' });
    case 'kept':
      return say('rel.mailKept');
    default:
      return undefined;
  }
}

function Acts({ requestId }: { requestId: string }) {
  const { say } = useText();
  const echo = useEcho();
  const styles = useStyles();
  const opener = useRestoreFocusTarget();
  const [email, show] = useState<ComposedOnWire>();
  const [asking, ask] = useState(false);
  const compose = useAct('composeRequestEmail');
  const withdraw = useAct('withdrawRequest');
  const params = { requestId };
  const run = () =>
    withdraw.mutate(
      { params },
      {
        onSuccess: () => {
          ask(false);
          echo(say('rel.withdrawn'));
        },
      },
    );
  return (
    <>
      {compose.error && <ProblemBar error={compose.error} />}
      <div className={styles.acts}>
        <Button
          {...opener}
          size="small"
          disabledFocusable={compose.isPending}
          onClick={() => compose.mutate({ params }, { onSuccess: show })}
        >
          {say('rel.resend')}
        </Button>
        <Button {...opener} size="small" onClick={() => ask(true)}>
          {say('rel.withdraw')}
        </Button>
      </div>
      {email && <EmailDialog email={email} close={() => show(undefined)} />}
      {asking && (
        <ActDialog
          title={say('rel.withdrawTitle')}
          body={say('rel.withdrawBody')}
          verb={say('rel.withdraw')}
          act={withdraw}
          run={run}
          close={() => ask(false)}
        />
      )}
    </>
  );
}
