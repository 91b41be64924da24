import { type Money, roundHalfUp, sumMoney } from '../values/money.ts';

/** What a partner puts on its cost, and the tax of the customer's market; whole hundredths of a percent, `2000` is 20 %. */
export type SellRates = { readonly marginBasisPoints: number; readonly vatBasisPoints: number };

/** What something costs the partner, what its customer pays for it, the tax on that, and both together; a credit is negative in all of them. */
export type SellPrice = { readonly cost: Money; readonly sell: Money; readonly tax: Money; readonly gross: Money };

const WHOLE = 10_000;

/** The price at which a line is sold on. Sell price and tax are rounded for each line, half up by magnitude, so that lines add up. */
export function sellPrice(cost: Money, { marginBasisPoints, vatBasisPoints }: SellRates): SellPrice {
  const sell = part(cost, WHOLE + marginBasisPoints);
  const tax = part(sell, vatBasisPoints);
  return { cost, sell, tax, gross: { minor: sell.minor + tax.minor, currency: cost.currency } };
}

/** All of several amounts; each is rounded by itself, as it is shown. */
export function sellPrices(currency: string, costs: readonly Money[], rates: SellRates): SellPrice {
  return addUp(
    currency,
    costs.map((cost) => sellPrice(cost, rates)),
  );
}

export function addUp(currency: string, prices: readonly SellPrice[]): SellPrice {
  const sumOf = (key: keyof SellPrice) =>
    sumMoney(
      currency,
      prices.map((price) => price[key]),
    );
  return { cost: sumOf('cost'), sell: sumOf('sell'), tax: sumOf('tax'), gross: sumOf('gross') };
}

function part({ minor, currency }: Money, basisPoints: number): Money {
  return { minor: roundHalfUp(minor * BigInt(basisPoints), BigInt(WHOLE)), currency };
}
