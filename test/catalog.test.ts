import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { principalFamilies } from '../core/catalog/offer.ts';
import { DEMO_CATALOG } from '../demo/catalog.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';

const { catalog, priceLists, promotions } = loadCatalog();
const keyOf = (offerId: string) => catalog.offers.get(offerId)?.key;

describe('the shipped catalog', () => {
  it('opens the ten paths of the upgrade table and the two of the India footnote on the legacy platform, and nothing else (R2, S8, S9)', () => {
    const open = catalog.paths.filter((path) => path.enabled && path.platform === 'legacy');
    expect(open.map((path) => `${keyOf(path.fromOfferId)} > ${keyOf(path.toOfferId)}`)).toEqual([
      'apps-business > business-premium',
      'apps-business > apps-enterprise',
      'apps-business > o365-e3',
      'apps-business > o365-e5',
      'business-standard > o365-e3',
      'business-standard > o365-e5',
      'business-basic > business-standard',
      'business-basic > o365-e1',
      'business-basic > o365-e3',
      'business-basic > o365-e5',
      'apps-business-india > business-standard-india',
      'business-basic-india > business-standard-india',
    ]);
  });

  it('refuses the two India paths to Business Standard by name (S9)', () => {
    const refused = catalog.paths.filter((path) => path.standing === 'refused' && path.platform === 'legacy');
    expect(refused.map((path) => `${keyOf(path.fromOfferId)} > ${keyOf(path.toOfferId)}`)).toEqual([
      'apps-business-india > business-standard',
      'business-basic-india > business-standard',
    ]);
  });

  it('opens on new commerce what the documentation prints, keeps the weaker paths off, and refuses what it rules out by name (N3)', () => {
    const ofProducts = catalog.paths.filter((path) => path.platform === 'newCommerce');
    expect(ofProducts.map((path) => [path.standing, path.enabled, path.pathId])).toEqual([
      ['listed', true, 'nce-business-basic--nce-business-standard'],
      ['listed', true, 'nce-business-basic--nce-o365-e1'],
      ['listed', true, 'nce-business-standard--nce-o365-e1'],
      ['listed', true, 'nce-o365-e1--nce-o365-e3'],
      ['open', false, 'nce-business-standard--nce-o365-e5'],
      ['open', false, 'nce-business-standard--nce-business-premium'],
      ['refused', false, 'nce-ems-e3--nce-ems-e5'],
      ['refused', false, 'nce-ems-e5--nce-m365-e5'],
      ['refused', false, 'nce-ems-e5--nce-m365-e5-no-audio'],
    ]);
    for (const { fromOfferId, toOfferId } of ofProducts) {
      expect([fromOfferId, toOfferId].map((id) => catalog.offers.get(id)?.platform)).toEqual([
        'newCommerce',
        'newCommerce',
      ]);
    }
  });

  it('marks the enterprise suites with Teams, and no other product (N57)', () => {
    const suites = catalog.products.filter((product) => product.teamsSuite);
    expect(suites.map((product) => keyOf(product.offerId))).toEqual([
      'nce-o365-e1',
      'nce-o365-e3',
      'nce-o365-e5',
      'nce-m365-e3',
      'nce-m365-e5',
      'nce-m365-e5-no-audio',
    ]);
  });

  it('sells no term of three years, for which no source speaks', () => {
    const terms = catalog.products.flatMap((product) => product.terms.map(({ duration }) => duration));
    expect([...new Set(terms)]).toEqual(['P1Y', 'P1M']);
  });

  it('has the trial of the demo, which becomes the paid product of the same SKU (B10)', () => {
    const { offers } = loadCatalog(DEMO_CATALOG).catalog;
    const trial = offers.get('e1000000-0000-4000-8000-000000000006');
    expect(trial).toMatchObject({
      key: 'nce-business-basic-trial',
      platform: 'newCommerce',
      demoId: true,
      seats: { min: 25, max: 25 },
      billingCycles: ['none'],
    });
    expect(trial?.product?.trial).toEqual({ seats: 25, days: 30, becomesOfferId: 'cfq7ttc0lh18:0001' });
    expect(offers.get('cfq7ttc0lh18:0001')?.skuId).toBe(trial?.skuId);
  });

  it('keeps the other reading of the doubtful cell, switched off, with its source (S8d)', () => {
    const path = catalog.paths.find((one) => one.pathId === 'apps-business--business-standard');
    expect(path).toMatchObject({ enabled: false, standing: 'open' });
    expect(path?.sources).toContain('upgrade-page-2016-2020');
  });

  it('counts only principal families, so that Business Basic gives Exchange, SharePoint and Teams alone', () => {
    const basic = [...catalog.offers.values()].find((offer) => offer.key === 'business-basic');
    expect(basic && [...principalFamilies(basic)].toSorted()).toEqual(['exchange', 'sharePoint', 'teams']);
  });

  it.each([
    ['EXCHANGE_S_FOUNDATION'],
    ['MCOSTANDARD'],
    ['INTUNE_O365'],
    ['RMS_S_BASIC'],
    ['ADALLOM_S_DISCOVERY'],
    ['MFA_PREMIUM'],
    ['ONEDRIVE_BASIC'],
    ['SHAREPOINTWAC'],
    ['OFFICEMOBILE_SUBSCRIPTION'],
    ['DYN365_CDS_O365_P2'],
    ['DYN365BC_MS_INVOICING'],
    ['PROJECT_O365_P2'],
  ])('holds %s for a companion despite its name (product decision 12)', (name) => {
    const plans = [...catalog.offers.values()].flatMap((offer) => offer.servicePlans);
    expect(plans.find((plan) => plan.planName === name)?.role).toBe('companion');
  });

  it('limits the business plans to 300 seats (N27)', () => {
    const limited = [...catalog.offers.values()].filter((offer) => offer.seats.max === 300).map((offer) => offer.key);
    expect(limited.filter((key) => key.startsWith('nce-'))).toEqual([
      'nce-apps-business',
      'nce-business-basic',
      'nce-business-standard',
      'nce-business-premium',
    ]);
    expect(limited.filter((key) => !key.startsWith('nce-'))).toEqual([
      'apps-business',
      'business-basic',
      'business-standard',
      'business-premium',
      'apps-business-india',
      'business-basic-india',
      'business-standard-india',
    ]);
  });

  it('labels offers without a public id as such, and none of the demo world’s own is in it', () => {
    const labelled = [...catalog.offers.values()].filter((offer) => offer.demoId);
    expect(labelled.map((offer) => offer.key)).toEqual([
      'apps-business-india',
      'business-basic-india',
      'business-standard-india',
    ]);
    expect(labelled.every((offer) => offer.name.en.includes('demo'))).toBe(true);
    expect(loadCatalog(DEMO_CATALOG).catalog.offers.size).toBe(catalog.offers.size + 3);
  });

  const pricesOf = (offer: string, cycle: string, term = 'P1Y') =>
    priceLists[0]?.prices
      .filter((price) => price.offer === offer && price.billingCycle === cycle && price.termDuration === term)
      .map((price) => [price.validFrom, price.unitPrice]);

  it('prices Business Basic at 5, 6 and 7 dollars by the day (product decision 13)', () => {
    const prices = [
      ['2015-01-01', '5.00'],
      ['2022-03-01', '6.00'],
      ['2026-07-01', '7.00'],
    ];
    expect(pricesOf('business-basic', 'monthly')).toEqual(prices);
    expect(pricesOf('business-basic', 'annual')).toEqual(prices);
  });
});

