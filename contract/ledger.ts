import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import en from './texts/charges.en.json' with { type: 'json' };
import tr from './texts/charges.tr.json' with { type: 'json' };
import { day, decimal, id, moment, money } from './values.ts';

/** How lines of the bill are put into words. */
export const CHARGE_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

type Act = keyof typeof en.acts;

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

/** What it costs the partner, what its customer pays, the tax on that, and both together. */
export const sold = z.object({ cost: money, sell: money, tax: money, gross: money });

const basisPoints = z.number().int();
/** Hundredths of a percent: what the partner puts on its cost for a customer, and the tax of the customer’s market. */
export const sellRates = z.object({ marginBasisPoints: basisPoints, vatBasisPoints: basisPoints });

/** A line with what it is sold on at. */
export const pricedLine = billingLine.extend({ sold });
export type PricedLineOnWire = z.infer<typeof pricedLine>;

/** A line that was written, with how it came about. */
export const explainedLine = billingLine.extend({
  chargeId: id,
  /** The upgrade of which it is. */
  upgradeId: id.nullable(),
  /** The same for all lines of one act. */
  referenceId: id,
  /** The line that it takes back. */
  reverses: id.nullable(),
  promotionId: z.string().nullable(),
  /** What it is for. The subscription may be another offer by now. */
  offerId: z.string(),
  offerName: z.string(),
  /** The day that it belongs to. */
  bookedOn: day,
  createdAt: moment,
  explained: z.object({
    act: z.enum(Object.keys(en.acts) as [Act, ...Act[]]),
    kind: z.enum(['charge', 'credit', 'reversal']),
    /** Whether it is for the whole service period or charge cycle. */
    whole: z.boolean(),
    rounding: z.enum(['exact', 'halfUp', 'cutUnit', 'cutTotal', 'dailyPrice']),
    /** What it is, in the reader’s language: `Credited for the upgrade`. */
    what: z.string(),
    /** All of it in one sentence, in the reader’s language. */
    sentence: z.string(),
  }),
});

export const ledgerEndpoints = {
  listCharges: {
    ...routes.listCharges,
    asks: 'viewBills',
    tag: 'Billing',
    summary: 'Every line that was written for a subscription, oldest first',
    params: z.object({ customerId: id, subscriptionId: id }),
    status: 200,
    answer: z.object({ items: z.array(explainedLine), total: money }),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
