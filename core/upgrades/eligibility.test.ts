import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { Catalog } from '../catalog/offer.ts';
import type { PathSwitch } from '../catalog/upgrade-path.ts';
import {
  type DelegatedPrivileges,
  DIRECTORY_ROLES,
  UPGRADE_TYPES,
  type UpgradeType,
} from '../customers/relationship.ts';
import type { Subscription, TenantHolding } from '../subscriptions/subscription.ts';
import { parseUnitPrice } from '../values/money.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import type { UpgradeFacts } from './upgrade-facts.ts';
import { assessAll, assessEligibility, findRefusals, listedTargets } from './eligibility.ts';
import type { SubscriptionFacts } from './upgrade-facts.ts';
import type { RefusalName } from './refusal.ts';
import { DAP, GDAP, holdingOf, NOW, offerOf, soundFacts } from './upgrade-facts.fixture.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const TRANSFER = 'upgrade_with_license_transfer';
const SOURCES = ['apps-business', 'business-basic', 'business-standard'];
const STATUSES = ['pending', 'suspended', 'expired', 'disabled', 'deleted'] as const;

const sound = (source: string, subscription: Partial<Subscription> = {}) =>
  soundFacts(catalog, source, { subscription });
const refusalsOf = (facts: SubscriptionFacts, target: string, upgradeType: UpgradeType = TRANSFER) =>
  findRefusals(facts, offerOf(facts.catalog, target), upgradeType);
const namesOf = (facts: SubscriptionFacts, target: string, upgradeType: UpgradeType = TRANSFER) =>
  refusalsOf(facts, target, upgradeType).map((refusal) => refusal.name);
const targetsOf = (facts: SubscriptionFacts) => listedTargets(facts).map((offer) => offer.key);

describe('an upgrade in which nothing stands in the way', () => {
  it.each(SOURCES)(
    'is eligible from %s to every target of the table, with and without license transfer (R12)',
    (source) => {
      const { upgradable, targets, refusals } = assessEligibility(sound(source));
      expect(upgradable).toBe(true);
      expect(refusals).toEqual([]);
      expect(targets.length).toBeGreaterThan(0);
      for (const { types } of targets)
        expect(types).toEqual(UPGRADE_TYPES.map((upgradeType) => ({ upgradeType, refusals: [] })));
    },
  );
});

describe('condition 1: the subscription is active', () => {
  it.each(STATUSES)('one that is %s is refused (S11, E2)', (status) => {
    const facts = sound('business-basic', { status });
    const ended = status === 'deleted' ? { endedReason: 'cancelled', successorId: null } : {};
    const refusal = { name: 'subscription-not-active', status, endedReason: null, successorId: null, ...ended };
    expect(refusalsOf(facts, 'o365-e3')).toEqual([refusal]);
  });

  it('one that was upgraded says so, and what it became', () => {
    const upgraded = { status: 'deleted', endedReason: 'upgraded', successorId: 'successor' } as const;
    expect(refusalsOf(sound('business-basic', upgraded), 'o365-e3')).toEqual([
      { name: 'subscription-not-active', ...upgraded },
    ]);
  });

  it.each(['pending', 'failed'] as const)('provisioning that is %s is a refusal of its own (E9)', (provisioning) => {
    expect(refusalsOf(sound('business-basic', { provisioning }), 'o365-e3')).toEqual([
      { name: 'subscription-not-provisioned', provisioning },
    ]);
  });

  it('a suspended subscription that is not provisioned has both reasons', () => {
    const facts = sound('business-basic', { status: 'suspended', provisioning: 'failed' });
    expect(namesOf(facts, 'o365-e3')).toEqual(['subscription-not-active', 'subscription-not-provisioned']);
  });
});

