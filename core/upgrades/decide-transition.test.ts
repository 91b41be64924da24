import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { Offer } from '../catalog/offer.ts';
import type { Promotion } from '../catalog/promotion.ts';
import type { BillingLine } from '../ledger/charge.ts';
import { MOST_UPDATES, type Subscription, type TenantHolding } from '../subscriptions/subscription.ts';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { decideTransition } from './decide-transition.ts';
import { assessEligibility } from './eligibility.ts';
import { compareToQuote, promiseOf } from './quote.ts';
import type { Refusal } from './refusal.ts';
import type { UpgradeDecision, UpgradeRequest } from './upgrade-decision.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';
import {
  licenseOf,
  NCE_NOW,
  NCE_TODAY,
  newCommerceFacts,
  offerOf,
  termOf300,
  userOf,
} from './upgrade-facts.fixture.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const day = (text: string) => Temporal.PlainDate.from(text);
const idOf = (key: string) => offerOf(catalog, key).offerId;
const TRIAL = 'nce-business-basic-trial';
const toE1: UpgradeRequest = { targetOfferId: idOf('nce-o365-e1'), upgradeType: 'upgrade_with_license_transfer' };
const toStandard: UpgradeRequest = { ...toE1, targetOfferId: idOf('nce-business-standard') };
const textOf = ({ chargeType, period, quantity, amount }: BillingLine) =>
  `${chargeType} ${period.start.toString()}..${period.end.toString()} x ${quantity}: ${formatMoney(amount)}`;

const standard = (subscription: Partial<Subscription> = {}) =>
  newCommerceFacts(catalog, 'nce-business-standard', { subscription });
/** A year of Business Standard, billed monthly, as most are sold. */
const yearly = (quantity = 300, more: Partial<Subscription> = {}) =>
  standard({ quantity, termDuration: 'P1Y', ...more });
/** An Office 365 E1 that was there before and ends a day after the source. */
const heldE1 = (bent: Partial<Subscription> = {}) =>
  termOf300(catalog, 'nce-o365-e1', {
    subscriptionId: 'held',
    quantity: 20,
    unitPrice: parseUnitPrice('8.00', 'USD'),
    termStartsOn: day('2021-06-19'),
    ...bent,
  });
const beside = (held: Subscription, source: Partial<Subscription> = {}) =>
  newCommerceFacts(catalog, 'nce-business-standard', { subscription: source, others: [held] });
const intoHeld: UpgradeRequest = { ...toE1, targetSubscriptionId: 'held' };

function decisionOf(facts: UpgradeFacts, request = toE1, on = NCE_TODAY): UpgradeDecision {
  const decided = decideTransition(facts, request, on);
  if (!decided.ok) throw new Error(decided.refused.map((one) => one.name).join(', '));
  return decided.value;
}

function refusalsOf(facts: UpgradeFacts, request = toE1, on = NCE_TODAY): readonly Refusal[] {
  const decided = decideTransition(facts, request, on);
  return decided.ok ? [] : decided.refused;
}

const namesOf = (...asked: Parameters<typeof refusalsOf>) => refusalsOf(...asked).map(({ name }) => name);
const moneyOf = ({ totals }: UpgradeDecision) => [totals.credit, totals.charge, totals.net].map(formatMoney);

