import { compareWithQuote } from '../../core/ledger/invoice.ts';
import { lineText } from '../../core/upgrades/quote.ts';
import { type Money, parseMoney, sumMoney } from '../../core/values/money.ts';
import type { QuotedUpgrade } from './bill-line.store.ts';
import type { QuotedOfCustomer } from './billed-upgrade.store.ts';
import type { LineRecord } from './charge.store.ts';

/** What of an upgrade was billed otherwise than its quote told, line by line. */
export function compareQuoted(
  { promised, due, billed }: Pick<QuotedUpgrade, 'promised' | 'due' | 'billed'>,
  currency: string,
) {
  return compareWithQuote(
    promised,
    due.map((line) => quotedLine(line, currency).text),
    billed.map((part) => billedLine(part, currency).text),
  );
}

/** The same of an upgrade with its quote, and by how much: the net that was told, the net that was billed beside what was owed anyway. */
export function balanceQuoted({ quoted, due, billed, currency }: QuotedOfCustomer) {
  const told = quoted.map((line) => quotedLine(line, currency));
  const written = billed.map((part) => billedLine(part, currency));
  const amountOf = new Map([...told, ...written].map(({ text, amount }) => [text, amount]));
  const promised = told.map(({ text }) => text);
  const { missing, unexpected } = compareQuoted({ promised, due, billed }, currency);
  const sumOf = (texts: readonly string[]) =>
    sumMoney(
      currency,
      texts.flatMap((text) => amountOf.get(text) ?? []),
    );
  const net = sumOf(promised);
  const difference: Money = { minor: sumOf(unexpected).minor - sumOf(missing).minor, currency };
  return { missing, unexpected, difference, quoted: net, billed: { minor: net.minor + difference.minor, currency } };
}

function quotedLine({ chargeType, periodStart, periodEnd, quantity, amount }: LineRecord, currency: string) {
  const period = { start: Temporal.PlainDate.from(periodStart), end: Temporal.PlainDate.from(periodEnd) };
  const parsed = parseMoney(amount.amount, currency);
  return { text: lineText({ chargeType, period, quantity, amount: parsed }), amount: parsed };
}

function billedLine({ chargeType, start, end, quantity, minor }: QuotedUpgrade['billed'][number], currency: string) {
  const period = { start: Temporal.PlainDate.from(start), end: Temporal.PlainDate.from(end) };
  const amount = { minor: BigInt(minor), currency };
  return { text: lineText({ chargeType, period, quantity, amount }), amount };
}
