import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Problem } from '../../contract/problems.ts';
import { clientOf } from '../api/client.ts';
import { askAgain } from '../api/query.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';

const ASKED_AGAIN_MS = 2000;
/** So often nothing was found to be done before the page says that nothing was. */
const ASKED_TIMES = 3;

/** Where a submit stands. `unknown`: it was sent, and no answer came. */
export type Submitting =
  | { readonly step: 'idle' }
  | { readonly step: 'sending'; readonly since: number }
  | { readonly step: 'unknown' }
  | { readonly step: 'notSent' }
  | { readonly step: 'refused'; readonly problem: Problem };

/**
 * Submits a quote once, whatever happens to the connection or the page: what was sent is remembered until its outcome is known, and after
 * a lost answer the quote itself is asked what became of it.
 */
export function useSubmit(customerId: string, subscriptionId: string) {
  const { language } = useText();
  const navigate = useNavigate();
  const sentKey = `yukselt.sent.${subscriptionId}`;
  const [state, setState] = useState<Submitting>(() =>
    sessionStorage.getItem(sentKey) ? { step: 'unknown' } : { step: 'idle' },
  );

  const arrive = useCallback(
    async (upgradeId: string) => {
      sessionStorage.removeItem(sentKey);
      askAgain();
      await navigate(paths.result(customerId, upgradeId), { replace: true });
    },
    [customerId, navigate, sentKey],
  );

  const submit = async (quoteId: string) => {
    setState({ step: 'sending', since: Date.now() });
    sessionStorage.setItem(sentKey, quoteId);
    try {
      const answer = await clientOf(language)('submitQuote', { params: { customerId, quoteId } });
      if (answer.ok) return await arrive(answer.value.upgradeId);
      if (answer.problem.status >= 500) return setState({ step: 'unknown' });
      sessionStorage.removeItem(sentKey);
      return setState({ step: 'refused', problem: answer.problem });
    } catch {
      return setState({ step: 'unknown' });
    }
  };

  useEffect(() => {
    if (state.step !== 'unknown') return undefined;
    const quoteId = sessionStorage.getItem(sentKey) ?? '';
    let asked = 0;
    const timer = setInterval(() => {
      void (async () => {
        const answer = await clientOf(language)('showQuote', { params: { customerId, quoteId } }).catch(
          () => undefined,
        );
        if (!answer || (!answer.ok && answer.problem.status >= 500)) return;
        if (answer.ok && answer.value.upgradeId) return arrive(answer.value.upgradeId);
        asked += 1;
        if (asked < ASKED_TIMES) return;
        sessionStorage.removeItem(sentKey);
        setState({ step: 'notSent' });
      })();
    }, ASKED_AGAIN_MS);
    return () => clearInterval(timer);
  }, [state.step, arrive, customerId, language, sentKey]);

  return { state, submit, settle: () => setState({ step: 'idle' }) };
}
