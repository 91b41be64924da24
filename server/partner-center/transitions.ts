import type { Language } from '../../contract/values.ts';
import { getOffer, type Platform } from '../../core/catalog/offer.ts';
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
  const { platform } = getOffer(call.catalog, shown.value.subscription.offerId);
  const [status, code] = FAULTS[platform];
  throw new Fault(status, code, WORDS[wording.language][platform]);
}

const FAULTS: Readonly<Record<Platform, readonly [status: number, code: number]>> = {
  legacy: [403, 900263],
  newCommerce: [501, 0],
};
const WORDS: Readonly<Record<Language, Readonly<Record<Platform, string>>>> = {
  en: {
    legacy: 'Transitions are not for legacy subscriptions. Use …/upgrades.',
    newCommerce: 'Transitions of new commerce subscriptions are not offered here.',
  },
  tr: {
    legacy: 'Geçişler eski tür abonelikler için değildir. …/upgrades kullanın.',
    newCommerce: 'Yeni ticaret aboneliklerinin geçişleri burada sunulmuyor.',
  },
};
