import { useState } from 'react';
import { useAnswer } from '../api/query.ts';
import { useMay } from '../frame/useSession.ts';
import { useRested } from './useQuote.ts';
import type { FormGiven, UpgradeFormState } from './useUpgradeForm.ts';

/** The ways to the chosen offer, for what else is chosen; the last part that was asked for stays among them while all seats are chosen. */
export function useCompared({ customerId, subscription: { subscriptionId } }: FormGiven, form: UpgradeFormState) {
  const { chosen, upgradeType, isTransition, transition } = form;
  const may = useMay('upgrade');
  const [part, setPart] = useState<number>();
  const { quantity, isPart, userIds, term } = transition;
  if (isPart && quantity !== null && quantity !== part) setPart(quantity);
  const body = {
    targetOfferId: chosen?.offerId ?? '',
    upgradeType,
    ...(part !== undefined && { quantity: part, userIds: [...userIds] }),
    ...(term && { termDuration: term.termDuration, billingCycle: term.billingCycle }),
  };
  const call = useRested({ params: { customerId, subscriptionId }, body });
  const enabled = may && isTransition && call.body.targetOfferId !== '';
  const compared = useAnswer('compareUpgrade', call, { enabled, keep: true });
  const fits = chosen !== undefined && compared.data?.targetOfferId === chosen.offerId;
  return fits ? compared.data : undefined;
}
