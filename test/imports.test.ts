import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import type { ImportRowState } from '../contract/imports.ts';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { fileOf, type Shape } from '../server/imports/table-files.fixture.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { legacyList, pricesInForce, type ProductRow, productList, withPrices } from './price-files.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  aylin = await deployment.signIn('aylin@kuzey.example');
});

const send = (table: string[][], shape?: Shape, api = aylin) =>
  api('sendImport', { query: { fileName: 'list.csv' }, body: new Blob([new Uint8Array(fileOf(table, shape))]) });
const sendRows = (rows: readonly ProductRow[], shape?: Shape) => send(productList(rows), shape);
const checked = async (table: string[][], shape?: Shape) => valueOf(await send(table, shape));
const apply = async (importId: string, body = {}) =>
  valueOf(await aylin('applyImport', { params: { importId }, body }));
const rowsOf = async (importId: string, state?: ImportRowState) =>
  valueOf(await aylin('listImportRows', { params: { importId }, query: { ...(state && { state }) } })).items;
const none = { new: 0, changed: 0, gone: 0, same: 0, 'left-out': 0, 'in-doubt': 0 };

/** Makes the list that is in force a version of the partner’s own. */
async function adopt() {
  const { importId } = await checked(legacyList(await pricesInForce(aylin, 'legacy')));
  await apply(importId);
  return pricesInForce(aylin, 'legacy');
}

const QUOTED = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_only' as const };
const quote = () =>
  aylin('quoteUpgrade', { params: { customerId: customerId(1), subscriptionId: subscriptionId(1) }, body: QUOTED });
const submit = (quoteId: string) => aylin('submitQuote', { params: { customerId: customerId(1), quoteId } });

