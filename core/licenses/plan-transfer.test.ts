import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { Offer } from '../catalog/offer.ts';
import { findExclusions } from '../catalog/service-plan.ts';
import { UPGRADE_TYPES, type UpgradeType } from '../customers/relationship.ts';
import { licenseOf, offerOf, userOf } from '../upgrades/upgrade-facts.fixture.ts';
import type { LicensedUser } from './license.ts';
import { planTransfer, plansThatStayOff } from './plan-transfer.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const TRANSFER = 'upgrade_with_license_transfer';
const [apps, basic, standard] = ['apps-business', 'business-basic', 'business-standard'].map((key) =>
  offerOf(catalog, key),
) as [Offer, Offer, Offer];
const [e1, e3, appsEnterprise] = ['o365-e1', 'o365-e3', 'apps-enterprise'].map((key) => offerOf(catalog, key)) as [
  Offer,
  Offer,
  Offer,
];

const license = licenseOf(catalog, 'business-basic', 'source');
const ada = userOf('ada', license);
const other = (key: string, switchedOff: string[] = []) => licenseOf(catalog, key, `other ${key}`, switchedOff);
const userWith = (bent: Partial<LicensedUser>) => userOf('ada', license, bent);

function faultsOf(user: LicensedUser, target = e3, upgradeType: UpgradeType = TRANSFER) {
  return planTransfer(catalog, [user], target, upgradeType, 10).moves[0]?.faults;
}

describe('a license is exchanged for one of the target', () => {
  it('where nothing stands in the way', () => {
    expect(faultsOf(ada)).toEqual([]);
  });

  it('in one step, so that SharePoint of the old one does not exclude SharePoint of the new one (W13)', () => {
    const [old, added] = [basic, e3].map((offer) => offer.servicePlans.map((plan) => plan.planName)) as [
      string[],
      string[],
    ];
    expect(findExclusions(catalog.exclusions, old, added)).toEqual([
      { held: 'SHAREPOINTSTANDARD', added: 'SHAREPOINTENTERPRISE' },
    ]);
    expect(faultsOf(ada)).toEqual([]);
  });
});

