import { useState } from 'react';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { Value } from '../api/query.ts';
import { useMay } from '../frame/useSession.ts';
import { useWhyNot } from '../frame/useWhyNot.ts';
import { compareDecimals } from '../subscriptions/rows.ts';
import { useText } from '../text.ts';
import { useAddress } from '../ui/useAddress.ts';
import { problemOf } from '../api/client.ts';
import type { Target } from './OfferRow.tsx';
import { useFreshness } from './useFreshness.ts';
import { type UpgradeType, useQuote } from './useQuote.ts';
import { type Submitting, useSubmit } from './useSubmit.ts';
import { useTransition } from './useTransition.ts';

export type FormGiven = {
  readonly customerId: string;
  readonly subscription: SubscriptionOnWire;
  readonly eligibility: Value<'showEligibility'>;
};
export type UpgradeFormState = ReturnType<typeof useUpgradeForm>;

/** What is chosen, as the address says it; the quote for it; and whether it can be submitted. */
export function useUpgradeForm({ customerId, subscription, eligibility }: FormGiven) {
  const { subscriptionId } = subscription;
  const address = useAddress<'to' | 'transfer' | 'why' | 'seats' | 'into' | 'term'>();
  const may = useMay('upgrade');
  const [confirming, confirm] = useState(false);

  const targets = sortTargets(eligibility.targets);
  const isTransition = subscription.platform === 'newCommerce';
  const chosen = targets.find((one) => one.offerId === address.get('to') && (isTransition || isEligible(one)));
  const transition = useTransition(subscription, chosen);
  const upgradeType = chosenType(chosen, address.get('transfer'));
  // What stands in the way of a transition depends on all that is chosen, so that only the preview itself can tell.
  const known = isTransition ? [] : (chosen?.types.find((type) => type.upgradeType === upgradeType)?.refusals ?? []);
  const body = chosen && { targetOfferId: chosen.offerId, upgradeType, ...(isTransition && transition.body) };
  const isWrong = isTransition && transition.quantity === null;
  const asks = may && known.length === 0 && !isWrong;
  const quoted = useQuote(asks && body ? { params: { customerId, subscriptionId }, body } : undefined);
  const fits = !isWrong && quoted.data?.target.offerId === chosen?.offerId && quoted.data?.upgradeType === upgradeType;
  const quote = fits ? quoted.data : undefined;
  const blockers = isTransition && quoted.settled ? (problemOf(quoted.error)?.refusals ?? []) : known;
  const { state, submit, settle } = useSubmit(customerId, subscriptionId);
  const refused = state.step === 'refused' ? state.problem : undefined;
  const forget = () => address.set({ ...NOTHING_CHOSEN, transfer: undefined });
  const freshness = useFreshness({ quote, refused, renew: quoted.refetch, settle, forget });
  const hindrance = useHindrance({
    chosen,
    outside: isWrong ? { min: transition.min, max: transition.max } : undefined,
    blocked: blockers.length > 0,
    ready: quote !== undefined && quoted.settled,
    state,
  });
  return {
    targets,
    chosen,
    upgradeType,
    isTransition,
    transition,
    body,
    blockers,
    quoted,
    quote,
    state,
    freshness,
    hindrance,
    confirming: confirming && quote !== undefined && refused === undefined,
    explained: targets.find((one) => one.offerId === address.get('why')),
    choose: (to: string) => address.set({ ...NOTHING_CHOSEN, to, transfer: undefined, seats: address.get('seats') }),
    forget,
    transfer: (type: UpgradeType) => address.set({ transfer: type === 'upgrade_only' ? 'without' : 'with' }),
    explain: (why: string | undefined) => address.set({ why }),
    ask: () => hindrance === undefined && confirm(true),
    stop: () => confirm(false),
    send: () => quote && void submit(quote.quoteId).then(() => confirm(false)),
  };
}

/** Without an offer nothing else is chosen. */
const NOTHING_CHOSEN = { to: undefined, seats: undefined, into: undefined, term: undefined };

type Standing = {
  readonly chosen: Target | undefined;
  /** The numbers of seats that there can be, where what was typed is none of them. */
  readonly outside: { readonly min: number; readonly max: number } | undefined;
  readonly blocked: boolean;
  readonly ready: boolean;
  readonly state: Submitting;
};

/** Why nothing can be submitted now, in the order in which it can be cleared; undefined when it can. */
function useHindrance({ chosen, outside, blocked, ready, state }: Standing): string | undefined {
  const { say } = useText();
  const whyNot = useWhyNot('upgrade', 'card.noRole');
  if (whyNot) return whyNot;
  if (!chosen) return say('wizard.submitDisabledOffer');
  if (outside) return say('wizard.submitDisabledSeats', outside);
  if (blocked) return say('wizard.submitDisabledBlocked');
  if (state.step === 'unknown') return say('result.unknownTitle');
  return ready ? undefined : say('wizard.previewUpdating');
}

/** In at least one way, into an existing subscription too. */
export function isEligible({ types, destinations }: Target): boolean {
  return [...types, ...destinations].some(({ eligible }) => eligible);
}

/** With the licenses unless the address says otherwise, or only the other way is open. */
function chosenType(target: Target | undefined, asked: string | undefined): UpgradeType {
  const open = target?.types.filter((type) => type.eligible).map((type) => type.upgradeType) ?? [];
  if (asked === 'without') return 'upgrade_only';
  const withLicenses = asked === 'with' || open.length === 0 || open.includes('upgrade_with_license_transfer');
  return withLicenses ? 'upgrade_with_license_transfer' : 'upgrade_only';
}

/** Eligible ones by price, then blocked ones by price. */
function sortTargets(targets: readonly Target[]): Target[] {
  return targets.toSorted(
    (one, other) =>
      Number(isEligible(other)) - Number(isEligible(one)) ||
      compareDecimals(one.unitPrice ?? '0', other.unitPrice ?? '0'),
  );
}