describe('the price list of a partner', () => {
  it('gives each billing cycle of an offer its price, also one that had none', async () => {
    const prices = await pricesInForce(aylin, 'legacy');
    const read = await checked(legacyList(prices));
    expect(read.counts).toEqual({ ...none, new: 1, same: prices.length });
    expect(await rowsOf(read.importId, 'new')).toMatchObject([
      { offerId: OFFERS.o365E5, billingCycle: 'annual', before: null, after: { amount: '38.00' } },
    ]);
  });

  it('that says what is in force changes nothing, in whatever shape it comes', async () => {
    const prices = await adopt();
    const shapes: Shape[] = [
      {},
      { separator: ';', encoding: 'utf-16le', mark: true },
      { separator: '\t', zipped: true },
    ];
    for (const shape of shapes) {
      const read = await checked(legacyList(prices), shape);
      expect(read).toMatchObject({
        state: 'checked',
        kind: 'legacyPrices',
        scope: '*',
        changes: 0,
        counts: { ...none, same: prices.length },
        read: { separator: shape.separator ?? ',', decimalSign: '.', unknownColumns: [] },
      });
    }
  });

  it('is shown as a difference, applied as one version, and a second time changes nothing', async () => {
    const prices = await adopt();
    const [dropped] = prices;
    const table = legacyList(prices, { [OFFERS.o365E3]: '30.5' }).filter(
      (row) => !row.includes(dropped?.offerId ?? ''),
    );
    const { importId, counts, comparedWith } = await checked(table);
    expect(counts).toEqual({ ...none, changed: 2, gone: 2, same: prices.length - 4 });
    expect(comparedWith).toBe(1);
    const [before] = prices.filter(({ offerId }) => offerId === OFFERS.o365E3);
    const change = { offerId: OFFERS.o365E3, before: { amount: before?.amount }, after: { amount: '30.50' } };
    expect(await rowsOf(importId, 'changed')).toMatchObject([change, change]);
    const gone = { line: null, offerId: dropped?.offerId, before: { amount: dropped?.amount }, after: null };
    expect(await rowsOf(importId, 'gone')).toMatchObject([gone, gone]);
    expect(await pricesInForce(aylin, 'legacy')).toEqual(prices);

    expect(await apply(importId)).toMatchObject({ state: 'applied', version: 2 });
    const left = prices.filter(({ offerId }) => offerId !== dropped?.offerId);
    expect(await pricesInForce(aylin, 'legacy')).toEqual(withPrices(left, { [OFFERS.o365E3]: '30.50' }));
    const again = await checked(table);
    expect(again).toMatchObject({ changes: 0, comparedWith: 2 });
    expect(await apply(again.importId)).toMatchObject({ state: 'applied', version: 2 });
    expect(await apply(importId)).toMatchObject({ state: 'applied', version: 2 });
    const { items } = valueOf(await aylin('listImportVersions', {}));
    expect(items.map(({ version, inForce, fileName }) => [version, inForce, fileName])).toEqual([
      [2, true, 'list.csv'],
      [1, false, 'list.csv'],
      [0, false, null],
    ]);
  });

  it('leaves a quote of the older list standing where its price stays, and outdates it with the difference where not', async () => {
    const prices = await adopt();
    const standing = valueOf(await quote());
    const other = await checked(legacyList(prices, { [OFFERS.o365E5]: '77' }));
    await apply(other.importId);
    const outdated = valueOf(await quote());
    const dearer = await checked(legacyList(prices, { [OFFERS.o365E3]: '31' }));
    await apply(dearer.importId);
    for (const { quoteId } of [standing, outdated]) {
      const problem = problemOf(await submit(quoteId));
      expect(problem.code).toBe('quote-outdated');
      const difference = problem.differences?.find(({ point }) => point === 'unitPrice');
      expect(difference?.after.join()).toContain('31');
    }
    const { items } = valueOf(await aylin('listImportVersions', {}));
    await aylin('restoreImportVersion', { body: { subject: 'prices', scope: '*', version: 1 } });
    expect(items[0]).toMatchObject({ version: 3 });
    expect(valueOf(await submit(standing.quoteId))).toMatchObject({ state: 'applied' });
  });

  it('holds from its day on, and until then the list before', async () => {
    const prices = await adopt();
    const { importId } = await checked(legacyList(prices, { [OFFERS.o365E3]: '32' }));
    const past = await aylin('checkImport', { params: { importId }, body: { effectiveOn: '2020-01-01' } });
    expect(problemOf(past).fields).toMatchObject([{ field: 'effectiveOn' }]);
    const body = { effectiveOn: '2027-01-15' };
    expect(valueOf(await aylin('checkImport', { params: { importId }, body }))).toMatchObject({
      effectiveOn: '2027-01-15',
      counts: { changed: 2 },
    });
    await apply(importId);
    expect(await pricesInForce(aylin, 'legacy')).toEqual(prices);
    const { items } = valueOf(await aylin('listPrices', { query: { search: OFFERS.o365E3 } }));
    expect(items.filter(({ validFrom }) => validFrom === '2027-01-15').map(({ price }) => price.amount)).toEqual([
      '32.00',
      '32.00',
    ]);
  });

  it('is nobody else’s, and is restored to what was before', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    const [prices, theirs] = [await adopt(), await pricesInForce(wendy, 'legacy')];
    const { importId } = await checked(legacyList(prices, { [OFFERS.o365E3]: '33' }));
    await apply(importId);
    expect(await pricesInForce(wendy, 'legacy')).toEqual(theirs);
    expect(problemOf(await wendy('showImport', { params: { importId } })).code).toBe('not-found');
    expect(valueOf(await wendy('listImportVersions', {})).items).toEqual([]);
    const body = { subject: 'prices' as const, scope: '*' as const, version: 1 };
    const restored = valueOf(await aylin('restoreImportVersion', { body }));
    expect(restored).toMatchObject({ version: 3, restoredFrom: 1, inForce: true });
    expect(valueOf(await aylin('restoreImportVersion', { body }))).toEqual(restored);
    expect(await pricesInForce(aylin, 'legacy')).toEqual(prices);
    const told = await deployment.context.database.asSystem((tx) =>
      tx.query<{ action: string }>(`select action from audit_records where action like 'import.%' order by audit_id`),
    );
    expect(told.map(({ action }) => action)).toEqual(['import.applied', 'import.applied', 'import.restored']);
  });

  it('of new commerce is for its market, restores short SKU numbers, and prices a month of a yearly term', async () => {
    const rows = [
      { sku: '1' },
      { sku: '1', plan: 'Monthly', price: '60.5' },
      { product: 'CFQ7TTC0XXXX', price: '1.00' },
      { currency: 'EUR', price: '50' },
      { segment: 'Education', price: '10' },
    ];
    const read = valueOf(await sendRows(rows, { separator: ';', encoding: 'windows-1254' }));
    expect(read).toMatchObject({
      kind: 'newCommercePrices',
      scope: 'TR',
      counts: { 'left-out': 3, 'in-doubt': 0 },
      read: { restoredIds: 2 },
    });
    const used = (await rowsOf(read.importId)).filter(({ line, after }) => line !== null && after !== null);
    expect(used.map(({ billingCycle, after }) => [billingCycle, after?.amount])).toEqual([
      ['annual', '57.60'],
      ['monthly', '5.04'],
    ]);
    expect((await rowsOf(read.importId, 'left-out')).map(({ reason }) => reason)).toEqual([
      'The catalog does not have this offer.',
      'Only the lines of your currency are used.',
      'The line is for other kinds of customers.',
    ]);
    await apply(read.importId);
    const { items } = valueOf(await aylin('listPriceLists', {}));
    expect(items.filter(({ market, use }) => market === 'TR' && use === 'market')).toHaveLength(1);
  });
});