describe('an upgrade of all seats (N8)', () => {
  it('is the published one: 300 from Business Standard at 10.08 to Office 365 E1 at 6.43, 23 of 30 days (B8)', () => {
    const { credits, charges, dueLines, ...decision } = decisionOf(standard());
    expect(credits.map(textOf)).toEqual(['convert 2021-06-25..2021-07-17 x 300: -2316.00']);
    expect(charges.map(textOf)).toEqual(['convert 2021-06-25..2021-07-17 x 300: 1476.00']);
    expect(dueLines).toEqual([]);
    expect(moneyOf({ credits, charges, dueLines, ...decision })).toEqual(['-2316.00', '1476.00', '-840.00']);
  });

  it('keeps the subscription with its term and billing plan, and leaves no window (N8, N38)', () => {
    const { way, into, term, source } = decisionOf(yearly());
    expect([way, into]).toEqual(['inPlace', null]);
    expect(term).toEqual({
      termDuration: source.termDuration,
      billingCycle: source.billingCycle,
      termStartsOn: source.termStartsOn,
      termEndsOn: source.termEndsOn,
      billedThrough: day('2021-07-17'),
      promotionId: null,
      cancellableUntil: null,
    });
  });

  it('bills the cycles that began meanwhile first, beside it and not in its totals', () => {
    const { dueLines, credits, totals } = decisionOf(yearly(), toE1, day('2021-08-20'));
    expect(dueLines.map(textOf)).toEqual([
      'cycleCharge 2021-07-18..2021-08-17 x 300: 3024.00',
      'cycleCharge 2021-08-18..2021-09-17 x 300: 3024.00',
    ]);
    // 29 of 31 days at 10.08, cut: 9.42.
    expect(credits.map(textOf)).toEqual(['convert 2021-08-20..2021-09-17 x 300: -2826.00']);
    expect(formatMoney(totals.credit)).toBe('-2826.00');
  });

  it('on the last day of the cycle is one day of it, on the first day all of it', () => {
    expect(moneyOf(decisionOf(yearly(), toE1, day('2021-07-17')))).toEqual(['-99.00', '63.00', '-36.00']);
    expect(moneyOf(decisionOf(yearly(), toE1, day('2021-06-18')))).toEqual(['-3024.00', '1929.00', '-1095.00']);
  });

  it('never credits more than stands in the ledger for the cycle', () => {
    const facts = { ...standard(), charged: { minor: 1_000n, currency: 'USD' } };
    expect(formatMoney(decisionOf(facts).totals.credit)).toBe('-10.00');
  });

  it('credits at the price at which the source was billed, less its promotion, which is gone after it (N45)', () => {
    const { credits, charges, term } = decisionOf(
      standard({ unitPrice: parseUnitPrice('9.072', 'USD'), promotionId: 'spring' }),
    );
    // 9.072 / 30 x 23 = 6.955, cut.
    expect(credits.map(textOf)).toEqual(['convert 2021-06-25..2021-07-17 x 300: -2085.00']);
    expect([credits[0]?.promotionId, charges[0]?.promotionId, term.promotionId]).toEqual(['spring', null, null]);
  });

  it('says what every cycle costs, and what is paid more until the term ends', () => {
    const { outlook } = decisionOf(yearly());
    expect([outlook.periodBefore, outlook.periodAfter].map(formatMoney)).toEqual(['3024.00', '1929.00']);
    // -840.00 for the rest of this cycle, then 11 cycles that cost 1,095.00 less each.
    expect([outlook.until.toString(), formatMoney(outlook.extra)]).toEqual(['2022-06-17', '-12885.00']);
  });

  it('needs no delegated privileges: those are for the legacy platform (5.2)', () => {
    expect(standard().privileges).toEqual([]);
    expect(namesOf(standard())).toEqual([]);
  });
});

describe('the target is sold as if it were bought that day', () => {
  const spring: Promotion = {
    promotionId: 'spring',
    offerId: toE1.targetOfferId,
    termDuration: 'P1M',
    discountBasisPoints: 1_000,
    validFrom: day('2021-06-01'),
    validUntil: day('2021-06-30'),
    conditions: { firstPurchase: true },
  };
  const onSale = (facts: UpgradeFacts) => ({ ...facts, promotions: [spring] });

  it('less the promotion that runs, which goes on with it (N44, N45)', () => {
    const { charges, term, targetUnitPrice } = decisionOf(onSale(standard()));
    expect(targetUnitPrice).toEqual(parseUnitPrice('5.787', 'USD'));
    // 5.787 / 30 x 23 = 4.4367, cut.
    expect(charges.map(textOf)).toEqual(['convert 2021-06-25..2021-07-17 x 300: 1329.00']);
    expect([charges[0]?.promotionId, term.promotionId]).toEqual(['spring', 'spring']);
  });

  it('but not where its conditions do not hold, or for another term', () => {
    expect(decisionOf(onSale(beside(heldE1()))).term.promotionId).toBeNull();
    expect(decisionOf(onSale(standard()), { ...toE1, termDuration: 'P1Y' }).term.promotionId).toBeNull();
  });

  it('and not into an existing subscription, which has its own (N45)', () => {
    const { term, charges } = decisionOf(onSale(beside(heldE1({ promotionId: 'winter' }))), intoHeld);
    expect([term.promotionId, charges[0]?.promotionId]).toEqual(['winter', 'winter']);
  });

  const withE1 = (product: object, more: object = {}): UpgradeFacts => {
    const e1 = offerOf(catalog, 'nce-o365-e1');
    const offers = new Map([
      ...catalog.offers,
      [e1.offerId, { ...e1, product: { ...e1.product, ...product } } as Offer],
    ]);
    return { ...beside(heldE1()), catalog: { ...catalog, offers, ...more } };
  };

  it.each([
    ['after its last day (N58)', withE1({ endOfSaleOn: day('2021-06-24') }), 'offer-end-of-sale'],
    [
      'to a specialized form of itself (N59)',
      withE1({ specializes: standard().subscription.offerId }),
      'specialized-at-renewal',
    ],
    ['to a segment that the customer is not of (N53)', withE1({ segment: 'nonprofit' }), 'segment-not-qualified'],
  ])('so it is refused %s, also into one that is there', (_why, facts, name) => {
    expect(namesOf(facts)).toEqual([name]);
    expect(namesOf(facts, intoHeld)).toEqual([name]);
  });

  it('and a suite with Teams to who never had one, where that rule is on (N57)', () => {
    const closed = { ...withE1({}, { teamsSuitesClosed: true }), now: Temporal.Instant.from('2024-04-01T00:00:00Z') };
    const running = { ...closed.subscription, termStartsOn: day('2024-03-18'), termEndsOn: day('2024-04-17') };
    const facts = { ...closed, subscription: { ...running, billedThrough: day('2024-04-17') } };
    const on = day('2024-04-01');
    expect(namesOf(facts, toE1, on)).toEqual(['teams-suite-closed']);
    const had = new Set([offerOf(catalog, 'nce-o365-e3').skuId]);
    expect(namesOf({ ...facts, skusEverHeld: had }, toE1, on)).toEqual([]);
  });
});

