import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../server/catalog/load-catalog.ts';
import { drawFrom } from '../../test/draw.ts';
import type { RecordFact } from './record.ts';
import { readRow } from './read-row.ts';
import type { RowReading } from './row-reading.ts';
import { surveyFile } from './survey-file.ts';

const { catalog } = loadCatalog();

/** What the rows of a table say, as a file of them is read. */
function read(headings: readonly string[], rows: readonly (readonly string[])[]): RowReading[] {
  const survey = surveyFile('USD');
  const all = rows.map((cells) => ({ cells, isWhole: cells.length === headings.length }));
  for (const row of all) survey.see(row, headings);
  const facts = survey.found();
  if (!('columns' in facts && 'signs' in facts)) throw new Error(`no file: ${facts.name}`);
  return all.flatMap((row) => readRow(row, facts, catalog));
}

/** One row by its headings. */
function readOne(cells: Readonly<Record<string, string>>): RowReading | undefined {
  return read(Object.keys(cells), [Object.values(cells)])[0];
}

const factOf = (reading: RowReading | undefined) => (reading?.state === 'read' ? reading.record?.fact : reading);
const doubtOf = (reading: RowReading | undefined) =>
  reading?.state === 'in-doubt' ? [reading.reason, reading.column, reading.found] : reading;

const ID = '1f2e3d4c-0000-4000-8000-00000000000';
const SUBSCRIPTION = {
  Customer: 'Contoso.com',
  'Subscription ID': `${ID}1`,
  Offer: 'bd938f12-058f-4927-bba3-ae36b1d2501c',
  Seats: '5',
  'Start date': '2026-03-01',
  Billing: 'Monthly',
};

describe('what was printed', () => {
  const draw = drawFrom(7);
  const pick = <Value>(values: readonly Value[]): Value => values[draw(values.length)] as Value;
  const NAMES = ['Ada', 'Çağ "Işık" A.Ş.', 'A; B, C', 'İĞÜŞ', "O'Neil", '@home', '-5 derece'];

  /** In any order and in any letters, with what a spreadsheet makes of texts that begin with a sign. */
  function print(columns: Readonly<Record<string, string>>): [string[], string[]] {
    const shuffled = Object.entries(columns)
      .map((entry) => ({ entry, at: draw(1000) }))
      .toSorted((one, other) => one.at - other.at)
      .map(({ entry }) => entry);
    const letters = pick([
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.toLowerCase().replaceAll(' ', '_'),
    ]);
    const cell = (text: string) => (/^[-@+=]/.test(text) ? `'${text}` : pick([text, `="${text}"`]));
    return [shuffled.map(([heading]) => letters(heading)), shuffled.map(([, text]) => cell(text))];
  }

  it('is read as it was, whatever the order and the letters of its columns', () => {
    for (let round = 0; round < 200; round += 1) {
      const n = String(draw(10));
      const name = pick(NAMES);
      const customer = { name, domain: `c${n}.example`, customerId: `${ID}${n}`, country: 'TR' };
      const [customerHeadings, customerCells] = print({
        'Company name': customer.name,
        Domain: customer.domain,
        'Customer ID': customer.customerId,
        Country: customer.country,
      });
      expect(factOf(read(customerHeadings, [customerCells])[0])).toEqual(customer);

      const subscription: RecordFact = {
        subscriptionId: `${ID}${n}`,
        offerId: pick(['bd938f12-058f-4927-bba3-ae36b1d2501c', '796b6b5f-613c-4e24-a17c-eba730d49c02']),
        quantity: 1 + draw(300),
        termDuration: 'P1Y',
        billingCycle: pick(['monthly', 'annual'] as const),
        startsOn: `2026-0${1 + draw(9)}-1${n}`,
        status: pick(['active', 'suspended'] as const),
        autoRenew: pick([true, false]),
        unitPrice: `${1 + draw(50)}.${10 + draw(89)}`,
        nickname: name,
      };
      const [headings, cells] = print({
        Customer: 'c.example',
        'Subscription ID': subscription.subscriptionId,
        Offer: subscription.offerId,
        Seats: String(subscription.quantity),
        'Start date': subscription.startsOn,
        Term: subscription.termDuration,
        Billing: subscription.billingCycle,
        Status: subscription.status,
        'Auto renew': subscription.autoRenew ? 'yes' : 'no',
        'Unit price': subscription.unitPrice ?? '',
        Nickname: name,
      });
      expect(factOf(read(headings, [cells])[0])).toEqual(subscription);
    }
  });
});

