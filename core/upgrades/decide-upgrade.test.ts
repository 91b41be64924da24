import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { UPGRADE_TYPES, type UpgradeType } from '../customers/relationship.ts';
import type { BillingLine } from '../ledger/charge.ts';
import { linesForSeatChange } from '../ledger/legacy-billing.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { formatMoney, parseUnitPrice } from '../values/money.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import type { UpgradeDecision, UpgradeRequest } from './upgrade-decision.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';
import { listedTargets } from './eligibility.ts';
import type { Refusal } from './refusal.ts';
import { holdingOf, licenseOf, offerOf, soundFacts, TODAY, userOf } from './upgrade-facts.fixture.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const e3 = offerOf(catalog, 'o365-e3');
const day = (text: string) => Temporal.PlainDate.from(text);
const textOf = (line: BillingLine) =>
  `${line.period.start.toString()}..${line.period.end.toString()} ${line.chargeType} x ${line.quantity}: ${formatMoney(line.amount)}`;
const sound = (subscription: Partial<Subscription> = {}) => soundFacts(catalog, 'business-basic', { subscription });
const toE3: UpgradeRequest = { targetOfferId: e3.offerId, upgradeType: 'upgrade_with_license_transfer' };

function decisionOf(facts: UpgradeFacts, request = toE3, on = TODAY): UpgradeDecision {
  const decided = decideUpgrade(facts, request, on);
  if (!decided.ok) throw new Error(decided.refused.map((one) => one.name).join(', '));
  return decided.value;
}

function refusalsOf(facts: UpgradeFacts, request: UpgradeRequest): readonly Refusal[] {
  const decided = decideUpgrade(facts, request, TODAY);
  return decided.ok ? [] : decided.refused;
}

describe('an upgrade is billed as cancellation plus purchase (S19, B6)', () => {
  it('of 10 seats from Business Basic at 5.00 to Office 365 E3 at 20.00 costs 150.00 net (B6.4)', () => {
    const { credits, charges, totals, dueLines, effectiveOn, targetUnitPrice } = decisionOf(sound());
    expect(credits.map(textOf)).toEqual(['2018-01-13..2018-02-12 Cancel fee x 10: -50.00']);
    expect(charges.map(textOf)).toEqual(['2018-02-01..2018-02-28 Cycle fee x 10: 200.00']);
    expect(dueLines).toEqual([]);
    expect([totals.credit, totals.charge, totals.net].map(formatMoney)).toEqual(['-50.00', '200.00', '150.00']);
    expect(effectiveOn).toEqual(TODAY);
    expect(targetUnitPrice).toEqual(parseUnitPrice('20.00', 'USD'));
  });

  it('of an annual subscription bills a year from the day of the upgrade (B6.3)', () => {
    const { credits, charges } = decisionOf(sound({ billingCycle: 'annual' }), toE3, day('2018-07-01'));
    expect(credits.map(textOf)).toEqual(['2018-07-01..2019-01-12 Cancel fee x 10: -322.19']);
    expect(charges.map(textOf)).toEqual(['2018-07-01..2019-06-30 Prorate fees when purchase x 10: 2400.00']);
  });

  it('says what every month costs, and what is paid more until the term of the source would have ended', () => {
    const { outlook } = decisionOf(sound(), toE3, day('2018-12-13'));
    expect([outlook.periodBefore, outlook.periodAfter].map(formatMoney)).toEqual(['50.00', '200.00']);
    // December 13 to January 12: 31 of 31 days at 200.00, less 50.00 that would have been paid for them.
    expect([outlook.until.toString(), formatMoney(outlook.extra)]).toEqual(['2019-01-12', '150.00']);
  });

  it('counts only days of the present term into what is paid more', () => {
    // Two days are left: 2 of 31 days at both prices, 12.90 less 3.23.
    const { outlook, totals } = decisionOf(sound(), toE3, day('2019-01-11'));
    expect(formatMoney(totals.net)).toBe('196.77');
    expect(formatMoney(outlook.extra)).toBe('9.67');
  });

  it('gives back at the price at which the source was billed, not at the list price of the day', () => {
    const { totals } = decisionOf(sound({ unitPrice: parseUnitPrice('3.10', 'USD') }));
    expect(formatMoney(totals.credit)).toBe('-31.00');
  });

  it('bills what fell due before, beside the upgrade and not in its totals', () => {
    const { dueLines, credits, totals } = decisionOf(sound(), toE3, day('2018-04-01'));
    expect(dueLines.map(textOf)).toEqual([
      '2018-02-13..2018-03-12 Cycle fee x 10: 50.00',
      '2018-03-13..2018-04-12 Cycle fee x 10: 50.00',
    ]);
    expect(credits.map(textOf)).toEqual(['2018-04-01..2018-04-12 Cancel fee x 10: -19.35']);
    expect(formatMoney(totals.net)).toBe('180.65');
  });

  it('in the first month gives back a fee that nobody had billed yet', () => {
    const unbilled = { ...sound({}), billed: [] };
    const facts = { ...unbilled, subscription: { ...unbilled.subscription, billedThrough: day('2018-01-12') } };
    const { dueLines, credits } = decisionOf(facts);
    expect(dueLines.map(textOf)).toEqual(['2018-01-13..2018-02-12 Cycle fee x 10: 50.00']);
    expect(credits.map(textOf)).toEqual(['2018-01-13..2018-02-12 Cancel fee x 10: -50.00']);
  });

  it('keeps seats and billing cycle of the source (decision 2)', () => {
    const { quantity, charges, source } = decisionOf(sound({ quantity: 37 }));
    expect([quantity, charges[0]?.quantity, source.quantity]).toEqual([37, 37, 37]);
  });
});

