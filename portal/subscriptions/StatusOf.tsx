import {
  CheckmarkCircle16Regular,
  Clock16Regular,
  DismissCircle16Regular,
  Pause16Regular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { type TextKey, useText } from '../text.ts';
import { StatusBadge, type Tone } from '../ui/StatusBadge.tsx';

type Status = SubscriptionOnWire['status'];

const SHOWN: Readonly<Record<Status, { readonly tone: Tone; readonly text: TextKey; readonly icon: ReactNode }>> = {
  active: { tone: 'success', text: 'status.active', icon: <CheckmarkCircle16Regular /> },
  pending: { tone: 'neutral', text: 'status.pending', icon: <Clock16Regular /> },
  suspended: { tone: 'warning', text: 'status.suspended', icon: <Pause16Regular /> },
  expired: { tone: 'neutral', text: 'status.expired', icon: <Clock16Regular /> },
  disabled: { tone: 'danger', text: 'status.disabled', icon: <DismissCircle16Regular /> },
  deleted: { tone: 'neutral', text: 'status.deleted', icon: <DismissCircle16Regular /> },
};
const ENDED_TEXT: Readonly<Record<'cancelled' | 'upgraded' | 'expired', TextKey>> = {
  cancelled: 'status.cancelled',
  upgraded: 'status.upgraded',
  expired: 'status.expired',
};

type Props = { readonly status: Status; readonly endedReason?: keyof typeof ENDED_TEXT | null };

/** What the state of a subscription is called; of an ended one, how it ended. */
export function statusText({ status, endedReason }: Props): TextKey {
  return endedReason ? ENDED_TEXT[endedReason] : SHOWN[status].text;
}

/** The state of a subscription; of an ended one, how it ended. */
export function StatusOf(props: Props) {
  const { say } = useText();
  const { tone, icon } = SHOWN[props.status];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {say(statusText(props))}
    </StatusBadge>
  );
}
