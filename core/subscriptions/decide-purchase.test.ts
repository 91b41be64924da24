import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { offerOf, soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { decidePurchase, decidePurchases } from './decide-purchase.ts';
import type { Subscription, TenantHolding } from './subscription.ts';
import type { PurchaseFacts, PurchaseRequest } from './purchase.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const basic = offerOf(catalog, 'business-basic');
const addOn = offerOf(catalog, 'exchange-archiving');
const india = offerOf(catalog, 'business-basic-india');

/** A customer in Türkiye with an active Business Basic; every offer costs 4.00, as in the published examples. */
function factsOf(bent: Partial<PurchaseFacts> = {}): PurchaseFacts {
  const { subscription, ...facts } = soundFacts(catalog, 'business-basic');
  const price = parseUnitPrice('4.00', 'USD');
  const prices = new Map([...catalog.offers.keys()].map((id) => [id, { monthly: price, annual: price }]));
  return { ...facts, prices, reseller: true, held: [subscription], formerly: [], currency: 'USD', ...bent };
}

function requestOf(bent: Partial<PurchaseRequest> = {}): PurchaseRequest {
  return {
    offerId: basic.offerId,
    quantity: 1,
    billingCycle: 'monthly',
    termDuration: 'P1Y',
    endsOn: null,
    friendlyName: null,
    addOnOf: null,
    ...bent,
  };
}

const decide = (request: Partial<PurchaseRequest>, facts: Partial<PurchaseFacts> = {}) =>
  decidePurchase(factsOf(facts), requestOf(request));

function refusalsOf(request: Partial<PurchaseRequest>, facts: Partial<PurchaseFacts> = {}) {
  const decided = decide(request, facts);
  return decided.ok ? [] : decided.refused;
}

function firstBill(request: Partial<PurchaseRequest>, on: string) {
  const decided = decide(request, { now: Temporal.Instant.from(`${on}T09:00:00Z`) });
  if (!decided.ok) throw new Error(decided.refused.map(({ name }) => name).join(', '));
  const { charges, termEndsOn } = decided.value;
  const lines = charges.map(
    ({ chargeType, period, amount }) =>
      `${chargeType} ${period.start.toString()}..${period.end.toString()} ${formatMoney(amount)}`,
  );
  return { lines, termEndsOn: termEndsOn.toString() };
}

describe('a purchase', () => {
  it('billed monthly begins with the first month, as in the published example (B3)', () => {
    expect(firstBill({}, '2018-01-13')).toEqual({
      lines: ['Cycle fee 2018-01-13..2018-02-12 4.00'],
      termEndsOn: '2019-01-12',
    });
  });

  it('billed annually begins with the whole year (B4)', () => {
    expect(firstBill({ billingCycle: 'annual' }, '2018-01-13')).toEqual({
      lines: ['Prorate fees when purchase 2018-01-13..2019-01-12 48.00'],
      termEndsOn: '2019-01-12',
    });
  });

  it('knows an offer by its id in either case', () => {
    expect(refusalsOf({ offerId: basic.offerId.toUpperCase() })).toEqual([]);
  });

  it('needs a reseller relationship, and no delegated privileges (R10)', () => {
    expect(refusalsOf({}, { reseller: false })).toEqual([{ name: 'reseller-relationship-missing' }]);
  });

  it('of an offer that nobody knows is refused by its id', () => {
    expect(refusalsOf({ offerId: 'no offer' })).toEqual([{ name: 'offer-unknown', offerId: 'no offer' }]);
  });

  it('on the legacy platform is for a year, and ends with no other subscription (B1.2, N24)', () => {
    const { offerId } = basic;
    expect(refusalsOf({ termDuration: 'P1M' })).toEqual([{ name: 'term-not-offered', offerId, termDuration: 'P1M' }]);
    const endsOn = Temporal.PlainDate.from('2018-06-30');
    expect(refusalsOf({ endsOn })).toEqual([{ name: 'end-date-not-supported' }]);
  });

  it.each([
    ['TR', 'IN', 'TR'],
    ['IN', 'TR', 'TR'],
    ['IN', 'IN', null],
  ])(
    'of an offer for India by a partner in %s for a customer in %s is closed in: %s (N55)',
    (partner, customer, closed) => {
      const refusals = refusalsOf({ offerId: india.offerId }, { partnerMarket: partner, customerMarket: customer });
      expect(refusals).toEqual(closed ? [{ name: 'offer-not-sold', offerId: india.offerId, market: closed }] : []);
    },
  );

  it('needs a price, and one for its billing cycle', () => {
    const { offerId } = basic;
    const monthly = parseUnitPrice('4.00', 'USD');
    expect(refusalsOf({}, { prices: new Map() })).toEqual([{ name: 'target-not-priced', offerId }]);
    expect(refusalsOf({ billingCycle: 'annual' }, { prices: new Map([[offerId, { monthly }]]) })).toEqual([
      { name: 'billing-cycle-not-supported', offerId, billingCycle: 'annual' },
    ]);
  });

  it('is accepted exactly within the limits of the offer (N27, N29)', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 400 }), (quantity) => {
        expect(refusalsOf({ quantity }).length === 0).toBe(quantity >= 1 && quantity <= 300);
      }),
    );
  });

  it('of any number for any cycle bills exactly price times seats times months', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.constantFrom('monthly', 'annual'), (quantity, billingCycle) => {
        const decided = decide({ quantity, billingCycle });
        const total = decided.ok ? decided.value.charges.reduce((sum, { amount }) => sum + amount.minor, 0n) : -1n;
        expect(total).toBe(400n * BigInt(quantity) * (billingCycle === 'annual' ? 12n : 1n));
      }),
    );
  });

  it('is refused with every reason that holds', () => {
    const refusals = refusalsOf({ quantity: 0, addOnOf: 'source' }, { reseller: false, prices: new Map() });
    expect(refusals.map(({ name }) => name)).toEqual([
      'reseller-relationship-missing',
      'target-not-priced',
      'quantity-out-of-range',
      'offer-is-no-add-on',
    ]);
  });

  it('of a business plan is the second through one partner at most, those in one cart counted (E16, N29)', () => {
    const owned = (offerId: string, ours = true): TenantHolding => ({
      subscriptionId: null,
      offerId,
      channel: 'csp',
      ours,
      status: 'suspended',
      endsOn: null,
    });
    const one = [owned(basic.offerId)];
    const tooMany = { name: 'too-many-subscriptions', offerId: basic.offerId, most: 2 };
    expect(refusalsOf({}, { holdings: one })).toEqual([]);
    expect(refusalsOf({}, { holdings: [...one, ...one] })).toEqual([tooMany]);
    expect(refusalsOf({}, { holdings: [...one, owned(basic.offerId, false)] })).toEqual([]);
    const both = decidePurchases(factsOf({ holdings: one }), [requestOf(), requestOf()]);
    expect(both.map((decided) => (decided.ok ? [] : decided.refused))).toEqual([[], [tooMany]]);
  });
});

describe('a purchase of an add-on', () => {
  const [base] = factsOf().held;
  const without = [{ name: 'add-on-without-base', offerId: addOn.offerId }];
  const refusalsWith = (held: PurchaseFacts['held'], addOnOf: string | null = 'source') =>
    refusalsOf({ offerId: addOn.offerId, addOnOf }, { held });

  it('hangs on an active subscription of the customer', () => {
    expect(refusalsWith(base ? [base] : [])).toEqual([]);
  });

  it('is refused without one, or with one that is none of the customer’s', () => {
    expect(refusalsWith(base ? [base] : [], null)).toEqual(without);
    expect(refusalsWith([])).toEqual(without);
  });

  it.each(['pending', 'suspended', 'expired', 'disabled', 'deleted'] as const)(
    'is refused on one that is %s',
    (status) => {
      expect(refusalsWith(base ? [{ ...base, status } as Subscription] : [])).toEqual(without);
    },
  );

  it('is refused on another add-on', () => {
    expect(refusalsWith(base ? [{ ...base, offerId: addOn.offerId }] : [])).toEqual(without);
  });
});
