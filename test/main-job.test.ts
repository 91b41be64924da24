import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerId, OFFERS, subscriptionId, userId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment, valueOf } from './deployment.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(() => deployment.stop());

describe('the main job, from the list of customers to the last license issue', () => {
  it('is done by an Admin agent of Kuzey Bulut for İzmir Tekstil', async () => {
    const api = await deployment.signIn('aylin@kuzey.example');
    const izmir = { customerId: customerId(10) };

    const customers = valueOf(await api('listCustomers', { query: { search: 'IZMIR' } }));
    expect(customers.items.map((one) => one.name)).toEqual(['İzmir Tekstil']);

    const { items } = valueOf(await api('listSubscriptions', { params: izmir }));
    const basic = items.find((one) => one.offerId === OFFERS.businessBasic);
    expect(basic?.upgradability.eligibleTargets.map((target) => target.offerId)).toEqual([
      OFFERS.businessStandard,
      OFFERS.o365E3,
      OFFERS.o365E5,
    ]);

    const quote = valueOf(
      await api('quoteUpgrade', {
        params: { ...izmir, subscriptionId: subscriptionId(10) },
        body: { targetOfferId: OFFERS.o365E3, upgradeType: 'upgrade_with_license_transfer' },
      }),
    );
    expect(quote.transfer).toMatchObject({ moving: 33, staying: 7 });

    const upgrade = valueOf(await api('submitQuote', { params: { ...izmir, quoteId: quote.quoteId } }));
    expect(upgrade).toMatchObject({
      state: 'applied',
      work: 'needsWork',
      totals: quote.totals,
      licenses: { moved: 33, openIssues: 7, settledIssues: 0 },
    });

    const of = { ...izmir, upgradeId: upgrade.upgradeId };
    const resolve = (body: Parameters<typeof api<'resolveIssues'>>[1]['body']) =>
      api('resolveIssues', { params: of, body }).then(valueOf);
    await resolve({
      action: 'setUsageLocation',
      usageLocation: 'TR',
      userIds: [userId(10, 1), userId(10, 2), userId(10, 7)],
    });
    await resolve({
      action: 'removeConflictingLicense',
      userIds: [userId(10, 3), userId(10, 4), userId(10, 5)],
    });
    await resolve({ action: 'leave', userIds: [userId(10, 6)] });

    const after = valueOf(await api('showUpgrade', { params: of }));
    expect(after).toMatchObject({ work: 'done', licenses: { moved: 39, openIssues: 0, settledIssues: 7 } });
  });
});
