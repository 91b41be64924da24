import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOG_TEXTS } from '../contract/catalog.ts';
import { OFFER_MATRIX } from '../core/imports/offer-matrix.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';
const WENDY = 'wendy@westwind.example';
const NIL = 'nil@kuzey.example';
const BASIC_TO_STANDARD = 'nce-business-basic--nce-business-standard';
const STANDARD_TO_E5 = 'nce-business-standard--nce-o365-e5';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

const mapOf = async (agent: string, platform: 'legacy' | 'newCommerce', language: 'tr' | 'en' = 'en') => {
  const api = await deployment.signIn(agent, language);
  return valueOf(await api('showUpgradeMap', { query: { platform } }));
};
const pathOf = async (agent: string, platform: 'legacy' | 'newCommerce', pathId: string) =>
  (await mapOf(agent, platform)).paths.find((path) => path.pathId === pathId);

describe('the upgrade map', () => {
  it('has the price of the day of each offer, and of each path what it costs more and what it changes', async () => {
    const { offers, paths, market } = await mapOf(AYLIN, 'legacy');
    expect(market).toBe('TR');
    expect(offers.find(({ offerId }) => offerId === OFFERS.businessBasic)).toMatchObject({
      name: 'Microsoft 365 Business Basic',
      price: { amount: '7.00', currency: 'USD' },
    });
    expect(paths.find(({ pathId }) => pathId === 'business-basic--business-standard')).toMatchObject({
      state: 'open',
      difference: { amount: '7.00', currency: 'USD' },
      services: { gains: expect.arrayContaining([expect.objectContaining({ family: 'desktopApps' })]) },
    });
  });

  it('knows a path that is off, one ruled out by name, and one that is open in India alone', async () => {
    expect(await pathOf(AYLIN, 'newCommerce', STANDARD_TO_E5)).toMatchObject({ state: 'off' });
    expect(await pathOf(AYLIN, 'newCommerce', 'nce-ems-e3--nce-ems-e5')).toMatchObject({ state: 'refused' });
    const india = 'business-basic-india--business-standard-india';
    expect(await pathOf(AYLIN, 'legacy', india)).toMatchObject({ state: 'elsewhere', openIn: ['IN'] });
    expect(await pathOf('asha@dakshin.example', 'legacy', india)).toMatchObject({ state: 'open', openIn: [] });
  });

  it('says in the caller’s language where a path comes from', async () => {
    const { paths } = await mapOf(AYLIN, 'newCommerce', 'tr');
    expect(paths.find(({ pathId }) => pathId === STANDARD_TO_E5)).toMatchObject({
      sources: [{ source: 'new-commerce-transitions', text: expect.stringMatching(/^İş Ortağı Merkezi belgeleri/) }],
      note: expect.stringMatching(/kapalıdır\.$/),
    });
  });

  it('is each partner’s own: what one switches, another does not see', async () => {
    const aylin = await deployment.signIn(AYLIN);
    const body = { enabled: true, markets: ['TR'], validFrom: '2026-11-01', validUntil: '2026-12-31' };
    valueOf(await aylin('switchPath', { params: { pathId: STANDARD_TO_E5 }, body }));
    expect(await pathOf(AYLIN, 'newCommerce', STANDARD_TO_E5)).toMatchObject({ state: 'open', switched: body });
    expect(await pathOf(WENDY, 'newCommerce', STANDARD_TO_E5)).toMatchObject({ state: 'off', switched: null });
    valueOf(await aylin('removePathSwitch', { params: { pathId: STANDARD_TO_E5 } }));
  });

  it('is not shown to somebody without a role, and asks for a platform', async () => {
    const nil = await deployment.signIn(NIL);
    expect(problemOf(await nil('showUpgradeMap', { query: { platform: 'legacy' } })).code).toBe('role-not-allowed');
    const aylin = await deployment.signIn(AYLIN);
    const { status, fields } = problemOf(await aylin('showUpgradeMap', { query: {} as never }));
    expect([status, fields?.map(({ field }) => field)]).toEqual([400, ['platform']]);
  });

  it('has words for every source of a path', () => {
    const named = new Set([...loadCatalog().catalog.paths.flatMap(({ sources }) => sources), OFFER_MATRIX]);
    for (const language of ['en', 'tr'] as const) {
      expect(Object.keys(CATALOG_TEXTS[language].sources).toSorted()).toEqual([...named].toSorted());
    }
  });
});