describe('an upgrade of some seats (N9)', () => {
  it('makes a second subscription that ends with the source, in the same charge cycles', () => {
    const { way, into, quantity, term, credits, charges } = decisionOf(yearly(), { ...toE1, quantity: 100 });
    expect([way, into, quantity]).toEqual(['partial', null, 100]);
    expect([term.termStartsOn, term.termEndsOn].map(String)).toEqual(['2021-06-18', '2022-06-17']);
    expect(term.cancellableUntil).toBeNull();
    expect(credits.map(textOf)).toEqual(['convert 2021-06-25..2021-07-17 x 100: -772.00']);
    expect(charges.map(textOf)).toEqual(['convert 2021-06-25..2021-07-17 x 100: 492.00']);
  });

  it('ends with a source that ends with another subscription, too (N24)', () => {
    const { term, charges } = decisionOf(yearly(300, { termEndsOn: day('2021-07-10') }), { ...toE1, quantity: 1 });
    expect(term.termEndsOn.toString()).toBe('2021-07-10');
    // 16 of the 30 days of a whole cycle.
    expect(charges.map(textOf)).toEqual(['convert 2021-06-25..2021-07-10 x 1: 3.42']);
  });

  it('of more than there are is refused, and so is one of none', () => {
    for (const requested of [301, 0]) {
      expect(refusalsOf(standard(), { ...toE1, quantity: requested })).toContainEqual({
        name: 'quantity-out-of-range',
        offerId: idOf('nce-o365-e1'),
        min: 1,
        max: 300,
        requested,
      });
    }
  });
});

