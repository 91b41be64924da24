import { useState } from 'react';
import type { CustomerOnWire } from '../../contract/customers.ts';
import type { LicenseIssueOnWire } from '../../contract/upgrades.ts';
import { askAgain, useAct } from '../api/query.ts';
import { useText } from '../text.ts';

/** The API takes so many accounts in one call. */
const MOST_AT_ONCE = 500;

type Action = LicenseIssueOnWire['actions'][number];
/** What has to be asked before some issues can be settled: a country, or which of two licenses stays. */
export type Question = { readonly kind: 'location' | 'conflict'; readonly issues: readonly LicenseIssueOnWire[] };
export type Answer =
  | { readonly action: 'setUsageLocation'; readonly usageLocation: string }
  | { readonly action: Exclude<Action, 'setUsageLocation'> };

export type Resolve = {
  readonly busy: boolean;
  readonly question: Question | undefined;
  /** What became of the last act, where that is not seen in the list: it failed, or some cannot move yet. */
  readonly word: { readonly intent: 'error' | 'warning'; readonly text: string } | undefined;
  /** The one fitting act of a single issue. */
  readonly one: (issue: LicenseIssueOnWire) => void;
  /** Settles what needs no question at once; asks about the rest only when nothing else was chosen, one kind at a time. */
  readonly many: (issues: readonly LicenseIssueOnWire[]) => void;
  readonly ask: (question: Question) => void;
  readonly act: (issues: readonly LicenseIssueOnWire[], answer: Answer) => Promise<void>;
  readonly answer: (answer: Answer) => void;
  readonly cancel: () => void;
};

/** What the first fault of an issue calls for. */
export function fittingAct(issue: LicenseIssueOnWire): 'setLocation' | 'location' | 'conflict' | 'retry' {
  const names = new Set(issue.faults.map((fault) => fault.name));
  if (names.has('usage-location-missing')) return 'setLocation';
  if (names.has('usage-location-not-allowed')) return 'location';
  if (names.has('plans-exclude-each-other') || names.has('dependent-product')) return 'conflict';
  return 'retry';
}

type Given = { readonly customer: CustomerOnWire; readonly upgradeId: string; readonly done: () => void };

/** Settling license issues: each with the act that fits it. */
export function useResolve({ customer: { customerId, country }, upgradeId, done }: Given): Resolve {
  const { say } = useText();
  const resolve = useAct('resolveIssues');
  const [question, ask] = useState<Question>();
  const [word, setWord] = useState<Resolve['word']>();

  const act = async (issues: readonly LicenseIssueOnWire[], answer: Answer) => {
    if (issues.length === 0) return;
    setWord(undefined);
    let open = 0;
    try {
      for (let start = 0; start < issues.length; start += MOST_AT_ONCE) {
        const userIds = issues.slice(start, start + MOST_AT_ONCE).map((issue) => issue.userId);
        const { items } = await resolve.mutateAsync({
          params: { customerId, upgradeId },
          body: { ...answer, userIds },
        });
        open += items.filter(({ status }) => status === 'open').length;
      }
      if (open > 0) setWord({ intent: 'warning', text: say('result.stillOpen', { n: open }) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      setWord({ intent: 'error', text: say('result.resolveFailed', { reason }) });
      // Perhaps a colleague was faster: what is true now is shown at once.
      askAgain();
    }
    done();
  };
  const one = (issue: LicenseIssueOnWire) => {
    const fitting = fittingAct(issue);
    if (fitting === 'setLocation') void act([issue], { action: 'setUsageLocation', usageLocation: country });
    else if (fitting === 'retry') void act([issue], { action: 'retry' });
    else ask({ kind: fitting, issues: [issue] });
  };
  const many = async (issues: readonly LicenseIssueOnWire[]) => {
    const by = Map.groupBy(issues, fittingAct);
    const questions = (['conflict', 'location'] as const).filter((kind) => by.has(kind));
    const [first] = questions;
    if (first && !by.has('setLocation') && !by.has('retry')) return ask({ kind: first, issues: by.get(first) ?? [] });
    await act(by.get('setLocation') ?? [], { action: 'setUsageLocation', usageLocation: country });
    await act(by.get('retry') ?? [], { action: 'retry' });
  };
  return {
    busy: resolve.isPending,
    question,
    word,
    one,
    many: (issues) => void many(issues),
    ask,
    act,
    answer: (answer) => {
      void act(question?.issues ?? [], answer);
      ask(undefined);
    },
    cancel: () => ask(undefined),
  };
}