describe('condition 2: delegated admin privileges for this customer and service', () => {
  const basic = sound('business-basic');
  const families = ['exchange', 'sharePoint', 'teams'];

  it('without any, both ways of upgrading are refused (E1)', () => {
    for (const upgradeType of UPGRADE_TYPES) {
      expect(refusalsOf({ ...basic, privileges: [] }, 'o365-e3', upgradeType)).toEqual([
        { name: 'delegated-privileges-missing' },
      ]);
    }
  });

  it('a reader of the directory may upgrade, but may not transfer licenses (E11)', () => {
    const facts = { ...basic, privileges: [{ ...GDAP, roles: ['directoryReader' as const] }] };
    expect(refusalsOf(facts, 'o365-e3', 'upgrade_only')).toEqual([]);
    expect(refusalsOf(facts, 'o365-e3')).toEqual([
      { name: 'granular-role-missing', role: 'directoryWriter', families },
    ]);
  });

  it('the role to ask for is the least that is enough', () => {
    const facts = { ...basic, privileges: [{ ...GDAP, roles: ['licenseAdministrator' as const] }] };
    expect(refusalsOf(facts, 'o365-e3', 'upgrade_only')).toEqual([
      { name: 'granular-role-missing', role: 'directoryReader', families },
    ]);
  });

  it('a granular relationship that lapsed says when it ended', () => {
    const endsAt = Temporal.Instant.from('2018-01-15T00:00:00Z');
    expect(refusalsOf({ ...basic, privileges: [{ ...GDAP, endsAt }] }, 'o365-e3')).toEqual([
      { name: 'granular-privileges-lapsed', role: 'directoryWriter', families, endedAt: endsAt },
    ]);
  });

  it('a relationship without Teams does not do for a source with Teams, and does for one without', () => {
    const privileges = [{ ...DAP, families: ['exchange', 'sharePoint', 'desktopApps'] }];
    expect(refusalsOf({ ...basic, privileges }, 'o365-e3')).toEqual([
      { name: 'delegated-privileges-not-covering', families: ['teams'] },
    ]);
    expect(refusalsOf({ ...sound('apps-business'), privileges }, 'o365-e3')).toEqual([]);
  });

  it('the granular relationship wins over the old one (R14)', () => {
    const privileges = [DAP, { ...GDAP, families: ['teams'], roles: ['globalReader' as const] }];
    expect(refusalsOf({ ...basic, privileges }, 'o365-e3')).toEqual([
      { name: 'granular-role-missing', role: 'directoryWriter', families: ['teams'] },
    ]);
  });

  it('every kind of gap is given at once', () => {
    const privileges: DelegatedPrivileges[] = [
      { ...GDAP, families: ['exchange'], roles: ['globalReader'] },
      { ...GDAP, families: ['teams'], endsAt: NOW },
    ];
    expect(namesOf({ ...basic, privileges }, 'o365-e3')).toEqual([
      'delegated-privileges-not-covering',
      'granular-role-missing',
      'granular-privileges-lapsed',
    ]);
  });
});