describe('who moves', () => {
  const license = licenseOf(catalog, 'nce-business-standard', 'source');
  const users = ['ada', 'berk', 'can'].map((name) => userOf(name, license));
  const abroad = users.map((user) => (user.userId === 'berk' ? { ...user, usageLocation: null } : user));
  const facts = (all = users, subscription: Partial<Subscription> = {}) =>
    newCommerceFacts(catalog, 'nce-business-standard', { subscription: { quantity: 3, ...subscription }, users: all });
  const movesOf = (...asked: Parameters<typeof decisionOf>) =>
    decisionOf(...asked).transfer.moves.map(
      ({ user, faults }) => `${user.userId}: ${faults.map(({ name }) => name).join() || 'moves'}`,
    );

  it('is everybody in place, even where no transfer was asked for: the old product is gone (N11)', () => {
    expect(movesOf(facts(), { ...toE1, upgradeType: 'upgrade_only' })).toEqual([
      'ada: moves',
      'berk: moves',
      'can: moves',
    ]);
  });

  it('is not who cannot, in place either', () => {
    expect(movesOf(facts(abroad))).toEqual(['ada: moves', 'berk: usage-location-missing', 'can: moves']);
  });

  it('is who was chosen when some seats move; who finds no seat at the source then is left for a person (N9)', () => {
    expect(movesOf(facts(), { ...toE1, quantity: 1, userIds: ['berk'] })).toEqual(['berk: moves']);
    expect(movesOf(facts(), { ...toE1, quantity: 2, userIds: ['can'] })).toEqual([
      'can: moves',
      'berk: license-not-transferred',
    ]);
  });

  it('is nobody by itself when some seats move, and nobody who has a seat left needs work', () => {
    expect(movesOf(facts(), { ...toE1, quantity: 1 })).toEqual(['can: license-not-transferred']);
    expect(movesOf(facts(users, { quantity: 4 }), { ...toE1, quantity: 1 })).toEqual([]);
  });

  it('finds only as many licenses as seats move', () => {
    expect(movesOf(facts(), { ...toE1, quantity: 1, userIds: ['ada', 'berk'] })).toEqual([
      'ada: moves',
      'berk: no-free-license',
    ]);
  });

  it('is for a person to say where the tenant has another subscription of the product, or the target from elsewhere (N11)', () => {
    const holding = (offerId: string, ours: boolean): TenantHolding => ({
      subscriptionId: ours ? 'another' : null,
      offerId,
      channel: 'csp',
      ours,
      status: 'active',
      endsOn: null,
    });
    const beside = (offer: string, ours: boolean) => ({ ...facts(), holdings: [holding(idOf(offer), ours)] });
    const everybody = (fault: string) => users.map(({ userId }) => `${userId}: ${fault}`);
    expect(movesOf(beside('nce-business-standard', true))).toEqual(everybody('several-subscriptions'));
    expect(movesOf(beside('nce-o365-e1', false))).toEqual(everybody('target-bought-elsewhere'));
    expect(movesOf(beside('nce-o365-e1', true))).toEqual(everybody('moves'));
  });

  it('cannot be somebody without a license of the source', () => {
    expect(refusalsOf(facts(), { ...toE1, quantity: 1, userIds: ['ada', 'zeynep'] })).toEqual([
      { name: 'users-not-licensed', userIds: ['zeynep'] },
    ]);
  });

  it('goes by the type where all seats go into another subscription', () => {
    const both = newCommerceFacts(catalog, 'nce-business-standard', {
      subscription: { quantity: 3 },
      users,
      others: [heldE1()],
    });
    expect(movesOf(both, intoHeld)).toEqual(['ada: moves', 'berk: moves', 'can: moves']);
    expect(movesOf(both, { ...intoHeld, upgradeType: 'upgrade_only' })).toEqual(
      users.map(({ userId }) => `${userId}: license-not-transferred`),
    );
  });
});