describe('a license cannot be exchanged (W12)', () => {
  it('while no usage location is set', () => {
    expect(faultsOf(userWith({ usageLocation: null }))).toEqual([{ name: 'usage-location-missing' }]);
  });

  it('for a user in a country where the target is not allowed', () => {
    const fault = { name: 'usage-location-not-allowed', usageLocation: 'KZ' };
    expect(faultsOf(userWith({ usageLocation: 'KZ' }))).toEqual([fault]);
    expect(faultsOf(userWith({ usageLocation: 'KZ' }), e1)).toEqual([]);
  });

  it('while another license holds a plan that excludes one of the target', () => {
    expect(faultsOf(userWith({ otherLicenses: [other('exo-kiosk')] }))).toEqual([
      {
        name: 'plans-exclude-each-other',
        heldPlan: 'EXCHANGE_S_DESKLESS',
        addedPlan: 'EXCHANGE_S_ENTERPRISE',
        subscriptionId: 'other exo-kiosk',
        offerId: offerOf(catalog, 'exo-kiosk').offerId,
      },
    ]);
  });

  it('once for each license that stands against it', () => {
    const faults = faultsOf(userWith({ otherLicenses: [other('exo-kiosk'), other('visio-p1'), other('o365-e1')] }));
    expect(faults).toMatchObject([
      { name: 'plans-exclude-each-other', subscriptionId: 'other exo-kiosk' },
      { name: 'plans-exclude-each-other', subscriptionId: 'other o365-e1', heldPlan: 'SHAREPOINTSTANDARD' },
    ]);
  });

  it('once for each kind of service in which the other license stands against it', () => {
    const faults = faultsOf(userWith({ otherLicenses: [other('o365-f3')] }));
    expect(faults?.map((fault) => 'heldPlan' in fault && [fault.heldPlan, fault.addedPlan])).toEqual([
      ['EXCHANGE_S_DESKLESS', 'EXCHANGE_S_ENTERPRISE'],
      ['SHAREPOINTDESKLESS', 'SHAREPOINTENTERPRISE'],
      ['MCOIMP', 'MCOSTANDARD'],
    ]);
  });

  it('but Exchange Plan 1 and Plan 2 go together', () => {
    expect(faultsOf(userWith({ otherLicenses: [other('exo-p1')] }))).toEqual([]);
  });

  it('but a plan that is switched off excludes nothing, on either side', () => {
    expect(faultsOf(userWith({ otherLicenses: [other('exo-kiosk', ['EXCHANGE_S_DESKLESS'])] }))).toEqual([]);
    const withoutMail = licenseOf(catalog, 'business-basic', 'source', ['EXCHANGE_S_STANDARD']);
    expect(faultsOf(userWith({ license: withoutMail, otherLicenses: [other('exo-kiosk')] }))).toEqual([]);
  });

  it('while another product needs a service that only the old license gives', () => {
    expect(faultsOf(userWith({ otherLicenses: [other('saha-formlari')] }))).toEqual([
      {
        name: 'dependent-product',
        plan: 'SAHA_FORMLARI',
        dependsOn: 'OFFICEMOBILE_SUBSCRIPTION',
        subscriptionId: 'other saha-formlari',
        offerId: offerOf(catalog, 'saha-formlari').offerId,
      },
    ]);
  });

  it.each([
    ['the target gives it too', e1, [other('saha-formlari')], license],
    ['a third license gives it', e3, [other('saha-formlari'), other('o365-e1', ['SHAREPOINTSTANDARD'])], license],
    ['the dependent plan is switched off', e3, [other('saha-formlari', ['SAHA_FORMLARI'])], license],
    [
      'it was off before, so that nothing changes',
      e3,
      [other('saha-formlari')],
      licenseOf(catalog, 'business-basic', 'source', ['OFFICEMOBILE_SUBSCRIPTION']),
    ],
  ])('but a needed service is no fault where %s', (_why, target, otherLicenses, held) => {
    expect(faultsOf(userWith({ license: held, otherLicenses }), target)).toEqual([]);
  });

  it('while a mail address belongs to another account too', () => {
    const sharedAddresses = [
      { address: 'info@izmirtekstil.example', otherAccount: 'Bilgi' },
      { address: 'satis@izmirtekstil.example', otherAccount: 'Satış' },
    ];
    const faults = sharedAddresses.map((shared) => ({ name: 'duplicate-address', ...shared }));
    expect(faultsOf(userWith({ sharedAddresses }))).toEqual(faults);
  });

  it('but a shared address does not matter without a mailbox in the target', () => {
    const sharedAddresses = [{ address: 'info@izmirtekstil.example', otherAccount: 'Bilgi' }];
    const held = licenseOf(catalog, 'apps-business', 'source');
    expect(faultsOf(userWith({ license: held, sharedAddresses }), appsEnterprise)).toEqual([]);
    const withoutMail = licenseOf(catalog, 'business-basic', 'source', ['EXCHANGE_S_STANDARD']);
    expect(faultsOf(userWith({ license: withoutMail, sharedAddresses }))).toEqual([]);
  });

  it('with every fault named, not only the first', () => {
    const user = userWith({
      usageLocation: null,
      otherLicenses: [other('exo-kiosk'), other('saha-formlari')],
      sharedAddresses: [{ address: 'info@izmirtekstil.example', otherAccount: 'Bilgi' }],
    });
    expect(faultsOf(user)?.map((fault) => fault.name)).toEqual([
      'usage-location-missing',
      'plans-exclude-each-other',
      'dependent-product',
      'duplicate-address',
    ]);
  });

  it('in an upgrade without transfer, where that alone is said (R12)', () => {
    expect(faultsOf(userWith({ usageLocation: null }), e3, 'upgrade_only')).toEqual([
      { name: 'license-not-transferred' },
    ]);
  });
});

