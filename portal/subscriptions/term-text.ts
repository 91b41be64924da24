import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import type { TextKey } from '../text.ts';

/** How long a term is, and how often it is billed. */
export const TERM_TEXT: Readonly<Record<SubscriptionOnWire['termDuration'], TextKey>> = {
  P1M: 'term.monthly',
  P1Y: 'term.annual',
  P3Y: 'term.triennial',
};
export const BILLED_TEXT: Readonly<Record<SubscriptionOnWire['billingCycle'], TextKey>> = {
  monthly: 'term.billedMonthly',
  annual: 'term.billedAnnually',
  triennial: 'term.billedTriennially',
  none: 'term.notBilled',
};