describe('an upgrade into an existing subscription', () => {
  it('moves the seats to its price, term and billing plan (N8, N48)', () => {
    const { way, into, term, credits, charges, targetUnitPrice } = decisionOf(beside(heldE1()), intoHeld);
    expect([way, into?.subscriptionId]).toEqual(['existing', 'held']);
    expect(credits.map(textOf)).toEqual(['moveQuantity 2021-06-25..2021-07-17 x 300: -2316.00']);
    // 24 of 30 days at 8.00: its own cycle began a day later.
    expect(charges.map(textOf)).toEqual(['moveQuantity 2021-06-25..2021-07-18 x 300: 1920.00']);
    expect(targetUnitPrice).toEqual(parseUnitPrice('8.00', 'USD'));
    expect([term.termStartsOn, term.termEndsOn].map(String)).toEqual(['2021-06-19', '2021-07-18']);
  });

  it('takes some of the seats as well', () => {
    const { way, quantity } = decisionOf(beside(heldE1()), { ...intoHeld, quantity: 5 });
    expect([way, quantity]).toEqual(['existing', 5]);
  });

  it('bills its own cycles that began meanwhile beside, and charges the rest of the one that runs', () => {
    const held = heldE1({ termDuration: 'P1Y' });
    const { targetDueLines, charges } = decisionOf(beside(held, { termDuration: 'P1Y' }), intoHeld, day('2021-07-20'));
    expect(targetDueLines.map(textOf)).toEqual(['cycleCharge 2021-07-19..2021-08-18 x 20: 160.00']);
    expect(charges.map(textOf)).toEqual(['moveQuantity 2021-07-20..2021-08-18 x 300: 2322.00']);
  });

  it('is refused when it is not active (code 1)', () => {
    expect(namesOf(beside(heldE1({ status: 'suspended' })), intoHeld)).toEqual(['destination-not-active']);
  });

  it('is refused inside its cancellation window, to its last second (code 2)', () => {
    const until = NCE_NOW.add({ seconds: 1 });
    expect(refusalsOf(beside(heldE1({ cancellableUntil: until })), intoHeld)).toEqual([
      { name: 'destination-in-window', subscriptionId: 'held', until },
    ]);
    expect(namesOf(beside(heldE1({ cancellableUntil: NCE_NOW })), intoHeld)).toEqual([]);
  });

  it('is refused when its term is shorter, even though it ends later (code 3)', () => {
    const source = { termDuration: 'P1Y', termStartsOn: day('2020-07-01'), billedThrough: day('2021-06-30') } as const;
    expect(refusalsOf(beside(heldE1(), source), intoHeld)).toEqual([
      { name: 'destination-term-shorter', subscriptionId: 'held', termDuration: 'P1M' },
    ]);
  });

  it('is refused when it ends before the source; on the same day it is not (code 4)', () => {
    const earlier = heldE1({ termStartsOn: day('2021-06-17') });
    expect(refusalsOf(beside(earlier), intoHeld)).toEqual([
      {
        name: 'destination-ends-earlier',
        subscriptionId: 'held',
        termEndsOn: day('2021-07-16'),
        sourceEndsOn: day('2021-07-17'),
      },
    ]);
    expect(namesOf(beside(heldE1({ termStartsOn: day('2021-06-18') })), intoHeld)).toEqual([]);
  });

  it('is refused with every reason that holds (E31)', () => {
    const held = heldE1({ status: 'expired', provisioning: 'pending', termStartsOn: day('2021-05-01') });
    expect(namesOf(beside(held), intoHeld)).toEqual([
      'destination-not-active',
      'destination-not-ready',
      'destination-ends-earlier',
    ]);
  });

  it('is refused into itself, into another product, and into one that is not there (N17)', () => {
    const facts = beside(heldE1());
    const toBasic = termOf300(catalog, 'nce-business-basic', { subscriptionId: 'basic' });
    expect(namesOf(facts, { ...toE1, targetSubscriptionId: 'source' })).toEqual(['destination-is-source']);
    expect(namesOf({ ...facts, sold: [...facts.sold, toBasic] }, { ...toE1, targetSubscriptionId: 'basic' })).toEqual([
      'destination-of-other-offer',
    ]);
    expect(namesOf(facts, { ...toE1, targetSubscriptionId: 'nowhere' })).toEqual(['destination-unknown']);
    const ended = heldE1({ status: 'deleted', endedReason: 'cancelled', successorId: null });
    expect(namesOf(beside(ended), intoHeld)).toEqual(['destination-unknown']);
  });

  it('joins two in one: the first becomes the product, the second goes into it (N14)', () => {
    const other = termOf300(catalog, 'nce-business-standard', { subscriptionId: 'other', quantity: 7 });
    const facts = newCommerceFacts(catalog, 'nce-business-standard', { others: [other] });
    const { term, targetUnitPrice, target } = decisionOf(facts);
    const became = { ...facts.subscription, ...term, offerId: target.offerId, unitPrice: targetUnitPrice };
    const then = {
      ...facts,
      subscription: other,
      sold: [became, other],
      charged: decisionOf({ ...facts, subscription: other }).totals.charge,
    };
    const { way, into, charges } = decisionOf(then, { ...toE1, targetSubscriptionId: 'source' });
    expect([way, into?.subscriptionId]).toEqual(['existing', 'source']);
    expect(charges.map(textOf)).toEqual(['moveQuantity 2021-06-25..2021-07-17 x 7: 34.44']);
  });

  it('is listed for each target with the codes that hold', () => {
    const held = heldE1({ status: 'suspended' });
    const { targets } = assessEligibility(beside(held));
    const [e1] = targets.filter(({ target }) => target.offerId === toE1.targetOfferId);
    expect(
      e1?.destinations.map(({ subscription, refusals }) => [
        subscription.subscriptionId,
        refusals.map(({ name }) => name),
      ]),
    ).toEqual([['held', ['destination-not-active']]]);
  });
});

