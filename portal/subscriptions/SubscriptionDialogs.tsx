import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { OpenAct, SubscriptionAct } from './acts.ts';
import { CancelDialog } from './CancelDialog.tsx';
import { ChargesPanel } from './ChargesPanel.tsx';
import { CycleDialog } from './CycleDialog.tsx';
import { RenewalDialog } from './RenewalDialog.tsx';
import { SeatsDialog } from './SeatsDialog.tsx';
import { StatusDialog } from './StatusDialog.tsx';

/** Which act on which subscription is open over the list. */
export type Opened = { readonly act: SubscriptionAct; readonly subscription: SubscriptionOnWire };

type Props = {
  readonly customerId: string;
  readonly opened: Opened;
  /** All of the customer that are the partner's own. */
  readonly subscriptions: readonly SubscriptionOnWire[];
  readonly open: OpenAct;
  readonly close: () => void;
};

/** The dialog of the act that was chosen. */
export function SubscriptionDialogs({ opened: { act, subscription }, customerId, subscriptions, open, close }: Props) {
  const given = { customerId, subscription, close };
  switch (act) {
    case 'seats':
      return <SeatsDialog {...given} open={open} />;
    case 'cancel':
      return <CancelDialog {...given} open={open} />;
    case 'cycle':
      return <CycleDialog {...given} />;
    case 'plan':
      return <RenewalDialog {...given} subscriptions={subscriptions} />;
    case 'charges':
      return <ChargesPanel {...given} />;
    default:
      return <StatusDialog {...given} act={act} />;
  }
}
