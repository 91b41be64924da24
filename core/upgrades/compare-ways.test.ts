import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { type ComparedWay, compareWays, type WaysRequest } from './compare-ways.ts';
import { licenseOf, offerOf, soundFacts, TODAY, userOf } from './upgrade-facts.fixture.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const day = (text: string) => Temporal.PlainDate.from(text);
const basic = offerOf(catalog, 'nce-business-basic');
const standard = offerOf(catalog, 'nce-business-standard');
const usd = (amount: string) => parseUnitPrice(amount, 'USD');
const listed = (amount: string): UpgradeFacts['productPrices'] =>
  new Map([[standard.offerId, [{ duration: 'P1Y', billingCycle: 'monthly', unitPrice: usd(amount) }]]]);
const LATER = listed('13.00');
const toStandard: WaysRequest = { targetOfferId: standard.offerId, upgradeType: 'upgrade_with_license_transfer' };

/** Ten seats at 6.00 a month since January 15, three of them in use; the target costs 12.50. */
function facts(bent: Partial<Subscription> = {}, sold: readonly Subscription[] = []): UpgradeFacts {
  const license = licenseOf(catalog, 'nce-business-basic', 'source');
  const users = ['Ayşe', 'Işık', 'Ümit'].map((name) => userOf(name, license));
  const begun = { platform: 'newCommerce', unitPrice: usd('6.00'), termStartsOn: day('2018-01-15') } as const;
  const ends = { termEndsOn: day('2019-01-14'), billedThrough: day('2018-02-14') };
  const found = soundFacts(catalog, 'nce-business-basic', { subscription: { ...begun, ...ends, ...bent }, users });
  const subscription = { ...found.subscription, billedThrough: ends.billedThrough };
  const charged = { minor: 6_000n, currency: 'USD' };
  return { ...found, charged, subscription, sold: [subscription, ...sold], productPrices: listed('12.50') };
}

/** A subscription of the target that was there before: five seats at 11.00 since January 20. */
const taker = (bent: Partial<Subscription> = {}): Subscription =>
  ({
    ...facts().subscription,
    subscriptionId: 'taker',
    offerId: standard.offerId,
    quantity: 5,
    unitPrice: usd('11.00'),
    termStartsOn: day('2018-01-20'),
    termEndsOn: day('2019-01-19'),
    billedThrough: day('2018-02-19'),
    ...bent,
  }) as Subscription;

const compare = (given: UpgradeFacts, request: Partial<WaysRequest> = {}) =>
  compareWays(given, { ...toStandard, ...request }, TODAY, { productPrices: LATER, promotions: [] });
const moneyOf = ({ outcome }: ComparedWay) =>
  outcome && [outcome.today, outcome.nextInvoice, outcome.restOfTerm, outcome.difference].map(formatMoney);
const wayOf = (ways: readonly ComparedWay[], way: ComparedWay['way'], quantity = 10): ComparedWay => {
  const found = ways.find((one) => one.way === way && one.quantity === quantity);
  if (!found) throw new RangeError(`no way ${way} of ${quantity}`);
  return found;
};