describe('rows that cannot be relied on', () => {
  it('are told with line, column, what stands there and why, in the caller’s language', async () => {
    const rows = [
      { price: '1.234,50' },
      { plan: 'Monthly', price: '12.50' },
      { product: 'CFQ7TTC0LF8Q', price: '96,00' },
      { term: 'P1M', plan: 'Monthly', price: '7,20' },
      { product: 'CFQ7TTC0LDPB', price: '1.500' },
      { product: 'CFQ7TTC0LDPB', plan: 'Monthly', price: 'twelve' },
      { product: 'CFQ7TTC0LF8R', price: '90,00', from: '03/04/2026' },
      { product: 'CFQ7TTC0LF8R', plan: 'Monthly', price: '90,00', market: 'DE' },
      { product: 'CFQ7TTC0LF8R', price: '90,00', term: 'P2Y' },
    ];
    const api = await deployment.signIn('aylin@kuzey.example', 'tr');
    const { importId, counts } = valueOf(await send(productList(rows), { separator: ';' }, api));
    expect(counts?.['in-doubt']).toBe(6);
    const { items } = valueOf(await api('listImportRows', { params: { importId }, query: { state: 'in-doubt' } }));
    expect(items.map(({ line, column, found, reason }) => [line, column, found, reason])).toEqual([
      [3, 'UnitPrice', '12.50', expect.stringContaining('hem nokta hem virgül')],
      [6, 'UnitPrice', '1.500', expect.stringContaining('hem nokta hem virgül')],
      [7, 'UnitPrice', 'twelve', 'Bu bir sayı değil.'],
      [8, 'EffectiveStartDate', '03/04/2026', expect.stringContaining('yer değiştirebilir')],
      [9, 'Market', 'DE', expect.stringContaining('başka bir pazarın')],
      [10, 'TermDuration', 'P2Y', expect.stringContaining('P1M, P1Y veya P3Y')],
    ]);
  });

  it('stop the import, unless they are left out: then what is in force for their offers stays', async () => {
    const prices = await adopt();
    const table = legacyList(prices, { [OFFERS.o365E3]: 'free', [OFFERS.o365E5]: '70' });
    const { importId } = await checked(table);
    const refused = problemOf(await aylin('applyImport', { params: { importId }, body: {} }));
    expect(refused.code).toBe('import-in-doubt');
    expect(await pricesInForce(aylin, 'legacy')).toEqual(prices);
    await apply(importId, { leaveOutDoubts: true });
    expect(await pricesInForce(aylin, 'legacy')).toEqual(withPrices(prices, { [OFFERS.o365E5]: '70.00' }));
  });

  it('are both in doubt where two give another price for the same days, and one is left out where they say the same', async () => {
    const twice = valueOf(await sendRows([{ price: '50' }, { price: '51' }, { plan: 'Monthly' }, { plan: 'Monthly' }]));
    expect(twice.counts).toMatchObject({ 'in-doubt': 2, 'left-out': 2 });
    const overlap = valueOf(await sendRows([{ price: '50' }, { price: '51', from: '2026-01-01' }]));
    const [older] = await rowsOf(overlap.importId, 'left-out');
    expect(older).toMatchObject({ line: 2, reason: 'A line with a later start takes its place.' });
  });
});

