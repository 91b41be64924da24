import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { problemOf, startDeployment, type TestDeployment, valueOf } from './deployment.ts';

const AYLIN = 'aylin@kuzey.example';
let deployment: TestDeployment;
let api: Client;
/** Two upgrades in two months, the second of which leaves seven accounts to a person; and an act that no role allows. */
beforeAll(async () => {
  deployment = await startDeployment();
  api = await deployment.signIn(AYLIN);
  await upgrade(1, OFFERS.o365E3);
  await deployment.moveClock('2026-12-05T09:00:00Z');
  api = await deployment.signIn(AYLIN);
  await upgrade(10, OFFERS.o365E3);
  const bora = await deployment.signIn('bora@kuzey.example');
  const seats = { customerId: customerId(2), subscriptionId: subscriptionId(2) };
  problemOf(await bora('changeSeats', { params: seats, body: { quantity: 13 } }));
});
afterAll(() => deployment.stop());

async function upgrade(number: number, targetOfferId: string) {
  const params = { customerId: customerId(number), subscriptionId: subscriptionId(number) };
  const body = { targetOfferId, upgradeType: 'upgrade_with_license_transfer' as const };
  const { quoteId } = valueOf(await api('quoteUpgrade', { params, body }));
  return valueOf(await api('submitQuote', { params: { ...params, quoteId } }));
}

const csv = async (path: string, language = 'tr') => {
  const headers = {
    authorization: `Bearer ${await deployment.tokenOf(AYLIN)}`,
    accept: 'text/csv',
    'accept-language': language,
  };
  return (await (await fetch(deployment.url + path, { headers })).text()).trimEnd().split('\r\n');
};

describe('reports over HTTP', () => {
  it('say what the upgrades of a period came to', async () => {
    const { from, until, ...figures } = valueOf(await api('showFigures', {}));
    expect([from, until]).toEqual(['2026-01-01', '2026-12-05']);
    expect(figures).toEqual({
      upgrades: 2,
      licenses: 65,
      extraPerMonth: { amount: '1235.00', currency: 'USD' },
      withoutWork: 1,
      yearBefore: { upgrades: 0, licenses: 0, extraPerMonth: { amount: '0.00', currency: 'USD' }, withoutWork: 0 },
    });
  });

  it('count upgrades by month and new offer, without gaps', async () => {
    const { months, series } = valueOf(await api('reportUpgrades', { query: { period: 'last90' } }));
    expect(months).toEqual(['2026-09', '2026-10', '2026-11', '2026-12']);
    expect(series.map(({ offerId, counts }) => [offerId, counts])).toEqual([[OFFERS.o365E3, [0, 0, 1, 1]]]);
    expect(await csv('/api/reports/upgrades')).toEqual([
      'Ay;Yeni teklif;Yükseltme',
      '2026-11;Office 365 Kurumsal E3;1',
      '2026-12;Office 365 Kurumsal E3;1',
    ]);
  });

  it('sum what upgrades bring by the offers that they lead from and to', async () => {
    const { items } = valueOf(await api('reportUplift', {}));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ upgrades: 2, licenses: 65, extraPerMonth: { amount: '1235.00' } });
    expect((await csv('/api/reports/uplift'))[1]).toMatch(/;2;65;1235,00;USD$/);
  });

  it('price an opportunity as the quote of that upgrade does', async () => {
    const { items, found, customers, extraPerMonth } = valueOf(await api('reportOpportunities', {}));
    expect(found).toBe(items.length);
    expect(customers.lookedAt).toBe(customers.all);
    expect(items.map((one) => Number(one.extraPerMonth.amount))).toEqual(
      items.map((one) => Number(one.extraPerMonth.amount)).toSorted((one, other) => other - one),
    );
    const total = items.reduce((sum, one) => sum + Math.round(Number(one.extraPerMonth.amount) * 100), 0);
    expect(Number(extraPerMonth.amount)).toBeCloseTo(total / 100, 2);
    for (const one of items) {
      const params = { customerId: one.customerId, subscriptionId: one.subscriptionId };
      const body = { targetOfferId: one.target.offerId, upgradeType: 'upgrade_only' as const };
      const { outlook } = valueOf(await api('quoteUpgrade', { params, body }));
      const months = outlook.billingCycle === 'annual' ? 12 : 1;
      const extra = (Number(outlook.periodAfter.amount) - Number(outlook.periodBefore.amount)) / months;
      expect(Number(one.extraPerMonth.amount)).toBeCloseTo(extra, 2);
    }
    expect(await csv('/api/reports/opportunities')).toHaveLength(found + 1);
  });

  it('are as many opportunities as the customers’ lists say can be upgraded', async () => {
    const { items } = valueOf(await api('listCustomers', { query: { limit: 200 } }));
    const { found } = valueOf(await api('reportOpportunities', {}));
    expect(found).toBe(items.reduce((sum, one) => sum + one.upgradableCount, 0));
  });

  it('count refused acts by reason, and accounts that wait by age', async () => {
    const { items } = valueOf(await api('reportRefusals', {}));
    expect(items).toEqual([{ reason: 'role-not-allowed', title: 'The role does not allow it', count: 1 }]);
    const issues = valueOf(await api('reportIssues', {})).items;
    expect(issues.map(({ age, accounts }) => [age, accounts])).toEqual([
      ['week', 7],
      ['month', 0],
      ['quarter', 0],
      ['older', 0],
    ]);
    expect(await csv('/api/reports/issues', 'en')).toContain('Under 7 days,7,1');
  });

  it('are one’s own, for the roles that answer for the business, and of periods that there are', async () => {
    const wendy = await deployment.signIn('wendy@westwind.example');
    expect(valueOf(await wendy('showFigures', {})).upgrades).toBe(0);
    expect(valueOf(await wendy('reportIssues', {})).items).toEqual([]);
    const hale = await deployment.signIn('hale@kuzey.example');
    expect(problemOf(await hale('reportUplift', {}))).toMatchObject({ status: 403, action: 'viewReports' });
    const wrong = problemOf(await api('showFigures', { query: { period: 'ever' as never } }));
    expect(wrong).toMatchObject({ status: 400, fields: [{ field: 'period' }] });
  });
});
