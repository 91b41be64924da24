import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { explainedLine, pricedLine, sellRates, sold } from './ledger.ts';
import { routes } from './routes.ts';
import en from './texts/customer-charges.en.json' with { type: 'json' };
import tr from './texts/customer-charges.tr.json' with { type: 'json' };
import { day, id, moment, money, pageLimit, pageOf } from './values.ts';

/** The head of the file of a customer’s charges, and words in it. */
export const CUSTOMER_CHARGE_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

const subscription = z.object({ subscriptionId: id, name: z.string() });
const platform = z.enum(['legacy', 'newCommerce']);
/** What an upgrade was billed beyond what its quote told; null: nothing was quoted. */
const offQuote = money.nullable();

const customerCharge = explainedLine.extend({
  subscription,
  platform,
  invoiceNumber: z.string(),
  sold,
  /** The upgrade of which it is, and whether that was billed as quoted. */
  upgrade: z.object({ upgradeId: id, difference: offQuote }).nullable(),
});
export type CustomerChargeOnWire = z.infer<typeof customerCharge>;

/** A line that will be written by the calendar if nothing changes. */
const upcomingLine = pricedLine.extend({
  bookedOn: day,
  subscription,
  platform,
  offerName: z.string(),
  explained: explainedLine.shape.explained,
});
export type UpcomingLineOnWire = z.infer<typeof upcomingLine>;

/** Of one platform: what stands in the invoice of the month so far, and with what will come. */
const nextInvoice = z.object({
  invoiceNumber: z.string(),
  platform,
  lines: z.number().int(),
  credits: money,
  charges: money,
  /** Both together so far. */
  soFar: sold,
  /** With all that is expected until the end of the month. */
  expected: sold,
});
export type NextInvoiceOnWire = z.infer<typeof nextInvoice>;

const billedUpgrade = z.object({
  upgradeId: id,
  appliedAt: moment,
  sourceName: z.string(),
  targetName: z.string(),
  quoted: money,
  billed: money,
  difference: money,
  /** Lines of the quote that were not billed, and lines that were billed and not told. */
  missing: z.array(z.string()),
  unexpected: z.array(z.string()),
});
export type BilledUpgradeOnWire = z.infer<typeof billedUpgrade>;

const params = z.object({ customerId: id });
const OF_BILLS = { asks: 'viewBills', tag: 'Billing', params, status: 200 } as const;

export const customerBillingEndpoints = {
  showCustomerBilling: {
    ...routes.showCustomerBilling,
    ...OF_BILLS,
    summary: 'What a customer’s charges can be narrowed to, and by which rates it is sold on',
    answer: z.object({
      /** That were charged for. */
      subscriptions: z.array(subscription),
      /** The first days of months with charges, the newest first. */
      months: z.array(day),
      rates: sellRates,
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  listCustomerCharges: {
    ...routes.listCustomerCharges,
    ...OF_BILLS,
    summary: 'Credits and charges of all subscriptions of a customer, the newest first, those of one act together',
    query: z.object({
      subscriptionId: id.optional(),
      /** A day of the calendar month of the invoice. */
      month: day.optional(),
      limit: pageLimit,
      cursor: id.optional(),
    }),
    csv: true,
    answer: pageOf(customerCharge),
    problems: ['role-not-allowed', 'not-found'],
  },
  showNextInvoice: {
    ...routes.showNextInvoice,
    ...OF_BILLS,
    summary: 'What is on the open month for a customer so far, and what is due by its end if nothing changes',
    answer: z.object({
      periodStart: day,
      periodEnd: day,
      invoices: z.array(nextInvoice),
      upcoming: z.array(upcomingLine),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  listBilledUpgrades: {
    ...routes.listBilledUpgrades,
    ...OF_BILLS,
    summary: 'A customer’s upgrades as they were approved and as they were billed, the newest first',
    query: z.object({ limit: pageLimit, cursor: id.optional() }),
    answer: pageOf(billedUpgrade),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
