import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../contract/client.ts';
import { OFFERS } from '../demo/ids.ts';
import { isOver, planned, rowsOf, seedCustomers, setPace, submit, TO_E3, workUntil } from './campaign-steps.ts';
import { startDeployment, TEST_NOW, type TestDeployment, valueOf } from './deployment.ts';
import { AYLIN } from './waiting.ts';

let deployment: TestDeployment;
let aylin: Client;
beforeAll(async () => {
  deployment = await startDeployment('empty');
});
afterAll(() => deployment.stop());
beforeEach(async () => {
  await deployment.reset();
  await deployment.moveClock(TEST_NOW);
  await setPace(deployment);
  aylin = await deployment.signIn(AYLIN);
});

describe('a campaign', () => {
  it('upgrades all that a filter chose, each as a single upgrade would', async () => {
    await seedCustomers(deployment, 3);
    const plan = await planned(deployment);
    expect(plan).toMatchObject({
      state: 'planned',
      source: { offerId: OFFERS.businessBasic },
      target: { offerId: OFFERS.o365E3 },
      rows: { total: 3, eligible: 3, refused: 0 },
      totals: { upgrades: 3, licenses: 30, users: 6, work: 0, needApproval: 0 },
      acts: ['change', 'renew', 'submit'],
    });
    const rows = await rowsOf(aylin, plan.campaignId);
    const body = { targetOfferId: TO_E3.targetOfferId, upgradeType: 'upgrade_with_license_transfer' } as const;
    const [first] = rows;
    const quote = valueOf(
      await aylin('quoteUpgrade', { params: first ?? { customerId: '', subscriptionId: '' }, body }),
    );
    expect(first?.money).toMatchObject(quote.totals);
    valueOf(await submit(aylin, plan));
    const done = await workUntil(deployment, aylin, plan.campaignId, isOver);
    expect(done).toMatchObject({ rows: { done: 3 }, progress: { total: 3, done: 3, running: 0, failed: 0 } });
    for (const row of await rowsOf(aylin, plan.campaignId)) {
      const params = { customerId: row.customerId, upgradeId: row.upgradeId ?? '' };
      const upgrade = valueOf(await aylin('showUpgrade', { params }));
      expect(upgrade).toMatchObject({ state: 'applied', totals: quote.totals, submittedBy: 'Aylin Demir' });
    }
  });
});
