import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { QuoteOnWire, UpgradeOnWire } from '../../contract/upgrades.ts';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { clientOf, ProblemError } from '../api/client.ts';
import { useText } from '../text.ts';

const RESTED_MS = 200;

export type UpgradeType = UpgradeOnWire['upgradeType'];
export type QuoteRequest = Call<Endpoints['quoteUpgrade']>;

/**
 * The live preview of what is chosen: asked once the choosing rests, kept in sight while the next is worked out. `settled`: it is for what is
 * chosen now. Nothing chosen, nothing is asked.
 */
export function useQuote(request: QuoteRequest | undefined) {
  const { language } = useText();
  const rested = useRested(request);
  const query = useQuery({
    queryKey: ['quoteUpgrade', rested, language],
    queryFn: async (): Promise<QuoteOnWire> => {
      if (!rested) throw new RangeError('nothing is chosen');
      const answer = await clientOf(language)('quoteUpgrade', rested);
      if (!answer.ok) throw new ProblemError(answer.problem);
      return answer.value;
    },
    enabled: rested !== undefined,
    placeholderData: keepPreviousData,
    // A quote stands until it is submitted or something else is chosen; asking again would give it another number.
    staleTime: Infinity,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const settled = JSON.stringify(rested) === JSON.stringify(request) && !query.isFetching;
  return { ...query, settled };
}

/** A value once it rests. */
export function useRested<Value>(value: Value): Value {
  const [rested, setRested] = useState(value);
  const now = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(now === undefined ? value : (JSON.parse(now) as Value)), RESTED_MS);
    return () => clearTimeout(timer);
    // The text says whether it is another value.
  }, [now]);
  return rested;
}
