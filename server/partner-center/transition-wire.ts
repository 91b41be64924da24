import { z } from 'zod';
import type { Language } from '../../contract/values.ts';
import { billingCycles } from './purchase-line.ts';
import { guid, kind, moment } from './wire.ts';

export const transitionType = z.enum(['transition_only', 'transition_with_license_transfer']);
export const transitionError = z.object({ code: z.int().min(0).max(13), description: z.string() });
export const eligibility = z.object({ isEligible: z.boolean(), transitionType, errors: z.array(transitionError) });
export const destination = z.object({
  isEligible: z.boolean(),
  subscriptionId: guid,
  subscriptionFriendlyName: z.string(),
  subscriptionTermDuration: z.string(),
  subscriptionBillingCycle: billingCycles,
  errors: z.array(z.object({ code: z.int().min(0).max(4), description: z.string() })),
});
export const transitionEligibility = kind('TransitionEligibility', {
  operationId: guid,
  catalogItemId: z.string(),
  title: z.string(),
  description: z.string(),
  quantity: z.int(),
  eligibilities: z.array(eligibility),
  subscriptionEligibilities: z.array(destination),
});
export const transitionEvent = kind('TransitionEvent', {
  name: z.enum(['Conversion', 'LicenseReassignment']),
  status: z.enum(['Completed', 'Failed']),
  timestamp: moment,
  errors: z.array(transitionError),
});
export const transition = kind('Transition', {
  operationId: guid,
  fromCatalogItemId: z.string(),
  fromSubscriptionId: guid,
  toCatalogItemId: z.string(),
  toSubscriptionId: guid,
  quantity: z.int(),
  termDuration: z.string(),
  billingCycle: z.enum(['Monthly', 'Annual', 'Triennial', 'None']),
  transitionType,
  events: z.array(transitionEvent),
});
export const order = z.object({
  toCatalogItemId: z.string(),
  toSubscriptionId: guid.optional(),
  quantity: z.int(),
  termDuration: z.string().optional(),
  billingCycle: z.string().optional(),
  transitionType,
});

type Words = {
  legacy: string;
  usersLeft: string;
  unknownItem: (id: string) => string;
};

/** What the dialect says of transitions by itself. */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    legacy: 'Transitions are not for legacy subscriptions. Use …/upgrades.',
    usersLeft: 'Some users were not moved. Work through the license issues of this upgrade.',
    unknownItem: (id) => `${id} is no catalog item here. Take one of …/transitionEligibilities.`,
  },
  tr: {
    legacy: 'Geçişler eski platformdaki abonelikler için değildir. …/upgrades kullanın.',
    usersLeft: 'Bazı kullanıcılar taşınamadı. Bu yükseltmenin lisans sorunlarını giderin.',
    unknownItem: (id) => `${id} katalogda yok. …/transitionEligibilities yanıtındakilerden birini seçin.`,
  },
};
