import type { PurchaseRequest } from './purchase.ts';

/** How long a cart can be ordered; the service does not say how long its own can. */
const LIFE_HOURS = 7 * 24;

/** What is put together for a customer before it is ordered. */
export type Cart = {
  readonly customerId: string;
  readonly cartId: string;
  readonly lines: readonly PurchaseRequest[];
  readonly createdAt: Temporal.Instant;
  readonly modifiedAt: Temporal.Instant;
  /** The agent that changed it last. */
  readonly modifiedBy: string;
  readonly expiresAt: Temporal.Instant;
  readonly ordered: boolean;
};

export function expiryOf(createdAt: Temporal.Instant): Temporal.Instant {
  return createdAt.add({ hours: LIFE_HOURS });
}

/** For each line the number of the order that it will be part of: an order has one billing cycle. */
export function orderGroups(lines: readonly Pick<PurchaseRequest, 'billingCycle'>[]): number[] {
  const cycles = [...new Set(lines.map(({ billingCycle }) => billingCycle))];
  return lines.map(({ billingCycle }) => cycles.indexOf(billingCycle));
}
