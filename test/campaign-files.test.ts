import { describe, expect, it } from 'vitest';
import { OFFERS } from '../demo/ids.ts';
import { DEMO_CATALOG } from '../demo/catalog.ts';
import { loadCatalog } from '../server/catalog/load-catalog.ts';
import { readCampaignTable, understandRows } from '../server/campaigns/read-campaign-file.ts';
import { readTable } from '../server/imports/read-table.ts';
import { arriving } from '../server/imports/table-files.fixture.ts';

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const { catalog } = loadCatalog(DEMO_CATALOG);
const customers = [
  { customerId: id(1), domain: 'deniz.example' },
  { customerId: id(2), domain: 'ortak.example' },
  { customerId: id(3), domain: 'ortak.example' },
];
const sold = [1, 2, 3].map((digit) => ({
  customerId: id(digit),
  subscriptionId: id(digit + 3),
  offerId: OFFERS.businessBasic,
  quantity: 10,
}));

async function understood(text: string, targetOfferId: string | undefined) {
  const table = await readTable(arriving(Buffer.from(text)));
  if (!table.ok) throw new Error(table.refused.name);
  const file = await readCampaignTable(table.value);
  await table.value.close();
  if (!file.ok) throw new Error(file.refused.name);
  return understandRows(file.value, { catalog, customers, sold, targetOfferId });
}

/** What a row below a heading comes to: what it means, or its fault. */
async function meaningOf(row: string, targetOfferId: string | undefined = OFFERS.o365E3) {
  const heading = 'customer,subscription id,new offer,licenses';
  const { rows, badRows } = await understood(`${heading}\n${row}\nnobody.example,,,`, targetOfferId);
  return rows[0] ?? badRows[0]?.fault;
}

describe('a row of a file of subscriptions', () => {
  it('names its customer by id or domain, in whatever case, and all seats where it names none', async () => {
    const meant = {
      customerId: id(1),
      subscriptionId: id(4),
      targetOfferId: OFFERS.o365E3,
      licenses: 10,
      quantity: null,
    };
    expect(await meaningOf(`${id(1)},${id(4)},,`)).toMatchObject({ ...meant, line: 2 });
    expect(await meaningOf(`DENIZ.example,${id(4).toUpperCase()},,`)).toMatchObject(meant);
  });

  it('may name an offer of its own by id or by its name in either language, and fewer seats', async () => {
    expect(await meaningOf(`${id(1)},${id(4)},${OFFERS.o365E5},4`)).toMatchObject({
      targetOfferId: OFFERS.o365E5,
      quantity: 4,
    });
    const name = catalog.offers.get(OFFERS.o365E5)?.name.tr ?? '';
    expect(await meaningOf(`${id(1)},${id(4)},${name.toUpperCase()},`, undefined)).toMatchObject({
      targetOfferId: OFFERS.o365E5,
    });
  });

  it.each([
    ['customerMissing', `,${id(4)},,`],
    ['customerUnknown', `nobody.example,${id(4)},,`],
    ['customerAmbiguous', `ortak.example,${id(5)},,`],
    ['subscriptionMissing', `${id(1)},,,`],
    ['subscriptionUnknown', `${id(1)},${id(5)},,`],
    ['subscriptionUnknown', `${id(1)},my subscription,,`],
    ['targetUnknown', `${id(1)},${id(4)},Office 95,`],
    ['licenses', `${id(1)},${id(4)},,"1.000"`],
    ['licenses', `${id(1)},${id(4)},,0`],
    ['customerUnknown', `=1+1,${id(4)},,`],
    ['columns', `${id(1)},${id(4)}`],
  ])('is not understood: %s', async (fault, row) => {
    expect(await meaningOf(row)).toBe(fault);
  });

  it('is not understood without an offer where none was chosen for all', async () => {
    const { badRows } = await understood(`customer;subscription\n${id(1)};${id(4)}`, undefined);
    expect(badRows).toEqual([{ line: 2, column: 'target', text: '', fault: 'targetMissing' }]);
  });

  it('may name an offer of new commerce as price lists do, also where a spreadsheet took the zeros of its SKU', async () => {
    const [product = '', sku = ''] = OFFERS.nceO365E3.split(':');
    const rows = [`${product.toUpperCase()}/${sku}`, `${product}:${Number(sku)}`];
    const text = rows.map((target, at) => `${id(at === 0 ? 1 : 3)},${id(at === 0 ? 4 : 6)},${target}`).join('\n');
    const read = await understood(`customer,subscription,target\n${text}\n`, undefined);
    expect(read.rows.map(({ targetOfferId }) => targetOfferId)).toEqual([OFFERS.nceO365E3, OFFERS.nceO365E3]);
    expect(read.restoredIds).toBe(1);
  });
});