describe('condition 3: the customer does not already have the added services', () => {
  it('the desktop apps that Business Standard adds refuse it where Apps for enterprise gives them (E3)', () => {
    const holding = holdingOf(catalog, 'apps-enterprise');
    expect(refusalsOf({ ...sound('business-basic'), holdings: [holding] }, 'business-standard')).toEqual([
      { name: 'services-already-owned', overlaps: [{ family: 'desktopApps', holding }] },
    ]);
  });

  it('a higher tier of a service is no addition (decision 12)', () => {
    const holdings = [holdingOf(catalog, 'exo-p2'), holdingOf(catalog, 'project-p3')];
    expect(refusalsOf({ ...sound('business-basic'), holdings }, 'o365-e3')).toEqual([]);
    expect(
      refusalsOf({ ...sound('apps-business'), holdings: [holdingOf(catalog, 'apps-enterprise')] }, 'o365-e3'),
    ).toEqual([]);
  });

  it('companions such as Office for the web or Exchange Foundation never conflict (S18)', () => {
    const holdings = ['visio-p2', 'entra-p1', 'saha-formlari'].map((key) => holdingOf(catalog, key));
    expect(refusalsOf({ ...sound('apps-business'), holdings }, 'o365-e3')).toEqual([]);
  });

  it('names each shared service of each subscription', () => {
    const [mail, power, suite] = ['exo-kiosk', 'power-bi-pro', 'o365-e1'].map((key) => holdingOf(catalog, key));
    const facts = { ...sound('apps-business'), holdings: [mail!, power!, suite!] };
    expect(refusalsOf(facts, 'o365-e5')).toEqual([
      {
        name: 'services-already-owned',
        overlaps: [
          { family: 'exchange', holding: mail },
          { family: 'powerBi', holding: power },
          { family: 'exchange', holding: suite },
          { family: 'teams', holding: suite },
        ],
      },
    ]);
  });

  it.each(['csp', 'direct', 'open', 'ea', 'retail'] as const)(
    'a subscription of the channel %s counts (S16)',
    (channel) => {
      const holding = holdingOf(catalog, 'ems-e3', { channel });
      expect(refusalsOf({ ...sound('business-standard'), holdings: [holding] }, 'o365-e3')).toEqual([
        { name: 'services-already-owned', overlaps: [{ family: 'informationProtection', holding }] },
      ]);
    },
  );

  it.each(['pending', 'active', 'suspended', 'expired', 'disabled'] as const)(
    'a subscription that is %s counts, whosever it is',
    (status) => {
      for (const whose of [{}, { ours: true, subscriptionId: 'other' }]) {
        const facts = { ...sound('business-standard'), holdings: [holdingOf(catalog, 'ems-e3', { status, ...whose })] };
        expect(namesOf(facts, 'o365-e3')).toEqual(['services-already-owned']);
      }
    },
  );
});

describe('condition 4: the customer does not already have the target', () => {
  it('a target that adds nothing is reported as owned alone (E4)', () => {
    const holding = holdingOf(catalog, 'o365-e1');
    expect(refusalsOf({ ...sound('business-basic'), holdings: [holding] }, 'o365-e1')).toEqual([
      { name: 'target-already-owned', holdings: [holding] },
    ]);
  });

  it('an owned target that adds services is reported under conditions 3 and 4 (decision 6)', () => {
    const holding = holdingOf(catalog, 'o365-e3', { channel: 'direct' });
    expect(refusalsOf({ ...sound('business-standard'), holdings: [holding] }, 'o365-e3')).toEqual([
      {
        name: 'services-already-owned',
        overlaps: [
          { family: 'informationProtection', holding },
          { family: 'defenderOffice365', holding },
        ],
      },
      { name: 'target-already-owned', holdings: [holding] },
    ]);
  });

  it('all subscriptions of the target are named, through whatever channel', () => {
    const holdings = (['csp', 'ea', 'retail'] as const).map((channel) => holdingOf(catalog, 'o365-e1', { channel }));
    expect(refusalsOf({ ...sound('business-basic'), holdings }, 'o365-e1')).toEqual([
      { name: 'target-already-owned', holdings },
    ]);
  });

  it('the same product bought on the other platform counts', () => {
    const e1 = offerOf(catalog, 'o365-e1');
    const twin = { ...e1, offerId: 'cfq7ttc0lf8q:0001', key: 'o365-e1-nce', platform: 'newCommerce' as const };
    const both: Catalog = { ...catalog, offers: new Map([...catalog.offers, [twin.offerId, twin]]) };
    const facts = { ...soundFacts(both, 'business-basic'), holdings: [holdingOf(both, 'o365-e1-nce')] };
    expect(namesOf(facts, 'o365-e1')).toEqual(['target-already-owned']);
  });

  it('the source itself is no other subscription, and a second one of the source adds nothing', () => {
    const holdings = [
      holdingOf(catalog, 'business-basic', { ours: true, subscriptionId: 'source' }),
      holdingOf(catalog, 'business-basic', { ours: true, subscriptionId: 'second' }),
    ];
    for (const target of targetsOf(sound('business-basic'))) {
      expect(namesOf({ ...sound('business-basic'), holdings }, target)).toEqual([]);
    }
  });
});