describe('the ways to one target stand side by side, with what is paid today, on the next invoice and until the term ends', () => {
  it('in place: the rest of the cycle now, then whole cycles of the target', () => {
    expect(moneyOf(wayOf(compare(facts()).ways, 'inPlace'))).toEqual(['29.40', '154.40', '1404.40', '744.40']);
  });

  it('in part: the seats that stay are paid for as before', () => {
    const { ways } = compare(facts(), { quantity: 4 });
    expect(moneyOf(wayOf(ways, 'partial', 4))).toEqual(['11.76', '97.76', '957.76', '297.76']);
  });

  it('into an existing subscription: at its own price and in its own cycles, and only for the seats that come', () => {
    const { ways } = compare(facts({}, [taker()]));
    expect(moneyOf(wayOf(ways, 'existing'))).toEqual(['40.40', '150.40', '1232.60', '572.60']);
  });

  it('waiting: nothing changes until the renewal, which is at the list price of that day', () => {
    const { outcome, ...way } = wayOf(compare(facts()).ways, 'renewal');
    expect(moneyOf({ ...way, outcome } as ComparedWay)).toEqual(['0.00', '60.00', '660.00', '0.00']);
    expect(outcome).toMatchObject({ startsOn: day('2019-01-15'), unitPrice: usd('13.00'), moving: 3, staying: 0 });
  });

  it('waiting: at the price less the promotion of that day, unless it was had before (N44, N46)', () => {
    const promotion = {
      promotionId: 'spring',
      offerId: toStandard.targetOfferId,
      termDuration: facts().subscription.termDuration,
      discountBasisPoints: 1000,
      validFrom: facts().subscription.termEndsOn.add({ days: 1 }),
      validUntil: facts().subscription.termEndsOn.add({ days: 1 }),
      conditions: { redemptions: 1 },
    };
    const priceOf = (given: UpgradeFacts, promotions: UpgradeFacts['promotions']) => {
      const { ways } = compareWays(given, toStandard, TODAY, { productPrices: LATER, promotions });
      return wayOf(ways, 'renewal').outcome?.unitPrice.micros ?? 0n;
    };
    const listed = priceOf(facts(), []);
    expect(priceOf(facts(), [promotion])).toBe((listed * 9n) / 10n);
    const had = { offerId: promotion.offerId, quantity: 10, status: 'deleted', promotionId: 'spring' };
    expect(priceOf({ ...facts(), formerly: [had] }, [promotion])).toBe(listed);
  });

  it('the same scope everywhere: a way that moves part and one that moves all differ by the seats between', () => {
    const { ways } = compare(facts({}, [taker()]), { quantity: 4 });
    expect(ways.map(({ way, into, quantity }) => [way, into?.subscriptionId ?? null, quantity])).toEqual([
      ['inPlace', null, 10],
      ['partial', null, 4],
      ['existing', 'taker', 10],
      ['existing', 'taker', 4],
      ['renewal', null, 10],
    ]);
  });

  it('and of a charge that reaches past the term only its days within count', () => {
    const yearly = taker({ billingCycle: 'annual', unitPrice: usd('120.00'), billedThrough: day('2019-01-19') });
    const { outcome } = wayOf(compare(facts({}, [yearly])).ways, 'existing');
    // 353 of 365 days are billed now, 348 of them within the term.
    expect(outcome && formatMoney(outcome.today)).toBe('1133.50');
    expect(outcome && formatMoney(outcome.restOfTerm)).toBe('1117.10');
  });
});

describe('people are counted as the way would treat them', () => {
  it('who was chosen moves, and who then has no seat is left to a person', () => {
    const moved = (request: Partial<WaysRequest>, bent = {}) => {
      const { outcome } = wayOf(compare(facts(bent), request).ways, 'partial', request.quantity);
      return outcome && [outcome.moving, outcome.staying];
    };
    expect(moved({ quantity: 4, userIds: ['Ayşe'] })).toEqual([1, 0]);
    expect(moved({ quantity: 2, userIds: ['Ayşe'] }, { quantity: 3 })).toEqual([1, 1]);
    expect(moved({ quantity: 4, userIds: ['Ayşe'], upgradeType: 'upgrade_only' })).toEqual([0, 1]);
  });
});

describe('a way that is closed stays in the comparison with its reasons', () => {
  const namesOf = ({ refusals }: ComparedWay) => refusals.map(({ name }) => name);

  it('a destination that ends earlier', () => {
    const { ways } = compare(facts({}, [taker({ termEndsOn: day('2018-12-31') })]));
    expect(namesOf(wayOf(ways, 'existing'))).toEqual(['destination-ends-earlier']);
  });

  it('waiting, where nothing renews', () => {
    const { ways, cheapest } = compare(facts({ autoRenew: false }));
    expect(namesOf(wayOf(ways, 'renewal'))).toEqual(['auto-renew-off']);
    expect(cheapest).toEqual([
      { sense: 'allSeatsNow', way: 0 },
      { sense: 'untilTermEnd', way: 0 },
    ]);
  });

  it('waiting, where no price is known for that day', () => {
    const { ways } = compareWays(facts(), toStandard, TODAY, { productPrices: new Map(), promotions: [] });
    expect(namesOf(wayOf(ways, 'renewal'))).toEqual(['target-not-priced']);
  });

  it('all of them, for an offer that no path leads to; then none is the cheapest', () => {
    const { ways, cheapest } = compare(facts(), { targetOfferId: basic.offerId, quantity: 4 });
    expect(ways.filter(({ way }) => way !== 'renewal').map(namesOf)).toEqual([
      ['target-not-listed'],
      ['target-not-listed'],
    ]);
    expect(cheapest.some(({ sense }) => sense === 'allSeatsNow')).toBe(false);
  });
});

describe('the cheapest is named in two senses', () => {
  it('of those that move all seats now, and of all until the term ends', () => {
    const { ways, cheapest } = compare(facts({}, [taker()]), { quantity: 4 });
    const named = cheapest.map(({ sense, way }) => [sense, ways[way]?.way, ways[way]?.quantity]);
    expect(named).toEqual([
      ['allSeatsNow', 'existing', 10],
      ['untilTermEnd', 'renewal', 10],
    ]);
  });
});

it('on the legacy platform there is one way, and nothing to compare', () => {
  const later = { productPrices: LATER, promotions: [] };
  expect(compareWays(soundFacts(catalog, 'business-basic'), toStandard, TODAY, later).ways).toEqual([]);
});
