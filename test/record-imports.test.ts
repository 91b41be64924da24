import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import type { ImportRowState } from '../contract/imports.ts';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { fileOf, type Shape } from '../server/imports/table-files.fixture.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';
import { customersFile, subscriptionsFile, usersFile } from './record-files.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment('demo', { expectErrors: true });
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  aylin = await deployment.signIn('aylin@kuzey.example');
});

const send = (table: readonly (readonly string[])[], shape?: Shape, api = aylin) =>
  api('sendImport', { query: { fileName: 'file.csv' }, body: new Blob([new Uint8Array(fileOf(table, shape))]) });
const checked = async (table: readonly (readonly string[])[], shape?: Shape) => valueOf(await send(table, shape));
const apply = (importId: string, body = {}) => aylin('applyImport', { params: { importId }, body });
const bring = async (table: readonly (readonly string[])[], shape?: Shape) =>
  valueOf(await apply((await checked(table, shape)).importId));
const rowsOf = async (importId: string, state?: ImportRowState) =>
  valueOf(await aylin('listImportRows', { params: { importId }, query: { ...(state && { state }) } })).items;
const doubtsOf = async (importId: string) =>
  (await rowsOf(importId, 'in-doubt')).map(({ line, column, reason }) => [line, column, reason]);
const none = { new: 0, changed: 0, gone: 0, same: 0, 'left-out': 0, 'in-doubt': 0 };
const asSystem = <Row extends object>(text: string) =>
  deployment.context.database.asSystem((tx) => tx.query<Row>(text));

const DENIZ = 'c9000000-0000-4000-8000-000000000001';
const ADA = 'c9000000-0000-4000-8000-000000000002';
const SUBSCRIPTION = 'd9000000-0000-4000-8000-000000000001';
const CUSTOMERS = customersFile(['Deniz Lojistik', 'deniz.example', DENIZ], ['Ada Kırtasiye', 'Ada.example', ADA]);

