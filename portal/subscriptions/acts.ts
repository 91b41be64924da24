import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';

/** What can be done to a subscription from its row. */
export type SubscriptionAct =
  | 'seats'
  | 'suspend'
  | 'reactivate'
  | 'renew'
  | 'lapse'
  | 'plan'
  | 'unplan'
  | 'cycle'
  | 'cancel'
  | 'charges';

export type OpenAct = (act: SubscriptionAct, subscription: SubscriptionOnWire) => void;

/** What every dialog about a subscription is given. */
export type ActProps = {
  readonly customerId: string;
  readonly subscription: SubscriptionOnWire;
  readonly close: () => void;
};

export function nameOf({ friendlyName, offerName }: Pick<SubscriptionOnWire, 'friendlyName' | 'offerName'>): string {
  return friendlyName ?? offerName;
}
