import {
  ArrowUndo16Regular,
  CheckmarkCircle16Regular,
  Clock16Regular,
  DismissCircle16Regular,
  Pause16Regular,
  PersonClock16Regular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { type TextKey, useText } from '../text.ts';
import { StatusBadge, type Tone } from '../ui/StatusBadge.tsx';

type State = Exclude<UpgradeOnWire['state'], 'applied'>;

export const STATE_TEXT: Readonly<Record<State, TextKey>> = {
  waitingForApproval: 'upgrades.stApproval',
  held: 'upgrades.stHeld',
  scheduled: 'upgrades.stScheduled',
  withdrawn: 'upgrades.stStopped',
  rejected: 'upgrades.stRejected',
  refused: 'upgrades.stReturned',
};
const SHOWN: Readonly<Record<State, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  waitingForApproval: { tone: 'warning', icon: <PersonClock16Regular /> },
  held: { tone: 'neutral', icon: <Pause16Regular /> },
  scheduled: { tone: 'neutral', icon: <Clock16Regular /> },
  withdrawn: { tone: 'neutral', icon: <DismissCircle16Regular /> },
  rejected: { tone: 'danger', icon: <DismissCircle16Regular /> },
  refused: { tone: 'danger', icon: <ArrowUndo16Regular /> },
};

/** What has become of an upgrade, and of one that is applied whether a renewal did it and whether accounts are left. */
export function UpgradeState({ upgrade: { state, way, licenses } }: { upgrade: UpgradeOnWire }) {
  const { say } = useText();
  if (state !== 'applied') {
    const { tone, icon } = SHOWN[state];
    return (
      <StatusBadge tone={tone} icon={icon}>
        {say(STATE_TEXT[state])}
      </StatusBadge>
    );
  }
  return licenses.openIssues > 0 ? (
    <StatusBadge tone="warning" icon={<Clock16Regular />}>
      {say('upgrades.stDoneWork', { n: licenses.openIssues })}
    </StatusBadge>
  ) : (
    <StatusBadge tone="success" icon={<CheckmarkCircle16Regular />}>
      {say(way === 'renewal' ? 'upgrades.stDoneRenewal' : 'upgrades.stDone')}
    </StatusBadge>
  );
}