describe('new commerce list prices, per seat and charge cycle', () => {
  const priceOn = (day: string, offer: string, term: string, cycle: string) =>
    priceLists[0]?.prices
      .filter((price) => price.offer === offer && price.termDuration === term && price.billingCycle === cycle)
      .findLast((price) => price.validFrom <= day)?.unitPrice;

  it.each([
    ['nce-business-basic', '72.00', '6.30', '7.20'],
    ['nce-o365-e3', '276.00', '24.15', '27.60'],
    ['nce-business-premium', '264.00', '23.10', '26.40'],
    ['nce-business-standard', '150.00', '13.13', '15.00'],
  ])('%s in 2025: %s a year at once, %s a month of a year, %s a month of a month', (offer, year, month, single) => {
    const on = (term: string, cycle: string) => priceOn('2025-12-31', offer, term, cycle);
    expect([on('P1Y', 'annual'), on('P1Y', 'monthly'), on('P1M', 'monthly')]).toEqual([year, month, single]);
  });

  it('cost a month of a year billed monthly no more than the list price until the last of March 2025', () => {
    expect(priceOn('2025-03-31', 'nce-business-basic', 'P1Y', 'monthly')).toBe('6.00');
    expect(priceOn('2025-04-01', 'nce-business-basic', 'P1Y', 'monthly')).toBe('6.30');
    expect(priceOn('2026-07-01', 'nce-business-basic', 'P1Y', 'monthly')).toBe('7.35');
  });

  it('are there for each product whose legacy offer has a price, and for a trial, which costs nothing', () => {
    const demo = loadCatalog(DEMO_CATALOG);
    const priced = new Set(demo.priceLists[0]?.prices.map(({ offer }) => offer));
    const keys = demo.catalog.products.map(({ offerId }) => demo.catalog.offers.get(offerId)?.key ?? '');
    expect(keys.filter((key) => !priced.has(key))).toEqual(['nce-m365-e5-no-audio']);
    const trial = demo.priceLists[0]?.prices.filter(({ offer }) => offer === 'nce-business-basic-trial');
    expect(new Set(trial?.map(({ unitPrice }) => unitPrice))).toEqual(new Set(['0']));
  });

  it('know the one promotion, which is made up and says so', () => {
    expect(promotions.map(({ promotionId, offerId }) => [promotionId, keyOf(offerId)])).toEqual([
      ['demo-first-standard', 'nce-business-standard'],
    ]);
  });
});

