import { Readable } from 'node:stream';
import { accepted } from '../../core/values/result.ts';
import { toCsv, toCsvRows } from '../http/csv.ts';
import type { Mount } from '../http/mount.ts';
import type { Wording } from '../http/reason.presenter.ts';
import { toPdf } from '../http/pdf.ts';
import type { BillLine } from './bill-line.store.ts';
import { presentInvoice, presentInvoiceLine, presentShownInvoice } from './invoice.presenter.ts';
import { presentInvoiceSheet } from './invoice-sheet.presenter.ts';
import type { InvoiceHead } from './invoice.store.ts';
import { printInvoice } from './print-invoice.ts';
import { reconciliationColumns, toReconciliationRow } from './reconciliation.presenter.ts';
import { exportInvoice, listInvoiceLines, listInvoices, showInvoice } from './show-invoices.ts';

export function invoiceRoutes(mount: Mount): void {
  mount.signedIn('listInvoices', async ({ call }) => {
    const found = await listInvoices(call);
    return found.ok ? accepted({ items: found.value.map(presentInvoice) }) : found;
  });
  mount.signedIn('showInvoice', async ({ call, params }) => {
    const found = await showInvoice(call, params.invoiceNumber);
    return found.ok ? accepted(presentShownInvoice(found.value)) : found;
  });
  mount.signedIn('printInvoice', async ({ call, params, wording, reply }) => {
    const printed = await printInvoice(call, params.invoiceNumber);
    if (!printed.ok) return printed;
    const name = printed.value.head.invoice_number;
    await reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="${name}.pdf"`)
      .send(toPdf(presentInvoiceSheet(printed.value, wording)));
    return accepted(undefined);
  });
  mount.signedIn('listInvoiceLines', async ({ call, params, query, wording, request, reply }) => {
    if (request.headers.accept?.includes('text/csv')) {
      const exported = await exportInvoice(call, params.invoiceNumber, query.customerId);
      if (!exported.ok) return exported;
      const { head, lots } = exported.value;
      await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${head.invoice_number}.csv"`)
        .send(Readable.from(csvOf(head, lots, call.actor.partner.partnerId, wording)));
      return accepted({ items: [], nextCursor: null });
    }
    const found = await listInvoiceLines(call, params.invoiceNumber, query);
    if (!found.ok) return found;
    const { head, lines, ratesOf, nextCursor } = found.value;
    const items = lines.map((line) => presentInvoiceLine(line, head, ratesOf(line.customer_id, line.country), wording));
    return accepted({ items, nextCursor });
  });
}

async function* csvOf(
  head: InvoiceHead,
  lots: AsyncIterable<readonly BillLine[]>,
  partnerId: string,
  wording: Wording,
) {
  yield toCsv(wording.language, reconciliationColumns(head), []);
  for await (const lines of lots) {
    yield toCsvRows(
      wording.language,
      lines.map((line) => toReconciliationRow(head, { line, partnerId, wording })),
    );
  }
}