describe('an upgrade is refused', () => {
  it('to a target that the table does not name, with whatever else holds (E8)', () => {
    const { offerId } = offerOf(catalog, 'business-premium');
    const facts = { ...sound({ status: 'suspended' }), privileges: [] };
    expect(refusalsOf(facts, { ...toE3, targetOfferId: offerId })).toEqual([
      { name: 'subscription-not-active', status: 'suspended', endedReason: null, successorId: null },
      { name: 'delegated-privileges-missing' },
      { name: 'target-not-listed', fromOfferId: facts.subscription.offerId, toOfferId: offerId },
    ]);
  });

  it('to anything from a product without a row in the table (E7)', () => {
    const facts = soundFacts(catalog, 'o365-e3');
    expect(refusalsOf(facts, { ...toE3, targetOfferId: offerOf(catalog, 'o365-e5').offerId })).toEqual([
      { name: 'no-upgrade-path', offerId: e3.offerId },
    ]);
  });

  it('from an India offer to Business Standard, which is ruled out by name (S9)', () => {
    const facts = { ...soundFacts(catalog, 'business-basic-india'), partnerMarket: 'IN', customerMarket: 'IN' };
    const { offerId } = offerOf(catalog, 'business-standard');
    expect(refusalsOf(facts, { ...toE3, targetOfferId: offerId })).toEqual([
      { name: 'target-not-listed', fromOfferId: facts.subscription.offerId, toOfferId: offerId },
    ]);
  });

  it('for more seats than the target may have, naming its limit as well (E15)', () => {
    const { offerId } = offerOf(catalog, 'business-standard');
    expect(refusalsOf(sound({ quantity: 25 }), { ...toE3, targetOfferId: offerId, quantity: 350 })).toEqual([
      { name: 'quantity-out-of-range', offerId, min: 1, max: 300, requested: 350 },
      { name: 'partial-upgrade-not-supported', quantity: 25, requested: 350 },
    ]);
  });

  it.each([1, 9, 11])('for %i of 10 seats: the legacy platform moves all or nothing (N10)', (requested) => {
    expect(refusalsOf(sound(), { ...toE3, quantity: requested })).toEqual([
      { name: 'partial-upgrade-not-supported', quantity: 10, requested },
    ]);
  });

  it('for a part of the seats to an unlisted target by an application, with all three reasons (E31)', () => {
    const facts = { ...sound(), userContext: false };
    const request = { ...toE3, targetOfferId: offerOf(catalog, 'business-premium').offerId, quantity: 3 };
    expect(refusalsOf(facts, request).map((one) => one.name)).toEqual([
      'user-context-required',
      'target-not-listed',
      'partial-upgrade-not-supported',
    ]);
  });

  it('for a part of the seats of a target that is owned, with every reason', () => {
    const facts = { ...sound({ provisioning: 'pending' }), holdings: [holdingOf(catalog, 'o365-e3')] };
    expect(refusalsOf(facts, { ...toE3, quantity: 3 }).map((one) => one.name)).toEqual([
      'subscription-not-provisioned',
      'services-already-owned',
      'target-already-owned',
      'partial-upgrade-not-supported',
    ]);
  });

  it('never for naming all seats', () => {
    expect(refusalsOf(sound(), { ...toE3, quantity: 10 })).toEqual([]);
  });
});

describe('the users of the source', () => {
  const license = licenseOf(catalog, 'business-basic', 'source');

  it('move as many as there are seats, and the others wait as license issues', () => {
    const users = ['ada', 'berk', 'cem'].map((name) => userOf(name, license));
    const { moves } = decisionOf({ ...sound({ quantity: 2 }), users }).transfer;
    expect(moves.map(({ faults }) => faults)).toEqual([[], [], [{ name: 'no-free-license', seats: 2 }]]);
  });

  it('all keep their licenses in an upgrade without transfer (R12)', () => {
    const users = ['ada', 'berk'].map((name) => userOf(name, license));
    const { moves } = decisionOf({ ...sound(), users }, { ...toE3, upgradeType: 'upgrade_only' }).transfer;
    expect(moves.map(({ faults }) => faults.map((fault) => fault.name))).toEqual([
      ['license-not-transferred'],
      ['license-not-transferred'],
    ]);
  });
});

