import type { LegacyRounding } from './legacy-billing.ts';
import type { NewCommerceRounding } from './new-commerce-billing.ts';

/** How a partner’s lines are rounded where the sources contradict each other; absent: by the documented formula of the platform (C4, C5). */
export type RoundingConventions = {
  readonly legacy?: LegacyRounding | undefined;
  readonly newCommerce?: NewCommerceRounding | undefined;
};