describe('what else stands in the way', () => {
  it('an application without a signed-in user may upgrade, but may not touch licenses (E5)', () => {
    const facts = { ...sound('business-basic'), userContext: false };
    expect(refusalsOf(facts, 'o365-e3', 'upgrade_only')).toEqual([]);
    expect(refusalsOf(facts, 'o365-e3')).toEqual([{ name: 'user-context-required' }]);
  });

  it('add-ons of the source are named (E6)', () => {
    const addOns = [{ subscriptionId: 'archive', offerId: offerOf(catalog, 'exchange-archiving').offerId }];
    expect(refusalsOf({ ...sound('business-basic'), addOns }, 'o365-e3')).toEqual([
      { name: 'add-ons-present', addOns },
    ]);
  });

  it('a target without a price of the day cannot be had (E20)', () => {
    const { offerId } = offerOf(catalog, 'o365-e3');
    expect(refusalsOf({ ...sound('business-basic'), prices: new Map() }, 'o365-e3')).toEqual([
      { name: 'target-not-priced', offerId },
    ]);
  });

  it('a target priced for months alone is not for an annual subscription (E10)', () => {
    const { offerId } = offerOf(catalog, 'o365-e5');
    const facts = {
      ...sound('business-basic', { billingCycle: 'annual' }),
      prices: new Map([[offerId, { monthly: parseUnitPrice('38.00', 'USD') }]]),
    };
    expect(refusalsOf(facts, 'o365-e5')).toEqual([
      { name: 'billing-cycle-not-supported', offerId, billingCycle: 'annual' },
    ]);
  });

  it('a target that is never billed annually and has no price either has both reasons', () => {
    const e5 = { ...offerOf(catalog, 'o365-e5'), billingCycles: ['monthly' as const] };
    const facts = { ...sound('business-basic', { billingCycle: 'annual' }), prices: new Map() };
    expect(findRefusals(facts, e5, TRANSFER).map((one) => one.name)).toEqual([
      'target-not-priced',
      'billing-cycle-not-supported',
    ]);
  });

  it('more seats than the target allows are refused, and are fine for an enterprise plan (E15)', () => {
    const facts = sound('business-basic', { quantity: 301 });
    const { offerId } = offerOf(catalog, 'business-standard');
    expect(refusalsOf(facts, 'business-standard')).toEqual([
      { name: 'quantity-out-of-range', offerId, min: 1, max: 300, requested: 301 },
    ]);
    expect(refusalsOf(facts, 'o365-e3')).toEqual([]);
  });

  it('everything at once is all given, in one order (E31)', () => {
    const facts: SubscriptionFacts = {
      ...sound('business-basic', { status: 'suspended', provisioning: 'failed', quantity: 301 }),
      addOns: [{ subscriptionId: 'archive', offerId: offerOf(catalog, 'exchange-archiving').offerId }],
      privileges: [],
      holdings: [holdingOf(catalog, 'business-standard')],
      prices: new Map(),
      userContext: false,
    };
    expect(namesOf(facts, 'business-standard')).toEqual([
      'subscription-not-active',
      'subscription-not-provisioned',
      'add-ons-present',
      'delegated-privileges-missing',
      'user-context-required',
      'services-already-owned',
      'target-already-owned',
      'target-not-priced',
      'quantity-out-of-range',
    ] satisfies RefusalName[]);
  });
});

