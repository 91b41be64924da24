import { makeStyles, tokens } from '@fluentui/react-components';
import { LockClosed16Regular, PersonProhibited16Regular, Warning16Regular } from '@fluentui/react-icons';
import type { ManagedAgentOnWire } from '../../contract/agents.ts';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useSession } from '../frame/useSession.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { Column } from '../ui/ListTable.tsx';
import { SCREEN } from '../ui/screen.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { AgentMenu, type Ask } from './AgentMenu.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  badges: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    gap: '4px',
    [SCREEN.belowTable]: { justifyContent: 'flex-end' },
  },
  end: { display: 'inline-flex', alignItems: 'center', justifyContent: 'space-between', width: '100%' },
});

const FILE_STATE_TEXT: Readonly<Record<ManagedAgentOnWire['state'], TextKey>> = {
  active: 'agents.stateActive',
  invited: 'agents.stateInvited',
  removed: 'agents.removed',
};

type Cell = { readonly agent: ManagedAgentOnWire };

export function useAgentColumns(ask: Ask): readonly Column<ManagedAgentOnWire>[] {
  const { say } = useText();
  const rolesOf = ({ roles }: ManagedAgentOnWire) => roles.map((role) => say(ROLE_TEXT[role])).join(', ');
  return [
    {
      id: 'name',
      header: say('common.name'),
      file: { [say('common.name')]: ({ displayName }) => displayName, [say('signin.email')]: ({ email }) => email },
      cell: ({ row: { original } }) => <NameCell agent={original} />,
    },
    {
      id: 'roles',
      header: say('settings.roles'),
      meta: { width: '27%' },
      file: { [say('settings.roles')]: rolesOf },
      cell: ({ row: { original } }) => rolesOf(original) || say('signin.withoutRole'),
    },
    {
      id: 'state',
      header: say('agents.state'),
      meta: { width: '26%' },
      file: {
        [say('agents.state')]: ({ state }) => say(FILE_STATE_TEXT[state]),
        [say('settings.mfaOn')]: ({ secondFactor }) => say(secondFactor ? 'common.yes' : 'common.no'),
      },
      cell: ({ row: { original } }) => <StateCell agent={original} />,
    },
    {
      id: 'seen',
      header: say('settings.lastSeen'),
      meta: { width: '18%' },
      file: { [say('settings.lastSeen')]: ({ lastSeenAt }) => lastSeenAt ?? '' },
      cell: ({ row: { original } }) => <SeenCell agent={original} ask={ask} />,
    },
  ];
}

function NameCell({ agent: { agentId, displayName, email } }: Cell) {
  const { say } = useText();
  const styles = useStyles();
  const isSelf = useSession().data?.agent.agentId === agentId;
  return (
    <>
      <span className={styles.name}>{displayName}</span>
      {isSelf && ` (${say('agents.you')})`}
      <span className={styles.quiet}>{email}</span>
    </>
  );
}

function StateCell({ agent: { state, secondFactor, linkUntil } }: Cell) {
  const { say } = useText();
  const styles = useStyles();
  const format = useFormat();
  const now = useSession().data?.now ?? '';
  if (state === 'removed') {
    return (
      <StatusBadge tone="neutral" icon={<PersonProhibited16Regular />}>
        {say('agents.removed')}
      </StatusBadge>
    );
  }
  if (state === 'invited') {
    const isOpen = linkUntil !== null && Date.parse(linkUntil) > Date.parse(now);
    return (
      <span>
        {isOpen ? say('agents.invitedUntil', { time: format.dayAndTime(linkUntil) }) : say('agents.linkExpired')}
      </span>
    );
  }
  return (
    <span className={styles.badges}>
      <StatusBadge
        tone={secondFactor ? 'success' : 'warning'}
        icon={secondFactor ? <LockClosed16Regular /> : <Warning16Regular />}
      >
        {say(secondFactor ? 'settings.mfaOn' : 'settings.mfaOff')}
      </StatusBadge>
      {linkUntil !== null && <span className={styles.quiet}>{say('agents.waitsForPassword')}</span>}
    </span>
  );
}

function SeenCell({ agent, ask }: Cell & { ask: Ask }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return (
    <span className={styles.end}>
      {agent.lastSeenAt === null ? say('agents.neverSeen') : format.dayAndTime(agent.lastSeenAt)}
      <AgentMenu agent={agent} ask={ask} />
    </span>
  );
}
