import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { Offer } from '../catalog/offer.ts';
import { catalogItemIdOf, type ProductSku } from '../catalog/product.ts';
import { holdingOf, offerOf, soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { formatMoney, formatUnitPrice, parseUnitPrice } from '../values/money.ts';
import { decidePurchase, decidePurchases } from './decide-purchase.ts';
import type { PurchaseFacts, PurchaseRequest } from './purchase.ts';
import { batchOf } from './seat-batch.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const basic = offerOf(catalog, 'nce-business-basic');
const { offerId } = basic;
const NOW = Temporal.Instant.from('2021-06-18T10:00:00Z');
const monthly = { duration: 'P1M', billingCycle: 'monthly' } as const;
const PRICES = [
  { ...monthly, unitPrice: parseUnitPrice('10.08', 'USD') },
  { duration: 'P1Y', billingCycle: 'monthly', unitPrice: parseUnitPrice('8.40', 'USD') },
  { duration: 'P1Y', billingCycle: 'annual', unitPrice: parseUnitPrice('100.80', 'USD') },
] as const;

function factsOf(bent: Partial<PurchaseFacts> = {}): PurchaseFacts {
  const { subscription: _, ...facts } = soundFacts(catalog, 'business-basic');
  const productPrices = new Map([[offerId, PRICES]]);
  return { ...facts, now: NOW, productPrices, reseller: true, held: [], formerly: [], currency: 'USD', ...bent };
}

function decide(bent: Partial<PurchaseRequest> = {}, facts: Partial<PurchaseFacts> = {}) {
  const request: PurchaseRequest = {
    offerId,
    quantity: 10,
    billingCycle: 'monthly',
    termDuration: 'P1M',
    endsOn: null,
    friendlyName: null,
    addOnOf: null,
    ...bent,
  };
  return decidePurchase(factsOf(facts), request);
}

function bought(...given: Parameters<typeof decide>) {
  const decided = decide(...given);
  if (!decided.ok) throw new Error(decided.refused.map(({ name }) => name).join(', '));
  return decided.value;
}

function refusalsOf(...given: Parameters<typeof decide>) {
  const decided = decide(...given);
  return decided.ok ? [] : decided.refused;
}

/** The catalog with another form of the product. */
function catalogWith(bent: Partial<ProductSku>) {
  const offer: Offer = { ...basic, product: basic.product && { ...basic.product, ...bent } };
  return { ...catalog, offers: new Map([...catalog.offers, [offerId, offer]]) };
}

describe('a purchase on new commerce', () => {
  it('of 10 seats at 10.08 for a month bills 100.80 from the day itself (B8)', () => {
    const { charges, termEndsOn, platform } = bought();
    expect(charges.map((one) => `${one.chargeType} ${one.period.end.toString()} ${formatMoney(one.amount)}`)).toEqual([
      'new 2021-07-17 100.80',
    ]);
    expect([platform, termEndsOn.toString()]).toEqual(['newCommerce', '2021-07-17']);
  });

  it('can be cancelled, and its seats given back, for 168 hours (N26, N33)', () => {
    const { batch, cancellableUntil } = bought();
    expect(batch).toEqual(batchOf(10, NOW));
    expect(cancellableUntil?.toString()).toBe('2021-06-25T10:00:00Z');
  });

  it('for a year is billed by its plan', () => {
    const amounts = (['monthly', 'annual'] as const).map((billingCycle) =>
      bought({ termDuration: 'P1Y', billingCycle }).charges.map(({ amount }) => formatMoney(amount)),
    );
    expect(amounts).toEqual([['84.00'], ['1008.00']]);
  });

  it('is known by its catalog item id in either case', () => {
    for (const product of catalog.products.filter((one) => one.offerId === offerId)) {
      expect(bought({ offerId: catalogItemIdOf(product).toLowerCase() }).offerId).toBe(offerId);
    }
  });

  it('that ends with the calendar month is billed for the days until then, and ends on no day that matches nothing (N24)', () => {
    const { charges, termEndsOn } = bought({ endsOn: Temporal.PlainDate.from('2021-06-30') });
    expect(termEndsOn.toString()).toBe('2021-06-30');
    expect(charges.map((one) => `${one.days} of ${one.periodDays}: ${formatMoney(one.amount)}`)).toEqual([
      '13 of 30: 43.60',
    ]);
    const odd = Temporal.PlainDate.from('2021-06-29');
    expect(refusalsOf({ endsOn: odd })).toEqual([{ name: 'end-date-matches-nothing', endsOn: odd }]);
    const endsOn = Temporal.PlainDate.from('2021-07-18');
    expect(refusalsOf({ endsOn })).toMatchObject([{ name: 'end-date-outside-term', endsOn }]);
  });

  it('takes the promotion that holds off the list price, and says so on the line (N44)', () => {
    const promotion = {
      promotionId: 'summer',
      offerId,
      termDuration: 'P1M',
      discountBasisPoints: 1000,
      validFrom: Temporal.PlainDate.from('2021-06-01'),
      validUntil: Temporal.PlainDate.from('2021-06-30'),
      conditions: {},
    } as const;
    const { unitPrice, promotionId, charges } = bought({}, { promotions: [promotion] });
    expect([formatUnitPrice(unitPrice), promotionId]).toEqual(['9.072', 'summer']);
    expect(charges[0]).toMatchObject({ promotionId: 'summer', amount: { minor: 9070n } });
  });

  it('remembers what subscriptions were before they were upgraded or renewed (N46)', () => {
    const limited = (conditions: object) => ({
      promotions: [
        {
          promotionId: 'once',
          offerId,
          termDuration: 'P1M' as const,
          discountBasisPoints: 1000,
          validFrom: Temporal.PlainDate.from('2021-06-01'),
          validUntil: Temporal.PlainDate.from('2021-06-30'),
          conditions,
        },
      ],
    });
    const formerly = [{ offerId, quantity: 10, status: 'deleted', promotionId: 'once' }];
    for (const conditions of [{ firstPurchase: true }, { redemptions: 1 }]) {
      expect(bought({}, limited(conditions)).promotionId).toBe('once');
      expect(bought({}, { ...limited(conditions), formerly }).promotionId).toBeNull();
    }
  });

  it('needs a term and a billing plan that are sold, and a price', () => {
    expect(refusalsOf({ termDuration: 'P3Y' })).toEqual([{ name: 'term-not-offered', offerId, termDuration: 'P3Y' }]);
    expect(refusalsOf({ billingCycle: 'annual' })).toEqual([
      { name: 'billing-cycle-not-supported', offerId, billingCycle: 'annual' },
    ]);
    expect(refusalsOf({}, { productPrices: new Map() })).toEqual([{ name: 'target-not-priced', offerId }]);
  });

  it('keeps within what the whole tenant may have of the SKU (N28)', () => {
    const tenantSeats = new Map([[basic.skuId, 295]]);
    expect(refusalsOf({ quantity: 5 }, { tenantSeats })).toEqual([]);
    expect(refusalsOf({ quantity: 6 }, { tenantSeats })).toEqual([
      { name: 'tenant-maximum-exceeded', offerId, max: 300, held: 295, requested: 6 },
    ]);
  });

  it('counts what the same act bought before it', () => {
    const request = { offerId, billingCycle: 'monthly', termDuration: 'P1M', endsOn: null } as const;
    const lines = [200, 100, 1].map((quantity) => ({ ...request, quantity, friendlyName: null, addOnOf: null }));
    const decided = decidePurchases(factsOf(), lines);
    expect(decided.map((one) => (one.ok ? [] : one.refused.map(({ name }) => name)))).toEqual([
      [],
      [],
      ['tenant-maximum-exceeded'],
    ]);
  });

  it('needs the segment, the market and the day that it is sold in (N51 to N58)', () => {
    const endOfSaleOn = Temporal.PlainDate.from('2021-06-17');
    const catalog = catalogWith({ segment: 'nonprofit', endOfSaleOn });
    expect(refusalsOf({}, { catalog })).toEqual([
      { name: 'segment-not-qualified', offerId, segment: 'nonprofit' },
      { name: 'offer-end-of-sale', offerId, endedOn: endOfSaleOn },
    ]);
  });
});

describe('a trial', () => {
  const trial = { seats: 25, days: 30, becomesOfferId: offerOf(catalog, 'nce-business-standard').offerId };
  const withTrial = { catalog: catalogWith({ trial }) };
  const asked = { quantity: 25 };

  it('costs nothing for 30 days, and has no windows (B10.1)', () => {
    const { charges, termEndsOn, cancellableUntil, batch, billingCycle } = bought(asked, withTrial);
    expect(charges.map(({ amount }) => formatMoney(amount))).toEqual(['0.00']);
    expect([termEndsOn.toString(), billingCycle, cancellableUntil, batch]).toEqual(['2021-07-17', 'none', null, null]);
  });

  it('is had once, and not beside what it becomes', () => {
    const had = [{ name: 'trial-had-before', offerId }];
    for (const key of ['nce-business-basic', 'nce-business-standard']) {
      expect(refusalsOf(asked, { ...withTrial, holdings: [holdingOf(catalog, key)] })).toEqual(had);
    }
  });
});