describe('another term or billing plan with the upgrade (N20 to N23)', () => {
  it('begins that day, at the list price of the day for it', () => {
    const { term, charges, way } = decisionOf(standard(), { ...toE1, termDuration: 'P1Y' });
    expect(way).toBe('inPlace');
    expect([term.termStartsOn, term.termEndsOn, term.billedThrough].map(String)).toEqual([
      '2021-06-25',
      '2022-06-24',
      '2021-07-24',
    ]);
    expect(charges.map(textOf)).toEqual(['convert 2021-06-25..2021-07-24 x 300: 1929.00']);
  });

  it('is the running term where the billing plan alone is another: what is left of the year is paid at once (4.2)', () => {
    const { term, charges } = decisionOf(yearly(), { ...toE1, billingCycle: 'annual' });
    expect([term.billingCycle, ...[term.termStartsOn, term.termEndsOn, term.billedThrough].map(String)]).toEqual([
      'annual',
      '2021-06-18',
      '2022-06-17',
      '2022-06-17',
    ]);
    expect(charges.map(textOf)).toEqual(['convert 2021-06-25..2022-06-17 x 300: 1890.00']);
  });

  it('is never shorter', () => {
    expect(refusalsOf(yearly(), { ...toE1, termDuration: 'P1M' })).toEqual([
      { name: 'term-shorter', termDuration: 'P1M', sourceTermDuration: 'P1Y' },
    ]);
  });

  it('is not billed less often than it lasts', () => {
    expect(refusalsOf(standard(), { ...toE1, billingCycle: 'annual' })).toEqual([
      { name: 'billing-cycle-longer-than-term', billingCycle: 'annual', termDuration: 'P1M' },
    ]);
  });

  it('is one that is sold and has a price', () => {
    expect(namesOf(standard(), { ...toE1, termDuration: 'P3Y' })).toEqual(['term-not-offered']);
    expect(namesOf(standard(), { ...toE1, billingCycle: 'none' })).toEqual(['billing-cycle-not-supported']);
    expect(namesOf({ ...standard(), productPrices: new Map() })).toEqual(['target-not-priced']);
  });
});

describe('a trial becomes paid (N49)', () => {
  const trial = (subscription: Partial<Subscription> = {}, others: readonly Subscription[] = []) => {
    const facts = newCommerceFacts(catalog, TRIAL, {
      subscription: {
        quantity: 25,
        unitPrice: parseUnitPrice('0', 'USD'),
        billingCycle: 'none',
        termStartsOn: NCE_TODAY,
        termEndsOn: day('2021-07-24'),
        ...subscription,
      },
      others,
    });
    const unitPrice = parseUnitPrice('52.61', 'USD');
    return {
      ...facts,
      productPrices: new Map(
        [...facts.productPrices].map(([id, all]) => [id, all.map((one) => ({ ...one, unitPrice }))]),
      ),
    };
  };
  const toBasic: UpgradeRequest = { ...toE1, targetOfferId: idOf('nce-business-basic') };

  it('as published: nothing back, 1,315.25 for 25 seats, a year billed monthly from that day (B8, N50)', () => {
    const { credits, charges, term, way } = decisionOf(trial(), toBasic);
    expect([...credits, ...charges].map(textOf)).toEqual([
      'convert 2021-06-25..2021-07-24 x 25: 0.00',
      'convert 2021-06-25..2021-07-24 x 25: 1315.25',
    ]);
    expect([way, term.termDuration, term.billingCycle, term.termEndsOn.toString()]).toEqual([
      'inPlace',
      'P1Y',
      'monthly',
      '2022-06-24',
    ]);
  });

  it('with seven days to cancel, as bought (N33, N36)', () => {
    expect(decisionOf(trial(), toBasic).term.cancellableUntil).toEqual(NCE_NOW.add({ hours: 168 }));
  });

  it('or what its paid form can be upgraded to', () => {
    const targets = assessEligibility(trial()).targets.map(({ target }) => target.key);
    expect(targets).toEqual(['nce-business-basic', 'nce-business-standard', 'nce-o365-e1']);
    expect(decisionOf(trial(), toStandard).target.key).toBe('nce-business-standard');
  });

  it('with all its seats at least', () => {
    expect(refusalsOf(trial(), { ...toBasic, quantity: 24 })).toEqual([
      { name: 'quantity-out-of-range', offerId: toBasic.targetOfferId, min: 25, max: 300, requested: 24 },
    ]);
  });

  it('with more seats than it has, up to the most that the tenant can have', () => {
    const { credits, charges, way, quantity } = decisionOf(trial(), { ...toBasic, quantity: 40 });
    expect([way, quantity]).toEqual(['inPlace', 40]);
    expect([...credits, ...charges].map(textOf)).toEqual([
      'convert 2021-06-25..2021-07-24 x 25: 0.00',
      'convert 2021-06-25..2021-07-24 x 40: 2104.40',
    ]);
    expect(namesOf(trial(), { ...toBasic, quantity: 300 })).toEqual([]);
    expect(refusalsOf(trial(), { ...toBasic, quantity: 301 })).toContainEqual({
      name: 'quantity-out-of-range',
      offerId: toBasic.targetOfferId,
      min: 25,
      max: 300,
      requested: 301,
    });
  });

  it('with more seats than it has in an existing one, everybody moving', () => {
    const held = termOf300(catalog, 'nce-business-basic', {
      subscriptionId: 'held',
      quantity: 10,
      termStartsOn: NCE_TODAY,
    });
    const facts = { ...trial({}, [held]), users: [userOf('Derya', licenseOf(catalog, TRIAL, 'source'))] };
    const into = { ...toBasic, targetSubscriptionId: 'held', quantity: 40 };
    const { way, quantity, transfer } = decisionOf(facts, into);
    expect([way, quantity]).toEqual(['existing', 40]);
    expect(transfer.moves.map(({ user, faults }) => [user.userId, faults])).toEqual([['Derya', []]]);
  });

  it('in a subscription that ends with it or later (N19)', () => {
    const basic = (start: string) =>
      termOf300(catalog, 'nce-business-basic', { subscriptionId: 'held', quantity: 10, termStartsOn: day(start) });
    const into = { ...toBasic, targetSubscriptionId: 'held' };
    expect(namesOf(trial({}, [basic('2021-06-24')]), into)).toEqual(['destination-ends-earlier']);
    const { way, quantity } = decisionOf(trial({}, [basic('2021-06-25')]), into);
    expect([way, quantity]).toEqual(['existing', 25]);
  });
});