describe('a row of a subscription', () => {
  it('is read with the words of Turkish exports, and with what it leaves out', () => {
    const turkish = {
      Müşteri: 'contoso.com',
      'ABONELİK KİMLİĞİ': `{${ID.toUpperCase()}1}`,
      Teklif: 'CFQ7TTC0LH18/1',
      'Lisans sayısı': '25,0',
      'Başlangıç tarihi': '05.03.2026',
      Dönem: 'Yıllık',
      Faturalama: 'aylık',
      Durum: 'Askıda',
      'Otomatik yenileme': 'Hayır',
      'Birim fiyat': '5,25',
    };
    expect(factOf(readOne(turkish))).toEqual({
      subscriptionId: `${ID}1`,
      offerId: 'cfq7ttc0lh18:0001',
      quantity: 25,
      termDuration: 'P1Y',
      billingCycle: 'monthly',
      startsOn: '2026-03-05',
      status: 'suspended',
      autoRenew: false,
      unitPrice: '5.25',
    });
  });

  it.each([
    [
      'an offer that two platforms sell under one name',
      { Offer: 'Office 365 E3' },
      ['offer-ambiguous', 'Offer', 'Office 365 E3'],
    ],
    ['a formula', { Seats: '5', Customer: '=A1' }, ['formula', 'Customer', '=A1']],
    [
      'an ID that a spreadsheet has spoiled',
      { 'Subscription ID': '1.2E+30' },
      ['not-an-id', 'Subscription ID', '1.2E+30'],
    ],
    ['a day that does not exist', { 'Start date': '2026-02-30' }, ['not-a-day', 'Start date', '2026-02-30']],
    [
      'a term of the legacy platform that is no year',
      { Term: 'P3Y', Platform: 'legacy' },
      ['unknown-term', 'Term', 'P3Y'],
    ],
    ['a price below nothing', { 'Unit price': '-4.00' }, ['not-a-number', 'Unit price', '-4.00']],
    ['a price in another currency', { 'Unit price': '4.00', Currency: 'EUR' }, ['foreign-currency', 'Currency', 'EUR']],
    ['an end before the start', { 'End date': '2026-02-01' }, ['ends-before-start', 'End date', '2026-02-01']],
  ])('is in doubt for %s', (_what, cells, doubt) => {
    expect(doubtOf(readOne({ ...SUBSCRIPTION, ...cells }))).toEqual(doubt);
  });

  it('is of new commerce where its term is of it alone', () => {
    const monthly = { ...SUBSCRIPTION, Offer: 'Microsoft 365 Business Basic', Term: 'P1M', Billing: '' };
    expect(factOf(readOne(monthly))).toMatchObject({ offerId: 'cfq7ttc0lh18:0001', billingCycle: 'monthly' });
  });
});

describe('a row of a user', () => {
  const USER = { 'User principal name': 'Ayse@Contoso.com', 'Display name': 'Ayşe' };

  const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

  it('has the licenses that the catalog knows, and tells the others', () => {
    const Licenses = 'Office 365 E3+Microsoft Power Automate Free+Enterprise Mobility + Security E3; VISIOCLIENT';
    const reading = readOne({ ...USER, Licenses });
    expect(reading).toMatchObject({ state: 'read', record: { customer: 'contoso.com', key: 'ayse@contoso.com' } });
    expect(factOf(reading)).toMatchObject({
      skuIds: ['6fd2c87f-b296-42f0-b197-1e91e994b900', 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e', VISIO],
      unknownProducts: ['Microsoft Power Automate Free'],
    });
    for (const none of ['Unlicensed', 'Lisanssız', ''])
      expect(factOf(readOne({ ...USER, Licenses: none }))).toMatchObject({ skuIds: [], unknownProducts: [] });
  });

  it('is in doubt for a name that is no address, and for a country in words', () => {
    expect(doubtOf(readOne({ ...USER, 'User principal name': 'ayse' }))).toEqual([
      'not-an-address',
      'User principal name',
      'ayse',
    ]);
    expect(doubtOf(readOne({ ...USER, 'Usage location': 'Turkey' }))).toEqual([
      'not-a-country',
      'Usage location',
      'Turkey',
    ]);
  });
});