describe('a partner’s own world', () => {
  it('is brought in by three files, and what was brought is upgraded as if it had been bought here', async () => {
    const read = await checked(CUSTOMERS, { separator: ';', encoding: 'windows-1254' });
    expect(read).toMatchObject({ kind: 'customers', use: 'records', subject: null, counts: { ...none, new: 2 } });
    expect((await rowsOf(read.importId, 'new'))[1]).toMatchObject({
      line: 3,
      name: 'Ada Kırtasiye',
      fields: expect.arrayContaining([{ label: 'Domain', before: null, after: 'ada.example' }]),
    });
    expect(valueOf(await aylin('listCustomers', { query: { search: 'deniz.example' } })).items).toEqual([]);
    expect(valueOf(await apply(read.importId))).toMatchObject({ state: 'applied', version: null });
    expect(valueOf(await aylin('listCustomers', { query: { search: 'deniz.example' } })).items).toMatchObject([
      { customerId: DENIZ, name: 'Deniz Lojistik', privileges: 'gdap' },
    ]);

    const subscriptions = subscriptionsFile([{ cycle: 'yıllık', seats: '3' }]);
    expect(await bring(subscriptions, { separator: '\t', encoding: 'utf-16le', mark: true })).toMatchObject({
      counts: { ...none, new: 1 },
    });
    const users = usersFile([
      { licenses: 'Microsoft 365 Business Basic+Microsoft Power Automate Free' },
      { name: 'Can Deniz', signIn: 'can@deniz.example', id: 'f9000000-0000-4000-8000-000000000001' },
    ]);
    expect(await bring(users, { zipped: true })).toMatchObject({ counts: { ...none, new: 2 } });
    const { items } = valueOf(await aylin('listUsers', { params: { customerId: DENIZ }, query: {} }));
    expect(items.map(({ userPrincipalName, licenses }) => [userPrincipalName, licenses.length])).toEqual([
      ['can@deniz.example', 0],
      ['elif@deniz.example', 1],
    ]);
    // Half of the year is left: what was billed for it elsewhere is what the upgrade gives back.
    const quote = valueOf(
      await aylin('quoteUpgrade', {
        params: { customerId: DENIZ, subscriptionId: SUBSCRIPTION },
        body: { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' },
      }),
    );
    expect(quote.totals.credit.amount).toBe('-124.87');
    expect(
      await asSystem(`select charge_type from charges where customer_id = '${DENIZ}' and bill_month is not null`),
    ).toEqual([]);
    const told = await asSystem<{ action: string; customer_id: string }>(
      `select action from audit_records where customer_id = '${DENIZ}' order by audit_id`,
    );
    expect(told.map(({ action }) => action)).toEqual([
      'customer.created',
      'subscription.imported',
      'user.created',
      'user.created',
      'licenses.updated',
    ]);
  });

  it('is brought in once: the same files again change nothing', async () => {
    const files = [
      CUSTOMERS,
      subscriptionsFile([{}, { id: 'd9000000-0000-4000-8000-000000000002', customer: ADA }]),
      usersFile([{ licenses: 'O365_BUSINESS_ESSENTIALS' }]),
    ];
    for (const file of files) await bring(file);
    const before = await asSystem('select count(*) from audit_records');
    for (const file of files) {
      const again = await checked(file);
      expect(again).toMatchObject({ changes: 0, counts: { ...none, same: file.length - 1 } });
    }
    expect(await asSystem('select count(*) from audit_records')).toEqual(before);
  });

  it('goes on where it was broken off, and does nothing twice', async () => {
    await bring(CUSTOMERS);
    const other = 'd9000000-0000-4000-8000-000000000002';
    const { importId } = await checked(subscriptionsFile([{ customer: 'ada.example' }, { id: other }]));
    expect((await rowsOf(importId, 'new'))[0]?.fields).toContainEqual({
      label: 'Unit price',
      before: null,
      after: 'from the price list',
    });
    await asSystem(
      `create function fail() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`,
    );
    await asSystem(
      `create trigger fail before insert on subscriptions for each row when (new.subscription_id = '${other}') execute function fail()`,
    );
    try {
      expect((await apply(importId)).ok).toBe(false);
      const half = valueOf(await aylin('showImport', { params: { importId } }));
      expect(half).toMatchObject({ state: 'applying', progress: { done: 1, of: 2 } });
      expect(problemOf(await aylin('removeImport', { params: { importId } })).code).toBe('import-begun');
    } finally {
      await asSystem('drop function fail cascade');
    }
    const [one, two] = await Promise.all([apply(importId), apply(importId)]);
    for (const done of [valueOf(one), valueOf(two)])
      expect(done).toMatchObject({ state: 'applied', counts: { ...none, new: 2 } });
    const rows = await asSystem<{ n: number }>(
      `select count(*)::integer as n from audit_records where action = 'subscription.imported'`,
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('changes what a file says otherwise of users, and keeps what it does not say', async () => {
    await bring(CUSTOMERS);
    await bring(subscriptionsFile([{ seats: '1' }]));
    await bring(usersFile([{ licenses: 'Microsoft 365 Business Basic' }]));
    const table = usersFile([
      { name: 'Elif Deniz Kaya', location: '' },
      { signIn: 'ali@deniz.example', licenses: 'Microsoft 365 Business Basic' },
    ]);
    const { importId, counts } = await checked(table);
    expect(counts).toEqual({ ...none, changed: 1, 'in-doubt': 1 });
    expect((await rowsOf(importId, 'changed'))[0]?.fields).toEqual([
      { label: 'Display name', before: 'Elif Deniz', after: 'Elif Deniz Kaya' },
    ]);
    expect(await doubtsOf(importId)).toEqual([[3, null, 'No license of it is free.']]);
    expect(problemOf(await apply(importId)).code).toBe('import-in-doubt');
    valueOf(await apply(importId, { leaveOutDoubts: true }));
    const { items } = valueOf(await aylin('listUsers', { params: { customerId: DENIZ }, query: {} }));
    expect(items).toMatchObject([{ displayName: 'Elif Deniz Kaya', usageLocation: 'TR', licenses: [{}] }]);
    // What the file said of persons is not kept beside what became of it.
    expect((await rowsOf(importId)).map(({ name, fields }) => [name, fields])).toEqual([
      ['', []],
      ['', []],
    ]);
  });
});

describe('lines that are refused', () => {
  it('of customers say whose they are not, and nothing of whose they are', async () => {
    const theirs = await asSystem<{ domain: string; id: string }>(
      `select c.domain, c.customer_id as id from customers c where not exists (
         select 1 from relationships r where r.customer_id = c.customer_id and r.partner_id = 'a1000000-0000-4000-8000-000000000001') limit 1`,
    );
    const [known] = valueOf(await aylin('listCustomers', { query: {} })).items;
    const { importId, counts } = await checked([
      ...customersFile(
        ['Theirs', theirs[0]?.domain ?? ''],
        ['Stolen', 'stolen.example', theirs[0]?.id],
        ['Abroad', 'abroad.example', '', 'DE'],
        ['=HYPERLINK("x")', 'formula.example'],
        ['No domain', 'localhost'],
        ['Half', 'half.example', '123'],
        ['Otherwise', known?.domain ?? ''],
        ['Same', 'twice.example'],
        ['Other', 'twice.example'],
      ),
      ['too', 'short.example'],
      ['A', 'b.example', '', 'TR', ''],
    ]);
    expect(counts).toEqual({ ...none, new: 1, 'left-out': 1, 'in-doubt': 9 });
    const reasons = (await doubtsOf(importId)).map(([line, , reason]) => [line, reason]);
    const elsewhere = 'A customer that you are not related to has this domain or ID. Ask it for a relationship.';
    expect(reasons).toEqual([
      [2, elsewhere],
      [3, elsewhere],
      [4, 'You can have customers in your own country alone.'],
      [5, 'The cell holds a formula; put its result in its place.'],
      [6, 'This is not a domain, like contoso.com.'],
      [7, 'This is not an ID: 32 hexadecimal digits with hyphens.'],
      [9, 'Another line says something else of the same.'],
      [10, 'Another line says something else of the same.'],
      [11, 'The line has more or fewer cells than the heading.'],
    ]);
  });

  it('of subscriptions name the cell, also in Turkish', async () => {
    await bring(CUSTOMERS);
    const id = (n: number) => `d9000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`;
    const { importId, counts } = await checked(
      subscriptionsFile([
        { id: id(1), customer: 'nobody.example' },
        { id: id(2), offer: 'Microsoft 365 Business Basic' },
        { id: id(3), offer: 'Fantasy Suite' },
        { id: id(4), seats: '2.5' },
        { id: id(5), seats: '301' },
        { id: id(6), cycle: 'weekly' },
        { id: id(7), from: '2027-01-01' },
        { id: id(8), from: '03/04/2026' },
        { id: subscriptionId(1), customer: 'deniz.example' },
        { id: id(10), offer: OFFERS.archivingAddOn },
        { id: id(11), from: '2011-01-01' },
        { id: id(12), status: 'Expired' },
        { id: id(13), until: '2026-06-30' },
        { id: id(15), offer: 'CFQ7TTC0LH18/1', term: 'P1M', price: '7.20' },
      ]),
    );
    expect(counts).toEqual({ ...none, new: 1, 'left-out': 2, 'in-doubt': 11 });
    const turkish = await deployment.signIn('aylin@kuzey.example', 'tr');
    const { items } = valueOf(await turkish('listImportRows', { params: { importId }, query: { state: 'in-doubt' } }));
    expect(items.map(({ line, column, reason }) => [line, column, reason?.split(/[.;]/)[0]])).toEqual([
      [2, null, 'Bu etki alanı veya kimlikle bir müşteriniz yok'],
      [3, 'Offer', 'Birden çok teklifin adı bu'],
      [4, 'Offer', 'Katalogda bu teklif yok'],
      [5, 'Seats', 'Bu, tam sayı olarak bir lisans sayısı değil'],
      [6, 'Seats', 'Bu teklif bu kadar lisans alamaz'],
      [7, 'Billing', expect.any(String)],
      [8, null, 'Bugünden sonra başlıyor'],
      [9, 'Start date', expect.any(String)],
      [10, null, 'Bu kimlik başka bir müşterinin veya iş ortağının aboneliğine ait'],
      [11, 'Offer', 'Bu bir eklenti'],
      [12, null, 'Hiçbir fiyat listesinde ilk gününün fiyatı yok'],
    ]);
    const own = await checked(subscriptionsFile([{ id: subscriptionId(1), customer: customerId(1), seats: '7' }]));
    expect((await rowsOf(own.importId, 'left-out'))[0]).toMatchObject({
      reason: expect.stringContaining('stays as it is'),
    });
  });

  it('are read by nobody whose role is not enough, and applied by nobody else', async () => {
    const [selim, wendy] = [
      await deployment.signIn('selim@kuzey.example'),
      await deployment.signIn('wendy@westwind.example'),
    ];
    expect(problemOf(await send(CUSTOMERS, {}, selim)).code).toBe('role-not-allowed');
    const { importId } = await checked(CUSTOMERS);
    expect(problemOf(await wendy('applyImport', { params: { importId }, body: {} })).code).toBe('not-found');
    expect(await aylin('removeImport', { params: { importId } })).toMatchObject({ ok: true });
  });
});

describe('a reconciliation file', () => {
  const billsOf = async (api = aylin) => valueOf(await api('listInvoices', {})).items;
  const fileOfInvoice = async (number: string, language: 'tr' | 'en') => {
    const answer = await fetch(`${deployment.url}/api/invoices/${number}/lines`, {
      headers: {
        accept: 'text/csv',
        'accept-language': language,
        authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`,
      },
    });
    return answer.text();
  };
  const sendText = async (text: string) =>
    valueOf(await aylin('sendImport', { query: { fileName: 'recon.csv' }, body: new Blob([text]) }));

  it.each(['legacy', 'newCommerce'] as const)(
    'of %s that we wrote ourselves is equal line by line, in either language',
    async (platform) => {
      const bill = (await billsOf()).find((one) => one.platform === platform);
      for (const language of ['tr', 'en'] as const) {
        const read = await sendText(await fileOfInvoice(bill?.invoiceNumber ?? '', language));
        const day = { effectiveOn: bill?.periodEnd ?? '' };
        const compared = valueOf(await aylin('checkImport', { params: { importId: read.importId }, body: day }));
        expect(compared).toMatchObject({ use: 'compared', changes: 0, counts: { ...none, same: bill?.lines } });
        expect(compared.totals).toMatchObject({ file: bill?.total, ours: bill?.total, lines: bill?.lines });
        expect(compared.totals?.difference.amount).toBe('0.00');
      }
    },
  );

  it('tells to the cent what differs, what is missing here and what there, and changes nothing', async () => {
    const bill = (await billsOf()).find((one) => one.platform === 'legacy' && one.lines > 3);
    const lines = (await fileOfInvoice(bill?.invoiceNumber ?? '', 'en')).trimEnd().split('\r\n');
    const [heading = '', first = '', second = '', ...rest] = lines;
    const at = heading.replace('\uFEFF', '').split(',').indexOf('Subtotal');
    const cells = first.split(',');
    cells[at] = (Number(cells[at]) + 0.01).toFixed(2);
    const foreign = second.replace(/d\d000000-/g, 'd8000000-');
    const read = await sendText([heading, cells.join(','), foreign, ...rest].join('\n') + '\n');
    const params = { importId: read.importId };
    const compared = valueOf(await aylin('checkImport', { params, body: { effectiveOn: bill?.periodStart ?? '' } }));
    expect(compared.counts).toEqual({ ...none, changed: 1, new: 1, gone: 1, same: rest.length });
    expect(compared.totals?.difference.amount).toBe('0.01');
    const [changed] = await rowsOf(read.importId, 'changed');
    const amount = changed?.fields.find(({ label }) => label === 'Amount');
    expect(Number(amount?.after?.split(' ')[0]) - Number(amount?.before?.split(' ')[0])).toBeCloseTo(0.01, 5);
    expect((await rowsOf(read.importId, 'gone'))[0]).toMatchObject({ line: null });
    expect(problemOf(await apply(read.importId)).code).toBe('import-compares-only');
    expect(await billsOf()).toContainEqual(bill);
    const saved = await fetch(`${deployment.url}/api/imports/${read.importId}/rows?state=changed`, {
      headers: { accept: 'text/csv', authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}` },
    });
    const [head, row] = (await saved.text()).split('\r\n');
    expect(head).toBe('Line,State,Customer,Name,Here,In the file,Reason,Column,Cell');
    expect(row).toContain(`Amount: ${amount?.after}`);
    const hale = await deployment.signIn('hale@kuzey.example');
    expect(problemOf(await hale('listImportRows', { params, query: {} })).code).toBe('role-not-allowed');
    expect(valueOf(await hale('showImport', { params })).totals).toBeNull();
  });
});

describe('the table of service plans', () => {
  it('tells where the catalog and Microsoft’s table differ, and changes nothing', async () => {
    const [basic] = valueOf(await aylin('listOffers', {})).items.filter(
      ({ offerId }) => offerId === OFFERS.businessBasic,
    );
    const { catalog } = deployment.context;
    const offer = catalog.offers.get(basic?.offerId ?? '');
    const heading = [
      'Product_Display_Name',
      'String_Id',
      'GUID',
      'Service_Plan_Name',
      'Service_Plan_Id',
      'Service_Plans_Included_Friendly_Names',
    ];
    const [dropped, renamed, ...kept] = offer?.servicePlans ?? [];
    const row = (name: string, planId = '', guid = offer?.skuId ?? '') => [
      'Basic',
      'X',
      guid.toUpperCase(),
      name,
      planId,
      '',
    ];
    const read = await checked([
      heading,
      row('RENAMED', renamed?.planId),
      ...kept.map(({ planName, planId }) => row(planName, planId)),
      row('ADDED', 'e9000000-0000-4000-8000-000000000001'),
      row('UNKNOWN', 'e9000000-0000-4000-8000-000000000001', 'e9000000-0000-4000-8000-000000000002'),
    ]);
    expect(read).toMatchObject({
      kind: 'servicePlans',
      use: 'compared',
      counts: { ...none, new: 1, changed: 1, gone: 1, same: kept.length, 'left-out': 1 },
    });
    expect((await rowsOf(read.importId, 'gone'))[0]?.fields).toContainEqual({
      label: 'Service plan',
      before: dropped?.planName,
      after: null,
    });
    expect(problemOf(await apply(read.importId)).code).toBe('import-compares-only');
  });
});
