import type { BillingLine } from '../ledger/charge.ts';
import { formatMoney, formatUnitPrice } from '../values/money.ts';
import type { UpgradeDecision } from './upgrade-decision.ts';

/** How long a quote stands, also across midnight (product decision 7). */
export const QUOTE_LIFETIME = Temporal.Duration.from({ minutes: 15 });

/**
 * What a quote promised, as texts that can be stored and compared: the same decision gives the same promise. A point holds one amount or
 * number, or the billing lines or users it names.
 */
export type QuotedPromise = Readonly<Record<PromisedPoint, readonly string[]>>;
export type PromisedPoint =
  | 'quantity'
  | 'unitPrice'
  | 'credit'
  | 'charge'
  | 'net'
  | 'lines'
  | 'users'
  | 'usersNotMoving';
export type Difference = {
  readonly point: PromisedPoint;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

export function promiseOf(decision: UpgradeDecision): QuotedPromise {
  const { moves, changes } = decision.transfer;
  const { credit, charge, net } = decision.totals;
  return {
    quantity: [String(decision.quantity)],
    unitPrice: [formatUnitPrice(decision.targetUnitPrice)],
    credit: [formatMoney(credit)],
    charge: [formatMoney(charge)],
    net: [formatMoney(net)],
    lines: [...decision.credits, ...decision.charges].map(lineText),
    users: moves.map(({ user, change }) =>
      [user.userPrincipalName, ...(changes[change]?.staysOff ?? []).map((plan) => `-${plan}`)].join(' '),
    ),
    usersNotMoving: moves
      .filter((move) => move.faults.length > 0)
      .map(({ user, faults }) => `${user.userPrincipalName}: ${faults.map((fault) => fault.name).join(', ')}`),
  };
}

/** What changed between the quote and now, each point with only what differs; empty when executing the quote would reproduce it. */
export function compareToQuote(quoted: QuotedPromise, now: QuotedPromise): Difference[] {
  return (Object.keys(now) as PromisedPoint[])
    .map((point) => ({ point, before: without(quoted[point], now[point]), after: without(now[point], quoted[point]) }))
    .filter(({ before, after }) => before.length > 0 || after.length > 0);
}

function without(texts: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return texts.filter((text) => !known.has(text));
}

/** A line as quotes promise it. */
export function lineText({
  chargeType,
  period,
  quantity,
  amount,
}: Pick<BillingLine, 'period' | 'quantity' | 'amount'> & { readonly chargeType: string }): string {
  return `${chargeType} ${period.start.toString()}..${period.end.toString()} x ${quantity} = ${formatMoney(amount)}`;
}
