import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { Catalog, Offer } from '../catalog/offer.ts';
import { assessEligibility } from '../upgrades/eligibility.ts';
import { soundFacts } from '../upgrades/upgrade-facts.fixture.ts';
import { parseUnitPrice } from '../values/money.ts';
import { boughtLegacyOn, boughtOn, day, idOf } from './lifecycle.fixture.ts';
import { assessScheduled, type ChangeAsked, decideScheduledChange, type ScheduleFacts } from './schedule-change.ts';
import type { Subscription } from './subscription.ts';

const { catalog: shipped } = loadCatalog();
const BASIC = idOf(shipped, 'nce-business-basic');
const STANDARD = idOf(shipped, 'nce-business-standard');
const PREMIUM = idOf(shipped, 'nce-business-premium');

/** One path from Basic to Standard, and a trial of Basic. */
const [anyPath] = shipped.paths;
const TRIAL = 'trial of basic';
const trialOf = (offer: Offer): Offer => ({
  ...offer,
  offerId: TRIAL,
  product: offer.product && { ...offer.product, trial: { seats: 25, days: 30, becomesOfferId: BASIC } },
});
const basic = shipped.offers.get(BASIC);
const catalog: Catalog = {
  ...shipped,
  offers: new Map([...shipped.offers, ...(basic ? [[TRIAL, trialOf(basic)] as const] : [])]),
  paths: anyPath
    ? [
        {
          ...anyPath,
          platform: 'newCommerce',
          fromOfferId: BASIC,
          toOfferId: STANDARD,
          standing: 'listed',
          enabled: true,
          markets: null,
        },
      ]
    : [],
};

const everyPrice = (['P1M', 'P1Y', 'P3Y'] as const).flatMap((duration) =>
  (['monthly', 'annual'] as const).map((billingCycle) => ({
    duration,
    billingCycle,
    unitPrice: parseUnitPrice('6.00', 'USD'),
  })),
);

/** Ten seats of Business Basic from 2018-01-13, looked at on 2018-02-01. */
function factsOf(bent: Partial<ScheduleFacts> = {}, subscription: Partial<Subscription> = {}): ScheduleFacts {
  return {
    ...soundFacts(catalog, 'nce-business-basic'),
    subscription: boughtOn(catalog, '2018-01-13', subscription),
    productPrices: new Map([BASIC, STANDARD, PREMIUM].map((offerId) => [offerId, everyPrice])),
    tenantSeats: new Map(),
    others: [],
    assigned: 0,
    losing: [],
    ...bent,
  };
}

function decide(asked: ChangeAsked, facts = factsOf()) {
  const decided = decideScheduledChange(facts, asked);
  return decided.ok ? decided.value : decided.refused.map(({ name }) => name);
}