describe('the targets that are listed', () => {
  const standardToPremium = 'business-standard--business-premium';
  const switched = (pathId: string, bent: Partial<PathSwitch>) => {
    const one = { pathId, enabled: true, markets: null, validFrom: null, validUntil: null, ...bent };
    return { pathSwitches: new Map([[pathId, one]]) };
  };

  const plain = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));

  it('are those of the table, in its order (S7)', () => {
    expect(targetsOf(sound('business-basic'))).toEqual(['business-standard', 'o365-e1', 'o365-e3', 'o365-e5']);
    expect(targetsOf(sound('business-standard'))).toEqual(['o365-e3', 'o365-e5']);
    expect(targetsOf(sound('apps-business'))).toEqual(['business-premium', 'apps-enterprise', 'o365-e3', 'o365-e5']);
  });

  it('are none for a product at the top, which is told so with whatever else holds (E7)', () => {
    const facts = { ...sound('o365-e5', { status: 'suspended' }), privileges: [] };
    expect(assessEligibility(facts)).toEqual({
      upgradable: false,
      targets: [],
      refusals: [
        { name: 'subscription-not-active', status: 'suspended', endedReason: null, successorId: null },
        { name: 'delegated-privileges-missing' },
        { name: 'no-upgrade-path', offerId: offerOf(catalog, 'o365-e5').offerId },
      ],
    });
  });

  it('keep their place with their reasons when they are refused (E32)', () => {
    const holdings = [holdingOf(catalog, 'business-standard'), holdingOf(catalog, 'o365-e1')];
    const { upgradable, targets } = assessEligibility({ ...sound('business-basic'), holdings });
    expect(upgradable).toBe(false);
    expect(targets.map(({ target, types }) => [target.key, types[0]?.refusals.map((one) => one.name)])).toEqual([
      ['business-standard', ['services-already-owned', 'target-already-owned']],
      ['o365-e1', ['target-already-owned']],
      ['o365-e3', ['services-already-owned']],
      ['o365-e5', ['services-already-owned']],
    ]);
  });

  it('make a subscription upgradable as soon as one of them can be had in one way (E32)', () => {
    const facts = { ...sound('business-basic'), privileges: [{ ...GDAP, roles: ['globalReader' as const] }] };
    expect(assessEligibility(facts).upgradable).toBe(true);
  });

  it.each([
    ['IN', 'IN', ['business-standard-india']],
    ['TR', 'IN', []],
    ['IN', 'TR', []],
    ['TR', 'TR', []],
  ])(
    'of an India offer, for a partner in %s and a customer in %s, are %j (S9, S9c)',
    (partnerMarket, customerMarket, keys) => {
      const facts = { ...sound('business-basic-india'), partnerMarket, customerMarket };
      expect(targetsOf(facts)).toEqual(keys);
    },
  );

  it('of new commerce are those that are sold in the customer’s country, wherever the partner is (N55)', () => {
    const facts = { ...sound('nce-business-basic'), customerMarket: 'TR' };
    const subscription = { ...facts.subscription, platform: 'newCommerce' as const };
    const target = [...facts.catalog.offers.values()].find(({ key }) => key === 'nce-business-standard');
    const soldIn = (markets: readonly string[]) => {
      const offers = new Map(facts.catalog.offers);
      if (target) offers.set(target.offerId, { ...target, markets });
      const asked = { ...facts, subscription, catalog: { ...facts.catalog, offers }, partnerMarket: 'IN' };
      return targetsOf(asked).includes('nce-business-standard');
    };
    expect([soldIn(['TR']), soldIn(['IN'])]).toEqual([true, false]);
  });

  it('of an India offer never hold Business Standard, even when somebody switches it on (S9)', () => {
    const pathId = 'business-basic-india--business-standard';
    const facts = { ...sound('business-basic-india'), partnerMarket: 'IN', customerMarket: 'IN' };
    expect(targetsOf({ ...facts, ...switched(pathId, {}) })).toEqual(['business-standard-india']);
  });

  it('of an India offer gain an enterprise plan once it is switched on, and only in India (S9a)', () => {
    const on = switched('business-basic-india--o365-e3', {});
    const facts = { ...sound('business-basic-india'), partnerMarket: 'IN', customerMarket: 'IN', ...on };
    expect(targetsOf(facts)).toEqual(['business-standard-india', 'o365-e3']);
    expect(targetsOf({ ...facts, customerMarket: 'TR' })).toEqual([]);
  });

  it('lose a path that the partner switched off', () => {
    const off = switched('business-standard--o365-e3', { enabled: false });
    expect(targetsOf({ ...sound('business-standard'), ...off })).toEqual(['o365-e5']);
  });

  it.each([
    ['2018-02-01', null, true],
    ['2018-02-02', null, false],
    [null, '2018-02-01', true],
    [null, '2018-01-31', false],
    ['2018-02-01', '2018-02-01', true],
    [null, null, true],
  ])('hold an open path switched on from %s until %s on February 1: %s', (from, until, listed) => {
    const on = switched(standardToPremium, { validFrom: plain(from), validUntil: plain(until) });
    expect(targetsOf({ ...sound('business-standard'), ...on }).includes('business-premium')).toBe(listed);
  });

  it.each([
    [['TR'], true],
    [['DE', 'TR'], true],
    [['DE'], false],
  ])('hold an open path switched on for the markets %j for a customer in Türkiye: %s', (markets, listed) => {
    const facts = { ...sound('business-standard'), ...switched(standardToPremium, { markets }) };
    expect(targetsOf(facts).includes('business-premium')).toBe(listed);
  });

  it.each([
    ['in the markets named', ['DE', 'TR'], null, null, false],
    ['not in another market', ['DE'], null, null, true],
    ['on the days named', null, '2018-02-01', '2018-02-01', false],
    ['not before them', null, '2018-02-02', null, true],
    ['not after them', null, null, '2018-01-31', true],
    ['not in the market named on other days', ['TR'], '2018-02-02', null, true],
  ])('lose a path of the table that was switched off %s', (_where, markets, from, until, listed) => {
    const [validFrom, validUntil] = [plain(from), plain(until)];
    const off = switched('business-standard--o365-e3', { enabled: false, markets, validFrom, validUntil });
    expect(targetsOf({ ...sound('business-standard'), ...off }).includes('o365-e3')).toBe(listed);
  });

  it('do not gain a path that the catalog has off, whatever the market in which it was switched off', () => {
    const off = switched(standardToPremium, { enabled: false, markets: ['DE'] });
    expect(targetsOf({ ...sound('business-standard'), ...off })).not.toContain('business-premium');
  });

  it('follow the UTC day of the question', () => {
    const on = switched(standardToPremium, { validFrom: Temporal.PlainDate.from('2018-02-02') });
    const at = (now: string) => targetsOf({ ...sound('business-standard'), ...on, now: Temporal.Instant.from(now) });
    expect(at('2018-02-01T23:59:59Z')).not.toContain('business-premium');
    expect(at('2018-02-02T00:00:00Z')).toContain('business-premium');
  });
});

