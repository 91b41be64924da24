import { formatMoney, parseUnitPrice, priceTimes } from '../../core/values/money.ts';
import type { BillingCycle, TermDuration } from '../../core/values/period.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { keyOfProduct } from './check-catalog.ts';

type Products = CatalogFiles['products.json']['products'];
type PriceFile = CatalogFiles['demo-prices.json'];
type PriceList = PriceFile['priceLists'][number];
type Rule = PriceFile['productPriceRules'][number];

/** A list price as it is saved: on the legacy platform per seat and month, on new commerce per seat and charge cycle. */
export type ListPrice = {
  readonly offer: string;
  readonly termDuration: TermDuration;
  readonly billingCycle: BillingCycle;
  readonly validFrom: string;
  readonly unitPrice: string;
};

/** A price list as it is saved; `market` null: for every market that has none of its own. */
export type ShippedPriceList = Pick<PriceList, 'currency' | 'market' | 'name'> & {
  readonly prices: readonly ListPrice[];
};

/**
 * A price list with what new commerce takes for the same SKUs: the list price of a month, times the months of a charge cycle, with the uplift
 * of the term and billing plan that is valid on the day, rounded half up to the currency's minor unit. A trial costs nothing.
 */
export function withProductPrices(
  { currency, market, name, prices }: PriceList,
  products: Products,
  rules: readonly Rule[],
): ShippedPriceList {
  const legacy = prices.flatMap(({ offer, unitPrice, billingCycles, validFrom }) =>
    billingCycles.map((billingCycle) => ({
      offer,
      termDuration: 'P1Y' as const,
      billingCycle,
      validFrom,
      unitPrice,
    })),
  );
  const sold = products.flatMap((product) => {
    const ofMonth = legacy.filter((price) => price.offer === product.offer && price.billingCycle === 'monthly');
    return product.terms.flatMap(({ duration, billingCycle }) => {
      const ofTerm = rules.filter((rule) => rule.duration === duration && rule.billingCycle === billingCycle);
      const line = { offer: keyOfProduct(product), termDuration: duration, billingCycle };
      return product.trial
        ? ofMonth.map(({ validFrom }) => ({ ...line, validFrom, unitPrice: '0' }))
        : pricesOf(ofMonth, ofTerm, currency).map((price) => ({ ...line, ...price }));
    });
  });
  return { currency, market, name, prices: [...legacy, ...sold] };
}

/** A price from each day on which the list price or the uplift becomes another. */
function pricesOf(
  ofMonth: readonly ListPrice[],
  rules: readonly Rule[],
  currency: string,
): Pick<ListPrice, 'validFrom' | 'unitPrice'>[] {
  const days = new Set([...ofMonth, ...rules].map(({ validFrom }) => validFrom));
  return [...days].toSorted().flatMap((validFrom) => {
    const [price, rule] = [validOn(ofMonth, validFrom), validOn(rules, validFrom)];
    if (!price || !rule) return [];
    const factor = MONTHS_OF_CYCLE[rule.billingCycle] * BigInt(100 + rule.upliftPercent);
    const amount = priceTimes(parseUnitPrice(price.unitPrice, currency), factor, 100n);
    return [{ validFrom, unitPrice: formatMoney(amount) }];
  });
}

/** The latest of those that are valid on a day; days are ISO texts, which sort as they follow each other. */
function validOn<Dated extends { readonly validFrom: string }>(
  dated: readonly Dated[],
  day: string,
): Dated | undefined {
  return dated
    .filter(({ validFrom }) => validFrom <= day)
    .toSorted((one, other) => one.validFrom.localeCompare(other.validFrom))
    .at(-1);
}

const MONTHS_OF_CYCLE: Readonly<Record<BillingCycle, bigint>> = { monthly: 1n, annual: 12n, triennial: 36n, none: 0n };
