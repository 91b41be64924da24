import { useState } from 'react';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { Value } from '../api/query.ts';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useMay, useSession } from '../frame/useSession.ts';
import { compareDecimals } from '../subscriptions/rows.ts';
import { useText } from '../text.ts';
import { useAddress } from '../ui/useAddress.ts';
import type { Target } from './OfferRow.tsx';
import { useFreshness } from './useFreshness.ts';
import { type UpgradeType, useQuote } from './useQuote.ts';
import { type Submitting, useSubmit } from './useSubmit.ts';

export type FormGiven = {
  readonly customerId: string;
  readonly subscription: SubscriptionOnWire;
  readonly eligibility: Value<'showEligibility'>;
};
export type UpgradeFormState = ReturnType<typeof useUpgradeForm>;

/** What is chosen, as the address says it; the quote for it; and whether it can be submitted. */
export function useUpgradeForm({ customerId, subscription: { subscriptionId }, eligibility }: FormGiven) {
  const address = useAddress<'to' | 'transfer' | 'why'>();
  const may = useMay('upgrade');
  const [confirming, confirm] = useState(false);

  const targets = sortTargets(eligibility.targets);
  const chosen = targets.find((one) => one.offerId === address.get('to') && isEligible(one));
  const upgradeType = chosenType(chosen, address.get('transfer'));
  const blockers = chosen?.types.find((type) => type.upgradeType === upgradeType)?.refusals ?? [];
  const targetOfferId = may && blockers.length === 0 ? chosen?.offerId : undefined;
  const quoted = useQuote({ customerId, subscriptionId, upgradeType, targetOfferId });
  const fits = quoted.data?.target.offerId === chosen?.offerId && quoted.data?.upgradeType === upgradeType;
  const quote = fits ? quoted.data : undefined;
  const { state, submit, settle } = useSubmit(customerId, subscriptionId);
  const refused = state.step === 'refused' ? state.problem : undefined;
  const forget = () => address.set({ to: undefined, transfer: undefined });
  const freshness = useFreshness({ quote, refused, renew: quoted.refetch, settle, forget });
  const hindrance = useHindrance({
    may,
    chosen,
    blocked: blockers.length > 0,
    ready: quote !== undefined && !quoted.isFetching,
    state,
  });
  return {
    targets,
    chosen,
    upgradeType,
    blockers,
    quoted,
    quote,
    state,
    freshness,
    hindrance,
    confirming: confirming && quote !== undefined && refused === undefined,
    explained: targets.find((one) => one.offerId === address.get('why')),
    choose: (to: string) => address.set({ to, transfer: undefined }),
    forget,
    transfer: (type: UpgradeType) => address.set({ transfer: type === 'upgrade_only' ? 'without' : 'with' }),
    explain: (why: string | undefined) => address.set({ why }),
    ask: () => hindrance === undefined && confirm(true),
    stop: () => confirm(false),
    send: () => quote && void submit(quote.quoteId).then(() => confirm(false)),
  };
}

type Standing = {
  readonly may: boolean;
  readonly chosen: Target | undefined;
  readonly blocked: boolean;
  readonly ready: boolean;
  readonly state: Submitting;
};

/** Why nothing can be submitted now, in the order in which it can be cleared; undefined when it can. */
function useHindrance({ may, chosen, blocked, ready, state }: Standing): string | undefined {
  const { say } = useText();
  const roles = useSession().data?.agent.roles ?? [];
  if (!may) return say('card.noRole', { role: roles.map((role) => say(ROLE_TEXT[role])).join(', ') });
  if (!chosen) return say('wizard.submitDisabledOffer');
  if (blocked) return say('wizard.submitDisabledBlocked');
  if (state.step === 'unknown') return say('result.unknownTitle');
  return ready ? undefined : say('wizard.previewUpdating');
}

export function isEligible({ types }: Target): boolean {
  return types.some((type) => type.eligible);
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
