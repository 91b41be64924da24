import { useState } from 'react';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { Value } from '../api/query.ts';
import { useAddress } from '../ui/useAddress.ts';
import type { Target } from './OfferRow.tsx';

type TermChoice = Pick<Target['terms'][number], 'termDuration' | 'billingCycle'>;
export type TransitionState = ReturnType<typeof useTransition>;

/** What can be chosen on new commerce beside the offer: how many seats, into what, for which term, and who. As the address says it, but for people. */
export function useTransition(subscription: SubscriptionOnWire, chosen: Target | undefined) {
  const address = useAddress<'seats' | 'into' | 'term'>();
  const [userIds, chooseUsers] = useState<readonly string[]>([]);
  const typed = address.get('seats');
  const all = subscription.quantity;
  const number = typed === undefined ? all : wholeNumber(typed);
  // A trial becomes paid with all its seats at least, and with as many more as one likes (N49).
  const [min, max] = subscription.trial ? [all, chosen?.seats.max ?? all] : [1, all];
  const quantity = number !== null && number >= min && number <= max ? number : null;
  const into = chosen?.destinations.find(({ subscriptionId }) => subscriptionId === address.get('into'));
  const term = into ? undefined : chosen?.terms.find((one) => keyOf(one) === address.get('term'));
  const isPart = quantity !== null && quantity < all;
  return {
    /** As typed; absent: all. */
    typed,
    /** null: it is no number of seats. */
    quantity,
    min,
    max,
    isPart,
    into,
    term,
    userIds,
    /** The number of a part that is compared while all seats are chosen. */
    body: {
      ...(quantity !== null && quantity !== all && { quantity }),
      ...(isPart && { userIds: [...userIds] }),
      ...(into && { targetSubscriptionId: into.subscriptionId }),
      ...(term && { termDuration: term.termDuration, billingCycle: term.billingCycle }),
    },
    type: (seats: string | undefined) => address.set({ seats }),
    aim: (subscriptionId: string | undefined) => address.set({ into: subscriptionId }),
    take: (way: { readonly quantity: number; readonly targetSubscriptionId: string | null }) =>
      address.set({
        seats: way.quantity !== all ? String(way.quantity) : undefined,
        into: way.targetSubscriptionId ?? undefined,
      }),
    chooseTerm: (key: string | undefined) => address.set({ term: key }),
    chooseUsers,
  };
}

export function keyOf({ termDuration, billingCycle }: TermChoice): string {
  return `${termDuration}.${billingCycle}`;
}

/** The way of the comparison that is chosen on the page. */
export function isChosen(
  { way, quantity, targetSubscriptionId }: Value<'compareUpgrade'>['ways'][number],
  { quantity: seats, into }: TransitionState,
): boolean {
  return way !== 'renewal' && quantity === seats && targetSubscriptionId === (into?.subscriptionId ?? null);
}

function wholeNumber(text: string): number | null {
  return /^\d{1,8}$/.test(text.trim()) ? Number(text) : null;
}
