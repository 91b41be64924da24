import {
  CheckmarkCircle16Regular,
  DismissCircle16Regular,
  Globe16Regular,
  PauseCircle20Regular,
} from '@fluentui/react-icons';
import type { MapPathOnWire } from '../../contract/upgrade-map.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { STATE_TEXT } from './texts.ts';

const LOOKS = {
  open: { tone: 'success', icon: <CheckmarkCircle16Regular /> },
  elsewhere: { tone: 'neutral', icon: <Globe16Regular /> },
  off: { tone: 'neutral', icon: <PauseCircle20Regular fontSize={16} /> },
  refused: { tone: 'danger', icon: <DismissCircle16Regular /> },
} as const;

/** How a path stands for the partner today. */
export function PathStateBadge({ path: { state, openIn } }: { path: Pick<MapPathOnWire, 'state' | 'openIn'> }) {
  const { say } = useText();
  const format = useFormat();
  const markets = openIn.map((market) => format.country(market)).join(', ');
  return <StatusBadge {...LOOKS[state]}>{say(STATE_TEXT[state], { markets })}</StatusBadge>;
}
