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

const OPEN = { tone: 'warning', icon: <Clock16Regular /> } as const;
const DONE = { tone: 'success', icon: <CheckmarkCircle16Regular /> } as const;

/** The words for what has become of an upgrade. */
export function stateText({ state, way, licenses }: UpgradeOnWire): [TextKey, Readonly<Record<string, number>>] {
  if (state !== 'applied') return [STATE_TEXT[state], {}];
  if (licenses.openIssues > 0) return ['upgrades.stDoneWork', { n: licenses.openIssues }];
  return [way === 'renewal' ? 'upgrades.stDoneRenewal' : 'upgrades.stDone', {}];
}

/** What has become of an upgrade, and of one that is applied whether a renewal did it and whether accounts are left. */
export function UpgradeState({ upgrade }: { upgrade: UpgradeOnWire }) {
  const { say } = useText();
  const { tone, icon } = looksOf(upgrade);
  return (
    <StatusBadge tone={tone} icon={icon}>
      {say(...stateText(upgrade))}
    </StatusBadge>
  );
}

function looksOf({ state, licenses }: UpgradeOnWire) {
  if (state !== 'applied') return SHOWN[state];
  return licenses.openIssues > 0 ? OPEN : DONE;
}
