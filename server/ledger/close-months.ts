import { addUpInvoice, monthOf } from '../../core/ledger/invoice.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Context } from '../context.ts';
import type { Routine } from '../jobs/routine.ts';
import {
  closeMonth,
  findBilledAmounts,
  findMonthsToClose,
  findMonthsToInvoice,
  type InvoiceKey,
  saveInvoice,
} from './invoice.store.ts';
import { findSellRates } from './sell-rates.store.ts';

const EVERY_MS = 60_000;

/**
 * Closes each partner's months that are over, the oldest first, and writes their invoices. First a month takes no more lines; what it has
 * then cannot change, so that the invoices can be written by any server, at any time, and come out the same.
 */
export function closeMonths(context: Context): Routine {
  const { database, clock } = context;
  return {
    name: 'close the months of the bill',
    everyMs: EVERY_MS,
    async run() {
      const month = monthOf(utcDay(clock.now())).toString();
      const over = await database.asSystem((tx) => findMonthsToClose(tx, month));
      for (const one of over) await database.asSystem((tx) => closeMonth(tx, one, clock.now()));
      const closed = await database.asSystem(findMonthsToInvoice);
      for (const { partner_id, month: itsMonth } of closed) await writeInvoices(context, partner_id, itsMonth);
      return over.length > 0 && closed.length > 0;
    },
  };
}

/** All invoices of a month at once, so that none of them is missing where one is there. */
async function writeInvoices({ database, clock }: Context, partnerId: string, month: string): Promise<void> {
  await database.write(partnerId, async (tx) => {
    const amounts = await findBilledAmounts(tx, month);
    const ratesOf = await findSellRates(tx, partnerId);
    const countries = new Map(amounts.map(({ customerId, country }) => [customerId, country]));
    for (const [, lines] of Map.groupBy(amounts, keyOf)) {
      const [first] = lines;
      if (!first) continue;
      const totals = addUpInvoice(first.currency, lines, (id) => ratesOf(id, countries.get(id) ?? ''));
      await saveInvoice(tx, partnerId, first, totals, clock.now());
    }
  });
}

function keyOf({ platform, currency }: InvoiceKey): string {
  return `${platform} ${currency}`;
}
