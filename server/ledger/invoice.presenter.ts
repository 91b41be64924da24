import type { InvoiceLineOnWire, InvoiceOnWire } from '../../contract/invoices.ts';
import { sellPrice, type SellRates } from '../../core/ledger/sell-price.ts';
import type { Wording } from '../http/reason.presenter.ts';
import type { BillLine } from './bill-line.store.ts';
import { billedOfferName, presentCharge } from './charge.presenter.ts';
import type { InvoiceHead } from './invoice.store.ts';
import { moneyOf, soldOf } from '../http/sold.presenter.ts';
import type { ShownInvoice } from './show-invoices.ts';

/** An invoice as lists show it. */
export function presentInvoice(head: InvoiceHead): InvoiceOnWire {
  const first = Temporal.PlainDate.from(head.month);
  return {
    invoiceNumber: head.invoice_number,
    platform: head.platform,
    periodStart: head.month,
    periodEnd: first.add({ months: 1 }).subtract({ days: 1 }).toString(),
    status: head.closed_at === null ? 'open' : 'closed',
    closedAt: head.closed_at === null ? null : Temporal.Instant.from(head.closed_at).toString(),
    currency: head.currency,
    lines: head.lines,
    total: moneyOf({ minor: head.total_minor, currency: head.currency }),
  };
}

/** All of it but the lines. */
export function presentShownInvoice({ head, totals, names, unchanged, quotes }: ShownInvoice) {
  return {
    ...presentInvoice(head),
    totals: soldOf(totals),
    customers: totals.customers.map(({ customerId, lines, marginBasisPoints, vatBasisPoints, ...prices }) => ({
      customer: { customerId, name: names.get(customerId) ?? null },
      lines,
      marginBasisPoints,
      vatBasisPoints,
      ...soldOf(prices),
    })),
    unchanged,
    quotes: {
      compared: quotes.compared,
      differing: quotes.differing.map(({ upgradeId, customerId, customerName, missing, unexpected }) => ({
        upgradeId,
        customer: { customerId, name: names.get(customerId) ?? customerName },
        missing: [...missing],
        unexpected: [...unexpected],
      })),
    },
  };
}

/** A line, with how it came about and at what it is sold on. */
export function presentInvoiceLine(
  line: BillLine,
  { platform }: Pick<InvoiceHead, 'platform'>,
  rates: SellRates,
  wording: Wording,
): InvoiceLineOnWire {
  const product = billedOfferName(line, wording);
  return {
    ...presentCharge(line, platform, wording),
    customer: { customerId: line.customer_id, name: line.customer_name },
    subscription: {
      subscriptionId: line.subscription_id,
      name: line.friendly_name ?? product,
      offerId: line.offer_id,
      offerName: product,
    },
    sold: soldOf(sellPrice({ minor: line.amount_minor, currency: line.currency }, rates)),
  };
}
