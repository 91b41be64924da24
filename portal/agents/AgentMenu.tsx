import { makeStyles, MenuItem, tokens } from '@fluentui/react-components';
import type { HindranceOnWire, ManagedAgentOnWire } from '../../contract/agents.ts';
import { useId } from 'react';
import { type TextKey, useText } from '../text.ts';
import { MoreMenu } from '../ui/MoreMenu.tsx';

const useStyles = makeStyles({
  reason: {
    margin: 0,
    maxWidth: '260px',
    padding: '6px 8px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

export type AgentAct = 'changeRoles' | 'remove' | 'restore' | 'resetPassword' | 'resetSecondFactor';
export type Ask = (act: AgentAct, agent: ManagedAgentOnWire) => void;

const REASON_TEXT: Readonly<Record<NonNullable<HindranceOnWire>, TextKey>> = {
  'own-account': 'agents.ownAccount',
  'global-admin-only': 'agents.aboveYou',
  'last-global-admin': 'settings.lastAdmin',
};

/** What can be done to an agent; what cannot stays in sight and says why. */
export function AgentMenu({ agent, ask }: { agent: ManagedAgentOnWire; ask: Ask }) {
  const { say } = useText();
  const styles = useStyles();
  const id = useId();
  const acts = actsOn(agent);
  const reasons = new Set(acts.flatMap(([act]) => agent.hindrances[act] ?? []));
  return (
    <MoreMenu
      label={say('common.moreFor', { name: agent.displayName })}
      note={
        <>
          {[...reasons].map((reason) => (
            <p key={reason} id={`${id}-${reason}`} className={styles.reason}>
              {say(REASON_TEXT[reason])}
            </p>
          ))}
        </>
      }
    >
      {acts.map(([act, text]) => {
        const hindrance = agent.hindrances[act];
        return (
          <MenuItem
            key={act}
            disabled={hindrance !== null}
            aria-describedby={hindrance === null ? undefined : `${id}-${hindrance}`}
            onClick={() => ask(act, agent)}
          >
            {say(text)}
          </MenuItem>
        );
      })}
    </MoreMenu>
  );
}

function actsOn({ state, secondFactor }: ManagedAgentOnWire): readonly (readonly [AgentAct, TextKey])[] {
  if (state === 'removed') return [['restore', 'agents.restore']];
  return [
    ['changeRoles', 'agents.changeRoles'],
    ['resetPassword', state === 'invited' ? 'agents.newLink' : 'agents.resetPassword'],
    ...(secondFactor ? [['resetSecondFactor', 'agents.resetFactor'] as const] : []),
    ['remove', 'agents.remove'],
  ];
}
