import { z } from 'zod';
import type { Offer } from '../../core/catalog/offer.ts';
import { formatMoney, formatUnitPrice, parseUnitPrice } from '../../core/values/money.ts';
import type { BillLine } from '../ledger/bill-line.store.ts';
import { billedOfferName } from '../ledger/charge.presenter.ts';
import type { InvoiceHead } from '../ledger/invoice.store.ts';
import { listInvoiceLines, listInvoices, showInvoice } from '../ledger/show-invoices.ts';
import type { Dialect, Given } from './dialect.ts';
import { faultOf } from './fault.ts';
import { foldEnum } from './input.ts';
import { indexedPage, nextPage, PAGE_QUERY, pageOf, SIZE_MEANS } from './paging.ts';
import { collection, collectionOf, guid, kind, link, linkOf, moment, resource, symbolOf } from './wire.ts';

const LINE_TYPE = 'billing_line_items';
/** How the service calls where lines come from. */
const PROVIDERS = { legacy: 'office', newCommerce: 'one_time' } as const satisfies Record<Offer['platform'], string>;
const provider = z.enum(PROVIDERS);

const invoiceDetail = kind('InvoiceDetail', {
  invoiceLineItemType: z.literal(LINE_TYPE),
  billingProvider: provider,
  links: z.object({ self: linkOf }),
});
const invoiceKind = kind('Invoice', {
  id: z.string(),
  invoiceDate: moment,
  billingPeriodStartDate: moment,
  billingPeriodEndDate: moment,
  totalCharges: z.number(),
  paidAmount: z.number(),
  currencyCode: z.string(),
  currencySymbol: z.string(),
  invoiceDetails: z.array(invoiceDetail),
  amendments: z.array(z.string()),
  documentType: z.literal('invoice'),
  invoiceType: z.enum(['Recurring', 'OneTime']),
  links: z.object({ self: linkOf }),
});
const summary = kind('InvoiceSummary', {
  balanceAmount: z.number(),
  currencyCode: z.string(),
  currencySymbol: z.string(),
  accountingDate: moment,
  firstInvoiceCreationDate: moment.optional(),
});

const COMMON = {
  partnerId: guid,
  customerId: guid,
  customerName: z.string().optional(),
  orderId: guid,
  subscriptionId: guid,
  subscriptionDescription: z.string(),
  chargeStartDate: moment,
  chargeEndDate: moment,
  chargeType: z.string(),
  unitPrice: z.number(),
  quantity: z.int(),
  subtotal: z.number(),
  totalForCustomer: z.number(),
  currency: z.string(),
  /** Both stand on every line: clients choose its class by them. */
  invoiceLineItemType: z.literal(LINE_TYPE),
  billingProvider: provider,
};
const licenseLine = kind('LicenseBasedLineItem', {
  ...COMMON,
  mpnId: z.int(),
  tier2MpnId: z.int(),
  offerId: z.string(),
  durableOfferId: z.string(),
  offerName: z.string(),
  domainName: z.string().optional(),
  billingCycleType: z.string(),
  subscriptionName: z.string(),
  subscriptionStartDate: moment,
  subscriptionEndDate: moment,
  amount: z.number(),
  totalOtherDiscount: z.number(),
  tax: z.number(),
});
const oneTimeLine = kind('OneTimeInvoiceLineItem', {
  ...COMMON,
  invoiceNumber: z.string(),
  customerDomainName: z.string().optional(),
  customerCountry: z.string(),
  orderDate: moment,
  productId: z.string().optional(),
  skuId: z.string().optional(),
  availabilityId: z.string().optional(),
  productName: z.string(),
  skuName: z.string(),
  taxTotal: z.number(),
  billableQuantity: z.int(),
  billingFrequency: z.string(),
  pricingCurrency: z.string(),
  referenceId: guid,
  promotionId: z.string().optional(),
});
const lines = collectionOf(z.union([licenseLine, oneTimeLine]));

/** The partner’s bill: an invoice for each month and platform, with its lines. */
export function invoiceResources({ get }: Dialect): void {
  const asks = 'viewInvoices';
  const one = '/invoices/:invoiceid';
  get(
    '/invoices',
    {
      asks,
      summary: 'The partner’s invoices, the newest first',
      query: { size: SIZE_MEANS, offset: 'How many to leave out' },
      answer: collectionOf(invoiceKind),
    },
    async (given) => indexedPage((await findAll(given)).map(present), '/invoices', given.query),
  );
  get('/invoices/summary', { asks, summary: 'What is charged in all', answer: summary }, async (given) => {
    const { currency } = given.call.actor.partner;
    return summaryOf(await findAll(given), currency, given);
  });
  get(
    '/invoices/summaries',
    { asks, summary: 'What is charged in all, by currency', answer: collectionOf(summary) },
    async (given) => {
      const byCurrency = Map.groupBy(await findAll(given), ({ currency }) => currency);
      return collection(
        [...byCurrency].map(([currency, heads]) => summaryOf(heads, currency, given)),
        '/invoices/summaries',
      );
    },
  );
  get(one, { asks, summary: 'One invoice', answer: invoiceKind }, async (given) => {
    const shown = await showInvoice(given.call, given.param('invoiceid'));
    if (!shown.ok) throw faultOf(shown.refused, given.wording);
    return present(shown.value.head);
  });
  const ofLines = { asks, summary: 'The lines of an invoice', answer: lines } as const;
  get(`${one}/lineitems/:provider/:itemtype`, { ...ofLines, query: PAGE_QUERY }, (given) =>
    listLines(given, given.param('provider')),
  );
  const asked = { provider: 'office for the legacy platform, onetime for new commerce; absent: whatever it has' };
  get(`${one}/lineitems`, { ...ofLines, query: { ...asked, ...PAGE_QUERY } }, (given) =>
    listLines(given, given.query.text('provider')),
  );
}

