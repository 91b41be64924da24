import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, subscriptionId, userId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';
const SAFRANBOLU = { customerId: customerId(22) };
const userIds = [1, 2, 3].map((user) => userId(22, user));
let deployment: TestDeployment;
let api: Client;
/** Three users of Business Basic get Business Standard too. */
beforeAll(async () => {
  deployment = await startDeployment();
  api = await deployment.signIn(AYLIN, 'en');
  const { offers } = deployment.context.catalog;
  const skuId = offers.get(OFFERS.nceBusinessStandard)?.skuId ?? '';
  valueOf(await api('changeLicenses', { params: SAFRANBOLU, body: { userIds, assign: [{ skuId }], remove: [] } }));
});
afterAll(() => deployment.stop());

const listed = async () => valueOf(await api('listOverlaps', { params: SAFRANBOLU })).items;

describe('overlapping subscriptions', () => {
  it('are those of a customer whose services users have twice, with what they cost and until when they can go', async () => {
    const [one, ...others] = await listed();
    expect(others).toEqual([]);
    expect(one).toMatchObject({ subscriptionId: subscriptionId(22), users: 3, seats: 3, quantity: 60, assigned: 25 });
    expect(one?.within).toMatchObject([{ subscriptionId: subscriptionId(22, 2), users: 3 }]);
    const subscriptions = valueOf(await api('listSubscriptions', { params: SAFRANBOLU })).items;
    const basic = subscriptions.find((each) => each.subscriptionId === one?.subscriptionId);
    expect(Number(one?.perMonth.amount)).toBeCloseTo(3 * Number(basic?.unitPrice), 2);
    expect(one?.reductions).toMatchObject([{ act: 'scheduleSeats', seats: 3, until: basic?.termEndsOn }]);
    expect(one?.reductions[0]?.message).toContain('Plan the renewal with fewer licenses: 3');
  });

  it('are reported over all customers, as a list and as a file, and only to those who see reports', async () => {
    const { items, found, perMonth, customers } = valueOf(await api('reportOverlaps', {}));
    expect([found, customers.lookedAt, customers.all]).toEqual([1, 1, 1]);
    const [own] = await listed();
    expect(items[0]).toEqual({
      ...own,
      customerId: customerId(22),
      customerName: 'Safranbolu Evleri',
      domain: items[0]?.domain,
    });
    expect(perMonth).toEqual(own?.perMonth);
    const headers = {
      authorization: `Bearer ${await deployment.tokenOf(AYLIN)}`,
      accept: 'text/csv',
      'accept-language': 'tr',
    };
    const file = await (await fetch(`${deployment.url}/api/reports/overlaps`, { headers })).text();
    expect(file.trimEnd().split('\r\n')).toEqual([
      expect.stringContaining('Müşteri;Etki alanı;Abonelik'),
      expect.stringMatching(/^Safranbolu Evleri;.*;3;25;60;3;\d+,\d\d;\d+,\d\d;/),
    ]);
    const hale = await deployment.signIn('hale@kuzey.example');
    expect(problemOf(await hale('reportOverlaps', {}))).toMatchObject({ status: 403, action: 'viewReports' });
  });

  it('are nobody else’s', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect(problemOf(await wendy('listOverlaps', { params: SAFRANBOLU })).status).toBe(404);
    expect(valueOf(await wendy('reportOverlaps', {})).items).toEqual([]);
  });

  it('go when the users no longer have both', async () => {
    const skuId = deployment.context.catalog.offers.get(OFFERS.nceBusinessBasic)?.skuId ?? '';
    valueOf(await api('changeLicenses', { params: SAFRANBOLU, body: { userIds, assign: [], remove: [skuId] } }));
    expect(await listed()).toEqual([]);
  });
});
