import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { day, decimal, id, moment, money } from './values.ts';

/** A signed line of a service period, with how it was computed. */
export const billingLine = z.object({
  chargeType: z.string(),
  periodStart: day,
  periodEnd: day,
  days: z.number().int(),
  periodDays: z.number().int(),
  quantity: z.number().int(),
  unitPrice: decimal,
  amount: money,
});

const charge = billingLine.extend({
  chargeId: id,
  upgradeId: id.nullable(),
  referenceId: id,
  reverses: id.nullable(),
  createdAt: moment,
});

export const ledgerEndpoints = {
  listCharges: {
    ...routes.listCharges,
    tag: 'Billing',
    summary: 'Every line that was written for a subscription, oldest first',
    params: z.object({ customerId: id, subscriptionId: id }),
    status: 200,
    answer: z.object({ items: z.array(charge), total: money }),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
