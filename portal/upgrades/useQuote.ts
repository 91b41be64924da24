import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { QuoteOnWire, UpgradeOnWire } from '../../contract/upgrades.ts';
import { clientOf, ProblemError } from '../api/client.ts';
import { useText } from '../text.ts';

const RESTED_MS = 200;

export type UpgradeType = UpgradeOnWire['upgradeType'];
export type QuoteRequest = {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly targetOfferId: string | undefined;
  readonly upgradeType: UpgradeType;
};

/** The live preview of what is chosen: asked once the choosing rests, kept in sight while the next is worked out. */
export function useQuote(request: QuoteRequest) {
  const { language } = useText();
  const { customerId, subscriptionId, targetOfferId, upgradeType } = useRested(request);
  return useQuery({
    queryKey: ['quoteUpgrade', customerId, subscriptionId, targetOfferId, upgradeType, language],
    queryFn: async (): Promise<QuoteOnWire> => {
      const body = { targetOfferId: targetOfferId ?? '', upgradeType };
      const answer = await clientOf(language)('quoteUpgrade', { params: { customerId, subscriptionId }, body });
      if (!answer.ok) throw new ProblemError(answer.problem);
      return answer.value;
    },
    enabled: targetOfferId !== undefined,
    placeholderData: keepPreviousData,
    // A quote stands until it is submitted or something else is chosen; asking again would give it another number.
    staleTime: Infinity,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

function useRested(request: QuoteRequest): QuoteRequest {
  const [rested, setRested] = useState(request);
  const now = JSON.stringify(request);
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(now) as QuoteRequest), RESTED_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return rested;
}
