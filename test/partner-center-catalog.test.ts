import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerId, OFFERS, PARTNERS } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { connect, customerPath, type PartnerCenter, subscriptionPath } from './partner-center-client.ts';

type Item = Record<'id' | 'title' | 'name' | 'catalogItemId', string> &
  Record<'isAddOn' | 'hasAddOns' | 'isAvailableForPurchase' | 'isPurchasable' | 'isRenewable', boolean> & {
    readonly rank: number;
    readonly prerequisiteOffers: readonly string[];
    readonly upgradeTargetOffers: readonly string[];
    readonly category: { readonly id: string; readonly rank: number };
  };
type Body = Item & {
  readonly code: number;
  readonly totalCount: number;
  readonly items: readonly Item[];
  readonly hasPurchasableAddons: boolean;
  readonly links: { readonly self: { readonly uri: string }; readonly next?: { readonly uri: string } };
};

let deployment: TestDeployment;
let user: PartnerCenter<Body>;
let dakshin: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
  user = await connect(deployment);
  dakshin = await connect(deployment, 'demo-dakshin-user', PARTNERS.dakshin);
});
afterAll(() => deployment.stop());

const idsOf = async (path: string, as = user) => (await as('GET', path)).body.items.map(({ id }) => id);
const INDIA = [OFFERS.appsBusinessIndia, OFFERS.businessBasicIndia, OFFERS.businessStandardIndia];

