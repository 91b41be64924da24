import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { principalFamilies } from '../core/catalog/offer.ts';
import { DEMO_CATALOG } from '../demo/catalog.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';

const { catalog, priceLists } = loadCatalog();
const keyOf = (offerId: string) => catalog.offers.get(offerId)?.key;

describe('the shipped catalog', () => {
  it('opens the ten paths of the upgrade table and the two of the India footnote, and nothing else (R2, S8, S9)', () => {
    const open = catalog.paths.filter((path) => path.enabled);
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
    const refused = catalog.paths.filter((path) => path.standing === 'refused');
    expect(refused.map((path) => `${keyOf(path.fromOfferId)} > ${keyOf(path.toOfferId)}`)).toEqual([
      'apps-business-india > business-standard',
      'business-basic-india > business-standard',
    ]);
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
    expect(limited).toEqual([
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
    expect(loadCatalog(DEMO_CATALOG).catalog.offers.size).toBe(catalog.offers.size + 2);
  });

  it('prices Business Basic at 5, 6 and 7 dollars by the day (product decision 13)', () => {
    const prices = priceLists[0]?.prices.filter((price) => price.offer === 'business-basic');
    expect(prices?.map((price) => [price.validFrom, price.unitPrice])).toEqual([
      ['2015-01-01', '5.00'],
      ['2022-03-01', '6.00'],
      ['2026-07-01', '7.00'],
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
  ])('%s', (file, change, message) => {
    expect(loadBroken(file, change)).toThrow(message);
  });
});
