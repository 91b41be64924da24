import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { QUALIFICATIONS } from '../customers/qualification.ts';
import { offerOf } from '../upgrades/upgrade-facts.fixture.ts';
import type { Offer } from './offer.ts';
import type { ProductSku } from './product.ts';
import { maySellTo, type SaleFacts, saleRefusals } from './sale.ts';

const { catalog } = loadCatalog();
const basic = offerOf(catalog, 'nce-business-basic');
const e3 = offerOf(catalog, 'nce-o365-e3');

/** A customer in Türkiye of a partner in Türkiye, on an autumn day of 2026, who holds nothing. */
const facts = (bent: Partial<SaleFacts> = {}): SaleFacts => ({
  catalog,
  now: Temporal.Instant.from('2026-11-22T23:59:59Z'),
  partnerMarket: 'TR',
  customerMarket: 'TR',
  qualification: 'none',
  skusEverHeld: new Set(),
  ...bent,
});
const namesOf = (offer: Offer, bent?: Partial<SaleFacts>) => saleRefusals(offer, facts(bent)).map(({ name }) => name);
const withProduct = (offer: Offer, bent: Partial<ProductSku>): Offer =>
  offer.product ? { ...offer, product: { ...offer.product, ...bent } } : offer;

describe('segments (N51 to N53)', () => {
  it.each([
    ['commercial', ['none', 'education', 'nonprofit', 'stateOwnedEntity']],
    ['education', ['education']],
    ['nonprofit', ['nonprofit']],
    ['government', ['governmentCommunityCloud']],
  ] as const)('a %s offer is for %j', (segment, customers) => {
    expect(QUALIFICATIONS.filter((qualification) => maySellTo(qualification, segment))).toEqual(customers);
    const offer = withProduct(basic, { segment });
    for (const qualification of QUALIFICATIONS) {
      const may = (customers as readonly string[]).includes(qualification);
      expect(saleRefusals(offer, facts({ qualification }))).toEqual(
        may ? [] : [{ name: 'segment-not-qualified', offerId: basic.offerId, segment }],
      );
    }
  });

  it('limit no legacy offer, whose matrix says nothing of them', () => {
    expect(namesOf(offerOf(catalog, 'business-basic'), { qualification: 'governmentCommunityCloud' })).toEqual([]);
  });
});

describe('markets (N55, N56)', () => {
  const indian = { ...basic, markets: ['IN'] };

  it('on new commerce the customer’s decides alone', () => {
    expect(namesOf(indian, { partnerMarket: 'TR', customerMarket: 'IN' })).toEqual([]);
    expect(saleRefusals(indian, facts({ partnerMarket: 'IN' }))).toEqual([
      { name: 'offer-not-sold', offerId: basic.offerId, market: 'TR' },
    ]);
  });

  it('on the legacy platform both must have the offer', () => {
    const legacy = offerOf(catalog, 'business-basic-india');
    expect(namesOf(legacy, { partnerMarket: 'TR', customerMarket: 'IN' })).toEqual(['offer-not-sold']);
    expect(namesOf(legacy, { partnerMarket: 'IN', customerMarket: 'TR' })).toEqual(['offer-not-sold']);
    expect(namesOf(legacy, { partnerMarket: 'IN', customerMarket: 'IN' })).toEqual([]);
  });
});

describe('the end of sale (N58)', () => {
  const ending = withProduct(basic, { endOfSaleOn: Temporal.PlainDate.from('2026-11-22') });

  it('is the last day on which anybody can buy it or move to it', () => {
    expect(namesOf(ending)).toEqual([]);
    expect(saleRefusals(ending, facts({ now: Temporal.Instant.from('2026-11-23T00:00:00Z') }))).toEqual([
      { name: 'offer-end-of-sale', offerId: basic.offerId, endedOn: Temporal.PlainDate.from('2026-11-22') },
    ]);
  });
});

describe('enterprise suites with Teams (N57)', () => {
  it('are closed to a customer who never had one', () => {
    expect(saleRefusals(e3, facts())).toEqual([{ name: 'teams-suite-closed', offerId: e3.offerId }]);
    expect(namesOf(e3, { skusEverHeld: new Set([basic.skuId]) })).toEqual(['teams-suite-closed']);
  });

  it('stay open to who has or had any of them, on either platform', () => {
    const legacyE1 = offerOf(catalog, 'o365-e1');
    expect(namesOf(e3, { skusEverHeld: new Set([legacyE1.skuId]) })).toEqual([]);
  });

  it('are the only ones that the rule is about', () => {
    expect(namesOf(basic)).toEqual([]);
    expect(namesOf(offerOf(catalog, 'nce-apps-enterprise'))).toEqual([]);
    expect(namesOf(offerOf(catalog, 'o365-e3'))).toEqual([]);
  });

  it.each([
    ['DE', '2023-10-01'],
    ['CH', '2023-10-01'],
    ['NO', '2023-10-01'],
    ['TR', '2024-04-01'],
    ['GB', '2024-04-01'],
  ])('in %s are closed from %s on', (customerMarket, from) => {
    const day = Temporal.PlainDate.from(from).toZonedDateTime('UTC');
    expect(namesOf(e3, { customerMarket, now: day.toInstant() })).toEqual(['teams-suite-closed']);
    expect(namesOf(e3, { customerMarket, now: day.subtract({ seconds: 1 }).toInstant() })).toEqual([]);
  });

  it('are open to everybody where the rule is switched off', () => {
    expect(namesOf(e3, { catalog: { ...catalog, teamsSuitesClosed: false } })).toEqual([]);
  });
});

it('every reason that holds is told, not the first alone (E31)', () => {
  const offer = withProduct(
    { ...e3, markets: ['IN'] },
    {
      segment: 'education',
      endOfSaleOn: Temporal.PlainDate.from('2026-01-01'),
    },
  );
  expect(namesOf(offer)).toEqual([
    'offer-not-sold',
    'segment-not-qualified',
    'offer-end-of-sale',
    'teams-suite-closed',
  ]);
});