async function findAll({ call, wording }: Given): Promise<InvoiceHead[]> {
  const found = await listInvoices(call);
  if (!found.ok) throw faultOf(found.refused, wording);
  return found.value;
}

/** An invoice has lines of one provider; of another it has none. */
async function listLines(given: Given, asked: string | undefined) {
  const { call, wording } = given;
  const page = pageOf(given);
  const number = given.param('invoiceid').toUpperCase();
  const found = await listInvoiceLines(call, number, page);
  if (!found.ok) throw faultOf(found.refused, wording);
  const { head, lines: listed, nextCursor } = found.value;
  const its = PROVIDERS[head.platform];
  const self = `/invoices/${head.invoice_number}/lineitems?provider=${its}&size=${page.limit}`;
  if (asked !== undefined && foldEnum(asked) !== foldEnum(its)) return collection([], self);
  const items = listed.map((line) => presentLine(line, head, given));
  return collection(items, self, nextCursor === null ? undefined : nextPage(self, page, nextCursor));
}

function present(head: InvoiceHead) {
  const first = Temporal.PlainDate.from(head.month);
  const self = `/invoices/${head.invoice_number}`;
  const last = first.add({ months: 1 }).subtract({ days: 1 }).toString();
  const billingProvider = PROVIDERS[head.platform];
  return resource(invoiceKind, {
    id: head.invoice_number,
    invoiceDate: head.closed_at === null ? ends(last) : Temporal.Instant.from(head.closed_at).toString(),
    billingPeriodStartDate: begins(head.month),
    billingPeriodEndDate: ends(last),
    totalCharges: numberOf(head.total_minor, head.currency),
    paidAmount: 0,
    currencyCode: head.currency,
    currencySymbol: symbolOf(head.currency),
    invoiceDetails: [
      resource(invoiceDetail, {
        invoiceLineItemType: LINE_TYPE,
        billingProvider,
        links: { self: link(`${self}/lineitems/${billingProvider}/billinglineitems`) },
      }),
    ],
    amendments: [],
    documentType: 'invoice',
    invoiceType: head.platform === 'legacy' ? 'Recurring' : 'OneTime',
    links: { self: link(self) },
  });
}

function summaryOf(heads: readonly InvoiceHead[], currency: string, { call }: Given) {
  const minor = heads.filter((one) => one.currency === currency).reduce((sum, one) => sum + one.total_minor, 0n);
  const first = heads.at(-1);
  return resource(summary, {
    balanceAmount: numberOf(minor, currency),
    currencyCode: currency,
    currencySymbol: symbolOf(currency),
    accountingDate: call.clock.now().toString(),
    firstInvoiceCreationDate: first ? begins(first.month) : null,
  });
}

function presentLine(line: BillLine, head: InvoiceHead, { call, wording }: Given) {
  const name = billedOfferName(line, wording);
  const amount = numberOf(line.amount_minor, line.currency);
  const common = {
    partnerId: call.actor.partner.partnerId,
    customerId: line.customer_id,
    customerName: line.customer_name,
    orderId: line.order_id,
    subscriptionId: line.subscription_id,
    subscriptionDescription: name,
    chargeStartDate: begins(line.period_start),
    chargeEndDate: ends(line.period_end),
    chargeType: line.charge_type,
    unitPrice: Number(formatUnitPrice(parseUnitPrice(line.unit_price, line.currency))),
    quantity: line.quantity,
    subtotal: amount,
    totalForCustomer: amount,
    currency: line.currency,
    invoiceLineItemType: LINE_TYPE,
    billingProvider: PROVIDERS[head.platform],
  } as const;
  if (head.platform === 'legacy') {
    return resource(licenseLine, {
      ...common,
      mpnId: 0,
      tier2MpnId: -1,
      offerId: line.offer_id,
      durableOfferId: line.offer_id,
      offerName: name,
      domainName: line.customer_domain,
      billingCycleType: line.billing_cycle.toUpperCase(),
      subscriptionName: line.friendly_name ?? name,
      subscriptionStartDate: begins(line.purchased_on),
      subscriptionEndDate: begins(line.term_ends_on),
      amount,
      totalOtherDiscount: 0,
      tax: 0,
    });
  }
  return resource(oneTimeLine, {
    ...common,
    invoiceNumber: head.invoice_number,
    customerDomainName: line.customer_domain,
    customerCountry: line.country,
    orderDate: begins(line.booked_on),
    productId: line.product?.productId ?? null,
    skuId: line.product?.skuId ?? null,
    availabilityId: line.product?.availabilityId ?? null,
    productName: name,
    skuName: name,
    taxTotal: 0,
    billableQuantity: line.quantity,
    billingFrequency: line.billing_cycle,
    pricingCurrency: line.currency,
    referenceId: line.reference_id,
    promotionId: line.promotion_id,
  });
}

function numberOf(minor: bigint, currency: string): number {
  return Number(formatMoney({ minor, currency }));
}

function begins(day: string): string {
  return `${day}T00:00:00Z`;
}

function ends(day: string): string {
  return `${day}T23:59:00Z`;
}
