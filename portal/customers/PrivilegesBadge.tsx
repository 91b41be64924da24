import { CheckmarkCircle16Regular, Clock16Regular, DismissCircle16Regular } from '@fluentui/react-icons';
import type { CustomerOnWire } from '../../contract/customers.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';

type Props = {
  readonly privileges: CustomerOnWire['privileges'];
  /** What of them ends soon. */
  readonly warning: CustomerOnWire['privilegesWarning'];
};

/** The delegated admin privileges held for a customer, and when they end if that is near. */
export function PrivilegesBadge({ privileges, warning }: Props) {
  const { say } = useText();
  const format = useFormat();
  switch (privileges) {
    case 'none':
      return (
        <StatusBadge tone="danger" icon={<DismissCircle16Regular />}>
          {say('priv.none')}
        </StatusBadge>
      );
    case 'lapsed':
      return (
        <StatusBadge tone="danger" icon={<Clock16Regular />}>
          {say('priv.expired')}
        </StatusBadge>
      );
    default:
      return warning ? (
        <StatusBadge tone={warning.days === 30 ? 'warning' : 'danger'} icon={<Clock16Regular />}>
          {say('priv.expiring', { date: format.day(warning.endsAt) })}
        </StatusBadge>
      ) : (
        <StatusBadge tone="success" icon={<CheckmarkCircle16Regular />}>
          {say('priv.granted')}
        </StatusBadge>
      );
  }
}
