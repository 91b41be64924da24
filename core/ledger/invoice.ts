import type { Money } from '../values/money.ts';
import { addUp, type SellPrice, sellPrice, type SellRates } from './sell-price.ts';

/** How often an amount stands in an invoice, and for whom. */
export type BilledAmount = { readonly customerId: string; readonly amount: Money; readonly lines: number };

/** All that an invoice has of one customer, with the rates by which it is sold on. */
export type CustomerTotal = SellPrice & SellRates & { readonly customerId: string; readonly lines: number };

export type InvoiceTotals = SellPrice & { readonly lines: number; readonly customers: readonly CustomerTotal[] };

/** Adds up an invoice by customer, in the order in which customers first come. Each line is rounded by itself, as it is shown. */
export function addUpInvoice(
  currency: string,
  amounts: readonly BilledAmount[],
  ratesOf: (customerId: string) => SellRates,
): InvoiceTotals {
  const customers = [...Map.groupBy(amounts, ({ customerId }) => customerId)].map(([customerId, theirs]) => {
    const rates = ratesOf(customerId);
    const sold = theirs.map(({ amount, lines }) => timesOf(sellPrice(amount, rates), lines));
    return { customerId, ...rates, lines: linesOf(theirs), ...addUp(currency, sold) };
  });
  return { ...addUp(currency, customers), lines: linesOf(customers), customers };
}

function linesOf(counted: readonly { readonly lines: number }[]): number {
  return counted.reduce((sum, { lines }) => sum + lines, 0);
}

function timesOf({ cost, sell, tax, gross }: SellPrice, lines: number): SellPrice {
  const times = ({ minor, currency }: Money) => ({ minor: minor * BigInt(lines), currency });
  return { cost: times(cost), sell: times(sell), tax: times(tax), gross: times(gross) };
}

/** The first day of the calendar month that holds a day (B7.1). */
export function monthOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.with({ day: 1 });
}

/** What an upgrade promised when it was approved and what was billed for it, line by line as texts that can be compared. */
type QuoteComparison = { readonly missing: readonly string[]; readonly unexpected: readonly string[] };

/**
 * What of a quote does not stand in the bill, and what of the bill no quote told. Fees that were owed with or without the upgrade (`due`)
 * are not part of what was approved.
 */
export function compareWithQuote(
  promised: readonly string[],
  due: readonly string[],
  billed: readonly string[],
): QuoteComparison {
  return { missing: without(promised, billed), unexpected: without(billed, [...promised, ...due]) };
}

/** What is in one list more often than in the other. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return texts.filter((text) => {
    const place = left.indexOf(text);
    if (place < 0) return true;
    left.splice(place, 1);
    return false;
  });
}
