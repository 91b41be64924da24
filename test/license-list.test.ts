import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import type { CustomerProductOnWire } from '../contract/license-list.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';
const WENDY = 'wendy@westwind.example';
let deployment: TestDeployment;
let api: Client;
/** An upgrade that leaves seven accounts to a person, and seats of new commerce bought a moment ago. */
beforeAll(async () => {
  deployment = await startDeployment();
  api = await deployment.signIn(AYLIN, 'en');
  const params = { customerId: customerId(10), subscriptionId: subscriptionId(10) };
  const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' as const };
  const { quoteId } = valueOf(await api('quoteUpgrade', { params, body }));
  valueOf(await api('submitQuote', { params: { ...params, quoteId } }));
  const line = {
    offerId: OFFERS.nceBusinessStandard,
    quantity: 12,
    termDuration: 'P1Y',
    billingCycle: 'annual',
  } as const;
  const purchase = { purchaseId: deployment.context.newId(), lines: [line] };
  valueOf(await api('purchase', { params: { customerId: customerId(16) }, body: purchase }));
});
afterAll(() => deployment.stop());

type Query = NonNullable<Parameters<typeof page>[0]>;
const page = async (
  query: {
    search?: string;
    unused?: 'true';
    days?: number;
    openWork?: 'true';
    skuId?: string;
    sort?: (typeof SORTS)[number] | `-${(typeof SORTS)[number]}`;
    limit?: number;
    cursor?: string;
  } = {},
  by = api,
) => valueOf(await by('listAllLicenses', { query: { limit: 200, ...query } }));
const SORTS = ['unused', 'deadline', 'customer', 'product', 'seats', 'assigned'] as const;
const all = async (query: Query = {}, by = api) => {
  const rows: CustomerProductOnWire[] = [];
  let cursor: string | undefined;
  do {
    const read = await page({ ...query, ...(cursor && { cursor }) }, by);
    rows.push(...read.items);
    cursor = read.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
};
const keyOf = ({ customerId: id, skuId }: CustomerProductOnWire) => `${id} ${skuId}`;

describe('licenses over all customers', () => {
  it('are counted as on the customer’s own page, and those of others are not among them', async () => {
    const rows = await all();
    const customers = valueOf(await api('listCustomers', { query: { limit: 200 } })).items;
    let compared = 0;
    for (const { customerId: id } of customers) {
      const own = await api('listLicenseProducts', { params: { customerId: id } });
      if (!own.ok) continue;
      const ours = own.value.items.filter((product) => product.ours);
      const listed = new Map(rows.filter((row) => row.customerId === id).map((row) => [row.skuId, row]));
      expect([...listed.keys()].toSorted()).toEqual(ours.map(({ skuId }) => skuId).toSorted());
      for (const { skuId, used, total, free } of ours) {
        expect(listed.get(skuId)).toMatchObject({ assigned: used, seats: total, unused: free });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(10);
    expect(new Set(rows.map((row) => row.customerId)).size).toBeLessThanOrEqual(customers.length);
  });

  it('say what the unused cost each month, and until when they can be taken back', async () => {
    const [bought] = (await all({ search: 'pamukkale' })).filter(({ unused }) => unused === 12);
    const subscriptions = valueOf(await api('listSubscriptions', { params: { customerId: customerId(16) } })).items;
    const yearly = subscriptions.find(({ quantity, billingCycle }) => quantity === 12 && billingCycle === 'annual');
    expect(bought).toMatchObject({
      seats: 12,
      assigned: 0,
      deadline: { day: '2026-11-23', daysLeft: 7 },
      // Twelve seats of a year, a month: the price of one seat and year.
      unusedCost: { amount: yearly?.unitPrice, currency: 'USD' },
    });
  });

  it('name the accounts that an upgrade left to a person with the product that they wait for', async () => {
    const waiting = await all({ openWork: 'true' });
    expect(waiting.map((row) => [row.customerId, row.openWork?.issues])).toEqual([[customerId(10), 7]]);
    expect(waiting[0]?.productName).toMatch(/E3/);
    expect(waiting[0]?.unused).toBeGreaterThanOrEqual(7);
  });

  it('are filtered by what is unused, by a near deadline, by product and by a name in any case', async () => {
    const every = await all();
    const keys = (rows: readonly CustomerProductOnWire[]) => rows.map(keyOf).toSorted();
    expect(keys(await all({ unused: 'true' }))).toEqual(keys(every.filter(({ unused }) => unused > 0)));
    const near = every.filter(({ deadline }) => deadline !== null && deadline.daysLeft <= 30);
    expect(near.length).toBeGreaterThan(0);
    expect(keys(await all({ days: 30 }))).toEqual(keys(near));
    const { products } = valueOf(await api('listLicenseFilters', {}));
    const skuId = products[0]?.skuId ?? '';
    expect(new Set(every.map((row) => row.skuId))).toEqual(new Set(products.map((one) => one.skuId)));
    expect(keys(await all({ skuId }))).toEqual(keys(every.filter((row) => row.skuId === skuId)));
    expect(new Set((await all({ search: 'IZMIR' })).map(({ customerName }) => customerName))).toEqual(
      new Set(['İzmir Tekstil']),
    );
  });

  it('come page by page in every order, each row once', async () => {
    const every = (await all()).map(keyOf).toSorted();
    for (const sort of SORTS.flatMap((one) => [one, `-${one}` as const])) {
      const [whole, paged] = [await all({ sort }), await all({ sort, limit: 7 })];
      expect(paged.map(keyOf)).toEqual(whole.map(keyOf));
      expect(whole.map(keyOf).toSorted()).toEqual(every);
    }
    const unused = (await all()).map((row) => row.unused);
    expect(unused).toEqual(unused.toSorted((one, other) => other - one));
    const days = (await all({ sort: 'deadline' })).map(({ deadline }) => deadline?.day ?? '9999');
    expect(days).toEqual(days.toSorted());
    const turkish = await deployment.signIn(AYLIN, 'tr');
    const collator = new Intl.Collator('tr');
    const names = (await all({ sort: 'product' }, turkish)).map(({ productName }) => productName);
    expect(names).toEqual(names.toSorted(collator.compare));
    const customers = (await all({ sort: 'customer' }, turkish)).map(({ customerName }) => customerName);
    expect(customers).toEqual(customers.toSorted(collator.compare));
  });

  it('name the field of a question that makes no sense', async () => {
    const { nextCursor } = await page({ limit: 1 });
    const elsewhere = problemOf(await api('listAllLicenses', { query: { sort: 'product', cursor: nextCursor ?? '' } }));
    expect(elsewhere).toMatchObject({ status: 400, fields: [{ field: 'cursor' }] });
    const column = problemOf(await api('listAllLicenses', { query: { without: 'price' } }));
    expect(column).toMatchObject({ status: 400, fields: [{ field: 'without' }] });
  });

  it('are one’s own customers’ alone, and gone with the relationship', async () => {
    const wendy = await deployment.signIn(WENDY);
    const [own, foreign] = [await all(), await all({}, wendy)];
    const sold = async (by: Client, rows: readonly CustomerProductOnWire[]) => {
      const customers = valueOf(await by('listCustomers', { query: { limit: 200 } })).items;
      const ids = new Set(customers.map(({ customerId: id }) => id));
      return rows.every(({ customerId: id }) => ids.has(id));
    };
    expect(foreign.length).toBeGreaterThan(0);
    expect([await sold(api, own), await sold(wendy, foreign)]).toEqual([true, true]);
    expect(own.some(({ customerId: id }) => id === customerId(3))).toBe(true);
    await deployment.context.database.asSystem((tx) =>
      tx.query(
        `with p as (delete from delegated_privileges where customer_id = $1)
         delete from relationships where customer_id = $1`,
        [customerId(3)],
      ),
    );
    expect((await all()).some(({ customerId: id }) => id === customerId(3))).toBe(false);
  });

  it('are saved as CSV as a Turkish spreadsheet opens it, without the columns that are left out', async () => {
    const headers = {
      authorization: `Bearer ${await deployment.tokenOf(AYLIN)}`,
      accept: 'text/csv',
      'accept-language': 'tr',
    };
    const address = `${deployment.url}/api/licenses?sort=customer&unused=true&without=sku,domain`;
    const answer = await fetch(address, { headers });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="licenses-2026-11-16.csv"');
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF?Müşteri;Ürün;Lisans;Atanmış lisans;Kullanılmayan lisans;/);
    expect(lines).toHaveLength((await all({ unused: 'true' })).length + 1);
    expect(lines.find((line) => line.startsWith('Pamukkale'))).toMatch(/;12;0;12;\d+,\d\d;USD;2026-11-23;0$/);
  });
});

describe('the number of licenses that is kept with a subscription', () => {
  const wrong = () =>
    deployment.context.database.asSystem((tx) =>
      tx.query(
        `select s.subscription_id, s.assigned, count(l.user_id)::integer as held from subscriptions s
         left join licenses l on l.customer_id = s.customer_id and l.subscription_id = s.subscription_id
         group by s.customer_id, s.subscription_id, s.assigned having s.assigned <> count(l.user_id)`,
      ),
    );

  it('is that of its licenses after upgrades, and after those of a user go that several channels sold', async () => {
    expect(await wrong()).toEqual([]);
    const [customer, user] = [customerId(10), userId(10, 3)];
    const [gone] = await deployment.context.database.asSystem((tx) =>
      tx.query<{ sellers: (string | null)[] }>(
        `select array_agg(distinct s.partner_id) as sellers from licenses l
         join subscriptions s on s.customer_id = l.customer_id and s.subscription_id = l.subscription_id
         where l.customer_id = $1 and l.user_id = $2`,
        [customer, user],
      ),
    );
    expect(gone?.sellers).toHaveLength(2);
    await deployment.context.database.writeOf(PARTNERS.kuzey, customer, (tx) =>
      tx.query('delete from licenses where customer_id = $1 and user_id = $2', [customer, user]),
    );
    expect(await wrong()).toEqual([]);
  });
});
