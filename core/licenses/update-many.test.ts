import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { licenseOf, offerOf } from '../upgrades/upgrade-facts.fixture.ts';
import type { License } from './license.ts';
import { decideForUsers, type LicenseUpdateOfMany } from './update-many.ts';
import type { LicenseHolder, Supply } from './update-licenses.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const skuOf = (key: string) => offerOf(catalog, key).skuId;
const KEYS = ['business-basic', 'o365-e1', 'o365-e3', 'visio-p1'] as const;

function holderOf(name: string, licenses: readonly License[], bent: Partial<LicenseHolder> = {}): LicenseHolder {
  const userPrincipalName = `${name}@izmirtekstil.example`;
  return {
    userId: name,
    displayName: name,
    userPrincipalName,
    usageLocation: 'TR',
    sharedAddresses: [],
    licenses,
    ...bent,
  };
}

const supplyOf = (free: Readonly<Record<string, number>>): Supply[] =>
  Object.entries(free).map(([key, seats]) => ({
    subscriptionId: key,
    offerId: offerOf(catalog, key).offerId,
    free: seats,
  }));

function decide(
  holders: readonly LicenseHolder[],
  free: Readonly<Record<string, number>>,
  update: LicenseUpdateOfMany,
) {
  const decided = decideForUsers(catalog, holders, { supply: supplyOf(free), own: new Set(KEYS) }, update);
  return decided.map(({ outcome }) => (outcome.ok ? outcome.value : outcome.refused.map(({ name }) => name)));
}

const basic = licenseOf(catalog, 'business-basic');
const replace = (from: string, to: string) => ({ assign: [{ skuId: skuOf(to) }], remove: [skuOf(from)] });

describe('licenses for several users', () => {
  it('go to the first ones as long as there are any', () => {
    const users = ['ada', 'berk', 'cem'].map((name) => holderOf(name, []));
    const given = decide(users, { 'visio-p1': 2 }, { assign: [{ skuId: skuOf('visio-p1') }], remove: [] });
    expect(given).toMatchObject([{ given: [{}] }, { given: [{}] }, ['license-fault']]);
  });

  it('change nothing for a user who has the license, whatever is off in it', () => {
    const held = licenseOf(catalog, 'business-basic', 'business-basic', ['TEAMS1']);
    const same = decide([holderOf('ada', [held])], {}, { assign: [{ skuId: skuOf('business-basic') }], remove: [] });
    expect(same).toEqual([{ given: [], removed: [] }]);
  });

  it('replace one and leave the others, and what was off stays off', () => {
    const held = licenseOf(catalog, 'business-basic', 'business-basic', ['TEAMS1']);
    const visio = licenseOf(catalog, 'visio-p1');
    const replaced = decide(
      [holderOf('ada', [held, visio])],
      { 'o365-e3': 1, 'visio-p1': 0 },
      replace('business-basic', 'o365-e3'),
    );
    expect(replaced).toMatchObject([
      { removed: [held], given: [{ subscriptionId: 'o365-e3', switchedOff: ['TEAMS1'] }] },
    ]);
  });

  it('say of each user why not', () => {
    const users = [
      holderOf('ada', [basic], { usageLocation: null }),
      holderOf('berk', []),
      holderOf('cem', [{ ...basic, subscriptionId: 'of another partner' }]),
    ];
    expect(decide(users, { 'o365-e3': 9 }, replace('business-basic', 'o365-e3'))).toEqual([
      ['license-fault'],
      ['license-not-held'],
      ['license-elsewhere'],
    ]);
  });

  it('never give more than there is, whatever users hold and ask for', () => {
    const key = fc.constantFrom(...KEYS);
    const users = fc.array(fc.record({ held: fc.uniqueArray(key, { maxLength: 2 }), located: fc.boolean() }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(users, key, fc.option(key), fc.integer({ min: -1, max: 4 }), (given, to, from, free) => {
        fc.pre(to !== from);
        const holders = given.map(({ held, located }, index) =>
          holderOf(
            `user${index}`,
            held.map((one) => licenseOf(catalog, one)),
            { usageLocation: located ? 'TR' : null },
          ),
        );
        const update = { assign: [{ skuId: skuOf(to) }], remove: from === null ? [] : [skuOf(from)] };
        const supply = supplyOf({ [to]: free });
        const decided = decideForUsers(catalog, holders, { supply, own: new Set(KEYS) }, update);
        expect(decided.map(({ holder }) => holder)).toEqual(holders);
        const taken = decided.flatMap(({ holder, outcome }) =>
          outcome.ok
            ? outcome.value.given.filter((one) => !holder.licenses.some((two) => two.offerId === one.offerId))
            : [],
        );
        expect(taken.length).toBeLessThanOrEqual(Math.max(free, 0));
        for (const { holder, outcome } of decided) {
          if (outcome.ok && outcome.value.given.length > 0) expect(holder.usageLocation).not.toBeNull();
        }
      }),
    );
  });
});
