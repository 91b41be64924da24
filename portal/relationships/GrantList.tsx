import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import type { GrantOnWire } from '../../contract/relationships.ts';
import { useAct } from '../api/query.ts';
import { useMay } from '../frame/useSession.ts';
import { useEcho } from '../frame/useEcho.tsx';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { Clock16Regular } from '@fluentui/react-icons';
import { ActDialog } from './ActDialog.tsx';
import { StandingBadge } from './StandingBadge.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  grant: { display: 'flex', flexDirection: 'column', rowGap: '8px', alignItems: 'flex-start' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Each grant with its roles, services and time; one may be given back. */
export function GrantList({ customerId, grants }: { customerId: string; grants: readonly GrantOnWire[] }) {
  const { say } = useText();
  const styles = useStyles();
  if (grants.length === 0) {
    return (
      <Panel padded>
        <p className={styles.quiet}>{say('rel.grantsNone')}</p>
      </Panel>
    );
  }
  return (
    <div className={styles.list}>
      {grants.map((grant) => (
        <GrantPanel key={grant.privilegesId} customerId={customerId} grant={grant} />
      ))}
    </div>
  );
}

function GrantPanel({ customerId, grant }: { customerId: string; grant: GrantOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { kind, roles, services, startsAt, endsAt } = grant;
  const [from, to] = [startsAt.slice(0, 10), endsAt?.slice(0, 10)];
  return (
    <Panel padded className={styles.grant}>
      <div className={styles.head}>
        <h3 className={styles.title}>{say(kind === 'dap' ? 'priv.dap' : 'priv.gdap')}</h3>
        <GrantBadge grant={grant} />
      </div>
      <FactsList
        facts={[
          ...(kind === 'gdap' ? [{ key: say('rel.roles'), value: roles.map(({ name }) => name).join(', ') }] : []),
          {
            key: say('rel.services'),
            value: services?.map(({ name }) => name).join(', ') ?? say('rel.servicesAll'),
          },
          {
            key: say('rel.term'),
            value: to ? format.dayRange(from, to) : say('rel.termFrom', { from: format.day(from) }),
          },
        ]}
      />
      <GiveBack customerId={customerId} privilegesId={grant.privilegesId} />
    </Panel>
  );
}

function GrantBadge({ grant: { state, warning, startsAt, endsAt } }: { grant: GrantOnWire }) {
  const { say } = useText();
  const format = useFormat();
  if (state === 'ended') return <StandingBadge shown={{ tone: 'danger', text: 'priv.expired' }} />;
  if (state === 'coming' || (warning && endsAt)) {
    return (
      <StatusBadge tone={warning ? 'warning' : 'neutral'} icon={<Clock16Regular />}>
        {warning && endsAt
          ? say('priv.expiring', { date: format.day(endsAt) })
          : say('priv.coming', { date: format.day(startsAt) })}
      </StatusBadge>
    );
  }
  return <StandingBadge shown={{ tone: 'success', text: 'priv.granted' }} />;
}

function GiveBack({ customerId, privilegesId }: { customerId: string; privilegesId: string }) {
  const { say } = useText();
  const echo = useEcho();
  const opener = useRestoreFocusTarget();
  const [asking, ask] = useState(false);
  const revoke = useAct('revokePrivileges');
  if (!useMay('manageCustomers')) return null;
  const run = () =>
    revoke.mutate(
      { params: { customerId, privilegesId } },
      {
        onSuccess: () => {
          ask(false);
          echo(say('rel.gaveBack'));
        },
      },
    );
  return (
    <>
      <Button {...opener} size="small" onClick={() => ask(true)}>
        {say('rel.giveBack')}
      </Button>
      {asking && (
        <ActDialog
          title={say('rel.giveBackTitle')}
          body={say('rel.giveBackBody')}
          verb={say('rel.giveBack')}
          act={revoke}
          run={run}
          close={() => ask(false)}
        />
      )}
    </>
  );
}
