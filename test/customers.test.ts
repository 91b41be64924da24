import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerOnWire } from '../contract/customers.ts';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let api: Client;
beforeAll(async () => {
  deployment = await startDeployment();
  api = await deployment.signIn('aylin@kuzey.example', 'tr');
});
afterAll(() => deployment.stop());

type Filter = 'upgradable' | 'deadline' | 'noPrivileges' | 'openWork';
const named = async (filter: Filter, limit = 200) => {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = valueOf(await api('listCustomers', { query: { filter, limit, ...(cursor && { cursor }) } }));
    expect(page.items.length).toBeLessThanOrEqual(limit);
    names.push(...page.items.map((customer) => customer.name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return names;
};
const shown = async (number: number): Promise<CustomerOnWire> =>
  valueOf(await api('showCustomer', { params: { customerId: customerId(number) } }));

describe('a customer at a glance', () => {
  it('says how many subscriptions can be upgraded and how many licenses are in use', async () => {
    const { subscriptionCount, upgradableCount, licenses, openWork } = await shown(10);
    expect({ subscriptionCount, upgradableCount, licenses, openWork }).toEqual({
      subscriptionCount: 2,
      upgradableCount: 1,
      licenses: { assigned: 41, total: 45 },
      openWork: null,
    });
  });

  it('names the last day of the term as the next deadline, and none where nothing is left to be changed', async () => {
    expect((await shown(1)).nextDeadline).toBe('2027-10-06');
    expect((await shown(15)).nextDeadline).toBeNull();
  });

  it('tells a suspended subscription', async () => {
    expect((await shown(3)).suspendedCount).toBe(1);
  });

  it('points to the newest upgrade with open license issues', async () => {
    const at = { customerId: customerId(10) };
    const body = { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' } as const;
    const params = { ...at, subscriptionId: subscriptionId(10) };
    const { quoteId } = valueOf(await api('quoteUpgrade', { params, body }));
    const { upgradeId } = valueOf(await api('submitQuote', { params: { ...at, quoteId } }));
    expect((await shown(10)).openWork).toEqual({ upgradeId, issues: 7 });
    expect(await named('openWork')).toEqual(['İzmir Tekstil']);
  });
});

describe('the list of customers', () => {
  it('counts what matches, on the first page', async () => {
    const first = valueOf(await api('listCustomers', { query: { limit: 5 } }));
    expect(first.total).toEqual({ count: 22, more: false });
    const second = valueOf(await api('listCustomers', { query: { limit: 5, cursor: first.nextCursor ?? '' } }));
    expect(second.total).toBeNull();
    const found = valueOf(await api('listCustomers', { query: { search: 'IZMIR' } }));
    expect(found.total).toEqual({ count: 1, more: false });
  });

  it('filters those with something to upgrade by the rules themselves, also page by page', async () => {
    const upgradable = await named('upgradable');
    expect(upgradable).toContain('Anadolu Lojistik');
    expect(upgradable).not.toContain('Deniz Turizm');
    expect(upgradable).not.toContain('Pamukkale Spa');
    expect(await named('upgradable', 2)).toEqual(upgradable);
  });

  it('filters those without privileges, lapsed ones included', async () => {
    expect(await named('noPrivileges')).toEqual(['Deniz Turizm', 'Fırat Enerji']);
  });

  it('is saved as CSV as a Turkish spreadsheet opens it, with what the filter leaves', async () => {
    const answer = await fetch(`${deployment.url}/api/customers?filter=upgradable`, {
      headers: {
        authorization: `Bearer ${await deployment.tokenOf('aylin@kuzey.example')}`,
        accept: 'text/csv',
        'accept-language': 'tr',
      },
    });
    const [head, ...rows] = (await answer.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFF?Müşteri;Etki alanı;Ülke;/);
    expect(rows.map((row) => row.split(';')[0])).toEqual(await named('upgradable'));
    expect(rows[0]).toMatch(/^Anadolu Lojistik;anadolu-lojistik\.example;TR;Verildi.*;1;1;25;25;2027-10-06;0;0$/);
  });

  it('filters those with a deadline within 30 days', async () => {
    // Three were bought on legacy within a month, one on new commerce within seven days, and a trial is about to become paid.
    const near = ['İzmir Tekstil', 'Lüleburgaz Cam', 'Nevşehir Taş', 'Tarsus Makina', 'Uşak Halı'];
    expect(await named('deadline')).toEqual(near);
    await deployment.moveClock('2027-09-10T09:00:00Z');
    expect(await named('deadline')).toContain('Anadolu Lojistik');
  });
});
