import type { Subscription } from './subscription.ts';

/** What was bought together: one subscription for each line, add-ons that came later at the end. Ended ones stay in it. */
export type Order = { readonly orderId: string; readonly lines: readonly [Subscription, ...Subscription[]] };

/** Gathers subscriptions by their orders; both keep the order in which they come. */
export function ordersOf(subscriptions: readonly Subscription[]): Order[] {
  const groups = Map.groupBy(subscriptions, ({ orderId }) => orderId);
  return [...groups].flatMap(([orderId, [first, ...others]]) =>
    first ? [{ orderId, lines: [first, ...others] }] : [],
  );
}

/** Completed when everything in it is there; unknown when something will not come by itself. */
export function orderStatus({ lines }: Order): 'completed' | 'pending' | 'unknown' {
  if (lines.some(({ provisioning }) => provisioning === 'failed')) return 'unknown';
  return lines.some(({ provisioning }) => provisioning === 'pending') ? 'pending' : 'completed';
}
