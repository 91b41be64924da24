import type { Catalog } from '../catalog/offer.ts';
import { purchaseLine } from '../ledger/legacy-billing.ts';
import { termEnd } from '../ledger/charge-cycle.ts';
import { lineFromDay } from '../ledger/new-commerce-billing.ts';
import { offerOf, soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { parseUnitPrice } from '../values/money.ts';
import { startOf, termAt, type TermDuration } from '../values/period.ts';
import type { DatedPrice, RenewalFacts } from './renewal.ts';
import type { Subscription } from './subscription.ts';

export const day = (text: string) => Temporal.PlainDate.from(text);

/** Ten seats of Business Basic on new commerce at 6.00, bought and billed for the first charge cycle; tests bend what they are about. */
export function boughtOn(
  catalog: Catalog,
  on: string,
  bent: Partial<Subscription> = {},
  { termDuration = 'P1Y' }: { termDuration?: TermDuration } = {},
): Subscription {
  const { subscription } = soundFacts(catalog, 'nce-business-basic');
  const [from, billingCycle] = [day(on), 'monthly'] as const;
  const termEndsOn = bent.termEndsOn ?? termEnd(from, termDuration);
  const bought = {
    ...subscription,
    platform: 'newCommerce',
    subscriptionId: `bought on ${on}`,
    termDuration,
    billingCycle,
    unitPrice: parseUnitPrice('6.00', 'USD'),
    purchasedOn: from,
    termStartsOn: from,
    termEndsOn,
    statusUntil: termEndsOn.add({ days: 1 }),
    cancellableUntil: startOf(from).add({ hours: 168 }),
    ...bent,
  } as Subscription;
  const line = lineFromDay(bought, 'new', bought.quantity, from);
  return { ...bought, billedThrough: bent.billedThrough ?? line.period.end };
}

/** The same on the legacy platform, at 5.00. */
export function boughtLegacyOn(catalog: Catalog, on: string, bent: Partial<Subscription> = {}): Subscription {
  const { subscription } = soundFacts(catalog, 'business-basic');
  const from = day(on);
  const { end } = termAt(from, from);
  const bought = {
    ...subscription,
    subscriptionId: `legacy of ${on}`,
    purchasedOn: from,
    termStartsOn: from,
    termEndsOn: end,
    statusUntil: end.add({ days: 1 }),
    ...bent,
  } as Subscription;
  return { ...bought, billedThrough: purchaseLine(bought).period.end };
}

/** Every offer costs 6.00 a month on new commerce and 5.00 on legacy, unless tests give prices of their own. */
export function renewalFacts(catalog: Catalog, bent: Partial<RenewalFacts> = {}): RenewalFacts {
  const prices = [...catalog.offers.values()].flatMap(({ offerId, platform }) =>
    (['P1M', 'P1Y', 'P3Y'] as const).flatMap((termDuration) => {
      const monthly = platform === 'legacy' ? '5.00' : '6.00';
      return [
        price(offerId, monthly, { termDuration }),
        price(offerId, platform === 'legacy' ? '5.00' : '72.00', { termDuration, billingCycle: 'annual' }),
      ];
    }),
  );
  const byOffer = Map.groupBy(prices, ({ offerId }) => offerId);
  return {
    catalog,
    prices: byOffer,
    marketPrices: new Map(),
    promotions: [],
    held: [],
    tenantSeats: new Map(),
    assigned: new Map(),
    rounding: {},
    ...bent,
  };
}

export function price(offerId: string, amount: string, bent: Partial<DatedPrice> = {}): DatedPrice {
  return {
    offerId,
    termDuration: 'P1Y',
    billingCycle: 'monthly',
    unitPrice: parseUnitPrice(amount, 'USD'),
    validFrom: day('2000-01-01'),
    validUntil: day('9999-12-31'),
    ...bent,
  };
}

export const idOf = (catalog: Catalog, key: string) => offerOf(catalog, key).offerId;