describe('the cheapest way', () => {
  const wayOf = async (from: string, to: string) => {
    const api = await deployment.signIn(AYLIN, 'en');
    return valueOf(await api('findUpgradeWay', { query: { from, to } }));
  };

  it('goes in steps, each with its price and what it adds', async () => {
    const { steps, between, none, difference } = await wayOf(OFFERS.nceBusinessBasic, OFFERS.nceO365E3);
    expect(none).toBeNull();
    expect(steps.map(({ to, price }) => [to.offerId, price.amount])).toEqual([
      [OFFERS.nceO365E1, '10.50'],
      [OFFERS.nceO365E3, '27.30'],
    ]);
    expect([between?.amount, difference?.amount]).toEqual(['10.50', '19.95']);
  });

  it('says why there is none, and which paths it would take', async () => {
    const { steps, none } = await wayOf(OFFERS.nceO365E3, OFFERS.nceBusinessBasic);
    expect([steps, none?.reason]).toEqual([[], 'unconnected']);
    const off = await wayOf(OFFERS.nceBusinessStandard, 'cfq7ttc0lf8s:0002');
    expect([off.none?.reason, off.none?.needed.map(({ pathId }) => pathId)]).toEqual([
      'switched-off',
      [STANDARD_TO_E5],
    ]);
  });

  it('knows no offer that there is not', async () => {
    const api = await deployment.signIn(AYLIN);
    const asked = { from: 'nothing', to: OFFERS.o365E3 };
    expect(problemOf(await api('findUpgradeWay', { query: asked }))).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('the subscriptions that could go now', () => {
  /** What the lists of all customers say of the offer, one subscription after the other. */
  async function countByLists(agent: string, offerId: string) {
    const api = await deployment.signIn(agent);
    const counts: Record<string, number> = {};
    const { items } = valueOf(await api('listCustomers', { query: { limit: 200 } }));
    for (const { customerId } of items) {
      const held = valueOf(await api('listSubscriptions', { params: { customerId } })).items.filter(
        ({ upgradability, ...one }) => one.offerId === offerId && upgradability.upgradable,
      );
      for (const target of held.flatMap(({ upgradability }) => upgradability.eligibleTargets)) {
        counts[target.offerId] = (counts[target.offerId] ?? 0) + 1;
      }
    }
    return counts;
  }

  it.each([
    ['legacy', OFFERS.businessBasic],
    ['new commerce', OFFERS.nceBusinessBasic],
  ])('are those that the lists of the customers call upgradable: %s', async (_platform, offerId) => {
    const api = await deployment.signIn(AYLIN);
    const { targets, more } = valueOf(await api('countUpgradable', { query: { offerId } }));
    const counted = Object.fromEntries(targets.map((one) => [one.offerId, one.count]));
    expect(counted).toEqual(await countByLists(AYLIN, offerId));
    expect(targets.length).toBeGreaterThan(0);
    expect(more).toBe(false);
  });

  it('are led to: the customers of a path are those that have one of them, in every order', async () => {
    const api = await deployment.signIn(AYLIN);
    const map = valueOf(await api('showUpgradeMap', { query: { platform: 'legacy' } }));
    const path = map.paths.find(
      ({ from, to }) => from.offerId === OFFERS.businessBasic && to.offerId === OFFERS.o365E3,
    );
    const { items: customers } = valueOf(await api('listCustomers', { query: { limit: 200 } }));
    const expected: string[] = [];
    for (const { customerId } of customers) {
      const held = valueOf(await api('listSubscriptions', { params: { customerId } })).items;
      const goes = held.some(
        ({ offerId, upgradability }) =>
          offerId === OFFERS.businessBasic &&
          upgradability.upgradable &&
          upgradability.eligibleTargets.some((target) => target.offerId === OFFERS.o365E3),
      );
      if (goes) expected.push(customerId);
    }
    expect(expected.length).toBeGreaterThan(1);
    expect(expected.length).toBeLessThan(customers.length);
    for (const sort of ['name', 'deadline', '-upgradable'] as const) {
      const query = { path: path?.pathId ?? '', sort, limit: 2 };
      const found: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = valueOf(await api('listCustomers', { query: { ...query, ...(cursor && { cursor }) } }));
        expect(page.path).toMatchObject({ from: path?.from.name, to: path?.to.name });
        found.push(...page.items.map(({ customerId }) => customerId));
        if (!page.nextCursor) break;
        cursor = page.nextCursor;
      }
      expect(found.toSorted()).toEqual(expected.toSorted());
    }
    const unknown = problemOf(await api('listCustomers', { query: { path: 'nothing' } }));
    expect(unknown).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('are one’s own alone', async () => {
    const ofPartner = async (agent: string) => {
      const api = await deployment.signIn(agent);
      return valueOf(await api('countUpgradable', { query: { offerId: OFFERS.businessBasic } })).subscriptions;
    };
    const [row] = await deployment.context.database.asSystem((tx) =>
      tx.query<{ kuzey: number; westwind: number }>(
        `select count(*) filter (where partner_id = $1)::integer as kuzey, count(*) filter (where partner_id = $2)::integer as westwind
         from subscriptions where offer_id = $3 and status <> 'deleted'`,
        [PARTNERS.kuzey, PARTNERS.westwind, OFFERS.businessBasic],
      ),
    );
    expect({ kuzey: await ofPartner(AYLIN), westwind: await ofPartner(WENDY) }).toEqual(row);
  });
});

describe('the price lists', () => {
  it('say which one the partner uses, in which currency, and since when', async () => {
    const api = await deployment.signIn(AYLIN);
    const { items } = valueOf(await api('listPriceLists', {}));
    expect(items[0]).toMatchObject({
      use: 'own',
      currency: 'USD',
      market: null,
      validFrom: '2015-01-01',
      validUntil: null,
    });
  });

  it('have prices that follow each other without a gap, and one that is valid today', async () => {
    const api = await deployment.signIn(AYLIN, 'en');
    const search = 'Business Basic';
    const { items } = valueOf(await api('listPrices', { query: { search, platform: 'legacy' } }));
    const monthly = items.filter((one) => one.billingCycle === 'monthly' && one.offerId === OFFERS.businessBasic);
    expect(monthly.map(({ validFrom, validUntil, price }) => [validFrom, validUntil, price.amount])).toEqual([
      ['2015-01-01', '2022-02-28', '5.00'],
      ['2022-03-01', '2026-06-30', '6.00'],
      ['2026-07-01', null, '7.00'],
    ]);
    const today = valueOf(await api('listPrices', { query: { search, platform: 'legacy', valid: 'today' } })).items;
    expect(new Set(today.map(({ price }) => price.amount))).toEqual(new Set(['7.00']));
  });

  it('know no list that there is not', async () => {
    const api = await deployment.signIn(AYLIN);
    const priceListId = '0b1c2d3e-0000-4000-8000-000000000001';
    expect(problemOf(await api('listPrices', { query: { priceListId } })).status).toBe(404);
    const { status, fields } = problemOf(await api('listPrices', { query: { priceListId: 'none' } }));
    expect([status, fields?.map(({ field }) => field)]).toEqual([400, ['priceListId']]);
  });
});

describe('offers and prices as CSV', () => {
  const csvOf = async (path: string, language: 'tr' | 'en') => {
    const authorization = `Bearer ${await deployment.tokenOf(AYLIN)}`;
    const headers = { authorization, accept: 'text/csv', 'accept-language': language };
    const answer = await fetch(deployment.url + path, { headers });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    return (await answer.text()).split('\r\n');
  };

  it('are what is asked for, sorted, with semicolons and a decimal comma in Turkish', async () => {
    const lines = await csvOf('/api/offers?platform=legacy&search=%C4%B0%C5%9E%20TEMEL&sort=name', 'tr');
    expect(lines[0]).toMatch(/^\uFEFF?Teklif;Platform;/);
    expect(lines[1]).toMatch(/^Microsoft 365 İş Temel;Eski platform;.*;1;300;;;7,00;USD$/);
  });

  it('have the prices of today in English with commas', async () => {
    const lines = await csvOf('/api/prices?platform=legacy&search=enterprise%20e3&valid=today', 'en');
    expect(lines[1]).toMatch(/^Office 365 Enterprise E3,Legacy,[^,]+,one year,annual,2026-07-01,,26\.00,USD$/);
  });
});

describe('the offers of the catalog', () => {
  it('are found without regard to the dot of an i, and sorted by price with those without one last', async () => {
    const api = await deployment.signIn(AYLIN, 'tr');
    const found = valueOf(await api('listOffers', { query: { search: 'IS STANDART', platform: 'newCommerce' } })).items;
    expect(found.map(({ name }) => name)).toContain('Microsoft 365 İş Standart');
    const { items } = valueOf(await api('listOffers', { query: { sort: '-price', platform: 'legacy' } }));
    const prices = items.map(({ monthlyPrice }) => (monthlyPrice ? Number(monthlyPrice.amount) : -1));
    expect(prices).toEqual(prices.toSorted((one, other) => other - one));
    expect(prices.at(-1)).toBe(-1);
  });

  it('say whom new commerce sells them to', async () => {
    const api = await deployment.signIn(AYLIN);
    const { items } = valueOf(await api('listOffers', {}));
    const segments = (platform: string) =>
      new Set(items.filter((one) => one.platform === platform).map(({ segment }) => segment));
    expect(segments('legacy')).toEqual(new Set([null]));
    expect(segments('newCommerce')).toContain('commercial');
    expect(items.find(({ offerId }) => offerId === OFFERS.nceBusinessBasic)?.monthlyPrice).not.toBeNull();
  });
});

describe('a path of new commerce that is switched off', () => {
  it('is no longer part of a way, and no subscription can go over it', async () => {
    const aylin = await deployment.signIn(AYLIN);
    valueOf(await aylin('switchPath', { params: { pathId: BASIC_TO_STANDARD }, body: { enabled: false } }));
    const query = { from: OFFERS.nceBusinessBasic, to: OFFERS.nceBusinessStandard };
    expect(valueOf(await aylin('findUpgradeWay', { query })).none?.reason).toBe('switched-off');
    const { targets } = valueOf(await aylin('countUpgradable', { query: { offerId: OFFERS.nceBusinessBasic } }));
    expect(targets.map(({ offerId }) => offerId)).not.toContain(OFFERS.nceBusinessStandard);
    valueOf(await aylin('removePathSwitch', { params: { pathId: BASIC_TO_STANDARD } }));
  });
});
