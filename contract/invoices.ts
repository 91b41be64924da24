import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { explainedLine, sellRates, sold } from './ledger.ts';
import { routes } from './routes.ts';
import en from './texts/invoice-sheet.en.json' with { type: 'json' };
import tr from './texts/invoice-sheet.tr.json' with { type: 'json' };
import { currency, day, id, moment, money, pageLimit, pageOf, text } from './values.ts';

/** `D` legacy, `G` new commerce. */
const invoiceNumber = z.string().regex(/^[DG]\d{4}[0-9A-F]{6}$/);

const invoice = z.object({
  invoiceNumber,
  platform: z.enum(['legacy', 'newCommerce']),
  /** The first and the last day of its calendar month, UTC. */
  periodStart: day,
  periodEnd: day,
  /** `open`: more may come. */
  status: z.enum(['open', 'closed']),
  closedAt: moment.nullable(),
  currency,
  lines: z.number().int(),
  /** What the partner is charged, without tax. */
  total: money,
});
export type InvoiceOnWire = z.infer<typeof invoice>;

/** A customer of an invoice; no name: the partner is not related to it any more. */
const customer = z.object({ customerId: id, name: z.string().nullable() });

const customerTotal = sold.extend({ customer, lines: z.number().int(), ...sellRates.shape });

/** An upgrade whose lines are not those that its quote told when it was approved. */
const quoteDifference = z.object({
  upgradeId: id,
  customer,
  /** Lines of the quote that were not billed, and lines that were billed and not told. */
  missing: z.array(z.string()),
  unexpected: z.array(z.string()),
});

const invoiceLine = explainedLine.extend({
  customer,
  subscription: z.object({ subscriptionId: id, name: z.string(), offerId: z.string(), offerName: z.string() }),
  sold,
});
export type InvoiceLineOnWire = z.infer<typeof invoiceLine>;

/** What is printed on an invoice. */
export const INVOICE_SHEET_TEXTS = { en, tr } satisfies Record<'en' | 'tr', typeof en>;

const params = z.object({ invoiceNumber: text(20) });

export const invoiceEndpoints = {
  listInvoices: {
    ...routes.listInvoices,
    asks: 'viewInvoices',
    tag: 'Billing',
    summary: 'The partner’s invoices, one a month and platform, the newest first',
    status: 200,
    answer: z.object({ items: z.array(invoice) }),
    problems: ['role-not-allowed'],
  },
  showInvoice: {
    ...routes.showInvoice,
    asks: 'viewInvoices',
    tag: 'Billing',
    summary: 'One invoice by customer, and how it compares with the quotes that were approved',
    params,
    status: 200,
    answer: invoice.extend({
      totals: sold,
      customers: z.array(customerTotal),
      /** Whether the lines are still those of the closing; null: it is open. */
      unchanged: z.boolean().nullable(),
      quotes: z.object({ compared: z.number().int(), differing: z.array(quoteDifference) }),
    }),
    problems: ['role-not-allowed', 'not-found'],
  },
  printInvoice: {
    ...routes.printInvoice,
    asks: 'viewInvoices',
    tag: 'Billing',
    summary: 'An invoice as a printable PDF in the caller’s language: totals, customers, and every line',
    params,
    file: 'application/pdf',
    status: 200,
    answer: z.undefined(),
    problems: ['role-not-allowed', 'not-found'],
  },
  listInvoiceLines: {
    ...routes.listInvoiceLines,
    asks: 'viewInvoices',
    tag: 'Billing',
    summary: 'The lines of an invoice, the oldest first; as CSV all of them, in the columns of the reconciliation file',
    params,
    query: z.object({ customerId: id.optional(), limit: pageLimit, cursor: text(2000).optional() }),
    csv: true,
    status: 200,
    answer: pageOf(invoiceLine),
    problems: ['role-not-allowed', 'not-found'],
  },
} as const satisfies Record<string, Endpoint>;
