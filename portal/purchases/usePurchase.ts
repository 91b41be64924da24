import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { OfferOnWire } from '../../contract/catalog.ts';
import { newId } from '../api/new-id.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { useEcho } from '../frame/useEcho.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useAddress } from '../ui/useAddress.ts';
import { useKept } from '../ui/useKept.ts';

export type PurchaseState = ReturnType<typeof usePurchase>;
type Term = OfferOnWire['terms'][number];

/** A trial is for the time that it is offered for, and is not billed. */
const TRIAL: Term = { termDuration: 'P1M', billingCycle: 'none' };

/** What is to be bought, as the address says it; what that costs today; and the act. */
export function usePurchase(customerId: string, offers: readonly OfferOnWire[]) {
  const { say } = useText();
  const echo = useEcho();
  const navigate = useNavigate();
  const address = useAddress<'offer' | 'term' | 'seats' | 'end' | 'base'>();
  const [friendlyName, setFriendlyName] = useKept('name', '');
  const [confirming, setConfirming] = useState(false);
  const offer = offers.find(({ offerId }) => offerId === address.get('offer'));
  const term = offer?.trial
    ? TRIAL
    : (offer?.terms.find((one) => keyOf(one) === address.get('term')) ?? offer?.terms[0]);
  const typed = address.get('seats') ?? String(offer?.seats.min ?? 1);
  const quantity = /^\d{1,8}$/.test(typed.trim()) ? Number(typed) : 0;
  const [end, base] = [address.get('end'), address.get('base')];
  const line = {
    offerId: offer?.offerId ?? '',
    quantity,
    termDuration: term?.termDuration ?? 'P1Y',
    billingCycle: term?.billingCycle ?? 'monthly',
    ...(end && { endsOn: end }),
    ...(base && { addOnOf: base }),
    ...(friendlyName.trim() && { friendlyName: friendlyName.trim() }),
  };
  const isWhole = offer !== undefined && quantity > 0;
  const params = { customerId };
  const preview = useAnswer('previewPurchase', { params, body: { lines: [line] } }, { enabled: isWhole, keep: true });
  const act = useAct('purchase');
  // The same again under the same id buys nothing more; another purchase is another one.
  const asked = JSON.stringify(line);
  const purchaseId = useMemo(() => (asked ? newId() : ''), [asked]);
  const buy = () => {
    const onSuccess = () => {
      echo(say('purchase.done', { offer: offer?.name ?? '' }));
      void navigate(paths.subscriptions(customerId));
    };
    act.mutate({ params, body: { purchaseId, lines: [line] } }, { onSuccess });
  };
  const error = isWhole ? preview.error : null;
  return {
    offer,
    term,
    typed,
    seatsWrong: quantity < 1,
    end,
    base,
    friendlyName,
    setFriendlyName,
    choose: (offerId: string) => address.set({ offer: offerId, term: undefined, end: undefined, base: undefined }),
    chooseTerm: (key: string) => address.set({ term: key, end: undefined }),
    type: (seats: string) => address.set({ seats: seats || ' ' }),
    chooseEnd: (day: string) => address.set({ end: day || undefined }),
    chooseBase: (id: string) => address.set({ base: id || undefined }),
    /** What it comes to; while another is worked out, the one before. */
    shown: isWhole && !error ? preview.data : undefined,
    /** Other last days, also of what was shown before. */
    ends: preview.data?.items[0]?.ends ?? [],
    updating: preview.isFetching,
    error,
    ready: isWhole && preview.isSuccess && !preview.isPlaceholderData,
    act,
    buy,
    confirming,
    confirm: setConfirming,
  };
}

export function keyOf({ termDuration, billingCycle }: Term): string {
  return `${termDuration}.${billingCycle}`;
}
