import { accepted } from '../../core/values/result.ts';
import { sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { toPdf } from '../http/pdf.ts';
import { presentInvoice, presentInvoiceLine, presentShownInvoice } from './invoice.presenter.ts';
import { presentInvoiceSheet } from './invoice-sheet.presenter.ts';
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
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportInvoice(call, params.invoiceNumber, query.customerId);
      if (!exported.ok) return exported;
      const { head, lots } = exported.value;
      const { partnerId } = call.actor.partner;
      await sendCsv(reply, {
        name: head.invoice_number,
        language: wording.language,
        header: reconciliationColumns(head),
        lots,
        cells: (line) => toReconciliationRow(head, { line, partnerId, wording }),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const found = await listInvoiceLines(call, params.invoiceNumber, query);
    if (!found.ok) return found;
    const { head, lines, ratesOf, nextCursor } = found.value;
    const items = lines.map((line) => presentInvoiceLine(line, head, ratesOf(line.customer_id, line.country), wording));
    return accepted({ items, nextCursor });
  });
}
