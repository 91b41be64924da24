import { CheckmarkCircle16Regular, Clock16Regular } from '@fluentui/react-icons';
import type { InvoiceOnWire } from '../../contract/invoices.ts';
import { useText } from '../text.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';

/** Whether more may come. */
export function InvoiceStatus({ status }: Pick<InvoiceOnWire, 'status'>) {
  const { say } = useText();
  return status === 'open' ? (
    <StatusBadge tone="brand" icon={<Clock16Regular />}>
      {say('invoices.open')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="success" icon={<CheckmarkCircle16Regular />}>
      {say('invoices.closed')}
    </StatusBadge>
  );
}
