import { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import { showSubscription } from '../subscriptions/list-subscriptions.ts';
import { checkRole } from '../failure.ts';
import type { Dialect, Given } from './dialect.ts';
import { faultOf } from './fault.ts';
import { guidOf } from './input.ts';
import { collection, collectionOf, guid, kind, resource } from './wire.ts';
import { billingCycles } from './purchase-line.ts';

const PATH = '/customers/:customerid/subscriptions/:subscriptionid/conversions';

const conversion = kind('Conversion', {
  offerId: z.string(),
  targetOfferId: z.string(),
  orderId: guid,
  quantity: z.int(),
  billingCycle: billingCycles,
});
const conversionError = kind('ConversionError', { code: z.int(), description: z.string() });
const conversionResult = kind('ConversionResult', {
  subscriptionId: guid,
  offerId: z.string(),
  targetOfferId: z.string(),
  error: conversionError,
});
const order = z.object({ targetOfferId: guid });

/** Trials that become paid. No legacy offer of the catalog is a trial, so there is nothing to convert. */
export function conversionResources(dialect: Dialect): void {
  dialect.get(
    PATH,
    { summary: 'What a trial can be converted to', answer: collectionOf(conversion) },
    async (given) => {
      const { customerId, subscriptionId } = await find(given);
      return collection<z.output<typeof conversion>>(
        [],
        `/customers/${customerId}/subscriptions/${subscriptionId}/conversions`,
      );
    },
  );
  dialect.post(
    PATH,
    {
      asks: 'purchase',
      summary: 'Convert a trial; a target that is not offered comes as an error',
      body: order,
      answer: conversionResult,
    },
    async (given) => {
      const allowed = checkRole(given.call.actor.roles, 'purchase');
      if (!allowed.ok) throw faultOf(allowed.refused, given.wording);
      const targetOfferId = guidOf(given.body.text('targetOfferId'), 'target offer');
      const { subscriptionId, offerId } = await find(given);
      const description = WORDS[given.wording.language];
      const error = resource(conversionError, { code: CONVERSIONS_NOT_FOUND, description });
      return resource(conversionResult, { subscriptionId, offerId, targetOfferId, error });
    },
  );
}

const CONVERSIONS_NOT_FOUND = 1;
const WORDS: Readonly<Record<Language, string>> = {
  en: 'This subscription is no trial that can be converted. GET …/upgrades lists what it can become.',
  tr: 'Bu abonelik, ücretliye dönüştürülebilecek bir deneme değil. Neye yükseltilebileceğini GET …/upgrades listeler.',
};

async function find({ call, id, wording }: Given) {
  const shown = await showSubscription(call, id('customer'), id('subscription'));
  if (!shown.ok) throw faultOf(shown.refused, wording);
  return shown.value.subscription;
}
