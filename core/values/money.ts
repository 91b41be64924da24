/**
 * Amounts are whole minor units of their currency, unit prices whole millionths of its major unit.
 * No float ever holds money.
 */
export type Money = { readonly minor: bigint; readonly currency: string };

/** A price per seat, in millionths of the currency's major unit (the database's `numeric(18,6)`). */
export type UnitPrice = { readonly micros: bigint; readonly currency: string };

const MICROS = 1_000_000n;

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** Adds amounts of one currency. @throws RangeError on a foreign currency, which is a bug of the caller. */
export function sumMoney(currency: string, amounts: readonly Money[]): Money {
  return amounts.reduce(
    (sum, amount) => {
      if (amount.currency !== currency) throw new RangeError(`cannot add ${amount.currency} to ${currency}`);
      return { minor: sum.minor + amount.minor, currency };
    },
    { minor: 0n, currency },
  );
}

/** Rounds a fraction half up by magnitude: 1.715 to 1.72 and -1.715 to -1.72 (product decision 8). */
export function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}

/** unit price x factor / divisor, as an amount rounded once to minor units. */
export function priceTimes(price: UnitPrice, factor: bigint, divisor: bigint): Money {
  const scale = 10n ** BigInt(exponentOf(price.currency));
  return { minor: roundHalfUp(price.micros * factor * scale, MICROS * divisor), currency: price.currency };
}

/** "12.30"; the decimals follow the currency. */
export function formatMoney(money: Money): string {
  return formatScaled(money.minor, exponentOf(money.currency), exponentOf(money.currency));
}

/** @throws SyntaxError when the text is not a decimal with at most the currency's digits. */
export function parseMoney(text: string, currency: string): Money {
  return { minor: parseScaled(text, exponentOf(currency)), currency };
}

/** "5.00", "6.125": at least the currency's decimals, more where the price has them. */
export function formatUnitPrice(price: UnitPrice): string {
  return formatScaled(price.micros, 6, exponentOf(price.currency));
}

/** @throws SyntaxError when the text is not a decimal with at most six digits after the point. */
export function parseUnitPrice(text: string, currency: string): UnitPrice {
  return { micros: parseScaled(text, 6), currency };
}

function formatScaled(value: bigint, digits: number, leastDecimals: number): string {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  let decimals = text.slice(text.length - digits);
  while (decimals.length > leastDecimals && decimals.endsWith('0')) decimals = decimals.slice(0, -1);
  return `${value < 0n ? '-' : ''}${whole}${decimals && `.${decimals}`}`;
}

function parseScaled(text: string, digits: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const decimals = (match?.[3] ?? '').replace(/0+$/, '');
  if (!match || decimals.length > digits) throw new SyntaxError(`not a decimal with ${digits} digits: ${text}`);
  const value = BigInt(match[2] + decimals.padEnd(digits, '0'));
  return match[1] ? -value : value;
}
