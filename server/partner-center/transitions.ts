import type { Language } from '../../contract/values.ts';
import { showSubscription } from '../subscriptions/list-subscriptions.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { NOTHING } from './operation.ts';

const ONE = '/customers/:customerid/subscriptions/:subscriptionid';

/** Transitions are the upgrades of new commerce; a legacy subscription has none. */
export function transitionResources(dialect: Dialect): void {
  const operation = { answer: NOTHING, refuses: 403 } as const;
  dialect.get(
    `${ONE}/transitioneligibilities`,
    { summary: 'Not for legacy subscriptions; see upgrades', ...operation },
    refuse,
  );
  dialect.get(`${ONE}/transitions`, { summary: 'Not for legacy subscriptions; see upgrades', ...operation }, refuse);
  dialect.post(`${ONE}/transitions`, { summary: 'Not for legacy subscriptions; see upgrades', ...operation }, refuse);
}

async function refuse({ call, id, wording }: Given): Promise<never> {
  const shown = await showSubscription(call, id('customer'), id('subscription'));
  if (!shown.ok) throw faultOf(shown.refused, wording);
  throw new Fault(403, 900263, WORDS[wording.language]);
}

const WORDS: Readonly<Record<Language, string>> = {
  en: 'Transitions are not for legacy subscriptions. Use …/upgrades.',
  tr: 'Geçişler eski tür abonelikler için değildir. …/upgrades kullanın.',
};