describe('the seats of a product in the whole tenant (N28, N31)', () => {
  const basic = (quantity: number, others: readonly Subscription[]) =>
    newCommerceFacts(catalog, 'nce-business-basic', { subscription: { quantity }, others });
  const heldStandard = (quantity: number) =>
    termOf300(catalog, 'nce-business-standard', { subscriptionId: 'held', quantity, termStartsOn: day('2021-06-19') });

  it('are 300 at most, however many subscriptions they are in', () => {
    expect(namesOf(basic(280, [heldStandard(20)]), toStandard)).toEqual([]);
    expect(refusalsOf(basic(281, [heldStandard(20)]), toStandard)).toEqual([
      { name: 'tenant-maximum-exceeded', offerId: toStandard.targetOfferId, max: 300, held: 20, requested: 281 },
    ]);
  });

  it('count those of other partners, of which nothing else is known', () => {
    const facts = basic(290, []);
    const seats = new Map([...facts.tenantSeats, [offerOf(catalog, 'nce-business-standard').skuId, 20]]);
    expect(namesOf({ ...facts, tenantSeats: seats }, toStandard)).toEqual(['tenant-maximum-exceeded']);
    expect(namesOf({ ...facts, tenantSeats: seats }, { ...toStandard, quantity: 280 })).toEqual([]);
  });

  it('count in an existing one, too', () => {
    const into = { ...toStandard, targetSubscriptionId: 'held' };
    expect(namesOf(basic(281, [heldStandard(20)]), into)).toEqual(['quantity-out-of-range']);
    expect(namesOf(basic(280, [heldStandard(20)]), into)).toEqual([]);
  });
});

describe('an upgrade on new commerce is refused', () => {
  it('of what is not active, or not provisioned (N2)', () => {
    expect(namesOf(standard({ status: 'suspended' }))).toEqual(['subscription-not-active']);
    expect(namesOf(standard({ provisioning: 'pending' }))).toEqual(['subscription-not-provisioned']);
  });

  it('of what was changed too often already, or into it (N32, E25)', () => {
    const [fewer, most] = [{ updates: MOST_UPDATES - 1 }, { updates: MOST_UPDATES }];
    const tooMany = [{ name: 'too-many-updates', most: 1200 }];
    expect(namesOf(standard(fewer))).toEqual([]);
    expect(refusalsOf(standard(most))).toEqual(tooMany);
    expect(assessEligibility(standard(most)).upgradable).toBe(false);
    expect(namesOf(beside(heldE1(fewer), fewer), intoHeld)).toEqual([]);
    expect(refusalsOf(beside(heldE1(most)), intoHeld)).toEqual(tooMany);
    expect(refusalsOf(beside(heldE1(most), most), intoHeld)).toEqual(tooMany);
  });

  it('with transfer for an application alone', () => {
    const facts = { ...standard(), userContext: false };
    expect(namesOf(facts)).toEqual(['user-context-required']);
    expect(namesOf(facts, { ...toE1, upgradeType: 'upgrade_only' })).toEqual([]);
  });

  it('to what the table does not name, back down too (N3, N5)', () => {
    expect(namesOf(standard(), { ...toE1, targetOfferId: idOf('nce-o365-e3') })).toEqual(['target-not-listed']);
    const e3 = newCommerceFacts(catalog, 'nce-o365-e3');
    expect(namesOf(e3)).toEqual(['no-upgrade-path']);
  });

  it('while it renews, in the night after its last day (N43)', () => {
    const termEndsOn = day('2021-06-24');
    expect(refusalsOf(standard({ termEndsOn }))).toContainEqual({ name: 'renewal-running', termEndsOn });
  });

  it('when it would be held until its term is over', () => {
    expect(namesOf(standard(), toE1, day('2021-07-17'))).toEqual([]);
    expect(refusalsOf(standard(), toE1, day('2021-07-18'))).toEqual([
      { name: 'renewal-running', termEndsOn: day('2021-07-17') },
    ]);
  });
});