describe('offers', () => {
  test('are those of the country that is named, and of the partner’s own where none is', async () => {
    const { status, body } = await user('GET', '/v1/offers?country=US');
    expect(status).toBe(200);
    expect(body.items.find(({ id }) => id === OFFERS.businessBasic)).toMatchObject({
      name: 'Microsoft 365 Business Basic',
      country: 'US',
      minimumQuantity: 1,
      maximumQuantity: 300,
      supportedBillingCycles: ['monthly', 'annual'],
      isAvailableForPurchase: true,
      isTrial: false,
      links: { self: { uri: `/offers/${OFFERS.businessBasic}?country=US` } },
      attributes: { objectType: 'Offer' },
    });
    expect((await user('GET', '/v1/offers')).body.links.self.uri).toBe('/offers?country=TR');
  });

  test('lead where the partner’s own upgrade paths do', async () => {
    const targets = async () => (await user('GET', `/v1/offers/${OFFERS.businessBasic}`)).body.upgradeTargetOffers;
    expect(await targets()).toContain(OFFERS.o365E3);
    const aylin = await deployment.signIn('aylin@kuzey.example');
    const params = { pathId: 'business-basic--o365-e3' };
    valueOf(await aylin('switchPath', { params, body: { enabled: false } }));
    expect(await targets()).not.toContain(OFFERS.o365E3);
    valueOf(await aylin('removePathSwitch', { params }));
    expect(await targets()).toContain(OFFERS.o365E3);
  });

  test('for India are there alone', async () => {
    expect(await idsOf('/v1/offers?country=in')).toEqual(expect.arrayContaining(INDIA));
    expect((await idsOf('/v1/offers?country=TR')).filter((id) => INDIA.includes(id as never))).toEqual([]);
    expect(await idsOf('/v1/offers', dakshin)).toEqual(expect.arrayContaining(INDIA));
  });

  test('rank as their category does, and can be asked for by it in any case', async () => {
    const { body } = await user('GET', '/v1/offers?country=TR&offer_category_id=smallbusiness_key');
    expect(body.items.map(({ id }) => id)).toEqual([
      OFFERS.appsBusiness,
      OFFERS.businessBasic,
      OFFERS.businessStandard,
      OFFERS.businessPremium,
    ]);
    for (const { rank, category } of body.items) expect([rank, category]).toMatchObject([30, { rank: 30 }]);
    expect((await user('GET', '/v1/offers?offer_category_id=Trial_Key')).body.items).toEqual([]);
  });

  test('come page by page, each page leading to the next', async () => {
    const all = await idsOf('/v1/offers');
    const read: string[] = [];
    let next: string | undefined = '/offers?size=10';
    while (next) {
      const { body }: { body: Body } = await user('GET', `/v1${next}`);
      read.push(...body.items.map(({ id }) => id));
      next = body.links.next?.uri;
    }
    expect(read).toEqual(all);
    expect(all.length).toBeGreaterThan(20);
  });

  test.each([
    ['country=ZZ', 800070],
    ['country=Turkey', 800070],
    ['size=-1', 3000],
    ['size=many', 3000],
    ['offset=1.5', 3000],
  ])('with %s are refused', async (query, code) => {
    expect(await user('GET', `/v1/offers?${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  test('one by one are found by their ids in either case', async () => {
    const { body } = await user('GET', `/v1/Offers/${OFFERS.o365E3.toUpperCase()}?country=TR`);
    expect(body).toMatchObject({ id: OFFERS.o365E3, rank: 20, category: { id: 'Enterprise_Key' } });
  });

  test.each([
    ['unknown', randomUUID(), 800004],
    ['no id', 'enterprise', 800004],
    ['sold in India alone', OFFERS.businessBasicIndia, 800004],
    ['a product', 'CFQ7TTC0LH18:0001', 2100],
  ])('that are %s are refused', async (_what, id, code) => {
    expect(await user('GET', `/v1/offers/${id}?country=TR`)).toMatchObject({ status: 400, body: { code } });
  });

  test('without a price on the partner’s list cannot be bought, though they are shown', async () => {
    const { body } = await user('GET', `/v1/offers/${OFFERS.sahaFormlari}`);
    expect(body.isAvailableForPurchase).toBe(false);
    const here = await user('GET', `/v1/offers/${OFFERS.businessBasicIndia}?country=IN`);
    expect(here.body.isAvailableForPurchase).toBe(false);
    const there = await dakshin('GET', `/v1/offers/${OFFERS.businessBasicIndia}?country=IN`);
    expect(there.body.isAvailableForPurchase).toBe(true);
  });

  test('name their add-ons, and these the offers of which they need one', async () => {
    const { body: base } = await user('GET', `/v1/offers/${OFFERS.businessBasic}`);
    expect(base).toMatchObject({ isAddOn: false, hasAddOns: true, prerequisiteOffers: [] });
    expect(await idsOf(`/v1/offers/${OFFERS.businessBasic}/addons?country=TR`)).toEqual([OFFERS.archivingAddOn]);
    const { body: addOn } = await user('GET', `/v1/offers/${OFFERS.archivingAddOn}`);
    expect(addOn).toMatchObject({ isAddOn: true, hasAddOns: false });
    expect(addOn.prerequisiteOffers).toContain(OFFERS.businessBasic);
    expect(await idsOf(`/v1/offers/${OFFERS.archivingAddOn}/addons`)).toEqual([]);
  });

  test('of an upgrade tell the same as the catalog', async () => {
    const { body } = await user('GET', `${subscriptionPath(1)}/upgrades`);
    const { targetOffer } = body.items[0] as unknown as { targetOffer: Item };
    expect(targetOffer).toEqual((await user('GET', `/v1/offers/${targetOffer.id}`)).body);
  });

  test('for one customer are those sold in both countries', async () => {
    const { body } = await dakshin('GET', `${customerPath(31)}/offers`);
    expect(body.items.map(({ id }) => id)).toEqual(expect.arrayContaining(INDIA));
    expect(body.links.self.uri).toBe(`/customers/${customerId(31)}/offers`);
    expect(await user('GET', `${customerPath(31)}/offers`)).toMatchObject({ status: 404, body: { code: 60003 } });
  });

  test('fall into two categories, by rank', async () => {
    const { body } = await user('GET', '/v1/offercategories?country=TR');
    expect(body.items).toMatchObject([
      { id: 'Enterprise_Key', rank: 20, country: 'TR', attributes: { objectType: 'OfferCategory' } },
      { id: 'SmallBusiness_Key', rank: 30 },
    ]);
  });

  test('an active base says that add-ons can be bought for it, an add-on does not', async () => {
    expect((await user('GET', subscriptionPath(1))).body.hasPurchasableAddons).toBe(true);
    expect((await user('GET', subscriptionPath(9, 2))).body.hasPurchasableAddons).toBe(false);
    expect((await user('GET', subscriptionPath(3))).body.hasPurchasableAddons).toBe(false);
  });
});

describe('products', () => {
  const places = [
    ['for a country', '/v1/products'],
    ['for a customer', `${customerPath(1)}/products`],
  ] as const;

  test.each(places)(
    '%s are those that the catalog knows by their public ids, and the trial of the demo',
    async (_where, path) => {
      const { body } = await user('GET', `${path}?country=TR&targetView=OnlineServicesNCE`);
      expect(body.totalCount).toBe(13);
      expect(body.items[1]).toMatchObject({
        id: 'CFQ7TTC0LH18',
        title: 'Microsoft 365 Business Basic',
        productType: { id: 'OnlineServicesNCE' },
        attributes: { objectType: 'Product' },
      });
      expect((await user('GET', `${path}?targetView=Azure`)).body.items).toEqual([]);
      expect((await user('GET', `${path}?targetSegment=education`)).body.items).toEqual([]);
    },
  );

  test.each(places)('%s are walked as the Node client does: first SKU, first availability', async (_where, path) => {
    const [sku] = (await user('GET', `${path}/CFQ7TTC0LCHC/skus`)).body.items;
    expect(sku).toMatchObject({
      id: '0002',
      productId: 'CFQ7TTC0LCHC',
      title: 'Microsoft 365 Business Premium',
      minimumQuantity: 1,
      maximumQuantity: 300,
      isTrial: false,
      supportedBillingCycles: ['monthly', 'annual'],
      attributes: { objectType: 'Sku' },
    });
    const at = `${path}/CFQ7TTC0LCHC/skus/${sku?.id}/availabilities`;
    const [availability] = (await user('GET', at)).body.items;
    expect(availability).toMatchObject({
      productId: 'CFQ7TTC0LCHC',
      skuId: '0002',
      catalogItemId: `CFQ7TTC0LCHC:0002:${availability?.id}`,
      defaultCurrency: { code: 'USD', symbol: '$' },
      segment: 'commercial',
      country: 'TR',
      isPurchasable: true,
      isRenewable: true,
      attributes: { objectType: 'Availability' },
    });
    expect((await user('GET', `${at}/${availability?.id.toLowerCase()}`)).body).toEqual(availability);
  });

  test('say what they can be upgraded to, and a trial what it becomes', async () => {
    const skus = async (productId: string) => (await user('GET', `/v1/products/${productId}/skus`)).body.items;
    expect(await skus('CFQ7TTC0LH18')).toMatchObject([
      {
        isTrial: false,
        upgradeTargetOffers: ['CFQ7TTC0LDPB:0001', 'CFQ7TTC0LF8Q:0001'],
        conversionTargetOffers: [],
      },
    ]);
    expect(await skus('YUKSELTTRIAL')).toMatchObject([
      {
        isTrial: true,
        minimumQuantity: 25,
        maximumQuantity: 25,
        supportedBillingCycles: ['none'],
        upgradeTargetOffers: [],
        conversionTargetOffers: ['CFQ7TTC0LH18:0001'],
      },
    ]);
  });

  test('follow what the partner switched of the upgrade paths', async () => {
    const path = 'nce-business-standard--nce-business-premium';
    const aylin = await deployment.signIn('aylin@kuzey.example');
    const targets = async () => (await user('GET', '/v1/products/CFQ7TTC0LDPB/skus/0001')).body.upgradeTargetOffers;
    expect(await targets()).toEqual(['CFQ7TTC0LF8Q:0001']);
    valueOf(await aylin('switchPath', { params: { pathId: path }, body: { enabled: true } }));
    expect(await targets()).toEqual(['CFQ7TTC0LF8Q:0001', 'CFQ7TTC0LCHC:0002']);
    valueOf(await aylin('removePathSwitch', { params: { pathId: path } }));
    expect(await targets()).toEqual(['CFQ7TTC0LF8Q:0001']);
  });

  test('that no price list has are not on the shelf', async () => {
    const { body } = await user('GET', '/v1/products/CFQ7TTC0LFLZ/skus');
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['0002']);
    expect((await user('GET', '/v1/products/CFQ7TTC0LFLZ/skus/0003')).body.code).toBe(400018);
  });

  test('say until when a purchase is given back', async () => {
    const { body } = await user('GET', '/v1/products/CFQ7TTC0LF8R/skus/0001/availabilities');
    const cancellationPolicies = [
      {
        refundOptions: [
          { sequenceId: 0, type: 'Full', expiresAfter: 'P1D' },
          { sequenceId: 1, type: 'Partial', expiresAfter: 'P7D' },
        ],
      },
    ];
    const each = { cancellationPolicies };
    expect(body.items).toMatchObject([{ terms: [each, each, each] }]);
  });

  test('one by one lead to their SKUs in the same place', async () => {
    const { body } = await user('GET', '/v1/products/cfq7ttc0lf8r?country=de');
    expect(body).toMatchObject({ links: { skus: { uri: '/products/CFQ7TTC0LF8R/skus?country=DE' } } });
    const here = await user('GET', `${customerPath(1)}/products/CFQ7TTC0LF8R/skus/0001`);
    expect(here.body).toMatchObject({
      links: { self: { uri: '/products/CFQ7TTC0LF8R/skus/0001' } },
    });
  });

  test('tell their terms in the language of the client', async () => {
    const path = '/v1/products/CFQ7TTC0LF8R/skus/0001/availabilities';
    const { body } = await user('GET', path, { headers: { 'X-Locale': 'tr-TR' } });
    expect(body.items[0]).toMatchObject({
      terms: [
        { duration: 'P1Y', billingCycle: 'monthly', description: 'Bir yıl, aylık faturalanır' },
        { duration: 'P1Y', billingCycle: 'annual', description: 'Bir yıl, yıllık faturalanır' },
        { duration: 'P1M', billingCycle: 'monthly', description: 'Bir ay, aylık faturalanır' },
      ],
    });
  });

  test.each([
    ['product', 'CFQ7TTC0XXXX', 400013],
    ['SKU', 'CFQ7TTC0LF8R/skus/0009', 400018],
    ['availability', 'CFQ7TTC0LF8R/skus/0001/availabilities/CFQ7TTC0XXXX', 400019],
  ])('an unknown %s is not found', async (_what, path, code) => {
    expect(await user('GET', `/v1/products/${path}`)).toMatchObject({ status: 404, body: { code } });
    expect(await user('GET', `${customerPath(1)}/products/${path}`)).toMatchObject({ status: 404, body: { code } });
  });

  test('of a foreign customer are as those of one that does not exist', async () => {
    expect(await user('GET', `${customerPath(41)}/products`)).toMatchObject({ status: 404, body: { code: 60003 } });
  });
});
