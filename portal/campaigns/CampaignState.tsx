import {
  CheckmarkCircle16Regular,
  Clock16Regular,
  DismissCircle16Regular,
  DocumentBulletList16Regular,
  Pause16Regular,
  PersonClock16Regular,
  Play16Regular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { ListedCampaignOnWire } from '../../contract/campaigns.ts';
import { type TextKey, useText } from '../text.ts';
import { StatusBadge, type Tone } from '../ui/StatusBadge.tsx';

type State = ListedCampaignOnWire['state'];

export const STATE_TEXT: Readonly<Record<State, TextKey>> = {
  planning: 'bulk.stPlanning',
  planned: 'bulk.stPlanned',
  waitingForApproval: 'upgrades.stApproval',
  scheduled: 'bulk.stScheduled',
  running: 'bulk.stRunning',
  pausing: 'bulk.stPausing',
  paused: 'bulk.stPaused',
  stopped: 'bulk.stStopped',
  done: 'bulk.stDone',
};
const SHOWN: Readonly<Record<State, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  planning: { tone: 'neutral', icon: <Clock16Regular /> },
  planned: { tone: 'neutral', icon: <DocumentBulletList16Regular /> },
  waitingForApproval: { tone: 'warning', icon: <PersonClock16Regular /> },
  scheduled: { tone: 'neutral', icon: <Clock16Regular /> },
  running: { tone: 'brand', icon: <Play16Regular /> },
  pausing: { tone: 'brand', icon: <Pause16Regular /> },
  paused: { tone: 'warning', icon: <Pause16Regular /> },
  stopped: { tone: 'neutral', icon: <DismissCircle16Regular /> },
  done: { tone: 'success', icon: <CheckmarkCircle16Regular /> },
};

/** How far a campaign has come. */
export function CampaignState({ state }: { state: State }) {
  const { say } = useText();
  const { tone, icon } = SHOWN[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {say(STATE_TEXT[state])}
    </StatusBadge>
  );
}
