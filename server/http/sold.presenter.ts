import type { PricedLineOnWire } from '../../contract/ledger.ts';
import { type SellPrice, sellPrice, sellPrices, type SellRates } from '../../core/ledger/sell-price.ts';
import { formatMoney, type Money, parseMoney } from '../../core/values/money.ts';

type LineRecord = Omit<PricedLineOnWire, 'sold'>;

/** Lines that are quoted or were just written, each with what it is sold on at. */
export function presentPricedLines(lines: readonly LineRecord[], rates: SellRates): PricedLineOnWire[] {
  return lines.map((line) => ({ ...line, sold: soldOf(sellPrice(costOf(line), rates)) }));
}

/** All of some lines together, as an invoice would add them up. */
export function presentSold(currency: string, lines: readonly LineRecord[], rates: SellRates) {
  return soldOf(sellPrices(currency, lines.map(costOf), rates));
}

export function soldOf({ cost, sell, tax, gross }: SellPrice) {
  return { cost: moneyOf(cost), sell: moneyOf(sell), tax: moneyOf(tax), gross: moneyOf(gross) };
}

export function moneyOf(money: Money) {
  return { amount: formatMoney(money), currency: money.currency };
}

function costOf({ amount: { amount, currency } }: LineRecord): Money {
  return parseMoney(amount, currency);
}