/** Any case that can be done: any source, price and seats, seats changed before, on any day of the next two years. */
const anyUpgrade = fc
  .record({
    source: fc.constantFrom('apps-business', 'business-basic', 'business-standard'),
    billingCycle: fc.constantFrom('monthly' as const, 'annual' as const),
    micros: fc.bigInt({ min: 1n, max: 90_000_000n }),
    quantity: fc.integer({ min: 1, max: 300 }),
    seatsOnPurchase: fc.integer({ min: 1, max: 300 }),
    daysLater: fc.nat(700),
    users: fc.array(fc.record({ located: fc.boolean(), other: fc.option(fc.constantFrom('o365-e1', 'exo-kiosk')) }), {
      maxLength: 12,
    }),
    upgradeType: fc.constantFrom<UpgradeType>(...UPGRADE_TYPES),
    target: fc.nat(10),
  })
  .map(({ source, billingCycle, micros, quantity, seatsOnPurchase, daysLater, users, upgradeType, target }) => {
    const unitPrice = { micros, currency: 'USD' };
    const license = licenseOf(catalog, source, 'source');
    const bought = soundFacts(catalog, source, {
      subscription: { billingCycle, unitPrice, quantity: seatsOnPurchase },
      users: users.map(({ located, other }, index) =>
        userOf(`user${index}`, license, {
          usageLocation: located ? 'TR' : null,
          otherLicenses: other ? [licenseOf(catalog, other)] : [],
        }),
      ),
    });
    const changed = linesForSeatChange(bought.subscription, bought.billed, quantity, day('2018-01-20'));
    const added = changed.flatMap(({ reverses, ...line }, index) =>
      reverses === null ? [{ ...line, chargeId: `change ${index}` }] : [],
    );
    const facts: UpgradeFacts = {
      ...bought,
      billed: changed.length > 0 ? added : bought.billed,
      subscription: { ...bought.subscription, quantity },
    };
    const targets = listedTargets(facts);
    const request = { targetOfferId: targets[target % targets.length]?.offerId ?? '', upgradeType };
    return { facts, request, on: day('2018-01-20').add({ days: daysLater }) };
  });

describe('whatever the upgrade', () => {
  const sum = (lines: readonly BillingLine[]) => lines.reduce((total, { amount }) => total + amount.minor, 0n);

  it('its lines add up to its totals, and what is due stays outside', () => {
    fc.assert(
      fc.property(anyUpgrade, ({ facts, request, on }) => {
        const { credits, charges, totals } = decisionOf(facts, request, on);
        expect(totals.credit.minor).toBe(sum(credits));
        expect(totals.charge.minor).toBe(sum(charges));
        expect(totals.net.minor).toBe(totals.credit.minor + totals.charge.minor);
        expect(new Set([totals.credit, totals.charge, totals.net].map((money) => money.currency))).toEqual(
          new Set(['USD']),
        );
      }),
    );
  });

  it('never gives back more than was billed, what is due included', () => {
    fc.assert(
      fc.property(anyUpgrade, ({ facts, request, on }) => {
        const { dueLines, credits } = decisionOf(facts, request, on);
        const billed = facts.billed.reduce((total, { amount }) => total + amount.minor, 0n);
        expect(-sum(credits)).toBeLessThanOrEqual(billed + sum(dueLines));
        expect(sum(credits)).toBeLessThanOrEqual(0n);
      }),
    );
  });

  it('every seat moves: all of the source, billed for the target from that day', () => {
    fc.assert(
      fc.property(anyUpgrade, ({ facts, request, on }) => {
        const { quantity, charges } = decisionOf(facts, request, on);
        expect(quantity).toBe(facts.subscription.quantity);
        expect(charges.map((line) => [line.quantity, line.period.start.toString()])).toEqual([
          [quantity, on.toString()],
        ]);
      }),
    );
  });

  it('every user is accounted for once, and no more move than there are seats', () => {
    fc.assert(
      fc.property(anyUpgrade, ({ facts, request, on }) => {
        const { moves } = decisionOf(facts, request, on).transfer;
        expect(moves.map(({ user }) => user.userId)).toEqual(facts.users.map((user) => user.userId));
        const moving = moves.filter(({ faults }) => faults.length === 0).length;
        expect(moving).toBeLessThanOrEqual(facts.subscription.quantity);
        if (request.upgradeType === 'upgrade_only') expect(moving).toBe(0);
      }),
    );
  });

  it('asking for all seats by number is the same as not naming any', () => {
    fc.assert(
      fc.property(anyUpgrade, ({ facts, request, on }) => {
        const named = { ...request, quantity: facts.subscription.quantity };
        expect(decideUpgrade(facts, named, on)).toEqual(decideUpgrade(facts, request, on));
      }),
    );
  });
});