describe('a broken catalog is refused naming the file and the entry', () => {
  let directory = '';
  afterEach(() => rmSync(directory, { recursive: true }));

  const loadBroken = (file: string, change: (text: string) => string) => {
    directory = mkdtempSync(join(tmpdir(), 'yukselt-catalog-'));
    cpSync(new URL('../catalog/', import.meta.url), directory, { recursive: true });
    const path = join(directory, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return () => loadCatalog(undefined, pathToFileURL(`${directory}/`));
  };

  it.each([
    [
      'offers.json',
      (text: string) => text.replace('"max": 300', '"max": 0'),
      /offers\.json, entry 0 \(apps-business\), seats\.max/,
    ],
    [
      'offers.json',
      (text: string) => text.replace('"SWAY"', '"SWAI"'),
      /offers\.json, entry apps-business: unknown service plan SWAI/,
    ],
    [
      'offers.json',
      (text: string) => text.replace('"key": "business-basic"', '"key": "apps-business"'),
      /offers\.json, entry apps-business: there twice/,
    ],
    [
      'service-plans.json',
      (text: string) => text.replace('"role": "principal"', '"role": "main"'),
      /service-plans\.json, entry \d+ \(\w+\), role/,
    ],
    [
      'upgrade-paths.json',
      (text: string) => text.replace('"to": "business-premium"', '"to": "business-plus"'),
      /upgrade-paths\.json, entry apps-business--business-premium: unknown offer business-plus/,
    ],
    ['upgrade-paths.json', (text: string) => text.replace('"upgrade-page"', '"hearsay"'), /unknown source hearsay/],
    ['demo-prices.json', (text: string) => text.replace('"8.25"', '"8,25"'), /demo-prices\.json, entry 0/],
    ['sources.json', () => '{', /sources\.json: cannot be read/],
    [
      'demo-prices.json',
      (text: string) => text.replace('"validFrom": "2022-03-01"', '"validFrom": "2015-01-01"'),
      /demo-prices\.json, entry business-basic, monthly, from 2015-01-01: there twice/,
    ],
    [
      'demo-prices.json',
      (text: string) => text.replace('"list-prices"', '"a friend"'),
      /demo-prices\.json, entry apps-business: unknown source a friend/,
    ],
    [
      'upgrade-paths.json',
      (text: string) => text.replace('"to": "apps-enterprise"', '"to": "business-premium"'),
      /upgrade-paths\.json, entry apps-business to business-premium: there twice/,
    ],
    [
      'upgrade-paths.json',
      (text: string) => text.replace('"platform": "legacy"', '"platform": "newCommerce"'),
      /upgrade-paths\.json, entry apps-business--business-premium: apps-business is not of the platform newCommerce/,
    ],
    [
      'upgrade-paths.json',
      (text: string) => text.replace('"to": "business-premium"', '"to": "apps-business"'),
      /upgrade-paths\.json, entry apps-business--business-premium: leads to the SKU that it comes from/,
    ],
    [
      'upgrade-paths.json',
      (text: string) => text.replace('"markets": ["IN"]', '"markets": ["XX"]'),
      /upgrade-paths\.json, entry 10 \(apps-business-india--business-standard-india\), markets/,
    ],
    [
      'plan-exclusions.json',
      (text: string) => text.replace('"EXCHANGE_S_DESKLESS"', '"EXCHANGE_S_DESKLES"'),
      /plan-exclusions\.json, entry exchange: unknown service plan EXCHANGE_S_DESKLES/,
    ],
    [
      'plan-exclusions.json',
      (text: string) => text.replace('[["EXCHANGE_S_STANDARD"', '[["SHAREPOINTSTANDARD"'),
      /plan-exclusions\.json, entry exchange: unknown plan of the group SHAREPOINTSTANDARD/,
    ],
    [
      'plan-exclusions.json',
      (text: string) => text.replace('"exclusive-plans"', '"hearsay"'),
      /plan-exclusions\.json, entry exchange: unknown source hearsay/,
    ],
    [
      'plan-exclusions.json',
      (text: string) => text.replace('"plansWithoutOffer": [', '"plansWithoutOffer": ["TEAMS1", '),
      /plan-exclusions\.json, entry plansWithoutOffer: TEAMS1 is a service plan of an offer/,
    ],
    [
      'plan-exclusions.json',
      (text: string) => text.replace('"plansWithoutOffer": [', '"plansWithoutOffer": ["EXCHANGE_X", '),
      /plan-exclusions\.json, entry plansWithoutOffer: unknown plan of a group EXCHANGE_X/,
    ],
    [
      'products.json',
      (text: string) => text.replace('"offer": "o365-e3"', '"offer": "o365-e6"'),
      /products\.json, entry CFQ7TTC0LF8R: unknown offer o365-e6/,
    ],
    [
      'products.json',
      (text: string) => text.replace('"duration": "P1M"', '"duration": "P1D"'),
      /products\.json, entry 0 \(CFQ7TTC0LH1G\), terms\.2\.duration/,
    ],
    [
      'products.json',
      (text: string) => text.replace('"billingCycle": "monthly"}]', '"billingCycle": "annual"}]'),
      /products\.json, entry CFQ7TTC0LH1G: P1M cannot be billed annual/,
    ],
    [
      'products.json',
      (text: string) => text.replace('"teams-suites"', '"hearsay"'),
      /products\.json, entry CFQ7TTC0LF8Q: unknown source hearsay/,
    ],
    [
      'products.json',
      (text: string) => text.replace('"YUKSELT00002"', '"YUKSELT00001"'),
      /products\.json, entry YUKSELT00001: there twice/,
    ],
    [
      'upgrade-paths.json',
      (text: string) => text.replace('"to": "nce-o365-e1"', '"to": "o365-e1"'),
      /upgrade-paths\.json, entry nce-business-basic--nce-o365-e1: o365-e1 is not of the platform newCommerce/,
    ],
    [
      'demo-prices.json',
      (text: string) => text.replace('"monthly-billing"', '"hearsay"'),
      /demo-prices\.json, entry P1Y, monthly, from 2025-04-01: unknown source hearsay/,
    ],
    [
      'demo-prices.json',
      (text: string) => text.replace('"validFrom": "2025-04-01"', '"validFrom": "2022-03-01"'),
      /demo-prices\.json, entry P1Y, monthly, from 2022-03-01: there twice/,
    ],
    [
      'demo-promotions.json',
      (text: string) => text.replace('"P1Y"', '"P3Y"'),
      /demo-promotions\.json, entry demo-first-standard: nce-business-standard is not sold for P3Y/,
    ],
    [
      'demo-promotions.json',
      (text: string) => text.replace('"validUntil": "2030', '"validUntil": "2020'),
      /demo-promotions\.json, entry demo-first-standard: ends before it begins/,
    ],
    [
      'demo-promotions.json',
      (text: string) => text.replace('"demo-first-standard"', '"first-standard"'),
      /demo-promotions\.json, entry 0 \(first-standard\), promotionId/,
    ],
    [
      'demo-promotions.json',
      (text: string) => text.replace('"firstPurchase": true', '"minSeats": 9, "maxSeats": 8'),
      /demo-promotions\.json, entry demo-first-standard: minSeats is above maxSeats/,
    ],
  ])('%s', (file, change, message) => {
    expect(loadBroken(file, change)).toThrow(message);
  });
});