describe('a file as a whole', () => {
  const sendText = (text: string) => aylin('sendImport', { query: { fileName: 'x.csv' }, body: new Blob([text]) });

  it.each([
    ['of something else', 'name,age\nAda,36\n', /headings are not those/],
    [
      'that lacks columns',
      'ProductId,SkuId,TermDuration,Market,Currency\na,b,c,d,e\n',
      /missing: BillingPlan, UnitPrice/,
    ],
    ['that is cut off', 'Offer ID,List Price\nx,"1', /middle of a line/],
  ])('%s is refused with what is wrong, and nothing stays', async (_what, text, reason) => {
    const problem = problemOf(await sendText(text));
    expect(problem).toMatchObject({ code: 'file-not-read', detail: expect.stringMatching(reason) });
    expect(valueOf(await aylin('listImports', {})).items).toEqual([]);
  });

  it('is refused while it is still being sent where it is too large', async () => {
    const piece = 'Offer ID,List Price\n'.repeat(50_000);
    const problem = problemOf(
      await aylin('sendImport', { query: { fileName: 'x' }, body: new Blob(Array(70).fill(piece)) }),
    );
    expect(problem.detail).toContain('64,000,000 bytes');
  });

  it('is sent by whoever may, once by its id, and thrown away until it is applied', async () => {
    const selim = await deployment.signIn('selim@kuzey.example');
    const table = productList([{}]);
    expect(problemOf(await send(table, {}, selim)).code).toBe('role-not-allowed');
    const importId = deployment.context.newId();
    const sendAs = () =>
      aylin('sendImport', { query: { fileName: 'a', importId }, body: new Blob([new Uint8Array(fileOf(table))]) });
    const first = valueOf(await sendAs());
    expect(valueOf(await sendAs())).toEqual(first);
    expect(await aylin('removeImport', { params: { importId } })).toMatchObject({ ok: true });
    expect(problemOf(await aylin('showImport', { params: { importId } })).code).toBe('not-found');
    const { importId: kept } = await checked(table);
    await apply(kept);
    expect(problemOf(await aylin('removeImport', { params: { importId: kept } })).code).toBe('import-applied');
  });

  it('is not applied to what a colleague has changed meanwhile', async () => {
    const prices = await adopt();
    const [one, other] = [
      await checked(legacyList(prices, { [OFFERS.o365E3]: '40' })),
      await checked(legacyList(prices, { [OFFERS.o365E3]: '41' })),
    ];
    await apply(one.importId);
    const refused = problemOf(await aylin('applyImport', { params: { importId: other.importId }, body: {} }));
    expect(refused.code).toBe('import-overtaken');
  });

  it('of a hundred thousand lines is read in little memory and time', async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => ({ product: `CFQ7TTC0${at}`, price: `${at}.25` }));
    const file = new Blob([new Uint8Array(fileOf(productList(rows), { zipped: true }))]);
    const [before, start] = [process.memoryUsage().rss, performance.now()];
    const read = valueOf(await aylin('sendImport', { query: { fileName: 'big.zip' }, body: file }));
    expect(read.counts).toMatchObject({ 'left-out': 100_000 });
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });
});

