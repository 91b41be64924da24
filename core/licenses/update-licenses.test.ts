import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMO_CATALOG } from '../../demo/catalog.ts';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { getOffer } from '../catalog/offer.ts';
import { licenseOf, offerOf } from '../upgrades/upgrade-facts.fixture.ts';
import type { License } from './license.ts';
import { decideLicenseUpdate, type LicenseHolder, type Supply } from './update-licenses.ts';

const { catalog } = loadCatalog(DEMO_CATALOG);
const skuOf = (key: string) => offerOf(catalog, key).skuId;
const holderWith = (...licenses: License[]): LicenseHolder => ({
  userId: 'ada',
  displayName: 'Ada',
  userPrincipalName: 'ada@izmirtekstil.example',
  usageLocation: 'TR',
  sharedAddresses: [],
  licenses,
});
const supplyOf = (key: string, free: number, subscriptionId = key): Supply => ({
  subscriptionId,
  offerId: offerOf(catalog, key).offerId,
  free,
});
const assign = (...keys: string[]) => keys.map((key) => ({ skuId: skuOf(key), excludedPlanIds: [] }));
const basic = licenseOf(catalog, 'business-basic');

describe('a license update', () => {
  it('gives a license of the first subscription that has one', () => {
    const supply = [supplyOf('o365-e3', 0, 'full'), supplyOf('o365-e3', 1, 'free')];
    const decided = decideLicenseUpdate(catalog, holderWith(), supply, { assign: assign('o365-e3'), remove: [] });
    expect(decided).toMatchObject({ ok: true, value: { given: [{ subscriptionId: 'free' }], removed: [] } });
  });

  it('gives a SKU that is named twice once, as it was named last', () => {
    const [plan] = offerOf(catalog, 'o365-e3').servicePlans;
    const twice = [{ skuId: skuOf('o365-e3'), excludedPlanIds: [plan?.planId ?? ''] }, ...assign('o365-e3')];
    const decided = decideLicenseUpdate(catalog, holderWith(), [supplyOf('o365-e3', 1)], { assign: twice, remove: [] });
    expect(decided).toMatchObject({ ok: true, value: { given: [{ switchedOff: [] }] } });
    expect(decided.ok && decided.value.given).toHaveLength(1);
  });

  it('exchanges one for another whose plans exclude each other, in one step', () => {
    const update = { assign: assign('o365-e3'), remove: [skuOf('business-basic')] };
    const decided = decideLicenseUpdate(catalog, holderWith(basic), [supplyOf('o365-e3', 1)], update);
    expect(decided).toMatchObject({ ok: true, value: { removed: [basic] } });
  });

  it('refuses to add what excludes a plan that stays', () => {
    const update = { assign: assign('o365-e3'), remove: [] };
    expect(decideLicenseUpdate(catalog, holderWith(basic), [supplyOf('o365-e3', 1)], update)).toMatchObject({
      ok: false,
      refused: [{ name: 'license-fault', fault: { name: 'plans-exclude-each-other', heldPlan: 'SHAREPOINTSTANDARD' } }],
    });
  });

  it('names every reason at once', () => {
    const update = { assign: assign('o365-e1', 'o365-e5'), remove: [skuOf('o365-e3')] };
    const decided = decideLicenseUpdate(catalog, holderWith(basic), [supplyOf('o365-e1', 0)], update);
    expect(decided.ok ? [] : decided.refused.map(({ name }) => name)).toEqual([
      'license-not-held',
      'license-fault',
      'sku-not-subscribed',
    ]);
  });

  const KEYS = ['business-basic', 'apps-business', 'o365-e1', 'o365-e3', 'visio-p1', 'power-bi-pro'];

  it('takes no more than there is, and leaves one license of a subscription', () => {
    const keys = fc.uniqueArray(fc.constantFrom(...KEYS));
    const free = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: KEYS.length, maxLength: KEYS.length });
    fc.assert(
      fc.property(keys, keys, keys, free, (held, wanted, removed, seats) => {
        const holder = holderWith(...held.map((key) => licenseOf(catalog, key)));
        const supply = KEYS.map((key, index) => supplyOf(key, seats[index] ?? 0));
        const update = { assign: assign(...wanted), remove: removed.map(skuOf) };
        const decided = decideLicenseUpdate(catalog, holder, supply, update);
        if (!decided.ok) return;
        const after = new Set(
          held
            .filter((key) => !removed.includes(key))
            .concat(wanted)
            .map(skuOf),
        );
        const { given } = decided.value;
        const gone = decided.value.removed.filter(
          (one) => !given.some((two) => two.subscriptionId === one.subscriptionId),
        );
        const left = holder.licenses.filter((one) => !gone.includes(one));
        const result = [...left, ...given].map(({ offerId }) => getOffer(catalog, offerId).skuId);
        expect(new Set(result)).toEqual(after);
        for (const license of given) {
          const had = holder.licenses.some(({ subscriptionId }) => subscriptionId === license.subscriptionId);
          const { free: seatsLeft = 0 } =
            supply.find(({ subscriptionId }) => subscriptionId === license.subscriptionId) ?? {};
          expect(had || seatsLeft > 0).toBe(true);
        }
      }),
    );
  });
});
