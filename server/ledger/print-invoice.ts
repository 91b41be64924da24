import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { BillLine } from './bill-line.store.ts';
import { exportInvoice, showInvoice, type ShownInvoice } from './show-invoices.ts';

/** All that is printed of an invoice, its lines in lots. */
export type PrintedInvoice = Pick<ShownInvoice, 'head' | 'totals' | 'names'> & {
  readonly lots: AsyncIterable<readonly BillLine[]>;
  readonly partnerName: string;
  /** When it became what it is. */
  readonly at: Temporal.Instant;
};

/**
 * An invoice to be printed. One that is open is printed as it is now: lines that come meanwhile are not on it. Refused: role, unknown number.
 */
export async function printInvoice(call: Call, number: string): Promise<Outcome<PrintedInvoice>> {
  const shown = await showInvoice(call, number);
  if (!shown.ok) return shown;
  const exported = await exportInvoice(call, number);
  if (!exported.ok) return exported;
  const { head, totals, names } = shown.value;
  const at = head.closed_at === null ? call.clock.now() : Temporal.Instant.from(head.closed_at);
  const lots = atMost(exported.value.lots, head.lines);
  return accepted({ head, totals, names, lots, partnerName: call.actor.partner.name, at });
}

async function* atMost(lots: AsyncIterable<readonly BillLine[]>, most: number): AsyncGenerator<readonly BillLine[]> {
  let left = most;
  for await (const lines of lots) {
    yield lines.slice(0, left);
    left -= lines.length;
    if (left <= 0) return;
  }
}
