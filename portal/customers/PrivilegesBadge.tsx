import { CheckmarkCircle16Regular, Clock16Regular, DismissCircle16Regular } from '@fluentui/react-icons';
import type { CustomerOnWire } from '../../contract/customers.ts';
import { useToday } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';

const WARNED_DAYS = 30;
const DAY_MS = 86_400_000;

/** The delegated admin privileges held for a customer, and when they end if that is near. */
export function PrivilegesBadge({ customer: { privileges, privilegesEndAt } }: { customer: CustomerOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const today = useToday();
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
    default: {
      const ending =
        privilegesEndAt !== null &&
        today !== undefined &&
        Date.parse(privilegesEndAt) - Date.parse(today) < WARNED_DAYS * DAY_MS;
      return ending ? (
        <StatusBadge tone="warning" icon={<Clock16Regular />}>
          {say('priv.expiring', { date: format.day(privilegesEndAt) })}
        </StatusBadge>
      ) : (
        <StatusBadge tone="success" icon={<CheckmarkCircle16Regular />}>
          {say('priv.granted')}
        </StatusBadge>
      );
    }
  }
}
