import {
  CheckmarkCircle16Regular,
  DismissCircle16Regular,
  Globe16Regular,
  PauseCircle20Regular,
} from '@fluentui/react-icons';
import type { MapPathOnWire } from '../../contract/upgrade-map.ts';
import { type Say, useText } from '../text.ts';
import { type Format, useFormat } from '../ui/format.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { STATE_TEXT } from './texts.ts';

const LOOKS = {
  open: { tone: 'success', icon: <CheckmarkCircle16Regular /> },
  elsewhere: { tone: 'neutral', icon: <Globe16Regular /> },
  off: { tone: 'neutral', icon: <PauseCircle20Regular fontSize={16} /> },
  refused: { tone: 'danger', icon: <DismissCircle16Regular /> },
} as const;

type Standing = Pick<MapPathOnWire, 'state' | 'openIn'>;

/** How a path stands for the partner today, in words. */
export function stateWords({ state, openIn }: Standing, say: Say, format: Format): string {
  return say(STATE_TEXT[state], { markets: openIn.map((market) => format.country(market)).join(', ') });
}

/** How a path stands for the partner today. */
export function PathStateBadge({ path }: { path: Standing }) {
  const { say } = useText();
  const format = useFormat();
  return <StatusBadge {...LOOKS[path.state]}>{stateWords(path, say, format)}</StatusBadge>;
}