describe('whatever is upgraded', () => {
  const cents = fc.integer({ min: 1, max: 9_999 }).map((price) => parseUnitPrice((price / 100).toFixed(2), 'USD'));
  const seats = fc.integer({ min: 1, max: 300 });
  const days = fc.integer({ min: 0, max: 29 });
  const cases = fc.record({ price: cents, listed: cents, seats, moved: seats, later: days, year: fc.boolean() });
  type Case = typeof cases extends fc.Arbitrary<infer Of> ? Of : never;

  const factsOf = ({ price, listed, seats, year }: Case, more: Partial<Subscription> = {}): UpgradeFacts => {
    const facts = standard({ quantity: seats, unitPrice: price, termDuration: year ? 'P1Y' : 'P1M', ...more });
    const prices = [...facts.productPrices].map(
      ([id, all]) => [id, all.map((one) => ({ ...one, unitPrice: listed }))] as const,
    );
    return { ...facts, productPrices: new Map(prices) };
  };
  const requestOf = ({ moved, seats }: Case) => ({ ...toE1, quantity: Math.min(moved, seats) });
  const onOf = ({ later }: Case) => day('2021-06-18').add({ days: later });

  it('never credits more than was charged, nor charges a day before its own', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const facts = factsOf(one);
        const { totals, credits, charges } = decisionOf(facts, requestOf(one), onOf(one));
        expect(-totals.credit.minor <= facts.charged.minor).toBe(true);
        for (const { period } of [...credits, ...charges]) expect(period.start).toEqual(onOf(one));
      }),
    );
  });

  it('two upgrades in one period never credit more than was paid for it', () => {
    fc.assert(
      fc.property(cases, days, (one, gap) => {
        const facts = factsOf(one);
        const first = decisionOf(facts, requestOf(one), onOf(one));
        const left = one.seats - first.quantity;
        if (left === 0) return;
        const charged = { ...facts.charged, minor: facts.charged.minor + first.totals.credit.minor };
        const then = onOf(one).add({ days: Math.min(gap, 29 - one.later) });
        const rest = { ...factsOf(one, { quantity: left }), charged };
        const second = decisionOf(rest, toE1, then);
        expect(-(first.totals.credit.minor + second.totals.credit.minor) <= facts.charged.minor).toBe(true);
      }),
    );
  });

  it('as many seats are bought as are given back, and the sum of both sides stays', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { credits, charges, quantity, source } = decisionOf(factsOf(one), requestOf(one), onOf(one));
        const count = (lines: readonly BillingLine[]) => lines.reduce((sum, line) => sum + line.quantity, 0);
        expect([count(credits), count(charges)]).toEqual([quantity, quantity]);
        expect(quantity <= source.quantity).toBe(true);
      }),
    );
  });

  it('the act comes out as it was quoted', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const decide = () => promiseOf(decisionOf(factsOf(one), requestOf(one), onOf(one)));
        expect(compareToQuote(decide(), decide())).toEqual([]);
      }),
    );
  });

  it('a day later is exactly one day less on both sides', () => {
    fc.assert(
      fc.property(cases, (one) => {
        if (one.later === 29) return;
        const on = (plus: number) => decisionOf(factsOf(one), requestOf(one), onOf(one).add({ days: plus }));
        const [today, tomorrow] = [on(0), on(1)];
        const left = (decision: UpgradeDecision) => [...decision.credits, ...decision.charges].map((line) => line.days);
        expect(left(tomorrow)).toEqual(left(today).map((number) => number - 1));
      }),
    );
  });
});