describe('free licenses', () => {
  const users = ['ada', 'berk', 'cem'].map((name) => userOf(name, license));
  const plan = (of: LicensedUser[], free: number) =>
    planTransfer(catalog, of, e3, TRANSFER, free).moves.map(({ faults }) => faults);

  it('go round in the order of the users', () => {
    const none = [{ name: 'no-free-license', seats: 1 }];
    expect(plan(users, 1)).toEqual([[], none, none]);
  });

  it('are not spent on a user who cannot move', () => {
    const [first, ...rest] = users as [LicensedUser, ...LicensedUser[]];
    expect(plan([{ ...first, usageLocation: null }, ...rest], 2).map((faults) => faults.length)).toEqual([1, 0, 0]);
  });

  it.each([0, -1])('that are %i move nobody', (free) => {
    expect(
      plan(users, free)
        .flat()
        .map((fault) => fault.name),
    ).toEqual(Array(3).fill('no-free-license'));
  });
});

describe('services that were switched off (decision 5)', () => {
  it('stay off in the target, by family and not by name', () => {
    expect(plansThatStayOff(standard, e3, ['OFFICE_BUSINESS'])).toEqual(['OFFICESUBSCRIPTION']);
    expect(plansThatStayOff(basic, e3, ['SHAREPOINTSTANDARD', 'TEAMS1'])).toEqual(['TEAMS1', 'SHAREPOINTENTERPRISE']);
  });

  it('stay off alone where another plan of their family was on', () => {
    expect(plansThatStayOff(standard, e3, ['YAMMER_ENTERPRISE'])).toEqual(['YAMMER_ENTERPRISE']);
    expect(e3.servicePlans.map((plan) => plan.planName)).toContain('MESH_IMMERSIVE_FOR_TEAMS');
    expect(plansThatStayOff(standard, e3, ['MESH_AVATARS_FOR_TEAMS'])).toEqual(['MESH_AVATARS_FOR_TEAMS']);
  });

  it('switch nothing off that the target adds', () => {
    const everything = apps.servicePlans.map((plan) => plan.planName);
    const added = ['EXCHANGE_S_ENTERPRISE', 'TEAMS1', 'RMS_S_ENTERPRISE', 'ATP_ENTERPRISE'];
    expect(added.filter((plan) => plansThatStayOff(apps, e3, everything).includes(plan))).toEqual([]);
  });

  it('are none where everything was on', () => {
    expect(plansThatStayOff(basic, e3, [])).toEqual([]);
  });
});

describe('what users gain, keep and lose', () => {
  it('is counted in services, companions too', () => {
    const [change] = planTransfer(catalog, [ada], e3, TRANSFER, 1).changes;
    expect(change?.gains).toEqual(
      expect.arrayContaining(['desktopApps', 'informationProtection', 'defenderOffice365']),
    );
    expect(change?.keeps).toEqual(expect.arrayContaining(['exchange', 'sharePoint', 'teams', 'sway']));
    expect(change?.loses).toEqual(['officeMobile']);
    expect(change?.staysOff).toEqual([]);
  });

  it('leaves out what stays off: it is neither kept nor gained', () => {
    const withoutTeams = userOf('berk', licenseOf(catalog, 'business-basic', 'source', ['TEAMS1']));
    const [change] = planTransfer(catalog, [withoutTeams], e3, TRANSFER, 1).changes;
    expect([...(change?.gains ?? []), ...(change?.keeps ?? []), ...(change?.loses ?? [])]).not.toContain('teams');
    expect(change?.staysOff).toEqual(['TEAMS1']);
  });

  it('is told once for all users with one pattern', () => {
    const pattern = licenseOf(catalog, 'business-basic', 'source', ['TEAMS1']);
    const users = [ada, userOf('berk', pattern), userOf('cem', license), userOf('deniz', pattern)];
    const { changes, moves } = planTransfer(catalog, users, e3, TRANSFER, 4);
    expect(changes).toHaveLength(2);
    expect(moves.map((move) => move.change)).toEqual([0, 1, 0, 1]);
  });
});

