import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
let asha: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  [aylin, asha] = await Promise.all([
    deployment.signIn('aylin@kuzey.example'),
    deployment.signIn('asha@dakshin.example'),
  ]);
});
afterAll(() => deployment.stop());

const eligibilityOf = async (api: Client, customer: number) =>
  valueOf(
    await api('showEligibility', {
      params: { customerId: customerId(customer), subscriptionId: subscriptionId(customer) },
    }),
  );

type Offer = keyof typeof OFFERS;
type Expected = Partial<Record<Offer, 'open' | readonly string[]>>;
const BASIC_TARGETS = ['businessStandard', 'o365E1', 'o365E3', 'o365E5'] as const;
const all = (targets: readonly Offer[], expected: 'open' | readonly string[]): Expected =>
  Object.fromEntries(targets.map((target) => [target, expected]));

const notActive = ['subscription-not-active'];
const owned = ['services-already-owned'];

/** What the demo promises of each customer: for every listed target open, or every reason why not - for both upgrade types alike. */
const CUSTOMERS: readonly [number, string, Expected][] = [
  [1, 'Anadolu Lojistik: the happy path', all(BASIC_TARGETS, 'open')],
  [2, 'Boğaz Mimarlık: four other targets', all(['businessPremium', 'appsEnterprise', 'o365E3', 'o365E5'], 'open')],
  [3, 'Çınar Eczane: suspended', all(['o365E3', 'o365E5'], notActive)],
  [4, 'Deniz Turizm: no privileges', all(BASIC_TARGETS, ['delegated-privileges-missing'])],
  [6, 'Fırat Enerji: privileges lapsed', all(BASIC_TARGETS, ['granular-privileges-lapsed'])],
  [
    7,
    'Göksu Hukuk: desktop apps bought direct',
    { businessStandard: owned, o365E1: 'open', o365E3: owned, o365E5: owned },
  ],
  [
    8,
    'Haliç Denizcilik: Office 365 E3 through another partner',
    { businessStandard: owned, o365E1: 'open', o365E3: [...owned, 'target-already-owned'], o365E5: owned },
  ],
  [9, 'Ilgaz Sağlık: an add-on in the way', all(BASIC_TARGETS, ['add-ons-present'])],
  [
    10,
    'İzmir Tekstil: Office 365 E1 owned',
    { businessStandard: 'open', o365E1: ['target-already-owned'], o365E3: 'open', o365E5: 'open' },
  ],
  [12, 'Lüleburgaz Cam: not provisioned', all(BASIC_TARGETS, ['subscription-not-provisioned'])],
  [13, 'Manavgat Süt: billed annually', { o365E3: 'open', o365E5: ['billing-cycle-not-supported'] }],
  [14, 'Nevşehir Taş: in its first month', all(['o365E3', 'o365E5'], 'open')],
  [15, 'Ordu Fındık: deleted', all(BASIC_TARGETS, notActive)],
  [17, 'Polatlı Tarım: privileges for two services', all(['o365E3', 'o365E5'], ['delegated-privileges-not-covering'])],
];

describe('every demo customer and target', () => {
  it.each(CUSTOMERS)('%i %s', async (customer, _name, expected) => {
    const { targets, upgradable } = await eligibilityOf(aylin, customer);
    expect(targets.map((target) => target.offerId)).toEqual(Object.keys(expected).map((key) => OFFERS[key as Offer]));
    for (const target of targets) {
      const key = (Object.keys(OFFERS) as Offer[]).find((one) => OFFERS[one] === target.offerId);
      const reasons = expected[key ?? 'businessBasic'];
      for (const type of target.types) {
        const names = type.refusals.map((refusal) => refusal.name);
        expect([key, type.upgradeType, type.eligible, names]).toEqual([
          key,
          type.upgradeType,
          reasons === 'open',
          reasons === 'open' ? [] : reasons,
        ]);
      }
    }
    expect(upgradable).toBe(Object.values(expected).includes('open'));
  });

  it('5 Ege Gıda: Directory Reader alone allows the plain upgrade, license transfer asks for Directory Writer (11)', async () => {
    const { targets } = await eligibilityOf(aylin, 5);
    for (const target of targets) {
      const [transfer, plain] = target.types;
      expect(plain).toMatchObject({ upgradeType: 'upgrade_only', eligible: true });
      expect(transfer?.refusals).toMatchObject([
        { name: 'granular-role-missing', partnerCenterCode: 11, evidence: { role: 'directoryWriter' } },
      ]);
    }
  });

  it('11 Kapadokya Otel: Office 365 E5 has no path', async () => {
    const { targets, refusals, upgradable } = await eligibilityOf(aylin, 11);
    expect({ targets, upgradable, names: refusals.map((refusal) => refusal.name) }).toEqual({
      targets: [],
      upgradable: false,
      names: ['no-upgrade-path'],
    });
  });

  it('16 Pamukkale Spa holds nothing', async () => {
    const { items, elsewhere } = valueOf(await aylin('listSubscriptions', { params: { customerId: customerId(16) } }));
    expect([items, elsewhere]).toEqual([[], []]);
  });

  it('12 Lüleburgaz Cam can be upgraded once its order has finished', async () => {
    const ids = { customerId: customerId(12), subscriptionId: subscriptionId(12) };
    valueOf(await aylin('completeProvisioning', { params: ids, body: { provisioning: 'success' } }));
    expect((await eligibilityOf(aylin, 12)).upgradable).toBe(true);
  });
});

describe('India (R2, S9)', () => {
  it.each([
    [31, 'Kaveri Textiles'],
    [32, 'Malabar Spices'],
  ])('%i %s: Business Standard India is offered, nothing else', async (customer) => {
    const { targets } = await eligibilityOf(asha, customer);
    expect(targets.map((target) => [target.offerId, target.types.every((type) => type.eligible)])).toEqual([
      [OFFERS.businessStandardIndia, true],
    ]);
  });

  it.each([[31], [32]])('customer %i is refused Business Standard with code 8 alone', async (customer) => {
    const refused = problemOf(
      await asha('quoteUpgrade', {
        params: { customerId: customerId(customer), subscriptionId: subscriptionId(customer) },
        body: { targetOfferId: OFFERS.businessStandard, upgradeType: 'upgrade_only' },
      }),
    );
    expect(refused.status).toBe(422);
    expect(refused.refusals).toMatchObject([{ name: 'target-not-listed', partnerCenterCode: 8 }]);
  });
});

describe('other partners', () => {
  it('Westwind’s customer does not exist for Kuzey Bulut', async () => {
    expect(problemOf(await aylin('showCustomer', { params: { customerId: customerId(41) } })).code).toBe('not-found');
    const { items } = valueOf(await aylin('listCustomers', { query: { search: 'Fabrikam' } }));
    expect(items).toEqual([]);
  });

  it('Westwind is never named to Kuzey Bulut: neither its name, its ids nor its price (R7)', async () => {
    const params = { customerId: customerId(8) };
    const listed = valueOf(await aylin('listSubscriptions', { params }));
    const eligibility = await eligibilityOf(aylin, 8);
    const said = JSON.stringify([listed, eligibility]);
    expect(said).not.toMatch(/westwind|a1000000-0000-4000-8000-000000000003|d2000000-0000-4000-8000-000000000008/i);
    expect(listed.elsewhere).toEqual([
      {
        offerId: OFFERS.o365E3,
        offerName: 'Office 365 Enterprise E3',
        channel: 'csp',
        channelName: 'another partner',
        status: 'active',
        termEndsOn: '2027-09-06',
        recordedSubscriptionId: null,
      },
    ]);
  });
});
