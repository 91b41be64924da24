import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import type { LicensedUser } from '../licenses/license.ts';
import { boughtOn, day, idOf, renewalFacts } from '../subscriptions/lifecycle.fixture.ts';
import { lifecycleSteps } from '../subscriptions/lifecycle.ts';
import type { ScheduledChange } from '../subscriptions/scheduled-change.ts';
import { formatMoney } from '../values/money.ts';
import { transfersAtRenewal, upgradeAtRenewal } from './upgrade-at-renewal.ts';
import { licenseOf, userOf } from './upgrade-facts.fixture.ts';

const { catalog } = loadCatalog();
const BASIC = idOf(catalog, 'nce-business-basic');
const STANDARD = idOf(catalog, 'nce-business-standard');
const SCHEDULING = { by: 'selim', at: Temporal.Instant.from('2022-03-01T09:00:00Z') };

/** What of the steps of two years are upgrades, for a subscription whose renewal on June 18, 2022 was changed. */
function upgradesOf(change: Partial<ScheduledChange>, facts = renewalFacts(catalog)) {
  const scheduledChange: ScheduledChange = {
    offerId: STANDARD,
    quantity: 12,
    termDuration: 'P1Y',
    billingCycle: 'monthly',
    customTermEndsOn: null,
    ...change,
  };
  const before = boughtOn(catalog, '2021-06-18', { scheduledChange });
  return lifecycleSteps(facts, [before], day('2023-07-01')).flatMap((step) => upgradeAtRenewal(step) ?? []);
}

describe('a renewal is an upgrade', () => {
  it('where it carries out another product, once, charged for the first cycle of the new term', () => {
    const [upgrade, ...rest] = upgradesOf({ scheduled: SCHEDULING });
    expect(rest).toEqual([]);
    expect(upgrade).toMatchObject({
      source: { offerId: BASIC, quantity: 10 },
      target: { offerId: STANDARD, quantity: 12 },
      effectiveOn: day('2022-06-18'),
      scheduled: SCHEDULING,
    });
    // Twelve seats at 6.00 for one month; the other eleven are billed as they begin.
    expect(upgrade && formatMoney(upgrade.charge)).toBe('72.00');
  });

  it('whose scheduling is not known where it was kept without', () => {
    expect(upgradesOf({}).map(({ scheduled }) => scheduled)).toEqual([null]);
  });

  it('not where seats or the billing plan alone change', () => {
    expect(upgradesOf({ offerId: BASIC })).toEqual([]);
    expect(upgradesOf({ offerId: BASIC, billingCycle: 'annual' })).toEqual([]);
  });

  it('not where the other product has no price any more, so that it renewed as it was', () => {
    const { prices, ...facts } = renewalFacts(catalog);
    const left = new Map([...prices].filter(([offerId]) => offerId !== STANDARD));
    expect(upgradesOf({}, { ...facts, prices: left })).toEqual([]);
  });
});

/** A renewal in which a subscription of ten seats becomes another product. */
function becoming(from: string, to: string, { quantity = 10, id = from } = {}) {
  const scheduledChange: ScheduledChange = {
    offerId: idOf(catalog, to),
    quantity,
    termDuration: 'P1Y',
    billingCycle: 'monthly',
    customTermEndsOn: null,
  };
  const bent = { offerId: idOf(catalog, from), subscriptionId: id, scheduledChange };
  const before = boughtOn(catalog, '2021-06-18', bent);
  const [upgrade] = lifecycleSteps(renewalFacts(catalog), [before], day('2022-06-18')).flatMap(
    (step) => upgradeAtRenewal(step) ?? [],
  );
  if (!upgrade) throw new RangeError(`${from} does not become ${to}`);
  return { ...upgrade, leftIn: `left of ${id}` };
}

type Becoming = ReturnType<typeof becoming>;

/** What stands in the way of each user, by upgrade. */
const faultsOf = (upgrades: readonly Becoming[], users: Readonly<Record<string, readonly LicensedUser[]>>) =>
  transfersAtRenewal(catalog, upgrades, new Map(Object.entries(users))).map(({ transfer }) =>
    transfer.moves.map(({ user, faults }) => [user.userId, faults.map(({ name }) => name)]),
  );

describe('the users of a renewal that is an upgrade (N42)', () => {
  const basic = licenseOf(catalog, 'nce-business-basic');
  const [ada, berk] = [userOf('ada', basic), userOf('berk', basic, { usageLocation: null })];

  it('move by themselves with as many seats as before, and who cannot is left with the reason (S23, W12)', () => {
    const upgrade = becoming('nce-business-basic', 'nce-business-standard');
    expect(upgrade.upgradeType).toBe('upgrade_with_license_transfer');
    expect(faultsOf([upgrade], { 'nce-business-basic': [ada, berk] })).toEqual([
      [
        ['ada', []],
        ['berk', ['usage-location-missing']],
      ],
    ]);
  });

  it('keep off what they had switched off (W7)', () => {
    const upgrade = becoming('nce-business-basic', 'nce-business-standard');
    const license = { ...basic, switchedOff: ['SHAREPOINTSTANDARD'] };
    const users = new Map([['nce-business-basic', [userOf('ada', license)]]]);
    const [{ transfer } = { transfer: null }] = transfersAtRenewal(catalog, [upgrade], users);
    expect(transfer?.changes.map(({ staysOff }) => staysOff)).toEqual([['SHAREPOINTSTANDARD']]);
  });

  it.each([8, 12])('are all left for a person with %i seats instead of ten', (quantity) => {
    const upgrade = becoming('nce-business-basic', 'nce-business-standard', { quantity });
    expect(upgrade.upgradeType).toBe('upgrade_only');
    expect(faultsOf([upgrade], { 'nce-business-basic': [ada, berk] })).toEqual([
      [
        ['ada', ['license-not-transferred']],
        ['berk', ['license-not-transferred']],
      ],
    ]);
  });

  it('find what a renewal before theirs has made of their other licenses', () => {
    const apps = licenseOf(catalog, 'nce-apps-business');
    const users = {
      'nce-apps-business': [userOf('ada', apps, { otherLicenses: [basic] })],
      'nce-business-basic': [userOf('ada', basic, { otherLicenses: [apps] })],
    };
    const toE3 = becoming('nce-business-basic', 'nce-o365-e3');
    expect(faultsOf([toE3], users)).toEqual([[['ada', []]]]);
    // By then there is SharePoint in the other one, which excludes that of E3.
    const toStandard = becoming('nce-apps-business', 'nce-business-standard');
    expect(faultsOf([toStandard, toE3], users)).toEqual([[['ada', []]], [['ada', ['plans-exclude-each-other']]]]);
  });

  it('find a license that was left behind where it is then', () => {
    const apps = licenseOf(catalog, 'nce-apps-business');
    const users = new Map([
      ['nce-apps-business', [userOf('ada', apps, { otherLicenses: [basic] })]],
      ['nce-business-basic', [userOf('ada', basic, { otherLicenses: [apps] })]],
    ]);
    const upgrades = [
      becoming('nce-business-basic', 'nce-o365-e3', { quantity: 12 }),
      becoming('nce-apps-business', 'nce-o365-e3'),
    ];
    const [, later] = transfersAtRenewal(catalog, upgrades, users);
    expect(later?.transfer.moves.map(({ faults }) => faults)).toMatchObject([
      [{ name: 'plans-exclude-each-other', subscriptionId: 'left of nce-business-basic' }],
    ]);
  });
});