describe('an offer matrix', () => {
  const MATRIX = ['Offer Display Name', 'Durable Offer ID', 'Can Convert To', 'Allowed Countries'];
  const matrixOf = (...lines: (readonly [from: string, ...to: string[]])[]) => [
    MATRIX,
    ...lines.map(([from, ...to]) => ['An offer', from, to.join(';'), 'TR;US']),
  ];
  const pathsFrom = async (offerId: string, api = aylin) =>
    valueOf(await api('listPaths', {}))
      .items.filter(({ from, open }) => from.offerId === offerId && open)
      .map(({ to }) => to.offerId)
      .toSorted();

  it('says alone what its offers can become, for the partner, until it is restored', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    const [before, others] = [await pathsFrom(OFFERS.businessBasic), await pathsFrom(OFFERS.businessStandard)];
    expect(before).toContain(OFFERS.o365E3);
    const table = matrixOf([
      OFFERS.businessBasic,
      OFFERS.o365E3,
      OFFERS.appsBusiness,
      'a1b2c3d4-0000-4000-8000-000000000000',
    ]);
    const read = await checked(table);
    expect(read).toMatchObject({ kind: 'legacyMatrix', subject: 'paths', scope: 'legacy' });
    expect(read.counts).toEqual({ ...none, new: 1, same: 1, gone: before.length - 1, 'left-out': 1 });
    await apply(read.importId);
    expect(await pathsFrom(OFFERS.businessBasic)).toEqual([OFFERS.o365E3, OFFERS.appsBusiness].toSorted());
    expect(await pathsFrom(OFFERS.businessStandard)).toEqual(others);
    expect(await pathsFrom(OFFERS.businessBasic, wendy)).toEqual(before);
    expect((await checked(table)).changes).toBe(0);
    const { targets } = valueOf(
      await aylin('showEligibility', { params: { customerId: customerId(1), subscriptionId: subscriptionId(1) } }),
    );
    expect(targets.map(({ offerId }) => offerId)).toEqual(expect.arrayContaining([OFFERS.appsBusiness]));
    await aylin('restoreImportVersion', { body: { subject: 'paths', scope: 'legacy', version: 0 } });
    expect(await pathsFrom(OFFERS.businessBasic)).toEqual(before);
  });

  it('of new commerce parts its lists in several ways, and a path that it opens is switched as any other', async () => {
    const header = ['ProductId', 'SkuId', 'SkuTitle', 'ProductSkuConversion'];
    const basic = ['CFQ7TTC0LH18', '1', 'Basic', 'CFQ7TTC0LDPB/0001, CFQ7TTC0LF8R/1,CFQ7TTC0LF8Q/0001'];
    const { importId } = await checked([header, basic]);
    await apply(importId);
    expect(await pathsFrom(OFFERS.nceBusinessBasic)).toEqual(
      [OFFERS.nceBusinessStandard, OFFERS.nceO365E1, OFFERS.nceO365E3].toSorted(),
    );
    const added = valueOf(await aylin('listPaths', {})).items.find(
      ({ from, to }) => from.offerId === OFFERS.nceBusinessBasic && to.offerId === OFFERS.nceO365E3,
    );
    expect(added?.sources).toEqual(['offer-matrix']);
    const params = { pathId: added?.pathId ?? '' };
    expect(valueOf(await aylin('switchPath', { params, body: { enabled: false } })).open).toBe(false);
  });
});
