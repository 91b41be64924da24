import {
  CheckmarkCircle16Regular,
  Clock16Regular,
  DismissCircle16Regular,
  MailUnread16Regular,
  Warning16Regular,
} from '@fluentui/react-icons';
import type { TextKey } from '../text.ts';
import { useText } from '../text.ts';
import { StatusBadge, type Tone } from '../ui/StatusBadge.tsx';

const ICONS: Readonly<Record<Tone, React.JSX.Element>> = {
  success: <CheckmarkCircle16Regular />,
  warning: <Warning16Regular />,
  danger: <DismissCircle16Regular />,
  neutral: <Clock16Regular />,
  brand: <MailUnread16Regular />,
};

/** How something stands, as icon and word. */
export function StandingBadge({ shown: { tone, text } }: { shown: { readonly tone: Tone; readonly text: TextKey } }) {
  const { say } = useText();
  return (
    <StatusBadge tone={tone} icon={ICONS[tone]}>
      {say(text)}
    </StatusBadge>
  );
}