const holding: fc.Arbitrary<TenantHolding> = fc.record({
  subscriptionId: fc.constantFrom(null, 'source', 'second'),
  offerId: fc.constantFrom(...catalog.offers.keys()),
  channel: fc.constantFrom('csp', 'direct', 'open', 'ea', 'retail'),
  ours: fc.boolean(),
  status: fc.constantFrom('pending', 'active', 'suspended', 'expired', 'disabled'),
  endsOn: fc.constantFrom(null, Temporal.PlainDate.from('2027-01-15')),
});
const privilege: fc.Arbitrary<DelegatedPrivileges> = fc.record({
  kind: fc.constantFrom('dap', 'gdap'),
  roles: fc.subarray([...DIRECTORY_ROLES]),
  families: fc.option(fc.subarray(['exchange', 'sharePoint', 'teams', 'desktopApps'])),
  startsAt: fc.constantFrom(NOW.subtract({ hours: 1 }), NOW.add({ hours: 1 })),
  endsAt: fc.option(fc.constantFrom(NOW.subtract({ minutes: 1 }), NOW.add({ hours: 2 }))),
});
const privileges = fc.oneof(fc.constant([DAP]), fc.constant([GDAP]), fc.array(privilege, { maxLength: 4 }));
/** Any case, mostly with little in the way. */
const anyFacts: fc.Arbitrary<UpgradeFacts> = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    status: fc.oneof({ weight: 4, arbitrary: fc.constant('active' as const) }, fc.constantFrom(...STATUSES)),
    provisioning: fc.constantFrom('success' as const, 'success' as const, 'pending' as const),
    quantity: fc.constantFrom(1, 10, 300, 301),
    billingCycle: fc.constantFrom('monthly' as const, 'annual' as const),
    privileges,
    holdings: fc.array(holding, { maxLength: 3 }),
    addOns: fc.constantFrom([], [], [{ subscriptionId: 'archive', offerId: 'add-on' }]),
    userContext: fc.boolean(),
    priced: fc.constantFrom('all', 'all', 'monthly', 'none'),
  })
  .map(({ source, status, provisioning, quantity, billingCycle, priced, ...bent }) => {
    const facts = sound(source, { status, provisioning, quantity, billingCycle });
    const monthly = new Map([...facts.prices].map(([id, { monthly: price }]) => [id, { monthly: price! }]));
    const prices = { all: facts.prices, monthly, none: new Map() }[priced] ?? facts.prices;
    return { ...facts, ...bent, prices };
  });
