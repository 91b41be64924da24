import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../contract/problems.ts';
import type { QuoteOnWire } from '../../contract/upgrades.ts';
import { problemOf } from '../api/client.ts';
import { askAgain } from '../api/query.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import type { What } from './Changed.tsx';
import { compareQuotes } from './compare-quotes.ts';
import type { Stale } from './StaleDialog.tsx';

const LIFETIME_MINUTES = 15;
/** So long the lines of a preview that was taken are marked where they differ. */
const MARKED_MS = 4000;
const NOTHING: ReadonlySet<What> = new Set();

type Given = {
  readonly quote: QuoteOnWire | undefined;
  /** Why the submit was refused, if it was. */
  readonly refused: Problem | undefined;
  readonly renew: () => Promise<{ readonly data: QuoteOnWire | undefined; readonly error: Error | null }>;
  readonly settle: () => void;
  /** Takes the choice of the offer back. */
  readonly forget: () => void;
};
/** What to say about the preview with this number; about none, while none is there. */
type Note = { readonly text: string; readonly quoteId: string | undefined };

/**
 * What to show after a submit was refused because the preview no longer holds: the preview is worked out again at once and the two are
 * compared. Older but the same: a note, and the agent submits again. Different: the differences, or what stands in the way now. The offer
 * gone: a note, and nothing is chosen.
 */
export function useFreshness({ quote, refused, renew, settle, forget }: Given) {
  const { say } = useText();
  const format = useFormat();
  const [stale, setStale] = useState<Stale>();
  const [note, setNote] = useState<Note>();
  const [changed, setChanged] = useState(NOTHING);
  useEffect(() => {
    if (changed === NOTHING) return undefined;
    const timer = setTimeout(() => setChanged(NOTHING), MARKED_MS);
    return () => clearTimeout(timer);
  }, [changed]);
  const handled = useRef<Problem>(undefined);
  useEffect(() => {
    if (!refused || !quote || handled.current === refused) return;
    handled.current = refused;
    void (async () => {
      const { data, error } = await renew();
      // What is known of the subscription is as old as the preview was.
      askAgain();
      settle();
      const fresh = error ? undefined : data;
      const differences = fresh ? compareQuotes(quote, fresh, format) : [];
      const blockers = problemOf(error)?.refusals ?? refused.refusals ?? [];
      if (blockers.some(({ name }) => name === 'target-not-listed')) {
        setNote({ text: say('stale.offerGone', { offer: quote.target.offerName }), quoteId: undefined });
        forget();
      } else if (fresh && differences.length === 0)
        setNote({ text: say('stale.expired', { n: LIFETIME_MINUTES }), quoteId: fresh.quoteId });
      else if (!fresh && blockers.length === 0)
        setNote({ text: `${refused.detail} ${refused.remedy}`, quoteId: quote.quoteId });
      else
        setStale({
          differences,
          blockers: fresh ? [] : blockers,
          oldQuoteId: quote.quoteId,
          newQuoteId: fresh?.quoteId,
        });
    })();
  }, [refused, quote, renew, settle, forget, format, say]);
  return {
    stale,
    note: note?.quoteId === quote?.quoteId ? note?.text : undefined,
    changed,
    take: () => {
      setChanged(new Set(stale?.differences.map(({ what }) => what)));
      setStale(undefined);
    },
    stop: () => {
      setStale(undefined);
      forget();
    },
  };
}