describe('a change that is scheduled', () => {
  it('holds all that the next term will be, what was not asked for as it is', () => {
    expect(decide({ quantity: 30 })).toEqual({
      offerId: BASIC,
      quantity: 30,
      termDuration: 'P1Y',
      billingCycle: 'monthly',
      customTermEndsOn: null,
    });
  });

  it('may be another product on its upgrade paths, by its offer or its catalog item (N39)', () => {
    expect(decide({ offerId: STANDARD, billingCycle: 'annual' })).toMatchObject({ offerId: STANDARD });
    expect(decide({ offerId: 'CFQ7TTC0LDPB:0001:YUKSELT00003' })).toMatchObject({ offerId: STANDARD });
    expect(decide({ offerId: PREMIUM })).toEqual(['target-not-listed']);
    expect(decide({ offerId: 'nothing' })).toEqual(['offer-unknown']);
  });

  it('may be a shorter term of the same product, and none of another (N21, N22)', () => {
    expect(decide({ termDuration: 'P1M' })).toMatchObject({ termDuration: 'P1M' });
    expect(decide({ termDuration: 'P1M', offerId: STANDARD })).toEqual(['term-shorter']);
  });

  it.each<[ChangeAsked, string]>([
    [{ termDuration: 'P3Y' }, 'term-not-offered'],
    [{ termDuration: 'P1M', billingCycle: 'annual' }, 'billing-cycle-not-supported'],
    [{ quantity: 0 }, 'quantity-out-of-range'],
    [{ quantity: 301 }, 'quantity-out-of-range'],
  ])('is refused for %o: %s', (asked, name) => {
    expect(decide(asked)).toEqual([name]);
  });

  it('counts the seats of the whole tenant, its own not twice (N28)', () => {
    const tenantSeats = new Map([[basic?.skuId ?? '', 60]]);
    expect(decide({ quantity: 250 }, factsOf({ tenantSeats }))).toMatchObject({ quantity: 250 });
    expect(decide({ quantity: 251 }, factsOf({ tenantSeats }))).toEqual(['tenant-maximum-exceeded']);
  });

  it('leaves a seat to everybody who has a license', () => {
    expect(decide({ quantity: 5 }, factsOf({ assigned: 6 }))).toEqual(['licenses-still-assigned']);
  });

  it('needs a list price', () => {
    expect(decide({ quantity: 5 }, factsOf({ productPrices: new Map() }))).toEqual(['target-not-priced']);
  });

  it('may end with a calendar month, or another subscription, of the next term (N24)', () => {
    const others = [boughtOn(catalog, '2018-01-20')];
    const ending = (on: string) => decide({ customTermEndsOn: day(on) }, factsOf({ others }));
    expect(ending('2019-06-30')).toMatchObject({ customTermEndsOn: day('2019-06-30') });
    expect(ending('2019-01-19')).toMatchObject({ customTermEndsOn: day('2019-01-19') });
    expect(ending('2019-06-29')).toEqual(['end-date-matches-nothing']);
    expect(ending('2018-12-31')).toEqual(['end-date-outside-term']);
  });

  it.each<[string, Partial<Subscription>, string]>([
    ['does not renew', { autoRenew: false }, 'auto-renew-off'],
    ['is suspended', { status: 'suspended', autoRenew: false }, 'subscription-not-active'],
    ['is not set up', { provisioning: 'pending' }, 'subscription-not-provisioned'],
  ])('is refused for a subscription that %s', (_what, bent, name) => {
    expect(decide({ quantity: 5 }, factsOf({}, bent))).toEqual([name]);
  });

  it('is nothing for the legacy platform (900244, 3000)', () => {
    const legacy = factsOf({ subscription: boughtLegacyOn(catalog, '2018-01-13') });
    expect(decide({ quantity: 5 }, legacy)).toEqual(['renewal-not-changeable']);
    expect(decide({ customTermEndsOn: day('2019-06-30') }, legacy)).toEqual(['end-date-not-supported']);
  });

  it('of a trial is its paid form with any number of seats for a year (N50, 800107)', () => {
    const trial = factsOf({}, { offerId: TRIAL, quantity: 25, billingCycle: 'none', termEndsOn: day('2018-02-11') });
    expect(decide({ quantity: 7 }, trial)).toMatchObject({ offerId: BASIC, quantity: 7, termDuration: 'P1Y' });
    expect(decide({ termDuration: 'P1M' }, trial)).toEqual(['trial-term-fixed']);
  });
});

describe('what could be scheduled', () => {
  const standard = shipped.offers.get(STANDARD);
  const refusalsOf = (facts: ScheduleFacts) =>
    assessScheduled(facts).map(({ target, refusals }) => [target.offerId, refusals.map(({ name }) => name)]);

  it('is every product on its upgrade paths, with each reason against it', () => {
    expect(refusalsOf(factsOf())).toEqual([[STANDARD, []]]);
    expect(refusalsOf(factsOf({ productPrices: new Map() }, { autoRenew: false }))).toEqual([
      [STANDARD, ['auto-renew-off', 'target-not-priced']],
    ]);
  });

  it('is the specialized form of the same offer, which it cannot become before (N59)', () => {
    if (!standard?.product) throw new RangeError('no Business Standard');
    const specialized = { ...standard, product: { ...standard.product, specializes: BASIC } };
    const offers = new Map([...catalog.offers, [STANDARD, specialized] as const]);
    const facts = factsOf({ catalog: { ...catalog, offers } });
    expect(refusalsOf(facts)).toEqual([[STANDARD, []]]);
    const now = assessEligibility(facts).targets.flatMap(({ types }) => types);
    expect(now.map(({ refusals }) => refusals.map(({ name }) => name))).toEqual([
      ['specialized-at-renewal'],
      ['specialized-at-renewal'],
    ]);
  });
});