/** Any case, one of its targets and one way. */
const anyQuestion = anyFacts.chain((facts) =>
  fc.record({
    facts: fc.constant(facts),
    target: fc.constantFrom(...listedTargets(facts)),
    upgradeType: fc.constantFrom(...UPGRADE_TYPES),
  }),
);

describe('whatever the case', () => {
  it('an upgrade is eligible exactly when it has no refusals, and then it can be done', () => {
    fc.assert(
      fc.property(anyQuestion, ({ facts, target, upgradeType }) => {
        const refusals = findRefusals(facts, target, upgradeType);
        const day = Temporal.PlainDate.from('2018-02-01');
        const decided = decideUpgrade(facts, { targetOfferId: target.offerId, upgradeType }, day);
        expect(decided.ok).toBe(refusals.length === 0);
        if (!decided.ok) expect(decided.refused).toEqual(refusals);
      }),
    );
  });

  it('a subscription is upgradable exactly when one target in one way has no refusals', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { upgradable, targets } = assessEligibility(facts);
        const free = targets.flatMap(({ types }) => types).filter(({ refusals }) => refusals.length === 0);
        expect(upgradable).toBe(free.length > 0);
      }),
    );
  });

  it('many subscriptions of one customer get the answers that each would get alone, equal ones the same (E31)', () => {
    const many = fc.tuple(anyFacts, fc.array(anyFacts, { maxLength: 4 }));
    fc.assert(
      fc.property(many, ([facts, others]) => {
        const held = [facts, ...others, facts].map(({ subscription, addOns, sold }) => ({
          subscription,
          addOns,
          sold,
        }));
        const answers = assessAll(facts, held).map(({ eligibility }) => eligibility);
        expect(answers).toEqual(held.map((one) => assessEligibility({ ...facts, ...one })));
        expect(answers.at(-1)).toBe(answers[0]);
      }),
    );
  });

  it('the overview of all targets says the same as the question about one', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { targets } = assessEligibility(facts);
        expect(targets.map(({ target }) => target)).toEqual(listedTargets(facts));
        for (const { target, types } of targets) {
          expect(types.map(({ upgradeType }) => upgradeType)).toEqual(UPGRADE_TYPES);
          for (const { upgradeType, refusals } of types) {
            expect(refusals).toEqual(findRefusals(facts, target, upgradeType));
          }
        }
      }),
    );
  });

  it('each reason is given once', () => {
    fc.assert(
      fc.property(anyQuestion, ({ facts, target, upgradeType }) => {
        const names = findRefusals(facts, target, upgradeType).map((refusal) => refusal.name);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('no reason hides another: together they are those that each fact gives alone (E31)', () => {
    fc.assert(
      fc.property(anyQuestion, ({ facts, target, upgradeType }) => {
        const plain = soundFacts(catalog, offerKeyOf(facts), {
          subscription: { billingCycle: facts.subscription.billingCycle },
        });
        const { status, provisioning, quantity } = facts.subscription;
        const alone: SubscriptionFacts[] = [
          { ...plain, privileges: facts.privileges },
          { ...plain, holdings: facts.holdings },
          { ...plain, addOns: facts.addOns },
          { ...plain, userContext: facts.userContext },
          { ...plain, prices: facts.prices },
          { ...plain, subscription: { ...plain.subscription, status } as Subscription },
          { ...plain, subscription: { ...plain.subscription, provisioning } },
          { ...plain, subscription: { ...plain.subscription, quantity } },
        ];
        const each = alone.flatMap((one) => findRefusals(one, target, upgradeType));
        const together = findRefusals(facts, target, upgradeType);
        expect(together).toHaveLength(each.length);
        expect(together).toEqual(expect.arrayContaining(each));
      }),
    );
  });

  it('one more subscription of the tenant never removes a refusal or its evidence', () => {
    fc.assert(
      fc.property(anyQuestion, holding, ({ facts, target, upgradeType }, more) => {
        const after = findRefusals({ ...facts, holdings: [...facts.holdings, more] }, target, upgradeType);
        for (const refusal of findRefusals(facts, target, upgradeType)) {
          const still = after.find((one) => one.name === refusal.name);
          if (refusal.name === 'services-already-owned' && still?.name === refusal.name) {
            expect(still.overlaps).toEqual(expect.arrayContaining([...refusal.overlaps]));
          } else if (refusal.name === 'target-already-owned' && still?.name === refusal.name) {
            expect(still.holdings).toEqual(expect.arrayContaining([...refusal.holdings]));
          } else {
            expect(still).toEqual(refusal);
          }
        }
      }),
    );
  });

  it('revoking privileges never makes anything eligible, except a granular grant that hid the old kind (R14)', () => {
    fc.assert(
      fc.property(anyQuestion, fc.nat(3), ({ facts, target, upgradeType }, index) => {
        const revoked = facts.privileges[index];
        const rest = facts.privileges.filter((one) => one !== revoked);
        fc.pre(revoked?.kind === 'dap' || rest.every((one) => one.kind === 'gdap'));
        const [before, after] = [facts, { ...facts, privileges: rest }].map(
          (one) => findRefusals(one, target, upgradeType).length === 0,
        );
        expect(after && !before).toBe(false);
      }),
    );
    const hiding = [DAP, { ...GDAP, roles: [] }];
    expect(namesOf({ ...sound('business-basic'), privileges: hiding }, 'o365-e3')).toEqual(['granular-role-missing']);
    expect(namesOf({ ...sound('business-basic'), privileges: [DAP] }, 'o365-e3')).toEqual([]);
  });

  it('without any privileges nothing is eligible', () => {
    fc.assert(
      fc.property(anyQuestion, ({ facts, target, upgradeType }) => {
        expect(findRefusals({ ...facts, privileges: [] }, target, upgradeType)).toContainEqual({
          name: 'delegated-privileges-missing',
        });
      }),
    );
  });
});

function offerKeyOf({ subscription }: SubscriptionFacts): string {
  return catalog.offers.get(subscription.offerId)?.key ?? '';
}
