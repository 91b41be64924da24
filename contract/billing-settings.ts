import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { country, id } from './values.ts';
import { rule } from './words.ts';

/** Hundredths of a percent: `2000` is 20 %. */
const WHOLE = 10_000;

const billingSettings = z.strictObject({
  /** How a slice of a service period is rounded on the legacy platform, and on new commerce. */
  legacyRounding: z.enum(['full-precision', 'daily-price-cut']),
  newCommerceRounding: z.enum(['cut-unit', 'cut-total', 'as-printed']),
  /** The tax of each market that is put on what its customers pay; a market that is not named has none. */
  vatRates: z
    .array(z.strictObject({ market: country, basisPoints: z.number().int().min(0).max(WHOLE) }))
    .max(250)
    .refine((given) => new Set(given.map(({ market }) => market)).size === given.length, rule('eachOnce')),
});
export type BillingSettingsOnWire = z.infer<typeof billingSettings>;

const margin = z.strictObject({
  /** What the partner puts on its cost for the customer, hundredths of a percent. */
  basisPoints: z
    .number()
    .int()
    .min(-WHOLE)
    .max(10 * WHOLE),
});

export const billingSettingsEndpoints = {
  showBillingSettings: {
    ...routes.showBillingSettings,
    asks: 'viewBills',
    tag: 'Settings',
    summary: 'How the bill is rounded, and the tax of each market',
    status: 200,
    answer: billingSettings,
    problems: ['role-not-allowed'],
  },
  changeBillingSettings: {
    ...routes.changeBillingSettings,
    asks: 'changeSettings',
    tag: 'Settings',
    summary: 'Change how the bill is rounded, and the tax of each market',
    body: billingSettings,
    status: 200,
    answer: billingSettings,
    problems: ['role-not-allowed'],
  },
  showMargin: {
    ...routes.showMargin,
    asks: 'viewBills',
    tag: 'Customers',
    summary: 'What the partner puts on its cost for a customer',
    params: z.object({ customerId: id }),
    status: 200,
    answer: margin,
    problems: ['role-not-allowed', 'not-found'],
  },
  changeMargin: {
    ...routes.changeMargin,
    asks: 'manageCustomers',
    tag: 'Customers',
    summary: 'Change what the partner puts on its cost for a customer',
    params: z.object({ customerId: id }),
    body: margin,
    status: 200,
    answer: margin,
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
