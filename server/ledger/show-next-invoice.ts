import type { Platform } from '../../core/catalog/offer.ts';
import type { BillingLine } from '../../core/ledger/charge.ts';
import { addUpInvoice, type BilledAmount, type InvoiceTotals, monthOf } from '../../core/ledger/invoice.ts';
import type { SellRates } from '../../core/ledger/sell-price.ts';
import type { Subscription } from '../../core/subscriptions/subscription.ts';
import { type Money, sumMoney } from '../../core/values/money.ts';
import { utcDay } from '../../core/values/period.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findStepsUntil } from '../subscriptions/up-to-date.store.ts';
import { type ChargedCustomer, findAmountsOfMonth, findInvoiceNumber, findOpenMonth } from './customer-charge.store.ts';
import { withCustomer } from './show-customer-billing.ts';

/** A line that the calendar will write if nothing changes, and what it will be for. */
export type UpcomingLine = {
  readonly day: Temporal.PlainDate;
  readonly subscription: Subscription;
  readonly line: BillingLine;
};

/** Of one platform and currency: what is there, and what will be. */
export type ExpectedInvoice = {
  readonly number: string;
  readonly platform: Platform;
  readonly credits: Money;
  readonly charges: Money;
  readonly soFar: InvoiceTotals;
  readonly expected: InvoiceTotals;
};

export type NextInvoice = {
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
  readonly invoices: readonly ExpectedInvoice[];
  readonly upcoming: readonly UpcomingLine[];
  readonly rates: SellRates;
};

/** What the open month comes to for a customer. Refused: role, unknown customer. */
export async function showNextInvoice(call: Call, customerId: string): Promise<Outcome<NextInvoice>> {
  return withCustomer(call, customerId, async (tx, of, rates) => {
    const today = monthOf(utcDay(call.clock.now())).toString();
    const start = Temporal.PlainDate.from(await findOpenMonth(tx, of.partnerId, today));
    const end = start.add({ months: 1 }).subtract({ days: 1 });
    const found = await findStepsUntil(tx, call, { ...of, day: end });
    const upcoming = found.flatMap(({ steps }) =>
      steps.flatMap(({ day, after, lines }) => lines.map((line) => ({ day, subscription: after, line }))),
    );
    return { start, end, upcoming, rates, invoices: await expect(tx, of, start.toString(), { upcoming, rates }) };
  });
}

type Part = BilledAmount & { readonly platform: Platform };

async function expect(
  tx: Transaction,
  of: ChargedCustomer,
  month: string,
  { upcoming, rates }: Pick<NextInvoice, 'upcoming' | 'rates'>,
): Promise<ExpectedInvoice[]> {
  const { customerId } = of;
  const written: Part[] = (await findAmountsOfMonth(tx, of, month)).map((one) => ({ ...one, customerId }));
  const coming = upcoming.map(({ subscription, line }): Part => ({
    platform: subscription.platform,
    amount: line.amount,
    customerId,
    lines: 1,
  }));
  const groups = Map.groupBy([...written, ...coming], ({ platform, amount }) => `${platform} ${amount.currency}`);
  const invoices: ExpectedInvoice[] = [];
  for (const [first, ...others] of groups.values()) {
    if (!first) continue;
    const { platform } = first;
    const { currency } = first.amount;
    const parts = [first, ...others];
    const soFar = parts.filter((part) => written.includes(part));
    const add = (some: readonly Part[]) => addUpInvoice(currency, some, () => rates);
    const number = await findInvoiceNumber(tx, of.partnerId, { month, platform, currency });
    invoices.push({ number, platform, ...bySign(currency, soFar), soFar: add(soFar), expected: add(parts) });
  }
  return invoices;
}

function bySign(currency: string, parts: readonly Part[]) {
  const sumOf = (some: readonly Part[]) =>
    sumMoney(
      currency,
      some.map(({ amount, lines }) => ({ minor: amount.minor * BigInt(lines), currency })),
    );
  return {
    credits: sumOf(parts.filter(({ amount }) => amount.minor < 0n)),
    charges: sumOf(parts.filter(({ amount }) => amount.minor >= 0n)),
  };
}