const path = fc.constantFrom(...catalog.paths.filter((one) => one.standing === 'listed')).map((one) => ({
  source: catalog.offers.get(one.fromOfferId)!,
  target: catalog.offers.get(one.toOfferId)!,
}));
const anyPlan = path.chain(({ source, target }) =>
  fc.record({
    source: fc.constant(source),
    target: fc.constant(target),
    upgradeType: fc.constantFrom<UpgradeType>(TRANSFER, TRANSFER, ...UPGRADE_TYPES),
    freeSeats: fc.integer({ min: -2, max: 14 }),
    users: fc
      .array(
        fc.record({
          usageLocation: fc.constantFrom('TR', 'TR', 'TR', 'KZ', null),
          switchedOff: fc.subarray(source.servicePlans.map((plan) => plan.planName)),
          others: fc.array(fc.constantFrom('exo-kiosk', 'saha-formlari', 'visio-p1', 'o365-e1'), { maxLength: 1 }),
        }),
        { maxLength: 12 },
      )
      .map((users) =>
        users.map(({ usageLocation, switchedOff, others }, index) => {
          const held = { subscriptionId: 'source', offerId: source.offerId, switchedOff };
          return userOf(`user${index}`, held, { usageLocation, otherLicenses: others.map((key) => other(key)) });
        }),
      ),
  }),
);

describe('whatever the users hold', () => {
  it('each is in the plan once, in order, and moves or says why not', () => {
    fc.assert(
      fc.property(anyPlan, ({ users, target, upgradeType, freeSeats }) => {
        const { moves, changes } = planTransfer(catalog, users, target, upgradeType, freeSeats);
        expect(moves.map(({ user }) => user)).toEqual(users);
        const moved = moves.filter(({ faults }) => faults.length === 0).length;
        const faulty = moves.filter(({ faults }) => faults.length > 0).length;
        expect(moved + faulty).toBe(users.length);
        expect(moved).toBeLessThanOrEqual(Math.max(0, freeSeats));
        expect(moves.every(({ change }) => changes[change] !== undefined)).toBe(true);
        const wanting = moves.some(({ faults }) => faults.some((fault) => fault.name === 'no-free-license'));
        if (wanting) expect(moved).toBe(Math.max(0, freeSeats));
      }),
    );
  });

  it('services split into gained, kept and lost, without overlap or rest', () => {
    fc.assert(
      fc.property(anyPlan, ({ source, users, target, upgradeType, freeSeats }) => {
        const { moves, changes } = planTransfer(catalog, users, target, upgradeType, freeSeats);
        for (const { user, change } of moves) {
          const { gains, keeps, loses, staysOff } = changes[change]!;
          const on = (offer: Offer, off: readonly string[]) =>
            new Set(offer.servicePlans.filter((plan) => !off.includes(plan.planName)).map((plan) => plan.family));
          expect(new Set([...gains, ...keeps, ...loses]).size).toBe(gains.length + keeps.length + loses.length);
          expect(new Set([...keeps, ...loses])).toEqual(on(source, user.license.switchedOff));
          expect(new Set([...gains, ...keeps])).toEqual(on(target, staysOff));
        }
      }),
    );
  });

  it('a service that was wholly off before is not on afterwards, and one that was wholly on stays on', () => {
    fc.assert(
      fc.property(anyPlan, ({ source, users, target }) => {
        for (const { license: held } of users) {
          const staysOff = plansThatStayOff(source, target, held.switchedOff);
          for (const plan of target.servicePlans) {
            const before = source.servicePlans.filter((one) => one.family === plan.family);
            const off = before.filter((one) => held.switchedOff.includes(one.planName));
            if (before.length > 0 && off.length === before.length) expect(staysOff).toContain(plan.planName);
            if (off.length === 0) expect(staysOff).not.toContain(plan.planName);
          }
        }
      }),
    );
  });

  it('one more free license never moves fewer users', () => {
    fc.assert(
      fc.property(anyPlan, ({ users, target, upgradeType, freeSeats }) => {
        const movedWith = (free: number) =>
          planTransfer(catalog, users, target, upgradeType, free)
            .moves.filter(({ faults }) => faults.length === 0)
            .map(({ user }) => user.userId);
        expect(movedWith(freeSeats + 1)).toEqual(expect.arrayContaining(movedWith(freeSeats)));
      }),
    );
  });
});
