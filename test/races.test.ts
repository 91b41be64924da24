import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment('empty');
  aylin = await deployment.signIn('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

async function seed(users = 5, offerId: string = OFFERS.businessBasic, customerId = deployment.context.newId()) {
  const body = {
    partnerId: PARTNERS.kuzey,
    customerId,
    customerName: 'Yarış',
    offerId,
    quantity: 10,
    purchasedOn: '2026-09-13',
    users,
  };
  const { subscriptionId } = valueOf(await aylin('seedSubscription', { body }));
  return { customerId, subscriptionId };
}

async function quote(params: { customerId: string; subscriptionId: string }, targetOfferId: string = OFFERS.o365E3) {
  const upgradeType = 'upgrade_with_license_transfer';
  return valueOf(await aylin('quoteUpgrade', { params, body: { targetOfferId, upgradeType } }));
}

const submit = (customerId: string, quoteId: string) => aylin('submitQuote', { params: { customerId, quoteId } });

async function count(
  table: 'upgrades' | 'subscriptions' | 'charges' | 'audit_records',
  customerId: string,
): Promise<number> {
  const rows = await deployment.context.database.asSystem((tx) =>
    tx.query(`select 1 from ${table} where customer_id = $1`, [customerId]),
  );
  return rows.length;
}

describe('many at once', () => {
  it('of 16 upgrades of one subscription, by quotes of their own, exactly one happens', async () => {
    const params = await seed();
    const targets = [OFFERS.businessStandard, OFFERS.o365E1, OFFERS.o365E3, OFFERS.o365E5];
    const quotes = await Promise.all(Array.from({ length: 16 }, (_, index) => quote(params, targets[index % 4])));
    const answers = await Promise.all(quotes.map(({ quoteId }) => submit(params.customerId, quoteId)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.code])))).toEqual(
      new Set(['quote-outdated']),
    );
    expect(await count('upgrades', params.customerId)).toBe(1);
    expect(await count('subscriptions', params.customerId)).toBe(2);
    // The fifteen that were refused leave a row too, which says so.
    expect(await count('audit_records', params.customerId)).toBe(16);
  });

  it('ten submits of one quote are one act and ten equal answers', async () => {
    const params = await seed();
    const { quoteId } = await quote(params);
    const charges = await count('charges', params.customerId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(params.customerId, quoteId)));
    const [first, ...others] = answers.map(valueOf);
    for (const other of others) expect(other).toEqual(first);
    expect(await count('upgrades', params.customerId)).toBe(1);
    expect(await count('charges', params.customerId)).toBe(charges + 2);
  });

  it('of two upgrades into one target the second is refused: they cannot both pass condition 4', async () => {
    const one = await seed(3);
    const other = await seed(3, OFFERS.businessBasic, one.customerId);
    const quotes = [await quote(one, OFFERS.o365E1), await quote(other, OFFERS.o365E1)];
    const answers = await Promise.all(quotes.map(({ quoteId }) => submit(one.customerId, quoteId)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const [refused] = answers.flatMap((answer) => (answer.ok ? [] : [answer.problem]));
    expect(refused).toMatchObject({ code: 'refused', refusals: [{ name: 'target-already-owned' }] });
  });

  it('a change of seats and an upgrade at once leave one of the two orders, never a mixture', async () => {
    const params = await seed();
    const quoted = await quote(params);
    const [upgraded, changed] = await Promise.all([
      submit(params.customerId, quoted.quoteId),
      aylin('changeSeats', { params, body: { quantity: 12 } }),
    ]);
    expect([upgraded.ok, changed.ok].filter(Boolean)).toHaveLength(1);
    const { items } = valueOf(await aylin('listSubscriptions', { params }));
    const live = items.filter((one) => one.status === 'active');
    expect(live.map((one) => [one.offerId, one.quantity])).toEqual([
      upgraded.ok ? [OFFERS.o365E3, 10] : [OFFERS.businessBasic, 12],
    ]);
  });

  it('sixteen changes of seats at once bill every period once: the ledger is what the last one says', async () => {
    const params = await seed();
    await Promise.all(
      Array.from({ length: 16 }, (_, index) => aylin('changeSeats', { params, body: { quantity: 11 + index } })),
    );
    const { quantity } = valueOf(await aylin('showSubscription', { params }));
    const { items } = valueOf(await aylin('listCharges', { params }));
    const reversed = new Set(items.flatMap((line) => line.reverses ?? []));
    const live = items.filter(
      (line) => line.reverses === null && !reversed.has(line.chargeId) && line.periodEnd >= '2026-11-13',
    );
    const days = live.flatMap((line) => [[line.periodStart, line.periodEnd, line.quantity]]);
    expect(days.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
      ['2026-11-13', '2026-11-15', 10],
      ['2026-11-16', '2026-12-12', quantity],
    ]);
  });

  it('one license issue settled by two agents at once is settled once', async () => {
    const params = await seed(2);
    const quoted = valueOf(
      await aylin('quoteUpgrade', { params, body: { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_only' } }),
    );
    const { upgradeId } = valueOf(await submit(params.customerId, quoted.quoteId));
    const issue = { customerId: params.customerId, upgradeId };
    const [first] = valueOf(await aylin('listIssues', { params: issue })).items;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        aylin('resolveIssues', { params: issue, body: { action: 'retry', userIds: [first?.userId ?? ''] } }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });
});
