import { REASON_TEXTS } from '../../contract/refusals.ts';
import type { Language } from '../../contract/values.ts';
import type { Refusal } from '../../core/upgrades/refusal.ts';
import { dayText, plainDayText } from './day-text.ts';

/** Names of the refusals that only upgrades on new commerce have. */
const NAMES = [
  'billing-cycle-longer-than-term',
  'users-not-licensed',
  'destination-unknown',
  'destination-is-source',
  'destination-of-other-offer',
  'destination-not-active',
  'destination-not-ready',
  'destination-in-window',
  'destination-term-shorter',
  'destination-ends-earlier',
] as const satisfies Refusal['name'][];
type TransitionRefusal = Extract<Refusal, { name: (typeof NAMES)[number] }>;

export function isOfTransition(refusal: Refusal): refusal is TransitionRefusal {
  return (NAMES as readonly string[]).includes(refusal.name);
}

/** The evidence of such a refusal, and what its sentence names. */
export function describeTransition(
  refusal: TransitionRefusal,
  language: Language,
  offerName: (offerId: string) => string,
): { readonly evidence: object; readonly values: Readonly<Record<string, string | number>> } {
  const { name: _, ...evidence } = refusal;
  const { termDurations, billingCycles } = REASON_TEXTS[language];
  const day = (one: Temporal.PlainDate) => plainDayText(one, language);
  switch (refusal.name) {
    case 'billing-cycle-longer-than-term': {
      const { termDuration, billingCycle } = refusal;
      return { evidence, values: { term: termDurations[termDuration], billingCycle: billingCycles[billingCycle] } };
    }
    case 'users-not-licensed':
      return { evidence, values: { count: refusal.userIds.length } };
    case 'destination-of-other-offer':
      return { evidence, values: { offer: offerName(refusal.offerId) } };
    case 'destination-in-window':
      return { evidence: texts(evidence), values: { until: dayText(refusal.until, language) } };
    case 'destination-term-shorter':
      return { evidence, values: { term: termDurations[refusal.termDuration] } };
    case 'destination-ends-earlier': {
      const { termEndsOn, sourceEndsOn } = refusal;
      return { evidence: texts(evidence), values: { termEndsOn: day(termEndsOn), sourceEndsOn: day(sourceEndsOn) } };
    }
    case 'destination-unknown':
    case 'destination-is-source':
    case 'destination-not-active':
    case 'destination-not-ready':
      return { evidence, values: { subscriptionId: refusal.subscriptionId } };
  }
}

/** Days and moments as texts. */
function texts(evidence: object): object {
  return Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, String(value)]));
}
